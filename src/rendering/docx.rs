//! Writes a document as DOCX (WordprocessingML, ISO/IEC 29500): heading styles that word processors know, a table of
//! contents that they can update, tables with repeated headings. The same document gives the same bytes.
//!
//! `maud` serves as the writer of XML.

mod body;
mod picture;

use std::io::{Cursor, Write};

use maud::html;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::document::Document;
use super::{logo, pdf};
use crate::error::{Error, Result};
use body::{HEAD, NumberedList, RELATIONS, WORD};
use picture::Picture;

pub(super) fn write(document: &Document) -> Result<Vec<u8>> {
    let pages = if document.contents.is_some() { pdf::pages_of_headings(document)? } else { Vec::new() };
    let logo = logo().filter(|_| document.frame.cover.is_some());
    let picture = logo.map(|logo| Picture { width: logo.width, height: logo.height });
    let body = body::write(document, &pages, picture)?;
    let styles = include_str!("../../templates/docx/styles.xml");
    let styles = styles.replace("{locale}", &document.locale()).replace("{width}", &body::width(document).to_string());
    let styles = styles.replace(&super::ACCENT.to_uppercase(), &super::accent().to_uppercase());
    let files = [
        ("[Content_Types].xml", include_str!("../../templates/docx/content_types.xml").to_owned()),
        ("_rels/.rels", include_str!("../../templates/docx/package_rels.xml").to_owned()),
        ("docProps/core.xml", properties(document)),
        ("word/document.xml", body.xml),
        ("word/_rels/document.xml.rels", relations(&body.links, picture.is_some(), body.charts.len())),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering(&body.numbered_lists)),
        ("word/settings.xml", include_str!("../../templates/docx/settings.xml").to_owned()),
        ("word/header1.xml", header(document)),
        ("word/footer1.xml", footer(document)),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, text) in files {
        let text: String = text.chars().filter(|c| is_xml(*c)).collect();
        archive.start_file(name, options).map_err(Error::internal)?;
        archive.write_all(text.as_bytes()).map_err(Error::internal)?;
    }
    if let Some(logo) = logo {
        archive.start_file(format!("word/{}", picture::FILE), options).map_err(Error::internal)?;
        archive.write_all(&logo.bytes).map_err(Error::internal)?;
    }
    for (n, chart) in body.charts.iter().enumerate() {
        archive.start_file(format!("word/{}", picture::chart_file(n)), options).map_err(Error::internal)?;
        archive.write_all(&chart.bytes).map_err(Error::internal)?;
    }
    Ok(archive.finish().map_err(Error::internal)?.into_inner())
}

/// Returns true if XML allows the character: most control characters are not allowed, even as references.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Returns title, author and language, for file managers and screen readers; without a date, so that the same document gives the
/// same bytes.
fn properties(document: &Document) -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    let markup = html! {
        (HEAD)
        cp:coreProperties xmlns:cp=(core) xmlns:dc="http://purl.org/dc/elements/1.1/" {
            dc:title { (document.title) }
            dc:creator { (super::author()) }
            dc:language { (document.locale()) }
        }
    };
    markup.into_string()
}

/// Returns the line at the top of every page but the first.
fn header(document: &Document) -> String {
    let markup = html! {
        (HEAD)
        w:hdr xmlns:w=(WORD) {
            w:p {
                @if let Some(head) = &document.frame.head {
                    w:pPr { w:pStyle w:val="Header" {} }
                    w:r { w:t xml:space="preserve" { (head) } }
                }
            }
        }
    };
    markup.into_string()
}

/// Returns the line at the foot of every page: the text of the document, and the number of the page.
fn footer(document: &Document) -> String {
    let field = |code: &str| {
        html! {
            w:r { w:fldChar w:fldCharType="begin" {} }
            w:r { w:instrText xml:space="preserve" { " " (code) " " } }
            w:r { w:fldChar w:fldCharType="separate" {} }
            w:r { w:t { "1" } }
            w:r { w:fldChar w:fldCharType="end" {} }
        }
    };
    let markup = html! {
        (HEAD)
        w:ftr xmlns:w=(WORD) {
            w:p {
                w:pPr {
                    w:pStyle w:val="Footer" {}
                    w:tabs { w:tab w:val="right" w:pos=(body::width(document)) {} }
                }
                w:r { w:t xml:space="preserve" { (document.frame.foot.as_deref().unwrap_or_default()) } w:tab {} }
                (field("PAGE"))
                w:r { w:t xml:space="preserve" { " / " } }
                (field("NUMPAGES"))
            }
        }
    };
    markup.into_string()
}

/// Returns the parts that the body refers to: the fixed ones, the logo, and the addresses of its links.
fn relations(links: &[String], has_logo: bool, charts: usize) -> String {
    let parts = [
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("settings", "settings.xml"),
        ("header", "header1.xml"),
        ("footer", "footer1.xml"),
    ];
    let markup = html! {
        (HEAD)
        Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships" {
            @for (kind, target) in parts {
                Relationship Id=(kind) Type={ (RELATIONS) "/" (kind) } Target=(target) {}
            }
            @if has_logo {
                Relationship Id=(picture::RELATION) Type={ (RELATIONS) "/image" } Target=(picture::FILE) {}
            }
            @for n in 0..charts {
                Relationship Id={ "chart" (n) } Type={ (RELATIONS) "/image" } Target=(picture::chart_file(n)) {}
            }
            @for (n, url) in links.iter().enumerate() {
                Relationship Id={ "link" (n) } Type={ (RELATIONS) "/hyperlink" } Target=(url) TargetMode="External" {}
            }
        }
    };
    markup.into_string()
}

/// Returns the lists: bullets (list 1), and each numbered list of the body with its own count.
fn numbering(lists: &[NumberedList]) -> String {
    let level = |n: usize, format: &str, text: String| {
        html! {
            w:lvl w:ilvl=(n) {
                w:start w:val="1" {}
                w:numFmt w:val=(format) {}
                w:lvlText w:val=(text) {}
                w:lvlJc w:val="left" {}
                w:pPr { w:ind w:left=(426 * (n + 1)) w:hanging="284" {} }
            }
        }
    };
    let kind = |id: &str, format: &str, text: fn(usize) -> String| {
        html! {
            w:abstractNum w:abstractNumId=(id) {
                w:multiLevelType w:val="hybridMultilevel" {}
                @for n in 0..9 { (level(n, format, text(n))) }
            }
        }
    };
    let markup = html! {
        (HEAD)
        w:numbering xmlns:w=(WORD) {
            (kind("0", "bullet", |n| if n % 2 == 0 { "•".to_owned() } else { "–".to_owned() }))
            (kind("1", "decimal", |n| format!("%{}.", n + 1)))
            w:num w:numId="1" { w:abstractNumId w:val="0" {} }
            @for (n, list) in lists.iter().enumerate() {
                w:num w:numId=(n + 2) {
                    w:abstractNumId w:val="1" {}
                    w:lvlOverride w:ilvl=(list.level) { w:startOverride w:val=(list.first) {} }
                }
            }
        }
    };
    markup.into_string()
}
