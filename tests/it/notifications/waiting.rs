//! The dates of what waits, in the mail of the day and the summary of the week.

use serde_json::json;

use super::Fixture;
use super::planned::{make_wait, of, remind};
use crate::on_both;

on_both! {
    fn a_past_term_of_a_completed_part_is_not_said_to_be_coming(world) {
        let fixture = Fixture::new(world);
        fixture.report_completion(&fixture.create_commitment("2023-09-08").1);
        let mails = remind(world, "2023-09-11");
        let mail = of(&mails, "summary", &fixture.secretariat.email)[0];
        assert!(mail.text.contains("CETI-2023-001: plazo: 8 de septiembre de 2023\n"), "{}", mail.text);
        assert!(!mail.text.contains("vence el"), "{}", mail.text);
    }
}

on_both! {
    fn minutes_to_approve_have_the_last_day_of_the_comments(world) {
        let fixture = Fixture::new(world);
        let session = json!({"commission_ids": [fixture.ceti], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-08-22T14:00:00Z", "status": "held"});
        let path = format!("/meetings/{}/minutes", fixture.secretariat.post("/meetings", session).expect(201).id());
        fixture.secretariat.put(&path, json!({"body": "Se acordó."})).expect(200);
        fixture.secretariat.post(&format!("{path}/circulation"), json!({"comments_until": "2023-09-08"})).expect(200);
        let mails = remind(world, "2023-09-11");
        let mail = of(&mails, "summary", &fixture.secretariat.email)[0];
        assert!(mail.text.contains(": observaciones hasta el 8 de septiembre de 2023\n"), "{}", mail.text);
    }
}

on_both! {
    fn the_day_since_which_something_waits_is_that_of_its_commission(world) {
        let fixture = Fixture::new(world);
        // In Santiago it is still the evening of the first of September.
        world.at("2023-09-02T01:00:00Z");
        make_wait(&fixture);
        let mails = remind(world, "2023-09-08");
        let mail = of(&mails, "reminder", &fixture.secretariat.email)[0];
        assert!(mail.text.contains("Taller: actividad por validar\nDesde el 1 de septiembre de 2023\n"), "{}", mail.text);
        let mails = remind(world, "2023-09-11");
        let mail = of(&mails, "summary", &fixture.secretariat.email)[0];
        assert!(mail.text.contains("Taller: desde el 1 de septiembre de 2023\n"), "{}", mail.text);
    }
}
