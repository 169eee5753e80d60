//! The records that a matrix may name, loaded once whatever the number of rows, and the search for the session and the
//! agreement that a row means.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::words::fold;
use crate::access::{self, Visibility, commission_refs, may_write};
use crate::agreements::{Agreement, agreements_by_id, agreements_of_country};
use crate::clock::Instant;
use crate::commissions::all_of_country;
use crate::commitments::{Commitment, DueRule, Update, commitments_of_country, updates_of};
use crate::dates::{MonthEnd, PartialDate, TermUnit, WorkingCalendar, month};
use crate::db::{AgreementId, AssignmentId, CommissionId, CommitmentId, Db, InstitutionId, MeetingId};
use crate::directory::{all_institutions, working_calendar};
use crate::error::{Code, Result};
use crate::i18n::{self, Lang, text};
use crate::identity::Actor;
use crate::meetings::{Meeting, MeetingKind, MeetingStatus, meetings_by_id, meetings_of_country};
use crate::spreadsheets::NameIndex;

/// The records of a country that the actor may write.
pub(super) struct Snapshot {
    pub country: String,
    pub now: Instant,
    /// The language of the person who imports.
    pub lang: Lang,
    /// The commission of rows that name none.
    pub commission: Option<CommissionId>,
    pub commissions: NameIndex<CommissionId>,
    pub institutions: NameIndex<InstitutionId>,
    pub agreements: HashMap<AgreementId, Agreement>,
    pub commitments: HashMap<CommitmentId, Commitment>,
    pub updates: HashMap<AssignmentId, Vec<Update>>,
    /// The current day of the country, and of each commission.
    today: NaiveDate,
    days: HashMap<CommissionId, NaiveDate>,
    /// The acronym or name of each institution.
    labels: HashMap<InstitutionId, String>,
    names: HashMap<InstitutionId, String>,
    /// The working days of the territory of the target's commission.
    calendar: WorkingCalendar,
    territories: HashMap<CommissionId, Option<String>>,
    meetings: HashMap<MeetingId, Meeting>,
    titles: HashMap<MeetingId, SessionTitle>,
    agreement_names: HashMap<AgreementId, AgreementName>,
    /// Sessions and agreements that the actor may see but not write, named by these commitments.
    foreign_meetings: HashMap<MeetingId, Meeting>,
    foreign_agreements: HashMap<AgreementId, Agreement>,
    by_code: HashMap<String, CommitmentId>,
    by_text: HashMap<(CommissionId, String), Vec<CommitmentId>>,
}

/// The result of the search for a session.
pub(super) enum SessionMatch<'s> {
    Known(&'s Meeting),
    /// Not on record; its date is stated.
    New,
    /// Not on record, and without a date it cannot be created.
    Undated,
    /// On that day another session is on record, with this title.
    Another(String),
    /// Several sessions match.
    Several,
}

impl Snapshot {
    /// Loads the records; 404 if there is no such country.
    pub(super) fn load(
        conn: &mut Db,
        actor: &Actor,
        country: &str,
        commission: Option<CommissionId>,
        now: Instant,
    ) -> Result<Self> {
        let zone = access::country_zone(conn, country)?.ok_or(Code::NotFound)?;
        let mut own: HashSet<CommissionId> = HashSet::new();
        let mut commissions = NameIndex::default();
        let mut territories: HashMap<CommissionId, Option<String>> = HashMap::new();
        for one in all_of_country(conn, country, now)?.into_iter().filter(|one| may_write(actor, country, &[one.id])) {
            let fields = &one.fields;
            let others = fields.official_name.iter().chain(&fields.aliases).cloned();
            commissions.add(one.id, 0, &fields.name, fields.acronym.as_deref(), others);
            own.insert(one.id);
            territories.insert(one.id, fields.territory.clone());
        }
        let territory = commission.and_then(|id| territories.get(&id).cloned()).flatten();
        let calendar = working_calendar(conn, country, territory.as_deref())?;
        let days = commission_refs(conn, &Vec::from_iter(own.iter().copied()))?;
        let writable = |ids: &[CommissionId]| ids.iter().any(|id| own.contains(id));
        let mut meetings = meetings_of_country(conn, country)?;
        meetings.retain(|one| writable(&one.fields.commission_ids) && one.fields.status != MeetingStatus::Cancelled);
        let mut agreements = agreements_of_country(conn, country)?;
        agreements.retain(|one| writable(&one.fields.commission_ids));
        let mut commitments = commitments_of_country(conn, country, now)?;
        commitments.retain(|one| writable(&one.fields.commission_ids) && !one.is_draft());
        let mut snapshot = Self {
            country: country.to_owned(),
            now,
            lang: actor.language,
            commission,
            commissions,
            institutions: NameIndex::default(),
            agreement_names: agreements.iter().map(|one| (one.id, AgreementName::of(one))).collect(),
            agreements: agreements.into_iter().map(|one| (one.id, one)).collect(),
            commitments: HashMap::new(),
            updates: HashMap::new(),
            today: now.day_in(zone),
            days: days.into_iter().map(|(id, one)| (id, one.today(now))).collect(),
            labels: HashMap::new(),
            names: HashMap::new(),
            calendar,
            territories,
            meetings: meetings.into_iter().map(|one| (one.id, one)).collect(),
            titles: HashMap::new(),
            foreign_meetings: HashMap::new(),
            foreign_agreements: HashMap::new(),
            by_code: HashMap::new(),
            by_text: HashMap::new(),
        };
        snapshot.load_institutions(conn)?;
        commitments.into_iter().for_each(|one| snapshot.add_commitment(one));
        snapshot.load_foreign(conn, &Visibility::of(actor))?;
        let meetings = snapshot.meetings.values().chain(snapshot.foreign_meetings.values());
        snapshot.titles = meetings.map(|one| (one.id, SessionTitle::of_meeting(one))).collect();
        Ok(snapshot)
    }

    fn load_institutions(&mut self, conn: &mut Db) -> Result<()> {
        for one in all_institutions(conn)? {
            let fields = &one.fields;
            let others = fields.official_name.iter().chain(&fields.aliases).cloned();
            let foreign = fields.country_code.as_ref().is_some_and(|code| *code != self.country);
            self.institutions.add(one.id, u8::from(foreign), &fields.name, fields.acronym.as_deref(), others);
            self.labels.insert(one.id, fields.acronym.clone().unwrap_or_else(|| fields.name.clone()));
            self.names.insert(one.id, fields.name.clone());
        }
        Ok(())
    }

    fn add_commitment(&mut self, commitment: Commitment) {
        self.by_code.insert(fold(&commitment.code), commitment.id);
        let text = fold(&commitment.fields.text);
        for commission in &commitment.fields.commission_ids {
            self.by_text.entry((*commission, text.clone())).or_default().push(commitment.id);
        }
        self.commitments.insert(commitment.id, commitment);
    }

    fn load_foreign(&mut self, conn: &mut Db, visibility: &Visibility) -> Result<()> {
        let named = self.commitments.values().filter_map(|one| one.fields.agreement_id);
        let named: HashSet<AgreementId> = named.filter(|id| !self.agreements.contains_key(id)).collect();
        self.foreign_agreements = agreements_by_id(conn, visibility, &Vec::from_iter(named))?;
        let of_agreements = self.foreign_agreements.values().filter_map(|one| one.fields.meeting_id);
        let named = self.commitments.values().filter_map(|one| one.fields.meeting_id).chain(of_agreements);
        let named: HashSet<MeetingId> = named.filter(|id| !self.meetings.contains_key(id)).collect();
        self.foreign_meetings = meetings_by_id(conn, visibility, &Vec::from_iter(named))?;
        Ok(())
    }

    /// Loads the reports on these commitments, which rows may repeat.
    pub(super) fn load_updates(&mut self, conn: &mut Db, ids: impl Iterator<Item = CommitmentId>) -> Result<()> {
        let parts = ids.filter_map(|id| self.commitments.get(&id)).flat_map(|one| &one.assignments);
        let parts: Vec<AssignmentId> = parts.map(|part| part.id).collect();
        self.updates = updates_of(conn, &parts)?;
        Ok(())
    }

    pub(super) fn by_code(&self, code: &str) -> Option<&Commitment> {
        self.by_code.get(&fold(code)).and_then(|id| self.commitments.get(id))
    }

    /// Returns the commitments of a commission with this text.
    pub(super) fn by_text(&self, commission: CommissionId, text: &str) -> Vec<&Commitment> {
        let ids = self.by_text.get(&(commission, fold(text)));
        ids.into_iter().flatten().filter_map(|id| self.commitments.get(id)).collect()
    }

    /// Returns the session of a commitment: its own, else its agreement's.
    pub(super) fn session_of(&self, commitment: &Commitment) -> Option<&Meeting> {
        let of_agreement = || self.agreement_of(commitment).and_then(|one| one.fields.meeting_id);
        let id = commitment.fields.meeting_id.or_else(of_agreement)?;
        self.meetings.get(&id).or_else(|| self.foreign_meetings.get(&id))
    }

    pub(super) fn agreement_of(&self, commitment: &Commitment) -> Option<&Agreement> {
        let id = commitment.fields.agreement_id?;
        self.agreements.get(&id).or_else(|| self.foreign_agreements.get(&id))
    }

    /// Returns the current day for the commission that leads the commitment, else for the first of the commissions.
    pub(super) fn today_of(&self, known: Option<&Commitment>, commissions: &[CommissionId]) -> NaiveDate {
        let first = || commissions.first().and_then(|id| self.days.get(id)).copied();
        known.map(|known| known.today(self.now)).or_else(first).unwrap_or(self.today)
    }

    /// Returns the names of institutions as a list.
    pub(super) fn labels(&self, ids: impl IntoIterator<Item = InstitutionId>) -> String {
        let labels = ids.into_iter().filter_map(|id| self.labels.get(&id).map(String::as_str));
        labels.collect::<Vec<_>>().join("; ")
    }

    /// Returns the name of an institution.
    pub(super) fn name(&self, id: InstitutionId) -> String {
        self.names.get(&id).cloned().unwrap_or_default()
    }

    /// Returns the last day of a counted term; `None` for working days of a territory whose calendar is not loaded.
    pub(super) fn end_of(&self, rule: &DueRule, commissions: &[CommissionId]) -> Option<NaiveDate> {
        let territory = |id: Option<&CommissionId>| id.and_then(|id| self.territories.get(id)).cloned().flatten();
        let same = territory(commissions.first()) == territory(self.commission.as_ref());
        let count = u32::try_from(rule.count).unwrap_or_default();
        (same || rule.unit != TermUnit::BusinessDays)
            .then(|| self.calendar.term_end(rule.from, count, rule.unit, MonthEnd::of_country(&self.country)).day)
    }

    /// Finds the session of these commissions with the stated day and title. For a row of a commitment on record its
    /// session (`present`) is preferred.
    pub(super) fn find_session<'s>(
        &'s self,
        session: &ParsedSession,
        commissions: &[CommissionId],
        present: Option<&'s Meeting>,
    ) -> SessionMatch<'s> {
        let is_present = |one: &&Meeting| present.is_some_and(|present| present.id == one.id);
        let own = |one: &&Meeting| one.fields.commission_ids.iter().any(|id| commissions.contains(id));
        let others = self.meetings.values().filter(|one| own(one) && !is_present(one));
        let mut that_day: Vec<&Meeting> = others.chain(present).filter(|one| session.is_on_day_of(one)).collect();
        that_day.sort_by_key(|meeting| meeting.id);
        let found = self.with_title(session, &that_day);
        match (found.as_slice(), that_day.as_slice()) {
            ([one], _) => SessionMatch::Known(one),
            ([], _) if session.held.is_none() => SessionMatch::Undated,
            ([], []) => SessionMatch::New,
            ([], [other, ..]) => SessionMatch::Another(other.fields.title.clone()),
            (several, _) => {
                several.iter().find(|one| is_present(one)).map_or(SessionMatch::Several, |one| SessionMatch::Known(one))
            }
        }
    }

    /// Returns the meetings with exactly the stated title, else those whose title it matches.
    fn with_title<'s>(&self, session: &ParsedSession, meetings: &[&'s Meeting]) -> Vec<&'s Meeting> {
        let Some(stated) = session.title.as_deref().map(SessionTitle::of) else { return meetings.to_vec() };
        let among = |test: &dyn Fn(&SessionTitle) -> bool| -> Vec<&'s Meeting> {
            meetings.iter().copied().filter(|one| self.titles.get(&one.id).is_some_and(test)).collect()
        };
        let exact = among(&|title| title.words == stated.words);
        if exact.is_empty() { among(&|title| stated.matches(title, session.held.is_some())) } else { exact }
    }

    /// Finds the agreements that a cell may mean; of the session if there is one.
    pub(super) fn find_agreements(
        &self,
        cell: &AgreementCell,
        commissions: &[CommissionId],
        meeting: Option<MeetingId>,
    ) -> Vec<&Agreement> {
        let own = |one: &&Agreement| {
            let of_commission = one.fields.commission_ids.iter().any(|id| commissions.contains(id));
            let of_session = meeting.is_none() || one.fields.meeting_id == meeting;
            of_commission && of_session && self.agreement_names.get(&one.id).is_some_and(|name| cell.matches(name))
        };
        self.agreements.values().filter(own).collect()
    }
}

/// A session as a row states it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct ParsedSession {
    pub title: Option<String>,
    pub held: Option<PartialDate>,
}

impl ParsedSession {
    pub(super) fn is_stated(&self) -> bool {
        self.title.is_some() || self.held.is_some()
    }

    fn is_on_day_of(&self, meeting: &Meeting) -> bool {
        self.held.as_ref().is_none_or(|held| meeting.held_from <= held.to() && held.from() <= meeting.held_to)
    }

    /// Returns the title of a new session.
    pub(super) fn name(&self, lang: Lang) -> String {
        let day = |held: &PartialDate| match lang {
            Lang::Es if held.from() == held.to() => held.from().format("%d/%m/%Y").to_string(),
            Lang::Es => held.to_string(),
            Lang::En => i18n::date(lang, held),
        };
        let dated = || text(lang, "import-session-title", &[("day", self.held.as_ref().map(day).unwrap_or_default())]);
        self.title.clone().unwrap_or_else(dated)
    }

    /// Returns the kind that the title states; otherwise ordinary.
    pub(super) fn kind(&self) -> MeetingKind {
        SessionTitle::of(self.title.as_deref().unwrap_or_default()).kind.unwrap_or(MeetingKind::Ordinary)
    }

    pub(super) fn ordinal(&self) -> Option<i32> {
        SessionTitle::of(self.title.as_deref()?).number
    }
}

/// The facts in the title of a session.
struct SessionTitle {
    /// Folded, between spaces.
    words: String,
    kind: Option<MeetingKind>,
    number: Option<i32>,
    year: Option<i32>,
}

impl SessionTitle {
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

    /// Adds the facts of the record that the title leaves out.
    fn of_meeting(meeting: &Meeting) -> Self {
        let title = Self::of(&meeting.fields.title);
        Self {
            kind: Some(meeting.fields.kind),
            number: meeting.fields.ordinal.or(title.number),
            year: title.year.or(Some(meeting.held_from.year())),
            ..title
        }
    }

    /// Checks whether this title, as a row states it, is that of a session on record: some of its words, or its number.
    /// Number, kind and year must agree if both state them. A number alone, without the day, means an ordinary session.
    fn matches(&self, own: &Self, dated: bool) -> bool {
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

/// The words beside which a number is the session's; elsewhere it is a day or an hour.
const NUMBERED: [&str; 9] = ["sesion", "acta", "reunion", "ordinaria", "extraordinaria", "n", "no", "nro", "numero"];

/// Returns the number in a session's title ("III sesión", "Sesión N° 3", "tercera sesión"), not the day of a date.
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

/// The number, title and text of an agreement on record, folded.
pub(super) struct AgreementName {
    number: String,
    texts: Vec<String>,
}

impl AgreementName {
    pub(super) fn of(agreement: &Agreement) -> Self {
        let fields = &agreement.fields;
        let texts = [Some(fields.title.as_str()), fields.text.as_deref()];
        Self {
            number: fields.number.as_deref().map(fold).unwrap_or_default(),
            texts: texts.into_iter().flatten().map(fold).collect(),
        }
    }
}

/// A cell that names an agreement.
pub(super) struct AgreementCell {
    folded: String,
    /// The number, if the cell states nothing else: "6", "Acuerdo N° 6".
    pub number: Option<String>,
}

impl AgreementCell {
    pub(super) fn of(cell: &str) -> Self {
        let folded = fold(cell);
        let words = folded.split(' ').filter(|word| !["acuerdo", "n", "no", "nro", "numero"].contains(word));
        let number = match words.collect::<Vec<_>>().as_slice() {
            [one] if one.len() <= 6 && one.bytes().any(|byte| byte.is_ascii_digit()) => Some((*one).to_owned()),
            _ => None,
        };
        Self { folded, number }
    }

    /// Checks whether the cell names this agreement by number, title, text, or several of them ("Acuerdo N° 6: Elaborar").
    pub(super) fn matches(&self, name: &AgreementName) -> bool {
        if let Some(stated) = self.number.as_ref().filter(|_| !name.number.is_empty()) {
            return *stated == name.number;
        }
        name.texts.iter().any(|text| {
            let Some(before) = self.folded.strip_suffix(text.as_str()) else { return false };
            let words: Vec<&str> = before.split_whitespace().collect();
            let number = match words.as_slice() {
                ["acuerdo", "n", rest @ ..] | ["acuerdo", rest @ ..] => rest,
                all => all,
            };
            (before.is_empty() || before.ends_with(' ')) && (words.is_empty() || number.join(" ") == name.number)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_tells_of_a_session_by_number_kind_and_year() {
        let matches = |stated, own| SessionTitle::of(stated).matches(&SessionTitle::of(own), false);
        assert!(matches("Tercera sesión", "III sesión ordinaria"));
        assert!(matches("Sesión ordinaria N° 1", "I Sesión ordinaria 2023"));
        assert!(matches("I sesión ordinaria 2023", "I sesión ordinaria"));
        assert!(matches("Sesión extraordinaria 2", "II sesión extraordinaria"));
        assert!(!matches("I sesión ordinaria 2024", "I sesión ordinaria 2023"));
        assert!(!matches("I sesión extraordinaria", "I sesión ordinaria"));
        assert!(!matches("Primera sesión", "I sesión extraordinaria"));
        assert!(!matches("Sesión del 15 de marzo", "Sesión del 15 de agosto"));
        assert!(!matches("II sesión ordinaria", "Sesión ordinaria N° 1"));
    }

    #[test]
    fn sessions_have_numbers() {
        let ordinal = |title| SessionTitle::of(title).number;
        assert_eq!(ordinal("III sesión ordinaria de la CIGTPE"), Some(3));
        assert_eq!(ordinal("Sesión N° 12"), Some(12));
        assert_eq!(ordinal("Sesión ordinaria N.º 4 del 15 de marzo de 2023"), Some(4));
        assert_eq!(ordinal("Tercera sesión"), Some(3));
        assert_eq!(ordinal("Acta 12-2023"), Some(12));
        assert_eq!(ordinal("Sesión extraordinaria II"), Some(2));
        for unnumbered in ["Sesión de instalación", "Sesión del 15 de marzo", "Sesión 15 de marzo", "Sesión 22/08/2023"]
        {
            assert_eq!(ordinal(unnumbered), None, "{unnumbered}");
        }
        assert_eq!(ordinal("Acuerdo 3 de la mesa"), None);
    }

    #[test]
    fn an_agreement_has_a_number() {
        assert_eq!(AgreementCell::of("Acuerdo N.º 6").number, Some("6".to_owned()));
        assert_eq!(AgreementCell::of("6").number, Some("6".to_owned()));
        assert_eq!(AgreementCell::of("Aprobar el plan 2023").number, None);
    }

    #[test]
    fn a_cell_tells_of_an_agreement_by_number_or_words() {
        let name =
            |number: &str| AgreementName { number: number.to_owned(), texts: vec!["elaborar el protocolo".to_owned()] };
        for cell in [
            "6",
            "Acuerdo N° 6",
            "Elaborar el protocolo",
            "6. Elaborar el protocolo",
            "Acuerdo N.º 6: elaborar el protocolo",
        ] {
            assert!(AgreementCell::of(cell).matches(&name("6")), "{cell}");
        }
        for cell in
            ["7", "7. Elaborar el protocolo", "Reelaborar el protocolo", "Elaborar", "Acuerdo elaborar el protocolo"]
        {
            assert!(!AgreementCell::of(cell).matches(&name("6")), "{cell}");
        }
        assert!(AgreementCell::of("Acuerdo: elaborar el protocolo").matches(&name("")));
    }
}
