//! The acta as a document, made from its content alone: day and place, attendance, quorum, agenda, and the agreements,
//! each with the form of its adoption (Peru, law 27444, art. 102.1: attendance, place, time, points, and each agreement
//! separately with its votes).

mod records;

use chrono_tz::Tz;

use super::content::{Acta, ActaCommission, ActaSession, AgendaPoint, Attendee, RestrictedPart};
use super::model::MinutesStatus;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::i18n::{self, Lang, text, text_with, word};
use crate::meetings::AttendanceStatus;
use crate::rendering::{Block, Column, Document, Frame, Signature, Table, one_line, read_markdown};

/// The number of digits of the hash that the last line shows.
const HASH_DIGITS: usize = 16;

/// The version of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct DocumentVersion<'p> {
    pub lang: Lang,
    /// None for minutes that are not frozen.
    pub version: Option<i32>,
    /// The SHA-256 of the content.
    pub sha256: &'p str,
}

/// Builds the acta of a session.
pub(super) fn document(acta: &Acta, print: DocumentVersion<'_>) -> Document {
    let page = Page { acta, print, restricted: None };
    let mut blocks = page.banner();
    blocks.extend(page.head());
    blocks.extend(page.attendance());
    blocks.extend(page.quorum());
    blocks.extend(page.agenda());
    let body = read_markdown(&acta.body, 1);
    let heading = page.heading("acta-body");
    // The text may begin with the same heading.
    let repeats = body.first().is_some_and(|first| heading_text(first) == heading_text(&heading));
    blocks.extend((!repeats).then_some(heading));
    blocks.extend(body);
    blocks.extend(page.agreements(&acta.agreements));
    blocks.extend(page.commitments(&acta.commitments));
    blocks.extend(page.annexes());
    blocks.extend(page.comments());
    blocks.extend(page.rectifications());
    blocks.extend(page.signatures());
    page.document("acta-title", blocks)
}

fn heading_text(block: &Block) -> Option<&str> {
    match block {
        Block::Heading { text, .. } => Some(text),
        _ => None,
    }
}

/// Builds the second document, with the restricted records of the session.
pub(super) fn restricted_document(acta: &Acta, part: &RestrictedPart, print: DocumentVersion<'_>) -> Document {
    let page = Page { acta, print, restricted: Some(part) };
    let mut blocks = page.banner();
    blocks.push(Block::paragraph(page.say("acta-restricted", &[])));
    blocks.extend(page.head());
    blocks.extend(page.agreements(&part.agreements));
    blocks.extend(page.commitments(&part.commitments));
    page.document("acta-restricted-title", blocks)
}

/// An acta being written.
#[derive(Clone, Copy)]
struct Page<'a> {
    acta: &'a Acta,
    print: DocumentVersion<'a>,
    /// The records of the second document.
    restricted: Option<&'a RestrictedPart>,
}

impl<'a> Page<'a> {
    /// Returns a name or a text in the language of the document.
    fn translated(self, text: &'a str) -> &'a str {
        let texts = self.restricted.iter().map(|part| &part.translated).chain([&self.acta.translated]);
        let mut found = texts.map(|texts| texts.of(self.print.lang, text)).filter(|found| *found != text);
        found.next().unwrap_or(text)
    }

    fn document(self, title: &str, blocks: Vec<Block>) -> Document {
        let meeting = &self.acta.meeting;
        let title = self.say(title, &[("title", one_line(self.translated(&meeting.title)))]);
        let names = self.acta.commissions.iter().map(|commission| one_line(self.translated(&commission.name)));
        let frame = Frame {
            above: Some(names.collect::<Vec<_>>().join(" · ")).filter(|names| !names.is_empty()),
            cover: None,
            head: Some(self.running_head(&title)),
            foot: Some(self.last_line()),
        };
        Document {
            title,
            lang: self.print.lang,
            region: Some(meeting.country_code.clone()),
            contents: None,
            landscape: false,
            frame,
            blocks,
        }
    }

    fn say(self, key: &str, args: &[(&'static str, String)]) -> String {
        text(self.print.lang, key, args)
    }

    fn word(self, family: &str, code: &str) -> String {
        word(self.print.lang, family, code)
    }

    fn heading(self, key: &str) -> Block {
        Block::heading(1, self.say(key, &[]))
    }

    fn zone(self) -> Tz {
        self.acta.meeting.time_zone.parse().unwrap_or(Tz::UTC)
    }

    fn day_of(self, at: Instant) -> String {
        i18n::day(self.print.lang, at.day_in(self.zone()))
    }

    fn clock(self, at: Instant) -> String {
        at.utc().with_timezone(&self.zone()).format("%H:%M").to_string()
    }

    /// Writes a partial date of a record in words.
    fn date(self, text: &str) -> String {
        PartialDate::parse(text).map_or_else(|| text.to_owned(), |date| i18n::date(self.print.lang, &date))
    }

    /// Returns the key of the words for an acta that is not final.
    fn draft_key(self) -> Option<&'static str> {
        match self.acta.minutes.status {
            MinutesStatus::Draft => Some("acta-banner-draft"),
            MinutesStatus::Circulated => Some("acta-banner-circulated"),
            MinutesStatus::Approved => None,
        }
    }

    /// Writes the head of every page, which states that the acta is not final.
    fn running_head(self, title: &str) -> String {
        self.draft_key().map_or_else(|| title.to_owned(), |key| format!("{} · {title}", self.say(key, &[])))
    }

    /// States that the session was cancelled, and that the acta is not final.
    fn banner(self) -> Vec<Block> {
        let cancelled = self.acta.meeting.cancelled.then_some("acta-cancelled");
        let keys = self.draft_key().into_iter().chain(cancelled);
        keys.map(|key| Block::Banner { text: self.say(key, &[]) }).collect()
    }

    fn head(self) -> Vec<Block> {
        let (meeting, minutes) = (&self.acta.meeting, &self.acta.minutes);
        let mut lines = Vec::new();
        lines.extend(minutes.code.as_ref().map(|code| self.say("acta-code", &[("code", code.clone())])));
        lines.push(self.day());
        lines.extend(
            meeting.place.as_ref().map(|place| self.say("acta-place", &[("place", self.translated(place).to_owned())])),
        );
        lines.extend(
            meeting
                .modality
                .as_ref()
                .map(|modality| self.say("acta-modality", &[("modality", self.word("meeting-modality", modality))])),
        );
        let names: Vec<_> = self.acta.commissions.iter().map(|commission| self.translated(&commission.name)).collect();
        let args = [("count", names.len().into()), ("names", names.join("; ").into())];
        lines.push(text_with(self.print.lang, "acta-commissions", &args));
        lines.push(self.say("acta-kind", &[("kind", self.word("meeting-kind", &meeting.kind))]));
        lines.extend(meeting.ordinal.map(|ordinal| self.say("acta-ordinal", &[("ordinal", ordinal.to_string())])));
        lines.extend(meeting.convened_at.map(|at| self.say("acta-convened", &[("day", self.day_of(at))])));
        lines
            .extend(meeting.call.as_ref().map(|call| self.say("acta-call", &[("call", self.word("acta-call", call))])));
        lines.push(self.say("acta-status", &[("status", self.status())]));
        lines.extend(minutes.approved_by.as_ref().map(|who| self.say("acta-approved-by", &[("name", who.clone())])));
        lines.extend(minutes.approved_in.as_ref().map(|session| self.approved_in(session)));
        vec![Block::facts(&lines)]
    }

    /// Writes the day on which the session was held, else is planned.
    fn held_day(self) -> String {
        let meeting = &self.acta.meeting;
        match (meeting.started_at.or(meeting.starts_at), &meeting.held) {
            (Some(at), _) => self.day_of(at),
            (None, Some(held)) => self.date(held),
            (None, None) => i18n::day(self.print.lang, meeting.held_to),
        }
    }

    /// Writes the day with the hours as held, else as planned.
    fn day(self) -> String {
        let meeting = &self.acta.meeting;
        let from = meeting.started_at.or(meeting.starts_at);
        let to = if meeting.started_at.is_some() { meeting.ended_at } else { meeting.ends_at };
        let day = self.held_day();
        let zone = meeting.time_zone.parse::<Tz>().map(|zone| i18n::zone_time(self.print.lang, zone));
        let mut args = vec![("day", day), ("zone", zone.unwrap_or_else(|_| meeting.time_zone.clone()))];
        args.extend(from.map(|at| ("from", self.clock(at))));
        args.extend(to.map(|at| ("to", self.clock(at))));
        let key = match (from, to, meeting.started_at) {
            (Some(_), Some(_), Some(_)) => "acta-day-from-to",
            (Some(_), Some(_), None) => "acta-day-planned-from-to",
            (Some(_), None, Some(_)) => "acta-day-from",
            (Some(_), None, None) => "acta-day-planned-from",
            (None, ..) => "acta-day",
        };
        self.say(key, &args)
    }

    fn status(self) -> String {
        let minutes = &self.acta.minutes;
        match minutes.status {
            MinutesStatus::Draft => self.say("acta-draft", &[]),
            MinutesStatus::Circulated => match minutes.comments_until {
                Some(until) => self.say("acta-circulated-until", &[("day", i18n::day(self.print.lang, until))]),
                None => self.say("acta-circulated", &[]),
            },
            MinutesStatus::Approved => {
                let approved = minutes.approved_at.map(|at| self.day_of(at));
                self.say("acta-approved", &[("day", approved.unwrap_or_default())])
            }
        }
    }

    fn approved_in(self, session: &'a ActaSession) -> String {
        let day = i18n::day(self.print.lang, session.held_to);
        self.say("acta-approved-in", &[("title", self.translated(&session.title).to_owned()), ("day", day)])
    }

    fn attendance(self) -> Vec<Block> {
        let all = &self.acta.attendance;
        let mut blocks = vec![self.heading("acta-attendance")];
        if all.is_empty() {
            blocks.push(Block::paragraph(self.say("acta-nobody", &[])));
            return blocks;
        }
        let (members, others): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.is_listed_as_member());
        if !members.is_empty() {
            blocks.push(self.attendance_table(&members));
        }
        if !others.is_empty() {
            blocks.push(self.heading("acta-guests"));
            blocks.push(self.attendance_table(&others));
        }
        blocks
    }

    fn attendance_table(self, attendees: &[&'a Attendee]) -> Block {
        let columns = [("institution", 5), ("person", 3), ("capacity", 2), ("attendance", 3)];
        let column = |(name, share)| Column::text(self.say(&format!("paper-column-{name}"), &[]), share);
        let rows = attendees.iter().map(|one| self.attendance_row(one)).collect();
        Block::Table(Table::new(columns.into_iter().map(column).collect(), rows).without_empty_columns())
    }

    fn attendance_row(self, one: &'a Attendee) -> Vec<String> {
        let mut status = self.word("attendance", one.status.as_str());
        let hours = [("acta-arrived", one.arrived_at), ("acta-left", one.left_at)];
        for (key, at) in hours.into_iter().filter_map(|(key, at)| Some((key, at?))) {
            status.push_str(&format!(", {}", self.say(key, &[("at", self.clock(at))])));
        }
        vec![
            self.translated(&one.institution).to_owned(),
            one.person.clone().unwrap_or_default(),
            one.capacity.map(|capacity| self.word("capacity", capacity.as_str())).unwrap_or_default(),
            status,
        ]
    }

    fn quorum(self) -> Vec<Block> {
        let lines = self.acta.commissions.iter().map(|commission| self.quorum_line(commission));
        vec![self.heading("acta-quorum"), Block::bullets(lines.collect::<Vec<_>>())]
    }

    /// Writes the quorum of a commission. A second call is stated only if it was recorded.
    fn quorum_line(self, quorum: &'a ActaCommission) -> String {
        let second = (self.acta.meeting.call.as_deref(), quorum.second_call_reached);
        let key = match (quorum.reached, second) {
            (None, _) => "acta-quorum-unruled",
            (Some(true), _) => "acta-quorum-reached",
            (Some(false), (Some("second"), Some(true))) => "acta-quorum-second",
            (Some(false), (Some("second"), Some(false))) => "acta-quorum-second-missed",
            (Some(false), (None, Some(true))) => "acta-quorum-call-unknown",
            (Some(false), _) => "acta-quorum-missed",
        };
        let number = |count: Option<i32>| count.unwrap_or_default().to_string();
        let args = [
            ("commission", self.translated(&quorum.name).to_owned()),
            ("present", quorum.present.to_string()),
            ("entitled", quorum.entitled.to_string()),
            ("required", number(quorum.required)),
            ("second", number(quorum.second_call_required)),
        ];
        self.say(key, &args)
    }

    fn agenda(self) -> Vec<Block> {
        let line = |item: &'a AgendaPoint| {
            let presenter =
                item.presenter.as_ref().map(|who| format!(" — {}", self.translated(who))).unwrap_or_default();
            let title = format!("{} ({}){presenter}", self.translated(&item.title), self.word("agenda", &item.kind));
            let mut blocks = vec![Block::paragraph(one_line(&title))];
            blocks.extend(item.outcome.as_ref().map(|outcome| {
                Block::paragraph(self.say("acta-outcome", &[("outcome", self.translated(outcome).to_owned())]))
            }));
            blocks
        };
        let items: Vec<_> = self.acta.agenda.iter().map(line).collect();
        let list = if items.is_empty() {
            Block::paragraph(self.say("acta-no-agenda", &[]))
        } else {
            Block::List { first: Some(1), items }
        };
        vec![self.heading("acta-agenda"), list]
    }

    /// Returns the places to sign of the lead and the secretariat of each commission, with the person who was present. An
    /// institution signs once in each role for all its commissions, and not if it was absent. A role that nobody can sign
    /// for has a place for another person.
    fn signatures(self) -> Vec<Block> {
        let mut signers: Vec<Signer<'a>> = Vec::new();
        for commission in &self.acta.commissions {
            let roles = [("acta-sign-lead", &commission.leads), ("acta-sign-secretariat", &commission.secretariats)];
            for (role, names) in roles {
                let present = names.iter().filter(|name| !self.is_missing(name)).map(|name| Some(name.as_str()));
                let mut places: Vec<Option<&str>> = present.collect();
                if places.is_empty() {
                    places.push(None);
                }
                let label = one_line(self.translated(&commission.name));
                places.into_iter().for_each(|name| Signer::add(&mut signers, (role, name), &label));
            }
        }
        if signers.is_empty() {
            return Vec::new();
        }
        let args = [("title", one_line(self.translated(&self.acta.meeting.title))), ("day", self.held_day())];
        vec![
            self.heading("acta-signatures"),
            Block::paragraph(self.say("acta-signed", &args)),
            Block::Signatures { items: signers.iter().map(|signer| self.place_to_sign(signer)).collect() },
        ]
    }

    fn place_to_sign(self, signer: &Signer<'a>) -> Signature {
        Signature {
            person: signer.name.and_then(|name| self.person_of(name)),
            institution: match signer.name {
                Some(name) => one_line(self.translated(name)),
                None => self.say("acta-sign-blank", &[]),
            },
            role: self.say(signer.role, &[("commission", signer.commissions.join("; "))]),
        }
    }

    /// Returns true for an institution that is on the attendance list and was not present.
    fn is_missing(self, institution: &str) -> bool {
        let mut entries = self.acta.attendance.iter().filter(|one| one.institution == institution).peekable();
        entries.peek().is_some() && entries.all(|one| one.status != AttendanceStatus::Present)
    }

    /// Returns the person who was present for an institution, if there was exactly one.
    fn person_of(self, institution: &str) -> Option<String> {
        let present = |one: &&Attendee| one.status == AttendanceStatus::Present && one.institution == institution;
        let mut people = self.acta.attendance.iter().filter(present).filter_map(|one| one.person.as_deref());
        people.next().map(one_line).filter(|_| people.next().is_none())
    }

    /// Writes the code, the version and the beginning of the hash of the content.
    fn last_line(self) -> String {
        let version = match self.print.version {
            Some(version) => self.say("acta-version", &[("version", version.to_string())]),
            None => self.say("acta-version-draft", &[]),
        };
        let code = self.acta.minutes.code.clone().unwrap_or_else(|| self.say("acta-no-code", &[]));
        let hash: String = self.print.sha256.chars().take(HASH_DIGITS).collect();
        self.say("acta-last-line", &[("code", code), ("version", version), ("hash", hash)])
    }
}

/// An institution that signs in one role for one or more commissions.
struct Signer<'a> {
    /// The key of the words for the role.
    role: &'static str,
    /// None for a place without a name.
    name: Option<&'a str>,
    commissions: Vec<String>,
}

impl<'a> Signer<'a> {
    /// Adds a commission to a signer, who is added if new.
    fn add(all: &mut Vec<Self>, (role, name): (&'static str, Option<&'a str>), commission: &str) {
        // Places without a name are for different people.
        match all.iter_mut().find(|one| name.is_some() && (one.role, one.name) == (role, name)) {
            Some(known) => known.commissions.push(commission.to_owned()),
            None => all.push(Self { role, name, commissions: vec![commission.to_owned()] }),
        }
    }
}
