//! The understanding of a form: dates in words, rows that are filled, and the words of its faults.

use crate::dates::{PartialDate, date_of_words};
use crate::http::{Fields, ProblemFault, Shape};
use crate::i18n::{Lang, text};

/// A form after its fields were understood.
pub(super) struct Understood {
    /// The fields as they are shown again.
    pub typed: Fields,
    /// The fields with dates in the form of the API.
    pub ready: Fields,
    pub dates: Vec<(String, PartialDate)>,
    /// True when a date in words was not shown to the person yet.
    pub is_to_confirm: bool,
    /// The number that each row had in the form, by group, where the form is shown again with all its rows.
    pub rows: Vec<TypedRows>,
}

/// The rows of a group that are kept, each with its number in the form. The group of a body that is a list has no name.
pub(super) type TypedRows = (&'static str, Vec<usize>);

/// Reads the dates in words, and numbers the rows that are filled. A form with a refused file keeps the rows as they
/// were sent, because the fault names one of them.
pub(super) fn understand(sent: &Fields, shape: &Shape, has_file_faults: bool) -> Understood {
    let mut ready = sent.clone();
    let filled = |(group, needed): &(&'static str, &[&str])| (*group, sent.filled_rows(group, needed));
    let rows: Vec<TypedRows> = shape.rows.iter().map(filled).collect();
    let is_list = !ready.normalize(shape).is_empty();
    let (typed, rows) = if is_list || has_file_faults { (sent.clone(), rows) } else { (ready.clone(), Vec::new()) };
    let (mut dates, mut is_to_confirm) = (Vec::new(), false);
    for (name, value) in ready.0.iter_mut().filter(|(name, value)| shape.is_date(name) && !value.trim().is_empty()) {
        if let Some(exact) = PartialDate::parse(value.trim()) {
            exact.as_str().clone_into(value);
        } else if let Ok(date) = date_of_words(value) {
            let is_confirmed = sent.get(&format!("understood/{name}")) == Some(date.as_str());
            is_to_confirm |= !is_confirmed;
            date.as_str().clone_into(value);
            dates.push((name.clone(), date));
        }
    }
    Understood { typed: typed.of_record(), ready: ready.of_record(), dates, is_to_confirm, rows }
}

/// Names the place of a fault as the form has it, and adds to the fault of a date the ways to write one.
pub(super) fn in_words_of_the_form(fault: &mut ProblemFault, shape: &Shape, lang: Lang) {
    let name = fault.pointer.trim_start_matches('/');
    if let Some((list, _)) = name.rsplit_once('/').filter(|(list, _)| shape.lists.contains(list)) {
        fault.pointer = format!("/{list}");
        return;
    }
    // The API names its fields in these sentences; a form has labels.
    let key = match fault.code {
        "invalid_date" | "invalid_partial_date" if shape.is_date(name) => "web-date-unread",
        "one_of" => "web-one-of",
        "any_of" => "web-any-of",
        _ => return,
    };
    fault.detail = text(lang, key, &[]);
}
