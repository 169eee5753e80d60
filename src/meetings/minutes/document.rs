//! The acta as Markdown: who met when and where, the quorum, the agenda, the agreements each with how it was adopted
//! (Peru, law 27444, art. 102.1: attendance, place, time, points, and each agreement separately with its votes).

use crate::access::{Reach, commission_refs};
use crate::clock::Instant;
use crate::db::{Db, InstitutionId, MeetingId};
use crate::directory::institutions_by_id;
use crate::error::{Code, Result};
use crate::i18n::{self, Lang, text};
use crate::identity::Actor;

use super::actions;
use super::model::{Minutes, MinutesStatus};
use super::store::{Adopted, Vote, agreements_of};
use crate::meetings::attendance::{AttendanceSheet, attendance_sheet};
use crate::meetings::{AgendaItemInput, AttendanceInput, Meeting, MeetingStatus, Quorum, agenda_of_meetings};

/// The acta of a session; 404 where the caller may not know its minutes, or there are none.
pub fn acta(conn: &mut Db, actor: &Actor, id: MeetingId, lang: Lang) -> Result<String> {
    let (meeting, minutes) = actions::readable(conn, actor, id)?;
    let minutes = minutes.ok_or(Code::NotFound)?;
    let commissions = commission_refs(conn, &meeting.fields.commission_ids)?;
    let names = |id| commissions.get(&id).map(|known| known.name.clone()).unwrap_or_default();
    let sheet = attendance_sheet(conn, &meeting)?;
    let institutions: Vec<_> = sheet.items.iter().map(|item| item.institution_id).collect();
    let institutions = institutions_by_id(conn, &institutions)?;
    let institution = |id| institutions.get(&id).map(|known| known.fields.name.clone()).unwrap_or_default();
    let agenda = agenda_of_meetings(conn, &[id])?.remove(&id).unwrap_or_default();
    let agreements = agreements_of(conn, &Reach::of(actor), id)?;

    let commissions: Vec<_> = meeting.fields.commission_ids.iter().map(|id| names(*id)).collect();
    let mut page = Writer { lang, out: String::new() };
    page.head(&meeting, &minutes, &commissions);
    page.attendance(&sheet, institution, &commissions);
    page.agenda(&agenda);
    page.agreements(&agreements);
    page.heading("acta-body");
    page.paragraph(minutes.fields.body.trim());
    Ok(page.out)
}

struct Writer {
    lang: Lang,
    out: String,
}

type Args<'a> = &'a [(&'static str, String)];

impl Writer {
    fn say(&self, key: &str, args: Args<'_>) -> String {
        text(self.lang, key, args)
    }

    /// The word for a code: `agenda` and `follow_up` give `agenda-follow-up`.
    fn word(&self, family: &str, code: &str) -> String {
        self.say(&format!("{family}-{}", code.replace('_', "-")), &[])
    }

    fn heading(&mut self, key: &str) {
        let heading = self.say(key, &[]);
        self.out.push_str(&format!("\n## {heading}\n\n"));
    }

    fn paragraph(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn bullet(&mut self, text: &str) {
        self.out.push_str(&format!("- {}\n", one_line(text)));
    }

    fn head(&mut self, meeting: &Meeting, minutes: &Minutes, commissions: &[String]) {
        let fields = &meeting.fields;
        let title = self.say("acta-title", &[("title", one_line(&fields.title))]);
        self.out.push_str(&format!("# {title}\n\n"));
        if fields.status == MeetingStatus::Cancelled {
            let cancelled = self.say("acta-cancelled", &[]);
            self.out.push_str(&format!("**{cancelled}**\n\n"));
        }
        let mut lines = vec![self.day(meeting)];
        lines.extend(fields.place.as_ref().map(|place| self.say("acta-place", &[("place", place.clone())])));
        lines.extend(fields.modality.map(|modality| {
            let word = self.word("meeting-modality", modality.as_str());
            self.say("acta-modality", &[("modality", word)])
        }));
        lines.push(self.say("acta-commissions", &[("names", commissions.join("; "))]));
        let kind = self.word("meeting-kind", fields.kind.as_str());
        lines.push(self.say("acta-kind", &[("kind", kind)]));
        lines.extend(fields.ordinal.map(|ordinal| self.say("acta-ordinal", &[("ordinal", ordinal.to_string())])));
        let status = self.status(minutes, meeting);
        lines.push(self.say("acta-status", &[("status", status)]));
        for line in lines {
            self.bullet(&line);
        }
    }

    fn day(&self, meeting: &Meeting) -> String {
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

    fn status(&self, minutes: &Minutes, meeting: &Meeting) -> String {
        let approved = minutes.approved_at.map(|at| i18n::day(self.lang, at.day_in(meeting.zone())));
        match minutes.status {
            MinutesStatus::Draft => self.say("acta-draft", &[]),
            MinutesStatus::Circulated => self.say("acta-circulated", &[]),
            MinutesStatus::Approved => self.say("acta-approved", &[("day", approved.unwrap_or_default())]),
        }
    }

    fn attendance(
        &mut self,
        sheet: &AttendanceSheet,
        institution: impl Fn(InstitutionId) -> String,
        commissions: &[String],
    ) {
        self.heading("acta-attendance");
        if sheet.items.is_empty() {
            let nobody = self.say("acta-nobody", &[]);
            self.paragraph(&nobody);
        }
        let mut shown: Vec<InstitutionId> = Vec::new();
        for item in &sheet.items {
            if shown.contains(&item.institution_id) {
                continue;
            }
            shown.push(item.institution_id);
            let people = sheet.items.iter().filter(|other| other.institution_id == item.institution_id);
            let people: Vec<_> = people.map(|person| self.person(person)).collect();
            self.bullet(&format!("**{}**: {}", one_line(&institution(item.institution_id)), people.join("; ")));
        }
        self.heading("acta-quorum");
        for (quorum, commission) in sheet.quorum.iter().zip(commissions) {
            let line = self.quorum(quorum, commission);
            self.bullet(&line);
        }
    }

    fn person(&self, item: &AttendanceInput) -> String {
        let mut words: Vec<String> = item.person.iter().cloned().collect();
        words.extend(item.capacity.map(|capacity| self.word("capacity", capacity.as_str())));
        words.push(self.word("attendance", item.status.as_str()));
        words.join(", ")
    }

    fn quorum(&self, quorum: &Quorum, commission: &str) -> String {
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

    fn agenda(&mut self, agenda: &[AgendaItemInput]) {
        self.heading("acta-agenda");
        if agenda.is_empty() {
            let none = self.say("acta-no-agenda", &[]);
            self.paragraph(&none);
        }
        for (n, item) in agenda.iter().enumerate() {
            let kind = self.word("agenda", item.kind.as_str());
            let presenter = item.presenter.as_ref().map(|who| format!(" — {who}")).unwrap_or_default();
            let line = one_line(&format!("{} ({kind}){presenter}", item.title));
            self.out.push_str(&format!("{}. {line}\n", n + 1));
        }
    }

    fn agreements(&mut self, agreements: &[Adopted]) {
        self.heading("acta-agreements");
        if agreements.is_empty() {
            let none = self.say("acta-no-agreements", &[]);
            self.paragraph(&none);
        }
        for (n, agreement) in agreements.iter().enumerate() {
            let number = agreement.number.clone().unwrap_or_else(|| (n + 1).to_string());
            let title = self.say("acta-agreement", &[("number", number), ("title", agreement.title.clone())]);
            let separator = if n == 0 { "" } else { "\n" };
            self.out.push_str(&format!("{separator}### {}\n\n", one_line(&title)));
            if let Some(text) = &agreement.text {
                self.paragraph(&format!("{}\n", text.trim()));
            }
            let adoption = self.adoption(agreement.vote.as_ref());
            self.paragraph(&adoption);
        }
    }

    fn adoption(&self, vote: Option<&Vote>) -> String {
        let method = vote.map_or("unspecified", |vote| vote.method.as_str());
        let sentence = self.word("acta-adoption", method);
        let counted = vote.map(|vote| {
            let counts = [
                ("acta-votes-for", vote.in_favour),
                ("acta-votes-against", vote.against),
                ("acta-votes-abstained", vote.abstained),
            ];
            let said = counts.iter().filter_map(|(key, count)| Some((key, (*count)?)));
            said.map(|(key, count)| self.say(key, &[("count", count.to_string())])).collect::<Vec<_>>()
        });
        match counted.filter(|votes| !votes.is_empty()) {
            Some(votes) => format!("{sentence} {}", self.say("acta-votes", &[("votes", votes.join(", "))])),
            None => sentence,
        }
    }
}

/// A name or title on one line, so that it cannot break the layout.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
