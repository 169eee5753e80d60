//! `/me/second-factor`: the second factor of the own account.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, post};
use maud::{Markup, html};

use super::account::account_tabs;
use super::refusal::{is_of_form, refused_form, send_refused};
use super::sign_in::see_other;
use super::visitor::Visitor;
use crate::db::{Db, Tx};
use crate::error::{Code, Error, Result};
use crate::http::{Fields, Form};
use crate::identity::actor::Actor;
use crate::identity::api::check_own_password;
use crate::identity::second_factor::{self, NewFactor, Sealer, qr_path, store};
use crate::identity::sign_in::CodeGuess;
use crate::ui::{Field, FormView, Frame, Tone, View, actions, notice, panel, send};

/// The second factor as the page shows it.
struct Shown {
    /// True when sign-ins ask for a code.
    is_active: bool,
    /// True when it was begun and not confirmed.
    is_begun: bool,
    /// The number of recovery codes that were not used.
    codes_left: i64,
    /// True when a role of the person needs one.
    is_required: bool,
}

crate::nothing_restricted!(Shown);

/// The second factor of the own account
///
/// Permissions: anyone signed in.
#[get("/me/second-factor")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let read = reading(&visitor);
    visitor.page(read, |frame, shown| page(frame, &shown, &FormView::default())).await
}

/// Begin (`begin`), confirm (`confirm`) or end (`end`) the own second factor
///
/// The answer to `begin` shows the secret and the recovery codes once: it leads to no other page.
///
/// Permissions: anyone signed in, with the password.
#[post("/me/second-factor")]
pub(crate) async fn change(visitor: Visitor, request: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let fields = Form::receive_short(&request, payload).await?.fields;
    let take = |name: &str| fields.get(name).unwrap_or_default().chars().take(1000).collect::<String>();
    let (password, code) = (take("password"), take("code"));
    let done = match fields.get("action") {
        Some("begin") => match begin(&visitor, password).await {
            Ok(factor) => return begun(&visitor, &factor).await,
            Err(error) => Err(error),
        },
        Some("confirm") => confirm(&visitor, code).await.map(|()| "second-factor-activated"),
        Some("end") => end(&visitor, password, code).await.map(|()| "second-factor-ended"),
        _ => Err(Code::Malformed.into()),
    };
    match done {
        Ok(done) => Ok(see_other(&format!("/me/second-factor?done={done}"))),
        Err(error) if is_of_form(&error) || error.code == Code::SecondFactorActive => refused(&visitor, &error).await,
        Err(error) => Err(error),
    }
}

async fn refused(visitor: &Visitor, error: &Error) -> Result<HttpResponse> {
    let (frame, shown) = visitor.framed(reading(visitor)).await?;
    let form = refused_form(error, Fields::default(), frame.lang);
    // The summary of faults needs the labels of the fields, which are recorded while the form is drawn the first time.
    drop(page(&frame, &shown, &form));
    Ok(send_refused(&frame, page(&frame, &shown, &form), error))
}

fn reading(visitor: &Visitor) -> impl FnOnce(&mut Db, &Actor) -> Result<Shown> + Send + use<> {
    let roles = visitor.state.config.second_factor_roles.clone();
    move |conn: &mut Db, actor: &Actor| {
        let held = store::find(conn, actor.id)?;
        let is_active = held.as_ref().is_some_and(|held| held.confirmed_at.is_some());
        Ok(Shown {
            is_active,
            is_begun: held.is_some() && !is_active,
            codes_left: store::unused_codes(conn, actor.id)?,
            is_required: second_factor::is_required(actor, &roles),
        })
    }
}

async fn begin(visitor: &Visitor, password: String) -> Result<NewFactor> {
    check_own_password(visitor, password).await?;
    let sealer = Sealer::of(&visitor.state)?;
    visitor.write(move |tx: &mut Tx<'_>, actor: &Actor| second_factor::begin(tx, actor, &sealer)).await
}

async fn confirm(visitor: &Visitor, code: String) -> Result<()> {
    let (sealer, guess) =
        (Sealer::of(&visitor.state)?, CodeGuess::begin(&visitor.state, visitor.user(), visitor.client())?);
    let session = visitor.session();
    let confirm = move |tx: &mut Tx<'_>, actor: &Actor| second_factor::confirm(tx, (actor, session), &sealer, &code);
    guess.end(&visitor.state, visitor.write(confirm).await)
}

async fn end(visitor: &Visitor, password: String, code: String) -> Result<()> {
    check_own_password(visitor, password).await?;
    let (sealer, guess) =
        (Sealer::of(&visitor.state)?, CodeGuess::begin(&visitor.state, visitor.user(), visitor.client())?);
    let end = move |tx: &mut Tx<'_>, actor: &Actor| second_factor::end_own(tx, actor, &sealer, Some(&code));
    guess.end(&visitor.state, visitor.write(end).await)
}

/// Sends the page that shows the secret and the recovery codes once.
async fn begun(visitor: &Visitor, factor: &NewFactor) -> Result<HttpResponse> {
    let (frame, ()) = visitor.framed(|_, _| Ok(())).await?;
    let body = html! {
        (account_tabs(&frame))
        div class="stack prose" {
            h2 { (frame.t("second-factor-step-scan")) }
            p { (frame.t("second-factor-scan-about")) }
            (picture(&frame, &factor.otpauth_url)?)
            p { (frame.t("second-factor-secret")) " " code { (in_groups(&factor.secret)) } }
            h2 { (frame.t("second-factor-step-keep")) }
            p { (frame.t("second-factor-codes-about")) }
            ul class="codes" { @for code in &factor.recovery_codes { li { code { (code) } } } }
            h2 { (frame.t("second-factor-step-last")) }
            (confirmation(&frame, &FormView::default()))
        }
    };
    Ok(send(&frame, &titled(&frame, body)))
}

fn titled(frame: &Frame, body: Markup) -> View {
    View::new(frame.t("second-factor-title"), body).above("/me", frame.t("account-title"))
}

/// Draws the QR code that an app reads, with a light margin of four fields (ISO/IEC 18004).
fn picture(frame: &Frame, url: &str) -> Result<Markup> {
    let (path, side) = qr_path(url)?;
    let view = format!("-4 -4 {0} {0}", side + 8);
    Ok(html! {
        svg class="qr" viewBox=(view) role="img" aria-label=(frame.t("second-factor-picture")) {
            rect x="-4" y="-4" width=(side + 8) height=(side + 8) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    })
}

/// Returns a secret in groups of four letters.
fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn page(frame: &Frame, shown: &Shown, form: &FormView) -> View {
    let body = html! {
        (account_tabs(frame))
        div class="stack" {
            @if shown.is_required && !shown.is_active {
                (notice(Tone::Soon, html! { p { strong { (frame.t("second-factor-required")) } } }))
            }
            p class="prose" { (frame.t("second-factor-about")) }
            @if shown.is_active {
                p { strong { (frame.t("second-factor-is-active")) } " " (frame.t_n("second-factor-codes-left", shown.codes_left)) }
                (panel(&frame.t("second-factor-end"), None, ending(frame, form)))
            } @else {
                @if shown.is_begun {
                    (panel(&frame.t("second-factor-step-confirm"), None, confirmation(frame, form)))
                }
                (panel(&frame.t(if shown.is_begun { "second-factor-again" } else { "second-factor-begin" }), None,
                    beginning(frame, if shown.is_begun { None } else { Some(form) })))
            }
        }
    };
    titled(frame, body)
}

/// Draws the form that begins a second factor. Faults are shown in the only form of the page that can have them.
fn beginning(frame: &Frame, form: Option<&FormView>) -> Markup {
    let empty = FormView::default();
    let form = form.unwrap_or(&empty);
    html! {
        form method="post" action="/me/second-factor" {
            (form.begin(frame))
            input type="hidden" name="action" value="begin";
            (Field::new(frame, form, "password", frame.t("account-current-password")).required()
                .password("current-password"))
            (actions(&frame.t("second-factor-do-begin"), None))
        }
    }
}

fn confirmation(frame: &Frame, form: &FormView) -> Markup {
    html! {
        form method="post" action="/me/second-factor" {
            (form.begin(frame))
            input type="hidden" name="action" value="confirm";
            (Field::new(frame, form, "code", frame.t("second-factor-code")).required()
                .hint(frame.t("second-factor-code-hint")).completed("text", "one-time-code"))
            (actions(&frame.t("second-factor-do-confirm"), None))
        }
    }
}

fn ending(frame: &Frame, form: &FormView) -> Markup {
    html! {
        form method="post" action="/me/second-factor" {
            (form.begin(frame))
            input type="hidden" name="action" value="end";
            (Field::new(frame, form, "password", frame.t("account-current-password")).required()
                .password("current-password"))
            (Field::new(frame, form, "code", frame.t("second-factor-code")).required()
                .hint(frame.t("second-factor-any-code-hint")).completed("text", "one-time-code"))
            div class="form-actions" { button class="danger" type="submit" { (frame.t("second-factor-do-end")) } }
        }
    }
}
