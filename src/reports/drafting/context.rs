//! The basis of every draft: the records, the period and the reader's language; and the words for single records.

use chrono::NaiveDate;

use super::answer_builder::AnswerBuilder;
use crate::db::{CommissionId, InstitutionId};
use crate::i18n::Lang;
use crate::rendering::escape_line;
use crate::reports::records::{Activity, Agreement, Commitment, Meeting, Proof, Records};
use crate::reports::words::{Words, sentence};
use crate::themes::Theme;

/// Number of names in a list; the others are counted.
const NAMES: usize = 8;

pub(super) struct Context<'a> {
    pub records: &'a Records,
    pub words: Words<'a>,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl<'a> Context<'a> {
    pub(super) fn new(records: &'a Records, lang: Lang, from: NaiveDate, to: NaiveDate) -> Self {
        Self { records, words: Words { lang, country: &records.country_code }, from, to }
    }

    pub(super) fn say(&self, key: &str, args: &[(&'static str, String)]) -> String {
        self.words.say(key, args)
    }

    pub(super) fn count(&self, key: &str, n: usize) -> String {
        self.words.count(key, n)
    }

    pub(super) fn number(&self, n: usize) -> String {
        self.words.number(n as u64)
    }

    pub(super) fn period(&self) -> String {
        self.words.period(self.from, self.to)
    }

    /// Returns the activities of the period that count.
    pub(super) fn activities(&self) -> impl Iterator<Item = &'a Activity> {
        let (from, to) = (self.from, self.to);
        self.records.activities.iter().filter(move |one| one.counts() && one.meets(from, to))
    }

    /// Returns the meetings held in the period, without restricted ones.
    pub(super) fn meetings(&self) -> impl Iterator<Item = &'a Meeting> {
        let (from, to) = (self.from, self.to);
        self.records.meetings.iter().filter(move |one| !one.restricted && one.was_held_in(from, to))
    }

    /// Returns the agreements adopted in the period, without restricted ones.
    pub(super) fn agreements(&self) -> impl Iterator<Item = &'a Agreement> {
        let (from, to) = (self.from, self.to);
        self.records.agreements.iter().filter(move |one| !one.restricted && one.adopted_in(from, to))
    }

    /// Returns the commitments that count and are overdue at the end of the period.
    pub(super) fn overdue(&self) -> Vec<&'a Commitment> {
        self.commitments().filter(|one| one.overdue_on(self.to)).collect()
    }

    pub(super) fn commitments(&self) -> impl Iterator<Item = &'a Commitment> {
        self.records.commitments.iter().filter(|one| one.counts())
    }

    /// Lists themes: `trabajo infantil y trata de personas`.
    pub(super) fn themes(&self, themes: &[Theme]) -> String {
        let names: Vec<String> = themes.iter().map(|theme| self.say(&theme_key(*theme), &[])).collect();
        self.words.list(&names)
    }

    /// Lists commissions: `CETI, CAMTRAFOR y MITP`.
    pub(super) fn commissions(&self, ids: &[CommissionId]) -> String {
        let names: Vec<String> =
            ids.iter().filter_map(|id| self.records.commission(*id)).map(|one| escape_line(one.label())).collect();
        self.words.list(&names)
    }

    /// Lists institutions.
    pub(super) fn institutions(&self, ids: &[InstitutionId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| escape_line(self.records.institution_name(*id))).collect();
        self.names(&names)
    }

    /// Lists names; of many, the last ones are only counted.
    pub(super) fn names(&self, names: &[String]) -> String {
        if names.len() <= NAMES + 1 {
            return self.words.list(names);
        }
        let mut shown: Vec<String> = names.iter().take(NAMES).cloned().collect();
        shown.push(self.count("draft-more", names.len() - NAMES));
        self.words.list(&shown)
    }

    /// Writes the dates of an activity, with the precision of the record.
    fn dates_of(&self, activity: &Activity) -> String {
        match (&activity.starts, &activity.ends, &activity.period, &activity.when_text) {
            (Some(starts), ends, ..) => self.words.dates(starts, ends.as_ref()),
            (None, Some(ends), ..) => self.say("draft-until", &[("when", self.words.date(ends))]),
            (None, None, Some((from, to)), _) if (*from, *to) == (self.from, self.to) => {
                self.say("draft-undated-in-period", &[])
            }
            (None, None, Some((from, to)), _) => {
                self.say("draft-undated-within", &[("when", self.words.period(*from, *to))])
            }
            (None, None, None, Some(text)) => escape_line(text),
            _ => self.say("draft-undated", &[]),
        }
    }

    /// Writes records in groups by theme, with a heading per group if there are several.
    pub(super) fn by_theme<T>(
        &self,
        answer: &mut AnswerBuilder,
        list: &[&T],
        themes: fn(&T) -> &[Theme],
        mut write: impl FnMut(&mut AnswerBuilder, &T),
    ) {
        let mut groups: Vec<&[Theme]> = list.iter().map(|one| themes(one)).collect();
        groups.sort_unstable_by_key(|themes| (themes.is_empty(), *themes));
        groups.dedup();
        let headed = groups.len() > 1;
        for group in groups {
            if headed {
                let name = if group.is_empty() { self.say("draft-no-theme", &[]) } else { self.themes(group) };
                answer.paragraph(&format!("**{}**", capital(&name)));
            }
            list.iter().filter(|one| themes(one) == group).for_each(|one| write(answer, one));
        }
    }

    /// Names an activity by title and dates.
    pub(super) fn brief(&self, activity: &Activity) -> String {
        format!("{} ({})", escape_line(&activity.title), self.dates_of(activity))
    }

    /// Describes an activity in full: title, dates, result, places, participants, institutions and evidence.
    pub(super) fn describe(&self, activity: &Activity) -> String {
        let mut parts = vec![sentence(&self.brief(activity))];
        let labelled = |key: &str, value: String| sentence(&self.say(key, &[("value", value)]));
        match (&activity.result, &activity.expected_result, &activity.description) {
            (None, None, Some(description)) => parts.push(sentence(&escape_line(description))),
            (result, expected, _) => {
                parts.extend(result.as_ref().map(|text| labelled("draft-result", escape_line(text))));
                parts.extend(expected.as_ref().map(|text| labelled("draft-expected", escape_line(text))));
            }
        }
        if let Some(times) = activity.occurrences.filter(|times| *times != 1) {
            parts.push(labelled("draft-times", self.number(usize::try_from(times).unwrap_or(0))));
        }
        if !activity.territories.is_empty() {
            let places: Vec<String> = activity.territories.iter().map(|place| escape_line(place)).collect();
            parts.push(labelled("draft-place", self.names(&places)));
        }
        parts.extend(self.participants(activity));
        if !activity.organizer_ids.is_empty() {
            parts.push(labelled("draft-organizers", self.institutions(&activity.organizer_ids)));
        }
        if !activity.partner_ids.is_empty() {
            parts.push(labelled("draft-partners", self.institutions(&activity.partner_ids)));
        }
        if !activity.evidence.is_empty() {
            let proofs: Vec<String> = activity.evidence.iter().map(linked).collect();
            parts.push(labelled("draft-evidence", proofs.join("; ")));
        }
        parts.join(" ")
    }

    /// Writes `Participantes: 2.163 (mujeres: 812; hombres: 1.351).`
    pub(super) fn participants(&self, activity: &Activity) -> Option<String> {
        let participants = &activity.participants;
        let number = |n: i32| self.number(usize::try_from(n).unwrap_or(0));
        let mut shares = Vec::new();
        shares.extend(participants.women.map(|n| self.say("draft-women", &[("value", number(n))])));
        shares.extend(participants.men.map(|n| self.say("draft-men", &[("value", number(n))])));
        let shares = if shares.is_empty() { String::new() } else { format!(" ({})", shares.join("; ")) };
        let audience = participants.audience.as_ref().map(|text| escape_line(text));
        let figure = participants.total.map(number);
        let value = match (figure, audience) {
            (Some(figure), Some(audience)) => format!("{figure}{shares} — {audience}"),
            (Some(figure), None) => format!("{figure}{shares}"),
            (None, Some(audience)) => self.say("draft-audience-uncounted", &[("value", audience)]) + &shares,
            (None, None) if shares.is_empty() => return None,
            (None, None) => shares.trim().to_owned(),
        };
        Some(sentence(&self.say("draft-participants", &[("value", value)])))
    }

    /// Writes title, date and parties of an agreement.
    pub(super) fn agreement(&self, agreement: &Agreement) -> String {
        let when = match (&agreement.adopted, &agreement.when_text) {
            (Some(day), _) => self.words.date(day),
            (None, Some(text)) => escape_line(text),
            (None, None) => self.say("draft-undated", &[]),
        };
        let mut text = format!("{} ({when})", escape_line(&agreement.title));
        if !agreement.party_ids.is_empty() {
            let parties = self.institutions(&agreement.party_ids);
            text = format!("{} {}", sentence(&text), self.say("draft-parties", &[("value", parties)]));
        }
        sentence(&text)
    }

    /// Writes code, text and term of a commitment.
    pub(super) fn commitment(&self, commitment: &Commitment) -> String {
        let term = match (&commitment.due, commitment.due_to, &commitment.due_text) {
            (Some(due), ..) => self.words.date(due),
            (None, Some(day), _) => self.words.day(day),
            (None, None, Some(text)) => escape_line(text),
            (None, None, None) => {
                return format!("{}: {}", escape_line(&commitment.code), sentence(&escape_line(&commitment.text)));
            }
        };
        let term = self.say("draft-term", &[("value", term)]);
        format!("{}: {} {}", escape_line(&commitment.code), sentence(&escape_line(&commitment.text)), sentence(&term))
    }
}

/// Writes lists of records and cites them.
impl Context<'_> {
    pub(super) fn list_activities<'b>(
        &self,
        answer: &mut AnswerBuilder,
        activities: impl IntoIterator<Item = &'b Activity>,
    ) {
        for activity in activities {
            answer.bullet(0, &self.describe(activity));
            answer.cite_activity(activity);
        }
    }

    pub(super) fn list_agreements<'b>(
        &self,
        answer: &mut AnswerBuilder,
        agreements: impl IntoIterator<Item = &'b Agreement>,
    ) {
        for agreement in agreements {
            answer.bullet(0, &self.agreement(agreement));
            answer.cite_agreement(agreement);
        }
    }

    /// Writes a list with a heading, made from the number of commitments; nothing without commitments.
    pub(super) fn list_commitments(
        &self,
        answer: &mut AnswerBuilder,
        heading: impl Fn(usize) -> String,
        commitments: &[&Commitment],
    ) {
        if !commitments.is_empty() {
            answer.paragraph(&heading(commitments.len()));
        }
        for commitment in commitments {
            answer.bullet(0, &self.commitment(commitment));
            answer.cite_commitment(commitment);
        }
    }
}

pub(crate) fn theme_key(theme: Theme) -> String {
    format!("report-theme-{}", theme.as_str().replace('_', "-"))
}

/// Writes a means of verification with its address.
pub(super) fn linked(proof: &Proof) -> String {
    match &proof.url {
        Some(url) => format!("{} (<{url}>)", escape_line(&proof.title)),
        None => escape_line(&proof.title),
    }
}

/// Returns the text with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
