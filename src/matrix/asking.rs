//! Questions about the cells of a row, and the values that answers give them.

use std::hash::Hash;

use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};
use unicode_normalization::char::is_combining_mark;

use super::choices::NONE;
use super::columns::Column;
use super::questions::{Label, Question};
use super::row::RowParser;
use super::states::{STATE_CHOICES, StateValue};
use super::terms::{TermError, TermValue, ends_after, read_date, read_term, two_numbers, with_kind_of_days};
use super::words::{PercentError, fold};
use crate::commitments::Status;
use crate::dates::PartialDate;
use crate::db::unique;
use crate::spreadsheets::{LeftOut, LeftOutReason, NameError, NameIndex, NameMatch, letters};

/// The answer for a term without a day, whose words are kept.
const OPEN: &str = "open";
/// The answer for the day of the session.
const SESSION: &str = "session";
/// The end of the id of a question about a term that is counted from a session, in rows without a session.
const NO_SESSION: &str = "/no_session";
/// The answers for a number of days without their kind.
const BUSINESS_DAYS: &str = "business_days";
const CALENDAR_DAYS: &str = "calendar_days";
/// The maximum length of the words in the id of a question, in characters.
const LONGEST_ID: usize = 120;

/// Returns the id of the question about these words of a column. Words that differ in more than case, accents and
/// punctuation have ids of their own.
fn id_of(column: Column, words: &str) -> String {
    let is_punctuation = |c: char| {
        matches!(
            c,
            '.' | ','
                | ';'
                | ':'
                | '('
                | ')'
                | '/'
                | '-'
                | '–'
                | '—'
                | '\''
                | '"'
                | '°'
                | 'º'
                | 'ª'
                | '_'
                | '«'
                | '»'
                | '¿'
                | '?'
                | '¡'
                | '!'
        )
    };
    let folded = fold(words);
    let has_signs =
        words.chars().any(|c| !(c.is_alphanumeric() || c.is_whitespace() || is_punctuation(c) || is_combining_mark(c)));
    let shown = if folded.is_empty() || has_signs {
        words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        folded
    };
    let Some((end, _)) = shown.char_indices().nth(LONGEST_ID) else { return format!("{column}/{shown}") };
    let digest = crate::text::hex(Sha256::digest(&shown).iter().take(4));
    format!("{column}/{}… {digest}", shown.get(..end).unwrap_or_default())
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
        given: row.choices.answer(&id_of(column, words)).map(str::to_owned),
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
    let year = session.unwrap_or_else(|| row.today()).year();
    let of_year = |year: i32| {
        let key = format!("year:{year}");
        let label = match read_term(&format!("{words} de {year}"), session) {
            Ok(TermValue::Due(date)) => Label::Period(date),
            _ => Label::Plain(format!("{words} de {year}")),
        };
        (key, label)
    };
    let mut options: Vec<(String, Label)> = match why {
        TermError::NoYear => vec![of_year(year), of_year(year + 1)],
        TermError::DayOrYear => month_or_day(words, year, of_year),
        TermError::WhichEnd => {
            let from = session.unwrap_or_else(|| row.today());
            ends_after(words, from).into_iter().map(|date| (date.to_string(), Label::Date(date))).collect()
        }
        TermError::WhichDays | TermError::Immediate | TermError::NoSession if session.is_none() => {
            row.terms_from_today(words, why)
        }
        TermError::WhichDays => vec![
            (BUSINESS_DAYS.to_owned(), Label::Key("answer-business-days")),
            (CALENDAR_DAYS.to_owned(), Label::Key("answer-calendar-days")),
        ],
        TermError::Immediate => vec![(SESSION.to_owned(), Label::Key("answer-session-day"))],
        TermError::Unknown | TermError::NoSession => row.end_of_count(words, session).into_iter().collect(),
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
        TermError::WhichEnd => "question-term",
        TermError::WhichDays => "question-which-days",
        TermError::NoSession | TermError::Unknown => "question-term",
    };
    let id = term_id(column, words, why, session);
    let given = row.choices.answer(&id).map(str::to_owned);
    Question { id, given, ..question(row, column, words, text_key, options) }
}

/// Returns the id of the question about a term. A row without a session has other choices than one with a session.
fn term_id(column: Column, words: &str, why: TermError, session: Option<NaiveDate>) -> String {
    let is_counted = matches!(why, TermError::WhichDays | TermError::Immediate | TermError::NoSession);
    let no_session = if is_counted && session.is_none() { NO_SESSION } else { "" };
    format!("{}{no_session}", id_of(column, words))
}

/// Returns the choices for "junio 30" and "06/27": a day of two years, or a month.
fn month_or_day(words: &str, year: i32, of_year: impl Fn(i32) -> (String, Label)) -> Vec<(String, Label)> {
    let (month, short, is_day) = match two_numbers(words) {
        Some((month, short)) => (Some(month), i32::try_from(short).ok(), false),
        None => {
            let month = fold(words).split(' ').find_map(crate::dates::month);
            (month, fold(words).split(' ').find_map(|word| word.parse::<i32>().ok()), true)
        }
    };
    let month = month.zip(short).and_then(|(month, short)| PartialDate::parse(&format!("{}-{month:02}", 2000 + short)));
    let month = month.map(|date| (date.to_string(), Label::Date(date)));
    let days = [year, year + 1].into_iter().filter(|_| is_day).map(of_year);
    days.chain(month).collect()
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
    fn today(&self) -> NaiveDate {
        self.snapshot.today_of(self.known, &[])
    }

    /// Returns the last day of a count of days from the session, where a date is expected.
    fn end_of_count(&self, words: &str, session: Option<NaiveDate>) -> Option<(String, Label)> {
        let Ok(TermValue::Counted(rule)) = read_term(words, session) else { return None };
        let end = PartialDate::day(self.snapshot.end_of(&rule, self.snapshot.commission.as_slice())?);
        Some((end.to_string(), Label::Date(end)))
    }

    /// Returns the choices for a term that is counted from a session whose day is unknown: counted from today.
    fn terms_from_today(&self, words: &str, why: TermError) -> Vec<(String, Label)> {
        let today = self.today();
        let day = PartialDate::day(today);
        let counted = |words: &str, key: &'static str| match read_term(words, Some(today)) {
            Ok(TermValue::Counted(rule)) => {
                let end = PartialDate::day(self.snapshot.end_of(&rule, self.snapshot.commission.as_slice())?);
                Some((end.to_string(), Label::Dates(key, vec![("day", day.clone()), ("end", end)])))
            }
            _ => None,
        };
        let all = match why {
            TermError::Immediate => {
                vec![Some((day.to_string(), Label::Dates("answer-today", vec![("day", day.clone())])))]
            }
            TermError::WhichDays => vec![
                counted(&with_kind_of_days(words, "habiles"), "answer-business-days-from-today"),
                counted(&with_kind_of_days(words, "calendario"), "answer-calendar-days-from-today"),
            ],
            _ => vec![counted(words, "answer-counted-from-today")],
        };
        all.into_iter().flatten().collect()
    }

    /// Asks about a date or term that is not understood.
    pub(super) fn ask_for_date(&mut self, column: Column, words: &str, why: TermError, session: Option<NaiveDate>) {
        let question = date_question(self, column, words, why, session);
        self.questions.push(question);
    }

    /// Returns the percentage that a person chose for this value, `Some(None)` to leave it out; else asks.
    pub(super) fn percent_by_answer(&mut self, shown: &str, why: PercentError) -> Option<Option<i32>> {
        let question = percent_question(self, shown, why);
        let answered = match self.choices.answer(&question.id) {
            Some(NONE) => Some(None),
            Some(answer) => answer.parse().ok().filter(|whole| (0..=100).contains(whole)).map(Some),
            None => None,
        };
        self.record_question(Column::Percent, question, answered.is_some());
        answered
    }

    /// Adds a question to those that were answered, or to the open ones. The answer may leave the cell out.
    fn record_question(&mut self, column: Column, question: Question, is_answered: bool) {
        if !is_answered {
            self.questions.push(question);
            return;
        }
        if question.given.as_deref() == Some(NONE) {
            let words = question.args.iter().find(|(name, _)| *name == "words").map(|(_, words)| words.as_str());
            let cell = self.sheet.cell_ref(self.row.number, column);
            let (sheet, words) = (self.sheet.name.as_ref(), words.unwrap_or_default());
            self.left_out.push(LeftOut::cell(sheet, cell.row, cell.column, LeftOutReason::ByAnswer, words));
        }
        self.answered.push(question);
    }

    /// Returns the term that a person chose for these words.
    pub(super) fn answered_term(
        &mut self,
        column: Column,
        words: &str,
        why: TermError,
        session: Option<NaiveDate>,
    ) -> Option<TermValue> {
        let term = self.term_of_answer(&term_id(column, words, why, session), words, session)?;
        let question = date_question(self, column, words, why, session);
        self.record_question(column, question, true);
        Some(term)
    }

    fn term_of_answer(&self, id: &str, words: &str, session: Option<NaiveDate>) -> Option<TermValue> {
        match self.choices.answer(id)? {
            OPEN | NONE => Some(TermValue::Open),
            SESSION => session.map(|day| TermValue::Due(PartialDate::day(day))),
            BUSINESS_DAYS => read_term(&with_kind_of_days(words, "habiles"), session).ok(),
            CALENDAR_DAYS => read_term(&with_kind_of_days(words, "calendario"), session).ok(),
            answer => match answer.strip_prefix("year:") {
                Some(year) => read_term(&format!("{words} de {year}"), session).ok(),
                None => read_date(answer).ok().map(TermValue::Due),
            },
        }
    }

    /// Returns the state that a person chose for these words, noted beside it; else asks.
    pub(super) fn state_by_answer(&mut self, words: &str) -> Option<(Option<StateValue>, bool)> {
        let answered = match self.choices.answer(&id_of(Column::State, words)) {
            Some(NONE) => Some((None, false)),
            Some(key) => key.parse::<Status>().ok().map(|status| (Some(StateValue::of(status)), true)),
            None => None,
        };
        if answered.is_none() {
            self.fault(Column::State, "unknown_state", Vec::new());
        }
        let statuses = STATE_CHOICES.map(|status| (status.as_str().to_owned(), Label::Status(status)));
        let options = statuses.into_iter().chain([(NONE.to_owned(), Label::Key("answer-no-state"))]).collect();
        let question = question(self, Column::State, words, "question-state", options);
        self.record_question(Column::State, question, answered.is_some());
        answered
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
            let (code, mut suggestions) = match found {
                Ok(id) => {
                    ids.push(id);
                    continue;
                }
                Err(NameError::NotFound(suggestions)) => ("unknown_name", suggestions),
                Err(NameError::Ambiguous(suggestions)) => ("ambiguous_name", suggestions),
            };
            let answer = self.choices.answer(&id_of(column, &text));
            let chosen = match answer.filter(|name| *name != NONE).map(|name| index.find(name)) {
                None => None,
                Some(Ok(id)) => Some(id),
                // Names like an answer that is not known can be chosen too.
                Some(Err(NameError::NotFound(near) | NameError::Ambiguous(near))) => {
                    suggestions = unique(near.into_iter().chain(suggestions));
                    None
                }
            };
            let is_answered = answer == Some(NONE) || chosen.is_some();
            self.record_name_question(column, &text, &suggestions, is_answered);
            if !is_answered {
                self.name_fault(column, code, &text, suggestions);
            }
            ids.extend(chosen.filter(|id| !ids.contains(id)));
        }
        ids
    }

    fn record_name_question(&mut self, column: Column, name: &str, suggestions: &[String], is_answered: bool) {
        let near = suggestions.iter().map(|near| (near.clone(), Label::Plain(near.clone())));
        let options = near.chain([(NONE.to_owned(), Label::Key("answer-leave-out"))]).collect();
        let question = question(self, column, name, "question-name", options);
        self.record_question(column, question, is_answered);
    }

    fn name_fault(&mut self, column: Column, code: &'static str, name: &str, suggestions: Vec<String>) {
        let quoted: Vec<String> = suggestions.into_iter().map(|name| format!("«{name}»")).collect();
        let reason = if quoted.is_empty() { "none" } else { "some" };
        let args = vec![("name", name.to_owned()), ("suggestions", quoted.join(", ")), ("reason", reason.to_owned())];
        self.fault(column, code, args);
    }
}
