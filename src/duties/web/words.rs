//! The words of states and periods, the same on all pages.

use maud::{Markup, html};

use crate::dates::PartialDate;
use crate::duties::document::counts_in_words;
use crate::duties::model::{Duty, DutyCell, DutyCounts, DutyState, DutyVerification, FieldKind, FieldValue};
use crate::i18n::Words;
use crate::ui::{Frame, Tone, date_in_words, short_period, tag};

/// Draws a state: a word on a coloured ground, with the remarks "late", "to review" and "returned".
pub(super) fn state(frame: &Frame, cell: &DutyCell) -> Markup {
    let tone = match (cell.state, cell.verification) {
        (_, Some(DutyVerification::Returned)) => Tone::Soon,
        (_, Some(DutyVerification::Pending)) => Tone::Review,
        (DutyState::Missing, _) => Tone::Overdue,
        (DutyState::Expected, _) => Tone::Open,
        (DutyState::Waived, _) => Tone::Neutral,
        (DutyState::Reported | DutyState::Zero | DutyState::Nothing, _) => Tone::Done,
    };
    html! {
        (tag(tone, &frame.word("duties-state", cell.state.as_str())))
        @let remarks = remarks(frame, cell);
        @if !remarks.is_empty() { " " span class="small" { (remarks.join(", ")) } }
    }
}

/// Returns the remarks about a report: it came late, it awaits review, it was returned.
fn remarks(frame: &Frame, cell: &DutyCell) -> Vec<String> {
    let late = cell.late.then(|| frame.t("duties-late"));
    let review = match cell.verification {
        Some(DutyVerification::Pending) => Some(frame.t("duties-to-review")),
        Some(DutyVerification::Returned) => Some(frame.t("duties-returned")),
        Some(DutyVerification::Accepted) | None => None,
    };
    late.into_iter().chain(review).collect()
}

/// Draws the remarks about a report beside its value: it came late, it awaits review, it was returned.
pub(super) fn remarks_beside(frame: &Frame, cell: &DutyCell) -> Markup {
    let remarks = remarks(frame, cell);
    html! { @if !remarks.is_empty() { br; span class="small" { (remarks.join(", ")) } } }
}

/// Returns the number of a report among those on its period: the first one, or the number of the correction.
pub(super) fn revision(frame: &Frame, revision: i32) -> String {
    match revision {
        ..=1 => frame.t("duties-first-revision"),
        _ => frame.t_n("duties-correction", i64::from(revision - 1)),
    }
}

/// Returns a period in words: "primer trimestre de 2023".
pub(super) fn period(frame: &Frame, duty: &Duty, period: &PartialDate) -> String {
    date_in_words(frame, &duty.country_code, period)
}

/// Returns the beginning and the end of a duty.
pub(super) fn span(frame: &Frame, duty: &Duty) -> String {
    let fields = &duty.fields;
    match &fields.to {
        Some(to) => short_period(frame, &duty.country_code, [Some(&fields.from), Some(to)]),
        None => frame.t_with("duties-since", &[("from", period(frame, duty, &fields.from).into())]),
    }
}

/// Returns counts in a sentence: "18 informaron, 3 informaron cero, 4 no informaron (2 fuera de plazo)".
pub(super) fn counts(frame: &Frame, counts: &DutyCounts) -> String {
    counts_in_words(frame.lang, counts)
}

/// Returns the value of a field with its unit, numbers as the country writes them; "sin dato" for one that is not known.
pub(super) fn value(
    frame: &Frame,
    duty: &Duty,
    (kind, unit): (FieldKind, Option<&str>),
    value: Option<&FieldValue>,
) -> String {
    let Some(value) = value else { return frame.t("duties-unknown") };
    let shown = match value {
        FieldValue::Text(text) => text.clone(),
        number => number_in_words(frame, duty, &number.to_string()),
    };
    match (kind, unit) {
        (FieldKind::Percent, _) => format!("{shown} %"),
        (_, Some(unit)) => format!("{shown} {unit}"),
        (_, None) => shown,
    }
}

/// Returns a number with the separators of the country.
pub(super) fn number_in_words(frame: &Frame, duty: &Duty, number: &str) -> String {
    Words { lang: frame.lang, country: &duty.country_code }.decimal(number)
}
