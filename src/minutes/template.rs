//! The text to start from, in Markdown: filled from the agenda, the attendance and the agreements of the session. Where
//! it cannot be filled it has a blank, a line with an ellipsis alone, which must be gone before the circulation.

use super::content::{Acta, Attendee};
use crate::error::{Code, Error, Result};
use crate::i18n::{Lang, text};
use crate::meetings::AttendanceStatus;
use crate::rendering::escape_line;

/// Writes the template of the text of the minutes. The acta itself states day, place and attendance in tables, so that
/// the text only sums them up.
pub(super) fn template(acta: &Acta, lang: Lang) -> String {
    let say = |key: &str, args: &[(&'static str, String)]| text(lang, key, args);
    let mut parts = vec![heading(2, &say("acta-template-opening", &[])), opening(acta, lang)];
    let excused = named(acta, |one| one.status == AttendanceStatus::Excused);
    if !excused.is_empty() {
        parts.push(say("acta-template-excused", &[("names", escape_line(&excused))]));
    }
    parts.push(heading(2, &say("acta-body", &[])));
    for (n, point) in acta.agenda.iter().enumerate() {
        parts.push(heading(3, &format!("{}. {}", n + 1, point.title)));
        if let Some(presenter) = &point.presenter {
            parts.push(say("acta-template-presenter", &[("name", escape_line(presenter))]));
        }
        parts.push(point.outcome.clone().unwrap_or_else(|| say("acta-template-blank", &[])));
    }
    if acta.agenda.is_empty() {
        parts.push(say("acta-template-blank", &[]));
    }
    if !acta.agreements.is_empty() {
        parts.push(heading(2, &say("acta-template-agreements", &[])));
        let lines = acta.agreements.iter().enumerate().map(|(n, agreement)| {
            let number = agreement.number.clone().unwrap_or_else(|| (n + 1).to_string());
            let line = say("acta-agreement", &[("number", number), ("title", agreement.title.clone())]);
            format!("- {}", escape_line(&line))
        });
        parts.push(lines.collect::<Vec<_>>().join("\n"));
    }
    parts.push(heading(2, &say("acta-template-closing", &[])));
    parts.push(say("acta-template-closed", &[]));
    parts.join("\n\n") + "\n"
}

/// Writes the sentence on the number of institutions present.
fn opening(acta: &Acta, lang: Lang) -> String {
    let present = named(acta, |one| one.status == AttendanceStatus::Present);
    if present.is_empty() {
        return text(lang, "acta-template-begun", &[]);
    }
    text(lang, "acta-template-present", &[("names", escape_line(&present))])
}

/// Returns the names of the institutions that satisfy a condition, each once.
fn named(acta: &Acta, holds: impl Fn(&Attendee) -> bool) -> String {
    let mut names: Vec<&str> = Vec::new();
    for one in acta.attendance.iter().filter(|one| holds(one)) {
        if !names.contains(&one.institution.as_str()) {
            names.push(&one.institution);
        }
    }
    names.join("; ")
}

fn heading(level: usize, title: &str) -> String {
    format!("{} {}", "#".repeat(level), escape_line(title))
}

/// Checks that a text has no blank of the template: 409 `minutes_unfinished`, which names the heading above the first
/// one, or its line.
pub(super) fn require_complete(body: &str) -> Result<()> {
    let blanks: Vec<String> = Lang::ALL.iter().map(|lang| text(*lang, "acta-template-blank", &[])).collect();
    let mut heading = None;
    for (n, line) in body.lines().map(str::trim).enumerate() {
        if line.starts_with('#') {
            heading = Some(line.trim_start_matches('#').trim().replace('\\', ""));
        } else if blanks.iter().any(|blank| blank == line) {
            let reason = if heading.is_some() { "heading" } else { "line" };
            let error = Error::new(Code::MinutesUnfinished).arg("reason", reason).arg("line", n + 1);
            return Err(error.arg("heading", heading.unwrap_or_default()));
        }
    }
    Ok(())
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
