//! Questions about cells with more than one meaning. Each is asked once, with its rows, and answered by the key of a choice.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::columns::{Column, usual_heading};
use super::states::status_in;
use crate::commitments::Status;
use crate::dates::{PartialDate, Precision};
use crate::error::Args;
use crate::i18n::{self, Lang, text};

/// The maximum number of rows that a question lists.
const MOST_ROWS: usize = 1_000;

/// A choice of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    Key(&'static str),
    Column(Column),
    Date(PartialDate),
    /// A date, and the first and last day of one that is a quarter or a half-year.
    Period(PartialDate),
    /// A text with dates.
    Dates(&'static str, Vec<(&'static str, PartialDate)>),
    Status(Status),
    Plain(String),
}

impl Label {
    fn in_language(&self, lang: Lang) -> String {
        match self {
            Self::Key(key) => text(lang, key, &[]),
            Self::Column(column) => usual_heading(*column, lang).to_owned(),
            Self::Date(date) => i18n::date(lang, date),
            Self::Period(date) if matches!(date.precision(), Precision::Quarter | Precision::HalfYear) => {
                let ends = [("from", date.from()), ("to", date.to())];
                let ends = ends.map(|(name, day)| (name, i18n::date(lang, &PartialDate::day(day))));
                let period = [("period", i18n::date(lang, date))];
                text(lang, "answer-period", &Vec::from_iter(period.into_iter().chain(ends)))
            }
            Self::Period(date) => i18n::date(lang, date),
            Self::Dates(key, dates) => {
                let dates: Args = dates.iter().map(|(name, date)| (*name, i18n::date(lang, date))).collect();
                text(lang, key, &dates)
            }
            Self::Status(status) => status_in(lang, *status),
            Self::Plain(words) => words.clone(),
        }
    }
}

/// A question without a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub id: String,
    pub sheet: String,
    pub column: Option<String>,
    pub rows: Vec<u32>,
    pub text_key: &'static str,
    pub args: Args,
    /// The key and the meaning of each choice.
    pub options: Vec<(String, Label)>,
    /// The answer of the person who imports. One that is not understood leaves the question open.
    pub given: Option<String>,
}

impl Question {
    fn add_row(&mut self, row: u32) {
        if self.rows.last() != Some(&row) && self.rows.len() < MOST_ROWS {
            self.rows.push(row);
        }
    }

    /// Returns the question in a language.
    pub(super) fn in_language(&self, lang: Lang) -> MatrixQuestion {
        let choice = |(key, label): &(String, Label)| Choice { key: key.clone(), label: label.in_language(lang) };
        MatrixQuestion {
            id: self.id.clone(),
            sheet: self.sheet.clone(),
            column: self.column.clone(),
            rows: self.rows.clone(),
            text: text(lang, self.text_key, &self.args),
            options: self.options.iter().map(choice).collect(),
            given: self.given.clone(),
        }
    }
}

/// Questions in their order, each once.
#[derive(Debug, Clone, Default)]
pub(super) struct Questions {
    pub list: Vec<Question>,
    places: HashMap<String, usize>,
}

impl Questions {
    /// Adds a question; one that was asked before gets more rows and choices.
    pub(super) fn add(&mut self, question: Question) {
        let at = self.places.get(&question.id).and_then(|at| self.list.get_mut(*at));
        let Some(same) = at else {
            self.places.insert(question.id.clone(), self.list.len());
            self.list.push(question);
            return;
        };
        if same.sheet == question.sheet {
            question.rows.into_iter().for_each(|row| same.add_row(row));
        }
        for option in question.options {
            if !same.options.contains(&option) {
                same.options.push(option);
            }
        }
    }
}

impl Questions {
    /// Adds a row to a question that has the same choices in all rows.
    pub(super) fn add_row(&mut self, question: &Question, row: u32) {
        match self.places.get(&question.id).and_then(|at| self.list.get_mut(*at)) {
            Some(same) => same.add_row(row),
            None => self.add(Question { rows: vec![row], ..question.clone() }),
        }
    }
}

/// A question about cells with more than one meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MatrixQuestion {
    /// The name of the question in `answers`.
    #[schema(examples("due_text/junio 30"))]
    pub id: String,
    /// The sheet.
    #[schema(examples("Matriz"))]
    pub sheet: String,
    /// The letters of the column.
    #[schema(examples("D"))]
    pub column: Option<String>,
    /// The numbers of the rows.
    #[schema(examples(json!([2, 7])))]
    pub rows: Vec<u32>,
    /// The question.
    #[schema(examples("«Junio 30» puede ser el 30 de junio o junio de 2030."))]
    pub text: String,
    /// The choices. Dates may be answered with any other date too, such as `2027-06-30` or `2027-Q2`.
    pub options: Vec<Choice>,
    /// The answer that was sent and is not understood; null without one.
    #[schema(examples("Gerencia Regional de Desarrollo"))]
    pub given: Option<String>,
}

/// A choice of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Choice {
    /// The answer that chooses it.
    #[schema(examples("2027-06-30"))]
    pub key: String,
    /// Its meaning.
    #[schema(examples("30 de junio de 2027"))]
    pub label: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_asked_once_with_all_its_rows() {
        let question = |row| Question {
            id: "status/suspendido".to_owned(),
            sheet: "Matriz".to_owned(),
            column: Some("F".to_owned()),
            rows: vec![row],
            text_key: "question-state",
            args: vec![("words", "Suspendido".to_owned())],
            options: vec![("cancelled".to_owned(), Label::Status(Status::Cancelled))],
            given: None,
        };
        let mut all = Questions::default();
        [2, 3, 9].into_iter().for_each(|row| all.add(question(row)));
        let asked =
            |all: &Questions| -> Vec<_> { all.list.iter().map(|one| (one.rows.clone(), one.options.len())).collect() };
        assert_eq!(asked(&all), [(vec![2, 3, 9], 1)]);
        let mut same = Questions::default();
        [2, 3, 3, 9].into_iter().for_each(|row| same.add_row(&question(0), row));
        assert_eq!(asked(&same), [(vec![2, 3, 9], 1)]);
    }
}
