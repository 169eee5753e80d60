//! `/deliveries`: the list with its filters, and the facts that explain why an address gets no mail.

use std::collections::HashMap;

use actix_web::{HttpResponse, get};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::address::{self, Addressee};
use super::words::{OTHER_KINDS, kind_of, reason_of, state_of};
use super::{require_role, zone_of};
use crate::access::{CommissionRef, Visibility, visible_commissions};
use crate::db::{CommissionId, Db};
use crate::error::Result;
use crate::http::{Page, PageParameters};
use crate::identity::{Actor, Visitor};
use crate::mail::DeliveryStatus;
use crate::notifications::Event;
use crate::reminders::api::ListQuery;
use crate::reminders::store::{self, Delivery};
use crate::ui::{
    self, Choice, Column, Field, FormView, Frame, View, button_link, empty, filters_in_force, moment, pager, short_day,
    table, tag, total,
};

/// The names of the filters.
const FILTERS: &[&str] = &["address", "status", "kind", "commission_id", "day", "bouncing"];

/// One page of the list.
struct Shown {
    page: Page<Delivery>,
    commissions: Vec<CommissionRef>,
    /// The facts about the address in the filter.
    addressee: Option<Addressee>,
    zone: Tz,
}

crate::nothing_restricted!(Shown);

/// The deliveries, the newest first
///
/// Permissions: admin all; coordinator those of the country; secretariat those of its commissions. A 404 for others.
#[get("/deliveries")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let (filter, paging) = parameters.read::<ListQuery>()?.read()?;
    let paging = paging.counting(Some(true));
    let read = move |conn: &mut Db, actor: &Actor| {
        require_role(actor)?;
        let visibility = Visibility::writable_by(actor);
        let address = filter.address.clone();
        Ok(Shown {
            page: store::list(conn, &visibility, &filter, &paging)?,
            commissions: visible_commissions(conn, &visibility)?,
            addressee: address.map(|address| address::of(conn, actor, &address)).transpose()?,
            zone: zone_of(conn, actor)?,
        })
    };
    visitor.page(read, move |frame, shown| view(frame, &parameters, &shown)).await
}

fn view(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> View {
    let is_filtered = parameters.has_filters();
    let body = html! {
        (ui::filters(frame, is_filtered, filters(frame, parameters, shown)))
        (chosen(frame, parameters, shown))
        @if let Some(addressee) = &shown.addressee { (address::draw(frame, addressee)) }
        div id="results" {
            @if shown.page.items.is_empty() {
                @if is_filtered {
                    (empty(&frame.t("deliveries-none-found"), Some(("/deliveries", &frame.t("web-clear-filters")))))
                } @else { (empty(&frame.t("deliveries-none"), None)) }
            } @else {
                (total(frame, "deliveries-total", shown.page.total))
                (rows(frame, shown))
            }
            (pager(frame, shown.page.next_cursor.as_deref()))
        }
    };
    let failed = frame.t("deliveries-bouncing");
    View::new(frame.t("deliveries-page"), body)
        .lead(html! { (frame.t("deliveries-lead")) " " (frame.t("deliveries-address-hint")) })
        .actions(html! {
            (button_link("/deliveries?bouncing=true", &failed, false))
            (button_link("/deliveries/preview", &frame.t("deliveries-preview"), false))
        })
}

fn rows(frame: &Frame, shown: &Shown) -> Markup {
    let columns =
        ["to", "kind", "state", "when", "commissions"].map(|name| Column::new(frame.t(&format!("deliveries-{name}"))));
    let labels: HashMap<CommissionId, &str> = shown.commissions.iter().map(|one| (one.id, one.label())).collect();
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(|one| row(frame, shown.zone, &labels, one)).collect();
    table(&frame.t("deliveries-page"), &columns, &rows)
}

fn row(frame: &Frame, zone: Tz, labels: &HashMap<CommissionId, &str>, one: &Delivery) -> Vec<Markup> {
    let (tone, state) = state_of(frame, one.status);
    let commissions: Vec<&str> = one.commission_ids.iter().filter_map(|id| labels.get(id).copied()).collect();
    vec![
        html! {
            a href={ "/deliveries/" (one.id) } { (one.name.as_deref().unwrap_or(&one.address)) }
            @if one.name.is_some() { br; span class="small" { (one.address) } }
        },
        html! { (kind_of(frame, &one.kind)) },
        html! {
            (tag(tone, &state))
            @if let Some(reason) = reason_of(frame, one) { br; span class="small" { (reason) } }
        },
        html! {
            @match (one.sent_at, one.next_attempt) {
                (Some(at), _) => { span class="unbroken" { (moment(at, zone)) } },
                (None, Some(at)) if one.attempts > 0 => {
                    (frame.t_with("deliveries-next-attempt", &[("moment", moment(at, zone).into())]))
                },
                _ => { (short_day(one.day)) },
            }
        },
        html! { @if commissions.is_empty() { "—" } @else { (commissions.join(", ")) } },
    ]
}

fn filters(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let form = FormView::of_filters(parameters);
    let any = frame.t("deliveries-any");
    let states: Vec<Choice> = DeliveryStatus::ALL.iter().map(|one| Choice::new(one, state_of(frame, *one).1)).collect();
    let events = Event::ALL.iter().filter(|event| event.is_optional()).map(|event| event.as_str());
    let kinds: Vec<Choice> =
        OTHER_KINDS.iter().copied().chain(events).map(|code| Choice::new(code, kind_of(frame, code))).collect();
    let commissions: Vec<Choice> = shown.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    let field = |name: &'static str, key: &str| Field::new(frame, &form, name, frame.t(key));
    html! {
        form class="filters" method="get" action="/deliveries" data-auto="true" {
            (field("address", "deliveries-address").text())
            (field("status", "deliveries-state").select(Some(&any), &states))
            (field("kind", "deliveries-kind").select(Some(&any), &kinds))
            @if commissions.len() > 1 {
                (field("commission_id", "deliveries-commission").select(Some(&any), &commissions))
            }
            (field("day", "deliveries-day").completed("date", "off"))
            @if let Some(value) = parameters.get("bouncing") { input type="hidden" name="bouncing" value=(value); }
            button type="submit" { (frame.t("deliveries-apply")) }
        }
    }
}

/// Draws the filters in force.
fn chosen(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let text = |name: &str, value: &str| match name {
        "status" => frame.word("deliveries-status", value),
        "kind" => kind_of(frame, value),
        "commission_id" => {
            let known = shown.commissions.iter().find(|one| one.id.to_string() == value);
            known.map_or_else(|| frame.t("deliveries-unknown"), |one| one.label().to_owned())
        }
        "bouncing" => frame.t("deliveries-bouncing"),
        _ => value.to_owned(),
    };
    filters_in_force(frame, parameters, FILTERS, text)
}
