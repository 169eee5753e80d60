//! Follow-up matrices, as a secretariat sees them that keeps one in a spreadsheet.

mod asked;
mod bounds;
mod by_hand;
mod dry_run;
mod faults;
mod files;
mod import;
mod inputs;
mod own;
mod reading;
mod real;
mod same;
mod template;
mod terms;
mod together;
mod undo;
mod variants;

use std::io::{Cursor, Write};

use rust_xlsxwriter::Workbook;
use serde_json::json;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::support::{Answer, Person, World};

pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The headings that most matrices have.
pub(crate) const HEADINGS: [&str; 13] = [
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
pub(crate) fn workbook(rows: &[Vec<&str>]) -> Vec<u8> {
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
pub(crate) fn matrix(rows: &[[&str; 13]]) -> Vec<u8> {
    let all: Vec<Vec<&str>> = std::iter::once(HEADINGS.to_vec()).chain(rows.iter().map(|row| row.to_vec())).collect();
    workbook(&all)
}

/// Sends a matrix; `query` has its target and `dry_run`.
pub(crate) fn send(person: &Person<'_>, query: &str, bytes: Vec<u8>) -> Answer {
    person.with("content-type", XLSX).call("POST", &format!("/imports?file_name=matriz.xlsx&{query}"), Some(bytes))
}

/// Sends a matrix as text.
pub(crate) fn send_text(person: &Person<'_>, query: &str, text: &str) -> Answer {
    let sent = person.with("content-type", "text/csv");
    sent.call("POST", &format!("/imports?file_name=matriz.csv&{query}"), Some(text.as_bytes().to_vec()))
}

/// A workbook with other or further parts.
pub(crate) fn with_parts_in(book: Vec<u8>, parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let names: Vec<String> = old.file_names().map(|name| name.unwrap().to_string()).collect();
    for name in names.iter().filter(|name| !parts.iter().any(|(part, _)| part == name)) {
        new.raw_copy_file(old.by_name(name).unwrap()).unwrap();
    }
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        new.start_file(*name, options).unwrap();
        new.write_all(bytes).unwrap();
    }
    new.finish().unwrap().into_inner()
}

/// A part of a workbook.
pub(crate) fn part_of(book: Vec<u8>, name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

/// Pointers and codes of the faults of a dry run, one text each.
pub(crate) fn faults_of(answer: &Answer) -> Vec<String> {
    told(answer).into_iter().map(|(at, code)| format!("{at} {code}")).collect()
}

/// The commitment of this code.
pub(crate) fn commitment(person: &Person<'_>, code: &str) -> serde_json::Value {
    let all = person.get("/commitments?country_code=PE&limit=200").expect(200);
    all.items().iter().find(|one| one["code"] == code).cloned().unwrap_or_else(|| panic!("{code}: {}", all.text))
}

/// The part of an institution in a commitment.
pub(crate) fn part<'c>(commitment: &'c serde_json::Value, institution: &str) -> &'c serde_json::Value {
    commitment["assignments"].as_array().unwrap().iter().find(|part| part["institution_id"] == institution).unwrap()
}

/// Created, changed, unchanged and rejected rows.
pub(crate) fn totals(answer: &Answer) -> [u64; 4] {
    ["created", "changed", "unchanged", "rejected"].map(|name| answer.json["totals"][name].as_u64().unwrap())
}

/// Pointer and code of every fault of a dry run.
pub(crate) fn told(answer: &Answer) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = answer.json["errors"].as_array().cloned().unwrap_or_default();
    list.iter().map(|fault| (text(&fault["pointer"]), text(&fault["code"]))).collect()
}

/// A commission of Peru with institutions, on 2023-09-01.
pub(crate) struct Setup {
    pub commission: String,
    pub mtpe: String,
    pub minsa: String,
}

impl Setup {
    pub(crate) fn new(world: &World) -> Self {
        let commission = world.commission("PE", "CIGTPE");
        let admin = world.admin();
        let [mtpe, minsa, _] = [
            ("Ministerio de Trabajo y Promoción del Empleo", "MTPE"),
            ("Ministerio de Salud", "MINSA"),
            ("Gobierno Regional de Huánuco", "GORE Huánuco"),
        ]
        .map(|(name, acronym)| {
            let body = json!({"name": name, "acronym": acronym, "sector": "government", "country_code": "PE"});
            admin.post("/institutions", body).expect(201).id()
        });
        Self { commission, mtpe, minsa }
    }

    /// The query that names the commission.
    pub(crate) fn of(&self, dry_run: bool) -> String {
        format!("commission_id={}&dry_run={dry_run}", self.commission)
    }
}

/// Three commitments of one session, one of them shared by two institutions with a row each.
pub(crate) fn usual() -> Vec<u8> {
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
