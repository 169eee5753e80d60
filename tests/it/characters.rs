//! Characters of texts that an earlier version of the program accepted.

use articula::db::Tx;
use articula::db::schema::institutions;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Browser, World};

/// Creates an institution with an official name and a note as an earlier version stored them; returns its address.
fn old_institution(world: &World, name: &str, note: &str) -> String {
    let body = json!({"name": "Minsal", "official_name": "Ministerio", "sector": "government", "country_code": "CL"});
    let path = format!("/institutions/{}", world.admin().post("/institutions", body).expect(201).id());
    let store = |tx: &mut Tx<'_>| {
        let old = (institutions::official_name.eq(name), institutions::note.eq(note));
        Ok(diesel::update(institutions::table).set(old).execute(tx.conn)?)
    };
    assert_eq!(world.state.db.write(None, world.clock.now(), store).unwrap(), 1);
    path
}

fn texts(record: &Value) -> [&Value; 3] {
    ["acronym", "official_name", "note"].map(|name| &record[name])
}

on_both! {
    fn old_control_characters_that_break_lines_become_line_breaks(world) {
        world.commission("CL", "CETI");
        let admin = world.admin();
        let path = old_institution(world, "Ministerio", "Uno\u{b}dos\u{c}tres\u{85}cuatro");
        admin.patch(&path, json!({"acronym": "MS"})).expect(200);
        let stored = admin.get(&path).expect(200).json;
        assert_eq!(texts(&stored), [&json!("MS"), &json!("Ministerio"), &json!("Uno\ndos\ntres\ncuatro")]);
        let body = json!({"name": "Otra", "sector": "government", "note": "Uno\u{b}dos"});
        assert_eq!(admin.post("/institutions", body).expect(201).json["note"], "Uno\ndos");
        let name = json!({"name": "Otra\u{b}más", "sector": "government"});
        let faults = admin.post("/institutions", name).expect(422).faults();
        assert_eq!(faults, [("/name".to_owned(), "not_one_line".to_owned())]);
    }
}

on_both! {
    fn a_dataset_with_old_control_characters_is_imported(world) {
        world.country("CL");
        let institution = json!({"key": "i", "name": "Ministerio", "sector": "government", "note": "Uno\u{b}dos"});
        let country = json!({"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es-CL"});
        let document = json!({"articula": 1, "country": country, "institutions": [institution]});
        world.coordinator("CL").post("/imports", document).expect(200);
        let all = world.admin().get("/institutions").expect(200);
        assert_eq!(all.items()[0]["note"], "Uno\ndos", "{}", all.text);
    }
}

on_both! {
    fn a_record_with_old_characters_is_changed_and_new_ones_are_refused(world) {
        world.commission("CL", "CETI");
        let admin = world.admin();
        let (name, note) = ("Minis\u{202e}terio\u{7}", "Uno\u{2066}dos\u{1b}");
        let path = old_institution(world, name, note);
        admin.patch(&path, json!({"acronym": "MS"})).expect(200);
        assert_eq!(texts(&admin.get(&path).expect(200).json), [&json!("MS"), &json!(name), &json!(note)]);
        let refused = admin.patch(&path, json!({"acronym": "MS\u{202e}", "note": note})).expect(422).faults();
        let fault = |at: &str| (at.to_owned(), "hidden_characters".to_owned());
        assert_eq!(refused, [fault("/acronym"), fault("/note")]);
        let browser = Browser::of(world, &admin);
        let form = browser.open(&format!("{path}/edit")).form();
        browser.submit(&form.clone().set("acronym", "M\u{202e}S")).expect(422);
        browser.submit(&form.set("acronym", "MINSAL")).expect(303);
        assert_eq!(texts(&admin.get(&path).expect(200).json)[0], "MINSAL");
    }
}
