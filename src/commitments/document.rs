//! The follow-up sheet of a session as a document: the state of every open commitment on the session's day, by agreement
//! or by institution.

mod rows;

use std::collections::BTreeMap;
use std::iter;

use chrono::NaiveDate;

use super::actions::{follow_up, follow_up_of};
use super::model::{FollowUp, FollowUpItem, FollowUpPart, Status, Verification};
use crate::access::{CommissionRef, Visibility, commission_refs, known_commissions};
use crate::audit::RestrictedRecords;
use crate::clock::Instant;
use crate::db::{CommissionId, Db, MeetingId, Tx};
use crate::directory::country_language;
use crate::error::{Code, Result};
use crate::i18n::{self, Lang, text, word};
use crate::identity::Actor;
use crate::issued::{InBothLanguages, IssuedKey, IssuedKind, IssuedPart, is_issued, issue, issued_commissions};
use crate::meetings::{Meeting, meeting};
use crate::rendering::{Block, Column, Document, Frame, Table, file_stem, grouped_names, one_line};
use rows::{Row, place, rows_of};

crate::text_enum! {
    /// The order of a follow-up sheet.
    SheetGroup {
        /// A table for each agreement.
        Agreement = "agreement",
        /// A table for each institution.
        Institution = "institution",
    }
}

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

/// Returns the name of the file of a sheet, without extension.
pub(super) fn sheet_stem(meeting: &Meeting, lang: Lang) -> String {
    let title = text(lang, "follow-up-title", &[("title", one_line(meeting.title_in(lang)))]);
    file_stem(&[&title, &meeting.held_to.to_string()])
}

/// Builds the document of a follow-up sheet.
pub(crate) fn follow_up_sheet(record: &SheetRecord, lang: Lang, group: SheetGroup) -> Document {
    let writer = Writer { record, lang };
    let sheet = &record.sheet;
    let title = writer.say("follow-up-title", &[("title", one_line(record.meeting.title_in(lang)))]);
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
    let labels: Vec<&str> = record.commissions.iter().map(|one| one.label_in(lang)).collect();
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

impl<'r> Writer<'r> {
    fn say(self, key: &str, args: &[(&'static str, String)]) -> String {
        text(self.lang, key, args)
    }

    /// Returns a name or a text of a record in the language of the sheet.
    fn translated(self, text: &'r str) -> &'r str {
        self.record.sheet.translated.of(self.lang, text)
    }

    fn day(self, day: NaiveDate) -> String {
        i18n::day(self.lang, day)
    }

    /// Names the previous session of a commission.
    fn previous_session(self, commission: &CommissionRef) -> String {
        let sheet = &self.record.sheet;
        let previous = sheet.previous.iter().find(|session| session.commission_id == commission.id);
        let commission = commission.label_in(self.lang).to_owned();
        match previous {
            Some(session) => {
                let args = [
                    ("commission", commission),
                    ("title", one_line(self.translated(&session.title))),
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
            let mut cells = vec![commission.label_in(self.lang).to_owned()];
            cells.extend(Status::ALL.iter().map(|status| counted(&|item| item.status == *status)));
            cells.push(counted(&|item| rows_of(item).iter().any(Row::is_overdue)));
            let waits = |part: &FollowUpPart| part.verification == Verification::Pending;
            cells.push(counted(&|item| item.assignments.iter().any(waits)));
            cells
        };
        let rows = self.record.commissions.iter().map(row).collect();
        vec![
            Block::heading(1, self.say("follow-up-chart", &[])),
            Block::Table(Table::new(columns, rows)),
            Block::note(self.say("follow-up-counted", &[])),
        ]
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

    /// Writes a table for each institution, and one for the commitments without an institution. Institutions whose tables
    /// are alike, such as the regional governments before their first reports, have one together.
    fn by_institution(self) -> Vec<Block> {
        let mut groups: BTreeMap<(bool, String), Vec<Row<'r>>> = BTreeMap::new();
        for item in &self.record.sheet.items {
            if item.assignments.is_empty() {
                let key = (true, self.say("follow-up-nobody", &[]));
                groups.entry(key).or_default().push(Row { item, part: None, institutions: Vec::new() });
            }
            for part in &item.assignments {
                let row = Row { item, part: Some(part), institutions: vec![&part.institution] };
                groups.entry((false, one_line(self.translated(&part.institution)))).or_default().push(row);
            }
        }
        let mut tables: Vec<(Vec<String>, Table)> = Vec::new();
        for ((_, heading), mut rows) in groups {
            rows.sort_by_key(|row| !row.is_overdue());
            let table = self.table(&rows, false).without_empty_columns();
            match tables.iter_mut().find(|(_, known)| *known == table) {
                Some((headings, _)) => headings.push(heading),
                None => tables.push((vec![heading], table)),
            }
        }
        let blocks = |(headings, table): (Vec<String>, Table)| {
            let below = (headings.len() > 1).then(|| Block::paragraph(grouped_names(&headings).join("; ")));
            let heading = match headings.as_slice() {
                [one] => one.clone(),
                many => self.say("follow-up-institutions-alike", &[("n", many.len().to_string())]),
            };
            iter::once(Block::heading(1, heading)).chain(below).chain([Block::Table(table)])
        };
        tables.into_iter().flat_map(blocks).collect()
    }

    /// Names the session and the agreement of a commitment.
    fn origin(self, item: &'r FollowUpItem) -> String {
        let session = item.session.as_ref().map(|session| {
            let args =
                [("title", one_line(self.translated(&session.title))), ("day", i18n::date(self.lang, &session.held))];
            self.say("follow-up-session", &args)
        });
        let agreement = item.agreement.as_ref().map(|agreement| match &agreement.number {
            Some(number) => {
                let args = [
                    ("number", self.translated(number).to_owned()),
                    ("title", one_line(self.translated(&agreement.title))),
                ];
                self.say("follow-up-agreement", &args)
            }
            None => {
                self.say("follow-up-agreement-unnumbered", &[("title", one_line(self.translated(&agreement.title)))])
            }
        });
        match (session, agreement) {
            (Some(session), Some(agreement)) => format!("{session}. {agreement}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => self.say("follow-up-no-origin", &[]),
        }
    }
}

crate::restricted_by!(SheetRecord: meeting, sheet);
