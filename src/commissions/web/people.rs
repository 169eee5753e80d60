//! The members and the delegates of a commission, on a day in people's words.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Deserialize;

use super::downloads::downloads;
use super::{period, row_link, tab_view};
use crate::commissions::read_models::{self, OnDay, name_of};
use crate::commissions::{Delegate, Membership};
use crate::dates::date_of_words;
use crate::db::{CommissionId, Db};
use crate::error::Result;
use crate::http::{Fields, PageParameters, ProblemFault};
use crate::identity::{Actor, Visitor};
use crate::text::capitalized;
use crate::ui::{Column, Field, FormView, Frame, Tone, View, button_link, day_in_words, empty, table, tag};

/// The day of the list, in people's words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnQuery {
    on: Option<String>,
}

/// The day as it was typed, and as it was understood.
struct AskedDay {
    typed: String,
    day: Option<NaiveDate>,
}

impl AskedDay {
    /// Reads the day; of a month or a year, its last day.
    fn read(parameters: &PageParameters) -> Result<Self> {
        let typed = parameters.read::<OnQuery>()?.on.unwrap_or_default();
        let day = date_of_words(&typed).ok().map(|date| date.to());
        Ok(Self { typed, day })
    }

    fn is_unread(&self) -> bool {
        !self.typed.is_empty() && self.day.is_none()
    }
}

/// The members of a commission on a day (`?on=2023-08-22`), today without one
///
/// Permissions: those who may see the commission.
#[get("/commissions/{id}/members")]
pub(crate) async fn members(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let asked = AskedDay::read(visitor.parameters())?;
    let day = asked.day;
    let read = move |conn: &mut Db, actor: &Actor| read_models::members(conn, actor, id, (day, now));
    visitor.page(read, move |frame, shown| members_view(frame, &shown, &asked)).await
}

/// The delegates of a commission on a day (`?on=2023-08-22`), today without one
///
/// Permissions: those who may see the commission; addresses to its secretariat, the coordinator of its country, admins
/// and the representatives of the same institution.
#[get("/commissions/{id}/delegates")]
pub(crate) async fn delegates(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let asked = AskedDay::read(visitor.parameters())?;
    let day = asked.day;
    let read = move |conn: &mut Db, actor: &Actor| read_models::delegates(conn, actor, id, (day, now));
    visitor.page(read, move |frame, shown| delegates_view(frame, &shown, &asked)).await
}

/// Draws the field of the day, with its fault when it was not understood.
fn day_field(frame: &Frame, asked: &AskedDay) -> Markup {
    let mut form = FormView { fields: Fields::default().with("on", &asked.typed), ..FormView::default() };
    if asked.is_unread() {
        let detail = frame.t("commission-day-unread");
        form.faults.push(ProblemFault::new("/on", "invalid_date", detail));
    }
    html! {
        form class="filters" method="get" {
            (Field::new(frame, &form, "on", frame.t("commission-day")).hint(frame.t("commission-day-hint")).text())
            button type="submit" { (frame.t("commission-show-day")) }
        }
    }
}

/// Marks a page whose day was not understood.
fn checked(mut view: View, asked: &AskedDay) -> View {
    if asked.is_unread() {
        (view.has_faults, view.status) = (true, StatusCode::UNPROCESSABLE_ENTITY);
    }
    view
}

fn members_view(frame: &Frame, shown: &OnDay<Membership>, asked: &AskedDay) -> View {
    let keys =
        ["directory-institution", "commission-role", "commission-vote", "commission-period", "commission-member-basis"];
    let mut columns = keys.map(|key| Column::new(frame.t(key))).to_vec();
    if shown.may_add() {
        columns.push(Column::new(frame.t("admin-action")));
    }
    let rows: Vec<Vec<Markup>> = shown.items.iter().map(|one| member(frame, shown, one)).collect();
    let voters = shown.items.iter().filter(|one| one.fields.votes()).count();
    let day = day_in_words(frame, &shown.commission.country_code, shown.day);
    let body = html! {
        (day_field(frame, asked))
        @if rows.is_empty() { (empty(&frame.t_with("commission-no-members", &[("day", day.into())]), None)) } @else {
            p class="total" {
                (frame.t_with("commission-members-on", &[("n", rows.len().into()), ("day", day.into())]))
                " · " (frame.t_n("commission-voters", voters))
            }
            (table(&frame.t("commission-members"), &columns, &rows))
            (downloads(frame, &shown.commission, shown.day))
        }
    };
    let view = tab_view(frame, &shown.commission, ("/members", "commission-members-of"), body);
    checked(with_new(view, frame, shown, ("members", "admin-member-new")), asked)
}

/// Adds the link to the form of a new entry, if the reader may send it.
fn with_new<T>(view: View, frame: &Frame, shown: &OnDay<T>, (list, key): (&str, &str)) -> View {
    if !shown.may_add() {
        return view;
    }
    let path = format!("/commissions/{}/{list}/new", shown.commission.id);
    view.actions(button_link(&path, &frame.t(key), true))
}

fn member(frame: &Frame, shown: &OnDay<Membership>, one: &Membership) -> Vec<Markup> {
    let fields = &one.fields;
    let name = name_of(&shown.institutions, fields.institution_id);
    let mut cells = vec![
        html! { a href={ "/institutions/" (fields.institution_id) } { (name) } },
        html! { (frame.word("member-role", fields.role.as_str())) },
        html! {
            @if fields.votes() { (frame.t("commission-votes")) } @else { (tag(Tone::Neutral, &frame.t("commission-no-vote"))) }
        },
        html! { (period(frame, fields.from, fields.to, fields.when_text.as_deref())) },
        html! { (fields.basis.as_deref().unwrap_or("—")) },
    ];
    if shown.may_add() {
        let path = format!("/commissions/{}/members/{}/edit", one.commission_id, one.id);
        cells.push(row_link(frame, &path, "admin-change", name));
    }
    cells
}

fn delegates_view(frame: &Frame, shown: &OnDay<Delegate>, asked: &AskedDay) -> View {
    let has_addresses = shown.items.iter().any(|one| one.fields.email.is_some());
    let mut columns = vec![
        Column::new(frame.t("commission-person")),
        Column::new(frame.t("directory-institution")),
        Column::new(frame.t("commission-capacity")),
        Column::new(frame.t("commission-position")),
        Column::new(frame.t("commission-period")),
    ];
    if has_addresses {
        columns.push(Column::new(frame.t("directory-email")));
    }
    if shown.may_add() {
        columns.push(Column::new(frame.t("admin-action")));
    }
    let rows: Vec<Vec<Markup>> = shown.items.iter().map(|one| delegate(frame, shown, one, has_addresses)).collect();
    let day = day_in_words(frame, &shown.commission.country_code, shown.day);
    let body = html! {
        (day_field(frame, asked))
        @if rows.is_empty() { (empty(&frame.t_with("commission-no-delegates", &[("day", day.into())]), None)) } @else {
            p class="total" {
                (frame.t_with("commission-delegates-on", &[
                    ("n", rows.len().into()), ("day", day.into()),
                ]))
            }
            (table(&frame.t("commission-delegates"), &columns, &rows))
        }
    };
    let view = tab_view(frame, &shown.commission, ("/delegates", "commission-delegates-of"), body);
    checked(with_new(view, frame, shown, ("delegates", "admin-delegate-new")), asked)
}

fn delegate(frame: &Frame, shown: &OnDay<Delegate>, one: &Delegate, has_addresses: bool) -> Vec<Markup> {
    let fields = &one.fields;
    let name = fields.name.as_deref().unwrap_or("—");
    let mut cells = vec![
        html! { (name) },
        html! {
            a href={ "/institutions/" (fields.institution_id) } { (name_of(&shown.institutions, fields.institution_id)) }
        },
        html! { (capitalized(&frame.word("capacity", fields.capacity.as_str()))) },
        html! { (fields.position.as_deref().unwrap_or("—")) },
        html! { (period(frame, fields.from, fields.to, None)) },
    ];
    if has_addresses {
        cells.push(html! {
            @if let Some(address) = &fields.email { a href={ "mailto:" (address) } { (address) } } @else { "—" }
        });
    }
    if shown.may_add() {
        let path = format!("/commissions/{}/delegates/{}/edit", one.commission_id, one.id);
        cells.push(if shown.may_change(fields.institution_id) {
            row_link(frame, &path, "admin-change", name)
        } else {
            html! { "—" }
        });
    }
    cells
}
