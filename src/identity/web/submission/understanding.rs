//! The understanding of a form: dates in words, rows that are filled, and the words of its faults.

use super::rows::{TypedRows, at_typed_row};
use crate::dates::{PartialDate, Precision, date_of_words, day_in_figures, has_short_year};
use crate::http::{DayFields, DayOf, Fields, ProblemFault, Shape, day_of};
use crate::i18n::{Lang, text};

/// A form after its fields were understood.
pub(super) struct Understood {
    /// The fields as they are shown again.
    pub typed: Fields,
    /// The fields with dates in the form of the API.
    pub ready: Fields,
    /// The dates in words, with the names that their fields have in `typed`.
    pub dates: Vec<(String, PartialDate)>,
    /// True when a date in words was not shown to the person yet.
    pub is_to_confirm: bool,
    /// The number that each row had in the form, by group, where the form is shown again with all its rows.
    pub rows: Vec<TypedRows>,
}

/// Reads the dates in words, and numbers the rows that are filled. A form with a refused file keeps the rows as they
/// were sent, because the fault names one of them.
pub(super) fn understand(sent: &Fields, shape: &Shape, days: DayFields, has_file_faults: bool) -> Understood {
    let mut ready = sent.clone();
    let filled = |(group, needed): &(&'static str, &[&str])| (*group, sent.filled_rows(group, needed));
    let rows: Vec<TypedRows> = shape.rows.iter().map(filled).collect();
    let is_list = !ready.normalize(shape).is_empty();
    let (typed, rows) = if is_list || has_file_faults { (sent.clone(), rows) } else { (ready.clone(), Vec::new()) };
    let (mut dates, mut is_to_confirm) = (Vec::new(), false);
    // The meanings have the same numbers of rows as the dates.
    let confirmed = confirmed_dates(&ready, days);
    for (name, value) in ready.0.iter_mut().filter(|(name, value)| shape.is_date(name) && !value.trim().is_empty()) {
        let day = day_of(days, name);
        if let Some(exact) = exact_date(value, day) {
            exact.as_str().clone_into(value);
        } else if let Some(date) = meaning(value, day) {
            is_to_confirm |= !confirmed.iter().any(|(own, shown)| own == name && *shown == date);
            date.as_str().clone_into(value);
            dates.push((at_typed_row(name, &rows), date));
        }
    }
    Understood { typed: typed.of_record(), ready: ready.of_record(), dates, is_to_confirm, rows }
}

/// Returns a date in the form of the API or a day in figures, as its field takes it: its meaning needs no question.
fn exact_date(value: &str, day: Option<DayOf>) -> Option<PartialDate> {
    let of_api = PartialDate::parse(value.trim()).filter(|date| day.is_none() || date.precision() == Precision::Day);
    of_api.or_else(|| day_in_figures(value).map(PartialDate::day))
}

/// Returns the date that words mean in a field; figures with a year of two digits have no meaning. In a field of a day, a
/// month or a year means its first or its last day.
fn meaning(words: &str, day: Option<DayOf>) -> Option<PartialDate> {
    let read = || date_of_words(words).ok().filter(|_| !has_short_year(words));
    let date = PartialDate::parse(words.trim()).or_else(read)?;
    match day {
        None => Some(date),
        Some(DayOf::First) => Some(PartialDate::day(date.from())),
        Some(DayOf::Last) => Some(PartialDate::day(date.to())),
        Some(DayOf::Only) => Some(date).filter(|date| date.precision() == Precision::Day),
    }
}

/// Returns the dates in words that have the meaning which was shown to the person.
pub(super) fn confirmed_dates(fields: &Fields, days: DayFields) -> Vec<(String, PartialDate)> {
    let confirmed = |(name, shown): (&str, &str)| {
        let day = day_of(days, name);
        let words = fields.get(name).filter(|words| exact_date(words, day).is_none())?;
        let date = meaning(words, day).filter(|date| date.as_str() == shown)?;
        Some((name.to_owned(), date))
    };
    fields.understood().filter_map(confirmed).collect()
}

/// Names the place of a fault as the form has it, and adds to the fault of a date the ways to write one.
pub(super) fn in_words_of_the_form(
    fault: &mut ProblemFault,
    typed: &Fields,
    (shape, days): (&Shape, DayFields),
    lang: Lang,
) {
    let name = fault.pointer.trim_start_matches('/');
    if let Some((list, _)) = name.rsplit_once('/').filter(|(list, _)| shape.lists.contains(list)) {
        fault.pointer = format!("/{list}");
        return;
    }
    // The API names its fields in these sentences; a form has labels.
    let key = match fault.code {
        "invalid_date" | "invalid_partial_date" if typed.get(name).is_some_and(has_short_year) => "web-date-short-year",
        "invalid_date" | "invalid_partial_date" if day_of(days, name) == Some(DayOf::Only) => "web-day-unread",
        "invalid_date" | "invalid_partial_date" if shape.is_date(name) => "web-date-unread",
        "one_of" => "web-one-of",
        "any_of" => "web-any-of",
        "not_together" => "web-not-together",
        _ => return,
    };
    fault.detail = text(lang, key, &[]);
}
