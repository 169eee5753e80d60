//! `/reports`: the reports of the countries that the reader coordinates, and those with questions assigned to the
//! reader's commissions.

use std::collections::HashMap;

use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::parts::{findings, guide_link, report_path, status_tag};
use crate::access::{Visibility, may_coordinate_anywhere};
use crate::db::{Db, ReportId};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::identity::{Actor, Visitor};
use crate::reports::answer::{AnswerState, Severity};
use crate::reports::api::ListQuery;
use crate::reports::model::{Report, ReportStatus};
use crate::reports::reading;
use crate::reports::store::{self, Head};
use crate::ui::{Column, Frame, View, button_link, empty, pager, table};

/// The list as it is shown.
struct Shown {
    page: Page<Report>,
    /// The versions that replace reports of the page.
    newer: HashMap<ReportId, Head>,
    may_create: bool,
}

crate::nothing_restricted!(Shown);

/// The annual reports
///
/// Permissions: anyone signed in; lists the reports that the reader coordinates or answers questions of.
#[get("/reports")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let query: ListQuery = visitor.parameters().read()?;
    let paging = Paging::read(query.limit, query.cursor.as_deref())?;
    let read = move |conn: &mut Db, actor: &Actor| {
        let (visibility, country) = (Visibility::of(actor), query.country_code.as_deref());
        let page = reading::list(conn, &visibility, actor.language, country, &paging)?;
        let ids: Vec<ReportId> = page.items.iter().map(|report| report.id).collect();
        Ok(Shown { newer: store::newer_versions(conn, &ids)?, page, may_create: may_coordinate_anywhere(actor) })
    };
    visitor.page(read, |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let new = frame.t("reports-new");
    let body = html! {
        @if shown.page.items.is_empty() {
            @if shown.may_create { (empty(&frame.t("reports-none"), Some(("/reports/new", &new)))) }
            @else { (empty(&frame.t("reports-none-for-reader"), None)) }
        } @else { (rows(frame, shown)) }
        (pager(frame, shown.page.next_cursor.as_deref()))
        p { (guide_link(frame)) }
    };
    let view = View::new(frame.t("reports-page"), body);
    if shown.may_create { view.actions(button_link("/reports/new", &new, true)) } else { view }
}

fn rows(frame: &Frame, shown: &Shown) -> Markup {
    let columns = ["report", "status", "confirmed", "findings"]
        .map(|name| Column::new(frame.t(&format!("reports-column-{name}"))));
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(|one| row(frame, one, shown.newer.get(&one.id))).collect();
    table(&frame.t("reports-page"), &columns, &rows)
}

fn row(frame: &Frame, report: &Report, newer: Option<&Head>) -> Vec<Markup> {
    let is_done = |state: AnswerState| matches!(state, AnswerState::Confirmed | AnswerState::Approved);
    let (mut done, mut all) = (0_i64, 0_i64);
    for asked in report.form.questions() {
        all += 1;
        done += i64::from(is_done(asked.answer.state));
    }
    let count = |severity| report.form.questions().map(|asked| findings(asked, severity)).sum::<usize>();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    vec![
        html! {
            a href=(report_path(report.id)) { (report.title) }
            @if report.version > 1 || newer.is_some() { br; span class="small" { (frame.t_n("reports-version-n", report.version)) } }
        },
        html! {
            (status_tag(frame, report))
            @if let Some(newer) = newer.filter(|newer| newer.status == ReportStatus::Approved) {
                br; a class="small" href=(report_path(newer.id)) { (frame.t_n("reports-replaced-by", newer.version)) }
            }
        },
        html! {
            @if report.status == ReportStatus::Approved { (frame.t("reports-all-approved")) }
            @else { (frame.t_with("reports-confirmed-of", &[("done", done.into()), ("all", all.into())])) }
        },
        html! {
            @if report.status == ReportStatus::Draft {
                @if errors > 0 { (frame.t_n("reports-errors-n", errors)) br; }
                @if warnings > 0 { (frame.t_n("reports-warnings-n", warnings)) }
                @if errors + warnings == 0 { (frame.t("reports-no-findings")) }
            } @else { "—" }
        },
    ]
}
