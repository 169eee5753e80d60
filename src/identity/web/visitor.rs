//! The reader of a page: a person who is signed in with the cookie of a browser.

use std::ops::Deref;
use std::pin::Pin;

use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, dev::Payload};
use chrono::TimeDelta;

use super::frame::{frame_of, warnings_of};
use crate::audit::RestrictedContent;
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::http::{ClientAddress, PageParameters, Place, Preconditions, State, note_sender, session_token};
use crate::i18n::Lang;
use crate::identity::api::Caller;
use crate::identity::reader::Reader;
use crate::identity::store::login_sessions::{self as store, BrowserSession};
use crate::identity::tokens::hash_of;
use crate::identity::work::{ReadFn, ReadTrace, Work};
use crate::ui::{Back, Frame, View, send};

/// A person who reads a page; does the [`Work`] of the request and makes its answer.
pub(crate) struct Visitor {
    work: Work,
    parameters: PageParameters,
    /// The question to which the page leads back.
    pub(super) back: Option<Back>,
}

impl Deref for Visitor {
    type Target = Work;

    fn deref(&self) -> &Work {
        &self.work
    }
}

impl FromRequest for Visitor {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::identify(&request).await?.map_err(|_| Code::NotSignedIn.into()) })
    }
}

/// The time after the end of a session in which a form that it sends is kept for its person.
const FORMS_KEPT: TimeDelta = TimeDelta::hours(24);

/// The name and the language of a person who is signed in, for the page of an error.
#[derive(Clone)]
pub(super) struct SignedIn {
    pub name: String,
    pub language: Lang,
}

impl Visitor {
    /// Returns the person of the cookie; or, when there is none, the session that ended within the last 24 hours.
    pub(super) async fn identify(request: &HttpRequest) -> Result<std::result::Result<Self, Option<BrowserSession>>> {
        let state = request.app_data::<Data<State>>().ok_or_else(|| Error::internal("no state"))?.get_ref().clone();
        let Some(token) = session_token(request, &state.config.public_url) else { return Ok(Err(None)) };
        let hash = hash_of(&token);
        let found = state.db.read_async(move |conn| store::browser_session(conn, &hash)).await?;
        let Some(found) = found.filter(|found| !found.disabled) else { return Ok(Err(None)) };
        let (now, ends_at) = (state.now(), end_of(&state, &found));
        if ends_at <= now {
            return Ok(Err((now < ends_at.plus(FORMS_KEPT)).then_some(found)));
        }
        state.last_seen.note_browser(found.session, found.last_seen_at, now);
        note_sender(request, found.user);
        request.extensions_mut().insert(SignedIn { name: found.name.clone(), language: found.language });
        Ok(Ok(Self::new(request, state, &found)))
    }

    fn new(request: &HttpRequest, state: State, found: &BrowserSession) -> Self {
        let route = request.match_pattern().unwrap_or_default();
        let parameters = PageParameters::parse(request.query_string());
        let trace = ReadTrace { user: found.user, client: ClientAddress::of(request).0, route, marked: None };
        let reader = Reader::default();
        request.extensions_mut().insert(reader.clone());
        Self {
            work: Work {
                state,
                user: found.user,
                session: found.session,
                preconditions: Preconditions::default(),
                idempotency_key: None,
                path: request.path().to_owned(),
                trace,
                on_snapshot: false,
                place: None,
                reader: Some(reader),
            },
            back: parameters.back().and_then(Back::parse),
            parameters,
        }
    }

    /// Returns the query of the page.
    pub(crate) fn parameters(&self) -> &PageParameters {
        &self.parameters
    }

    /// Returns the path of the page.
    pub(crate) fn path(&self) -> &str {
        &self.work.path
    }

    /// Returns the same person as the caller of a download, which makes the same answer as the API.
    pub(crate) fn into_caller(self) -> Caller {
        Caller::from(self.work)
    }

    /// Returns the same person, who reads everything as it was at one moment.
    pub(crate) fn on_snapshot(self) -> Self {
        Self { work: Work { on_snapshot: true, ..self.work }, ..self }
    }

    /// Keeps a place taken until all work of the person's request has ended, even when the browser goes away.
    pub(crate) fn keep_place(&mut self, place: Place) {
        self.work.place = Some(place);
    }

    pub(super) fn work_mut(&mut self) -> &mut Work {
        &mut self.work
    }

    /// Reads what a page shows, and sends the page.
    pub(crate) async fn page<T: RestrictedContent + Send + 'static>(
        self,
        read: impl ReadFn<T>,
        view: impl FnOnce(&Frame, T) -> View,
    ) -> Result<HttpResponse> {
        let (frame, shown) = self.framed(read).await?;
        Ok(send(&frame, &view(&frame, shown)))
    }

    /// Reads what a page shows, with the frame of the page.
    pub(super) async fn framed<T: RestrictedContent + Send + 'static>(
        &self,
        read: impl ReadFn<T>,
    ) -> Result<(Frame, T)> {
        let (path, done) = (self.work.path.clone(), self.parameters.done().map(str::to_owned));
        let (query, config) = (self.parameters.changed(&[], &[]), self.work.state.config.clone());
        let warned = self.parameters.warned().map(str::to_owned);
        let back = self.back.clone();
        let Framed(frame, shown) = self
            .work
            .read(move |conn, actor| {
                let shown = read(conn, actor)?;
                let warnings = warnings_of(actor.language, warned.as_deref());
                let frame = Frame { query, warnings, back, ..frame_of(actor, &path, done.as_deref()) };
                Ok(Framed(frame.branded(&config.brand), shown))
            })
            .await?;
        Ok((frame, shown))
    }
}

/// A page's frame with its content.
struct Framed<T>(Frame, T);

impl<T: RestrictedContent> RestrictedContent for Framed<T> {
    fn restricted(&self, found: &mut crate::audit::RestrictedRecords) {
        self.1.restricted(found);
    }
}

/// Returns the moment when a session of a browser ends, or has ended.
fn end_of(state: &State, session: &BrowserSession) -> Instant {
    let last_seen = state.last_seen.of(session.session).unwrap_or(session.last_seen_at).max(session.last_seen_at);
    let idle = last_seen.plus(state.config.session_idle);
    session.ended_at.unwrap_or(session.expires_at).min(session.expires_at).min(idle)
}
