//! `/deliveries/preview`: the reminders of a day, each with its recipient and the reason.

use std::collections::HashMap;

use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use maud::{Markup, html};

use super::{require_role, today_of};
use crate::db::{Db, InstitutionId};
use crate::directory::institution_names;
use crate::error::Result;
use crate::http::Fields;
use crate::i18n::date;
use crate::identity::{Actor, Visitor};
use crate::notifications::{Reason, why};
use crate::reminders::api::{Preview, PreviewDuty, PreviewEntry, PreviewMail, PreviewQuery, preview_of};
use crate::ui::{Column, Field, FormView, Frame, View, empty, panel, short_day, table, weekday_in_words};

/// The preview with the names of the institutions.
struct Shown {
    preview: Preview,
    names: HashMap<InstitutionId, String>,
}

crate::restricted_by!(Shown: preview);

/// The reminders of a day
///
/// Permissions: admin all; coordinator those of the country; secretariat those of its commissions. A 404 for others.
#[get("/deliveries/preview")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let now = visitor.state.now();
    let asked = visitor.parameters().read::<PreviewQuery>()?.day(now.utc().date_naive())?;
    let read = move |conn: &mut Db, actor: &Actor| {
        require_role(actor)?;
        let on = asked.map_or_else(|| today_of(conn, actor, now), Ok)?;
        let preview = preview_of(conn, actor, on)?;
        let of_parts = preview.items.iter().flat_map(|mail| &mail.entries).map(|entry| entry.institution_id);
        let of_reports = preview.items.iter().flat_map(|mail| &mail.duties).map(|duty| duty.institution_id);
        let names = institution_names(conn, of_parts.chain(of_reports))?;
        Ok(Shown { preview, names })
    };
    visitor.page(read, |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let on = shown.preview.on;
    let body = html! {
        (day_form(frame, on))
        div id="results" class="stack" {
            @if shown.preview.items.is_empty() { (empty(&frame.t("deliveries-preview-none"), None)) }
            @else {
                @let total = shown.preview.items.len();
                p class="total" data-announce="true" { (frame.t_n("deliveries-preview-total", total)) }
            }
            @for mail in &shown.preview.items { (mail_panel(frame, shown, mail)) }
        }
    };
    View::new(frame.t("deliveries-preview"), body)
        .lead(html! { (weekday_in_words(frame, "", on)) })
        .above("/deliveries", frame.t("deliveries-page"))
}

fn day_form(frame: &Frame, on: NaiveDate) -> Markup {
    let form = FormView::opened(Fields::default().with("on", on), String::new());
    html! {
        form class="filters" method="get" action="/deliveries/preview" data-auto="true" {
            (Field::new(frame, &form, "on", frame.t("deliveries-day")).completed("date", "off"))
            button type="submit" { (frame.t("deliveries-preview-show")) }
        }
    }
}

fn mail_panel(frame: &Frame, shown: &Shown, mail: &PreviewMail) -> Markup {
    let title = mail.name.as_ref().map_or_else(|| mail.address.clone(), |name| format!("{name} · {}", mail.address));
    let columns = |first: &str| {
        [first, "institution", "due", "step", "reason"]
            .map(|name| Column::new(frame.t(&format!("deliveries-preview-{name}"))))
    };
    let parts: Vec<Vec<Markup>> = mail.entries.iter().map(|entry| part_row(frame, shown, entry)).collect();
    let reports: Vec<Vec<Markup>> = mail.duties.iter().map(|duty| report_row(frame, shown, duty)).collect();
    let body = html! {
        @if !parts.is_empty() { (table(&title, &columns("commitment"), &parts)) }
        @if !reports.is_empty() {
            @let caption = frame.t_with("deliveries-preview-reports", &[("name", title.as_str().into())]);
            (table(&caption, &columns("report"), &reports))
        }
    };
    panel(&title, None, body)
}

fn part_row(frame: &Frame, shown: &Shown, entry: &PreviewEntry) -> Vec<Markup> {
    let record = html! { a href={ "/commitments/" (entry.commitment_id) } { (entry.code) } };
    row(frame, shown, record, (entry.institution_id, entry.due, entry.step, entry.reason))
}

fn report_row(frame: &Frame, shown: &Shown, duty: &PreviewDuty) -> Vec<Markup> {
    let record = html! { a href=(duty.link) { (duty.title) ", " (date(frame.lang, &duty.period)) } };
    row(frame, shown, record, (duty.institution_id, duty.due, duty.step, duty.reason))
}

fn row(
    frame: &Frame,
    shown: &Shown,
    record: Markup,
    (institution, due, step, reason): (InstitutionId, NaiveDate, i32, Reason),
) -> Vec<Markup> {
    let name = shown.names.get(&institution).map(String::as_str).unwrap_or_default();
    let step = match step {
        0 => frame.t("deliveries-step-on-the-day"),
        step if step < 0 => frame.t_n("deliveries-step-before", i64::from(-step)),
        step => frame.t_n("deliveries-step-after", i64::from(step)),
    };
    vec![
        record,
        html! { (name) },
        html! { (short_day(due)) },
        html! { (step) },
        html! { (why(frame.lang, reason, name)) },
    ]
}
