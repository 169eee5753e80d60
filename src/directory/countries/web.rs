//! `/countries`: the countries of the installation, for those who run it.

use std::collections::HashMap;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use maud::{Markup, html};

use super::{Country, CountryCode, CountryInput, create, store, update};
use crate::access::{may_coordinate_anywhere, require};
use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::directory::calendar::calendar_extents;
use crate::error::{Code, Permitted, Result};
use crate::http::{Fields, Page, PageQuery};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Column, Field, FormView, Frame, View, actions, button_link, empty, pager, short_day, table};

/// Mounts the pages of countries.
pub(in crate::directory) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list).service(open).service(enter).service(edit).service(change);
}

/// Refuses with 404 a person who coordinates no country, and with 403 a coordinator: only admins change countries.
fn require_admin(actor: &Actor) -> Result<()> {
    if !may_coordinate_anywhere(actor) {
        return Err(Code::NotFound.into());
    }
    require(actor.is_admin(), Permitted::Admins)
}

/// One page of the list.
struct Shown {
    page: Page<Country>,
    /// The first and the last day of each calendar.
    extents: HashMap<String, (NaiveDate, NaiveDate)>,
    is_admin: bool,
}

crate::nothing_restricted!(Shown);

/// The countries
///
/// Permissions: admin all; a coordinator those that the person coordinates. A 404 for others.
#[get("/countries")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let paging = visitor.parameters().read::<PageQuery>()?.paging()?;
    let read = move |conn: &mut Db, actor: &Actor| {
        let is_admin = actor.is_admin();
        if !may_coordinate_anywhere(actor) {
            return Err(Code::NotFound.into());
        }
        let mut page = store::list(conn, &paging)?;
        page.items.retain(|one| actor.is_coordinator_of(&one.fields.code));
        Ok(Shown { page, extents: calendar_extents(conn)?, is_admin })
    };
    visitor.page(read, |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let columns = ["name", "code", "zone", "locale", "calendar", "change"];
    let columns = columns.map(|name| Column::new(frame.t(&format!("countries-{name}"))));
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(|one| row(frame, shown, one)).collect();
    let body = html! {
        @if rows.is_empty() { (empty(&frame.t("countries-none"), None)) }
        @else { (table(&frame.t("countries-page"), &columns, &rows)) }
        (pager(frame, shown.page.next_cursor.as_deref()))
    };
    let view = View::new(frame.t("countries-page"), body).lead(html! { (frame.t("countries-lead")) });
    if shown.is_admin { view.actions(button_link("/countries/new", &frame.t("countries-new"), true)) } else { view }
}

fn row(frame: &Frame, shown: &Shown, one: &Country) -> Vec<Markup> {
    let fields = &one.fields;
    let extent = shown.extents.get(&fields.code);
    vec![
        html! { (fields.name) },
        html! { (fields.code) },
        html! { (fields.time_zone) },
        html! { (fields.locale) },
        html! {
            a href={ "/countries/" (fields.code) "/calendar" } {
                @match extent {
                    Some((first, last)) => {
                        (frame.t_with("countries-extent", &[
                            ("from", short_day(*first).into()), ("to", short_day(*last).into()),
                        ]))
                    },
                    None => { (frame.t("countries-no-calendar")) },
                }
                span class="unseen" { ": " (fields.name) }
            }
        },
        html! {
            @if shown.is_admin {
                a href={ "/countries/" (fields.code) "/edit" } {
                    (frame.t("countries-edit")) span class="unseen" { ": " (fields.name) }
                }
            } @else { "—" }
        },
    ]
}

/// The form of a new country
///
/// Permissions: admin. A 404 for those who coordinate no country.
#[get("/countries/new")]
pub(crate) async fn open(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(NewCountry).await
}

/// Enter a country
///
/// Permissions: admin. A 404 for those who coordinate no country.
#[post("/countries/new")]
pub(crate) async fn enter(submission: Submission) -> Result<HttpResponse> {
    submission.handle(NewCountry).await
}

/// The form of a country
///
/// Permissions: admin. A 404 for those who coordinate no country.
#[get("/countries/{code}/edit")]
pub(crate) async fn edit(visitor: Visitor, code: Path<CountryCode>) -> Result<HttpResponse> {
    visitor.form(EditCountry(code.into_inner().0)).await
}

/// Change a country
///
/// Permissions: admin. A 404 for those who coordinate no country.
#[post("/countries/{code}/edit")]
pub(crate) async fn change(submission: Submission, code: Path<CountryCode>) -> Result<HttpResponse> {
    submission.handle(EditCountry(code.into_inner().0)).await
}

#[derive(Debug, Clone)]
struct NewCountry;

impl FormPage for NewCountry {
    type Record = Empty;
    type Input = CountryInput;

    fn load(&self, _: &mut Db, actor: &Actor, _: Instant) -> Result<Empty> {
        require_admin(actor).map(|()| Empty)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Empty, input: CountryInput) -> Result<String> {
        let country = create(tx, actor, input)?;
        Ok(format!("/countries/{}/calendar?done=country-entered", country.fields.code))
    }

    fn view(&self, frame: &Frame, form: &FormView, _: &Empty) -> View {
        let code = Field::new(frame, form, "code", frame.t("countries-code"));
        let code = code.hint(frame.t("countries-code-hint")).required().max(2).text();
        View::new(frame.t("countries-new"), draw(frame, form, Some(code)))
            .above("/countries", frame.t("countries-page"))
    }
}

/// The record of the form of a new country, which shows no stored data.
struct Empty;

crate::nothing_restricted!(Empty);

/// A country by its code.
#[derive(Debug, Clone)]
struct EditCountry(String);

impl FormPage for EditCountry {
    type Record = Country;
    type Input = CountryInput;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Country> {
        if !actor.is_coordinator_of(&self.0) {
            return Err(Code::NotFound.into());
        }
        let country = store::find(conn, &self.0)?;
        require_admin(actor).map(|()| country)
    }

    fn fields(&self, country: &Country) -> Fields {
        let fields = &country.fields;
        let shown = Fields::default().with("name", &fields.name).with("time_zone", &fields.time_zone);
        let shown = shown.with("locale", &fields.locale);
        match &fields.note {
            Some(note) => shown.with("note", note),
            None => shown,
        }
    }

    fn prepare(&self, _: &mut Db, _: &Country, fields: &mut Fields, _: &mut crate::error::Faults) -> Result<()> {
        fields.set("code", &self.0);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, country: Country, input: CountryInput) -> Result<String> {
        // The form has no fields for the translations.
        let input = CountryInput { translations: country.fields.translations, ..input };
        update(tx, actor, &self.0, input)?;
        Ok("/countries?done=country-saved".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, country: &Country) -> View {
        View::new(frame.t("countries-edit-title"), draw(frame, form, None))
            .lead(html! { (country.fields.name) " · " (country.fields.code) })
            .above("/countries", frame.t("countries-page"))
    }
}

fn draw(frame: &Frame, form: &FormView, code: Option<Markup>) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let zones: Vec<String> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name().to_owned()).collect();
    let zones: Vec<String> = zones.into_iter().filter(|name| is_offered(name)).collect();
    let locales = ["es-CL", "es-PE", "es-AR", "es-CO", "es-EC", "es-MX", "en"].map(str::to_owned);
    html! {
        form class="stack" method="post" action=(frame.path) {
            (form.begin(frame))
            (field("name", "countries-name").required().max(300).text())
            @if let Some(code) = code { (code) }
            (field("time_zone", "countries-zone").hint(frame.t("countries-zone-hint")).required().max(60)
                .suggested(&zones))
            (field("locale", "countries-locale").hint(frame.t("countries-locale-hint")).required().max(35)
                .suggested(&locales))
            (field("note", "countries-note").max(4000).area(3))
            (actions(&frame.t("countries-save"), Some(("/countries", &frame.t("countries-leave")))))
        }
    }
}

/// Returns true if a time zone is suggested; any other can be typed.
fn is_offered(name: &str) -> bool {
    ["America/", "Europe/", "Pacific/"].iter().any(|area| name.starts_with(area))
}
