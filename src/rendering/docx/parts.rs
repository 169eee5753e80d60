//! The small parts of a package that depend on the document.

use maud::{PreEscaped, html};

use super::body::Counted;
use crate::rendering::document::Document;

pub const HEAD: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");

pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Title and language, as file managers and screen readers tell them. No moment: the same document, the same bytes.
pub fn properties(document: &Document) -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    let markup = html! {
        (HEAD)
        cp:coreProperties xmlns:cp=(core) xmlns:dc="http://purl.org/dc/elements/1.1/" {
            dc:title { (document.title) }
            dc:creator { "Articula" }
            dc:language { (document.locale()) }
        }
    };
    markup.into_string()
}

/// What the body refers to: the fixed parts, and the addresses that it links to.
pub fn relations(links: &[String]) -> String {
    let parts = [
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("settings", "settings.xml"),
        ("footer", "footer1.xml"),
    ];
    let markup = html! {
        (HEAD)
        Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships" {
            @for (kind, target) in parts {
                Relationship Id=(kind) Type={ (RELATIONS) "/" (kind) } Target=(target) {}
            }
            @for (n, url) in links.iter().enumerate() {
                Relationship Id={ "link" (n) } Type={ (RELATIONS) "/hyperlink" } Target=(url) TargetMode="External" {}
            }
        }
    };
    markup.into_string()
}

/// Bullets (list 1), and each numbered list of the body, which counts anew.
pub fn numbering(counted: &[Counted]) -> String {
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
            @for (n, list) in counted.iter().enumerate() {
                w:num w:numId=(n + 2) {
                    w:abstractNumId w:val="1" {}
                    w:lvlOverride w:ilvl=(list.level) { w:startOverride w:val=(list.first) {} }
                }
            }
        }
    };
    markup.into_string()
}
