//! Which session, and which agreement, a row means.

use super::scene::Scene;
use super::words::fold;
use crate::agreements::Agreement;
use crate::dates::PartialDate;
use crate::db::{CommissionId, MeetingId};
use crate::meetings::{Meeting, MeetingKind};

/// A session as a row states it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Session {
    pub title: Option<String>,
    pub held: Option<PartialDate>,
}

/// What a stated session is.
pub enum Which<'s> {
    Known(&'s Meeting),
    /// One that is not on record; its date is stated.
    New,
    /// Not on record, and without a date it cannot be entered.
    Undated,
    /// That day another session is on record, of this title.
    Another(String),
    /// Several are called so.
    Several,
}

impl Session {
    pub fn is_stated(&self) -> bool {
        self.title.is_some() || self.held.is_some()
    }

    /// The session of these commissions that is meant: of the stated day, else of the stated title.
    pub fn which<'s>(&self, scene: &'s Scene, commissions: &[CommissionId]) -> Which<'s> {
        let own = |meeting: &&Meeting| meeting.fields.commission_ids.iter().any(|id| commissions.contains(id));
        let candidates = scene.meetings.values().filter(own);
        let Some(held) = &self.held else {
            let mut called: Vec<&Meeting> = candidates.filter(|meeting| self.calls(meeting)).collect();
            return match (called.pop(), called.is_empty()) {
                (None, _) => Which::Undated,
                (Some(one), true) => Which::Known(one),
                _ => Which::Several,
            };
        };
        let that_day = candidates.filter(|one| one.held_from <= held.to() && held.from() <= one.held_to);
        let mut that_day: Vec<&Meeting> = that_day.collect();
        that_day.sort_by_key(|meeting| meeting.id);
        let called: Vec<&&Meeting> = that_day.iter().filter(|meeting| self.calls(meeting)).collect();
        match (called.as_slice(), that_day.as_slice()) {
            ([one], _) => Which::Known(one),
            ([], []) => Which::New,
            ([], [other, ..]) => Which::Another(other.fields.title.clone()),
            _ => Which::Several,
        }
    }

    /// Whether this session is what is stated.
    pub fn tells_of(&self, meeting: &Meeting) -> bool {
        let that_day = |held: &PartialDate| meeting.held_from <= held.to() && held.from() <= meeting.held_to;
        self.held.as_ref().is_none_or(that_day) && self.calls(meeting)
    }

    /// Whether the stated title is this session's: the same words, a part of them, or its number.
    fn calls(&self, meeting: &Meeting) -> bool {
        let Some(title) = &self.title else { return true };
        let (stated, own) = (fold(title), fold(&meeting.fields.title));
        let part = |whole: &str, part: &str| format!(" {whole} ").contains(&format!(" {part} "));
        let number = ordinal(title);
        part(&own, &stated)
            || part(&stated, &own)
            || (number.is_some() && number == meeting.fields.ordinal.or_else(|| ordinal(&meeting.fields.title)))
    }

    /// What a new session is called.
    pub fn name(&self) -> String {
        let day = |held: &PartialDate| match held.from() == held.to() {
            true => held.from().format("%d/%m/%Y").to_string(),
            false => held.to_string(),
        };
        self.title.clone().unwrap_or_else(|| format!("Sesión del {}", self.held.as_ref().map(day).unwrap_or_default()))
    }

    /// The sort of session that the title tells; an ordinary one unless it says otherwise.
    pub fn kind(&self) -> MeetingKind {
        let title = fold(self.title.as_deref().unwrap_or_default());
        match () {
            () if title.contains("extraordinari") => MeetingKind::Extraordinary,
            () if title.contains("instalacion") || title.contains("inaugural") => MeetingKind::Inaugural,
            () if title.contains("trabajo") || title.contains("tecnica") => MeetingKind::Working,
            () => MeetingKind::Ordinary,
        }
    }

    pub fn ordinal(&self) -> Option<i32> {
        ordinal(self.title.as_deref()?)
    }
}

const ROMAN: [&str; 20] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
];
const ORDINALS: [&str; 10] =
    ["primera", "segunda", "tercera", "cuarta", "quinta", "sexta", "septima", "octava", "novena", "decima"];

/// The number in a session's title: "III sesión", "Sesión N° 3", "tercera sesión".
fn ordinal(title: &str) -> Option<i32> {
    let folded = fold(title);
    let among = |names: &[&str], word: &str| names.iter().position(|name| *name == word).map(|at| at + 1);
    let number = |word: &str| {
        let digits = word.parse::<usize>().ok().filter(|number| (1..=500).contains(number));
        digits.or_else(|| among(&ROMAN, word)).or_else(|| among(&ORDINALS, word))
    };
    folded.split(' ').find_map(number).and_then(|number| i32::try_from(number).ok())
}

/// The number of an agreement where a cell says no more: "6", "Acuerdo N° 6".
pub fn agreement_number(cell: &str) -> Option<String> {
    let folded = fold(cell);
    let words: Vec<&str> =
        folded.split(' ').filter(|word| !["acuerdo", "n", "no", "nro", "numero"].contains(word)).collect();
    match words.as_slice() {
        [number] if number.len() <= 6 && number.bytes().any(|byte| byte.is_ascii_digit()) => Some((*number).to_owned()),
        _ => None,
    }
}

/// Whether a cell tells of this agreement: by number, by title, by text, or by several of them.
pub fn tells_of(cell: &str, agreement: &Agreement) -> bool {
    let fields = &agreement.fields;
    let number = fields.number.as_deref().unwrap_or_default();
    if let Some(stated) = agreement_number(cell)
        && !number.is_empty()
    {
        return stated == fold(number);
    }
    let folded = fold(cell);
    let bodies = [Some(fields.title.as_str()), fields.text.as_deref()];
    bodies.into_iter().flatten().any(|body| {
        let forms = [
            body.to_owned(),
            format!("{number} {body}"),
            format!("acuerdo {number} {body}"),
            format!("acuerdo n {number} {body}"),
        ];
        forms.iter().any(|form| fold(form) == folded)
    })
}

/// The agreement on record that a row means: of its session where it states one.
pub fn agreement<'s>(
    scene: &'s Scene,
    commissions: &[CommissionId],
    meeting: Option<MeetingId>,
    cell: &str,
) -> Vec<&'s Agreement> {
    let own = |one: &&Agreement| {
        let of_commission = one.fields.commission_ids.iter().any(|id| commissions.contains(id));
        of_commission && (meeting.is_none() || one.fields.meeting_id == meeting) && tells_of(cell, one)
    };
    scene.agreements.values().filter(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_and_agreements_have_numbers() {
        assert_eq!(ordinal("III sesión ordinaria de la CIGTPE"), Some(3));
        assert_eq!(ordinal("Sesión N° 12"), Some(12));
        assert_eq!(ordinal("Tercera sesión"), Some(3));
        assert_eq!(ordinal("Sesión de instalación"), None);
        assert_eq!(agreement_number("Acuerdo N.º 6"), Some("6".to_owned()));
        assert_eq!(agreement_number("6"), Some("6".to_owned()));
        assert_eq!(agreement_number("Aprobar el plan 2023"), None);
    }
}
