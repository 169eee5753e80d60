//! The follow-up sheet of a session as a document: the state of every open commitment on the session's day.

use super::actions::follow_up;
use super::model::{FollowUp, FollowUpItem, FollowUpPart, Status, Verification};
use crate::access::{CommissionRef, Visibility, known_commissions};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{Db, MeetingId};
use crate::error::Result;
use crate::i18n::{self, Lang, text, word};
use crate::identity::Actor;
use crate::meetings::{Meeting, meeting};
use crate::rendering::{Bar, Block, Chart, Column, Document, Table, one_line};

/// The records of a follow-up sheet.
#[derive(Debug, Clone)]
pub(crate) struct SheetRecord {
    pub meeting: Meeting,
    pub sheet: FollowUp,
    /// The session's commissions that the reader may know, in their order.
    pub commissions: Vec<CommissionRef>,
}

/// Loads the records of a session's sheet; 404 when the caller may not know the session.
pub(crate) fn sheet_record(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<SheetRecord> {
    let meeting = meeting(conn, &Visibility::of(actor), id)?;
    let sheet = follow_up(conn, actor, id, now)?;
    let commissions = known_commissions(conn, &Visibility::of(actor), &sheet.commission_ids)?;
    Ok(SheetRecord { meeting, sheet, commissions })
}

/// Builds the document of a follow-up sheet.
pub(crate) fn follow_up_sheet(record: &SheetRecord, lang: Lang) -> Document {
    let say = |key: &str, args: &[(&'static str, String)]| text(lang, key, args);
    let sheet = &record.sheet;
    let mut blocks = vec![
        Block::paragraph(say("follow-up-day", &[("day", i18n::day(lang, sheet.on))])),
        Block::bullets(record.commissions.iter().map(|commission| previous_session(sheet, commission, lang))),
    ];
    if sheet.items.is_empty() {
        blocks.push(Block::paragraph(say("follow-up-none", &[])));
    } else {
        blocks.extend((!record.commissions.is_empty()).then(|| Block::Chart(chart(record, lang))));
        blocks.push(Block::heading(1, say("follow-up-items", &[])));
        blocks.push(Block::Table(table(sheet, lang)));
    }
    Document {
        title: say("follow-up-title", &[("title", one_line(&record.meeting.fields.title))]),
        lang,
        region: Some(record.meeting.country_code.clone()),
        contents: None,
        landscape: true,
        blocks,
    }
}

/// Names the previous session of a commission.
fn previous_session(sheet: &FollowUp, commission: &CommissionRef, lang: Lang) -> String {
    let previous = sheet.previous.iter().find(|session| session.commission_id == commission.id);
    let commission = commission.label().to_owned();
    match previous {
        Some(session) => {
            let args = [
                ("commission", commission),
                ("title", session.title.clone()),
                ("day", i18n::date(lang, &session.held)),
            ];
            text(lang, "follow-up-previous", &args)
        }
        None => text(lang, "follow-up-first", &[("commission", commission)]),
    }
}

/// Draws a bar for each commission of the session, with a part for each state.
fn chart(record: &SheetRecord, lang: Lang) -> Chart {
    let series: Vec<_> = Status::ALL.iter().map(|status| word(lang, "status", status.as_str())).collect();
    let bar = |commission: &CommissionRef| -> Bar {
        let own = record.sheet.items.iter().filter(|item| item.commission_ids.contains(&commission.id));
        let own: Vec<Status> = own.map(|item| item.status).collect();
        let of = |status: &Status| own.iter().filter(|other| *other == status).count() as u64;
        (commission.label().to_owned(), Status::ALL.iter().map(of).collect())
    };
    let bars: Vec<Bar> = record.commissions.iter().map(bar).collect();
    Chart::bars(text(lang, "follow-up-chart", &[]), &text(lang, "follow-up-commission", &[]), &series, &bars)
}

fn table(sheet: &FollowUp, lang: Lang) -> Table {
    let heading = |name: &str| text(lang, &format!("follow-up-{name}"), &[]);
    let row = |item: &FollowUpItem| {
        let parts: Vec<_> = item.assignments.iter().map(|part| describe_part(part, lang)).collect();
        let overdue = item.overdue.then(|| format!(" ({})", text(lang, "follow-up-overdue", &[])));
        vec![
            item.code.clone(),
            one_line(&item.text),
            parts.join("; "),
            due(item, lang),
            format!("{}{}", word(lang, "status", item.status.as_str()), overdue.unwrap_or_default()),
        ]
    };
    Table {
        columns: vec![
            Column::text(heading("code"), 3),
            Column::text(heading("text"), 8),
            Column::text(heading("responsible"), 8),
            Column::text(heading("due"), 3),
            Column::text(heading("status"), 3),
        ],
        rows: sheet.items.iter().map(row).collect(),
    }
}

/// Names an institution and the state of its part: `Ministerio de Salud (en proceso, 40 %)`.
fn describe_part(part: &FollowUpPart, lang: Lang) -> String {
    let mut words = vec![word(lang, "status", part.status.as_str()).to_lowercase()];
    words.extend(part.percent.map(|percent| format!("{percent} %")));
    if part.verification == Verification::Pending {
        words.push(word(lang, "verification", "pending"));
    }
    format!("{} ({})", one_line(&part.institution), words.join(", "))
}

/// Returns the term in the words of its source, or else the date in words.
fn due(item: &FollowUpItem, lang: Lang) -> String {
    let in_words = || {
        let due = item.due.as_deref().and_then(PartialDate::parse);
        due.map(|due| i18n::date(lang, &due)).or_else(|| item.due_to.map(|day| i18n::day(lang, day)))
    };
    item.due_text.clone().or_else(in_words).unwrap_or_default()
}

impl RestrictedContent for SheetRecord {
    fn restricted(&self, found: &mut RestrictedRecords) {
        self.meeting.restricted(found);
        self.sheet.restricted(found);
    }
}
