//! A secretariat sends a matrix with faults, mends the file and answers a question, imports it, and undoes the import.

use std::path::PathBuf;

use rust_xlsxwriter::Workbook;
use serde_json::json;

use crate::run::{Run, in_three_ways, secretariat};
use crate::user::{MAIN, User};

in_three_ways!(walk);

const TRY: &str = "main button[name=action][value=try]";
const IMPORT: &str = "main button[name=action][value=import]";

fn walk(run: &Run) {
    let (commission, institution) = (run.commission("", "PE"), run.institution("", "PE"));
    run.member(&commission, &institution);
    let [officer] = run.people([secretariat(&commission)]);
    let folder = tempfile::TempDir::new().unwrap();
    let name = format!("Institución {} ", run.name);
    let faulty = file(folder.path().join("matriz.xlsx"), &name, "Instituto que nadie conoce", "31/02/2099");
    let mended = file(folder.path().join("matriz-2.xlsx"), &name, &name, "28/02/2099");

    let office = run.enters(&officer);
    office.press_to("nav.main a[href='/commitments']", "/commitments");
    office.press_to("main a[href='/imports/new']", "/imports/new");
    office.attach("#file", &faulty);
    office.press_to(TRY, "/imports/new");
    office.sees(run.says("Así no se puede importar. Nada se guardó.", "It cannot be imported like this."));
    office.sees(run.says("Hoja «Matriz», celda C3", "Sheet “Matriz”, cell C3"));
    office.sees(run.says("Hoja «Matriz», celda D3", "Sheet “Matriz”, cell D3"));
    office.sees("Instituto que nadie conoce");
    office.sees("31/02/2099");
    assert!(!office.chrome.has(IMPORT), "a file with faults cannot be imported");

    // The mended file still has a state that may mean more than one thing.
    office.unfold("#sent");
    office.attach("#file", &mended);
    office.press_to(TRY, "/imports/new");
    assert!(!office.chrome.has(IMPORT), "the question is open");
    office.sees("Suspendido");
    office.select("#answers-0-key", "in_progress");
    office.press_to(TRY, "/imports/new");
    office.sees(run.says("Filas que crean compromisos: 2.", "Rows that create commitments: 2."));
    assert_eq!(commitments(run, &commission), 0, "a dry run keeps nothing");
    office.press_to(IMPORT, "/imports/");
    office.is_confirmed(run.says("La matriz se importó.", "The matrix was imported."));
    undo(run, &office, &commission);
}

fn undo(run: &Run, office: &User, commission: &str) {
    let path = office.chrome.path().split('?').next().unwrap().to_owned();
    office.sees("Verificar los diseños");
    office.sees("Elaborar el plan");
    let made = run.record(&format!("/commitments?commission_id={commission}&sort=code"))["items"].clone();
    let all: Vec<_> = made.as_array().unwrap().iter().map(|one| (&one["text"], &one["status"], &one["due"])).collect();
    let wanted = [
        (&json!("Verificar los diseños"), &json!("in_progress"), &json!("2099-06-30")),
        (&json!("Elaborar el plan"), &json!("planned"), &json!("2099-02-28")),
    ];
    assert_eq!(all, wanted, "{made}");

    office.press_to(&format!("main a[href='{path}/undo']"), &format!("{path}/undo"));
    office.sees(run.says("Se quita lo que la importación creó (2)", "The records that the import created (2)"));
    office.press_to(MAIN, &format!("{path}?done=import-undone"));
    office.is_confirmed(run.says("La importación se deshizo.", "The import was undone."));
    office.sees(run.says("Deshecha", "Undone"));
    assert!(!office.chrome.has(&format!("a[href='{path}/undo']")), "an import is undone once");
    assert_eq!(commitments(run, commission), 0, "nothing of the import stays");
    assert!(run.record(&path)["undone_at"].is_string());
}

/// Returns the number of commitments of a commission.
fn commitments(run: &Run, commission: &str) -> usize {
    let all = run.record(&format!("/commitments?commission_id={commission}&status=draft,planned,in_progress"));
    all["items"].as_array().unwrap().len()
}

/// Writes a matrix of two rows, of which the second has this institution and this term.
fn file(path: PathBuf, first: &str, second: &str, due: &str) -> PathBuf {
    let rows = [
        ["N°", "Compromiso", "Responsable", "Fecha límite", "Estado"],
        ["1", "Verificar los diseños", first, "30/06/2099", "Suspendido"],
        ["2", "Elaborar el plan", second, due, "Pendiente"],
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Matriz").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save(&path).unwrap();
    path
}
