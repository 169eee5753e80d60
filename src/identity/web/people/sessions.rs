//! The open sessions of a person, and their end.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};
use uuid::Uuid;

use super::{below, path_of, person_for_admins};
use crate::clock::Instant;
use crate::db::{Db, Tx, UserId};
use crate::error::{Permitted, Result};
use crate::http::Paging;
use crate::identity::actor::Actor;
use crate::identity::login_sessions::end_sessions_of;
use crate::identity::model::{LoginSession, SessionKind, User};
use crate::identity::personal_tokens::{self, PersonalToken};
use crate::identity::store::login_sessions as store;
use crate::identity::web::sessions::device_in_words;
use crate::identity::web::tokens::cells as token_cells;
use crate::identity::web::{FormPage, NoFields, Submission, Visitor};
use crate::ui::{Column, FormView, Frame, View, confirmation, elapsed, empty, table};

/// The maximum number of sessions that the page lists, the newest first.
const MOST_SESSIONS: i64 = 100;

/// The open sessions of a person
///
/// Permissions: admin.
#[get("/people/{id}/sessions")]
pub(in crate::identity) async fn list(visitor: Visitor, id: Path<UserId>) -> Result<HttpResponse> {
    visitor.form(Sessions(id.into_inner())).await
}

/// End the sessions of a person
///
/// Permissions: admin.
#[post("/people/{id}/sessions")]
pub(in crate::identity) async fn end(submission: Submission, id: Path<UserId>) -> Result<HttpResponse> {
    submission.handle(Sessions(id.into_inner())).await
}

#[derive(Debug, Clone)]
struct Sessions(UserId);

struct Record {
    person: User,
    sessions: Vec<LoginSession>,
    tokens: Vec<PersonalToken>,
    now: Instant,
}

crate::nothing_restricted!(Record);

impl FormPage for Sessions {
    type Record = Record;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        let person = person_for_admins(conn, actor, self.0, Permitted::Admins)?;
        // The session of the reader is marked on the page of the own account only.
        let nobody = Uuid::nil().into();
        let sessions = store::list(conn, (self.0, nobody), now, &Paging::read(Some(MOST_SESSIONS), None)?)?.items;
        let tokens = personal_tokens::of_person(conn, self.0, now)?;
        Ok(Record { person, sessions, tokens, now })
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, _: NoFields) -> Result<String> {
        end_sessions_of(tx, actor, self.0)?;
        Ok(format!("{}?done=person-signed-out", path_of(self.0)))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let keys =
            ["account-session-device", "account-session-kind", "account-session-last-seen", "account-session-begun"];
        let columns = keys.map(|key| Column::new(frame.t(key)));
        let rows: Vec<Vec<Markup>> = record.sessions.iter().map(|one| row(frame, one, record.now)).collect();
        let body = html! {
            @if rows.is_empty() && record.tokens.is_empty() { (empty(&frame.t("people-no-sessions"), Some((&path_of(self.0), &frame.t("people-back"))))) }
            @else {
                @if !rows.is_empty() { (table(&frame.t("people-sessions"), &columns, &rows)) }
                @if !record.tokens.is_empty() { (tokens(frame, &record.tokens)) }
                @let what = html! { div class="prose" { p { (frame.t("people-sessions-what")) } } };
                (confirmation(frame, form, what, ("people-sessions-end", true), (&path_of(self.0), "ui-unchanged")))
            }
        };
        below(frame, &record.person, "people-sessions", body)
    }
}

/// Draws the tokens for programs, which end with the sessions.
fn tokens(frame: &Frame, tokens: &[PersonalToken]) -> Markup {
    let columns = ["tokens-name", "tokens-scopes", "tokens-expires"].map(|key| Column::new(frame.t(key)));
    let rows: Vec<Vec<Markup>> = tokens.iter().map(|token| token_cells(frame, token)).collect();
    html! {
        h2 { (frame.t("tokens-title")) }
        (table(&frame.t("tokens-title"), &columns, &rows))
    }
}

fn row(frame: &Frame, session: &LoginSession, now: Instant) -> Vec<Markup> {
    let kind = match session.kind {
        SessionKind::Web => "account-session-web",
        SessionKind::Api => "account-session-api",
    };
    vec![
        html! { (device_in_words(frame, session.client.as_deref())) },
        html! { (frame.t(kind)) },
        html! { (elapsed(frame, session.last_seen_at, now)) },
        html! { (elapsed(frame, session.created_at, now)) },
    ]
}
