//! `/duties/{id}`: a duty with its matrix: who has reported on which period, and who has not.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};
use serde::Deserialize;

use super::list::asked;
use super::matrix::matrix;
use super::shown::{PERIODS, Shown, ShownField};
use super::words;
use crate::access::{CommissionRef, Visibility, known_commissions};
use crate::clock::Instant;
use crate::dates::{PartialDate, query_partial_date};
use crate::db::{Db, DutyId};
use crate::directory::institution_names;
use crate::duties::actions::{self, MatrixWindow};
use crate::duties::api::{DutyDocumentQuery, send_matrix};
use crate::duties::model::{Duty, DutyField, DutyMatrix};
use crate::duties::{policy, store};
use crate::error::{Error, Result};
use crate::http::{PageParameters, Query};
use crate::identity::{Actor, Visitor};
use crate::text::name_key;
use crate::ui::{Choice, Field, FormView, Frame, View, button_link, danger_link, description, facts, panel, prose};

/// The matrix of a duty as a document or a workbook
///
/// Permissions: those who may see the duty.
#[get("/duties/{id}/matrix/document")]
pub(super) async fn document(
    visitor: Visitor,
    id: Path<DutyId>,
    query: Query<DutyDocumentQuery>,
) -> Result<HttpResponse> {
    send_matrix(visitor.into_caller(), id.into_inner(), query.0).await
}

/// The number of institutions that one page shows.
const ROWS: usize = 100;

/// The periods and the institutions of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShowQuery {
    #[serde(default, deserialize_with = "query_partial_date")]
    from: Option<PartialDate>,
    #[serde(default, deserialize_with = "query_partial_date")]
    to: Option<PartialDate>,
    /// The key of the field whose values are shown in place of the states.
    show: Option<String>,
    /// The number of pages of institutions before this one.
    page: Option<usize>,
}

/// A duty with its matrix
///
/// Permissions: those who see its commissions; a restricted one: their secretariats, the coordinator, admins, and the
/// institutions that it asks.
#[get("/duties/{id}")]
pub(super) async fn show(visitor: Visitor, id: Path<DutyId>) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let query: ShowQuery = parameters.read()?;
    let (id, now) = (id.into_inner(), visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| load(conn, actor, (id, &query, parameters), now);
    visitor.page(read, |frame, shown| view(frame, &shown)).await
}

fn load(
    conn: &mut Db,
    actor: &Actor,
    (id, query, parameters): (DutyId, &ShowQuery, PageParameters),
    now: Instant,
) -> Result<Shown> {
    let visibility = Visibility::of(actor);
    let duty = store::find(conn, &visibility, id)?;
    let window = MatrixWindow { from: query.from.clone(), to: query.to.clone() };
    let mut matrix = actions::matrix(conn, &duty, &window, now)?;
    let ids: Vec<_> = matrix.rows.iter().map(|row| row.institution_id).collect();
    let names = institution_names(conn, ids)?;
    matrix.rows.sort_by_cached_key(|row| names.get(&row.institution_id).map(|name| name_key(name)));
    let field = query.show.as_ref().map(|key| shown_field(conn, &duty, &matrix, key)).transpose()?;
    let pages = matrix.rows.len().div_ceil(ROWS);
    let page = query.page.unwrap_or_default().min(pages.saturating_sub(1));
    matrix.rows = matrix.rows.into_iter().skip(page * ROWS).take(ROWS).collect();
    Ok(Shown {
        commissions: known_commissions(conn, &visibility, &duty.fields.commission_ids)?,
        is_writer: policy::may_write(actor, &duty),
        may_import: actions::may_import(conn, actor, &duty)?,
        today: duty.today(now),
        duty,
        matrix,
        names,
        field,
        page,
        pages,
        parameters,
    })
}

/// Loads the values of a field on the periods of the page. 400 for a key that no field with numbers has.
fn shown_field(conn: &mut Db, duty: &Duty, matrix: &DutyMatrix, key: &str) -> Result<ShownField> {
    let field = duty.field(key).filter(|field| ShownField::is_offered(field));
    let field = field.cloned().ok_or_else(|| Error::bad_value("show", key))?;
    let hidden = matrix.periods.len().saturating_sub(PERIODS);
    let first = matrix.periods.get(hidden).map(|one| one.period_from);
    let reports = match first {
        Some(first) => store::newest_reports(conn, duty, (first, matrix.span().1))?,
        None => Vec::new(),
    };
    Ok(ShownField { field, reports })
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let duty = &shown.duty;
    let body = html! {
        div class="stack" {
            (panel(&frame.t("duties-about"), None, about(frame, shown)))
            section {
                h2 { (frame.t("duties-matrix")) }
                (window(frame, shown))
                (matrix(frame, shown))
                (institution_pages(frame, shown))
                div class="form-actions" {
                    (downloads(frame, shown))
                    @if shown.may_import {
                        (button_link(&format!("/duties/{}/matrix/import", duty.id), &frame.t("duties-import"), false))
                    }
                }
            }
        }
    };
    let view = View::new(duty.fields.title.as_str(), body).above("/duties", frame.t("duties-page"));
    if !shown.is_writer {
        return view;
    }
    view.actions(html! {
        (button_link(&format!("/duties/{}/edit", duty.id), &frame.t("duties-edit"), true))
        (danger_link(&format!("/duties/{}/removal", duty.id), &frame.t("duties-remove")))
    })
}

fn about(frame: &Frame, shown: &Shown) -> Markup {
    let (duty, fields) = (&shown.duty, &shown.duty.fields);
    let labels: Vec<&str> = shown.commissions.iter().map(CommissionRef::label).collect();
    let mut rows = vec![
        description(frame.t("duties-column-every"), frame.word("duties-every", fields.every.as_str())),
        description(frame.t("duties-column-period"), words::span(frame, duty)),
        description(frame.t("duties-column-asked"), asked(frame, duty)),
        description(frame.t("duties-field-due-days"), frame.t_n("duties-days-after", i64::from(fields.due_days))),
        description(frame.t("duties-column-commissions"), labels.join(", ")),
    ];
    if !fields.fields.is_empty() {
        rows.push((
            frame.t("duties-fields"),
            html! { ul { @for one in &fields.fields { li { (field(frame, one)) } } } },
        ));
    }
    if let Some(note) = fields.note.as_ref().filter(|_| shown.is_writer) {
        rows.push((frame.t("plans-field-note"), prose(note)));
    }
    facts(&rows)
}

fn field(frame: &Frame, one: &DutyField) -> String {
    let kind = frame.word("duties-kind", one.kind.as_str());
    match &one.unit {
        Some(unit) => format!("{} ({kind}, {unit})", one.label),
        None => format!("{} ({kind})", one.label),
    }
}

/// Draws the choice of the periods.
fn window(frame: &Frame, shown: &Shown) -> Markup {
    let duty = &shown.duty;
    let mut form = FormView::default();
    let periods = &shown.matrix.periods;
    let ends = periods.first().map(|one| &one.period).zip(periods.last().map(|one| &one.period));
    if let Some((first, last)) = ends {
        form.fields.set("from", first);
        form.fields.set("to", last);
    }
    if let Some(shown) = &shown.field {
        form.fields.set("show", &shown.field.key);
    }
    let shown_last = periods.last().map_or(duty.from_to, |one| one.period_to);
    let all = duty.periods_until(shown.today.max(shown_last));
    let fields = duty.fields.fields.iter().filter(|field| ShownField::is_offered(field));
    let fields: Vec<Choice> = fields.map(|field| Choice::new(&field.key, field.label.as_str())).collect();
    let choices: Vec<Choice> = all.iter().map(|one| Choice::new(one, words::period(frame, duty, one))).collect();
    html! {
        form class="filters" method="get" action={ "/duties/" (duty.id) } {
            (Field::new(frame, &form, "from", frame.t("duties-window-from")).unmarked(true).select(None, &choices))
            (Field::new(frame, &form, "to", frame.t("duties-window-to")).unmarked(true).select(None, &choices))
            @if !fields.is_empty() {
                (Field::new(frame, &form, "show", frame.t("duties-window-show")).unmarked(true)
                    .select(Some(&frame.t("duties-window-states")), &fields))
            }
            button type="submit" { (frame.t("plans-apply")) }
        }
    }
}

/// Draws the links to the documents of the periods that are shown.
fn downloads(frame: &Frame, shown: &Shown) -> Markup {
    let lang = frame.lang.as_str();
    let ends = shown.matrix.periods.first().zip(shown.matrix.periods.last());
    html! {
        @if let Some((first, last)) = ends {
            p class="small" {
                @for (n, format) in ["xlsx", "docx", "pdf"].into_iter().enumerate() {
                    @if n > 0 { " · " }
                    a href={
                        "/duties/" (shown.duty.id) "/matrix/document?format=" (format) "&lang=" (lang)
                        "&from=" (first.period) "&to=" (last.period)
                    } { (frame.t(&format!("duties-{format}"))) }
                }
            }
        }
    }
}

fn institution_pages(frame: &Frame, shown: &Shown) -> Markup {
    let next = shown.page + 1;
    html! {
        @if next < shown.pages {
            nav class="pager" aria-label=(frame.t("web-pages")) {
                a href={ "/duties/" (shown.duty.id) "?" (shown.parameters.changed(&["page"], &[("page", &next.to_string())])) } rel="next" { (frame.t("web-next-page")) }
            }
        }
    }
}
