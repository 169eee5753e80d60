//! The texts of a workbook.

use quick_xml::events::Event;

use super::super::refused;
use super::super::words::{Rich, Words};
use super::super::xml::{Xml, attribute, number};
use crate::error::Faults;

/// The maximum number of shared texts.
const MOST_STRINGS: u64 = 1_000_000;

/// Replaces `_x0041_`, as Excel writes characters that XML does not have.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        let code = code.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match code.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.push(c);
                rest = after.get(5..).unwrap_or_default();
            }
            None => {
                plain.push_str("_x");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Reads the shared texts in their order.
pub(super) fn read(part: &str) -> Result<Vec<Words>, Faults> {
    let mut xml = Xml::new(part);
    let mut strings = Vec::new();
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        match element.local_name().as_ref() {
            "si" => strings.push(words(&mut xml)?),
            "sst" if number::<f64>(&element, "uniqueCount").is_some_and(|count| count > MOST_STRINGS as f64) => {
                return Err(refused("too_large"));
            }
            _ => {}
        }
        if strings.len() as u64 > MOST_STRINGS {
            return Err(refused("too_large"));
        }
    }
    Ok(strings)
}

/// Reads the text of the element that was started last: `si` or `is`.
pub(super) fn words(xml: &mut Xml<'_>) -> Result<Words, Faults> {
    let mut rich = Rich::default();
    let mut text = String::new();
    // The font of the present part: unknown until it is stated.
    let mut font: Option<bool> = None;
    let mut depth = 1;
    while depth > 0 {
        match xml.next()?.ok_or_else(|| refused("damaged"))? {
            Event::Start(element) => match element.local_name().as_ref() {
                // The pronunciation of the words is not part of the text.
                "rPh" => xml.skip()?,
                "t" => {
                    text.clear();
                    xml.text(&mut text)?;
                    if text.contains("_x") { rich.push(&unescaped(&text), font) } else { rich.push(&text, font) }
                }
                name => {
                    depth += 1;
                    match name {
                        "r" => font = None,
                        "rPr" => font = Some(false),
                        "strike" => {
                            font = Some(!matches!(attribute(&element, "val").as_deref(), Some("0" | "false")));
                        }
                        _ => {}
                    }
                }
            },
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    Ok(Words::new(rich))
}

#[cfg(test)]
mod tests {
    use super::super::super::words::CellContent;
    use super::*;

    fn content(inner: &str, is_cell_struck: bool) -> (Option<String>, Option<String>) {
        let all = read(&format!("<sst><si>{inner}</si></sst>")).unwrap();
        let CellContent { visible, struck_out, .. } = all[0].content(is_cell_struck);
        (visible.map(|value| value.shown()), struck_out)
    }

    #[test]
    fn struck_parts_are_taken_from_a_text() {
        let some = |text: &str| Some(text.to_owned());
        let parts = "<r><rPr><strike/></rPr><t>Ica</t></r><r><t xml:space=\"preserve\">; Cusco</t></r>";
        assert_eq!(content(parts, false), (some("Cusco"), some("Ica")));
        assert_eq!(content(parts, true), (None, some("Ica; Cusco")));
        assert_eq!(content("<t>Ica &amp; Cusco</t>", true), (None, some("Ica & Cusco")));
        assert_eq!(
            content("<r><rPr><b/></rPr><t>Ica</t></r>", true),
            (some("Ica"), None),
            "its own font does not strike"
        );
        assert_eq!(content("<r><rPr><strike val=\"0\"/></rPr><t>Ica</t></r>", false), (some("Ica"), None));
        assert_eq!(content("<t>漢字</t><rPh sb=\"0\" eb=\"1\"><t>かんじ</t></rPh>", false), (some("漢字"), None));
        assert_eq!(content("<t/>", false), (None, None));
    }

    #[test]
    fn characters_that_xml_does_not_have_are_read() {
        assert_eq!(unescaped("a_x000D_\nb_x005F_x_xZZZZ_ _x00"), "a\r\nb_x_xZZZZ_ _x00");
        assert!(read("<sst uniqueCount=\"99999999999999999999999999\"/>").is_err());
        assert!(read("<!DOCTYPE x [<!ENTITY a \"b\">]><sst/>").is_err());
        assert!(read("<sst><si><t>&a;</t></si></sst>").is_err());
        assert!(read("<sst><si><t>").is_err());
    }
}
