//! What every draft is written from: the record, the period, the reader; and how single records read.

use chrono::NaiveDate;

use super::sheet::Sheet;
use crate::db::{CommissionId, InstitutionId};
use crate::i18n::Lang;
use crate::reports::model::SourceKind;
use crate::reports::records::{Activity, Agreement, Commitment, Meeting, Proof, Records};
use crate::reports::words::{Words, plain, sentence};
use crate::themes::Theme;

/// At most so many names stand in a row; the others are counted.
const NAMES: usize = 8;

/// The record, the period and the reader.
pub struct Frame<'a> {
    pub records: &'a Records,
    pub words: Words<'a>,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl<'a> Frame<'a> {
    pub fn new(records: &'a Records, lang: Lang, from: NaiveDate, to: NaiveDate) -> Self {
        Self { records, words: Words { lang, country: &records.country_code }, from, to }
    }

    pub fn say(&self, key: &str, args: &[(&'static str, String)]) -> String {
        self.words.say(key, args)
    }

    pub fn count(&self, key: &str, n: usize) -> String {
        self.words.count(key, n)
    }

    pub fn number(&self, n: usize) -> String {
        self.words.number(n as u64)
    }

    pub fn period(&self) -> String {
        self.words.period(self.from, self.to)
    }

    /// Activities that count and meet the period.
    pub fn activities(&self) -> impl Iterator<Item = &'a Activity> {
        let (from, to) = (self.from, self.to);
        self.records.activities.iter().filter(move |one| one.counts() && one.meets(from, to))
    }

    pub fn meetings(&self) -> impl Iterator<Item = &'a Meeting> {
        let (from, to) = (self.from, self.to);
        self.records.meetings.iter().filter(move |one| !one.restricted && one.was_held_in(from, to))
    }

    pub fn agreements(&self) -> impl Iterator<Item = &'a Agreement> {
        let (from, to) = (self.from, self.to);
        self.records.agreements.iter().filter(move |one| !one.restricted && one.adopted_in(from, to))
    }

    pub fn commitments(&self) -> impl Iterator<Item = &'a Commitment> {
        self.records.commitments.iter().filter(|one| !one.restricted && one.status != "cancelled")
    }

    /// `trabajo infantil y trata de personas`.
    pub fn themes(&self, themes: &[Theme]) -> String {
        let names: Vec<String> = themes.iter().map(|theme| self.say(&theme_key(*theme), &[])).collect();
        self.words.list(&names)
    }

    /// `CETI, CAMTRAFOR y MITP`.
    pub fn commissions(&self, ids: &[CommissionId]) -> String {
        let names: Vec<String> =
            ids.iter().filter_map(|id| self.records.commission(*id)).map(|one| plain(one.label())).collect();
        self.words.list(&names)
    }

    /// The names of institutions; beyond a handful the others are counted.
    pub fn institutions(&self, ids: &[InstitutionId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| plain(self.records.institution_name(*id))).collect();
        self.names(&names)
    }

    pub fn names(&self, names: &[String]) -> String {
        if names.len() <= NAMES + 1 {
            return self.words.list(names);
        }
        let mut shown: Vec<String> = names.iter().take(NAMES).cloned().collect();
        shown.push(self.count("draft-more", names.len() - NAMES));
        self.words.list(&shown)
    }

    /// When an activity took place, as precisely as the record knows.
    pub fn when(&self, activity: &Activity) -> String {
        match (&activity.starts, &activity.ends, &activity.period, &activity.when_text) {
            (Some(starts), ends, ..) => self.words.dates(starts, ends.as_ref()),
            (None, Some(ends), ..) => self.say("draft-until", &[("when", self.words.date(ends))]),
            (None, None, Some((from, to)), _) if (*from, *to) == (self.from, self.to) => {
                self.say("draft-undated-in-period", &[])
            }
            (None, None, Some((from, to)), _) => {
                self.say("draft-undated-within", &[("when", self.words.period(*from, *to))])
            }
            (None, None, None, Some(text)) => plain(text),
            _ => self.say("draft-undated", &[]),
        }
    }

    /// Records under headings of their themes, where these differ.
    pub fn by_theme<T>(
        &self,
        sheet: &mut Sheet,
        list: &[&T],
        themes: fn(&T) -> &[Theme],
        mut tell: impl FnMut(&mut Sheet, &T),
    ) {
        let mut groups: Vec<&[Theme]> = list.iter().map(|one| themes(one)).collect();
        groups.sort_unstable_by_key(|themes| (themes.is_empty(), *themes));
        groups.dedup();
        let headed = groups.len() > 1;
        for group in groups {
            if headed {
                let name = if group.is_empty() { self.say("draft-no-theme", &[]) } else { self.themes(group) };
                sheet.paragraph(&format!("**{}**", capital(&name)));
            }
            list.iter().filter(|one| themes(one) == group).for_each(|one| tell(sheet, one));
        }
    }

    /// Title and date: the shortest way to name an activity.
    pub fn brief(&self, activity: &Activity) -> String {
        format!("{} ({})", plain(&activity.title), self.when(activity))
    }

    /// An activity told in full: what, when, with what result, where, with whom, for how many, and the proof.
    pub fn tell(&self, activity: &Activity) -> String {
        let mut parts = vec![sentence(&self.brief(activity))];
        let tell = |key: &str, value: String| sentence(&self.say(key, &[("value", value)]));
        match (&activity.result, &activity.expected_result, &activity.description) {
            (None, None, Some(description)) => parts.push(sentence(&plain(description))),
            (result, expected, _) => {
                parts.extend(result.as_ref().map(|text| tell("draft-result", plain(text))));
                parts.extend(expected.as_ref().map(|text| tell("draft-expected", plain(text))));
            }
        }
        if let Some(times) = activity.occurrences.filter(|times| *times != 1) {
            parts.push(tell("draft-times", self.number(usize::try_from(times).unwrap_or(0))));
        }
        if !activity.territories.is_empty() {
            let places: Vec<String> = activity.territories.iter().map(|place| plain(place)).collect();
            parts.push(tell("draft-place", self.names(&places)));
        }
        parts.extend(self.participants(activity));
        if !activity.organizer_ids.is_empty() {
            parts.push(tell("draft-organizers", self.institutions(&activity.organizer_ids)));
        }
        if !activity.partner_ids.is_empty() {
            parts.push(tell("draft-partners", self.institutions(&activity.partner_ids)));
        }
        if !activity.evidence.is_empty() {
            let proofs: Vec<String> = activity.evidence.iter().map(linked).collect();
            parts.push(tell("draft-evidence", proofs.join("; ")));
        }
        parts.join(" ")
    }

    /// `Participantes: 2.163 (mujeres: 812; hombres: 1.351).`
    pub fn participants(&self, activity: &Activity) -> Option<String> {
        let told = &activity.participants;
        let number = |n: i32| self.number(usize::try_from(n).unwrap_or(0));
        let mut shares = Vec::new();
        shares.extend(told.women.map(|n| self.say("draft-women", &[("value", number(n))])));
        shares.extend(told.men.map(|n| self.say("draft-men", &[("value", number(n))])));
        let shares = if shares.is_empty() { String::new() } else { format!(" ({})", shares.join("; ")) };
        let audience = told.audience.as_ref().map(|text| plain(text));
        let figure = told.total.map(number);
        let value = match (figure, audience) {
            (Some(figure), Some(audience)) => format!("{figure}{shares} — {audience}"),
            (Some(figure), None) => format!("{figure}{shares}"),
            (None, Some(audience)) => self.say("draft-audience-uncounted", &[("value", audience)]) + &shares,
            (None, None) if shares.is_empty() => return None,
            (None, None) => shares.trim().to_owned(),
        };
        Some(sentence(&self.say("draft-participants", &[("value", value)])))
    }

    /// Title and date of an agreement.
    pub fn agreement(&self, agreement: &Agreement) -> String {
        let when = match (&agreement.adopted, &agreement.when_text) {
            (Some(day), _) => self.words.date(day),
            (None, Some(text)) => plain(text),
            (None, None) => self.say("draft-undated", &[]),
        };
        let mut text = format!("{} ({when})", plain(&agreement.title));
        if !agreement.party_ids.is_empty() {
            let parties = self.institutions(&agreement.party_ids);
            text = format!("{} {}", sentence(&text), self.say("draft-parties", &[("value", parties)]));
        }
        sentence(&text)
    }

    /// Code, text and term of a commitment.
    pub fn commitment(&self, commitment: &Commitment) -> String {
        let term = match (&commitment.due, commitment.due_to, &commitment.due_text) {
            (Some(due), ..) => self.words.date(due),
            (None, Some(day), _) => self.words.day(day),
            (None, None, Some(text)) => plain(text),
            (None, None, None) => {
                return format!("{}: {}", plain(&commitment.code), sentence(&plain(&commitment.text)));
            }
        };
        let term = self.say("draft-term", &[("value", term)]);
        format!("{}: {} {}", plain(&commitment.code), sentence(&plain(&commitment.text)), sentence(&term))
    }

    pub fn cite_activity(&self, sheet: &mut Sheet, activity: &Activity) {
        sheet.cite(SourceKind::Activity, activity.id, &activity.title);
    }

    pub fn cite_agreement(&self, sheet: &mut Sheet, agreement: &Agreement) {
        sheet.cite(SourceKind::Agreement, agreement.id, &agreement.title);
    }

    pub fn cite_commitment(&self, sheet: &mut Sheet, commitment: &Commitment) {
        sheet.cite(SourceKind::Commitment, commitment.id, &commitment.code);
    }

    pub fn cite_meeting(&self, sheet: &mut Sheet, meeting: &Meeting) {
        sheet.cite(SourceKind::Meeting, meeting.id, &meeting.title);
    }
}

pub fn theme_key(theme: Theme) -> String {
    format!("report-theme-{}", theme.as_str().replace('_', "-"))
}

/// A means of verification, with its address where it has one.
pub fn linked(proof: &Proof) -> String {
    match &proof.url {
        Some(url) => format!("{} (<{url}>)", plain(&proof.title)),
        None => plain(&proof.title),
    }
}

/// The first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
