//! Characters that make a text look different from what it is are refused; a refusal names the role that may.

use serde_json::json;

use crate::on_both;

on_both! {
    fn marks_of_direction_and_control_characters_are_a_fault(world) {
        let (ceti, minsal, admin) = (world.commission("CL", "CETI"), world.institution("Minsal"), world.admin());
        let commitment = |text: &str| {
            json!({"commission_ids": [ceti], "text": text, "due_text": text, "assignments": [{"institution_id": minsal}]})
        };
        for hidden in ["\u{202a}", "\u{202e}", "\u{2066}", "\u{2069}", "\u{7}", "\u{1b}", "\u{7f}"] {
            let mut faults = admin.post("/commitments", commitment(&format!("Uno{hidden}dos"))).expect(422).faults();
            faults.sort();
            let fault = |at: &str| (at.to_owned(), "hidden_characters".to_owned());
            assert_eq!(faults, [fault("/due_text"), fault("/text")], "{hidden:?}");
        }
        let institution = json!({"name": "Minsal\u{202e}", "sector": "government"});
        let faults = admin.post("/institutions", institution).expect(422).faults();
        assert_eq!(faults, [("/name".to_owned(), "hidden_characters".to_owned())]);
        admin.post("/commitments", commitment("Una línea\r\n\ty otra")).expect(201);
    }
}

on_both! {
    fn a_dataset_with_marks_of_direction_is_refused_in_the_same_way(world) {
        world.country("CL");
        let institution = json!({"key": "i", "name": "Min\u{202e}isterio", "sector": "government"});
        let country = json!({"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es-CL"});
        let document = json!({"articula": 1, "country": country, "institutions": [institution]});
        let refused = world.coordinator("CL").post("/imports", document).expect(422);
        assert_eq!(refused.faults(), [("/institutions/0/name".to_owned(), "hidden_characters".to_owned())]);
    }
}

on_both! {
    fn who_may_not_make_an_admin_reads_that_admins_may(world) {
        world.commission("CL", "CETI");
        let body = json!({"name": "Eva", "email": "eva@example.org", "grants": [{"role": "admin"}]});
        let refused = world.coordinator("CL").post("/users", body).expect(403);
        assert!(refused.text.contains("Solo la administración puede hacer esto."), "{}", refused.text);
    }
}
