//! Former names in the public view: a text that was left out stays left out.

use serde_json::json;

use super::{Fixture, NEVER, open, with_public_view};
use crate::support::World;

/// Fails when a page of a session shows a text that names a person or a commission that is not public.
fn check(world: &World, fixture: &Fixture) {
    let page = open(world, &format!("/public/meetings/{}", fixture.session));
    let shown = NEVER.iter().filter(|words| page.text.contains(*words)).collect::<Vec<_>>();
    assert!(shown.is_empty(), "{shown:?}");
}

with_public_view! {
    fn names_that_are_changed_or_deleted_stay_hidden(world) {
        let (fixture, admin) = (Fixture::new(world), world.admin());
        check(world, &fixture);
        let delegates = format!("/commissions/{}/delegates", fixture.ceti);
        let delegate = admin.get(&delegates).expect(200).json["items"][0]["id"].as_str().unwrap().to_owned();
        admin.delete(&format!("{delegates}/{delegate}")).expect(204);
        check(world, &fixture);
        let renamed = json!({"name": "Otra comisión", "acronym": "OTRA"});
        admin.patch(&format!("/commissions/{}", fixture.mitp), renamed).expect(200);
        check(world, &fixture);
        admin.patch(&format!("/commissions/{}", fixture.mitp), json!({"public": true})).expect(200);
        open(world, &format!("/public/meetings/{}", fixture.session)).shows("Informar a la Comisión MITP");
    }
}

with_public_view! {
    fn a_person_who_changes_the_own_name_stays_hidden(world) {
        let (fixture, admin) = (Fixture::new(world), world.admin());
        let user = admin.post("/users", json!({"name": "Julia Publicar La", "email": "julia@example.org"})).expect(201).id();
        let path = format!("/public/meetings/{}", fixture.session);
        open(world, &path).shows("Elaborar el protocolo");
        admin.patch(&format!("/users/{user}"), json!({"name": "Elaborar Protocolo"})).expect(200);
        open(world, &path).hides("Elaborar el protocolo").shows("Publicar la estadística");
        admin.patch(&format!("/users/{user}"), json!({"name": "Julia Soto"})).expect(200);
        open(world, &path).hides("Elaborar el protocolo").shows("Publicar la estadística");
    }
}
