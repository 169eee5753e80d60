//! The acta of a session: day and place, attendance, quorum, agenda, and the agreements, each with the form of its
//! adoption (Peru, law 27444, art. 102.1: attendance, place, time, points, and each agreement separately with its votes).

use super::store::Vote;
use super::{MeetingRecord, MinutesStatus};
use crate::clock::Instant;
use crate::db::CommissionId;
use crate::i18n::{self, Lang, text, word};
use crate::meetings::{AgendaItemInput, AttendanceInput, MeetingStatus, Quorum};
use crate::rendering::{Block, Column, Document, Run, Table, one_line, read_markdown};

/// Builds the acta of a session.
pub(crate) fn document(record: &MeetingRecord, lang: Lang) -> Document {
    let acta = Acta { record, lang };
    let mut blocks = acta.head();
    blocks.extend(acta.attendance());
    blocks.extend(acta.agenda());
    blocks.extend(acta.agreements());
    blocks.push(acta.heading("acta-body"));
    blocks.extend(read_markdown(&record.minutes.fields.body, 1));
    Document {
        title: acta.say("acta-title", &[("title", one_line(&record.meeting.fields.title))]),
        lang,
        region: Some(record.meeting.country_code.clone()),
        contents: None,
        landscape: false,
        blocks,
    }
}

/// An acta being built: its record and its language.
#[derive(Clone, Copy)]
struct Acta<'r> {
    record: &'r MeetingRecord,
    lang: Lang,
}

impl Acta<'_> {
    fn say(self, key: &str, args: &[(&'static str, String)]) -> String {
        text(self.lang, key, args)
    }

    fn heading(self, key: &str) -> Block {
        Block::heading(1, self.say(key, &[]))
    }

    fn head(self) -> Vec<Block> {
        let record = self.record;
        let fields = &record.meeting.fields;
        let mut blocks = Vec::new();
        if fields.status == MeetingStatus::Cancelled {
            blocks.push(Block::Paragraph { runs: vec![Run::strong(self.say("acta-cancelled", &[]))] });
        }
        let mut lines = vec![self.day()];
        lines.extend(fields.place.as_ref().map(|place| self.say("acta-place", &[("place", place.clone())])));
        lines.extend(fields.modality.map(|modality| {
            let word = word(self.lang, "meeting-modality", modality.as_str());
            self.say("acta-modality", &[("modality", word)])
        }));
        let names: Vec<_> = record.commissions.iter().map(|(_, name)| name.as_str()).collect();
        lines.extend((!names.is_empty()).then(|| self.say("acta-commissions", &[("names", names.join("; "))])));
        let kind = word(self.lang, "meeting-kind", fields.kind.as_str());
        lines.push(self.say("acta-kind", &[("kind", kind)]));
        lines.extend(fields.ordinal.map(|ordinal| self.say("acta-ordinal", &[("ordinal", ordinal.to_string())])));
        lines.push(self.say("acta-status", &[("status", self.status())]));
        blocks.push(Block::bullets(lines));
        blocks
    }

    fn day(self) -> String {
        let meeting = &self.record.meeting;
        let (fields, zone) = (&meeting.fields, meeting.zone());
        let clock = |at: Instant| at.utc().with_timezone(&zone).format("%H:%M").to_string();
        let day = match (fields.starts_at, &fields.held) {
            (Some(at), _) => i18n::day(self.lang, at.day_in(zone)),
            (None, Some(held)) => i18n::date(self.lang, held),
            (None, None) => i18n::day(self.lang, meeting.held_to),
        };
        let mut args = vec![("day", day), ("zone", zone.name().to_owned())];
        args.extend(fields.starts_at.map(|at| ("from", clock(at))));
        args.extend(fields.ends_at.map(|at| ("to", clock(at))));
        let key = match (fields.starts_at, fields.ends_at) {
            (Some(_), Some(_)) => "acta-day-from-to",
            (Some(_), None) => "acta-day-from",
            _ => "acta-day",
        };
        self.say(key, &args)
    }

    fn status(self) -> String {
        let (minutes, zone) = (&self.record.minutes, self.record.meeting.zone());
        let approved = minutes.approved_at.map(|at| i18n::day(self.lang, at.day_in(zone)));
        match minutes.status {
            MinutesStatus::Draft => self.say("acta-draft", &[]),
            MinutesStatus::Circulated => self.say("acta-circulated", &[]),
            MinutesStatus::Approved => self.say("acta-approved", &[("day", approved.unwrap_or_default())]),
        }
    }

    fn attendance(self) -> Vec<Block> {
        let record = self.record;
        let items = &record.attendance.items;
        let mut blocks = vec![self.heading("acta-attendance")];
        if items.is_empty() {
            blocks.push(Block::paragraph(self.say("acta-nobody", &[])));
        } else {
            let columns = [("institution", 5), ("person", 3), ("capacity", 2), ("attendance", 2)];
            let column = |(name, share)| Column::text(self.say(&format!("paper-column-{name}"), &[]), share);
            let rows = items.iter().map(|item| self.attendance_row(item)).collect();
            blocks.push(Block::Table(Table { columns: columns.into_iter().map(column).collect(), rows }));
        }
        let quorum = |(id, name): &(CommissionId, String)| {
            let own = record.attendance.quorum.iter().find(|quorum| quorum.commission_id == *id)?;
            Some(self.quorum(own, name))
        };
        let quorums: Vec<_> = record.commissions.iter().filter_map(quorum).collect();
        if !quorums.is_empty() {
            blocks.push(self.heading("acta-quorum"));
            blocks.push(Block::bullets(quorums));
        }
        blocks
    }

    fn attendance_row(self, item: &AttendanceInput) -> Vec<String> {
        vec![
            self.record.institutions.get(&item.institution_id).cloned().unwrap_or_default(),
            item.person.clone().unwrap_or_default(),
            item.capacity.map(|capacity| word(self.lang, "capacity", capacity.as_str())).unwrap_or_default(),
            word(self.lang, "attendance", item.status.as_str()),
        ]
    }

    fn quorum(self, quorum: &Quorum, commission: &str) -> String {
        let key = match (quorum.reached, quorum.second_call_reached) {
            (None, _) => "acta-quorum-unruled",
            (Some(true), _) => "acta-quorum-reached",
            (Some(false), Some(true)) => "acta-quorum-second",
            (Some(false), _) => "acta-quorum-missed",
        };
        let number = |count: Option<i32>| count.unwrap_or_default().to_string();
        let args = [
            ("commission", commission.to_owned()),
            ("present", quorum.present.to_string()),
            ("entitled", quorum.entitled.to_string()),
            ("required", number(quorum.required)),
            ("second", number(quorum.second_call_required)),
        ];
        self.say(key, &args)
    }

    fn agenda(self) -> Vec<Block> {
        let line = |item: &AgendaItemInput| {
            let kind = word(self.lang, "agenda", item.kind.as_str());
            let presenter = item.presenter.as_ref().map(|who| format!(" — {who}")).unwrap_or_default();
            vec![Block::paragraph(one_line(&format!("{} ({kind}){presenter}", item.title)))]
        };
        let items: Vec<_> = self.record.agenda.iter().map(line).collect();
        let list = if items.is_empty() {
            Block::paragraph(self.say("acta-no-agenda", &[]))
        } else {
            Block::List { first: Some(1), items }
        };
        vec![self.heading("acta-agenda"), list]
    }

    fn agreements(self) -> Vec<Block> {
        let agreements = &self.record.agreements;
        let mut blocks = vec![self.heading("acta-agreements")];
        if agreements.is_empty() {
            blocks.push(Block::paragraph(self.say("acta-no-agreements", &[])));
        }
        for (n, agreement) in agreements.iter().enumerate() {
            let number = agreement.number.clone().unwrap_or_else(|| (n + 1).to_string());
            let title = self.say("acta-agreement", &[("number", number), ("title", agreement.title.clone())]);
            blocks.push(Block::heading(2, title));
            blocks.extend(agreement.text.iter().flat_map(|text| read_markdown(text, 2)));
            blocks.push(Block::paragraph(self.adoption(agreement.vote.as_ref())));
        }
        blocks
    }

    fn adoption(self, vote: Option<&Vote>) -> String {
        let method = vote.map_or("unspecified", |vote| vote.method.as_str());
        let sentence = word(self.lang, "acta-adoption", method);
        let counted = vote.map(|vote| {
            let counts = [
                ("acta-votes-for", vote.in_favour),
                ("acta-votes-against", vote.against),
                ("acta-votes-abstained", vote.abstained),
            ];
            let stated = counts.iter().filter_map(|(key, count)| Some((key, (*count)?)));
            stated.map(|(key, count)| self.say(key, &[("count", count.to_string())])).collect::<Vec<_>>()
        });
        match counted.filter(|votes| !votes.is_empty()) {
            Some(votes) => format!("{sentence} {}", self.say("acta-votes", &[("votes", votes.join(", "))])),
            None => sentence,
        }
    }
}
