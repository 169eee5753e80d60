//! Files that are not a matrix, or are made to break the reader, are refused in one sentence, in little time.

use std::time::{Duration, Instant};

use articula::error::Code;
use articula::http::describe;
use articula::i18n::Lang;
use articula::testing::matrix::read_matrices;

use super::{Setup, part_of, send, usual, with_parts_in, workbook};
use crate::on_both;

/// The usual workbook with other or further parts.
fn with_parts(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    with_parts_in(usual(), parts)
}

fn part(name: &str) -> String {
    part_of(usual(), name)
}

/// A sheet with these rows.
fn sheet(rows: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>").into_bytes()
}

/// The sentence with the reason for the refusal of a file.
fn refused(bytes: &[u8]) -> String {
    let error = read_matrices(bytes, "matriz.xlsx").err().unwrap();
    assert_eq!((error.code, error.faults.len()), (Code::Invalid, 1));
    describe(&error.faults[0], Lang::Es).detail
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn what_is_no_plain_workbook_is_refused_with_what_to_do() {
    let hidden: Vec<u8> = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        .into_iter()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let entities = part(SHEET)
        .replace("<worksheet", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet");
    let strings = "<?xml version=\"1.0\"?><sst xmlns=\"x\" count=\"1\" uniqueCount=\"9000000000000000000\"><si><t>a</t></si></sst>";
    for (bytes, words) in [
        (hidden, "contraseña"),
        (vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "dañado"),
        (with_parts(&[("content.xml", b"<office/>".to_vec())]), "no es una hoja de cálculo"),
        (with_parts(&[("xl/workbook.bin", vec![0])]), ".xlsb"),
        (with_parts(&[(SHEET, entities.into_bytes())]), "entidades XML"),
        (with_parts(&[("xl/sharedStrings.xml", strings.as_bytes().to_vec())]), "demasiado grande"),
        (with_parts(&[(SHEET, b"<?xml version=\"1.0\"?><worksheet><sheetData><row".to_vec())]), "dañado"),
        (with_parts(&[(SHEET, sheet("<row r=\"1\"><c r=\"ZZ1\" t=\"str\"><v>x</v></c></row>"))]), "columna 200"),
        (b"PK\x03\x04 nothing".to_vec(), "dañado"),
        (b"\x00\x01\x02 binary".to_vec(), "no es una hoja de c"),
        (b"  \n".to_vec(), "vacío"),
        (b"una carta, nada m\xe1s".to_vec(), "No se encontró la matriz"),
    ] {
        let detail = refused(&bytes);
        assert!(detail.contains(words), "{words}: {detail}");
    }
    let rows: String = (1..=22_001).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>")).collect();
    assert!(refused(&with_parts(&[(SHEET, sheet(&rows))])).contains("22000 filas"));
}

/// A title, the headings on every page, and this many commitments.
fn printed(commitments: usize) -> Vec<Vec<String>> {
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let headings = row(["Compromiso", "Responsable", "Plazo"]);
    let mut rows = vec![row(["Matriz de seguimiento", "", ""]), headings.clone()];
    for n in 1..=commitments {
        if n % 100 == 0 {
            rows.push(headings.clone());
        }
        rows.push(row([&format!("Compromiso {n}"), "MTPE", "2024"]));
    }
    rows
}

#[test]
fn a_matrix_has_20_000_rows_without_its_headings() {
    for (commitments, taken) in [(20_000, true), (20_001, false)] {
        let rows = printed(commitments);
        let text: String = rows.iter().map(|row| row.join(";") + "\n").collect();
        let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        for bytes in [text.into_bytes(), workbook(&cells)] {
            assert_eq!(read_matrices(&bytes, "matriz.xlsx").is_ok(), taken, "{commitments}");
            if !taken {
                assert!(refused(&bytes).contains("más de 20000 filas, sin contar los encabezados"));
            }
        }
    }
}

/// A sheet of 65 MiB of nothing in a few kilobytes, with the right size, or declared as ten bytes.
#[test]
fn what_inflates_too_far_is_refused_whatever_it_declares() {
    const BYTES: u32 = 65 * 1024 * 1024;
    let honest = with_parts(&[(SHEET, vec![b' '; BYTES as usize])]);
    let began = Instant::now();
    assert!(refused(&honest).contains("demasiado grande"));
    assert!(began.elapsed() < Duration::from_secs(1), "its declared size is enough: {:?}", began.elapsed());
    let mut lying = honest;
    let places: Vec<usize> =
        lying.windows(4).enumerate().filter(|(_, four)| *four == BYTES.to_le_bytes()).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
    }
    let detail = refused(&lying);
    assert!(detail.contains("demasiado grande") || detail.contains("dañado"), "{detail}");
}

#[test]
fn a_million_empty_rows_below_a_matrix_are_read_rightly() {
    let empty: String = (7..=1_000_000).map(|n| format!("<row r=\"{n}\"/>")).collect();
    let whole = part(SHEET).replace("</sheetData>", &format!("{empty}</sheetData>"));
    let file = with_parts(&[(SHEET, whole.into_bytes())]);
    let began = Instant::now();
    assert!(read_matrices(&file, "matriz.xlsx").is_ok());
    assert!(began.elapsed() < Duration::from_secs(120), "{:?}", began.elapsed());
}

on_both! {
    fn who_may_not_import_is_told_so_before_anything_is_read(world) {
        let setup = Setup::new(world);
        send(&world.stranger(), &setup.of(true), b"\x00".to_vec()).expect(403);
        send(&world.nobody(), &setup.of(true), usual()).expect(401);
        let admin = world.admin();
        admin.with("content-type", "image/png").call("POST", "/imports", Some(vec![1])).expect(415);
        let binary = send(&admin, &setup.of(true), with_parts(&[("xl/workbook.bin", vec![1])])).expect(422);
        assert_eq!(binary.faults(), [(String::new(), "unreadable_sheet".to_owned())]);
        let large = vec![b'x'; 26 * 1024 * 1024];
        let answer = send(&admin, &setup.of(true), large);
        assert_eq!(answer.status, 413);
    }
}
