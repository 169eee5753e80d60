//! Two people change the same commitment: the second sees what the first has stored, and loses nothing.

use serde_json::json;

use crate::run::{Run, in_days, in_three_ways, secretariat};
use crate::user::MAIN;

in_three_ways!(walk);

fn walk(run: &Run) {
    let (commission, institution) = (run.commission("", "PE"), run.institution("", "PE"));
    let [first, second] = run.people([secretariat(&commission), secretariat(&commission)]);
    let commitment = run.commitment(&commission, &institution, in_days(30));
    let edit = format!("{}/edit", commitment.path());
    let [mine, theirs] = [&first, &second].map(|email| {
        let user = run.enters(email);
        user.go(&commitment.path());
        user.press_to(&format!("main a[href='{edit}']"), &edit);
        user
    });

    theirs.write("#text", "Aprobar el plan regional antes de la sesión.");
    theirs.press_to(MAIN, &format!("{}?done=commitments-changed", commitment.path()));
    theirs.is_confirmed(run.says("Los cambios se guardaron.", "The changes were saved."));

    mine.write("#text", "Aprobar y publicar el plan regional.");
    mine.press_to(MAIN, &edit);
    mine.is_refused();
    mine.sees(run.says("Este registro cambió", "This record changed"));
    assert_eq!(mine.chrome.value("#text"), "Aprobar y publicar el plan regional.");
    let stored = mine.chrome.text("main .stored");
    assert!(stored.contains("Aprobar el plan regional antes de la sesión."), "{stored}");
    assert_eq!(run.record(&commitment.path())["text"], json!("Aprobar el plan regional antes de la sesión."));
    mine.press_to(MAIN, &format!("{}?done=commitments-changed", commitment.path()));
    assert_eq!(run.record(&commitment.path())["text"], json!("Aprobar y publicar el plan regional."));
}
