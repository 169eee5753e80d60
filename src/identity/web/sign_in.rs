//! `/sign-in` and `/sign-out`.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use maud::{Markup, html};

use super::opening::{frame, opening};
pub(super) use super::opening::{see_other, signed_in};
use super::refusal::{refused_form, send_refused};
use super::second_step;
use super::visitor::Visitor;
use crate::clock::stopwatch;
use crate::db::Tx;
use crate::error::{Code, Error, Result};
use crate::http::{Fields, Form, PageParameters, State, note_sender, removal_cookie, session_token};
use crate::i18n::Lang;
use crate::identity::api::{MIN_TIME, by_link, client_of};
use crate::identity::sign_in::{Proof, SignInRequest};
use crate::identity::store::login_sessions as store;
use crate::identity::tokens::hash_of;
use crate::identity::{login_sessions, sign_in as actions};
use crate::ui::{Field, FormView, Frame, View, actions as form_actions, contact, send};

/// The sign-in page
///
/// Permissions: anyone; a person who is signed in goes on to the start page.
#[get("/sign-in")]
pub(crate) async fn show(request: HttpRequest, state: Data<State>, lang: Lang) -> Result<HttpResponse> {
    let parameters = PageParameters::parse(request.query_string());
    let next = own_path(parameters.get("next"));
    if Visitor::identify(&request).await?.is_ok() {
        return Ok(see_other(&next));
    }
    let frame = frame(&state, lang);
    if let Some(token) = parameters.get("token") {
        return Ok(send(&frame, &link_page(&frame, token)));
    }
    let form = FormView::opened(Fields::default().with("next", next), String::new());
    let kept = parameters.get("kept").is_some();
    Ok(send(&frame, &page(&state, &frame, &form, kept)))
}

/// Sign in
///
/// Permissions: anyone.
#[post("/sign-in")]
pub(crate) async fn sign_in(
    request: HttpRequest,
    state: Data<State>,
    lang: Lang,
    payload: Payload,
) -> Result<HttpResponse> {
    let (started, client) = (stopwatch(), client_of(&request));
    let fields = Form::receive_short(&request, payload).await?.fields;
    let take = |name: &str| fields.get(name).unwrap_or_default().chars().take(1000).collect::<String>();
    let (next, code) = (own_path(fields.get("next")), fields.get("code").map(|_| take("code")));
    if fields.get("token").is_some() {
        return sign_in_by_link(&request, &state, lang, (take("token").trim().to_owned(), code)).await;
    }
    if fields.get("ticket").is_some() {
        return second_step::sign_in(&request, &state, lang, (take("ticket"), code, next)).await;
    }
    let (email, open) = (take("email"), opening(&state, "password"));
    let sent = SignInRequest { email: email.clone(), proof: Proof::Password(take("password")), code };
    let opened = state.call(move |state| Ok(actions::sign_in_with_ticket(state, &client, &sent, open))).await?;
    let error = match opened {
        Ok((user, token)) => {
            note_sender(&request, user);
            return signed_in(&state, &next, token);
        }
        Err((error, Some(ticket))) => {
            return Ok(second_step::ask(&state, lang, ("ticket", &ticket), (&next, &error)));
        }
        Err((error, None)) => error,
    };
    match error.code {
        Code::TooManyAttempts => tokio::time::sleep(MIN_TIME.saturating_sub(started.elapsed())).await,
        Code::InvalidCredentials => {}
        _ => return Err(error),
    }
    let fields = Fields::default().with("email", email).with("next", next);
    Ok(refused(&state, lang, fields, &error))
}

fn refused(state: &State, lang: Lang, fields: Fields, error: &Error) -> HttpResponse {
    let (frame, mut form) = (frame(state, lang), refused_form(error, fields, lang));
    if error.code == Code::TooManyAttempts {
        form.problem = Some(frame.t("sign-in-throttled"));
    }
    send_refused(&frame, page(state, &frame, &form, false), error)
}

/// Signs in the owner of a link, which works once. One that does not work leads to the form.
async fn sign_in_by_link(
    request: &HttpRequest,
    state: &State,
    lang: Lang,
    (token, code): (String, Option<String>),
) -> Result<HttpResponse> {
    let (client, open, sent) = (client_of(request), opening(state, "link"), token.clone());
    let opened = state.call(move |state| by_link(state, client, (&sent, code.as_deref()), open));
    match opened.await {
        Ok((user, token)) => {
            note_sender(request, user);
            signed_in(state, "/", token)
        }
        Err(error)
            if [Code::SecondFactorRequired, Code::SecondFactorInvalid, Code::TooManyAttempts].contains(&error.code) =>
        {
            Ok(second_step::ask(state, lang, ("token", &token), ("/", &error)))
        }
        Err(error) if error.code == Code::InvalidToken => {
            let frame = frame(state, lang);
            let problem = Some(frame.t("sign-in-link-expired"));
            let form = FormView { problem, ..FormView::default() };
            Ok(send_refused(&frame, page(state, &frame, &form, false), &error))
        }
        Err(error) => Err(error),
    }
}

/// Sign out
///
/// Permissions: anyone; without a session, nothing happens.
#[post("/sign-out")]
pub(crate) async fn sign_out(request: HttpRequest, state: Data<State>) -> Result<HttpResponse> {
    let public_url = state.config.public_url.clone();
    if let Some(token) = session_token(&request, &public_url) {
        let (hash, now) = (hash_of(&token), state.now());
        let end = move |tx: &mut Tx<'_>| {
            let found = store::browser_session(tx.conn, &hash)?;
            found.map_or(Ok(()), |found| login_sessions::end_browser(tx, found.user, found.session))
        };
        state.db.write_async(None, now, end).await?;
    }
    let mut response = see_other("/sign-in");
    response.add_removal_cookie(&removal_cookie(&public_url)).map_err(Error::internal)?;
    Ok(response)
}

fn page(state: &State, frame: &Frame, form: &FormView, kept: bool) -> View {
    let body = html! {
        div class="signed-out" {
            @if kept { div class="notice done" role="status" { p { (frame.t("sign-in-text-kept")) } } }
            form method="post" action="/sign-in" {
                (form.begin(frame))
                input type="hidden" name="next" value=(form.value("next"));
                (Field::new(frame, form, "email", frame.t("sign-in-email")).required().completed("email", "username"))
                (Field::new(frame, form, "password", frame.t("sign-in-password")).required()
                    .password("current-password"))
                (form_actions(&frame.t("sign-in-submit"), Some(("/password", &frame.t("sign-in-forgotten")))))
            }
            details class="more" {
                summary { (frame.t("sign-in-by-code")) }
                form method="post" action="/sign-in" {
                    (Field::new(frame, &FormView::default(), "token", frame.t("account-code")).required()
                        .hint(frame.t("account-code-hint")).completed("text", "one-time-code"))
                    button type="submit" { (frame.t("sign-in-submit")) }
                }
            }
            @if state.config.is_demo { (demo_people(frame, form.value("next"))) }
            (contact(frame))
        }
    };
    View::new(frame.t("sign-in-title"), body)
}

/// The page of a sign-in link. Opening it uses nothing up; its button signs in.
fn link_page(frame: &Frame, token: &str) -> View {
    let body = html! {
        div class="signed-out" {
            p { (frame.t("sign-in-link-about")) }
            form method="post" action="/sign-in" {
                input type="hidden" name="token" value=(token);
                (form_actions(&frame.t("sign-in-submit"), Some(("/sign-in", &frame.t("sign-in-with-password")))))
            }
            (contact(frame))
        }
    };
    View::new(frame.t("sign-in-title"), body)
}

/// The people of the demonstration, a button for each.
pub(crate) const DEMO_PEOPLE: &[(&str, &str)] = &[
    ("secretariat@demo.example", "demo-secretariat-cigtpe"),
    ("representative@demo.example", "demo-representative"),
    ("secretariat.ceti@demo.example", "demo-secretariat-ceti"),
    ("coordinator@demo.example", "demo-coordinator"),
    ("observer@demo.example", "demo-observer"),
    ("admin@demo.example", "demo-admin"),
];

/// The password of everybody in the demonstration.
pub(crate) const DEMO_PASSWORD: &str = "articula-demo";

fn demo_people(frame: &Frame, next: &str) -> Markup {
    html! {
        section class="demo-people" {
            h2 { (frame.t("sign-in-demo")) }
            p { (frame.t("sign-in-demo-about")) }
            @for (email, key) in DEMO_PEOPLE {
                form method="post" action="/sign-in" {
                    input type="hidden" name="email" value=(email);
                    input type="hidden" name="password" value=(DEMO_PASSWORD);
                    input type="hidden" name="next" value=(next);
                    button type="submit" { (frame.t(key)) " " span class="small" { (email) } }
                }
            }
        }
    }
}

/// Returns the path of a page of this site; the start page for anything else.
pub(super) fn own_path(next: Option<&str>) -> String {
    let is_own = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains(['\\', '\r', '\n', '\t'])
            && path.len() <= 2000
            && !path.starts_with("/sign-")
    };
    next.filter(is_own).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_always_one_of_this_site() {
        assert_eq!(own_path(Some("/commitments?overdue=true")), "/commitments?overdue=true");
        for foreign in
            ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/\t/evil.example"]
        {
            assert_eq!(own_path(Some(foreign)), "/", "{foreign}");
        }
        assert_eq!(own_path(None), "/");
    }
}
