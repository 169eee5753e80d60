//! Follow-up matrices: one of 2,000 rows, of which one in ten has a fault as in real matrices; others without faults.

use rust_xlsxwriter::Workbook;

const HEADINGS: [&str; 10] = [
    "N°",
    "Comisión",
    "Sesión",
    "Fecha de la sesión",
    "Acuerdo",
    "Compromiso",
    "Responsable(s)",
    "Plazo",
    "Estado",
    "% Avance",
];

/// The column and the text of each fault.
const FAULTS: [(u16, &str); 8] = [
    (1, "CIGTP"),
    (3, "32/13/2023"),
    (5, ""),
    (6, "Ministerio del Trabajo y Promoción de Empleo"),
    (6, "Municipalidad de Nada"),
    (7, "15 días"),
    (8, "Reprogramado"),
    (9, "140 %"),
];

pub(crate) fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Matriz").unwrap();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for row in 1..=2000u32 {
        let text = format!("Compromiso número {row}");
        let day = format!("{}/03/2023", row % 28 + 1);
        let number = row.to_string();
        let cells =
            [number.as_str(), "CIGTPE", "", &day, "6", &text, "MTPE", "IV trimestre 2023", "En proceso", "40 %"];
        let fault = (row % 10 == 0).then(|| FAULTS[row as usize / 10 % FAULTS.len()]);
        for (column, cell) in (0..).zip(cells) {
            let cell = fault.filter(|(at, _)| *at == column).map_or(cell, |(_, text)| text);
            if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Returns a matrix of new rows without faults, each with the progress of one institution.
pub(crate) fn csv(rows: usize) -> String {
    let mut text = HEADINGS.join(";");
    for row in 1..=rows {
        let day = row % 28 + 1;
        text += &format!(
            "\n{row};CIGTPE;;{day:02}/03/2023;6;Compromiso número {row};MTPE;IV trimestre 2023;En proceso;40 %"
        );
    }
    text
}
