//! The matrix of a duty as a table: the state of each report, or the values of one field with their sums.

use maud::{Markup, html};

use super::shown::{PERIODS, Shown, ShownField};
use super::words;
use crate::dates::PartialDate;
use crate::duties::model::{CountSum, Duty, DutyCell, DutyReport, FieldKind, MatrixPeriod, MatrixRow};
use crate::ui::{Column, Frame, table};

/// Draws the matrix: the last periods of the window, with the counts or the sum of all institutions above them.
pub(super) fn matrix(frame: &Frame, shown: &Shown) -> Markup {
    let hidden = shown.matrix.periods.len().saturating_sub(PERIODS);
    let periods: Vec<&MatrixPeriod> = shown.matrix.periods.iter().skip(hidden).collect();
    let mut columns = vec![Column::new(frame.t("duties-institution"))];
    columns.extend(periods.iter().map(|one| Column::new(words::period(frame, &shown.duty, &one.period))));
    let mut rows = vec![totals(frame, shown, &periods)];
    rows.extend(shown.matrix.rows.iter().map(|row| institution(frame, shown, &periods, row)));
    let is_asked = |row: &MatrixRow, period: &MatrixPeriod| row.cells.iter().any(|one| one.period == period.period);
    let has_unasked = shown.matrix.rows.iter().any(|row| periods.iter().any(|period| !is_asked(row, period)));
    html! {
        @if shown.matrix.rows.is_empty() { p { (frame.t("duties-nobody-asked")) } } @else {
            @if hidden > 0 { p class="small" { (frame.t_n("duties-hidden-periods", hidden)) } }
            div class="figures-table" { (table(&frame.t("duties-matrix"), &columns, &rows)) }
            @if has_unasked { p class="small" { (frame.t("duties-unasked")) } }
        }
    }
}

fn totals(frame: &Frame, shown: &Shown, periods: &[&MatrixPeriod]) -> Vec<Markup> {
    let heading = html! { strong { (frame.t("duties-all-institutions")) } };
    let total = |one: &&MatrixPeriod| match &shown.field {
        None => html! { span class="small" { (words::counts(frame, &one.counts)) } },
        Some(field) => sum(frame, &shown.duty, field, &one.period),
    };
    std::iter::once(heading).chain(periods.iter().map(total)).collect()
}

/// Draws the sum of a period with the number of institutions that it is of; a percentage has none.
fn sum(frame: &Frame, duty: &Duty, shown: &ShownField, period: &PartialDate) -> Markup {
    html! {
        @match CountSum::of(&shown.field, shown.on(period)) {
            Some(total) => {
                strong { (words::number_in_words(frame, duty, &total.sum.to_string())) } br;
                span class="small" { (frame.t_n("duties-sum-of", total.institutions)) }
                @if total.unaccepted > 0 {
                    br; span class="small" { (frame.t_n("duties-sum-unaccepted", total.unaccepted)) }
                }
            },
            None if shown.field.kind == FieldKind::Count => { span class="small" { (frame.t("duties-unknown")) } },
            None => { span class="small" { (frame.t("duties-no-sum")) } },
        }
    }
}

fn institution(frame: &Frame, shown: &Shown, periods: &[&MatrixPeriod], row: &MatrixRow) -> Vec<Markup> {
    let name = shown.names.get(&row.institution_id).map(String::as_str).unwrap_or_default();
    let place = format!("/duties/{}/reports/{}", shown.duty.id, row.institution_id);
    let cell = |period: &&MatrixPeriod| {
        let Some(cell) = row.cells.iter().find(|one| one.period == period.period).map(DutyCell::from) else {
            return html! { "—" };
        };
        let report =
            shown.field.as_ref().and_then(|field| Some((field, field.of(row.institution_id, &period.period)?)));
        html! {
            a href={ (place) "/" (period.period) } {
                @match report {
                    Some((field, report)) => { (value(frame, &shown.duty, field, report)) (words::remarks_beside(frame, &cell)) },
                    None => (words::state(frame, &cell)),
                }
            }
        }
    };
    std::iter::once(html! { (name) }).chain(periods.iter().map(cell)).collect()
}

/// Draws the value of a report: the number, "sin novedades" or "sin dato".
fn value(frame: &Frame, duty: &Duty, shown: &ShownField, report: &DutyReport) -> Markup {
    let field = &shown.field;
    html! {
        @if report.fields.nothing_to_report { (frame.word("duties-state", "nothing")) }
        @else { (words::value(frame, duty, (field.kind, None), report.fields.values.get(&field.key))) }
    }
}
