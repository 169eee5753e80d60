//! People who call the API, and the answers that they get.

use articula::clock::Instant;
use articula::db::schema::sessions;
use articula::db::{SessionId, UserId};
use articula::testing::identity::start_session;
use diesel::prelude::*;
use serde_json::Value;
use ureq::http::{HeaderMap, Request};

use super::contract;
use super::world::World;

thread_local! {
    /// Keeps its connections, because a new one for each call costs more than the call.
    static AGENT: ureq::Agent =
        ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_idle_age(std::time::Duration::from_secs(2)) // the server keeps them for five
            .build()
            .into();
}

/// A person who calls the API.
pub(crate) struct Person<'w> {
    world: &'w World,
    pub id: Option<UserId>,
    pub email: String,
    /// The session of the person's access tokens.
    pub session: Option<SessionId>,
    headers: Vec<(String, String)>,
}

/// An answer of the server.
pub(crate) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    /// The bytes as a text, if they are a text.
    pub text: String,
    pub json: Value,
}

impl<'w> Person<'w> {
    pub(super) fn anonymous(world: &'w World) -> Self {
        Self { world, id: None, email: String::new(), session: None, headers: Vec::new() }
    }

    pub(crate) fn signed_in(world: &'w World, id: UserId, email: String) -> Self {
        Self::of_session(world, id, Self::lasting_session(world, id), email)
    }

    pub(super) fn of_session(world: &'w World, id: UserId, session: SessionId, email: String) -> Self {
        Self { world, id: Some(id), email, session: Some(session), headers: Vec::new() }
    }

    /// Starts a session that does not end when a test sets the clock.
    pub(crate) fn lasting_session(world: &World, id: UserId) -> SessionId {
        let start = |tx: &mut articula::db::Tx<'_>| {
            let (session, _) = start_session(tx, id, None)?;
            let end = sessions::expires_at.eq(end_of_time());
            diesel::update(sessions::table.find(session)).set(end).execute(tx.conn)?;
            Ok(session)
        };
        world.state.db.write(None, world.clock.now(), start).unwrap()
    }

    /// Returns the same person with one more header on every call.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.push((name.to_owned(), value.to_owned()));
        Self { world: self.world, id: self.id, email: self.email.clone(), session: self.session, headers }
    }

    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None)
    }

    #[track_caller]
    pub(crate) fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(body.to_string().into_bytes()))
    }

    #[track_caller]
    pub(crate) fn put(&self, path: &str, body: Value) -> Answer {
        self.call("PUT", path, Some(body.to_string().into_bytes()))
    }

    #[track_caller]
    pub(crate) fn patch(&self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, Some(body.to_string().into_bytes()))
    }

    #[track_caller]
    pub(crate) fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None)
    }

    /// Returns the access token.
    pub(crate) fn token(&self) -> Option<String> {
        let (secret, now) = (&self.world.state.config.jwt_secret, self.world.clock.now());
        let ids = (self.id?, self.session?);
        Some(articula::testing::identity::access_token(secret, ids, now, end_of_time()).unwrap().0)
    }

    /// Sends bytes; fails when the answer differs from the OpenAPI document. `path` is
    /// relative to `/api/v1` unless it begins with `/api` or is at the root.
    #[track_caller]
    pub(crate) fn call(&self, method: &str, path: &str, body: Option<Vec<u8>>) -> Answer {
        let answer = self.try_call(method, path, body);
        let faults = contract::faults(method, &address(path), &answer);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        answer
    }

    /// Sends bytes without a comparison of the answer.
    pub(crate) fn try_call(&self, method: &str, path: &str, body: Option<Vec<u8>>) -> Answer {
        let url = format!("{}{}", self.world.url, address(path));
        let mut request = Request::builder().method(method).uri(url);
        if let Some(token) = self.token() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if body.is_some() && !self.headers.iter().any(|(name, _)| name == "content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(body.unwrap_or_default()).unwrap();
        let mut response = AGENT.with(|agent| agent.run(request)).unwrap();
        let bytes = response.body_mut().with_config().limit(64 * 1024 * 1024).read_to_vec().unwrap_or_default();
        let text = String::from_utf8(bytes.clone()).unwrap_or_default();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status: response.status().as_u16(), headers: response.headers().clone(), bytes, text, json }
    }
}

fn end_of_time() -> Instant {
    Instant::parse("2199-12-31T00:00:00Z").unwrap()
}

/// Returns a path from the root of the server.
fn address(path: &str) -> String {
    let rooted = path.starts_with("/api") || ["/healthz", "/readyz", "/metrics"].contains(&path);
    if rooted { path.to_owned() } else { format!("/api/v1{path}") }
}

impl Answer {
    /// Fails with the whole answer when the status is different.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    #[track_caller]
    pub(crate) fn id(&self) -> String {
        self.json["id"].as_str().unwrap_or_else(|| panic!("no id in {}", self.text)).to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns the code of the error.
    pub(crate) fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// Returns pointer and code of every fault, sorted.
    pub(crate) fn faults(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = self.json["errors"].as_array().cloned().unwrap_or_default();
        let mut faults: Vec<_> = list.iter().map(|fault| (text(&fault["pointer"]), text(&fault["code"]))).collect();
        faults.sort();
        faults
    }

    pub(crate) fn items(&self) -> &[Value] {
        self.json["items"].as_array().map_or(&[], Vec::as_slice)
    }
}
