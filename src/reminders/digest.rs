//! What a reminder says: one entry an assignment, each beginning with the commitment's code.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::model::Entry;
use crate::commitments::is_past_due;
use crate::i18n::{Lang, day, text};
use crate::ics::{self, Calendar, Event, State, When};
use crate::mail::{self, Block, Draft, Letter};
use crate::notifications::why;

/// The letter to a person, in the person's language. The entries are in order, the most urgent first.
pub fn letter(lang: Lang, name: Option<&str>, entries: &[Entry], public_url: &str) -> Letter {
    let (overdue, coming): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|one| is_past_due(one.open.due, one.today));
    let mut blocks = vec![Block::Text(text(lang, "reminder-intro", &[]))];
    for (key, part) in [("reminder-heading-overdue", overdue), ("reminder-heading-coming", coming)] {
        if !part.is_empty() {
            blocks.push(Block::Heading(text(lang, key, &[("count", part.len().to_string())])));
            blocks.push(Block::List(part.into_iter().map(|one| said(lang, one)).collect()));
        }
    }
    let mut draft = Draft::new(lang, subject(lang, entries), blocks);
    draft.greeting = match name {
        Some(name) => text(lang, "mail-greeting", &[("name", name.to_owned())]),
        None => text(lang, "reminder-greeting", &[]),
    };
    draft.footer = text(lang, "reminder-footer", &[]);
    let events = entries.iter().map(|one| event(lang, one)).collect();
    draft.calendar = Some(Calendar { method: None, name: None, events });
    draft.letter(public_url)
}

/// How many, and what is most urgent.
fn subject(lang: Lang, entries: &[Entry]) -> String {
    let Some(first) = entries.first() else { return String::new() };
    let (code, state) = (first.open.code.clone(), state(lang, first.open.due, first.today));
    match entries.len() {
        1 => format!("{code}: {state}"),
        many => text(lang, "reminder-subject", &[("count", many.to_string()), ("code", code), ("state", state)]),
    }
}

fn said(lang: Lang, entry: &Entry) -> mail::Entry {
    let open = &entry.open;
    mail::Entry {
        code: open.code.clone(),
        state: state(lang, open.due, entry.today),
        lines: vec![
            open.text.clone(),
            text(lang, "reminder-institution", &[("institution", open.institution.clone())]),
            why(lang, entry.reason, &open.institution),
        ],
        path: format!("/commitments/{}", open.commitment_id),
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

/// The last day of the term, for the reader's calendar; tomorrow's mail is the newer copy.
fn event(lang: Lang, entry: &Entry) -> Event {
    let open = &entry.open;
    let words = [("code", open.code.clone()), ("text", open.text.clone())];
    Event {
        uid: ics::uid(open.assignment_id),
        sequence: entry.today.num_days_from_ce(),
        stamp: entry.today.and_time(NaiveTime::MIN).and_utc().into(),
        when: When::Days { first: open.due, last: open.due },
        state: State::Confirmed,
        takes_time: false,
        summary: text(lang, "reminder-event", &words),
        description: Some(open.institution.clone()),
        location: None,
        url: Some(format!("/commitments/{}", open.commitment_id)),
        organizer: None,
        attendees: Vec::new(),
    }
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
