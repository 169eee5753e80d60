//! `/password` and `/invitation`: asking for a link by mail, and choosing a password with it. Opening a link uses
//! nothing up, because programs that scan mails open links too.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use maud::{Markup, html};

use super::refusal::{is_of_form, refused_form, send_refused};
use super::second_step;
use super::sign_in::{see_other, signed_in};
use crate::clock::stopwatch;
use crate::db::Tx;
use crate::error::{Code, Error, Faults, Result};
use crate::http::{Fields, Form, PageParameters, ProblemFault, State, note_sender};
use crate::i18n::{Lang, text};
use crate::identity::api::{MIN_TIME, client_of, hash_password, send_reset, token_owner};
use crate::identity::model::User;
use crate::identity::one_time_tokens::{TokenPurpose, set_password_by_token};
use crate::identity::passwords::check_password;
use crate::identity::{login_sessions, second_factor, store, tokens};
use crate::ui::{Field, FormView, Frame, Tone, View, actions, contact, notice, send};

/// The page on which a person chooses a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Password,
    Invitation,
}

impl Page {
    const fn path(self) -> &'static str {
        match self {
            Self::Password => "/password",
            Self::Invitation => "/invitation",
        }
    }

    fn title(self, frame: &Frame) -> String {
        match self {
            Self::Password => frame.t("account-choose-title"),
            Self::Invitation => frame.t_with("account-invitation-title", &[("brand", frame.brand.as_str().into())]),
        }
    }
}

/// A page of these addresses in the language of its reader.
struct Shown<'a> {
    state: &'a State,
    lang: Lang,
    page: Page,
}

/// A token as it was sent.
struct SentToken<'a> {
    token: &'a str,
    /// True when the address of the page has it: the form then hides it.
    is_of_link: bool,
}

/// Choose a password with a link, or ask for a link
///
/// Permissions: anyone.
#[get("/password")]
pub(crate) async fn show(request: HttpRequest, state: Data<State>, lang: Lang) -> Result<HttpResponse> {
    Shown { state: &state, lang, page: Page::Password }.opened(&request).await
}

/// Accept an invitation: choose the first password
///
/// Permissions: anyone.
#[get("/invitation")]
pub(crate) async fn show_invitation(request: HttpRequest, state: Data<State>, lang: Lang) -> Result<HttpResponse> {
    Shown { state: &state, lang, page: Page::Invitation }.opened(&request).await
}

/// Choose a password with a token, or ask for a link
///
/// The answer to the question for a link is the same for every address, in content and in time.
///
/// Permissions: anyone.
#[post("/password")]
pub(crate) async fn send_password(
    request: HttpRequest,
    state: Data<State>,
    lang: Lang,
    payload: Payload,
) -> Result<HttpResponse> {
    let fields = Form::receive_short(&request, payload).await?.fields;
    let shown = Shown { state: &state, lang, page: Page::Password };
    let asks = fields.get("token").is_none() && fields.get("password").is_none();
    if asks { shown.ask(&request, &fields).await } else { shown.choose(&request, &fields).await }
}

/// Choose the first password with the token of an invitation
///
/// Permissions: anyone with the token.
#[post("/invitation")]
pub(crate) async fn accept_invitation(
    request: HttpRequest,
    state: Data<State>,
    lang: Lang,
    payload: Payload,
) -> Result<HttpResponse> {
    let fields = Form::receive_short(&request, payload).await?.fields;
    Shown { state: &state, lang, page: Page::Invitation }.choose(&request, &fields).await
}

/// The state after a new password was set with a link.
enum Chosen {
    /// The token of the browser's session.
    SignedIn(String),
    /// The ticket for the second step of a person with a second factor.
    NeedsCode(String),
}

impl Shown<'_> {
    fn frame(&self) -> Frame {
        Frame::signed_out(self.lang, self.page.path()).branded(&self.state.config.brand)
    }

    /// Sends the page as a link opens it.
    async fn opened(mut self, request: &HttpRequest) -> Result<HttpResponse> {
        let parameters = PageParameters::parse(request.query_string());
        let Some(token) = parameters.get("token") else {
            let is_sent = parameters.done() == Some("link-asked");
            return Ok(send(&self.frame(), &self.without_token(is_sent)));
        };
        let Some(owner) = self.owner(token).await? else {
            return Ok(send(&self.frame(), &View { status: StatusCode::GONE, ..self.expired() }));
        };
        self.lang = owner.language;
        let sent = SentToken { token, is_of_link: true };
        Ok(send(&self.frame(), &self.with_token(&FormView::default(), &sent, Some(&owner))))
    }

    /// Returns the owner of a token that works.
    async fn owner(&self, token: &str) -> Result<Option<User>> {
        let token = short(token);
        let find = move |state: &State| match token_owner(state, &token, &TokenPurpose::CHOOSE_PASSWORD) {
            Ok(owner) => state.db.read(|conn| store::find_user(conn, owner)),
            Err(error) if error.code == Code::InvalidToken => Ok(None),
            Err(error) => Err(error),
        };
        self.state.call(find).await
    }

    /// Queues a mail with a link, and leads to the page that states it.
    async fn ask(&self, request: &HttpRequest, fields: &Fields) -> Result<HttpResponse> {
        let (started, client) = (stopwatch(), client_of(request));
        let email = fields.get("email").unwrap_or_default().to_owned();
        let mut faults = Faults::default();
        faults.text("/email", &email, 254);
        if let Err(error) = faults.into_result() {
            let form = refused_form(&error, Fields::default().with("email", email), self.lang);
            return Ok(send_refused(&self.frame(), self.asking(&form), &error));
        }
        let done = self.state.call(move |state| send_reset(state, &client, &email)).await;
        tokio::time::sleep(MIN_TIME.saturating_sub(started.elapsed())).await;
        done.map(|()| see_other("/password?done=link-asked"))
    }

    /// Sets the password and signs in.
    async fn choose(mut self, request: &HttpRequest, fields: &Fields) -> Result<HttpResponse> {
        let take = |name: &str| fields.get(name).unwrap_or_default().trim().to_owned();
        let (token, password) = (take("token"), fields.get("password").unwrap_or_default().to_owned());
        let sent = SentToken { token: &token, is_of_link: fields.get("of_link") == Some("true") };
        let owner = if token.is_empty() { None } else { self.owner(&token).await? };
        if let Some(owner) = &owner {
            self.lang = owner.language;
        }
        let mut faults = Faults::default();
        if owner.is_some() {
            check_password(&mut faults, "/password", &password);
        }
        let outcome = match (&owner, faults.into_result()) {
            (Some(_), Ok(())) => self.set(request, &token, password).await,
            (None, Ok(())) => Err(Code::InvalidToken.into()),
            (_, Err(error)) => Err(error),
        };
        match outcome {
            Ok(Chosen::SignedIn(cookie)) => signed_in(self.state, "/", cookie),
            Ok(Chosen::NeedsCode(ticket)) => {
                let error = Error::new(Code::SecondFactorRequired).arg("reason", "code");
                Ok(second_step::ask(self.state, self.lang, ("ticket", &ticket), ("/", &error)))
            }
            Err(error) if is_of_form(&error) => Ok(self.refused(&error, &sent, owner.as_ref())),
            Err(error) => Err(error),
        }
    }

    async fn set(&self, request: &HttpRequest, token: &str, password: String) -> Result<Chosen> {
        let (token, client) = (short(token), client_of(request));
        let hash = hash_password(Some(password)).await?.unwrap_or_default();
        let (longest, secret) = (self.state.config.session_longest, self.state.config.jwt_secret.clone());
        let act = move |tx: &mut Tx<'_>| {
            tx.client = Some(client.address);
            let user = set_password_by_token(tx, &token, &hash)?;
            if second_factor::is_active(tx.conn, user)? {
                return Ok((user, Chosen::NeedsCode(tokens::ticket(&secret, user, &hash, tx.now)?)));
            }
            let cookie = login_sessions::sign_in_browser(tx, user, client.name.clone(), longest, "link")?;
            Ok((user, Chosen::SignedIn(cookie)))
        };
        let (user, chosen) = self.state.call(move |state| state.db.write(None, state.now(), act)).await?;
        note_sender(request, user);
        Ok(chosen)
    }

    /// Shows what is wrong. A link that no longer works leads to the form that asks for another.
    fn refused(&self, error: &Error, sent: &SentToken<'_>, owner: Option<&User>) -> HttpResponse {
        if owner.is_none() && sent.is_of_link {
            return send_refused(&self.frame(), self.expired(), &Code::InvalidToken.into());
        }
        let mut form = refused_form(error, Fields::default().with("token", sent.token), self.lang);
        if owner.is_none() {
            form.problem = None;
            let detail = text(self.lang, "account-code-wrong", &[]);
            form.faults.insert(0, ProblemFault::new("/token", "invalid_token", detail));
        }
        send_refused(&self.frame(), self.with_token(&form, sent, owner), error)
    }

    /// The form that chooses a password with a token.
    fn with_token(&self, form: &FormView, sent: &SentToken<'_>, owner: Option<&User>) -> View {
        let frame = &self.frame();
        let body = html! {
            div class="signed-out" {
                @if let Some(owner) = owner {
                    @let args = [("name", owner.name.as_str().into()), ("email", owner.email.as_str().into())];
                    p { (frame.t_with("account-choose-for", &args)) }
                }
                (self.choosing(frame, form, sent, true))
                @if owner.is_none() { p { a href="/password" { (frame.t("account-ask-again")) } } }
                (contact(frame))
            }
        };
        View::new(self.page.title(frame), body)
    }

    fn choosing(&self, frame: &Frame, form: &FormView, sent: &SentToken<'_>, is_main: bool) -> Markup {
        html! {
            form method="post" action=(self.page.path()) {
                (form.begin(frame))
                @if sent.is_of_link {
                    input type="hidden" name="token" value=(sent.token);
                    input type="hidden" name="of_link" value="true";
                } @else {
                    (Field::new(frame, form, "token", frame.t("account-code")).required()
                        .hint(frame.t("account-code-hint")).completed("text", "one-time-code"))
                }
                (Field::new(frame, form, "password", frame.t("account-new-password")).required()
                    .hint(frame.t("account-password-hint")).password("new-password"))
                @if is_main { (actions(&frame.t("account-choose-submit"), None)) } @else {
                    div class="form-actions" { button type="submit" { (frame.t("account-choose-submit")) } }
                }
            }
        }
    }

    /// The page without a token: asks for the code of a mail; `/password` asks for an address too.
    fn without_token(&self, is_sent: bool) -> View {
        let (frame, sent) = (&self.frame(), SentToken { token: "", is_of_link: false });
        if self.page == Page::Invitation {
            return self.with_token(&FormView::default(), &sent, None);
        }
        let body = html! {
            div class="signed-out" {
                @if is_sent { (notice(Tone::Done, html! { p role="status" { (frame.t("account-link-sent")) } })) }
                (ask_form(frame, &FormView::default()))
                section class="stack" {
                    h2 { (frame.t("account-have-code")) }
                    (self.choosing(frame, &FormView::default(), &sent, false))
                }
                (contact(frame))
            }
        };
        View::new(frame.t("account-ask-title"), body)
    }

    /// The page that asks for an address alone.
    fn asking(&self, form: &FormView) -> View {
        let frame = &self.frame();
        View::new(
            frame.t("account-ask-title"),
            html! { div class="signed-out" { (ask_form(frame, form)) (contact(frame)) } },
        )
    }

    /// The page of a link that no longer works: why, and how to get another.
    fn expired(&self) -> View {
        let frame = &self.frame();
        let reason = match self.page {
            Page::Password => frame.t("account-link-expired"),
            Page::Invitation => frame.t("account-invitation-expired"),
        };
        let body = html! {
            div class="signed-out" {
                (notice(Tone::Soon, html! { p { (reason) } }))
                (ask_form(frame, &FormView::default()))
                (contact(frame))
            }
        };
        View::new(frame.t("account-expired-title"), body)
    }
}

/// The form that asks for a link by mail.
fn ask_form(frame: &Frame, form: &FormView) -> Markup {
    html! {
        form method="post" action="/password" {
            (form.begin(frame))
            (Field::new(frame, form, "email", frame.t("sign-in-email")).required().hint(frame.t("account-ask-hint"))
                .completed("email", "username"))
            (actions(&frame.t("account-ask-submit"), Some(("/sign-in", &frame.t("account-to-sign-in")))))
        }
    }
}

/// Returns a token without what is longer than any token.
fn short(token: &str) -> String {
    token.chars().take(200).collect()
}
