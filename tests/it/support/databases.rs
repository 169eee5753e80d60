//! Databases for tests: a copied SQLite file, or a database cloned from a template on a throw-away PostgreSQL.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, OnceLock};

use articula::db::Database;
use tempfile::TempDir;

use super::at_the_end::say_at_the_end;

/// The database of a test.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Sqlite,
    Postgres(&'static Server),
}

impl Kind {
    /// Returns PostgreSQL if the machine has its binaries. Otherwise the run says so at its end, or fails when PostgreSQL is required.
    pub(crate) fn postgres() -> Option<Self> {
        static SERVER: LazyLock<Option<Server>> = LazyLock::new(Server::start);
        match &*SERVER {
            Some(server) => Some(Self::Postgres(server)),
            None if std::env::var("ARTICULA_REQUIRE_POSTGRES").is_ok_and(|v| v == "1") => {
                panic!("PostgreSQL is required (ARTICULA_REQUIRE_POSTGRES=1) but its binaries were not found")
            }
            None => {
                say_at_the_end("NOT RUN on PostgreSQL: its binaries (initdb, postgres) were not found");
                None
            }
        }
    }

    /// A PostgreSQL server for a single test, which may stop it.
    pub(crate) fn own_postgres() -> Option<(Self, &'static Server)> {
        Self::postgres()?;
        let server: &'static Server = Box::leak(Box::new(Server::start()?));
        Some((Self::Postgres(server), server))
    }

    /// Returns the URL of a database without tables.
    pub(crate) fn empty(self, folder: &Path) -> String {
        match self {
            Self::Sqlite => format!("sqlite:{}", folder.join("empty.db").display()),
            Self::Postgres(server) => server.create("TEMPLATE template0"),
        }
    }

    /// Returns the URL of a new database with empty tables.
    pub(crate) fn fresh(self, folder: &Path) -> String {
        match self {
            Self::Sqlite => sqlite(folder),
            Self::Postgres(server) => server.clone_template(),
        }
    }

    /// Removes a database from the server, so that a run of all tests needs little space. The folder of a test holds
    /// its SQLite file. Never panics, because it also runs when a test fails.
    pub(crate) fn remove(self, url: &str) {
        if let Self::Postgres(server) = self {
            server.remove(url);
        }
    }
}

fn sqlite(folder: &Path) -> String {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, template) = TEMPLATE.get_or_init(|| {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("template.db");
        let db = Database::open(&format!("sqlite:{}", path.display())).unwrap();
        db.migrate().unwrap();
        db.read(|conn| {
            use diesel::connection::SimpleConnection;
            conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?;
            Ok(())
        })
        .unwrap();
        (dir, path)
    });
    let path = folder.join("test.db");
    std::fs::copy(template, &path).unwrap();
    format!("sqlite:{}", path.display())
}

/// A PostgreSQL server of this test run, on a socket in a temporary folder.
pub(crate) struct Server {
    folder: PathBuf,
    next: AtomicU32,
}

impl Server {
    fn start() -> Option<Self> {
        let bin = binaries()?;
        let folder = TempDir::new_in(server_folder()).unwrap().keep();
        let as_root = is_root();
        if as_root {
            run(Command::new("chown").arg("postgres").arg(&folder));
        }
        let data = folder.join("data");
        run(unprivileged(&bin.join("initdb"), as_root)
            .args(["-A", "trust", "-U", "articula", "-E", "UTF8", "--no-sync", "-D"])
            .arg(&data));
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=256MB -c max_connections=400",
            folder.display()
        );
        let mut command = unprivileged(&bin.join("pg_ctl"), as_root);
        run(command.arg("-D").arg(&data).args(["-o", &options, "-w", "-l"]).arg(folder.join("log")).arg("start"));
        stop_at_the_end(&bin, &data, as_root);
        let server = Self { folder, next: AtomicU32::new(0) };
        server.sql("CREATE DATABASE template_articula");
        Database::open(&server.url("template_articula")).unwrap().migrate().unwrap();
        Some(server)
    }

    fn url(&self, name: &str) -> String {
        let host = self.folder.to_str().unwrap().replace('/', "%2F");
        format!("postgres://articula@{host}/{name}")
    }

    fn sql(&self, statement: &str) {
        use diesel::{Connection, connection::SimpleConnection};
        let mut conn = diesel::PgConnection::establish(&self.url("postgres")).unwrap();
        conn.batch_execute(statement).unwrap();
    }

    fn clone_template(&self) -> String {
        self.create("TEMPLATE template_articula STRATEGY file_copy")
    }

    fn create(&self, options: &str) -> String {
        static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
        let name = format!("test_{}", self.next.fetch_add(1, Ordering::Relaxed));
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.sql(&format!("CREATE DATABASE {name} {options}"));
        self.url(&name)
    }

    fn remove(&self, url: &str) {
        use diesel::{Connection, connection::SimpleConnection};
        let Some((_, name)) = url.rsplit_once('/') else { return };
        if let Ok(mut conn) = diesel::PgConnection::establish(&self.url("postgres")) {
            let _ = conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }

    /// Stops every process of the server until the result is dropped. Its connections stay open and nothing is
    /// answered.
    pub(crate) fn freeze(&self) -> Frozen {
        let file = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        let first = file.lines().next().unwrap();
        let children = std::fs::read_to_string(format!("/proc/{first}/task/{first}/children")).unwrap();
        let processes: Vec<String> =
            [first].into_iter().chain(children.split_whitespace()).map(str::to_owned).collect();
        run(Command::new("kill").arg("-STOP").args(&processes));
        Frozen(processes)
    }
}

/// A stopped server.
pub(crate) struct Frozen(Vec<String>);

impl Drop for Frozen {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg("-CONT").args(&self.0).status();
    }
}

/// Returns the folder for the server: in memory if the machine has 2 GiB for it, because creating and removing the 600
/// files of a database for each test took a quarter of the processor's time on a disk.
fn server_folder() -> PathBuf {
    const NEEDED: u64 = 2 << 30;
    let memory = Path::new("/dev/shm");
    let asked = Command::new("df").args(["--output=avail", "-B1"]).arg(memory).output();
    let answer = asked.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let free: u64 = answer.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or_default();
    if free >= NEEDED { memory.to_path_buf() } else { std::env::temp_dir() }
}

fn binaries() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    if let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") {
        let mut bins: Vec<_> = versions.flatten().map(|entry| entry.path().join("bin")).collect();
        bins.sort();
        places.extend(bins.into_iter().rev());
    }
    places.into_iter().find(|place| place.join("initdb").exists() && place.join("postgres").exists())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.starts_with(b"0\n"))
}

/// Runs a program as another user, because PostgreSQL refuses to run as root.
fn unprivileged(program: &Path, as_root: bool) -> Command {
    if as_root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program).current_dir("/");
        command
    } else {
        Command::new(program)
    }
}

fn run(command: &mut Command) {
    let out = command.stdin(Stdio::null()).output().unwrap();
    assert!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
}

/// Stops the server when the test run ends for any reason: a shell waits until the pipe is closed.
fn stop_at_the_end(bin: &Path, data: &Path, as_root: bool) {
    let script = "cat >/dev/null; \"$@\"; rm -rf \"$0\"";
    let mut stop = unprivileged(&bin.join("pg_ctl"), as_root);
    stop.arg("-D").arg(data).args(["-m", "immediate", "stop"]);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).arg(data.parent().unwrap()).arg(stop.get_program()).args(stop.get_args());
    let child = shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::mem::forget(child);
}
