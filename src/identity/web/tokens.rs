//! `/me/tokens`: the tokens of the own account for programs.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{Days, NaiveDate};
use maud::{Markup, html};

use super::account::account_tabs;
use super::refusal::{is_of_form, refused_form, send_refused};
use super::sign_in::see_other;
use super::visitor::Visitor;
use crate::db::{Db, SessionId, Tx};
use crate::error::{Code, Faults, Result};
use crate::http::{Fields, Form};
use crate::identity::actor::Actor;
use crate::identity::personal_tokens::{self, PersonalToken, TokenInput, TokenScope, of_person};
use crate::ui::{Choice, Column, Field, FormView, Frame, Tone, View, actions, notice, panel, send, short_day, table};

/// The tokens as the page shows them.
struct Shown(Vec<PersonalToken>);

crate::nothing_restricted!(Shown);

/// The tokens of the own account
///
/// Permissions: anyone signed in.
#[get("/me/tokens")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let now = visitor.state.now();
    let read = move |conn: &mut Db, actor: &Actor| Ok(Shown(of_person(conn, actor.id, now)?));
    visitor.page(read, |frame, shown| page(frame, &shown, &FormView::default(), None)).await
}

/// Make a token, or end one (`end`)
///
/// The answer shows a new token once, because only its hash is stored: it leads to no other page.
///
/// Permissions: anyone signed in; to make one, within 15 minutes of signing in.
#[post("/me/tokens")]
pub(crate) async fn change(visitor: Visitor, request: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let fields = Form::receive_short(&request, payload).await?.fields;
    if let Some(id) = fields.get("end") {
        let id: SessionId = id.parse().map_err(|_| Code::NotFound)?;
        visitor.write(move |tx: &mut Tx<'_>, actor: &Actor| personal_tokens::end(tx, actor, id)).await?;
        return Ok(see_other("/me/tokens?done=token-ended"));
    }
    let now = visitor.state.now();
    let read = move |conn: &mut Db, actor: &Actor| Ok(Shown(of_person(conn, actor.id, now)?));
    match make(&visitor, &fields).await {
        Ok(secret) => {
            let (frame, shown) = visitor.framed(read).await?;
            Ok(send(&frame, &page(&frame, &shown, &FormView::default(), Some(&secret))))
        }
        Err(error) if is_of_form(&error) || [Code::SignInAgain, Code::TooManyTokens].contains(&error.code) => {
            let (frame, shown) = visitor.framed(read).await?;
            let form = refused_form(&error, fields, frame.lang);
            // The summary of faults needs the labels of the fields, which are recorded while the form is drawn once.
            drop(page(&frame, &shown, &form, None));
            Ok(send_refused(&frame, page(&frame, &shown, &form, None), &error))
        }
        Err(error) => Err(error),
    }
}

async fn make(visitor: &Visitor, fields: &Fields) -> Result<String> {
    let (input, session) = (input_of(fields, visitor.state.now().utc().date_naive())?, visitor.session());
    let make = move |tx: &mut Tx<'_>, actor: &Actor| personal_tokens::make(tx, actor, session, &input);
    let (_, secret) = visitor.write(make).await?;
    Ok(secret)
}

/// The times for which the page makes a token, in days.
const DAYS: [i64; 3] = [30, 90, 365];

/// Reads the form: the name, the scope and the number of days.
fn input_of(fields: &Fields, today: NaiveDate) -> Result<TokenInput> {
    let mut faults = Faults::default();
    let days = fields.get("days").and_then(|days| days.parse().ok()).filter(|days| DAYS.contains(days));
    let scopes = match fields.get("scope") {
        Some("write") => vec![TokenScope::Read, TokenScope::Write],
        Some("read") => vec![TokenScope::Read],
        _ => Vec::new(),
    };
    for (name, is_missing) in [("/scope", scopes.is_empty()), ("/days", days.is_none())] {
        if is_missing {
            faults.add(name, "required");
        }
    }
    let expires_on = today.checked_add_days(Days::new(days.unwrap_or_default().unsigned_abs())).unwrap_or(today);
    let input = TokenInput { name: fields.get("name").unwrap_or_default().trim().to_owned(), scopes, expires_on };
    faults.line("/name", &input.name, 100);
    faults.into_result()?;
    Ok(input)
}

fn page(frame: &Frame, shown: &Shown, form: &FormView, secret: Option<&str>) -> View {
    let body = html! {
        (account_tabs(frame))
        div class="stack" {
            p class="prose" { (frame.t("tokens-about")) }
            @if let Some(secret) = secret { (new_token(frame, secret)) }
            @if !shown.0.is_empty() { (panel(&frame.t("tokens-list"), None, list(frame, &shown.0))) }
            (panel(&frame.t("tokens-new"), None, making(frame, form)))
        }
    };
    View::new(frame.t("tokens-title"), body).above("/me", frame.t("account-title"))
}

fn new_token(frame: &Frame, secret: &str) -> Markup {
    notice(
        Tone::Done,
        html! {
            p tabindex="-1" data-focus="true" { strong { (frame.t("tokens-made")) } }
            p { (frame.t("tokens-once")) }
            p { code { (secret) } }
        },
    )
}

fn list(frame: &Frame, tokens: &[PersonalToken]) -> Markup {
    let columns: Vec<Column> =
        ["name", "scopes", "expires", "used", "end"].map(|name| Column::new(frame.t(&format!("tokens-{name}")))).into();
    let rows: Vec<Vec<Markup>> = tokens.iter().map(|token| row(frame, token)).collect();
    table(&frame.t("tokens-list"), &columns, &rows)
}

fn row(frame: &Frame, token: &PersonalToken) -> Vec<Markup> {
    let used = token.last_used_at.map(|at| short_day(at.utc().date_naive()));
    let mut row = cells(frame, token);
    row.push(html! { (used.unwrap_or_else(|| frame.t("tokens-never-used"))) });
    row.push(html! {
        form method="post" action="/me/tokens" {
            button class="link" type="submit" name="end" value=(token.id) {
                (frame.t("tokens-do-end")) span class="unseen" { ": " (token.name) }
            }
        }
    });
    row
}

/// Draws the name, the scopes and the last day of a token.
pub(super) fn cells(frame: &Frame, token: &PersonalToken) -> Vec<Markup> {
    let scopes: Vec<String> = token.scopes.iter().map(|scope| frame.word("tokens-scope", scope.as_str())).collect();
    vec![html! { (token.name) }, html! { (scopes.join(", ")) }, html! { (short_day(token.expires_on)) }]
}

fn making(frame: &Frame, form: &FormView) -> Markup {
    let scopes = [("read", "tokens-may-read"), ("write", "tokens-may-write")];
    let scopes: Vec<Choice> = scopes.map(|(scope, key)| Choice::new(scope, frame.t(key))).into();
    let days: Vec<Choice> = DAYS.map(|days| Choice::new(days, frame.t_n("tokens-days", days))).into();
    html! {
        form method="post" action="/me/tokens" {
            (form.begin(frame))
            (Field::new(frame, form, "name", frame.t("tokens-name")).hint(frame.t("tokens-name-hint")).required().max(100).text())
            (Field::new(frame, form, "scope", frame.t("tokens-scopes")).required().radios(&scopes))
            (Field::new(frame, form, "days", frame.t("tokens-lasts")).required().radios(&days))
            (actions(&frame.t("tokens-make"), None))
        }
    }
}
