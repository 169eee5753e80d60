//! Pages of commissions: the list, one commission, and its members, delegates, states and reminders.

mod downloads;
mod list;
mod people;
mod record;

use actix_web::web::ServiceConfig;
use chrono::NaiveDate;
use maud::Markup;

use crate::access::CommissionRef;
use crate::db::CommissionId;
use crate::ui::{Frame, View, short_day, tabs};

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
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
    let body = maud::html! { (tabs_of(frame, commission.id, tab)) (body) };
    View::new(title, body)
        .above("/commissions", frame.t("web-nav-commissions"))
        .above(format!("/commissions/{}", commission.id), commission.name.clone())
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
