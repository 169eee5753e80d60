//! The work of a request by a person who is signed in: runs a use case in a transaction, as that person.

use std::net::IpAddr;

use serde::Serialize;
use serde_json::json;

use super::actor::Actor;
use super::reader::Reader;
use super::{second_factor, store};
use crate::audit::{Entry, RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::db::dispatch::lock_name;
use crate::db::{Db, FileId, SessionId, Tx, UserId};
use crate::error::{Code, Error, Result};
use crate::http::{
    IdempotencyKey, Place, Preconditions, RateLimit, Reply, State, find_response, keeping, store_response,
};

/// A use case that reads.
pub(crate) trait ReadFn<T>: FnOnce(&mut Db, &Actor) -> Result<T> + Send + 'static {}
impl<T, F: FnOnce(&mut Db, &Actor) -> Result<T> + Send + 'static> ReadFn<T> for F {}

/// A use case that writes. It may run twice, so it is no `FnOnce`.
pub(crate) trait WriteFn<T>: Fn(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static {}
impl<T, F: Fn(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static> WriteFn<T> for F {}

/// A use case that writes and takes an input, or the record that was loaded for it.
pub(crate) trait WriteWithFn<I, T>: Fn(&mut Tx<'_>, &Actor, I) -> Result<T> + Send + 'static {}
impl<I, T, F: Fn(&mut Tx<'_>, &Actor, I) -> Result<T> + Send + 'static> WriteWithFn<I, T> for F {}

/// A result that an answer shows.
pub(crate) trait Shown: Serialize + RestrictedContent + 'static {}
impl<T: Serialize + RestrictedContent + 'static> Shown for T {}

/// A request of a person who is signed in. The person is loaded with the grants inside each transaction.
pub(crate) struct Work {
    pub state: State,
    pub(super) user: UserId,
    pub(super) session: SessionId,
    pub(super) preconditions: Preconditions,
    pub(super) idempotency_key: Option<String>,
    pub(super) path: String,
    pub(super) trace: ReadTrace,
    /// True when everything is read as it was at one moment.
    pub(super) on_snapshot: bool,
    /// The place that everything which this request still does keeps taken.
    pub(super) place: Option<Place>,
    /// Keeps the person for the page of an error; None for programs.
    pub(super) reader: Option<Reader>,
}

/// The addresses that people reach whose role needs a second factor and who have none.
const WITHOUT_SECOND_FACTOR: [&str; 2] = ["/api/v1/me/second-factor", "/me/second-factor"];

impl Work {
    /// Returns the person behind the request.
    pub(super) fn user(&self) -> UserId {
        self.user
    }

    /// Returns what the request is checked for when its person is loaded.
    fn request_session(&self) -> RequestSession {
        let is_exempt = WITHOUT_SECOND_FACTOR
            .iter()
            .any(|own| self.path.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
        RequestSession { user: self.user, session: self.session, is_exempt }
    }

    /// Returns the address of the client.
    pub(super) fn client(&self) -> IpAddr {
        self.trace.client
    }

    /// Returns the login session that the request belongs to.
    pub(crate) fn session(&self) -> SessionId {
        self.session
    }

    /// Counts this call against a limit; 429 when the person has reached it.
    pub(crate) fn count(&self, limit: &RateLimit) -> Result<()> {
        limit.count(self.user, self.state.now())
    }

    /// Runs work without the database on a blocking thread.
    pub(crate) async fn compute<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T> + Send + 'static,
    {
        keeping(self.place.clone(), work).await
    }

    /// Runs a read. The restricted records that its result shows make an entry in the audit log.
    pub(crate) async fn read<T: RestrictedContent + Send + 'static>(&self, f: impl ReadFn<T>) -> Result<T> {
        let (value, found) = self.read_restricted(f, Ok).await?;
        self.note(&found);
        Ok(value)
    }

    /// Runs a read and makes the answer from its result, outside the async threads. Returns the restricted records that
    /// the result shows too; the caller notes them once the answer shows them.
    pub(super) async fn read_restricted<T: RestrictedContent + 'static, R: Send + 'static>(
        &self,
        f: impl ReadFn<T>,
        make: fn(T) -> Result<R>,
    ) -> Result<(R, RestrictedRecords)> {
        self.read_unshown(move |conn, actor| {
            let value = f(conn, actor)?;
            let found = RestrictedRecords::of(&value);
            Ok((make(value)?, found))
        })
        .await
    }

    /// Adds the entry of a read to the audit log.
    pub(super) fn note(&self, found: &RestrictedRecords) {
        self.trace.note(&self.state, found);
    }

    /// Runs a read whose result is not sent.
    pub(crate) async fn read_unshown<T: Send + 'static>(&self, f: impl ReadFn<T>) -> Result<T> {
        let (state, request, now) = (self.state.clone(), self.request_session(), self.state.now());
        let (place, reader) = (self.place.clone(), self.reader.clone());
        let read = move |conn: &mut Db| {
            let _place = place;
            let actor = request.load(&state, conn, now)?;
            Reader::note(reader.as_ref(), &actor);
            f(conn, &actor)
        };
        let db = &self.state.db;
        if self.on_snapshot { db.snapshot_async(read).await } else { db.read_async(read).await }
    }

    /// Checks the conditions of a write to something without `ETag`; 412 when one is not met.
    pub(crate) fn check_untagged(&self) -> Result<()> {
        self.preconditions.check_untagged()
    }

    /// Runs a use case in one write transaction; for writes to something without `ETag`.
    pub(crate) async fn write<T: Send + 'static>(&self, f: impl WriteFn<T>) -> Result<T> {
        self.check_untagged()?;
        self.transact(f).await
    }

    /// Runs a write transaction, and runs it a second time when the database cancelled the first one in favour of
    /// another transaction.
    async fn transact<T: Send + 'static>(&self, f: impl WriteFn<T>) -> Result<T> {
        let (state, request, now) = (self.state.clone(), self.request_session(), self.state.now());
        let (client, place, reader) = (self.trace.client, self.place.clone(), self.reader.clone());
        let write = move |tx: &mut Tx<'_>| {
            let _place = &place;
            tx.client = Some(client);
            let actor = request.load(&state, tx.conn, now)?;
            Reader::note(reader.as_ref(), &actor);
            f(tx, &actor)
        };
        let (db, who) = (&self.state.db, Some(self.user));
        if self.on_snapshot {
            db.write_on_snapshot_async(who, now, write).await
        } else {
            db.write_async(who, now, write).await
        }
    }

    /// Returns the `Idempotency-Key` with a hash of the request; None without a key. `sent` is everything in which another
    /// request with the key may differ.
    pub(crate) fn repeatable(&self, sent: impl FnOnce() -> Vec<u8>) -> Option<IdempotencyKey> {
        Some(IdempotencyKey::new(self.user, &self.path, self.idempotency_key.as_ref()?, &sent()))
    }

    /// Runs a use case once; a request that repeats an `Idempotency-Key` gets the first answer again.
    pub(super) async fn once(&self, key: Option<IdempotencyKey>, f: impl WriteFn<Reply>) -> Result<Reply> {
        let again = key.clone();
        let made = self
            .write(move |tx, actor| {
                let Some(key) = &key else { return f(tx, actor) };
                if let Some(reply) = find_response(tx.conn, key, tx.now)? {
                    return Ok(reply);
                }
                let reply = f(tx, actor)?;
                store_response(tx, key, &reply)?;
                Ok(reply)
            })
            .await;
        match (made, again) {
            // Of two requests with one key at the same moment, the slower one gets the answer of the faster one, which
            // has made the record or changed its state.
            (Err(error), Some(key)) if [409, 412].contains(&error.code.status()) => {
                let now = self.state.now();
                self.read_unshown(move |conn, _| find_response(conn, &key, now)).await?.ok_or(error)
            }
            (made, _) => made,
        }
    }

    /// Runs a write on a private copy of the database, which is deleted; 503 when too many others do the same.
    pub(crate) async fn try_out<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        // The copy is not asked who may sign in.
        self.read_unshown(|_, _| Ok(())).await?;
        let (user, now, place) = (self.user, self.state.now(), self.place.clone());
        let write = move |tx: &mut Tx<'_>| {
            let _place = place;
            let actor = store::load_actor(tx.conn, user, now)?;
            f(tx, &actor)
        };
        self.state.db.on_copy_async(Some(user), now, write).await
    }

    /// Loads a record, checks the conditions of the request against it, and changes it. Writes to one record wait for each
    /// other, also those of a page.
    pub(super) async fn change<C: Serialize + 'static, T: Send + 'static>(
        &self,
        load: impl WriteFn<C>,
        change: impl WriteWithFn<C, T>,
    ) -> Result<T> {
        let (preconditions, record) = (self.preconditions.clone(), record_of(&self.path));
        self.transact(move |tx, actor| {
            lock_name(tx.conn, &record)?;
            let current = load(tx, actor)?;
            preconditions.check(&current)?;
            change(tx, actor, current)
        })
        .await
    }
}

/// Returns the name that writes to a record lock: the first two parts of its address, which are the same in the API and on
/// the pages. `/api/v1/reports/{id}/answers/{key}` and `/reports/{id}/questions/{key}` lock `/reports/{id}`.
pub(super) fn record_of(path: &str) -> String {
    let own = path.strip_prefix("/api/v1").unwrap_or(path);
    own.split('/').filter(|part| !part.is_empty()).take(2).fold(String::new(), |name, part| format!("{name}/{part}"))
}

/// The person and the session of a request.
#[derive(Clone, Copy)]
struct RequestSession {
    user: UserId,
    session: SessionId,
    /// True for the addresses that need no second factor.
    is_exempt: bool,
}

impl RequestSession {
    /// Loads the person behind a request; 401 once the session has ended, 403 `second_factor_required` for a person whose
    /// role needs a second factor and who has none. The use of the session is noted and written later.
    fn load(self, state: &State, conn: &mut Db, now: Instant) -> Result<Actor> {
        let signed_in = store::login_sessions::load_signed_in(conn, self.user, self.session, now)?;
        let roles = &state.config.second_factor_roles;
        if !self.is_exempt && !signed_in.has_second_factor && second_factor::is_required(&signed_in.actor, roles) {
            return Err(Error::new(Code::SecondFactorMissing).arg("reason", "role"));
        }
        state.last_seen.note(self.session, signed_in.last_seen_at, now);
        Ok(signed_in.actor)
    }
}

/// The id in an entry about several records.
const SEVERAL: &str = "*";

/// The entry that a read makes in the audit log: the person, the address and the route.
pub(super) struct ReadTrace {
    pub(super) user: UserId,
    pub(super) client: IpAddr,
    pub(super) route: String,
    pub(super) marked: Option<MarkedRead>,
}

/// A read that makes an entry even when it shows nothing restricted.
pub(super) struct MarkedRead {
    action: &'static str,
    kind: &'static str,
    record_id: String,
    country: Option<String>,
}

impl MarkedRead {
    /// Marks a read that exports records of a country, or of several.
    pub(super) fn export(kind: &'static str, country: Option<&str>) -> Self {
        let record_id = country.unwrap_or(SEVERAL).to_owned();
        Self { action: "exported", kind, record_id, country: country.map(str::to_owned) }
    }

    /// Marks a read of the bytes of a file.
    pub(super) fn file(file: FileId) -> Self {
        Self { action: "file_fetched", kind: "file", record_id: file.to_string(), country: None }
    }
}

impl ReadTrace {
    /// Adds the entry of a read that is marked or shows restricted records.
    pub(super) fn note(&self, state: &State, found: &RestrictedRecords) {
        let ids = found.ids();
        let (action, kind, record_id, country) = match &self.marked {
            Some(read) => (read.action, read.kind.to_owned(), read.record_id.clone(), read.country.clone()),
            None if found.number() > 0 => {
                let record = if let [id] = ids.as_slice() { *id } else { SEVERAL };
                ("read", found.kind().to_owned(), record.to_owned(), None)
            }
            None => return,
        };
        state.audit.add(Entry {
            at: state.now(),
            user: Some(self.user),
            client: Some(self.client),
            action,
            kind,
            record_id,
            country: country.or_else(|| found.country().map(str::to_owned)),
            after: Some(json!({ "route": self.route, "number": found.number(), "ids": ids })),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_and_the_api_lock_the_same_record() {
        for (path, record) in [
            ("/api/v1/duties/7/reports/9/2023-Q1", "/duties/7"),
            ("/duties/7/reports/9/2023-Q1/review", "/duties/7"),
            ("/api/v1/countries/CL", "/countries/CL"),
            ("/countries/CL/calendar", "/countries/CL"),
            ("/commitments/new", "/commitments/new"),
            ("/api/v1/commitments", "/commitments"),
        ] {
            assert_eq!(record_of(path), record, "{path}");
        }
    }
}
