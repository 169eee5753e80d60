//! A server in this process, called over one connection.

use std::net::TcpListener;

use articula::clock::Clock;
use articula::config::Config;
use articula::db::{Database, SessionId, Tx, UserId};
use articula::http::State;
use articula::testing::identity::{access_token, start_browser_session, start_session};
use diesel::{Connection, PgConnection, connection::SimpleConnection};
use serde_json::Value;

const SECRET: &[u8] = b"only for measuring, 0123456789abcdef";

pub(crate) struct Server {
    url: String,
    user: UserId,
    session: SessionId,
    agent: ureq::Agent,
}

impl Server {
    /// Serves until the process ends.
    pub(crate) fn start(database_url: &str, db: Database, user: UserId) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = socket.local_addr().unwrap();
        let nowhere = std::path::Path::new("/nonexistent");
        let config =
            Config { database_url: database_url.to_owned(), ..Config::in_folder(nowhere, listen, SECRET.to_vec()) };
        let now = Clock::System.now();
        let (session, _) = db.write(None, now, |tx| start_session(tx, user, None)).unwrap();
        let state = State::new(config, db, Clock::System).unwrap();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move { articula::app::serve(state, socket).unwrap().await })
        });
        Self { url: format!("http://{listen}/api/v1"), user, session, agent: ureq::Agent::new_with_defaults() }
    }

    fn bearer(&self) -> String {
        let (ids, now) = ((self.user, self.session), Clock::System.now());
        let (token, _) = access_token(SECRET, ids, now, now.plus(chrono::TimeDelta::days(1))).unwrap();
        format!("Bearer {token}")
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        let request = self.agent.get(format!("{}{path}", self.url)).header("authorization", self.bearer());
        request.call().unwrap().body_mut().with_config().limit(100 << 20).read_json().unwrap()
    }

    /// Reads the bytes of an answer without parsing them; returns their number.
    pub(crate) fn length(&self, path: &str) -> usize {
        let request = self.agent.get(format!("{}{path}", self.url)).header("authorization", self.bearer());
        request.call().unwrap().body_mut().with_config().limit(100 << 20).read_to_vec().unwrap().len()
    }

    /// Signs in a browser; returns its cookie.
    pub(crate) fn cookie(&self, db: &Database) -> String {
        let start = |tx: &mut Tx<'_>| start_browser_session(tx, self.user, chrono::TimeDelta::hours(12));
        format!("articula={}", db.write(None, Clock::System.now(), start).unwrap())
    }

    /// Reads the bytes of a page; returns their number.
    pub(crate) fn page(&self, cookie: &str, path: &str) -> usize {
        let address = format!("{}{path}", self.url.trim_end_matches("/api/v1"));
        let mut page = self.agent.get(address).header("cookie", cookie).call().unwrap();
        page.body_mut().with_config().limit(100 << 20).read_to_vec().unwrap().len()
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.agent.post(format!("{}{path}", self.url)).header("authorization", self.bearer());
        request.send_json(body).unwrap().body_mut().with_config().limit(100 << 20).read_json().unwrap()
    }

    /// Sends a file.
    pub(crate) fn send(&self, path: &str, kind: &str, bytes: impl AsRef<[u8]>) -> Value {
        let request = self.agent.post(format!("{}{path}", self.url)).header("authorization", self.bearer());
        request
            .header("content-type", kind)
            .send(bytes.as_ref())
            .unwrap()
            .body_mut()
            .with_config()
            .limit(100 << 20)
            .read_json()
            .unwrap()
    }

    /// Sends a write that may be refused because others write; returns true when it was done.
    pub(crate) fn try_post(&self, path: &str, body: &Value) -> bool {
        let request = self.agent.post(format!("{}{path}", self.url)).header("authorization", self.bearer());
        match request.send_json(body) {
            Ok(_) => true,
            Err(ureq::Error::StatusCode(503)) => false,
            Err(other) => panic!("{path}: {other}"),
        }
    }
}

/// Creates an empty database of this name on the server of the URL.
pub(crate) fn fresh_postgres(url: &str, name: &str) -> String {
    let mut conn = PgConnection::establish(url).unwrap();
    // One at a time: together they would be a transaction, in which no database can be created.
    for statement in ["DROP DATABASE IF EXISTS", "CREATE DATABASE"] {
        conn.batch_execute(&format!("{statement} bench_{name}")).unwrap();
    }
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/bench_{name}")
}
