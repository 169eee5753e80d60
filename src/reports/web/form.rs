//! `/reports/new` and `/reports/{id}/edit`: country, period and roadmap of a report.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use super::parts::{below, report_path};
use crate::access::{Visibility, may_coordinate, may_coordinate_anywhere, require, require_coordinator};
use crate::clock::Instant;
use crate::db::{Db, ReportId, Tx};
use crate::directory::country_names;
use crate::error::{Code, Error, Faults, Permitted, Result};
use crate::http::{DayFields, DayOf, Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::reports::model::{Report, ReportInput, ReportStatus, Template};
use crate::reports::store::RoadmapToChoose;
use crate::reports::{actions, reading, store};
use crate::ui::{Choice, Field, FormView, Frame, View, actions as form_actions};

/// The form of a new report
///
/// Permissions: admin; coordinator of any country.
#[get("/reports/new")]
pub(super) async fn open_new(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(ReportForm { id: None }).await
}

/// Create a report
///
/// Permissions: admin; coordinator of the country.
#[post("/reports/new")]
pub(super) async fn create(submission: Submission) -> Result<HttpResponse> {
    submission.on_snapshot().handle(ReportForm { id: None }).await
}

/// The form of a report's period and roadmap
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/edit")]
pub(super) async fn open(visitor: Visitor, id: Path<ReportId>) -> Result<HttpResponse> {
    visitor.form(ReportForm { id: Some(id.into_inner()) }).await
}

/// Change a report's period or roadmap
///
/// Permissions: admin; coordinator of the country.
#[post("/reports/{id}/edit")]
pub(super) async fn update(submission: Submission, id: Path<ReportId>) -> Result<HttpResponse> {
    submission.on_snapshot().handle(ReportForm { id: Some(id.into_inner()) }).await
}

#[derive(Clone)]
struct ReportForm {
    /// The report that is changed; None for a new one.
    id: Option<ReportId>,
}

/// A report with the choices of its form.
struct Record {
    report: Option<Report>,
    /// The period that a new report is likely to have, for a person who coordinates one country.
    period: Option<(NaiveDate, NaiveDate)>,
    /// Code and name of the countries that the person coordinates.
    countries: Vec<(String, String)>,
    roadmaps: Vec<RoadmapToChoose>,
}

crate::nothing_restricted!(Record);

impl FormPage for ReportForm {
    type Record = Record;
    type Input = ReportInput;

    fn shape(&self) -> Shape {
        Shape { flags: &["first_report"], dates: &["period_from", "period_to"], ..Shape::default() }
    }

    fn days(&self) -> DayFields {
        &[("period_from", DayOf::First), ("period_to", DayOf::Last)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        let visibility = Visibility::of(actor);
        let report = match self.id {
            Some(id) => Some(reading::find(conn, &visibility, actor.language, id)?),
            None => None,
        };
        match &report {
            Some(report) => require_coordinator(actor, &report.fields.country_code)?,
            None => require(may_coordinate_anywhere(actor), Permitted::Coordinators)?,
        }
        if report.as_ref().is_some_and(|report| report.status == ReportStatus::Approved) {
            return Err(Code::ReportApproved.into());
        }
        let mut countries = country_names(conn)?;
        countries.retain(|(code, _)| match &report {
            Some(report) => report.fields.country_code == *code,
            None => may_coordinate(actor, code),
        });
        let codes: Vec<&str> = countries.iter().map(|(code, _)| code.as_str()).collect();
        let roadmaps = store::roadmaps_of(conn, &codes)?;
        let period = match (&report, codes.as_slice()) {
            (None, [only]) => next_period(store::last_day_reported(conn, only)?, now.utc().year()),
            _ => None,
        };
        Ok(Record { report, period, countries, roadmaps })
    }

    fn fields(&self, record: &Record) -> Fields {
        record.report.as_ref().map(|report| Fields::of(&report.fields)).unwrap_or_default()
    }

    fn suggested(&self, record: &Record) -> Fields {
        suggested(record)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, input: ReportInput) -> Result<String> {
        let (saved, done) = match self.id {
            Some(id) => (actions::update(tx, actor, actor.language, id, input), "report-saved"),
            None => (actions::create(tx, actor, actor.language, input), "report-created"),
        };
        Ok(format!("{}?done={done}", report_path(saved.map_err(at_period)?.id)))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let countries: Vec<Choice> = record.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
        let several = countries.len() > 1;
        let roadmap = |one: &RoadmapToChoose| {
            let title = if several { format!("{} ({})", one.title, one.country_code) } else { one.title.clone() };
            Choice::new(one.id, title)
        };
        let roadmaps: Vec<Choice> = record.roadmaps.iter().map(roadmap).collect();
        let own = record.report.as_ref().map(|report| report.fields.country_code.as_str());
        let country = own.or(record.countries.first().map(|(code, _)| code.as_str())).unwrap_or_default();
        let action = self.id.map_or_else(|| "/reports/new".to_owned(), |id| format!("/reports/{id}/edit"));
        let leave = self.id.map_or_else(|| "/reports".to_owned(), report_path);
        let field = |name: &str, key: &str| Field::new(frame, form, name, frame.t(key));
        let body = html! {
            form class="stack" method="post" action=(action) {
                (form.begin(frame))
                (existing(frame, form))
                input type="hidden" id="template" name="template" value=(Template::Alliance87Annual);
                @match countries.as_slice() {
                    [only] => { input type="hidden" id="country_code" name="country_code" value=(only.value); p { (only.text) } },
                    _ => { (field("country_code", "reports-field-country").required().select(Some(&frame.t("reports-choose")), &countries)) },
                }
                div class="fields" {
                    (field("period_from", "reports-field-from").required().date(country))
                    (field("period_to", "reports-field-to").required().date(country))
                }
                (field("roadmap_id", "reports-field-roadmap").required().hint(frame.t("reports-roadmap-hint"))
                    .select(Some(&frame.t("reports-choose")), &roadmaps))
                (field("first_report", "reports-field-first").hint(frame.t("reports-first-hint")).check())
                p class="small" { (frame.t(if self.id.is_some() { "reports-edit-about" } else { "reports-new-about" })) }
                (form_actions(&frame.t(if self.id.is_some() { "reports-save" } else { "reports-create" }), Some((&leave, &frame.t("ui-leave")))))
            }
        };
        match &record.report {
            Some(report) => below(frame, report, frame.t("reports-edit"), body),
            None => View::new(frame.t("reports-new"), body).above("/reports", frame.t("reports-page")),
        }
    }
}

/// Returns the rest of the year after the last report; without a report, the year before this one.
fn next_period(last: Option<NaiveDate>, this_year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let from = match last {
        Some(last) => last.succ_opt()?,
        None => NaiveDate::from_ymd_opt(this_year - 1, 1, 1)?,
    };
    Some((from, NaiveDate::from_ymd_opt(from.year(), 12, 31)?))
}

/// Returns the values that a new report is likely to have: its period, and the only roadmap.
fn suggested(record: &Record) -> Fields {
    let fields = match record.period {
        Some((from, to)) => Fields::default().with("period_from", from.to_string()).with("period_to", to.to_string()),
        None => Fields::default(),
    };
    match record.roadmaps.as_slice() {
        [only] => fields.with("roadmap_id", only.id.to_string()),
        _ => fields,
    }
}

/// Returns the error of a second report of the same country and period as a fault of the period, with the id of the first
/// report as its value.
fn at_period(error: Error) -> Error {
    match error.args.iter().find(|(name, _)| error.code == Code::ReportExists && *name == "id") {
        Some((_, id)) => {
            let mut faults = Faults::default();
            faults.add_with("/period_from", Code::ReportExists.as_str(), vec![("value", id.clone())]);
            faults.into()
        }
        None => error,
    }
}

/// Draws the link to the report that the country has of this period.
fn existing(frame: &Frame, form: &FormView) -> Markup {
    let found = form
        .faults
        .iter()
        .find(|fault| fault.code == Code::ReportExists.as_str())
        .and_then(|fault| fault.value.as_deref());
    html! {
        @if let Some(id) = found {
            p { a href={ "/reports/" (id) } { (frame.t("reports-open-existing")) } ". " (frame.t("reports-existing-about")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_report_follows_the_last_one() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        for (last, from, to) in [
            (None, day(2023, 1, 1), day(2023, 12, 31)),
            (Some(day(2022, 12, 31)), day(2023, 1, 1), day(2023, 12, 31)),
            (Some(day(2023, 6, 30)), day(2023, 7, 1), day(2023, 12, 31)),
        ] {
            assert_eq!(next_period(last, 2024), Some((from, to)), "{last:?}");
        }
        assert_eq!(next_period(Some(NaiveDate::MAX), 2024), None);
    }
}
