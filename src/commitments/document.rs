//! The follow-up sheet of a session as a document: the state of every open commitment on the session's day, by agreement
//! or by institution.

use std::collections::BTreeMap;
use std::iter;

use chrono::NaiveDate;

use super::actions::{follow_up, follow_up_of};
use super::model::{
    FollowUp, FollowUpExtension, FollowUpItem, FollowUpPart, FollowUpReport, ReviewOutcome, Status, Verification,
};
use crate::access::{CommissionRef, Visibility, commission_refs, known_commissions};
use crate::audit::RestrictedRecords;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{CommissionId, Db, MeetingId, Tx};
use crate::directory::country_language;
use crate::error::{Code, Result};
use crate::i18n::{self, Lang, text, word};
use crate::identity::Actor;
use crate::issued::{InBothLanguages, IssuedKey, IssuedKind, IssuedPart, is_issued, issue, issued_commissions};
use crate::meetings::{Meeting, meeting};
use crate::rendering::{Block, Column, Document, Frame, Run, Table, grouped_names, one_line};
use crate::text::shortened;

crate::text_enum! {
    /// The order of a follow-up sheet.
    SheetGroup {
        /// A table for each agreement.
        Agreement = "agreement",
        /// A table for each institution.
        Institution = "institution",
    }
}

/// The largest number of characters of a report that a sheet prints; the rest is on record.
const LONGEST_REPORT: usize = 600;

/// The number of characters of names above which a cell of the table states their number, and the names follow below.
const LONGEST_NAMES: usize = 300;

/// The records of a follow-up sheet.
#[derive(Debug, Clone)]
pub(crate) struct SheetRecord {
    pub meeting: Meeting,
    pub sheet: FollowUp,
    /// The session's commissions that the reader may know, in their order.
    pub commissions: Vec<CommissionRef>,
    /// The language of the country.
    pub lang: Lang,
}

/// Loads the records of a session's sheet; 404 when the caller may not know the session.
pub(crate) fn sheet_record(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<SheetRecord> {
    let meeting = meeting(conn, &Visibility::of(actor), id)?;
    let sheet = follow_up(conn, actor, id, now)?;
    let commissions = known_commissions(conn, &Visibility::of(actor), &sheet.commission_ids)?;
    let lang = country_language(conn, &meeting.country_code)?;
    Ok(SheetRecord { meeting, sheet, commissions, lang })
}

/// Keeps the sheet as it is sent with a convocation: for those who may know all commissions of the session at that moment,
/// and for those who may know only one. It has no restricted records.
pub(super) fn issue_sheet(tx: &mut Tx<'_>, meeting: &Meeting, version: i32) -> Result<()> {
    let all = &meeting.fields.commission_ids;
    let each = all.iter().map(|id| (IssuedPart::Commission(*id), vec![*id]));
    for (part, known) in iter::once((IssuedPart::All, all.clone())).chain(each) {
        let record = sent_record(tx.conn, meeting, known, tx.now)?;
        let document = |lang| follow_up_sheet(&record, lang, SheetGroup::Agreement);
        let documents = InBothLanguages { en: document(Lang::En), es: document(Lang::Es) };
        let key = IssuedKey { meeting: meeting.id, kind: IssuedKind::FollowUp, part, version };
        issue(tx, key, &documents)?;
    }
    Ok(())
}

/// Returns the sheet that everybody who may know these commissions may see.
fn sent_record(conn: &mut Db, meeting: &Meeting, known: Vec<CommissionId>, now: Instant) -> Result<SheetRecord> {
    let refs = commission_refs(conn, &known)?;
    let commissions: Vec<CommissionRef> = known.iter().filter_map(|id| refs.get(id)).cloned().collect();
    let visibility = Visibility { unrestricted_commissions: known, ..Visibility::default() };
    let sheet = follow_up_of(conn, &visibility, meeting, now)?;
    let lang = country_language(conn, &meeting.country_code)?;
    Ok(SheetRecord { meeting: meeting.clone(), sheet, commissions, lang })
}

/// Returns the key of a sheet that was sent, of a commission or of all; 404 if there is none that the actor may know.
pub(super) fn sent_sheet(
    conn: &mut Db,
    actor: &Actor,
    (id, version): (MeetingId, i32),
    commission: Option<CommissionId>,
) -> Result<(IssuedKey, Lang, RestrictedRecords)> {
    let visibility = Visibility::of(actor);
    let meeting = meeting(conn, &visibility, id)?;
    // The commissions of the session may have changed since: those of the sheet count.
    let all = issued_commissions(conn, id, IssuedKind::FollowUp, version)?;
    let known: Vec<CommissionId> =
        all.iter().copied().filter(|id| visibility.knows_commission(*id, &meeting.country_code)).collect();
    let part = match commission {
        Some(one) if known.contains(&one) => IssuedPart::Commission(one),
        None if known.len() == all.len() && !all.is_empty() => IssuedPart::All,
        None => IssuedPart::Commission(*known.first().ok_or(Code::NotFound)?),
        Some(_) => return Err(Code::NotFound.into()),
    };
    if known.is_empty() {
        return Err(Code::NotFound.into());
    }
    let key = IssuedKey { meeting: id, kind: IssuedKind::FollowUp, part, version };
    if !is_issued(conn, key)? {
        return Err(Code::NotFound.into());
    }
    Ok((key, country_language(conn, &meeting.country_code)?, RestrictedRecords::of(&meeting)))
}

/// Builds the document of a follow-up sheet.
pub(crate) fn follow_up_sheet(record: &SheetRecord, lang: Lang, group: SheetGroup) -> Document {
    let writer = Writer { record, lang };
    let sheet = &record.sheet;
    let title = writer.say("follow-up-title", &[("title", one_line(&record.meeting.fields.title))]);
    let mut blocks = vec![Block::paragraph(writer.say("follow-up-day", &[("day", i18n::day(lang, sheet.on))]))];
    let previous: Vec<String> = record.commissions.iter().map(|one| writer.previous_session(one)).collect();
    blocks.extend((!previous.is_empty()).then(|| Block::bullets(previous)));
    if sheet.items.is_empty() {
        blocks.push(Block::paragraph(writer.say("follow-up-none", &[])));
    } else {
        blocks.extend(writer.totals());
        match group {
            SheetGroup::Agreement => blocks.extend(writer.by_agreement()),
            SheetGroup::Institution => blocks.extend(writer.by_institution()),
        }
    }
    let labels: Vec<&str> = record.commissions.iter().map(CommissionRef::label).collect();
    Document {
        lang,
        region: Some(record.meeting.country_code.clone()),
        contents: None,
        landscape: true,
        frame: Frame {
            above: Some(labels.join(" · ")).filter(|labels| !labels.is_empty()),
            head: Some(title.clone()),
            foot: Some(writer.say("follow-up-foot", &[("day", i18n::day(lang, sheet.on))])),
            cover: None,
        },
        title,
        blocks,
    }
}

/// A sheet being written.
#[derive(Clone, Copy)]
struct Writer<'r> {
    record: &'r SheetRecord,
    lang: Lang,
}

/// A row of a table: a commitment with the institutions whose parts are alike.
struct Row<'r> {
    item: &'r FollowUpItem,
    part: Option<&'r FollowUpPart>,
    institutions: Vec<&'r str>,
}

impl<'r> Writer<'r> {
    fn say(self, key: &str, args: &[(&'static str, String)]) -> String {
        text(self.lang, key, args)
    }

    fn day(self, day: NaiveDate) -> String {
        i18n::day(self.lang, day)
    }

    /// Names the previous session of a commission.
    fn previous_session(self, commission: &CommissionRef) -> String {
        let sheet = &self.record.sheet;
        let previous = sheet.previous.iter().find(|session| session.commission_id == commission.id);
        let commission = commission.label().to_owned();
        match previous {
            Some(session) => {
                let args = [
                    ("commission", commission),
                    ("title", one_line(&session.title)),
                    ("day", i18n::date(self.lang, &session.held)),
                ];
                self.say("follow-up-previous", &args)
            }
            None => self.say("follow-up-first", &[("commission", commission)]),
        }
    }

    /// Counts the commitments of each commission by state, with the overdue ones and those that wait for a review.
    fn totals(self) -> Vec<Block> {
        if self.record.commissions.is_empty() {
            return Vec::new();
        }
        let mut columns = vec![Column::text(self.say("follow-up-commission", &[]), 4)];
        let states = Status::ALL.iter().map(|status| word(self.lang, "status", status.as_str()));
        columns.extend(states.map(|state| Column::figures(state, 3)));
        columns.push(Column::figures(self.say("follow-up-overdue-n", &[]), 3));
        columns.push(Column::figures(self.say("follow-up-to-review-n", &[]), 3));
        let row = |commission: &CommissionRef| {
            let items = self.record.sheet.items.iter();
            let own: Vec<_> = items.filter(|item| item.commission_ids.contains(&commission.id)).collect();
            let counted = |is: &dyn Fn(&FollowUpItem) -> bool| own.iter().filter(|item| is(item)).count().to_string();
            let mut cells = vec![commission.label().to_owned()];
            cells.extend(Status::ALL.iter().map(|status| counted(&|item| item.status == *status)));
            cells.push(counted(&|item| item.overdue));
            let waits = |part: &FollowUpPart| part.verification == Verification::Pending;
            cells.push(counted(&|item| item.assignments.iter().any(waits)));
            cells
        };
        let rows = self.record.commissions.iter().map(row).collect();
        vec![Block::heading(1, self.say("follow-up-chart", &[])), Block::Table(Table::new(columns, rows))]
    }

    /// Writes a table for each agreement, or for the commitments of each session that have none, in the order of the
    /// sessions and of the numbers of their agreements; below it the lists of institutions that are too long for a cell.
    fn by_agreement(self) -> Vec<Block> {
        let mut groups: Vec<(String, Vec<Row<'r>>)> = Vec::new();
        let mut items: Vec<&FollowUpItem> = self.record.sheet.items.iter().collect();
        items.sort_by_cached_key(|item| place(item));
        for item in items {
            let heading = self.origin(item);
            let rows = rows_of(item);
            match groups.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, all)) => all.extend(rows),
                None => groups.push((heading, rows)),
            }
        }
        let mut blocks = Vec::new();
        for (heading, rows) in groups {
            blocks.push(Block::heading(1, heading));
            blocks.push(Block::Table(self.table(&rows, true)));
            blocks.extend(rows.iter().filter_map(|row| self.names_below(row)));
        }
        blocks
    }

    /// Writes a table for each institution, and one for the commitments without an institution.
    fn by_institution(self) -> Vec<Block> {
        let mut groups: BTreeMap<(bool, String), Vec<Row<'r>>> = BTreeMap::new();
        for item in &self.record.sheet.items {
            if item.assignments.is_empty() {
                let key = (true, self.say("follow-up-nobody", &[]));
                groups.entry(key).or_default().push(Row { item, part: None, institutions: Vec::new() });
            }
            for part in &item.assignments {
                let row = Row { item, part: Some(part), institutions: vec![&part.institution] };
                groups.entry((false, one_line(&part.institution))).or_default().push(row);
            }
        }
        let mut blocks = Vec::new();
        for ((_, heading), mut rows) in groups {
            rows.sort_by_key(|row| !row.is_overdue());
            blocks.push(Block::heading(1, heading));
            blocks.push(Block::Table(self.table(&rows, false).without_empty_columns()));
        }
        blocks
    }

    /// Names the session and the agreement of a commitment.
    fn origin(self, item: &FollowUpItem) -> String {
        let session = item.session.as_ref().map(|session| {
            let args = [("title", one_line(&session.title)), ("day", i18n::date(self.lang, &session.held))];
            self.say("follow-up-session", &args)
        });
        let agreement = item.agreement.as_ref().map(|agreement| match &agreement.number {
            Some(number) => {
                let args = [("number", number.clone()), ("title", one_line(&agreement.title))];
                self.say("follow-up-agreement", &args)
            }
            None => self.say("follow-up-agreement-unnumbered", &[("title", one_line(&agreement.title))]),
        });
        match (session, agreement) {
            (Some(session), Some(agreement)) => format!("{session}. {agreement}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => self.say("follow-up-no-origin", &[]),
        }
    }

    /// Writes a table; without the column of institutions, the origin of each commitment is below its text.
    fn table(self, rows: &[Row<'_>], with_institutions: bool) -> Table {
        let mut columns =
            vec![("text", 8), ("responsible", 5), ("due", 5), ("status", 4), ("report", 7), ("review", 4)];
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
    fn names_below(self, row: &Row<'_>) -> Option<Block> {
        let names = names_of(row);
        let below = || self.say("follow-up-responsible-of", &[("code", row.item.code.clone())]);
        let runs = || vec![Run::strong(below()), Run::plain(format!(" {}", names.join("; ")))];
        is_long(&names).then(|| Block::Paragraph { runs: runs() })
    }

    fn cells(self, row: &Row<'_>, is_first: bool, with_institutions: bool) -> Vec<String> {
        let item = row.item;
        let mut text = vec![item.code.clone()];
        if is_first {
            text.push(one_line(&item.text));
            text.extend((!with_institutions).then(|| self.origin(item)));
        } else {
            text.push(self.say("follow-up-same", &[]));
        }
        let mut cells = vec![text.join("\n")];
        if with_institutions {
            let names = names_of(row);
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

    /// Writes the term as a date, the words of the source beside it, and the extensions.
    fn term(self, row: &Row<'_>) -> String {
        let item = row.item;
        let own = row.part.and_then(|part| part.due_to).filter(|day| Some(*day) != item.due_to);
        let written = item.due.as_deref().and_then(PartialDate::parse).map(|due| i18n::date(self.lang, &due));
        let date = match own {
            Some(day) => Some(self.day(day)),
            None => written.or_else(|| item.due_to.map(|day| self.day(day))),
        };
        let mut lines = vec![date.unwrap_or_else(|| self.say("follow-up-no-term", &[]))];
        let words = item.due_text.as_ref().filter(|_| own.is_none());
        lines.extend(words.map(|words| self.say("follow-up-term-words", &[("words", one_line(words))])));
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

    fn state(self, row: &Row<'_>) -> String {
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
        lines.extend(part.percent.map(|percent| format!("{percent} %")));
        lines.extend(match (&part.target, part.quantity) {
            (Some(target), quantity) => {
                let done = quantity.map_or_else(|| "0".to_owned(), |done| done.to_string());
                let args = [("done", done), ("target", target.quantity.to_string()), ("unit", target.unit.clone())];
                Some(self.say("follow-up-target", &args))
            }
            (None, Some(quantity)) => Some(quantity.to_string()),
            (None, None) => None,
        });
        lines.join("\n")
    }

    fn report(self, report: &FollowUpReport) -> String {
        let mut lines = vec![self.day(report.reported_on), shortened(&one_line(&report.narrative), LONGEST_REPORT)];
        let titles = report.evidence.iter().map(|one| one_line(&one.title));
        lines.extend(titles.map(|title| self.say("follow-up-evidence", &[("title", title)])));
        lines.join("\n")
    }

    fn review(self, part: Option<&FollowUpPart>) -> String {
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
    fn is_overdue(&self) -> bool {
        self.part.map_or(self.item.overdue, |part| part.overdue)
    }
}

/// Returns the names of the institutions of a row; many that begin alike become one.
fn names_of(row: &Row<'_>) -> Vec<String> {
    grouped_names(&row.institutions.iter().map(|name| one_line(name)).collect::<Vec<_>>())
}

fn is_long(names: &[String]) -> bool {
    names.iter().map(|name| name.chars().count() + 1).sum::<usize>() > LONGEST_NAMES
}

/// The place of a session and its agreement in a sheet: by day and title, then by the number of the agreement. What has no
/// session or agreement is last.
type Place = (bool, Option<NaiveDate>, String, bool, u64, String);

fn place(item: &FollowUpItem) -> Place {
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
fn rows_of(item: &FollowUpItem) -> Vec<Row<'_>> {
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

crate::restricted_by!(SheetRecord: meeting, sheet);
