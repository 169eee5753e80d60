//! `/institutions`: the list, by name.

mod form;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::actions::may_enter_any;
use super::api::ListQuery;
use super::model::{Institution, Sector};
use super::store;
use crate::db::Db;
use crate::directory::country_names;
use crate::error::Result;
use crate::http::{Page, PageParameters};
use crate::i18n::find;
use crate::identity::{Actor, Visitor};
use crate::ui::{self, Choice, Column, Field, FormView, Frame, View, button_link, empty, pager, table, total};

/// Mounts the pages of institutions.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list).service(form::open).service(form::create);
    cfg.service(form::edit).service(form::update).service(form::open_removal).service(form::remove);
}

/// One page of the list, and the values of its filters.
struct Shown {
    page: Page<Institution>,
    countries: Vec<(String, String)>,
    territories: Vec<String>,
    may_create: bool,
}

crate::nothing_restricted!(Shown);

/// The list of institutions
///
/// Permissions: anyone signed in.
#[get("/institutions")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let (filter, paging) = parameters.read::<ListQuery>()?.read()?;
    let paging = paging.counting(Some(true));
    let read = move |conn: &mut Db, actor: &Actor| {
        let page = store::list_by_name(conn, &filter, &paging)?;
        let may_create = may_enter_any(conn, actor)?;
        Ok(Shown { page, countries: country_names(conn)?, territories: store::territories(conn)?, may_create })
    };
    visitor.page(read, move |frame, shown| view(frame, &shown, &parameters)).await
}

fn view(frame: &Frame, shown: &Shown, parameters: &PageParameters) -> View {
    let is_filtered = parameters.has_filters();
    let body = html! {
        (ui::filters(frame, is_filtered, filters(frame, shown, parameters)))
        div id="results" {
            (total(frame, "directory-total", shown.page.total))
            @if shown.page.items.is_empty() {
                @if is_filtered {
                    (empty(&frame.t("directory-none-found"), Some(("/institutions", &frame.t("web-clear-filters")))))
                } @else { (empty(&frame.t("directory-none"), None)) }
            } @else { (rows(frame, shown)) }
            (pager(frame, shown.page.next_cursor.as_deref()))
        }
    };
    let view = View::new(frame.t("directory-institutions"), body).above("/commissions", frame.t("web-nav-commissions"));
    if !shown.may_create {
        return view;
    }
    view.actions(button_link("/institutions/new", &frame.t("admin-institution-new"), true))
}

fn filters(frame: &Frame, shown: &Shown, parameters: &PageParameters) -> Markup {
    let form = FormView::of_filters(parameters);
    let field = |name: &str, key: &str| Field::new(frame, &form, name, frame.t(key));
    let any = frame.t("directory-any");
    let sectors: Vec<Choice> =
        Sector::ALL.iter().map(|sector| Choice::new(sector, frame.word("report-sector", sector.as_str()))).collect();
    let countries: Vec<Choice> = shown.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let territories: Vec<Choice> = shown.territories.iter().map(|name| Choice::new(name, name)).collect();
    html! {
        form class="filters" method="get" action="/institutions" data-auto="true" {
            (field("q", "directory-name").text())
            (field("sector", "directory-sector").select(Some(&any), &sectors))
            @if !territories.is_empty() {
                (field("territory", "directory-territory").select(Some(&any), &territories))
            }
            @if countries.len() > 1 { (field("country_code", "directory-country").select(Some(&any), &countries)) }
            button type="submit" { (frame.t("directory-filter")) }
        }
    }
}

fn rows(frame: &Frame, shown: &Shown) -> Markup {
    let columns = ["directory-name", "directory-sector", "directory-territory", "directory-country"]
        .map(|key| Column::new(frame.t(key)));
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(|one| row(frame, shown, one)).collect();
    table(&frame.t("directory-institutions"), &columns, &rows)
}

fn row(frame: &Frame, shown: &Shown, one: &Institution) -> Vec<Markup> {
    let fields = &one.fields;
    let code = fields.country_code.as_deref();
    let country = code.map(|code| {
        let known = shown.countries.iter().find(|(own, _)| own == code);
        // Countries of foreign governments and agencies are no countries of the program.
        let foreign = || find(frame.lang, &format!("country-{}", code.to_lowercase()), &[]);
        known.map(|(_, name)| name.clone()).or_else(foreign).unwrap_or_else(|| code.to_owned())
    });
    vec![
        html! {
            a href={ "/institutions/" (one.id) } { (fields.name) }
            @if let Some(acronym) = &fields.acronym { " " span class="code" { (acronym) } }
        },
        html! { (frame.word("report-sector", fields.sector.as_str())) },
        html! { (fields.territory.as_deref().unwrap_or("—")) },
        html! { (country.as_deref().unwrap_or("—")) },
    ]
}
