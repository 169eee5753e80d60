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
use crate::identity::{Actor, Visitor};
use crate::notifications::why;
use crate::reminders::api::{Preview, PreviewEntry, PreviewMail, PreviewQuery, preview_of};
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
        let named = preview.items.iter().flat_map(|mail| &mail.entries).map(|entry| entry.institution_id);
        let names = institution_names(conn, named)?;
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
    let columns = ["commitment", "institution", "due", "step", "reason"]
        .map(|name| Column::new(frame.t(&format!("deliveries-preview-{name}"))));
    let rows: Vec<Vec<Markup>> = mail.entries.iter().map(|entry| row(frame, shown, entry)).collect();
    let title = mail.name.as_ref().map_or_else(|| mail.address.clone(), |name| format!("{name} · {}", mail.address));
    panel(&title, None, table(&title, &columns, &rows))
}

fn row(frame: &Frame, shown: &Shown, entry: &PreviewEntry) -> Vec<Markup> {
    let name = shown.names.get(&entry.institution_id).map(String::as_str).unwrap_or_default();
    let step = match entry.step {
        0 => frame.t("deliveries-step-on-the-day"),
        step if step < 0 => frame.t_n("deliveries-step-before", i64::from(-step)),
        step => frame.t_n("deliveries-step-after", i64::from(step)),
    };
    vec![
        html! { a href={ "/commitments/" (entry.commitment_id) } { (entry.code) } },
        html! { (name) },
        html! { (short_day(entry.due)) },
        html! { (step) },
        html! { (why(frame.lang, entry.reason, name)) },
    ]
}
