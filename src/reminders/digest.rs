//! What a reminder says: one entry an assignment, each beginning with the commitment's code.

use chrono::NaiveDate;
use maud::html;

use super::model::Entry;
use crate::i18n::{Lang, day, text};
use crate::mail::{Letter, page};

/// The words of one entry.
struct Words {
    code: String,
    state: String,
    text: String,
    institution: String,
    why: String,
    link: String,
}

/// The letter to a person, in the person's language.
pub fn letter(lang: Lang, name: Option<&str>, entries: &[Entry], public_url: &str) -> Letter {
    let words: Vec<Words> = entries.iter().map(|entry| words(lang, entry, public_url)).collect();
    let subject = match words.as_slice() {
        [one] => format!("{}: {}", one.code, one.state),
        many => text(lang, "reminder-subject", &[("count", many.len().to_string())]),
    };
    let greeting = match name {
        Some(name) => text(lang, "mail-greeting", &[("name", name.to_owned())]),
        None => text(lang, "reminder-greeting", &[]),
    };
    let intro = text(lang, "reminder-intro", &[]);
    let footer = text(lang, "reminder-footer", &[]);
    let body = html! {
        p { (greeting) }
        p { (intro) }
        ul style="list-style: none; padding: 0" {
            @for one in &words {
                li style="margin-bottom: 1em" {
                    a href=(one.link) { strong { (one.code) } } ": " (one.state)
                    br; (one.text)
                    br; (one.institution)
                    br; small { (one.why) }
                }
            }
        }
        p { small { (footer) } }
    };
    let entries: Vec<String> = words
        .iter()
        .map(|one| {
            format!("{}: {}\n{}\n{}\n{}\n{}\n", one.code, one.state, one.text, one.institution, one.why, one.link)
        })
        .collect();
    Letter {
        text: format!("{greeting}\n\n{intro}\n\n{}\n{footer}\n", entries.join("\n")),
        html: page(lang, &subject, &body),
        subject,
        attachments: Vec::new(),
    }
}

fn words(lang: Lang, entry: &Entry, public_url: &str) -> Words {
    let open = &entry.open;
    let why = format!("reminder-why-{}", entry.reason.as_str().replace('_', "-"));
    Words {
        code: open.code.clone(),
        state: state(lang, open.due, entry.today),
        text: open.text.clone(),
        institution: text(lang, "reminder-institution", &[("institution", open.institution.clone())]),
        why: text(lang, &why, &[]),
        link: format!("{public_url}/commitments/{}", open.commitment_id),
    }
}

/// How the term stands today, in words.
fn state(lang: Lang, due: NaiveDate, today: NaiveDate) -> String {
    let left = (due - today).num_days();
    let key = match left {
        0 => "reminder-due-today",
        1 => "reminder-due-tomorrow",
        2.. => "reminder-due-in",
        -1 => "reminder-overdue-yesterday",
        _ => "reminder-overdue",
    };
    text(lang, key, &[("date", day(lang, due)), ("days", left.abs().to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_told_in_the_readers_language() {
        let day = |text| crate::dates::parse_day(text).unwrap();
        assert_eq!(
            state(Lang::Es, day("2023-09-30"), day("2023-09-23")),
            "vence el 30 de septiembre de 2023 (en 7 días)"
        );
        assert_eq!(state(Lang::En, day("2023-09-30"), day("2023-09-29")), "due tomorrow, 30 September 2023");
        assert_eq!(
            state(Lang::Es, day("2023-09-30"), day("2023-10-14")),
            "venció el 30 de septiembre de 2023 (hace 14 días)"
        );
    }
}
