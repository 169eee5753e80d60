//! Questions about the cells of a row, and the values that answers give them.

use std::hash::Hash;

use chrono::{Datelike, NaiveDate};

use super::choices::NONE;
use super::columns::Column;
use super::questions::{Label, Question};
use super::reading::letters;
use super::row::RowParser;
use super::states::{STATE_CHOICES, StateValue};
use super::terms::{TermError, TermValue, read_term};
use super::words::{NameError, NameIndex, NameMatch, PercentError, fold};
use crate::commitments::Status;
use crate::dates::PartialDate;

/// The answer for a term without a day, whose words are kept.
const OPEN: &str = "open";
/// The answer for the day of the session.
const SESSION: &str = "session";
/// The answers for a number of days without their kind.
const BUSINESS_DAYS: &str = "business_days";
const CALENDAR_DAYS: &str = "calendar_days";
/// The words with which an unknown state may be replaced.
const ALLOWED_STATES: &str = "Pendiente, En proceso, Cumplido, No cumplido, Vencido, Cancelado";
/// The maximum length of the words in the id of a question, in characters.
const LONGEST_ID: usize = 120;

/// Returns the id of the question about these words of a column.
fn id_of(column: Column, words: &str) -> String {
    let folded: String = fold(words).chars().take(LONGEST_ID).collect();
    format!("{column}/{folded}")
}

fn question(
    row: &RowParser<'_>,
    column: Column,
    words: &str,
    text_key: &'static str,
    options: Vec<(String, Label)>,
) -> Question {
    let cell = row.sheet.cell_ref(row.row.number, column);
    Question {
        id: id_of(column, words),
        sheet: cell.sheet.to_string(),
        column: Some(letters(cell.column)),
        rows: vec![row.row.number],
        text_key,
        args: vec![("words", words.chars().take(200).collect()), ("heading", cell.heading.to_string())],
        options,
    }
}

/// Returns the question about a date or term that is not understood, with the meanings that it may have.
fn date_question(
    row: &RowParser<'_>,
    column: Column,
    words: &str,
    why: TermError,
    session: Option<NaiveDate>,
) -> Question {
    let year = session.unwrap_or_else(|| row.snapshot.today_of(row.known, &[])).year();
    let of_year = |year: i32| {
        let key = format!("year:{year}");
        let label = match read_term(&format!("{words} de {year}"), session) {
            Ok(TermValue::Due(date)) => Label::Date(date),
            _ => Label::Plain(format!("{words} de {year}")),
        };
        (key, label)
    };
    let mut options: Vec<(String, Label)> = match why {
        TermError::NoYear => vec![of_year(year), of_year(year + 1)],
        TermError::DayOrYear => {
            let month = fold(words).split(' ').find_map(crate::dates::month);
            let short = fold(words).split(' ').find_map(|word| word.parse::<i32>().ok());
            let month_of_year =
                month.zip(short).and_then(|(month, short)| PartialDate::parse(&format!("{}-{month:02}", 2000 + short)));
            let month_of_year = month_of_year.map(|date| (date.to_string(), Label::Date(date)));
            [of_year(year), of_year(year + 1)].into_iter().chain(month_of_year).collect()
        }
        TermError::WhichDays => vec![
            (BUSINESS_DAYS.to_owned(), Label::Key("answer-business-days")),
            (CALENDAR_DAYS.to_owned(), Label::Key("answer-calendar-days")),
        ],
        TermError::Immediate => vec![(SESSION.to_owned(), Label::Key("answer-session-day"))],
        TermError::Unknown | TermError::NoSession => Vec::new(),
    };
    if matches!(column, Column::Term | Column::DueDate) {
        options.push((OPEN.to_owned(), Label::Key("answer-open")));
    } else {
        options.push((NONE.to_owned(), Label::Key("answer-leave-out")));
    }
    let text_key = match why {
        TermError::Immediate => "question-immediate",
        TermError::DayOrYear => "question-day-or-year",
        TermError::NoYear => "question-no-year",
        TermError::WhichDays => "question-which-days",
        TermError::NoSession | TermError::Unknown => "question-term",
    };
    question(row, column, words, text_key, options)
}

/// Returns the question about a percentage with several meanings.
fn percent_question(row: &RowParser<'_>, shown: &str, why: PercentError) -> Question {
    let part: Option<f64> = shown.replace(',', ".").parse().ok();
    let whole = |percent: i32| (percent.to_string(), Label::Plain(format!("{percent} %")));
    let mut options = match (why, part) {
        (PercentError::One, _) => vec![whole(1), whole(100)],
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100")]
        (PercentError::Fraction, Some(part)) => vec![whole((part * 100.0).round() as i32)],
        _ => Vec::new(),
    };
    options.push((NONE.to_owned(), Label::Key("answer-leave-out")));
    question(row, Column::Percent, shown, "question-percent", options)
}

impl RowParser<'_> {
    /// Asks about a date or term that is not understood.
    pub(super) fn ask_for_date(&mut self, column: Column, words: &str, why: TermError, session: Option<NaiveDate>) {
        let question = date_question(self, column, words, why, session);
        self.questions.push(question);
    }

    /// Returns the percentage that a person chose for this value, `Some(None)` to leave it out; else asks.
    pub(super) fn percent_by_answer(&mut self, shown: &str, why: PercentError) -> Option<Option<i32>> {
        let question = percent_question(self, shown, why);
        match self.choices.answer(&question.id) {
            Some(NONE) => return Some(None),
            Some(answer) => {
                if let Some(whole) = answer.parse().ok().filter(|whole| (0..=100).contains(whole)) {
                    return Some(Some(whole));
                }
            }
            None => {}
        }
        self.questions.push(question);
        None
    }

    /// Returns the term that a person chose for these words.
    pub(super) fn answered_term(&self, column: Column, words: &str, session: Option<NaiveDate>) -> Option<TermValue> {
        match self.choices.answer(&id_of(column, words))? {
            OPEN | NONE => Some(TermValue::Open),
            SESSION => session.map(|day| TermValue::Due(PartialDate::day(day))),
            BUSINESS_DAYS => read_term(&fold(words).replacen("dias", "dias habiles", 1), session).ok(),
            CALENDAR_DAYS => read_term(&fold(words).replacen("dias", "dias calendario", 1), session).ok(),
            answer => match answer.strip_prefix("year:") {
                Some(year) => read_term(&format!("{words} de {year}"), session).ok(),
                None => PartialDate::parse(answer).map(TermValue::Due),
            },
        }
    }

    /// Returns the state that a person chose for these words, noted beside it; else asks.
    pub(super) fn state_by_answer(&mut self, words: &str) -> Option<(Option<StateValue>, bool)> {
        match self.choices.answer(&id_of(Column::State, words)) {
            Some(NONE) => return Some((None, false)),
            Some(key) => {
                if let Ok(status) = key.parse::<Status>() {
                    return Some((Some(StateValue::of(status)), true));
                }
            }
            None => {}
        }
        self.fault(Column::State, "unknown_state", vec![("allowed", ALLOWED_STATES.to_owned())]);
        let statuses = STATE_CHOICES.map(|status| (status.as_str().to_owned(), Label::Status(status)));
        let options = statuses.into_iter().chain([(NONE.to_owned(), Label::Key("answer-no-state"))]).collect();
        let question = question(self, Column::State, words, "question-state", options);
        self.questions.push(question);
        None
    }

    /// Returns the records that the names mean; a fault and a question for each unknown name.
    pub(super) fn found<Id: Copy + Eq + Hash>(
        &mut self,
        column: Column,
        index: &NameIndex<Id>,
        names: Vec<NameMatch<Id>>,
    ) -> Vec<Id> {
        let mut ids = Vec::new();
        for NameMatch { text, found } in names {
            let (code, suggestions) = match found {
                Ok(id) => {
                    ids.push(id);
                    continue;
                }
                Err(NameError::NotFound(suggestions)) => ("unknown_name", suggestions),
                Err(NameError::Ambiguous(suggestions)) => ("ambiguous_name", suggestions),
            };
            match self.choices.answer(&id_of(column, &text)) {
                Some(NONE) => continue,
                Some(name) => {
                    if let Ok(id) = index.find(name) {
                        if !ids.contains(&id) {
                            ids.push(id);
                        }
                        continue;
                    }
                }
                None => {}
            }
            self.ask_for_name(column, code, &text, suggestions);
        }
        ids
    }

    fn ask_for_name(&mut self, column: Column, code: &'static str, name: &str, suggestions: Vec<String>) {
        let near = suggestions.iter().map(|near| (near.clone(), Label::Plain(near.clone())));
        let options = near.chain([(NONE.to_owned(), Label::Key("answer-leave-out"))]).collect();
        let question = question(self, column, name, "question-name", options);
        self.questions.push(question);
        let quoted: Vec<String> = suggestions.into_iter().map(|name| format!("«{name}»")).collect();
        let reason = if quoted.is_empty() { "none" } else { "some" };
        let args = vec![("name", name.to_owned()), ("suggestions", quoted.join(", ")), ("reason", reason.to_owned())];
        self.fault(column, code, args);
    }
}
