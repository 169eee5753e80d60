//! The mail of the day for one person: one item per commitment, headed by its code, with its institutions under it; the
//! periodic reports that are owed; what awaits a review or a decision; notices that waited for this mail.

mod duties;

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::model::{DutyReminder, Reminder};
use crate::i18n::{Lang, day, text, text_with};
use crate::ics::{self, Calendar, Event, State, When};
use crate::mail::{Block, Email, EmailBody, ListItem, Recipient};
use crate::notifications::{Reason, parties, why};
use crate::pending::PendingItem;

/// The contents of the mail of a day.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// In order, the most urgent first.
    pub reminders: Vec<Reminder>,
    /// The periodic reports that are owed, in order.
    pub duties: Vec<DutyReminder>,
    /// The items that await a review or a decision by the reader.
    pub waiting: Vec<WaitingItem>,
    /// Notices that waited for this mail.
    pub notices: Vec<EmailBody>,
    /// The secretariats that the reader answers to.
    pub answers: Vec<Recipient>,
}

/// An item that waits for the reader.
#[derive(Debug, Clone)]
pub(super) struct WaitingItem {
    pub item: PendingItem,
    /// The day since which it waits, in the time zone of its first commission, else of its country.
    pub since: NaiveDate,
}

impl Contents {
    pub(super) fn is_empty(&self) -> bool {
        let has_reminders = !self.reminders.is_empty() || !self.duties.is_empty();
        !has_reminders && self.waiting.is_empty() && self.notices.is_empty()
    }
}

/// The parts of one commitment, the soonest first.
type Entry<'r> = Vec<&'r Reminder>;

/// Composes the mail to a person, in the person's language.
pub(super) fn email(to: &Recipient, contents: &Contents, public_url: &str) -> Email {
    let lang = to.language;
    let entries = entries(&contents.reminders);
    let shared = shared_reason(lang, &entries, &contents.duties);
    let mut blocks = reminder_blocks(lang, &entries, shared.is_none());
    blocks.extend(duties::report_blocks(lang, &contents.duties, shared.is_none()));
    blocks.extend(waiting_blocks(lang, &contents.waiting));
    blocks.extend(notice_blocks(lang, &contents.notices));
    if to.user_id.is_some() {
        blocks.push(Block::Link(text(lang, "reminder-link", &[]), "/".to_owned()));
    }
    let mut body = EmailBody::new(lang, subject(lang, &entries, contents), blocks);
    body.greeting = match &to.name {
        Some(name) => text(lang, "mail-greeting", &[("name", name.clone())]),
        None => text(lang, "mail-greeting-all", &[]),
    };
    body.reply_to = parties(&contents.answers, to);
    for party in contents.notices.iter().flat_map(|notice| &notice.reply_to) {
        if !body.reply_to.contains(party) {
            body.reply_to.push(party.clone());
        }
    }
    body.footer = shared.into_iter().chain([footer(to, contents, &body)]).collect::<Vec<_>>().join(" ");
    let events = contents.reminders.iter().map(|one| event(lang, one)).collect::<Vec<_>>();
    body.calendar = (!events.is_empty()).then_some(Calendar { method: None, name: None, events });
    body.render(public_url)
}

/// Groups the reminders by commitment, in the order of the soonest part.
fn entries(reminders: &[Reminder]) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for reminder in reminders {
        let id = reminder.assignment.commitment_id;
        let known = entries.iter_mut().find(|entry| entry.iter().any(|one| one.assignment.commitment_id == id));
        match known {
            Some(entry) => entry.push(reminder),
            None => entries.push(vec![reminder]),
        }
    }
    entries
}

/// Returns the reasons for the reminders if all commitments and reports have the same: the mail then states them once, at
/// its end.
fn shared_reason(lang: Lang, entries: &[Entry<'_>], of_reports: &[DutyReminder]) -> Option<String> {
    let of_commitments = entries.iter().map(|entry| reasons(lang, entry).join(" "));
    let mut all = of_commitments.chain(of_reports.iter().map(|one| duties::reason(lang, one)));
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// Returns the list of commitments; with their own reasons if `with_reasons`.
fn reminder_blocks(lang: Lang, entries: &[Entry<'_>], with_reasons: bool) -> Vec<Block> {
    let is_overdue = |entry: &&Entry<'_>| {
        entry.first().is_some_and(|one| crate::commitments::is_past_due(one.assignment.due, one.today))
    };
    let (overdue, coming): (Vec<&Entry<'_>>, Vec<&Entry<'_>>) = entries.iter().partition(is_overdue);
    let mut blocks = Vec::new();
    if !entries.is_empty() {
        blocks.push(Block::Text(text_with(lang, "reminder-intro", &[("count", entries.len().into())])));
    }
    for (key, part) in [("reminder-heading-overdue", overdue), ("reminder-heading-coming", coming)] {
        if !part.is_empty() {
            blocks.push(Block::Heading(text(lang, key, &[("count", part.len().to_string())])));
            blocks.push(Block::List(part.into_iter().filter_map(|entry| item(lang, entry, with_reasons)).collect()));
        }
    }
    blocks
}

fn waiting_blocks(lang: Lang, waiting: &[WaitingItem]) -> Vec<Block> {
    if waiting.is_empty() {
        return Vec::new();
    }
    let heading = text(lang, "reminder-heading-waiting", &[("count", waiting.len().to_string())]);
    vec![Block::Heading(heading), Block::List(waiting.iter().map(|item| waiting_item(lang, item)).collect())]
}

/// Returns the line of something that awaits a review or a decision: its code or title, and its term or since when.
fn waiting_item(lang: Lang, WaitingItem { item, since }: &WaitingItem) -> ListItem {
    let reason = text(lang, &format!("pending-{}", item.reason.as_str().replace('_', "-")), &[]);
    let since = text(lang, "pending-since", &[("date", day(lang, *since))]);
    let due = item.due_to.map(|due| text(lang, "pending-due", &[("date", day(lang, due))]));
    ListItem {
        code: item.code.clone().unwrap_or_else(|| item.title.clone()),
        state: reason,
        lines: item.code.iter().map(|_| item.title.clone()).chain([due.unwrap_or(since)]).collect(),
        path: item.link.clone(),
    }
}

/// Returns the notices, each under its subject.
pub(super) fn notice_blocks(lang: Lang, notices: &[EmailBody]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !notices.is_empty() {
        let count = notices.len().to_string();
        blocks.push(Block::Heading(text(lang, "reminder-heading-notices", &[("count", count)])));
    }
    for notice in notices {
        blocks.push(Block::Heading(notice.subject.clone()));
        blocks.extend(notice.blocks.iter().cloned());
    }
    blocks
}

/// Returns the number of commitments and reports and the most urgent one; without any, the other contents of the mail.
fn subject(lang: Lang, entries: &[Entry<'_>], contents: &Contents) -> String {
    if let Some(first) = contents.duties.first() {
        return subject_with_reports(lang, entries, (first, contents.duties.len()));
    }
    if let Some(first) = entries.first().and_then(|entry| entry.first()) {
        let (code, state) = (first.assignment.code.clone(), state(lang, first.assignment.due, first.today));
        return match entries.len() {
            1 => format!("{code}: {state}"),
            many => text(lang, "reminder-subject", &[("count", many.to_string()), ("code", code), ("state", state)]),
        };
    }
    match (contents.waiting.as_slice(), contents.notices.as_slice()) {
        ([], [only]) => only.subject.clone(),
        ([], many) => text(lang, "reminder-subject-notices", &[("count", many.len().to_string())]),
        ([only], _) => {
            let item = waiting_item(lang, only);
            format!("{}: {}", item.code, item.state)
        }
        (many, _) => text(lang, "reminder-subject-waiting", &[("count", many.len().to_string())]),
    }
}

/// Returns the number of reports, or of commitments and reports, and the most urgent one.
fn subject_with_reports(lang: Lang, entries: &[Entry<'_>], (report, reports): (&DutyReminder, usize)) -> String {
    let part = entries.first().and_then(|entry| entry.first());
    let (title, due, today) = match part {
        Some(part) if part.assignment.due <= report.step.due => {
            (part.assignment.code.clone(), part.assignment.due, part.today)
        }
        _ => (duties::title(report), report.step.due, report.step.today),
    };
    let key = if entries.is_empty() { "reminder-subject-reports" } else { "reminder-subject-all" };
    let count = entries.len() + reports;
    let args = [("count", count.into()), ("title", title.into()), ("state", state(lang, due, today).into())];
    text_with(lang, key, &args)
}

/// Returns the reason for the mail and what to do. A reader without an account cannot sign in to report.
fn footer(to: &Recipient, contents: &Contents, body: &EmailBody) -> String {
    let lang = to.language;
    let key = match (contents.reminders.is_empty(), contents.duties.is_empty()) {
        (true, true) => return text(lang, "reminder-footer-other", &[]),
        (true, false) => "reminder-reports-footer",
        (false, _) => "reminder-footer",
    };
    match (to.user_id, body.reply_to.first()) {
        (Some(_), _) => text(lang, key, &[]),
        (None, Some(party)) => text(lang, &format!("{key}-write-to"), &[("address", party.address.clone())]),
        (None, None) => text(lang, &format!("{key}-write"), &[]),
    }
}

fn item(lang: Lang, entry: &Entry<'_>, with_reasons: bool) -> Option<ListItem> {
    let first = entry.first()?;
    let mut lines = vec![first.assignment.text.clone()];
    for part in entry {
        lines.extend(part_lines(lang, part, first.assignment.due));
    }
    if with_reasons {
        lines.extend(reasons(lang, entry));
    }
    Some(ListItem {
        code: first.assignment.code.clone(),
        state: state(lang, first.assignment.due, first.today),
        lines,
        path: format!("/commitments/{}", first.assignment.commitment_id),
    })
}

/// Returns the institution of a part, with its term if it differs; for a secretariat or a coordinator also its latest
/// report and its contacts.
fn part_lines(lang: Lang, part: &Reminder, shared: NaiveDate) -> Vec<String> {
    let assignment = &part.assignment;
    let institution = assignment.institution.clone();
    let mut lines = vec![match assignment.due == shared {
        true => text(lang, "reminder-institution", &[("institution", institution)]),
        false => {
            let state = state(lang, assignment.due, part.today);
            text(lang, "reminder-institution-due", &[("institution", institution), ("state", state)])
        }
    }];
    if part.is_for_writers() {
        lines.push(match &part.report {
            Some(report) => {
                let args = [("date", day(lang, report.reported_on)), ("narrative", shortened(&report.narrative))];
                text(lang, "reminder-report", &args)
            }
            None => text(lang, "reminder-no-report", &[]),
        });
        if !part.contact.is_empty() {
            let people: Vec<String> = part.contact.iter().map(named).collect();
            lines.push(text(lang, "reminder-contact", &[("people", people.join("; "))]));
        }
    }
    lines
}

fn named(person: &Recipient) -> String {
    match &person.name {
        Some(name) => format!("{name} <{}>", person.address),
        None => person.address.clone(),
    }
}

/// The number of characters of a report that the mail quotes.
const QUOTED: usize = 300;

/// Returns the beginning of a text, on one line.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Returns each reason for which the reader gets the mail, once, with the institutions concerned.
fn reasons(lang: Lang, entry: &Entry<'_>) -> Vec<String> {
    let mut reasons: Vec<(Reason, Vec<&str>)> = Vec::new();
    for part in entry {
        let name = part.assignment.institution.as_str();
        match reasons.iter_mut().find(|(reason, _)| *reason == part.reason) {
            Some((_, names)) => names.push(name),
            None => reasons.push((part.reason, vec![name])),
        }
    }
    reasons.into_iter().map(|(reason, names)| why(lang, reason, &names.join("; "))).collect()
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
        conference: None,
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

    #[test]
    fn a_long_report_is_quoted_on_one_line() {
        assert_eq!(shortened("Se capacitó\n a  40."), "Se capacitó a 40.");
        assert_eq!(shortened(&"ñ".repeat(400)).chars().count(), QUOTED + 1);
    }
}
