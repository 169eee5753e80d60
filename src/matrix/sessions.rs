//! Which session a row means.

use chrono::Datelike;

use super::scene::Scene;
use super::words::fold;
use super::words::headings::Column;
use super::words::terms::month;
use crate::dates::PartialDate;
use crate::db::CommissionId;
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

    /// The column that states it.
    pub fn column(&self) -> Column {
        if self.title.is_some() { Column::Session } else { Column::SessionDate }
    }

    /// The session of these commissions that is meant: of the stated day, and of the stated title. A row of a commitment
    /// on record means its session (`present`) where that fits.
    pub fn which<'s>(&self, scene: &'s Scene, commissions: &[CommissionId], present: Option<&'s Meeting>) -> Which<'s> {
        let is_present = |one: &&Meeting| present.is_some_and(|present| present.id == one.id);
        let own = |one: &&Meeting| one.fields.commission_ids.iter().any(|id| commissions.contains(id));
        let others = scene.meetings.values().filter(|one| own(one) && !is_present(one));
        let mut that_day: Vec<&Meeting> = others.chain(present).filter(|one| self.is_that_day(one)).collect();
        that_day.sort_by_key(|meeting| meeting.id);
        let called = self.called(scene, &that_day);
        match (called.as_slice(), that_day.as_slice()) {
            ([one], _) => Which::Known(one),
            ([], _) if self.held.is_none() => Which::Undated,
            ([], []) => Which::New,
            ([], [other, ..]) => Which::Another(other.fields.title.clone()),
            (several, _) => several.iter().find(|one| is_present(one)).map_or(Which::Several, |one| Which::Known(one)),
        }
    }

    /// Those whose title is the stated one; where none is, those that it tells of.
    fn called<'s>(&self, scene: &Scene, meetings: &[&'s Meeting]) -> Vec<&'s Meeting> {
        let Some(stated) = self.title.as_deref().map(Title::of) else { return meetings.to_vec() };
        let among = |test: &dyn Fn(&Title) -> bool| -> Vec<&'s Meeting> {
            meetings.iter().copied().filter(|one| scene.titles.get(&one.id).is_some_and(test)).collect()
        };
        let exact = among(&|title| title.words == stated.words);
        if exact.is_empty() { among(&|title| stated.tells_of(title, self.held.is_some())) } else { exact }
    }

    fn is_that_day(&self, meeting: &Meeting) -> bool {
        self.held.as_ref().is_none_or(|held| meeting.held_from <= held.to() && held.from() <= meeting.held_to)
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
        Title::of(self.title.as_deref().unwrap_or_default()).kind.unwrap_or(MeetingKind::Ordinary)
    }

    pub fn ordinal(&self) -> Option<i32> {
        Title::of(self.title.as_deref()?).number
    }
}

/// What a session's title tells.
pub struct Title {
    /// Folded, between spaces.
    words: String,
    kind: Option<MeetingKind>,
    number: Option<i32>,
    year: Option<i32>,
}

impl Title {
    fn of(title: &str) -> Self {
        let folded = fold(title);
        let kind = match () {
            () if folded.contains("extraordinari") => Some(MeetingKind::Extraordinary),
            () if folded.contains("ordinari") => Some(MeetingKind::Ordinary),
            () if folded.contains("instalacion") || folded.contains("inaugural") => Some(MeetingKind::Inaugural),
            () if folded.contains("trabajo") || folded.contains("tecnica") => Some(MeetingKind::Working),
            () => None,
        };
        let words: Vec<&str> = folded.split(' ').collect();
        let mut years = words.iter().filter(|word| word.len() == 4).filter_map(|word| word.parse().ok());
        let year = years.find(|year| (1990..2100).contains(year));
        Self { kind, number: ordinal(&words), year, words: format!(" {folded} ") }
    }

    /// With what its record tells where the title does not.
    pub fn of_meeting(meeting: &Meeting) -> Self {
        let title = Self::of(&meeting.fields.title);
        Self {
            kind: Some(meeting.fields.kind),
            number: meeting.fields.ordinal.or(title.number),
            year: title.year.or(Some(meeting.held_from.year())),
            ..title
        }
    }

    /// Whether this title, as a row has it, is that of a session on record: a part of its words, or its number. Number,
    /// kind and year must agree as far as they are stated; a number alone, without the day, is that of an ordinary one.
    fn tells_of(&self, own: &Self, dated: bool) -> bool {
        if differ(self.number, own.number) || differ(self.kind, own.kind) || differ(self.year, own.year) {
            return false;
        }
        let same_kind =
            dated || self.kind.unwrap_or(MeetingKind::Ordinary) == own.kind.unwrap_or(MeetingKind::Ordinary);
        let same_number = self.number.is_some() && self.number == own.number && same_kind;
        same_number || own.words.contains(&self.words) || self.words.contains(&own.words)
    }
}

fn differ<T: PartialEq>(one: Option<T>, two: Option<T>) -> bool {
    one.zip(two).is_some_and(|(one, two)| one != two)
}

const ROMAN: [&str; 20] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
];
const ORDINALS: [&str; 10] =
    ["primera", "segunda", "tercera", "cuarta", "quinta", "sexta", "septima", "octava", "novena", "decima"];

/// Words beside which a number is the session's: elsewhere it is a day, or an hour.
const NUMBERED: [&str; 9] = ["sesion", "acta", "reunion", "ordinaria", "extraordinaria", "n", "no", "nro", "numero"];

/// The number in a session's title: "III sesión", "Sesión N° 3", "tercera sesión"; not the day of a date.
fn ordinal(words: &[&str]) -> Option<i32> {
    let among = |names: &[&str], word: &str| names.iter().position(|name| *name == word).map(|at| at + 1);
    let number = |word: &str| {
        let digits = word.parse::<usize>().ok().filter(|number| (1..=500).contains(number));
        digits.or_else(|| among(&ROMAN, word)).or_else(|| among(&ORDINALS, word))
    };
    let at = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().unwrap_or_default();
    let beside = |n: usize| NUMBERED.contains(&at(n.checked_sub(1))) || NUMBERED.contains(&at(n.checked_add(1)));
    // "15 de agosto", "15 08 2023".
    let is_day = |n: usize| {
        let (next, then) = (at(Some(n + 1)), at(Some(n + 2)));
        (next == "de" && month(then).is_some()) || (next.len() <= 2 && next.parse::<u32>().is_ok())
    };
    let found = words.iter().enumerate().find_map(|(n, word)| number(word).filter(|_| beside(n) && !is_day(n)));
    found.and_then(|number| i32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_tells_of_a_session_by_number_kind_and_year() {
        let tells = |stated, own| Title::of(stated).tells_of(&Title::of(own), false);
        assert!(tells("Tercera sesión", "III sesión ordinaria"));
        assert!(tells("Sesión ordinaria N° 1", "I Sesión ordinaria 2023"));
        assert!(tells("I sesión ordinaria 2023", "I sesión ordinaria"));
        assert!(tells("Sesión extraordinaria 2", "II sesión extraordinaria"));
        assert!(!tells("I sesión ordinaria 2024", "I sesión ordinaria 2023"));
        assert!(!tells("I sesión extraordinaria", "I sesión ordinaria"));
        assert!(!tells("Primera sesión", "I sesión extraordinaria"));
        assert!(!tells("Sesión del 15 de marzo", "Sesión del 15 de agosto"));
        assert!(!tells("II sesión ordinaria", "Sesión ordinaria N° 1"));
    }

    #[test]
    fn sessions_have_numbers() {
        let ordinal = |title| Title::of(title).number;
        assert_eq!(ordinal("III sesión ordinaria de la CIGTPE"), Some(3));
        assert_eq!(ordinal("Sesión N° 12"), Some(12));
        assert_eq!(ordinal("Sesión ordinaria N.º 4 del 15 de marzo de 2023"), Some(4));
        assert_eq!(ordinal("Tercera sesión"), Some(3));
        assert_eq!(ordinal("Acta 12-2023"), Some(12));
        assert_eq!(ordinal("Sesión extraordinaria II"), Some(2));
        assert_eq!(ordinal("Sesión de instalación"), None);
        assert_eq!(ordinal("Sesión del 15 de marzo"), None);
        assert_eq!(ordinal("Sesión 15 de marzo"), None);
        assert_eq!(ordinal("Sesión 22/08/2023"), None);
        assert_eq!(ordinal("Acuerdo 3 de la mesa"), None);
    }
}
