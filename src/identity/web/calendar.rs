//! `/me/calendar`: the secret address of the own calendar, and how calendar programs subscribe to it.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, post};
use maud::{Markup, html};

use super::account::account_tabs;
use super::sign_in::see_other;
use super::visitor::Visitor;
use crate::clock::Instant;
use crate::error::{Code, Result};
use crate::http::Form;
use crate::identity::calendar_token;
use crate::ui::{Frame, Tone, View, elapsed, notice, send};

/// The programs whose steps are shown.
const PROGRAMS: &[(&str, &str)] =
    &[("outlook", "Outlook"), ("google", "Google Calendar"), ("apple", "Apple Calendar (iPhone, iPad, Mac)")];

/// The number of steps in the text of each program.
const STEPS: usize = 3;

/// The secret address of the own calendar
///
/// Permissions: anyone signed in.
#[get("/me/calendar")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let now = visitor.state.now();
    visitor
        .page(
            |conn, actor| Ok(MadeAt(calendar_token::made_at(conn, actor.id)?)),
            move |frame, MadeAt(made_at)| page(frame, made_at.map(|at| elapsed(frame, at, now)).as_deref(), None),
        )
        .await
}

/// The moment when the address was made.
struct MadeAt(Option<Instant>);

crate::nothing_restricted!(MadeAt);

/// Make, renew or revoke the secret address of the own calendar
///
/// The answer shows a new address once, because only its hash is stored: it leads to no other page.
///
/// Permissions: anyone signed in.
#[post("/me/calendar")]
pub(crate) async fn change(visitor: Visitor, request: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let fields = Form::receive_short(&request, payload).await?.fields;
    match fields.get("action") {
        Some("make") => {
            let token = visitor.write(calendar_token::create).await?;
            let address = format!("{}{}", visitor.state.config.public_url, calendar_token::path(&token));
            let (frame, ()) = visitor.framed(|_, _| Ok(())).await?;
            let since = frame.t("web-just-now");
            Ok(send(&frame, &page(&frame, Some(&since), Some(&address))))
        }
        Some("revoke") => {
            visitor.write(calendar_token::revoke).await?;
            Ok(see_other("/me/calendar?done=calendar-revoked"))
        }
        _ => Err(Code::Malformed.into()),
    }
}

/// The page: `since` when there is an address, and the address itself when it was made by this request.
fn page(frame: &Frame, since: Option<&str>, address: Option<&str>) -> View {
    let body = html! {
        (account_tabs(frame))
        p class="prose" { (frame.t("account-calendar-about")) }
        @match (address, since) {
            (Some(address), _) => { (new_address(frame, address)) },
            (None, Some(since)) => {
                p { (frame.t_with("account-calendar-since", &[("since", since.into())])) }
            },
            (None, None) => { p { (frame.t("account-calendar-none")) } },
        }
        (buttons(frame, since.is_some()))
        (steps(frame))
    };
    View::new(frame.t("account-calendar-title"), body).above("/me", frame.t("account-title"))
}

fn new_address(frame: &Frame, address: &str) -> Markup {
    let row = |id: &str, key: &str, value: String| {
        html! {
            div class="field line" {
                label for=(id) { (frame.t(key)) }
                input type="text" id=(id) value=(value) readonly autocomplete="off";
            }
        }
    };
    html! {
        (notice(Tone::Done, html! {
            p tabindex="-1" data-focus="true" { strong { (frame.t("account-calendar-made")) } }
            p { (frame.t("account-calendar-once")) }
        }))
        (row("address-all", "account-calendar-all", address.to_owned()))
        (row("address-mine", "account-calendar-mine", format!("{address}?mine=true")))
    }
}

fn buttons(frame: &Frame, has_address: bool) -> Markup {
    html! {
        form method="post" action="/me/calendar" {
            div class="form-actions" {
                @if has_address {
                    button type="submit" name="action" value="make" { (frame.t("account-calendar-renew")) }
                    button class="danger" type="submit" name="action" value="revoke" {
                        (frame.t("account-calendar-revoke"))
                    }
                } @else {
                    button class="main" type="submit" name="action" value="make" {
                        (frame.t("account-calendar-make"))
                    }
                }
            }
            @if has_address { p class="small" { (frame.t("account-calendar-renew-about")) } }
        }
    }
}

fn steps(frame: &Frame) -> Markup {
    html! {
        section class="stack" {
            h2 { (frame.t("account-calendar-how")) }
            @for (key, name) in PROGRAMS {
                h3 { (name) }
                div class="prose" {
                    ol { @for step in 1..=STEPS { li { (frame.t(&format!("account-calendar-{key}-{step}"))) } } }
                }
            }
            p class="small" { (frame.t("account-calendar-delay")) }
        }
    }
}
