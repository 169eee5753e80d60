//! The mail with the reminders of one person: one item per assignment, headed by the commitment's code.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::model::Reminder;
use crate::i18n::{Lang, day, text};
use crate::ics::{self, Calendar, Event, State, When};
use crate::mail::{Block, Email, EmailBody, ListItem, Recipient};
use crate::notifications::why;

/// Composes the mail to a person, in the person's language. The reminders are in order, the most urgent first.
pub(super) fn email(to: &Recipient, reminders: &[Reminder], public_url: &str) -> Email {
    let lang = to.language;
    let (overdue, coming): (Vec<&Reminder>, Vec<&Reminder>) =
        reminders.iter().partition(|one| crate::commitments::is_past_due(one.assignment.due, one.today));
    let mut blocks = vec![Block::Text(text(lang, "reminder-intro", &[]))];
    for (key, part) in [("reminder-heading-overdue", overdue), ("reminder-heading-coming", coming)] {
        if !part.is_empty() {
            blocks.push(Block::Heading(text(lang, key, &[("count", part.len().to_string())])));
            blocks.push(Block::List(part.into_iter().map(|one| item(lang, one)).collect()));
        }
    }
    let mut body = EmailBody::new(lang, subject(lang, reminders), blocks);
    body.greeting = match &to.name {
        Some(name) => text(lang, "mail-greeting", &[("name", name.clone())]),
        None => text(lang, "reminder-greeting", &[]),
    };
    body.footer = text(lang, "reminder-footer", &[]);
    let events = reminders.iter().map(|one| event(lang, one)).collect();
    body.calendar = Some(Calendar { method: None, name: None, events });
    body.render(public_url)
}

/// Returns the number of reminders and the most urgent one.
fn subject(lang: Lang, reminders: &[Reminder]) -> String {
    let Some(first) = reminders.first() else { return String::new() };
    let (code, state) = (first.assignment.code.clone(), state(lang, first.assignment.due, first.today));
    match reminders.len() {
        1 => format!("{code}: {state}"),
        many => text(lang, "reminder-subject", &[("count", many.to_string()), ("code", code), ("state", state)]),
    }
}

fn item(lang: Lang, reminder: &Reminder) -> ListItem {
    let assignment = &reminder.assignment;
    ListItem {
        code: assignment.code.clone(),
        state: state(lang, assignment.due, reminder.today),
        lines: vec![
            assignment.text.clone(),
            text(lang, "reminder-institution", &[("institution", assignment.institution.clone())]),
            why(lang, reminder.reason, &assignment.institution),
        ],
        path: format!("/commitments/{}", assignment.commitment_id),
    }
}

/// Returns the due date and the days until or since it, in words.
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

/// Returns the due date for the reader's calendar. The event of a later mail replaces it.
fn event(lang: Lang, reminder: &Reminder) -> Event {
    let assignment = &reminder.assignment;
    let args = [("code", assignment.code.clone()), ("text", assignment.text.clone())];
    Event {
        uid: ics::uid(assignment.id),
        sequence: reminder.today.num_days_from_ce(),
        stamp: reminder.today.and_time(NaiveTime::MIN).and_utc().into(),
        when: When::Days { first: assignment.due, last: assignment.due },
        state: State::Confirmed,
        takes_time: false,
        summary: text(lang, "reminder-event", &args),
        description: Some(assignment.institution.clone()),
        location: None,
        url: Some(format!("/commitments/{}", assignment.commitment_id)),
        organizer: None,
        attendees: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_date_is_written_in_the_readers_language() {
        let day = |text| crate::dates::parse_day(text).unwrap();
        for (lang, today, words) in [
            (Lang::Es, "2023-09-23", "vence el 30 de septiembre de 2023 (en 7 días)"),
            (Lang::En, "2023-09-29", "due tomorrow, 30 September 2023"),
            (Lang::Es, "2023-10-14", "venció el 30 de septiembre de 2023 (hace 14 días)"),
        ] {
            assert_eq!(state(lang, day("2023-09-30"), day(today)), words);
        }
    }
}
