//! The type of a file, determined from its content.

/// The number of bytes that are examined at each end of a file.
pub(super) const LOOKED_AT: usize = 64 * 1024;

/// File name extensions that make a system run the file, whatever its content.
const RUN_BY_NAME: [&str; 20] = [
    "bat", "cmd", "com", "cpl", "exe", "hta", "jar", "js", "jse", "lnk", "msi", "msp", "pif", "ps1", "reg", "scr",
    "sh", "vbe", "vbs", "wsf",
];

/// A program or script, which nobody may upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Executable;

/// Returns true if the extension of a name makes a system run the file.
pub fn runs_by_name(name: &str) -> bool {
    name.trim_end_matches(['.', ' '])
        .rsplit_once('.')
        .is_some_and(|(_, ending)| RUN_BY_NAME.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Returns the media type for the first and the last bytes of a file (up to 64 KiB each).
pub(super) fn media_type(head: &[u8], tail: &[u8]) -> Result<&'static str, Executable> {
    if head.starts_with(b"#!") || infer::is_app(head) {
        return Err(Executable);
    }
    if head.starts_with(b"PK\x03\x04") {
        return Ok(type_of_zip(head, tail));
    }
    Ok(infer::get(head).map_or_else(|| type_of_text(head), |kind| kind.mime_type()))
}

fn type_of_text(head: &[u8]) -> &'static str {
    let readable = match std::str::from_utf8(head) {
        Ok(text) => Some(text),
        Err(error) if head.len() >= LOOKED_AT && error.valid_up_to() + 4 > head.len() => Some(""),
        Err(_) => None,
    };
    match readable {
        Some(text) if !text.contains('\0') => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Returns the type of a ZIP archive, which may be an office document. OpenDocument files name their type in their
/// first entry. Office Open XML files are recognised by their folders (ECMA-376 part 2, section 6), wherever in the
/// archive these are.
fn type_of_zip(head: &[u8], tail: &[u8]) -> &'static str {
    if let Some(kind) = open_document(head) {
        return kind;
    }
    let names: Vec<&[u8]> = entries(head, b"PK\x03\x04", 26, 30).chain(entries(tail, b"PK\x01\x02", 28, 46)).collect();
    let has = |folder: &[u8]| names.iter().any(|name| name.starts_with(folder));
    let macros = names.iter().any(|name| name.ends_with(b"vbaProject.bin"));
    match (has(b"[Content_Types].xml"), macros) {
        (true, false) if has(b"word/") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (true, false) if has(b"xl/") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (true, false) if has(b"ppt/") => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (true, true) if has(b"word/") => "application/vnd.ms-word.document.macroEnabled.12",
        (true, true) if has(b"xl/") => "application/vnd.ms-excel.sheet.macroEnabled.12",
        (true, true) if has(b"ppt/") => "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
        _ => "application/zip",
    }
}

/// Returns the type of an OpenDocument file: its first entry is `mimetype`, stored without compression (OpenDocument
/// 1.3 part 2, section 3.3).
fn open_document(head: &[u8]) -> Option<&'static str> {
    const KINDS: [&str; 4] = [
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation",
        "application/vnd.oasis.opendocument.graphics",
    ];
    let stated = head.get(30..)?.strip_prefix(b"mimetype")?;
    KINDS.into_iter().find(|kind| {
        let rest = stated.strip_prefix(kind.as_bytes());
        rest.is_some_and(|rest| rest.starts_with(b"PK") || rest.starts_with(b"-template"))
    })
}

/// Returns the names of the entries whose headers begin with `mark`; `length` and `name` are the positions of the
/// name's length and of the name.
fn entries<'b>(bytes: &'b [u8], mark: &'static [u8], length: usize, name: usize) -> impl Iterator<Item = &'b [u8]> {
    let starts = bytes.windows(mark.len()).enumerate().filter(move |(_, window)| *window == mark);
    starts.filter_map(move |(at, _)| {
        let size = bytes.get(at + length..at + length + 2)?;
        let size = usize::from(u16::from_le_bytes(size.try_into().ok()?));
        bytes.get(at + name..at + name + size)
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use proptest::prelude::*;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            zip.start_file(*name, stored).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn of(bytes: &[u8]) -> Result<&'static str, Executable> {
        let head = &bytes[..bytes.len().min(LOOKED_AT)];
        media_type(head, &bytes[bytes.len().saturating_sub(LOOKED_AT)..])
    }

    #[test]
    fn the_content_decides_the_type_of_a_file() {
        assert_eq!(of(b"%PDF-1.7 ..."), Ok("application/pdf"));
        assert_eq!(of("Acta de la sesión".as_bytes()), Ok("text/plain"));
        assert_eq!(of(&[0, 159, 146, 150]), Ok("application/octet-stream"));
        assert_eq!(of(b""), Ok("text/plain"));
    }

    #[test]
    fn office_documents_are_recognised_in_any_order_of_their_parts() {
        let types = ("[Content_Types].xml", b"<Types/>".as_slice());
        let picture = vec![7_u8; 100_000];
        let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        assert_eq!(of(&archive(&[types, ("word/document.xml", b"<w/>")])), Ok(docx));
        assert_eq!(of(&archive(&[("_rels/.rels", b""), ("word/document.xml", b"<w/>"), types])), Ok(docx));
        let late = archive(&[("docProps/thumbnail.jpeg", &picture), ("word/document.xml", b"<w/>"), types]);
        assert_eq!(of(&late), Ok(docx));
        let sheet = of(&archive(&[types, ("xl/workbook.xml", b"")])).unwrap();
        assert!(sheet.ends_with("spreadsheetml.sheet"), "{sheet}");
        let macros = of(&archive(&[types, ("xl/workbook.xml", b""), ("xl/vbaProject.bin", b"")])).unwrap();
        assert_eq!(macros, "application/vnd.ms-excel.sheet.macroEnabled.12");
        assert_eq!(of(&archive(&[("word/document.xml", b"<w/>")])), Ok("application/zip"));
    }

    #[test]
    fn open_documents_state_their_type() {
        let text = b"application/vnd.oasis.opendocument.text".as_slice();
        assert_eq!(of(&archive(&[("mimetype", text), ("content.xml", b"")])).unwrap().as_bytes(), text);
        assert_eq!(
            of(&archive(&[("mimetype", b"application/x-made-up"), ("content.xml", b"")])),
            Ok("application/zip")
        );
    }

    #[test]
    fn programs_are_refused_by_content_and_by_name() {
        let padded = |head: &[u8]| [head, &[0; 100]].concat();
        let (linux, windows) = (padded(b"\x7fELF\x02\x01\x01"), padded(b"MZ"));
        for program in [linux.as_slice(), &windows, b"#!/bin/sh\nrm -r /", b"\x00asm\x01\x00\x00\x00"] {
            assert_eq!(of(program), Err(Executable), "{program:?}");
        }
        for name in ["informe.pdf.exe", "a.BAT", "acta.vbs", "x.exe.", "y.jar "] {
            assert!(runs_by_name(name), "{name}");
        }
        for name in ["acta.pdf", "exe", "js.docx", "nómina.xlsx", ""] {
            assert!(!runs_by_name(name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_archive_is_too_broken_to_be_examined(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0_usize..4) {
            let mut cut = archive(&[("mimetype", b"application/"), ("word/a", b"x")]);
            cut.truncate(cut.len().saturating_sub(at * 30));
            cut.extend(bytes);
            prop_assert!(of(&cut).is_ok());
        }
    }
}
