//! A document as DOCX (WordprocessingML, ISO/IEC 29500): heading styles that word processors know, a table of contents
//! that they can renew, tables whose headings repeat. The same document gives the same bytes.

mod body;
mod parts;

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::document::Document;
use crate::error::{Error, Result};

/// The document as DOCX.
pub fn write(document: &Document) -> Result<Vec<u8>> {
    let body = body::write(document);
    let styles = include_str!("../../../templates/docx/styles.xml");
    let styles = styles.replace("{locale}", &document.locale()).replace("{width}", &body::width(document).to_string());
    let files = [
        ("[Content_Types].xml", include_str!("../../../templates/docx/content_types.xml").to_owned()),
        ("_rels/.rels", include_str!("../../../templates/docx/package_rels.xml").to_owned()),
        ("docProps/core.xml", parts::properties(document)),
        ("word/document.xml", body.xml),
        ("word/_rels/document.xml.rels", parts::relations(&body.links)),
        ("word/styles.xml", styles),
        ("word/numbering.xml", parts::numbering(&body.counted)),
        ("word/settings.xml", include_str!("../../../templates/docx/settings.xml").to_owned()),
        ("word/footer1.xml", include_str!("../../../templates/docx/footer.xml").to_owned()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, text) in files {
        let text: String = text.chars().filter(|c| is_xml(*c)).collect();
        archive.start_file(name, options).map_err(Error::internal)?;
        archive.write_all(text.as_bytes()).map_err(Error::internal)?;
    }
    Ok(archive.finish().map_err(Error::internal)?.into_inner())
}

/// XML has no place for most control characters, not even written as numbers.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}
