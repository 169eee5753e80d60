//! Forms: read, understood, carried out once, and shown again with their faults and everything as it was typed.
//!
//! A [`FormPage`] is one form at one address: `GET` shows it, `POST` to the same address carries it out and leads to
//! another page (303). Its fields become the JSON body of the API, so that there is one validation.

mod rows;
mod understanding;

use std::ops::{Deref, DerefMut};
use std::pin::Pin;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Payload as Body};
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use self::rows::{TypedRows, at_typed_row, change_rows};
use self::understanding::{Understood, confirmed_dates, in_words_of_the_form, understand};
use super::visitor::Visitor;
use crate::audit::RestrictedContent;
use crate::clock::{Instant, new_id};
use crate::db::dispatch::lock_name;
use crate::db::{Db, Tx};
use crate::error::{Code, Error, Fault, Faults, Permitted, Result};
use crate::http::{
    DayFields, Fields, Form, Input, Reply, Sent, SentFile, Shape, State, describe, personal_data_in, receive_changed,
    with_parameter,
};
use crate::i18n::text;
use crate::identity::actor::{Actor, require};
use crate::identity::drafts::{self, SavedDraft};
use crate::identity::model::Role;
use crate::identity::work::record_of;
use crate::personal_data::PersonalData;
use crate::storage::FileStore;
use crate::text::hex;
use crate::ui::{Back, FormView, Frame, View, elapsed, send};

/// A form at one address.
pub(crate) trait FormPage: Clone + Send + Sync + 'static {
    /// The record behind the form, and all that the page shows beside it.
    type Record: RestrictedContent + Send + 'static;
    /// The body of the API that the form becomes.
    type Input: Input + Clone + 'static;

    /// Returns the kinds of the fields.
    fn shape(&self) -> Shape {
        Shape::default()
    }

    /// Returns the dates that take a day and no month or year.
    fn days(&self) -> DayFields {
        &[]
    }

    /// Loads the record for a person who may send the form; 404 or 403 for others.
    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Self::Record>;

    /// Returns the fields as the record has them; a confirmation has none. A form is refused when they have changed since
    /// its page was opened.
    fn fields(&self, _record: &Self::Record) -> Fields {
        Fields::default()
    }

    /// Returns the fields of a new record as its form offers them. Nothing is stored yet, so they may change until the
    /// form is sent.
    fn suggested(&self, _record: &Self::Record) -> Fields {
        Fields::default()
    }

    /// Changes what was typed into what the API reads, where they differ: names of institutions, times of a zone. The
    /// form itself keeps what was typed.
    fn prepare(
        &self,
        _conn: &mut Db,
        _record: &Self::Record,
        _fields: &mut Fields,
        _faults: &mut Faults,
    ) -> Result<()> {
        Ok(())
    }

    /// Carries out the form; returns the address of the next page.
    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Self::Record, input: Self::Input) -> Result<String>;

    /// Draws the page.
    fn view(&self, frame: &Frame, form: &FormView, record: &Self::Record) -> View;
}

/// The body of a form without fields of its own, such as a confirmation.
#[derive(Debug, Clone, Default, deserr::Deserr, serde::Serialize)]
#[deserr(error = Faults)]
pub(crate) struct NoFields {}

impl Input for NoFields {}

/// A form that a person who is signed in has sent.
pub(crate) struct Submission {
    visitor: Visitor,
    pub form: Form,
}

impl Deref for Submission {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

impl DerefMut for Submission {
    fn deref_mut(&mut self) -> &mut Visitor {
        &mut self.visitor
    }
}

impl FromRequest for Submission {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, body) = (request.clone(), Body::from_request(request, payload));
        Box::pin(async move { receive(request, body.await.map_err(Error::internal)?).await })
    }
}

/// The address to which the script sends the drafts of long texts.
pub(super) const DRAFTS: &str = "/me/drafts";

async fn receive(request: HttpRequest, payload: Body) -> Result<Submission> {
    let mut visitor = match Visitor::identify(&request).await? {
        Ok(visitor) => visitor,
        Err(None) => return Err(Code::NotSignedIn.into()),
        Err(Some(ended)) => {
            let fields = Form::receive(&request, payload, None).await?.fields;
            // A draft that the script sends names the page of its form.
            let page = match request.path() {
                DRAFTS => fields.get("page").unwrap_or(DRAFTS).to_owned(),
                own => drafts::page_of_form(&fields, own),
            };
            let next = page.clone();
            let state = request.app_data::<Data<State>>().ok_or_else(|| Error::internal("no state"))?;
            let is_given_up = fields.get("discard").is_some();
            let keep = move |tx: &mut Tx<'_>| match is_given_up {
                true => drafts::forget(tx.conn, ended.user, &page),
                false => drafts::save(tx, ended.user, &page, &fields),
            };
            state.db.write_async(None, state.now(), keep).await?;
            return Err(Error::new(Code::NotSignedIn).arg("kept", "true").arg("page", next));
        }
    };
    let (now, store) = (visitor.state.now(), FileStore::open(&visitor.state.config.files_url)?);
    if Form::has_files(&request) {
        let uploads = |_: &mut Db, actor: &Actor| Ok(actor.grants.iter().any(|grant| grant.role != Role::Observer));
        require(visitor.read_unshown(uploads).await?, Permitted::Uploaders)?;
    }
    let form = Form::receive(&request, payload, Some((&store, now))).await?;
    visitor.back = form.fields.get("back").and_then(Back::parse);
    Ok(Submission { visitor, form })
}

impl Visitor {
    /// Sends the page of a form: with the text that the person wrote earlier and did not send, or as the record is.
    pub(crate) async fn form<P: FormPage>(self, page: P) -> Result<HttpResponse> {
        let (own, now) = (page.clone(), self.state.now());
        let place = drafts::page_of(self.path(), &self.parameters().changed(&["original"], &[]));
        let wants_stored = self.parameters().get("original").is_some();
        let at = place.clone();
        let read = move |conn: &mut Db, actor: &Actor| {
            let record = own.load(conn, actor, now)?;
            let kept = drafts::find(conn, actor.id, &at, now)?;
            Ok(Loaded(record, kept))
        };
        let (frame, Loaded(record, kept)) = self.framed(read).await?;
        let stored = page.fields(&record);
        let etag = hash_of(&stored);
        let offered = if stored.0.is_empty() { page.suggested(&record) } else { stored };
        let mut form = FormView::opened(offered, new_form_id(now));
        form.etag = etag;
        form.page = place;
        if let Some(kept) = kept {
            let since = Some(elapsed(&frame, kept.saved_at, now));
            if wants_stored {
                form.kept_aside = since;
            } else {
                form.kept_since = since;
                form.fields = kept.fields;
                form.etag = kept.etag.unwrap_or(form.etag);
            }
        }
        // What the form shows itself needs no question when it is sent.
        form.understood = understand(&form.fields, &page.shape(), page.days(), false).dates;
        form.days = page.days();
        Ok(send(&frame, &page.view(&frame, &form, &record)))
    }
}

/// A record with the text that was kept for its form.
struct Loaded<T>(T, Option<SavedDraft>);

impl<T: RestrictedContent> RestrictedContent for Loaded<T> {
    fn restricted(&self, found: &mut crate::audit::RestrictedRecords) {
        self.0.restricted(found);
    }
}

impl Submission {
    /// Returns the same form, which reads all data as it was at one moment.
    #[must_use]
    pub(crate) fn on_snapshot(self) -> Self {
        Self { visitor: self.visitor.on_snapshot(), ..self }
    }

    /// Carries out a form and leads to the next page (303). A form with faults is shown again with everything as it was
    /// typed; so is one whose rows were added or removed, and one with a date in words that was not shown yet.
    pub(crate) async fn handle<P: FormPage>(mut self, page: P) -> Result<HttpResponse> {
        if self.form.fields.get("discard").is_some() {
            return self.discard().await;
        }
        let shape = page.shape();
        if change_rows(&mut self.form.fields) {
            return self.show_typed(page).await;
        }
        let understood = understand(&self.form.fields, &shape, page.days(), !self.form.faults.is_empty());
        let view =
            FormView { fields: understood.typed.clone(), understood: understood.dates.clone(), ..FormView::default() };
        if understood.is_to_confirm && self.form.faults.is_empty() {
            let view = FormView { is_to_confirm: true, ..view };
            let faults = self.faults_of(&page, &understood).await?;
            return match faults.is_empty() {
                true => self.show_again(page, view, StatusCode::OK).await,
                false => self.show_error(page, view, faults.into(), &understood.rows).await,
            };
        }
        match self.carry_out(&page, &understood).await {
            Ok(reply) => {
                let next = reply.location.unwrap_or_else(|| "/".to_owned());
                let next = self.visitor.back.as_ref().map_or_else(|| next.clone(), |back| back.added_to(&next));
                Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, next)).finish())
            }
            Err(error) if is_shown_in_form(&error) => self.show_error(page, view, error, &understood.rows).await,
            Err(error) => Err(error),
        }
    }

    /// Returns the faults of the fields of a form that is not carried out yet, so that the person sees them together with
    /// the dates to confirm. Those that only the action finds come when it is carried out.
    async fn faults_of<P: FormPage>(&self, page: &P, understood: &Understood) -> Result<Faults> {
        let (page, shape, ready, now) = (page.clone(), page.shape(), understood.ready.clone(), self.state.now());
        let check = move |conn: &mut Db, actor: &Actor| {
            let record = page.load(conn, actor, now)?;
            let (stored, mut fields, mut faults) = (page.fields(&record), ready.clone(), Faults::default());
            page.prepare(conn, &record, &mut fields, &mut faults)?;
            let is_stored = stored_fault_test(&stored, &fields);
            match receive_changed::<P::Input>(fields.to_json(&shape), faults, is_stored) {
                Ok(Sent { faults, .. }) => Ok(faults),
                Err(error) if !error.faults.is_empty() => Ok(Faults { list: error.faults, ..Faults::default() }),
                Err(error) => Err(error),
            }
        };
        self.read_unshown(check).await
    }

    async fn carry_out<P: FormPage>(&mut self, page: &P, understood: &Understood) -> Result<Reply> {
        let etag = self.form.fields.get("etag").unwrap_or_default().to_owned();
        let ready = understood.ready.clone();
        let form_id = self.form.fields.get("form_id").filter(|id| Uuid::parse_str(id).is_ok()).map(str::to_owned);
        self.visitor.work_mut().idempotency_key = form_id;
        let key = self.repeatable(|| serde_json::to_vec(&ready).unwrap_or_default());
        let (own, stale) = (page.clone(), etag.clone());
        let (page, record_name, shape) = (page.clone(), record_of(self.path()), page.shape());
        let file_faults = self.form.faults.clone();
        let place = self.place();
        let save = move |tx: &mut Tx<'_>, actor: &Actor| {
            lock_name(tx.conn, &record_name)?;
            let record = page.load(tx.conn, actor, tx.now)?;
            let stored = page.fields(&record);
            if !etag.is_empty() && etag != hash_of(&stored) {
                return Err(Code::PreconditionFailed.into());
            }
            let (mut fields, mut faults) = (ready.clone(), file_faults.clone());
            page.prepare(tx.conn, &record, &mut fields, &mut faults)?;
            let body = fields.to_json(&shape);
            let found = personal_data_in(&body);
            let is_stored = stored_fault_test(&stored, &fields);
            let Sent { input, faults } = receive_changed::<P::Input>(body, faults, is_stored)?;
            let next = warned(tx.with_faults(faults, |tx| page.save(tx, actor, record, input))?, &found);
            drafts::forget(tx.conn, actor.id, &place)?;
            Ok(Reply { status: 303, location: Some(next), etag: None, body: String::new() })
        };
        match self.once(key, save).await {
            Err(error) if error.code == Code::KeyReused => Err(self.sent_before(&own, stale, error).await?),
            done => done,
        }
    }

    /// Returns the error for a form that was sent before with other content: the record has changed since, or the person
    /// sends another record from the same page.
    async fn sent_before<P: FormPage>(&self, page: &P, etag: String, error: Error) -> Result<Error> {
        let (page, now) = (page.clone(), self.state.now());
        let is_stale = move |conn: &mut Db, actor: &Actor| {
            let record = page.load(conn, actor, now)?;
            Ok(!etag.is_empty() && etag != hash_of(&page.fields(&record)))
        };
        Ok(if self.read_unshown(is_stale).await? { Code::PreconditionFailed.into() } else { error })
    }

    async fn show_error<P: FormPage>(
        self,
        page: P,
        mut view: FormView,
        error: Error,
        rows: &[TypedRows],
    ) -> Result<HttpResponse> {
        let lang = self.read_unshown(|_, actor| Ok(actor.language)).await?;
        let status = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        let key = error.code.as_str().replace('_', "-");
        view.faults = error.faults.iter().take(50).map(|fault| describe(fault, lang)).collect();
        let shape = page.shape();
        for fault in &mut view.faults {
            // A fault of a file names its row as it was sent.
            if !self.form.faults.list.iter().any(|file| file.pointer == fault.pointer) {
                fault.pointer = at_typed_row(&fault.pointer, rows);
            }
            in_words_of_the_form(fault, &view.fields, (&shape, page.days()), lang);
        }
        if error.code == Code::PreconditionFailed {
            view.changed = Some(Fields::default());
            return self.show_again(page, view, StatusCode::CONFLICT).await;
        }
        if view.faults.is_empty() {
            let key =
                if error.code == Code::KeyReused { "web-sent-before".to_owned() } else { format!("detail-{key}") };
            view.problem = Some(text(lang, &key, &error.args));
        }
        self.show_again(page, view, status).await
    }

    /// Shows the form again as it was typed.
    async fn show_again<P: FormPage>(self, page: P, mut form: FormView, status: StatusCode) -> Result<HttpResponse> {
        let (own, now) = (page.clone(), self.state.now());
        let (frame, record) = self.framed(move |conn, actor| own.load(conn, actor, now)).await?;
        let stored = page.fields(&record);
        form.form_id = new_form_id(now);
        form.days = page.days();
        form.page = self.place();
        form.etag = match (&form.changed, self.form.fields.get("etag")) {
            (None, Some(sent)) if !sent.is_empty() => sent.to_owned(),
            _ => hash_of(&stored),
        };
        if form.changed.is_some() {
            form.changed = Some(stored);
        }
        let mut view = page.view(&frame, &form, &record);
        if form.has_faults() {
            // The summary is above the fields and names their labels, which the first drawing has noted.
            view = page.view(&frame, &form, &record);
        }
        view.status = status;
        view.has_faults = form.has_faults();
        Ok(send(&frame, &view))
    }

    /// Deletes the text that the person gave up, and leads to the page of the form, which shows the record.
    async fn discard(self) -> Result<HttpResponse> {
        let place = self.place();
        let next = with_parameter(&place, "done", "changes-discarded");
        let next = self.visitor.back.as_ref().map_or_else(|| next.clone(), |back| back.added_to(&next));
        self.write(move |tx, actor| drafts::forget_unsent(tx, actor, &place)).await?;
        Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, next)).finish())
    }

    /// Returns the address of the page of the form, with its query.
    fn place(&self) -> String {
        drafts::page_of_form(&self.form.fields, self.path())
    }

    /// Shows the form as it was typed and does nothing else: a preview. Dates whose meaning was shown need no question
    /// when they are sent.
    pub(crate) async fn show_typed<P: FormPage>(self, page: P) -> Result<HttpResponse> {
        let (typed, confirmed) = (self.form.fields.of_record(), confirmed_dates(&self.form.fields, page.days()));
        self.show_again(page, FormView { fields: typed, confirmed, ..FormView::default() }, StatusCode::OK).await
    }

    /// Returns the person and the form, for a page that is no [`FormPage`].
    pub(crate) fn into_parts(self) -> (Visitor, Form) {
        (self.visitor, self.form)
    }

    /// Returns the files of the form that have no record yet, and the fields and faults that their records add to.
    pub(crate) fn take_files(&mut self) -> Vec<SentFile> {
        std::mem::take(&mut self.form.files)
    }
}

/// Returns the test for faults of texts that are stored as they were sent, and that an earlier version of the program
/// accepted.
fn stored_fault_test<'f>(stored: &'f Fields, sent: &'f Fields) -> impl Fn(&Fault) -> bool + 'f {
    move |fault| {
        let name = fault.pointer.trim_start_matches('/');
        fault.is_of_characters() && stored.get(name).is_some_and(|own| sent.get(name) == Some(own))
    }
}

/// Adds to the address of the next page the kinds of personal data in what was saved, which the page warns of.
fn warned(next: String, found: &[PersonalData]) -> String {
    let kinds: Vec<&str> = found.iter().map(|kind| kind.as_str()).collect();
    if kinds.is_empty() { next } else { with_parameter(&next, "warned", &kinds.join(".")) }
}

/// Returns true if an error is shown in the form, so that the person loses nothing and can try again.
fn is_shown_in_form(error: &Error) -> bool {
    let elsewhere = [Code::NotSignedIn, Code::InvalidToken, Code::NotFound, Code::Forbidden, Code::Internal];
    !elsewhere.contains(&error.code)
}

fn hash_of(fields: &Fields) -> String {
    let text = serde_json::to_vec(fields).unwrap_or_default();
    hex(Sha256::digest(text).iter().take(12))
}

fn new_form_id(now: Instant) -> String {
    new_id::<Uuid>(now).to_string()
}
