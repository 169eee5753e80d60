//! A running server with its own database.

use std::net::{SocketAddr, TcpListener};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, SaltString};
use articula::clock::{Clock, Instant};
use articula::config::Config;
use articula::db::schema::users;
use articula::db::{CommissionId, Database, InstitutionId, SessionId, UserId};
use articula::http::{BodyTimeouts, State};
use articula::testing::identity::{Grant, NewUser, Role, add_user};
use diesel::connection::SimpleConnection;
use diesel::{Connection, ExpressionMethods, PgConnection, QueryDsl, RunQueryDsl};
use tempfile::TempDir;

use super::databases::Kind;
use super::people::Person;

/// The password of everybody with a password.
pub(crate) const PASSWORD: &str = "una frase larga y propia";

static PASSWORD_HASH: OnceLock<String> = OnceLock::new();

fn hash_of(password: &str) -> String {
    let salt = SaltString::encode_b64(b"the salt of tests").unwrap();
    Argon2::default().hash_password(password.as_bytes(), &salt).unwrap().to_string()
}

/// A server, its database and its clock.
pub(crate) struct World {
    pub url: String,
    pub state: State,
    pub clock: Clock,
    pub folder: TempDir,
    kind: Kind,
    stop: ServerHandle,
    next: AtomicU32,
    admin: OnceLock<(UserId, SessionId, String)>,
}

impl World {
    /// Starts a server whose clock shows 2023-09-01, noon (UTC).
    pub(crate) fn new(kind: Kind) -> Self {
        Self::with(kind, |config| config)
    }

    /// Makes the same world with other settings.
    pub(crate) fn with(kind: Kind, set: impl FnOnce(Config) -> Config) -> Self {
        let folder = TempDir::new().unwrap();
        let database_url = kind.fresh(folder.path());
        let db = Database::open(&database_url).unwrap();
        let clock = Clock::fixed(Instant::parse("2023-09-01T12:00:00Z").unwrap());
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = socket.local_addr().unwrap();
        let secret = b"only the tests know this secret, nobody else".to_vec();
        let config = set(Config { database_url, ..Config::in_folder(folder.path(), listen, secret) });
        let state = State::new(config, db, clock.clone()).unwrap();
        let stop = start(state.clone(), socket);
        Self {
            url: format!("http://{listen}"),
            state,
            clock,
            folder,
            kind,
            stop,
            next: AtomicU32::new(0),
            admin: OnceLock::new(),
        }
    }

    /// Sets the clock: `2023-09-01T12:00:00Z`.
    pub(crate) fn at(&self, moment: &str) {
        self.clock.set(Instant::parse(moment).unwrap());
    }

    /// Returns the number of statements sent to the database so far. Entries of the audit log that wait are written
    /// first, so that the thread that writes them does not add statements while a test measures a request.
    pub(crate) fn statements(&self) -> u64 {
        assert!(self.state.audit.flush(Duration::from_secs(20)), "the audit log was not written");
        self.state.db.statements()
    }

    /// Makes all writers wait until the result is called, like another process with a long write.
    pub(crate) fn hold_writers(&self) -> Box<dyn FnOnce()> {
        let url = &self.state.config.database_url;
        if let Some(path) = url.strip_prefix("sqlite:") {
            let conn = rusqlite::Connection::open(path).unwrap();
            conn.execute_batch("BEGIN IMMEDIATE").unwrap();
            return Box::new(move || conn.execute_batch("ROLLBACK").unwrap());
        }
        let mut conn = PgConnection::establish(url).unwrap();
        let lock_all = "DO $$ DECLARE name text; BEGIN \
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP \
                EXECUTE format('LOCK TABLE %I IN EXCLUSIVE MODE', name); \
            END LOOP; END $$";
        conn.batch_execute(&format!("BEGIN; {lock_all}")).unwrap();
        Box::new(move || conn.batch_execute("ROLLBACK").unwrap())
    }

    /// Another server on the same database, which waits no longer than this for the body of a request.
    pub(crate) fn impatient(&self, timeout: Duration) -> (SocketAddr, ServerHandle) {
        let timeouts = BodyTimeouts { json: timeout, upload: timeout };
        self.serve(State { timeouts, ..self.state.clone() })
    }

    /// Starts another server on the same database.
    pub(crate) fn serve(&self, state: State) -> (SocketAddr, ServerHandle) {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        (address, start(state, socket))
    }

    pub(crate) fn nobody(&self) -> Person<'_> {
        Person::anonymous(self)
    }

    pub(crate) fn admin(&self) -> Person<'_> {
        self.person(Role::Admin, None, None, None)
    }

    /// Returns the admin who makes the records that a test needs before it begins.
    pub(super) fn the_admin(&self) -> Person<'_> {
        let (id, session, email) = self.admin.get_or_init(|| {
            let admin = self.admin();
            (admin.id.unwrap(), admin.session.unwrap(), admin.email)
        });
        Person::of_session(self, *id, *session, email.clone())
    }

    pub(crate) fn coordinator(&self, country: &str) -> Person<'_> {
        self.person(Role::Coordinator, Some(country), None, None)
    }

    pub(crate) fn secretariat(&self, commission: &str) -> Person<'_> {
        self.person(Role::Secretariat, None, Some(commission), None)
    }

    pub(crate) fn representative(&self, institution: &str) -> Person<'_> {
        self.person(Role::Representative, None, None, Some(institution))
    }

    /// Signs in a representative with a grant for one commission.
    pub(crate) fn representative_in(&self, commission: &str, institution: &str) -> Person<'_> {
        self.person(Role::Representative, None, Some(commission), Some(institution))
    }

    pub(crate) fn observer(&self, commission: &str) -> Person<'_> {
        self.person(Role::Observer, None, Some(commission), None)
    }

    /// Signs in a person without a grant.
    pub(crate) fn stranger(&self) -> Person<'_> {
        self.enter("stranger", None, Vec::new())
    }

    /// Signs in a person with one grant; ids are those of the API.
    pub(crate) fn person(
        &self,
        role: Role,
        country: Option<&str>,
        commission: Option<&str>,
        institution: Option<&str>,
    ) -> Person<'_> {
        let institution_id = institution.map(|id| id.parse::<InstitutionId>().unwrap());
        let grant = Grant {
            id: articula::clock::new_id(self.clock.now()),
            role,
            country_code: country.map(str::to_owned),
            commission_id: commission.map(|id| id.parse::<CommissionId>().unwrap()),
            institution_id,
        };
        self.enter(role.as_str(), institution_id, vec![grant])
    }

    /// Makes a user with this address and [`PASSWORD`].
    pub(crate) fn somebody(&self, email: &str) -> UserId {
        let new = NewUser {
            email: email.to_owned(),
            name: "Ana".to_owned(),
            language: articula::i18n::Lang::Es,
            institution_id: None,
            password: Some(PASSWORD.to_owned()),
            grants: Vec::new(),
        };
        self.state.db.write(None, self.clock.now(), |tx| add_user(tx, new)).unwrap()
    }

    /// Gives a person [`PASSWORD`], without an end of sessions.
    pub(crate) fn give_password(&self, person: &Person<'_>) {
        let Some(id) = person.id else { return };
        self.give_hash(id, PASSWORD_HASH.get_or_init(|| hash_of(PASSWORD)));
    }

    /// Gives a person a password that the rules for new passwords do not check, as an earlier version accepted it.
    pub(crate) fn give_earlier_password(&self, id: UserId, password: &str) {
        self.give_hash(id, &hash_of(password));
    }

    fn give_hash(&self, id: UserId, hash: &str) {
        let give = |tx: &mut articula::db::Tx<'_>| {
            diesel::update(users::table.find(id)).set(users::password_hash.eq(hash)).execute(tx.conn)?;
            Ok(())
        };
        self.state.db.write(None, self.clock.now(), give).unwrap();
    }

    /// Signs in another admin, who has [`PASSWORD`].
    pub(crate) fn admin_with_password(&self) -> Person<'_> {
        let admin = self.admin();
        self.give_password(&admin);
        admin
    }

    fn enter(&self, role: &str, institution_id: Option<InstitutionId>, grants: Vec<Grant>) -> Person<'_> {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        let email = format!("{role}{n}@example.org");
        let new = NewUser {
            email: email.clone(),
            name: format!("{role} {n}"),
            language: articula::i18n::Lang::Es,
            institution_id,
            password: None,
            grants,
        };
        let id = self.state.db.write(None, self.clock.now(), |tx| add_user(tx, new)).unwrap();
        Person::signed_in(self, id, email)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        drop(self.stop.stop(false));
        self.kind.remove(&self.state.config.database_url);
    }
}

fn start(state: State, socket: TcpListener) -> ServerHandle {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = articula::app::serve_with_workers(state, socket, 1).unwrap();
            tell.send(server.handle()).unwrap();
            server.await.unwrap();
        });
    });
    told.recv().unwrap()
}
