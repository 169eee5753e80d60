//! Follow-up matrices: what a secretariat sees that keeps one in a spreadsheet.

mod faults;
mod files;
mod import;
mod undo;

use rust_xlsxwriter::Workbook;
use serde_json::json;

use crate::support::{Answer, Person, World};

pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The headings that most matrices have.
pub const HEADINGS: [&str; 13] = [
    "N°",
    "Comisión",
    "Sesión",
    "Fecha de la sesión",
    "Acuerdo",
    "Compromiso",
    "Responsable(s)",
    "Plazo",
    "Fecha límite",
    "Estado",
    "% Avance",
    "Medio de verificación",
    "Observaciones",
];

/// One sheet called Matriz with these rows.
pub fn workbook(rows: &[Vec<&str>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Matriz").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// The usual headings above these rows.
pub fn matrix(rows: &[[&str; 13]]) -> Vec<u8> {
    let all: Vec<Vec<&str>> = std::iter::once(HEADINGS.to_vec()).chain(rows.iter().map(|row| row.to_vec())).collect();
    workbook(&all)
}

/// Sends a matrix; `query` says for whom and whether it is only tried.
pub fn send(person: &Person<'_>, query: &str, bytes: Vec<u8>) -> Answer {
    person.with("content-type", XLSX).call("POST", &format!("/imports?file_name=matriz.xlsx&{query}"), Some(bytes))
}

/// Created, changed, unchanged and rejected rows.
pub fn totals(answer: &Answer) -> [u64; 4] {
    ["created", "changed", "unchanged", "rejected"].map(|name| answer.json["totals"][name].as_u64().unwrap())
}

/// Pointer and code of every fault of a dry run.
pub fn told(answer: &Answer) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = answer.json["errors"].as_array().cloned().unwrap_or_default();
    list.iter().map(|fault| (text(&fault["pointer"]), text(&fault["code"]))).collect()
}

/// A commission of Peru with institutions, on 2023-09-01.
pub struct Scene {
    pub commission: String,
}

impl Scene {
    pub fn new(world: &World) -> Self {
        let commission = world.commission("PE", "CIGTPE");
        let admin = world.admin();
        for (name, acronym) in [
            ("Ministerio de Trabajo y Promoción del Empleo", "MTPE"),
            ("Ministerio de Salud", "MINSA"),
            ("Gobierno Regional de Huánuco", "GORE Huánuco"),
        ] {
            let body = json!({"name": name, "acronym": acronym, "sector": "government", "country_code": "PE"});
            admin.post("/institutions", body).expect(201);
        }
        Self { commission }
    }

    /// The query that names the commission.
    pub fn of(&self, dry_run: bool) -> String {
        format!("commission_id={}&dry_run={dry_run}", self.commission)
    }
}

/// Three commitments of one session, one of them shared by two institutions with a row each.
pub fn usual() -> Vec<u8> {
    let session = "III sesión ordinaria";
    matrix(&[
        [
            "1",
            "CIGTPE",
            session,
            "22/08/2023",
            "6",
            "Capacitar a los inspectores",
            "MTPE",
            "IV trimestre 2023",
            "",
            "En proceso",
            "40 %",
            "",
            "Dos talleres",
        ],
        [
            "2",
            "CIGTPE",
            session,
            "22/08/2023",
            "6",
            "Elaborar el protocolo",
            "MTPE",
            "10 días hábiles",
            "",
            "Cumplido",
            "100%",
            "Oficio 12-2023",
            "",
        ],
        [
            "3",
            "CIGTPE",
            session,
            "22/08/2023",
            "",
            "Difundir la ruta",
            "MTPE; MINSA",
            "permanente",
            "",
            "Pendiente",
            "",
            "",
            "",
        ],
        [
            "4",
            "CIGTPE",
            session,
            "22/08/2023",
            "7",
            "Crear la mesa regional",
            "GORE Huanuco",
            "30 de setiembre de 2023",
            "",
            "Pendiente",
            "",
            "",
            "",
        ],
        [
            "5",
            "CIGTPE",
            session,
            "22/08/2023",
            "7",
            "Crear la mesa regional",
            "Ministerio de Salud",
            "",
            "30/09/2023",
            "En curso",
            "",
            "",
            "",
        ],
    ])
}
