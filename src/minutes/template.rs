//! The text to start from, in Markdown: a heading for each item of the agenda, with a blank for its discussion. The acta
//! itself states day, place, attendance, agenda, agreements and commitments, so that the text repeats none of them. A
//! blank is a line with an ellipsis alone, which must be gone before the circulation.

use super::content::Acta;
use crate::error::{Code, Error, Result};
use crate::i18n::{Lang, text};
use crate::meetings::blanks_of;
use crate::rendering::escape_line;

/// Writes the template of the text of the minutes. Without an agenda it is one blank.
pub(super) fn template(acta: &Acta, lang: Lang) -> String {
    let blank = text(lang, "acta-template-blank", &[]);
    let item = |(n, title): (usize, &String)| format!("## {}. {}\n\n{blank}", n + 1, escape_line(title));
    let titles = acta.agenda.iter().map(|point| &point.title);
    let parts: Vec<String> = titles.enumerate().map(item).collect();
    if parts.is_empty() { format!("{blank}\n") } else { parts.join("\n\n") + "\n" }
}

/// Checks that a text has no blank of the template: 409 `minutes_unfinished`, which names the heading above the first
/// one, or its line.
pub(super) fn require_complete(body: &str) -> Result<()> {
    let Some(blank) = blanks_of(body).into_iter().next() else { return Ok(()) };
    let reason = if blank.heading.is_some() { "heading" } else { "line" };
    let error = Error::new(Code::MinutesUnfinished).arg("reason", reason).arg("line", blank.line);
    Err(error.arg("heading", blank.heading.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_a_line_with_an_ellipsis_alone() {
        for complete in ["## Apertura\n\nSe abrió…", "… y así", "", "...", "# …"] {
            assert!(require_complete(complete).is_ok(), "{complete}");
        }
        for (body, place) in [
            ("## Apertura\n\nSe abrió.\n\n### 1. Cuenta\\!\n\n  … \n", ("heading", "7", "1. Cuenta!")),
            ("Texto\r\n…\r\n", ("line", "2", "")),
        ] {
            let error = require_complete(body).unwrap_err();
            assert_eq!(error.code, Code::MinutesUnfinished);
            let expected = [("reason", place.0), ("line", place.1), ("heading", place.2)];
            assert_eq!(error.args, expected.map(|(name, value)| (name, value.to_owned())));
        }
    }
}
