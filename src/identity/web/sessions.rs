//! `/me/sessions`: where the own account is open, and ending a session.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, post};
use maud::{Markup, html};

use super::account::account_tabs;
use super::sign_in::see_other;
use super::visitor::Visitor;
use crate::clock::Instant;
use crate::db::{Db, SessionId};
use crate::error::{Code, Error, Result};
use crate::http::{Form, Page, PageQuery, State, removal_cookie};
use crate::identity::actor::Actor;
use crate::identity::login_sessions::end_own_session;
use crate::identity::model::{LoginSession, SessionKind};
use crate::identity::store::login_sessions as store;
use crate::ui::{Column, Frame, Tone, View, elapsed, pager, table, tag};

/// The own sessions that have not ended
///
/// Permissions: anyone signed in.
#[get("/me/sessions")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let paging = visitor.parameters().read::<PageQuery>()?.paging()?;
    let (current, now) = (visitor.session(), visitor.state.now());
    let state = visitor.state.clone();
    let read = move |conn: &mut Db, actor: &Actor| store::list(conn, (actor.id, current), now, &paging);
    visitor
        .page(read, move |frame, mut sessions| {
            sessions.items.retain(|session| is_open(&state, session, now));
            page(frame, &sessions, now)
        })
        .await
}

/// Returns true if a session can still be used: a browser's ends after a time without use.
fn is_open(state: &State, session: &LoginSession, now: Instant) -> bool {
    let last_seen = state.last_seen.of(session.id).unwrap_or(session.last_seen_at).max(session.last_seen_at);
    session.kind != SessionKind::Web || now < last_seen.plus(state.config.session_idle)
}

/// End one of the own sessions
///
/// It ends at once. Ending the session of this browser signs out.
///
/// Permissions: anyone signed in, for their own sessions; any other is a 404.
#[post("/me/sessions")]
pub(crate) async fn end(visitor: Visitor, request: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let fields = Form::receive_short(&request, payload).await?.fields;
    let session: SessionId = fields.get("session").and_then(|id| id.parse().ok()).ok_or(Code::NotFound)?;
    visitor.write(move |tx, actor| end_own_session(tx, actor, session)).await?;
    if session != visitor.session() {
        return Ok(see_other("/me/sessions?done=session-ended"));
    }
    let mut response = see_other("/sign-in");
    response.add_removal_cookie(&removal_cookie(&visitor.state.config.public_url)).map_err(Error::internal)?;
    Ok(response)
}

fn page(frame: &Frame, sessions: &Page<LoginSession>, now: Instant) -> View {
    let titles = ["device", "kind", "last-seen", "begun", "end"];
    let columns = titles.map(|key| Column::new(frame.t(&format!("account-session-{key}"))));
    let rows: Vec<Vec<Markup>> = sessions.items.iter().map(|session| row(frame, session, now)).collect();
    let body = html! {
        (account_tabs(frame))
        p class="prose" { (frame.t("account-sessions-about")) }
        (table(&frame.t("account-sessions-title"), &columns, &rows))
        (pager(frame, sessions.next_cursor.as_deref()))
    };
    View::new(frame.t("account-sessions-title"), body).above("/me", frame.t("account-title"))
}

fn row(frame: &Frame, session: &LoginSession, now: Instant) -> Vec<Markup> {
    let device = device_in_words(frame, session.client.as_deref());
    let kind = match session.kind {
        SessionKind::Web => frame.t("account-session-web"),
        SessionKind::Api => frame.t("account-session-api"),
    };
    let last_seen = if session.current { frame.t("web-just-now") } else { elapsed(frame, session.last_seen_at, now) };
    vec![
        html! { (device) @if session.current { " " (tag(Tone::Done, &frame.t("account-session-current"))) } },
        html! { (kind) },
        html! { (last_seen) },
        html! { (elapsed(frame, session.created_at, now)) },
        html! {
            form method="post" action="/me/sessions" {
                input type="hidden" name="session" value=(session.id);
                button type="submit" {
                    @if session.current { (frame.t("web-sign-out")) } @else {
                        (frame.t("account-session-end-it")) span class="unseen" { ": " (device) }
                    }
                }
            }
        },
    ]
}

/// Programs and systems, by what they write into `User-Agent`. The first that fits counts: others name them too.
const BROWSERS: &[(&str, &str)] =
    &[("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
const SYSTEMS: &[(&str, &str)] = &[
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// Names the program of a session: "Firefox en Windows", or the beginning of its own name.
pub(super) fn device_in_words(frame: &Frame, client: Option<&str>) -> String {
    let Some(client) = client else { return frame.t("account-session-unknown") };
    let named = |known: &[(&str, &'static str)]| {
        let found = known.iter().find(|(part, _)| client.contains(part));
        found.map(|(_, name)| *name)
    };
    match (named(BROWSERS), named(SYSTEMS)) {
        (Some(browser), Some(system)) => {
            frame.t_with("account-session-on", &[("browser", browser.into()), ("system", system.into())])
        }
        (Some(browser), None) => browser.to_owned(),
        _ => client.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn a_session_is_named_by_its_browser_and_its_system() {
        let frame = Frame::signed_out(Lang::En, "/me/sessions");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0";
        assert_eq!(device_in_words(&frame, Some(edge)), "Edge on Windows");
        let phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";
        assert_eq!(device_in_words(&frame, Some(phone)), "Chrome on Android");
        assert_eq!(device_in_words(&frame, Some("curl/8.5.0")), "curl/8.5.0");
    }
}
