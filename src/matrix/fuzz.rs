//! Reads tables made at random: every visible cell is in a column that is used, or is listed among what is left out, or
//! its column is refused.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::actions::read_chosen;
use super::choices::Choices;
use super::sheets::MatrixSheet;
use crate::spreadsheets::letters;

const HEADINGS: [&str; 16] = [
    "N°",
    "Compromiso",
    "Responsable",
    "Plazo",
    "Estado",
    "Avance",
    "Observaciones",
    "Comentarios",
    "Prioridad",
    "",
    "",
    "Medio de verificación",
    "Fecha de cumplimiento",
    "Acuerdo",
    "Sesión",
    "Nota",
];
const VALUES: [&str; 18] = [
    "",
    "",
    "",
    "1",
    "2",
    "Aprobar el plan regional",
    "MTPE",
    "30/06/2027",
    "Cumplido",
    "En proceso",
    "50 %",
    "Total",
    "Total: 5",
    "Nota: los plazos son referenciales",
    "(*) estimado",
    "Compromiso",
    "Elaborado por la secretaría técnica",
    "Leyenda",
];

/// The cells of a file, by row and column.
type Cells = Vec<Vec<String>>;

fn row_of(values: &'static [&'static str], width: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(values).prop_map(str::to_owned), width..=width)
}

/// Returns a row with one text, as titles and notes are.
fn lone(width: usize) -> impl Strategy<Value = Vec<String>> {
    (0..width, prop::sample::select(&VALUES[3..])).prop_map(move |(at, text)| {
        let mut row = vec![String::new(); width];
        row[at] = text.to_owned();
        row
    })
}

/// Returns a file with rows above and below its headings.
fn cells() -> impl Strategy<Value = Cells> {
    (4..9_usize).prop_flat_map(|width| {
        let headings = row_of(&HEADINGS, width).prop_map(|mut row| {
            row[0] = "N°".into();
            row[1] = "Compromiso".into();
            row
        });
        let rows = prop::collection::vec(prop_oneof![4 => row_of(&VALUES, width), 1 => lone(width)], 1..10);
        (prop::collection::vec(lone(width), 0..3), headings, rows)
            .prop_map(|(above, headings, rows)| above.into_iter().chain([headings]).chain(rows).collect())
    })
}

fn csv_of(cells: &Cells) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    cells.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

/// Returns true if a cell is in a row and a column that the import uses.
fn is_used(sheet: &MatrixSheet, row: u32, column: u32) -> bool {
    let is_heading = sheet.understood.heading_rows.contains(&row);
    let named = |one: &super::understood::UnderstoodColumn| one.column == letters(column) && one.named.is_some();
    let in_row = sheet.rows.iter().any(|line| line.number == row && line.value(column).is_some());
    is_heading || (in_row && sheet.understood.columns.iter().any(named))
}

proptest! {
    #[test]
    fn every_visible_cell_is_used_or_listed(cells in cells()) {
        let Ok(matrices) = read_chosen(&csv_of(&cells), "matriz.csv", Choices::default()) else { return Ok(()) };
        let sheet = &matrices.sheets.matrices[0];
        let listed: BTreeSet<&str> = sheet.understood.left_out.iter().map(|one| one.place.as_str()).collect();
        for (row, line) in (1..).zip(&cells) {
            for (column, text) in (0..).zip(line).filter(|(_, text)| !text.is_empty()) {
                let (name, letters) = (&sheet.name, letters(column));
                let places =
                    [format!("{name}!{row}"), format!("{name}!{letters}"), format!("{name}!{letters}{row}")];
                let is_refused = matrices.sheets.faults.iter().any(|fault| {
                    fault.args.iter().any(|(name, value)| *name == "column" && *value == letters)
                });
                let is_listed = places.iter().any(|place| listed.contains(place.as_str()));
                prop_assert!(
                    is_used(sheet, row, column) || is_listed || is_refused,
                    "{letters}{row} {text:?} is lost; listed: {listed:?}; faults: {:?}",
                    matrices.sheets.faults
                );
            }
        }
    }
}
