//! By when something is due as a row tells it, set against the terms on record: the commitment's, and those that
//! institutions have of their own.

use chrono::NaiveDate;

use super::reading::Value;
use super::sessions::Which;
use super::stated::{Reader, Responsible, Stated};
use super::words::fold;
use super::words::headings::Column;
use super::words::terms::{self, Term, Unclear};
use crate::commitments::{Assignment, Commitment, CommitmentInput};
use crate::dates::PartialDate;

/// The term that a row states, and the words where they say more than a day.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedTerm {
    /// None for the record's own words, whatever they mean.
    pub term: Option<Term>,
    pub words: Option<String>,
    /// The column that tells it.
    pub column: Column,
}

impl StatedTerm {
    /// The day that it ends with, where that is stated.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self.term.as_ref()? {
            Term::Due(date) => Some(date.to()),
            Term::Counted(_) | Term::Open => None,
        }
    }

    pub fn shown(&self) -> String {
        let date = match &self.term {
            Some(Term::Due(date)) => Some(date.to_string()),
            Some(Term::Counted(rule)) => Some(format!("{} {}, {}", rule.count, rule.unit, rule.from)),
            Some(Term::Open) | None => None,
        };
        match (&self.words, date) {
            (Some(words), Some(date)) => format!("{words} ({date})"),
            (words, date) => words.clone().or(date).unwrap_or_default(),
        }
    }

    /// Whether it says no other term of a commitment than those on record: the commitment's, or that of a part that the
    /// row names.
    pub fn is_on_record(&self, known: &Commitment, named: &[Responsible]) -> bool {
        let Some(term) = &self.term else { return true };
        // The words are the commitment's alone; an own term is another day, not another way to write one.
        let same_words = !tells_of_all(known, named) || self.has_words_of(known);
        (dated(known, term) && same_words) || own_terms(known, named).any(|part| ends_with(part, term))
    }

    /// Whether its words are the commitment's, or it has none.
    fn has_words_of(&self, known: &Commitment) -> bool {
        match (&self.words, &known.fields.due_text) {
            (None, _) => true,
            (Some(words), Some(own)) => fold(words) == fold(own),
            // Words that say no more than the date on record, or that there is none.
            (Some(words), None) => self.term != Some(Term::Open) || fold(words) == "sin plazo",
        }
    }

    /// Changes the term of a commitment to this one; where its days are those on record, the words alone.
    pub fn set_on(&self, input: &mut CommitmentInput, known: Option<&Commitment>) {
        let Some(term) = &self.term else { return };
        if !known.is_some_and(|known| dated(known, term)) {
            (input.due, input.due_rule) = match term {
                Term::Due(date) => (Some(date.clone()), None),
                Term::Counted(rule) => (None, Some(*rule)),
                Term::Open => (None, None),
            };
        }
        input.due_text.clone_from(&self.words);
    }
}

/// The term on record, as a row would tell it.
pub fn shown_term(known: &Commitment) -> Option<String> {
    let fields = &known.fields;
    let date = fields.due.as_ref().map(ToString::to_string).or_else(|| known.due_to.map(|day| day.to_string()));
    match (&fields.due_text, date) {
        (Some(words), Some(date)) => Some(format!("{words} ({date})")),
        (words, date) => words.clone().or(date),
    }
}

/// The parts with a term of their own that a row tells of: those that it names, or any where it names none.
pub fn own_terms<'c>(known: &'c Commitment, named: &[Responsible]) -> impl Iterator<Item = &'c Assignment> {
    let names = |part: &Assignment| named.iter().any(|(id, _)| *id == part.fields.institution_id);
    known.assignments.iter().filter(move |part| part.fields.due.is_some() && (named.is_empty() || names(part)))
}

/// Whether a row tells of the commitment's own term: unless all that it names have one of their own.
pub fn tells_of_all(known: &Commitment, named: &[Responsible]) -> bool {
    named.is_empty() || own_terms(known, named).count() < named.len()
}

/// Whether the days of a term are those on record.
fn dated(known: &Commitment, term: &Term) -> bool {
    match term {
        Term::Due(date) => known.fields.due.as_ref() == Some(date) || is_day(date, known.due_to),
        Term::Counted(rule) => known.fields.due_rule.as_ref() == Some(rule),
        Term::Open => known.due_to.is_none(),
    }
}

/// Whether a part has this term.
fn ends_with(part: &Assignment, term: &Term) -> bool {
    matches!(term, Term::Due(date) if part.fields.due.as_ref() == Some(date) || is_day(date, part.due_to))
}

fn is_day(date: &PartialDate, day: Option<NaiveDate>) -> bool {
    date.from() == date.to() && day == Some(date.to())
}

impl Reader<'_> {
    /// The last day counts where it is stated; the words of the term go beside it.
    pub fn term(&mut self, stated: &Stated) -> Option<StatedTerm> {
        let due = self.date(Column::DueDate);
        match self.matrix.value(self.row, Column::Term) {
            Some(Value::Text(_)) => {
                let words = self.text(Column::Term, 500)?;
                self.worded(stated, words, due)
            }
            Some(_) => {
                let date = self.date(Column::Term)?;
                self.agreeing(Term::Due(date), None, due)
            }
            None => due.map(|date| told(Term::Due(date), None, Column::DueDate)),
        }
    }

    fn worded(&mut self, stated: &Stated, words: String, due: Option<PartialDate>) -> Option<StatedTerm> {
        if self.known.is_some_and(|known| is_recorded(known, &stated.responsible, &words, due.as_ref())) {
            return Some(StatedTerm { term: None, words: Some(words), column: Column::Term });
        }
        match (terms::read(&words, self.session_day(stated)), due) {
            (Ok(term), due) => {
                let plain = matches!(&term, Term::Due(date) if date.from() == date.to());
                self.agreeing(term, (!plain).then_some(words), due)
            }
            // The last day tells what the words leave open.
            (Err(_), Some(date)) => Some(told(Term::Due(date), Some(words), Column::DueDate)),
            (Err(unclear), None) => {
                let reason = match unclear {
                    Unclear::Unknown => "unknown",
                    Unclear::WhichDays => "which_days",
                    Unclear::NoSession => "no_session",
                    Unclear::NoYear => "no_year",
                };
                self.fault(Column::Term, "unclear_term", vec![("reason", reason.to_owned())]);
                None
            }
        }
    }

    /// A term and a last day that stand side by side must not contradict each other.
    fn agreeing(&mut self, term: Term, words: Option<String>, due: Option<PartialDate>) -> Option<StatedTerm> {
        match (&term, due) {
            (Term::Due(date), Some(due)) if due.to() < date.from() || due.to() > date.to() => {
                self.fault(Column::DueDate, "terms_disagree", Vec::new());
                None
            }
            (Term::Due(date), Some(due)) if due.to() == date.to() => Some(told(term, words, Column::Term)),
            (_, None) => Some(told(term, words, Column::Term)),
            (_, Some(due)) => Some(told(Term::Due(due), words, Column::DueDate)),
        }
    }

    /// The day from which terms are counted: the stated session's, else that of the session on record.
    fn session_day(&self, stated: &Stated) -> Option<NaiveDate> {
        let present = self.known.and_then(|known| self.scene.session_of(known));
        let on_record = || match (&stated.session, present) {
            (session, _) if session.is_stated() => match session.which(self.scene, &stated.commissions, present) {
                Which::Known(meeting) => Some((meeting.held_from, meeting.held_to)),
                _ => None,
            },
            (_, present) => present.map(|meeting| (meeting.held_from, meeting.held_to)),
        };
        let own = stated.session.held.as_ref().map(|held| (held.from(), held.to()));
        own.or_else(on_record).filter(|(from, to)| from == to).map(|(day, _)| day)
    }
}

fn told(term: Term, words: Option<String>, column: Column) -> StatedTerm {
    StatedTerm { term: Some(term), words, column }
}

/// Whether these are the words of the record, with a last day of it or none: the day may have become another since they
/// were written, and they need not be understood.
fn is_recorded(known: &Commitment, named: &[Responsible], words: &str, due: Option<&PartialDate>) -> bool {
    let own = || own_terms(known, named);
    let same_day =
        due.is_none_or(|due| own().map(|part| part.due_to).chain([known.due_to]).any(|day| day == Some(due.to())));
    let date = terms::read_date(words).ok();
    let own_date =
        || date.is_some() && own().map(|part| &part.fields.due).chain([&known.fields.due]).any(|own| *own == date);
    let own_words = known.fields.due_text.as_deref().map(fold) == Some(fold(words));
    same_day && (own_words || (due.is_some() && own_date()))
}
