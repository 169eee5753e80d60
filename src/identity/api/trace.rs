//! The entry that a read makes in the audit log.

use std::net::IpAddr;

use actix_web::HttpRequest;
use serde_json::{Value, json};

use crate::audit::{Entry, RestrictedRecords};
use crate::db::{FileId, UserId};
use crate::http::{ClientAddress, State, note_sender};

/// Adds the entry of a read that shows restricted records to a person who is identified by something other than a
/// bearer token.
pub fn note_read(request: &HttpRequest, state: &State, user: UserId, found: &RestrictedRecords) {
    note_sender(request, user);
    Trace::of(request, user).note(state, found);
}

/// The trace of a read: the person, the address and the route.
pub struct Trace {
    user: UserId,
    client: IpAddr,
    route: String,
    marked: Option<MarkedRead>,
}

/// A read that makes an entry even when it shows nothing restricted.
struct MarkedRead {
    action: &'static str,
    kind: &'static str,
    record_id: String,
    country: Option<String>,
}

impl Trace {
    pub fn of(request: &HttpRequest, user: UserId) -> Self {
        let route = request.match_pattern().unwrap_or_default();
        Self { user, client: ClientAddress::of(request).0, route, marked: None }
    }

    pub fn client(&self) -> IpAddr {
        self.client
    }

    /// Marks a read that exports records of a country, or of several.
    pub fn exporting(self, kind: &'static str, country: Option<&str>) -> Self {
        let record_id = country.unwrap_or(SEVERAL).to_owned();
        let country = country.map(str::to_owned);
        Self { marked: Some(MarkedRead { action: "exported", kind, record_id, country }), ..self }
    }

    /// Marks the fetching of a file.
    pub fn fetching(self, file: FileId) -> Self {
        let record_id = file.to_string();
        Self { marked: Some(MarkedRead { action: "file_fetched", kind: "file", record_id, country: None }), ..self }
    }

    /// Adds the entry of a read, if it is to have one.
    pub fn note(&self, state: &State, found: &RestrictedRecords) {
        let read = || (found.number() > 0).then(|| ("read", found.kind().to_owned(), the_record(found), None));
        let marked = |marked: &MarkedRead| {
            (marked.action, marked.kind.to_owned(), marked.record_id.clone(), marked.country.clone())
        };
        let Some((action, kind, record_id, country)) = self.marked.as_ref().map(marked).or_else(read) else { return };
        state.audit.add(Entry {
            at: state.now(),
            user: Some(self.user),
            client: Some(self.client),
            action,
            kind,
            record_id,
            country: country.or_else(|| found.country().map(str::to_owned)),
            after: Some(self.told(found)),
        });
    }

    fn told(&self, found: &RestrictedRecords) -> Value {
        json!({ "route": self.route, "number": found.number(), "ids": found.ids() })
    }
}

/// The id in an entry about several records.
const SEVERAL: &str = "*";

fn the_record(found: &RestrictedRecords) -> String {
    match found.ids().as_slice() {
        [id] => (*id).to_owned(),
        _ => SEVERAL.to_owned(),
    }
}
