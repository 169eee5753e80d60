//! The annual report, and what was issued.

use serde_json::json;

use super::Year;
use crate::access_matrix::make_ready;
use crate::reports::signing::documents;

/// The annual report of the year so far: drafted, a question given to a secretariat, confirmed, approved.
pub(super) fn annual_report(year: &Year<'_>) -> String {
    let (coordinator, mitp) = (&year.coordinator, &year.secretariats[2]);
    let plan = json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de ruta"});
    let plan = coordinator.post("/plans", plan).expect(201).id();
    coordinator.post(&format!("/plans/{plan}/items"), json!({"kind": "priority", "title": "Prevenir"})).expect(201);
    let body = json!({
        "country_code": "CL", "template": "alliance87-annual", "period_from": "2026-01-01", "period_to": "2026-07-31",
        "roadmap_id": plan,
    });
    let report = coordinator.post("/reports", body).expect(201).id();
    year.told(&[]);
    let answer = format!("/reports/{report}/answers/difficulties");
    coordinator.put(&format!("{answer}/assignee"), json!({"commission_id": year.commissions[2]})).expect(200);
    year.told(&[("report_question_assigned", vec![mitp])]);
    assert_eq!(year.pending(mitp)["report_question_open"], 1);
    mitp.put(&answer, json!({"text": "Faltó presupuesto para capacitar en regiones."})).expect(200);
    year.told(&[("report_question_answered", vec![coordinator])]);
    assert!(year.pending(coordinator)["report_question_open"].as_u64() > Some(1));
    make_ready(coordinator, &report);
    coordinator.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
    year.told(&[]);
    for person in [mitp, coordinator] {
        assert_eq!(year.pending(person), json!({}), "{}", person.email);
    }
    report
}

/// Returns the bytes of the acta and of the report, in every format and language.
pub(super) fn issued(year: &Year<'_>, meeting: &str, report: &str) -> Vec<Vec<u8>> {
    let acta = |format: &str, lang: &str| {
        let path = format!("/meetings/{meeting}/minutes/document?format={format}&lang={lang}");
        year.coordinator.get(&path).expect(200).bytes
    };
    let actas = ["md", "docx", "pdf"].into_iter().flat_map(|format| ["es", "en"].map(|lang| acta(format, lang)));
    actas.chain(documents(&year.coordinator, report)).collect()
}

/// Renames every institution, and changes a quorum rule, a membership and a vote right.
pub(super) fn rename_everything(year: &Year<'_>) {
    let (world, commission) = (year.world, &year.commissions[0]);
    world.at("2027-03-01T12:00:00Z");
    let admin = world.admin();
    for (n, institution) in year.institutions.iter().enumerate() {
        let name = json!({"name": format!("Otro nombre {n}")});
        admin.patch(&format!("/institutions/{institution}"), name).expect(200);
    }
    let quorum = json!({"quorum": {"fraction": "1/1", "strict": false}});
    admin.patch(&format!("/commissions/{commission}"), quorum).expect(200);
    let memberships = admin.get(&format!("/commissions/{commission}/memberships")).expect(200);
    let path =
        |n: usize| format!("/commissions/{commission}/memberships/{}", memberships.items()[n]["id"].as_str().unwrap());
    admin.patch(&path(0), json!({"has_vote": false})).expect(200);
    admin.patch(&path(1), json!({"to": "2026-12-31"})).expect(200);
}
