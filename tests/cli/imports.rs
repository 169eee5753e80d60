//! The words that an import prints: everything that it understood, left out and repaired.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{error_of, out, run};

/// A country with a commission, and institutions that share an alias.
fn country() -> Value {
    json!({
        "articula": 1,
        "country": {"code": "PE", "name": "Perú", "time_zone": "America/Lima", "locale": "es-PE"},
        "institutions": [
            {"key": "ica", "name": "Gobierno Regional de Ica", "sector": "government", "aliases": ["Gobierno regional"]},
            {"key": "cusco", "name": "Gobierno Regional de Cusco", "sector": "government", "aliases": ["GOBIERNO REGIONAL"]},
        ],
        "commissions": [{"key": "c", "name": "Comisión", "acronym": "CIGTPE", "kind": "committee"}],
    })
}

/// A folder with a database that has the country.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    import_document(folder.path(), &country());
    folder
}

/// Imports a dataset; returns what was printed.
fn import_document(folder: &Path, document: &Value) -> String {
    std::fs::write(folder.join("peru.json"), document.to_string()).unwrap();
    let output = run(folder, &["import", "peru.json"]);
    assert!(output.status.success(), "{}{}", out(&output), String::from_utf8_lossy(&output.stderr));
    out(&output)
}

/// Returns what the dry run of an input of the API tests prints, with these options.
fn tried(folder: &Path, name: &str, options: &[&str]) -> String {
    let path = format!("{}/tests/it/matrix/inputs/{name}", env!("CARGO_MANIFEST_DIR"));
    let args = [&["import", &path, "--country", "PE", "--commission", "CIGTPE", "--dry-run"][..], options].concat();
    let output = run(folder, &args);
    assert!(output.status.success(), "{}{}", out(&output), String::from_utf8_lossy(&output.stderr));
    out(&output)
}

#[track_caller]
fn prints(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.lines().any(|one| one == *line), "{line}\nin:\n{text}");
    }
}

#[test]
fn the_dry_run_of_a_matrix_prints_what_is_understood_and_what_is_left_out() {
    let folder = folder();
    let hidden = tried(folder.path(), "B09-row-hidden-by-filter.xlsx", &[]);
    prints(
        &hidden,
        &[
            "Hoja «Matriz», fila 2: Se crea",
            "    N° 1 en el archivo. Plazo: 30 de septiembre de 2027. Estado: Pendiente. Responsables: Gobierno Regional de Ica",
            "No se usa:",
            "    Hoja «Matriz», fila 3: Fila oculta [2 | Oculta por el filtro | Gobierno Regional de Ica | 31/12/2027]",
            "Filas que crean compromisos: 1. Que los cambian: 0. Sin cambios: 0. Con fallas: 0.",
            "Es una prueba: no se guardó nada.",
        ],
    );
    let nameless = tried(folder.path(), "B10-column-without-heading.xlsx", &[]);
    prints(
        &nameless,
        &[
            "    Plazo: Sin fecha. Estado: Pendiente. Responsables: Gobierno Regional de Ica",
            "    Hoja «Matriz», columna D: Columna sin encabezado [30/09/2027]",
        ],
    );
    let struck = tried(folder.path(), "B11-struck-out.xlsx", &["--lang", "en"]);
    assert!(struck.contains("Sheet “Matriz”, cell C2: Text that is struck out [Gobierno Regional de Ica"), "{struck}");
    prints(&struck, &["This is a dry run: nothing was saved."]);
    let note = tried(folder.path(), "B08-note-below-table.xlsx", &[]);
    prints(&note, &["    Hoja «Matriz», fila 4: Fila bajo la tabla [Nota: los plazos son referenciales]"]);
    assert!(out(&run(folder.path(), &["export", "--country", "PE"])).contains("\"commitments\": []"), "a dry run");
}

#[test]
fn the_import_of_a_matrix_prints_what_it_repaired() {
    let folder = folder();
    let mixed = tried(folder.path(), "B05-utf8-with-one-old-byte.csv", &[]);
    assert!(mixed.lines().next().unwrap().contains("filas 3"), "{mixed}");
    let path = format!("{}/tests/it/matrix/inputs/B05-utf8-with-one-old-byte.csv", env!("CARGO_MANIFEST_DIR"));
    let done = out(&run(folder.path(), &["import", &path, "--country", "PE", "--commission", "CIGTPE"]));
    assert!(done.contains("filas 3") && done.contains("\nImportación "), "{done}");
    let city = format!("{}/tests/it/matrix/inputs/R6-compromisos-ciudad.csv", env!("CARGO_MANIFEST_DIR"));
    let base = ["import", &city, "--country", "PE", "--commission", "CIGTPE", "--dry-run"];
    let refused = run(folder.path(), &base);
    assert!(error_of(&refused, 1).contains("2 faults"));
    let text = out(&refused);
    assert!(text.contains("[institutions_column/R6-compromisos-ciudad.csv]"), "{text}");
    let mapping = r#"{"area1":"institutions","cumplimiento":"due"}"#;
    let answers = r#"{"institutions/transporte":"Gobierno Regional de Ica"}"#;
    let output = run(folder.path(), &[&base[..], &["--mapping", mapping, "--answers", answers]].concat());
    assert!(output.status.success(), "{}", out(&output));
    let row =
        "    N° 1 en el archivo. Plazo: 31 de diciembre de 2027. Estado: 100 %. Responsables: Gobierno Regional de Ica";
    prints(&out(&output), &[row]);
}

#[test]
fn the_contradictions_of_a_dataset_are_printed() {
    let folder = TempDir::new().unwrap();
    let mut document = country();
    document["plans"] =
        json!([{"key": "p", "kind": "roadmap", "title": "Hoja de Ruta", "starts": "2023", "ends": "2022"}]);
    document["commissions"][0]["memberships"] =
        json!([{"key": "m", "institution": "ica", "role": "member", "from": "2023-02-01", "to": "2023-01-31"}]);
    let text = import_document(folder.path(), &document);
    for place in ["/plans/0/ends: ", "/commissions/0/memberships/0/to: "] {
        assert!(text.lines().any(|line| line.starts_with(place) && line.len() > place.len()), "{place}\nin:\n{text}");
    }
}

#[test]
fn migrate_prints_the_names_that_several_records_share() {
    let folder = folder();
    let text = out(&run(folder.path(), &["migrate"]));
    let line = text.lines().find(|line| line.starts_with("2 institutions of PE are called ")).unwrap();
    assert!(line.contains("Gobierno Regional de Ica") && line.contains("Gobierno Regional de Cusco"), "{line}");
}
