//! `/deliveries/{id}`: one mail, what happened to it, and another attempt.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::words::{kind_of, reason_of, state_of};
use super::{require_role, zone_of};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::{Db, DeliveryId, Tx};
use crate::error::Result;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::mail::DeliveryStatus;
use crate::reminders::actions;
use crate::reminders::store::{self, Delivery};
use crate::ui::{
    FormView, Frame, Tone, View, actions as form_actions, button_link, description, facts, moment, notice, short_day,
    tag,
};

/// A delivery with the zone of its reader.
struct Shown {
    delivery: Delivery,
    zone: Tz,
}

crate::nothing_restricted!(Shown);

fn load(conn: &mut Db, actor: &Actor, id: DeliveryId) -> Result<Shown> {
    require_role(actor)?;
    let delivery = store::find(conn, &Visibility::writable_by(actor), id)?;
    Ok(Shown { delivery, zone: zone_of(conn, actor)? })
}

/// One delivery
///
/// Permissions: as for the list; a 404 for others.
#[get("/deliveries/{id}")]
pub(crate) async fn show(visitor: Visitor, id: Path<DeliveryId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    visitor.page(move |conn, actor| load(conn, actor, id), |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let one = &shown.delivery;
    let body = html! {
        (state(frame, shown))
        (facts(&rows(frame, shown)))
        @if let Some(error) = &one.last_error {
            details { summary { (frame.t("deliveries-answer")) } p class="prose" { code { (error) } } }
        }
        @if one.status == DeliveryStatus::Failed {
            p class="actions" { (button_link(&format!("/deliveries/{}/retry", one.id), &frame.t("deliveries-retry"), true)) }
        }
        @let all = format!("/deliveries?{}", form_urlencoded::Serializer::new(String::new()).append_pair("address", &one.address).finish());
        p { a href=(all) { (frame.t("deliveries-all-to")) } }
    };
    framed(frame, one, View::new(kind_of(frame, &one.kind), body))
}

fn framed(frame: &Frame, one: &Delivery, view: View) -> View {
    let to = one.name.as_ref().map_or_else(|| one.address.clone(), |name| format!("{name} · {}", one.address));
    view.lead(html! { (to) }).above("/deliveries", frame.t("deliveries-page"))
}

/// Draws the state with its reason, and the possible actions.
fn state(frame: &Frame, shown: &Shown) -> Markup {
    let one = &shown.delivery;
    let (tone, word) = state_of(frame, one.status);
    let advice = match one.status {
        DeliveryStatus::Failed => Some("deliveries-advice-failed"),
        DeliveryStatus::Queued if one.attempts > 0 => Some("deliveries-advice-waiting"),
        _ => None,
    };
    html! {
        (notice(tone, html! {
            p { (tag(tone, &word)) @if let Some(reason) = reason_of(frame, one) { " " (reason) } }
            @if let Some(key) = advice { p { (frame.t(key)) } }
        }))
    }
}

fn rows(frame: &Frame, shown: &Shown) -> Vec<(String, Markup)> {
    let (one, zone) = (&shown.delivery, shown.zone);
    let at = |key: &str, at: Option<Instant>| at.map(|at| description(frame.t(key), moment(at, zone)));
    let rows = [
        Some(description(frame.t("deliveries-address"), one.address.as_str())),
        one.name.as_ref().map(|name| description(frame.t("deliveries-name"), name.as_str())),
        Some(description(frame.t("deliveries-day"), short_day(one.day))),
        at("deliveries-created", Some(one.created_at)),
        at("deliveries-sent", one.sent_at),
        Some(description(frame.t("deliveries-attempts"), one.attempts.to_string())),
        at("deliveries-next", one.next_attempt),
    ];
    rows.into_iter().flatten().collect()
}

/// The page that asks for confirmation before a failed mail is tried again
///
/// Permissions: as for the list; a 404 for others.
#[get("/deliveries/{id}/retry")]
pub(crate) async fn ask(visitor: Visitor, id: Path<DeliveryId>) -> Result<HttpResponse> {
    visitor.form(Retry(id.into_inner())).await
}

/// Try a failed mail again
///
/// Permissions: as for the list; a 404 for others.
#[post("/deliveries/{id}/retry")]
pub(crate) async fn retry(submission: Submission, id: Path<DeliveryId>) -> Result<HttpResponse> {
    submission.handle(Retry(id.into_inner())).await
}

/// The form that queues a failed mail again.
#[derive(Debug, Clone)]
struct Retry(DeliveryId);

impl FormPage for Retry {
    type Record = Shown;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Shown> {
        load(conn, actor, self.0)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Shown, _: NoFields) -> Result<String> {
        actions::retry(tx, actor, self.0)?;
        Ok(format!("/deliveries/{}?done=delivery-queued", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &Shown) -> View {
        let one = &shown.delivery;
        let path = format!("/deliveries/{}", one.id);
        let body = html! {
            @if one.status == DeliveryStatus::Failed {
                form class="stack" method="post" action=(frame.path) {
                    (form.begin(frame))
                    p class="prose" {
                        (frame.t_with("deliveries-retry-what", &[("address", one.address.as_str().into())]))
                    }
                    @if let Some(reason) = reason_of(frame, one) {
                        (notice(Tone::Soon, html! { p { (reason) " " (frame.t("deliveries-retry-cause")) } }))
                    }
                    (form_actions(&frame.t("deliveries-retry"), Some((&path, &frame.t("deliveries-leave")))))
                }
            } @else {
                p class="prose" { (frame.t("deliveries-retry-none")) }
                p { (button_link(&path, &frame.t("deliveries-leave"), false)) }
            }
        };
        framed(frame, one, View::new(frame.t("deliveries-retry-title"), body))
    }
}
