//! Exports the follow-up matrix, with a row for each commitment and group of institutions with the same progress. The
//! import reads it back if it is in Spanish.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;

use super::columns::{COLUMNS, Column, Headings};
use crate::access::{CommissionRef, Visibility, commission_refs};
use crate::agreements::{Agreement, agreements_by_id};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::commitments::{
    Assignment, AssignmentRole, Commitment, CommitmentFilter, CommitmentKey, CommitmentSort, Status, Update,
    Verification, list_commitments, updates_of,
};
use crate::dates::PartialDate;
use crate::db::{AgreementId, AssignmentId, CommissionId, Db, InstitutionId, MeetingId, unique};
use crate::directory::{Institution, institutions_by_id};
use crate::error::{Error, Result};
use crate::evidence::Evidence;
use crate::http::Paging;
use crate::i18n::{self, Lang, text};
use crate::meetings::{Meeting, meetings_by_id};
use crate::rendering::{Book, Cell, CsvTable, Heading, Rows, Separator, one_line};

/// The commitments to export, the reader and the language.
pub(crate) struct MatrixQuery {
    pub filter: CommitmentFilter,
    pub visibility: Visibility,
    pub lang: Lang,
    pub now: Instant,
}

/// The columns with an explanation in the workbook.
const EXPLAINED: [(Column, &str); 6] = [
    (Column::Number, "matrix-explained-number-text"),
    (Column::Term, "matrix-explained-term-text"),
    (Column::State, "matrix-explained-status-text"),
    (Column::Percent, "matrix-explained-percent-text"),
    (Column::Evidence, "matrix-explained-evidence-text"),
    (Column::Remarks, "matrix-explained-remarks-text"),
];

/// Writes the matrix as a workbook (rows, totals, explanations); returns it with its restricted records. Must run in one
/// read.
pub(crate) fn matrix_workbook(conn: &mut Db, matrix: &MatrixQuery) -> Result<(File, RestrictedRecords)> {
    let lang = matrix.lang;
    let say = |key: &str| text(lang, key, &[]);
    let mut book = Book::new(&say("matrix-title"), lang, matrix.now.utc().date_naive());
    book.sheet(&say("matrix-sheet"), &headings(lang))?;
    let (counts, restricted) = matrix.write(conn, &mut book)?;
    if let Some(place) = exported().position(|one| one.column == Column::State) {
        book.offer(u16::try_from(place).map_err(Error::internal)?, &state_words(lang))?;
    }
    let heading = |(key, width): (&str, u16)| Heading { text: say(key), width };
    book.sheet(
        &say("registry-sheet-totals"),
        &[("matrix-totals-status", 28), ("matrix-totals-commitments", 16), ("matrix-totals-rows", 12)].map(heading),
    )?;
    for (state, count) in counts {
        book.row(&[Cell::text(state.word(lang)), Cell::Count(count.commitments), Cell::Count(count.rows)])?;
    }
    let explanations = [("registry-explained-what", 30), ("registry-explained-how", 110)].map(heading);
    book.sheet(&say("registry-sheet-explanations"), &explanations)?;
    for (column, key) in EXPLAINED {
        let headings = COLUMNS.iter().filter(|one| one.column == column).map(|one| one.in_language(lang));
        book.row(&[Cell::text(headings.collect::<String>()), Cell::text(say(key))])?;
    }
    Ok((book.finish()?, restricted))
}

/// Writes the matrix as CSV; returns it with its restricted records. Must run in one read.
pub(crate) fn matrix_csv(
    conn: &mut Db,
    matrix: &MatrixQuery,
    separator: Separator,
) -> Result<(File, RestrictedRecords)> {
    let mut table = CsvTable::new(separator, &headings(matrix.lang))?;
    let (_, restricted) = matrix.write(conn, &mut table)?;
    Ok((table.finish()?, restricted))
}

/// Returns every word that the column of states may have.
pub(super) fn state_words(lang: Lang) -> Vec<String> {
    State::all().map(|state| state.word(lang)).collect()
}

/// Returns the columns of the export, in order.
pub(super) fn exported() -> impl Iterator<Item = &'static Headings> {
    COLUMNS.iter().filter(|one| one.width > 0)
}

/// The state of a row: that of the parts, with states of their own for parts that await review and for overdue ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Plain(Status),
    ToVerify,
    Overdue,
}

impl State {
    fn all() -> impl Iterator<Item = Self> {
        Status::ALL.iter().map(|status| Self::Plain(*status)).chain([Self::ToVerify, Self::Overdue])
    }

    fn of(commitment: &Commitment, part: Option<&&Assignment>) -> Self {
        let (status, verification, overdue) = match part {
            Some(part) => (part.progress.status, part.progress.verification, part.overdue),
            None => (commitment.derived_status(), Verification::None, commitment.overdue),
        };
        match verification {
            _ if overdue => Self::Overdue,
            Verification::Pending => Self::ToVerify,
            _ => Self::Plain(status),
        }
    }

    fn word(self, lang: Lang) -> String {
        match self {
            Self::Plain(status) => text(lang, &format!("status-{}", status.as_str().replace('_', "-")), &[]),
            Self::ToVerify => text(lang, "matrix-state-to-verify", &[]),
            Self::Overdue => text(lang, "matrix-state-overdue", &[]),
        }
    }
}

/// The commitments and the rows in one state. A commitment whose parts differ counts in several.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    commitments: i64,
    rows: i64,
}

pub(super) fn headings(lang: Lang) -> Vec<Heading> {
    exported().map(|one| Heading { text: one.in_language(lang).to_owned(), width: one.width }).collect()
}

impl MatrixQuery {
    /// Writes page after page; returns the figures of each state, and the restricted records.
    fn write(&self, conn: &mut Db, rows: &mut impl Rows) -> Result<(BTreeMap<State, Count>, RestrictedRecords)> {
        let (mut counts, mut restricted, mut cursor) =
            (BTreeMap::<State, Count>::new(), RestrictedRecords::default(), None);
        loop {
            let paging = Paging::<CommitmentKey>::read(Some(200), cursor.as_deref())?;
            let page =
                list_commitments(conn, &self.visibility, &self.filter, (CommitmentSort::Due, &paging), self.now)?;
            let named = NamedRecords::load(conn, self, &page.items)?;
            page.restricted(&mut restricted);
            named.meetings.values().for_each(|meeting| meeting.restricted(&mut restricted));
            named.agreements.values().for_each(|agreement| agreement.restricted(&mut restricted));
            for commitment in &page.items {
                let mut states = BTreeSet::new();
                for group in groups(commitment, &named) {
                    let state = State::of(commitment, group.first());
                    rows.row(&named.cells(commitment, &group, state))?;
                    let count = counts.entry(state).or_default();
                    count.rows += 1;
                    count.commitments += i64::from(states.insert(state));
                }
            }
            cursor = page.next_cursor;
            if cursor.is_none() {
                return Ok((counts, restricted));
            }
        }
    }
}

/// Groups the parts with the same progress, in order; returns one empty group if there are no parts.
fn groups<'c>(commitment: &'c Commitment, named: &NamedRecords) -> Vec<Vec<&'c Assignment>> {
    let mut groups: Vec<Vec<&Assignment>> = Vec::new();
    let same = |a: &Assignment, b: &Assignment| {
        let (p, q) = (&a.progress, &b.progress);
        (p.status, p.verification, p.percent, p.completed_on) == (q.status, q.verification, q.percent, q.completed_on)
            && a.due_to == b.due_to
            && named.remarks(a) == named.remarks(b)
            && named.evidence(a) == named.evidence(b)
    };
    for part in &commitment.assignments {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| same(first, part))) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    if groups.is_empty() { vec![Vec::new()] } else { groups }
}

/// The records that a page of commitments names, as far as the reader may see them.
struct NamedRecords {
    lang: Lang,
    commissions: HashMap<CommissionId, CommissionRef>,
    institutions: HashMap<InstitutionId, Institution>,
    meetings: HashMap<MeetingId, Meeting>,
    agreements: HashMap<AgreementId, Agreement>,
    updates: HashMap<AssignmentId, Vec<Update>>,
}

impl NamedRecords {
    fn load(conn: &mut Db, matrix: &MatrixQuery, page: &[Commitment]) -> Result<Self> {
        let visibility = &matrix.visibility;
        let fields = || page.iter().map(|one| &one.fields);
        let parts = || page.iter().flat_map(|one| &one.assignments);
        let mut commissions = commission_refs(conn, &unique(fields().flat_map(|one| one.commission_ids.clone())))?;
        commissions.retain(|id, one| visibility.knows_commission(*id, &one.country_code));
        Ok(Self {
            lang: matrix.lang,
            commissions,
            institutions: institutions_by_id(conn, &unique(parts().map(|part| part.fields.institution_id)))?,
            meetings: meetings_by_id(conn, visibility, &unique(fields().filter_map(|one| one.meeting_id)))?,
            agreements: agreements_by_id(conn, visibility, &unique(fields().filter_map(|one| one.agreement_id)))?,
            updates: updates_of(conn, &unique(parts().map(|part| part.id)))?,
        })
    }

    fn cells(&self, commitment: &Commitment, parts: &[&Assignment], state: State) -> Vec<Cell> {
        let fields = &commitment.fields;
        let agreement = fields.agreement_id.and_then(|id| self.agreements.get(&id));
        let session = fields.meeting_id.or_else(|| agreement?.fields.meeting_id).and_then(|id| self.meetings.get(&id));
        let first = parts.first();
        let due = first.map_or(commitment.due_to, |part| part.due_to);
        let commissions = fields.commission_ids.iter().filter_map(|id| self.commissions.get(id));
        vec![
            Cell::text(&commitment.code),
            Cell::joined(commissions.map(|commission| commission.label().to_owned())),
            session.map_or(Cell::Nothing, |session| Cell::text(one_line(&session.fields.title))),
            session.map_or(Cell::Nothing, |session| self.held(session)),
            agreement.map_or(Cell::Nothing, agreement_title),
            Cell::text(&fields.text),
            self.institutions_with(parts, AssignmentRole::Responsible),
            self.institutions_with(parts, AssignmentRole::CoResponsible),
            self.term(commitment, first),
            Cell::day(due),
            Cell::text(state.word(self.lang)),
            Cell::count(first.and_then(|part| part.progress.percent)),
            Cell::day(first.and_then(|part| part.progress.completed_on)),
            first.map_or(Cell::Nothing, |part| Cell::text(self.evidence(part).join("\n"))),
            first.and_then(|part| self.remarks(part)).map_or(Cell::Nothing, Cell::text),
        ]
    }

    /// Returns the day of a session, or its month in words.
    fn held(&self, session: &Meeting) -> Cell {
        match &session.fields.held {
            Some(held) if session.held_from != session.held_to => Cell::text(i18n::date(self.lang, held)),
            _ => Cell::Day(session.held_from),
        }
    }

    fn institutions_with(&self, parts: &[&Assignment], role: AssignmentRole) -> Cell {
        let own = parts.iter().filter(|part| part.fields.role == role);
        let names = own.filter_map(|part| self.institutions.get(&part.fields.institution_id));
        Cell::joined(names.map(|institution| one_line(&institution.fields.name)))
    }

    /// Returns the part's own term, else the words of the source, else the term in words.
    fn term(&self, commitment: &Commitment, part: Option<&&Assignment>) -> Cell {
        let in_words = |date: &PartialDate| Cell::text(i18n::date(self.lang, date));
        match (part.and_then(|part| part.fields.due.as_ref()), &commitment.fields.due_text, &commitment.fields.due) {
            (Some(own), _, _) => in_words(own),
            (None, Some(words), _) => Cell::text(words),
            (None, None, Some(due)) => in_words(due),
            (None, None, None) => Cell::Nothing,
        }
    }

    /// Returns the means of verification of a part, each once.
    fn evidence(&self, part: &Assignment) -> Vec<String> {
        let line = |one: &Evidence| match &one.url {
            Some(url) if !one.title.contains(url) => format!("{} ({url})", one_line(&one.title)),
            _ => one_line(&one.title),
        };
        let mut all: Vec<String> = Vec::new();
        for line in
            self.updates.get(&part.id).into_iter().flatten().flat_map(|update| &update.fields.evidence).map(line)
        {
            if !all.contains(&line) {
                all.push(line);
            }
        }
        all
    }

    /// Returns the narrative of the last report.
    fn remarks(&self, part: &Assignment) -> Option<&str> {
        self.updates.get(&part.id)?.last().map(|update| update.fields.narrative.as_str())
    }
}

/// `6. Elaborar un protocolo`
fn agreement_title(agreement: &Agreement) -> Cell {
    let (number, title) = (&agreement.fields.number, one_line(&agreement.fields.title));
    Cell::text(number.as_ref().map_or(title.clone(), |number| format!("{number}. {title}")))
}
