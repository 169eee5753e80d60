//! Pools of connections, and the settings of each connection.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use diesel::connection::{InstrumentationEvent, SimpleConnection};
use diesel::r2d2::{ManageConnection, Pool, R2D2Connection};
use diesel::{Connection, PgConnection, SqliteConnection};

use super::conn::Db;
use super::watch::Activity;
use crate::config::sqlite_path;
use crate::error::{Code, Error, Result};

/// The time within which a pool must open its first connection.
const OPENING: Duration = Duration::from_secs(5);

/// The seconds that PostgreSQL may take to accept a connection, unless the URL states another.
const CONNECT_SECONDS: u32 = 4;

/// The settings of every connection to PostgreSQL.
pub(super) const PG_SETTINGS: &str = "SET TIME ZONE 'UTC'; SET statement_timeout = '20s'; SET lock_timeout = '5s'";

/// A pool for one database. Reads and writes have separate pools, so that neither takes the connections of the other.
pub(super) type Connections = Pool<Manager>;

/// A pooled connection.
pub(super) struct Opened {
    pub(super) db: Db,
    pub(super) activity: Arc<Activity>,
}

pub(super) struct Manager {
    url: Url,
    role: Role,
    statements: Arc<AtomicU64>,
}

static OBSERVER: OnceLock<fn(&str)> = OnceLock::new();

/// Calls a function with every statement of this process and its values. It serves a measurement that runs the
/// statements of a request without the server; the program itself never calls it.
pub fn observe_statements(observe: fn(&str)) {
    OBSERVER.get_or_init(|| observe);
}

/// The purpose of a connection.
#[derive(Clone, Copy)]
pub(super) enum Role {
    Reads,
    Writes,
}

#[derive(Clone)]
pub(super) enum Url {
    Pg(String),
    Sqlite(String),
}

impl Url {
    pub(super) fn parse(url: &str) -> Result<Self> {
        if let Some(path) = sqlite_path(url) {
            return Ok(Self::Sqlite(path.to_owned()));
        }
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(Error::internal("the database URL must begin with sqlite: or postgres://"));
        }
        let asks_for_tls =
            ["require", "verify-ca", "verify-full"].iter().any(|mode| url.contains(&format!("sslmode={mode}")));
        if asks_for_tls && !cfg!(feature = "postgres-tls") {
            return Err(Error::internal(
                "the database URL asks for TLS, which this build lacks: build with --features postgres-tls",
            ));
        }
        Ok(Self::Pg(with_connect_timeout(url)))
    }
}

fn with_connect_timeout(url: &str) -> String {
    if url.contains("connect_timeout=") {
        return url.to_owned();
    }
    let sign = if url.contains('?') { '&' } else { '?' };
    format!("{url}{sign}connect_timeout={CONNECT_SECONDS}")
}

/// Opens a pool of at most `size` connections.
pub(super) fn open(url: &Url, role: Role, size: u32, statements: &Arc<AtomicU64>) -> Result<Connections> {
    let manager = Manager { url: url.clone(), role, statements: Arc::clone(statements) };
    Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .test_on_check_out(false)
        .connection_timeout(OPENING)
        .build(manager)
        .map_err(|e| Error::new(Code::Unavailable).because(format!("cannot open the database: {e}")))
}

/// Opens a connection outside the pools.
pub(super) fn open_one(url: &Url, statements: &Arc<AtomicU64>) -> Result<Opened> {
    let manager = Manager { url: url.clone(), role: Role::Reads, statements: Arc::clone(statements) };
    manager.connect().map_err(|e| Error::new(Code::Unavailable).because(e))
}

impl ManageConnection for Manager {
    type Connection = Opened;
    type Error = diesel::ConnectionError;

    fn connect(&self) -> std::result::Result<Opened, Self::Error> {
        let mut db = match &self.url {
            Url::Pg(url) => Db::Pg(open_postgres(url)?),
            Url::Sqlite(path) => Db::Sqlite(open_sqlite(path, self.role)?),
        };
        let (activity, statements) = (Arc::new(Activity::default()), Arc::clone(&self.statements));
        let seen = Arc::clone(&activity);
        db.set_instrumentation(move |event: InstrumentationEvent<'_>| match event {
            InstrumentationEvent::StartQuery { query, .. } => {
                seen.begin();
                statements.fetch_add(1, Ordering::Relaxed);
                tracing::trace!(target: "articula::sql", statement = without_values(&query.to_string()));
                if let Some(observe) = OBSERVER.get() {
                    observe(&query.to_string());
                }
            }
            InstrumentationEvent::FinishQuery { .. } => seen.end(),
            _ => {}
        });
        Ok(Opened { db, activity })
    }

    fn is_valid(&self, conn: &mut Opened) -> std::result::Result<(), Self::Error> {
        conn.db.batch_execute("SELECT 1").map_err(|e| diesel::ConnectionError::BadConnection(e.to_string()))
    }

    fn has_broken(&self, conn: &mut Opened) -> bool {
        std::thread::panicking()
            || match &mut conn.db {
                Db::Pg(inner) => inner.is_broken(),
                Db::Sqlite(inner) => inner.is_broken(),
            }
    }
}

fn open_postgres(url: &str) -> std::result::Result<PgConnection, diesel::ConnectionError> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute(PG_SETTINGS).map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// Opens an SQLite connection. A writer waits for its turn in `Database`, with a deadline; SQLite itself waits only a
/// short time.
fn open_sqlite(path: &str, role: Role) -> std::result::Result<SqliteConnection, diesel::ConnectionError> {
    if let Some(folder) = std::path::Path::new(path).parent() {
        std::fs::create_dir_all(folder).map_err(|e| diesel::ConnectionError::BadConnection(e.to_string()))?;
    }
    let mut conn = SqliteConnection::establish(path)?;
    conn.batch_execute(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY",
    )
    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    if let Role::Writes = role {
        conn.batch_execute("PRAGMA busy_timeout = 200").map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    }
    Ok(conn)
}

/// Removes the values from a statement that goes to the log: they may be secrets or personal data.
fn without_values(statement: &str) -> &str {
    statement.split_once(" -- binds: ").map_or(statement, |(text, _)| text)
}
