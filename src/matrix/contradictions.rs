//! Rows of one commitment name each institution once, and agree on what is the commitment's own. An empty cell agrees.

use std::collections::HashMap;

use super::changes::same_text;
use super::due::tells_of_all;
use super::plan::{Line, Ref};
use super::scene::Scene;
use super::words::headings::Column;
use super::words::terms::Term;
use crate::commitments::Commitment;
use crate::db::{AgreementId, InstitutionId, MeetingId};
use crate::error::Fault;

/// What the rows before have stated of their commitment, and where.
#[derive(Default)]
struct Said {
    institutions: HashMap<InstitutionId, u32>,
    first: Option<u32>,
    text: Option<(u32, String)>,
    term: Option<(u32, SaidTerm)>,
    meeting: Option<(u32, Ref<MeetingId>)>,
    agreement: Option<(u32, Ref<AgreementId>)>,
}

/// A term as rows are compared by it: the one on record, in whatever words, or another.
#[derive(PartialEq)]
enum SaidTerm {
    OnRecord,
    Other(Option<Term>),
}

/// Refuses the rows among these that say something else than one before them; each fault names both.
pub fn refuse(scene: &Scene, all: &mut [Line<'_>], these: &[usize]) -> Vec<Fault> {
    let mut said = Said::default();
    let mut faults = Vec::new();
    for n in these {
        let Some(line) = all.get_mut(*n) else { continue };
        let known = line.known.and_then(|id| scene.commitments.get(&id));
        if let Some((column, code, other, name)) = said.against(scene, known, line) {
            let mut args = vec![("other", other.to_string())];
            args.extend(name.map(|name| ("name", name)));
            faults.push(line.refuse(column, code, args));
        }
    }
    faults
}

type Contradiction = (Column, &'static str, u32, Option<String>);

impl Said {
    /// What contradicts an earlier row in this one, which is remembered otherwise.
    fn against(&mut self, scene: &Scene, known: Option<&Commitment>, line: &Line<'_>) -> Option<Contradiction> {
        let (row, stated) = (line.row.number, &line.stated);
        let first = *self.first.get_or_insert(row);
        if let Some((id, other)) =
            stated.responsible.iter().find_map(|(id, _)| Some((*id, *self.institutions.get(id)?)))
        {
            return Some((Column::Responsible, "same_in_row", other, Some(scene.called([id]))));
        }
        if stated.responsible.is_empty() && first != row {
            return Some((Column::Commitment, "same_commitment", first, None));
        }
        self.institutions.extend(stated.responsible.iter().map(|(id, _)| (*id, row)));
        let differs = |column, other: Option<u32>| other.map(|other| (column, "other_in_row", other, None));
        let text = other(&mut self.text, row, stated.text.clone(), |one, two| same_text(one, two));
        let term = stated.term.as_ref().filter(|_| known.is_none_or(|known| tells_of_all(known, &stated.responsible)));
        let column = term.map_or(Column::Term, |term| term.column);
        let term = term.map(|term| match known {
            Some(known) if term.is_on_record(known, &stated.responsible) => SaidTerm::OnRecord,
            _ => SaidTerm::Other(term.term.clone()),
        });
        let term = other(&mut self.term, row, term, PartialEq::eq);
        let meeting = line.meeting.filter(|_| stated.session.is_stated());
        let meeting = other(&mut self.meeting, row, meeting, PartialEq::eq);
        let agreement = line.agreement.filter(|_| stated.agreement.is_some());
        let agreement = other(&mut self.agreement, row, agreement, PartialEq::eq);
        differs(Column::Commitment, text)
            .or_else(|| differs(column, term))
            .or_else(|| differs(stated.session.column(), meeting))
            .or_else(|| differs(Column::Agreement, agreement))
    }
}

/// The row before that has stated something else; what is the first to be stated is remembered.
fn other<T>(said: &mut Option<(u32, T)>, row: u32, now: Option<T>, same: impl Fn(&T, &T) -> bool) -> Option<u32> {
    let now = now?;
    match said {
        Some((other, before)) => (!same(before, &now)).then_some(*other),
        None => {
            *said = Some((row, now));
            None
        }
    }
}
