//! Pages of commissions: the list, one commission, and its members, delegates, states and reminders.

mod delegate_removal;
mod downloads;
mod form;
mod form_view;
mod list;
mod member_forms;
mod people;
mod record;
mod reminder_form;
mod state_forms;

use actix_web::web::ServiceConfig;
use chrono::NaiveDate;
use maud::{Markup, html};

use crate::access::CommissionRef;
use crate::db::CommissionId;
use crate::ui::{FormView, Frame, View, confirmation, short_day, tabs};

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    // Mounted before the page of one commission, whose address has an id at the same place.
    cfg.service(form::open).service(form::create);
    cfg.service(form::edit).service(form::update).service(form::open_removal).service(form::remove);
    cfg.service(member_forms::open).service(member_forms::create).service(member_forms::edit);
    cfg.service(member_forms::update).service(member_forms::open_removal).service(member_forms::remove);
    cfg.service(state_forms::open).service(state_forms::create).service(state_forms::edit);
    cfg.service(state_forms::update).service(state_forms::open_removal).service(state_forms::remove);
    cfg.service(delegate_removal::open).service(delegate_removal::remove);
    cfg.service(reminder_form::open).service(reminder_form::update);
    cfg.service(list::list).service(record::show).service(record::states).service(record::reminders);
    cfg.service(people::members).service(people::delegates).service(downloads::members_document);
}

/// The pages of a commission: the end of the address, and the key of the title.
const TABS: [(&str, &str); 5] = [
    ("", "commission-summary"),
    ("/members", "commission-members"),
    ("/delegates", "commission-delegates"),
    ("/states", "commission-states"),
    ("/reminders", "commission-reminders"),
];

fn tabs_of(frame: &Frame, id: CommissionId, current: &str) -> Markup {
    let page = |(end, key): &(&str, &str)| (format!("/commissions/{id}{end}"), frame.t(key), *end == current);
    tabs(&frame.t("commission-pages"), &TABS.iter().map(page).collect::<Vec<_>>())
}

/// Makes the page of a tab of a commission.
fn tab_view(frame: &Frame, commission: &CommissionRef, (tab, key): (&str, &str), body: Markup) -> View {
    let title = frame.t_with(key, &[("commission", commission.label().into())]);
    let body = html! { (tabs_of(frame, commission.id, tab)) (body) };
    View::new(title, body)
        .above("/commissions", frame.t("web-nav-commissions"))
        .above(format!("/commissions/{}", commission.id), commission.name.clone())
}

/// Makes a page whose parent is a tab of a commission.
fn below(frame: &Frame, commission: &CommissionRef, (tab, tab_key): (&str, &str), key: &str, body: Markup) -> View {
    let path = format!("/commissions/{}", commission.id);
    View::new(frame.t(key), body)
        .lead(html! { (commission.name) })
        .above("/commissions", frame.t("web-nav-commissions"))
        .above(path.clone(), commission.label().to_owned())
        .above(format!("{path}{tab}"), frame.t(tab_key))
}

/// Draws the link of a row: a verb, which screen readers complete with the name of the row.
fn row_link(frame: &Frame, path: &str, key: &str, name: &str) -> Markup {
    html! { a href=(path) { (frame.t(key)) span class="unseen" { ": " (name) } } }
}

/// Draws the form that confirms a removal: the name of the record, and the consequence.
fn removal(frame: &Frame, form: &FormView, (name, key): (&str, &str), back: &str) -> Markup {
    let content = html! { div class="prose" { p { strong { (name) } } p { (frame.t(key)) } } };
    confirmation(frame, form, content, ("admin-remove", true), (back, "ui-unchanged"))
}

/// Returns a period in words: its days, or the words of the source.
fn period(frame: &Frame, from: Option<NaiveDate>, to: Option<NaiveDate>, words: Option<&str>) -> String {
    let day = |day: NaiveDate| short_day(day).into();
    let days = match (from, to) {
        (Some(from), Some(to)) => frame.t_with("commission-from-to", &[("from", day(from)), ("to", day(to))]),
        (Some(from), None) => frame.t_with("commission-from", &[("from", day(from))]),
        (None, Some(to)) => frame.t_with("commission-to", &[("to", day(to))]),
        (None, None) => return words.map_or_else(|| frame.t("commission-no-dates"), str::to_owned),
    };
    match words {
        Some(words) => format!("{days} ({words})"),
        None => days,
    }
}
