//! Tables that become cards on narrow screens, filters in force, and the link to the next page of a list.

use maud::{Markup, html};

use super::fields::{Choice, Field};
use super::form::FormView;
use super::layout::Frame;
use crate::http::PageParameters;

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub title: String,
    /// The address that sorts by this column, and the present order of the column (`ascending`, `descending`).
    pub sort: Option<(String, Option<&'static str>)>,
    pub is_number: bool,
}

impl Column {
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), sort: None, is_number: false }
    }

    /// Makes the heading a link that sorts.
    pub(crate) fn sorted(self, path: String, present: Option<&'static str>) -> Self {
        Self { sort: Some((path, present)), ..self }
    }

    /// Aligns the column to the right.
    pub(crate) fn number(self) -> Self {
        Self { is_number: true, ..self }
    }
}

/// Draws a table. The first cell of a row is its heading. On a narrow screen a row becomes a card, in which each cell
/// shows the title of its column; the roles of a table are kept.
pub(crate) fn table(caption: &str, columns: &[Column], rows: &[Vec<Markup>]) -> Markup {
    table_with_total(caption, columns, rows, None)
}

/// Draws a table whose last row has the sums of its numbers.
pub(crate) fn table_with_total(
    caption: &str,
    columns: &[Column],
    rows: &[Vec<Markup>],
    sums: Option<&[Markup]>,
) -> Markup {
    html! {
        div class="table" {
            table role="table" {
                caption class="unseen" { (caption) }
                thead role="rowgroup" {
                    tr role="row" { @for column in columns { (heading(column)) } }
                }
                tbody role="rowgroup" { @for row in rows { (row_of(columns, row)) } }
                @if let Some(sums) = sums { tfoot role="rowgroup" { (row_of(columns, sums)) } }
            }
        }
    }
}

fn heading(column: &Column) -> Markup {
    let order = column.sort.as_ref().and_then(|(_, present)| *present);
    html! {
        th scope="col" role="columnheader" aria-sort=[order] class=[column.is_number.then_some("number")] {
            @if let Some((path, present)) = &column.sort {
                a href=(path) {
                    (column.title)
                    @match present { Some("ascending") => { span aria-hidden="true" { " ▲" } }, Some(_) => { span aria-hidden="true" { " ▼" } }, None => {} }
                }
            } @else { (column.title) }
        }
    }
}

fn row_of(columns: &[Column], cells: &[Markup]) -> Markup {
    html! {
        tr role="row" {
            @for (n, (column, cell)) in columns.iter().zip(cells).enumerate() {
                @let class = column.is_number.then_some("number");
                @if n == 0 {
                    th scope="row" role="rowheader" class=[class] { (cell) }
                } @else {
                    td role="cell" class=[class.or(blank_class(cell))] data-title=(column.title) { (cell) }
                }
            }
        }
    }
}

/// Returns the class of a cell without a value, which is hidden in a card.
fn blank_class(cell: &Markup) -> Option<&'static str> {
    (cell.0 == "—").then_some("blank")
}

/// Draws the form of the filters of a list. On a narrow screen it is folded away while no filter is in force.
pub(crate) fn filters(frame: &Frame, is_filtered: bool, form: Markup) -> Markup {
    html! {
        details class="fold" open[is_filtered] {
            summary { (frame.t("web-filters")) }
            (form)
        }
    }
}

/// Draws the filter by country of a list; nothing for a reader of one country.
pub(crate) fn country_field(frame: &Frame, form: &FormView, countries: &[(String, String)]) -> Markup {
    let offered: Vec<Choice> = countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    html! {
        @if offered.len() > 1 {
            (Field::new(frame, form, "country_code", frame.t("web-filter-country"))
                .select(Some(&frame.t("web-filter-all-countries")), &offered))
        }
    }
}

/// Draws the filters in force. Each is a link that removes it.
pub(crate) fn chips(frame: &Frame, filters: &[(String, String)], clear: &str) -> Markup {
    html! {
        @if !filters.is_empty() {
            ul class="chips" {
                @for (text, without) in filters {
                    li {
                        a href=(without) {
                            span class="unseen" { (frame.t("web-remove-filter")) " " }
                            (text) span aria-hidden="true" { " ✕" }
                        }
                    }
                }
                li { a class="plain" href=(clear) { (frame.t("web-clear-filters")) } }
            }
        }
    }
}

/// Draws the filters in force of a list by the names of its parameters. `text` returns the words of a value.
pub(crate) fn filters_in_force(
    frame: &Frame,
    parameters: &PageParameters,
    names: &[&str],
    text: impl Fn(&str, &str) -> String,
) -> Markup {
    let without = |name: &str| format!("{}?{}", frame.path, parameters.changed(&[name, "cursor"], &[]));
    let sent = names.iter().filter_map(|name| Some((*name, parameters.get(name)?)));
    let filters: Vec<_> = sent.map(|(name, value)| (text(name, value), without(name))).collect();
    chips(frame, &filters, &frame.path)
}

/// Draws the number of records above a list.
pub(crate) fn total(frame: &Frame, key: &str, n: Option<i64>) -> Markup {
    html! {
        div class="list-head" { p class="total" data-announce="true" { (frame.t_n(key, n.unwrap_or_default())) } }
    }
}

/// Draws the link to the next page of a list; nothing on the last page.
pub(crate) fn pager(frame: &Frame, next_cursor: Option<&str>) -> Markup {
    pager_of(frame, &PageParameters::parse(&frame.query), next_cursor)
}

/// Draws the link to the next page of a list with parameters of its own.
pub(crate) fn pager_of(frame: &Frame, parameters: &PageParameters, next_cursor: Option<&str>) -> Markup {
    let next = next_cursor.map(|cursor| format!("{}?{}", frame.path, parameters.changed(&[], &[("cursor", cursor)])));
    html! {
        @if let Some(next) = next {
            nav class="pager" aria-label=(frame.t("web-pages")) { a href=(next) rel="next" { (frame.t("web-next-page")) } }
        }
    }
}
