//! `/countries/{code}/calendar`: the days on which a country does not work, year by year. The pages are in this slice,
//! which calculates the terms again when the calendar changes.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use chrono::Datelike;
use maud::{Markup, html};

use crate::access::country_day;
use crate::clock::Instant;
use crate::commitments::actions;
use crate::commitments::holidays::{self, HolidayYears};
use crate::db::{Db, Tx, unique};
use crate::directory::{self, CalendarDay, CountryCode, DayKind, shipped_years};
use crate::error::{Code, Result};
use crate::http::{DayFields, DayOf, Fields, List, PageParameters, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{
    Choice, Field, FormView, Frame, Tone, View, actions as form_actions, button_link, empty, notice, panel, tabs,
};

/// The maximum number of days of one year that the form accepts.
const MOST: usize = 300;

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show).service(save).service(ask).service(add);
}

/// Loads a country for a person who may change its calendar; 404 for others.
fn load_country(conn: &mut Db, actor: &Actor, code: &str) -> Result<String> {
    if !actor.is_coordinator_of(code) {
        return Err(Code::NotFound.into());
    }
    Ok(directory::country(conn, code)?.fields.name)
}

/// Returns the present year of a country.
fn present_year(conn: &mut Db, code: &str, now: Instant) -> Result<i32> {
    Ok(country_day(conn, code, now)?.year())
}

/// The calendar of a year
///
/// Permissions: coordinator of the country; admin. A 404 for others.
#[get("/countries/{code}/calendar")]
pub(crate) async fn show(visitor: Visitor, code: Path<CountryCode>) -> Result<HttpResponse> {
    let year = year_of(visitor.parameters());
    visitor.form(CalendarPage { code: code.into_inner().0, year }).await
}

/// Set the days of a year
///
/// Permissions: coordinator of the country; admin. A 404 for others.
#[post("/countries/{code}/calendar")]
pub(crate) async fn save(submission: Submission, code: Path<CountryCode>) -> Result<HttpResponse> {
    let year = year_of(submission.parameters());
    submission.handle(CalendarPage { code: code.into_inner().0, year }).await
}

/// Returns the year in the address, if it is a valid one.
fn year_of(parameters: &PageParameters) -> Option<i32> {
    parameters.get("year").and_then(|year| year.parse().ok()).filter(|year| crate::clock::YEARS.contains(year))
}

/// The days of one year of a country; of the present year if none is stated.
#[derive(Debug, Clone)]
struct CalendarPage {
    code: String,
    year: Option<i32>,
}

/// The calendar of a country.
struct Record {
    country: String,
    year: i32,
    /// The days of the year, and of all other years.
    days: Vec<CalendarDay>,
    others: Vec<CalendarDay>,
    is_shipped: bool,
}

crate::nothing_restricted!(Record);

impl FormPage for CalendarPage {
    type Record = Record;
    type Input = List<CalendarDay, MOST>;

    fn shape(&self) -> Shape {
        Shape { dates: &["*/date"], rows: &[("", &["date", "name", "territory"])], ..Shape::default() }
    }

    fn days(&self) -> DayFields {
        &[("*/date", DayOf::Only)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        let country = load_country(conn, actor, &self.code)?;
        let year = self.year.map_or_else(|| present_year(conn, &self.code, now), Ok)?;
        let all = directory::calendar(conn, &self.code)?;
        let (days, others) = all.into_iter().partition(|day| day.date.year() == year);
        Ok(Record { country, year, days, others, is_shipped: !shipped_years(&self.code)?.is_empty() })
    }

    fn fields(&self, record: &Record) -> Fields {
        Fields::of(&record.days)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, List(days): Self::Input) -> Result<String> {
        let days = days.into_iter().chain(record.others).collect();
        actions::put_calendar(tx, actor, &self.code, days)?;
        Ok(format!("/countries/{}/calendar?year={}&done=calendar-saved", self.code, record.year))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let body = html! {
            (years(frame, &self.code, record))
            @if record.days.is_empty() && form.rows("", 0) == 0 {
                (empty(&frame.t_with("calendar-none", &[("year", record.year.to_string().into())]), None))
            }
            (draw(frame, form, &self.code, record))
        };
        let view = View::new(frame.t("calendar-page-title"), body)
            .lead(html! { (record.country) " · " (record.year) })
            .above("/countries", frame.t("countries-page"));
        if !record.is_shipped {
            return view;
        }
        let path = format!("/countries/{}/calendar/holidays", self.code);
        view.actions(button_link(&path, &frame.t("calendar-load"), record.days.is_empty()))
    }
}

/// Draws the years that have days, with the year before and the next two.
fn years(frame: &Frame, code: &str, record: &Record) -> Markup {
    let mut all: Vec<i32> = record.others.iter().map(|day| day.date.year()).collect();
    all.extend(record.year - 1..=record.year + 2);
    all.retain(|year| crate::clock::YEARS.contains(year));
    let all = unique(all);
    let page = |year: &i32| (format!("/countries/{code}/calendar?year={year}"), year.to_string(), *year == record.year);
    tabs(&frame.t("calendar-years"), &all.iter().map(page).collect::<Vec<_>>())
}

fn draw(frame: &Frame, form: &FormView, code: &str, record: &Record) -> Markup {
    let kinds: Vec<Choice> =
        DayKind::ALL.iter().map(|kind| Choice::new(kind, frame.word("calendar-kind", kind.as_str()))).collect();
    let action = format!("/countries/{code}/calendar?year={}", record.year);
    html! {
        form class="stack" method="post" action=(action) {
            (form.begin(frame))
            p class="prose" { (frame.t("calendar-what")) " " (frame.t("calendar-territory-hint")) }
            @for n in 0..form.rows("", 1) {
                fieldset class="row" {
                    legend { (frame.t_with("calendar-day", &[("n", (n + 1).into())])) }
                    (Field::new(frame, form, format!("{n}/date"), frame.t("calendar-date")).required()
                        .hint(frame.t("calendar-date-hint")).date(code))
                    (Field::new(frame, form, format!("{n}/name"), frame.t("calendar-name")).required().max(300).text())
                    (Field::new(frame, form, format!("{n}/kind"), frame.t("calendar-kind")).required()
                        .select(None, &kinds))
                    (Field::new(frame, form, format!("{n}/territory"), frame.t("calendar-territory")).max(200).text())
                    button type="submit" name="remove" value={ "/" (n) } formnovalidate {
                        (frame.t("calendar-remove")) span class="unseen" { " " (n + 1) }
                    }
                }
            }
            div class="actions" {
                button type="submit" name="add" value="" formnovalidate { (frame.t("calendar-add")) }
            }
            (form_actions(&frame.t("calendar-save"), Some(("/countries", &frame.t("countries-leave")))))
        }
    }
}

/// The page that asks for confirmation before the shipped holidays are added
///
/// Permissions: coordinator of the country; admin. A 404 for others.
#[get("/countries/{code}/calendar/holidays")]
pub(crate) async fn ask(visitor: Visitor, code: Path<CountryCode>) -> Result<HttpResponse> {
    visitor.form(Holidays(code.into_inner().0)).await
}

/// Add the shipped holidays of some years
///
/// Permissions: coordinator of the country; admin. A 404 for others.
#[post("/countries/{code}/calendar/holidays")]
pub(crate) async fn add(submission: Submission, code: Path<CountryCode>) -> Result<HttpResponse> {
    submission.handle(Holidays(code.into_inner().0)).await
}

/// The form that adds shipped holidays.
#[derive(Debug, Clone)]
struct Holidays(String);

/// A country with the years whose holidays are shipped.
struct ShippedYears {
    country: String,
    present: i32,
    years: Vec<i32>,
}

crate::nothing_restricted!(ShippedYears);

impl FormPage for Holidays {
    type Record = ShippedYears;
    type Input = HolidayYears;

    fn shape(&self) -> Shape {
        Shape { numbers: &["from_year", "to_year"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<ShippedYears> {
        let country = load_country(conn, actor, &self.0)?;
        Ok(ShippedYears { country, present: present_year(conn, &self.0, now)?, years: shipped_years(&self.0)? })
    }

    fn suggested(&self, record: &ShippedYears) -> Fields {
        let (Some(first), Some(last)) = (record.years.first(), record.years.last()) else { return Fields::default() };
        Fields::default().with("from_year", record.present.clamp(*first, *last)).with("to_year", last)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: ShippedYears, years: HolidayYears) -> Result<String> {
        holidays::add(tx, actor, &self.0, years)?;
        Ok(format!("/countries/{}/calendar?done=holidays-added", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &ShippedYears) -> View {
        let back = format!("/countries/{}/calendar", self.0);
        let years: Vec<Choice> = record.years.iter().map(|year| Choice::new(year, year.to_string())).collect();
        let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key)).required();
        let body = html! {
            @if years.is_empty() {
                (notice(Tone::Soon, html! { p { (frame.t("calendar-not-shipped")) } }))
                p { (button_link(&back, &frame.t("calendar-back"), false)) }
            } @else {
                form class="stack" method="post" action=(frame.path) {
                    (form.begin(frame))
                    p class="prose" { (frame.t("calendar-load-what")) }
                    (field("from_year", "calendar-from-year").select(None, &years))
                    (field("to_year", "calendar-to-year").select(None, &years))
                    (form_actions(&frame.t("calendar-load"), Some((&back, &frame.t("calendar-back")))))
                }
            }
        };
        View::new(frame.t("calendar-load"), panel(&record.country, None, body))
            .above("/countries", frame.t("countries-page"))
            .above(&back, frame.t("calendar-page-title"))
    }
}
