//! The tables of a follow-up sheet: a row for the parts of a commitment that are alike.

use chrono::NaiveDate;

use super::Writer;
use crate::commitments::model::{
    FollowUpExtension, FollowUpItem, FollowUpPart, FollowUpReport, Quantity, ReviewOutcome, Target, Verification,
};
use crate::dates::PartialDate;
use crate::i18n::{self, Words, word};
use crate::rendering::{Block, Column, Run, Table, grouped_names, one_line};
use crate::text::{name_key, shortened};

/// The largest number of characters of a report that a sheet prints; the rest is on record.
const LONGEST_REPORT: usize = 600;

/// The number of characters of names above which a cell of the table states their number, and the names follow below.
const LONGEST_NAMES: usize = 300;

/// A row of a table: a commitment with the institutions whose parts are alike.
pub(super) struct Row<'r> {
    pub item: &'r FollowUpItem,
    pub part: Option<&'r FollowUpPart>,
    pub institutions: Vec<&'r str>,
}

impl<'r> Writer<'r> {
    /// Writes a table; without the column of institutions, the origin of each commitment is below its text.
    pub(super) fn table(self, rows: &[Row<'r>], with_institutions: bool) -> Table {
        let mut columns =
            vec![("text", 8), ("responsible", 7), ("due", 5), ("status", 4), ("report", 7), ("review", 4)];
        columns.retain(|(name, _)| with_institutions || *name != "responsible");
        let column = |(name, share): (&str, u32)| Column::text(self.say(&format!("follow-up-{name}"), &[]), share);
        let mut cells = Vec::with_capacity(rows.len());
        let mut before = None;
        for row in rows {
            let is_first = before.replace(row.item.commitment_id) != Some(row.item.commitment_id);
            cells.push(self.cells(row, is_first, with_institutions));
        }
        Table::new(columns.into_iter().map(column).collect(), cells)
    }

    /// Writes the institutions of a row whose names are too long for its cell.
    pub(super) fn names_below(self, row: &Row<'r>) -> Option<Block> {
        let names = self.names_of(row);
        let below = || self.say("follow-up-responsible-of", &[("code", row.item.code.clone())]);
        let runs = || vec![Run::strong(below()), Run::plain(format!(" {}", names.join("; ")))];
        is_long(&names).then(|| Block::Paragraph { runs: runs() })
    }

    fn cells(self, row: &Row<'r>, is_first: bool, with_institutions: bool) -> Vec<String> {
        let item = row.item;
        let mut text = vec![item.code.clone()];
        if is_first {
            text.push(one_line(self.translated(&item.text)));
            text.extend((!with_institutions).then(|| self.origin(item)));
        } else {
            text.push(self.say("follow-up-same", &[]));
        }
        let mut cells = vec![text.join("\n")];
        if with_institutions {
            let names = self.names_of(row);
            cells.push(match is_long(&names) {
                true => self.say("follow-up-responsible-below", &[("n", row.institutions.len().to_string())]),
                false => names.join("\n"),
            });
        }
        let report = row.part.and_then(|part| part.last_report.as_ref());
        cells.push(self.term(row));
        cells.push(self.state(row));
        cells.push(report.map(|report| self.report(report)).unwrap_or_default());
        cells.push(self.review(row.part));
        cells
    }

    /// Returns the names of the institutions of a row; many that begin alike become one.
    fn names_of(self, row: &Row<'r>) -> Vec<String> {
        let mut names: Vec<String> = row.institutions.iter().map(|name| one_line(self.translated(name))).collect();
        names.sort_by_cached_key(|name| name_key(name));
        grouped_names(&names)
    }

    /// Writes the term as a date, the words of the source beside it, and the extensions.
    fn term(self, row: &Row<'r>) -> String {
        let item = row.item;
        let own = row.part.and_then(|part| part.due_to).filter(|day| Some(*day) != item.due_to);
        let written = item.due.as_deref().and_then(PartialDate::parse).map(|due| i18n::date(self.lang, &due));
        let date = match own {
            Some(day) => Some(self.day(day)),
            None => written.or_else(|| item.due_to.map(|day| self.day(day))),
        };
        let mut lines = vec![date.unwrap_or_else(|| self.say("follow-up-no-term", &[]))];
        let words = item.due_text.as_ref().filter(|_| own.is_none());
        lines.extend(
            words.map(|words| self.say("follow-up-term-words", &[("words", one_line(self.translated(words)))])),
        );
        let given = item.extensions.iter().chain(row.part.iter().flat_map(|part| &part.extensions));
        lines.extend(given.map(|extension| self.extension(extension)));
        lines.join("\n")
    }

    fn extension(self, given: &FollowUpExtension) -> String {
        let args = [
            ("on", self.day(given.on)),
            ("before", given.before.map(|day| self.day(day)).unwrap_or_default()),
            ("after", given.after.map(|day| self.day(day)).unwrap_or_default()),
        ];
        self.say(if given.before.is_some() { "follow-up-extended" } else { "follow-up-extended-to" }, &args)
    }

    fn state(self, row: &Row<'r>) -> String {
        let mut lines = Vec::new();
        lines.extend(row.is_overdue().then(|| self.say("follow-up-overdue", &[])));
        let Some(part) = row.part else {
            lines.push(word(self.lang, "status", row.item.status.as_str()));
            return lines.join("\n");
        };
        let state = word(self.lang, "status", part.status.as_str());
        lines.push(match part.verification {
            Verification::Pending => format!("{state}, {}", word(self.lang, "verification", "pending")),
            _ => state,
        });
        lines.extend(part.percent.map(|percent| format!("{percent}\u{a0}%")));
        lines.extend(self.quantity(part.target.as_ref(), part.quantity));
        lines.join("\n")
    }

    /// Writes the quantity with the target. A quantity that nobody reported is not zero: the target stands alone.
    fn quantity(self, target: Option<&'r Target>, quantity: Option<Quantity>) -> Option<String> {
        let words = Words { lang: self.lang, country: &self.record.meeting.country_code };
        let number = |quantity: Quantity| words.decimal(&quantity.to_string());
        let args = target
            .map(|target| [("target", number(target.quantity)), ("unit", self.translated(&target.unit).to_owned())]);
        match (args, quantity) {
            (Some([target, unit]), Some(done)) => {
                Some(self.say("follow-up-target", &[("done", number(done)), target, unit]))
            }
            (Some(args), None) => Some(self.say("follow-up-target-alone", &args)),
            (None, done) => done.map(number),
        }
    }

    fn report(self, report: &'r FollowUpReport) -> String {
        let mut lines = vec![
            self.day(report.reported_on),
            shortened(&one_line(self.translated(&report.narrative)), LONGEST_REPORT),
        ];
        let titles = report.evidence.iter().map(|one| one_line(self.translated(&one.title)));
        lines.extend(titles.map(|title| self.say("follow-up-evidence", &[("title", title)])));
        lines.join("\n")
    }

    fn review(self, part: Option<&'r FollowUpPart>) -> String {
        let Some(part) = part else { return String::new() };
        let Some(report) = &part.last_report else { return String::new() };
        let Some(outcome) = report.review else {
            let waits = part.verification == Verification::Pending;
            return if waits { self.say("follow-up-review-pending", &[]) } else { String::new() };
        };
        let key = match outcome {
            ReviewOutcome::Accepted => "follow-up-review-accepted",
            ReviewOutcome::Returned => "follow-up-review-returned",
        };
        let day = report.reviewed_on.map(|day| self.day(day)).unwrap_or_default();
        let mut lines = vec![self.say(key, &[("day", day)])];
        lines.extend(report.review_comment.as_ref().map(|comment| shortened(&one_line(comment), LONGEST_REPORT)));
        lines.join("\n")
    }
}

impl Row<'_> {
    pub(super) fn is_overdue(&self) -> bool {
        self.part.map_or(self.item.overdue, |part| part.overdue)
    }
}

fn is_long(names: &[String]) -> bool {
    names.iter().map(|name| name.chars().count() + 1).sum::<usize>() > LONGEST_NAMES
}

/// The place of a session and its agreement in a sheet: by day and title, then by the number of the agreement. What has no
/// session or agreement is last.
pub(super) type Place = (bool, Option<NaiveDate>, String, bool, u64, String);

pub(super) fn place(item: &FollowUpItem) -> Place {
    let (session, agreement) = (item.session.as_ref(), item.agreement.as_ref());
    let number = agreement.and_then(|one| one.number.as_deref()).unwrap_or_default();
    let digits: String = number.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    (
        session.is_none(),
        session.map(|one| one.held.from()),
        session.map(|one| one.title.clone()).unwrap_or_default(),
        agreement.is_none(),
        digits.parse().unwrap_or(u64::MAX),
        agreement.map(|one| one.title.clone()).unwrap_or_default(),
    )
}

/// Returns the rows of a commitment, the overdue ones first. Parts without a report that are alike share a row.
pub(super) fn rows_of(item: &FollowUpItem) -> Vec<Row<'_>> {
    if item.assignments.is_empty() {
        return vec![Row { item, part: None, institutions: Vec::new() }];
    }
    let mut rows: Vec<Row<'_>> = Vec::new();
    for part in &item.assignments {
        match rows.iter_mut().find(|row| row.part.is_some_and(|known| are_alike(known, part))) {
            Some(row) => row.institutions.push(&part.institution),
            None => rows.push(Row { item, part: Some(part), institutions: vec![&part.institution] }),
        }
    }
    rows.sort_by_key(|row| !row.is_overdue());
    rows
}

/// Returns true for two parts without a report that have the same term, state and target.
fn are_alike(a: &FollowUpPart, b: &FollowUpPart) -> bool {
    let is_plain = |part: &FollowUpPart| part.last_report.is_none() && part.extensions.is_empty();
    let key = |part: &FollowUpPart| (part.status, part.verification, part.percent, part.due_to, part.overdue);
    is_plain(a) && is_plain(b) && key(a) == key(b) && a.quantity == b.quantity && a.target == b.target
}
