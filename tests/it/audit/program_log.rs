//! The log of the program: person, request and network address, and never a secret.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use articula::db::Database;
use articula::db::schema::audit_log;
use diesel::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::support::Kind;

const EMAIL: &str = "ana.rojas@example.org";
const PASSWORD: &str = "una frase larga y propia";

/// `articula serve` behind a trusted proxy, with all of its log; ends with the test.
struct Program {
    child: Child,
    url: String,
    database: String,
    log: Arc<Mutex<Vec<String>>>,
    _folder: TempDir,
}

impl Program {
    fn start(kind: Kind) -> Self {
        let folder = TempDir::new().unwrap();
        let database = kind.fresh(folder.path());
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let articula = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_articula"));
            command.args(arguments).current_dir(&folder).stdout(Stdio::null());
            command.env("ARTICULA_DATABASE_URL", &database).env("ARTICULA_LISTEN", &address).env("RUST_LOG", "trace");
            command.env("ARTICULA_JWT_SECRET", uuid::Uuid::now_v7().to_string());
            command.env("ARTICULA_TRUSTED_PROXIES", "127.0.0.1");
            command
        };
        let mut add =
            articula(&["user", "add", EMAIL, "--name", "Ana", "--admin"]).stdin(Stdio::piped()).spawn().unwrap();
        add.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
        assert!(add.wait().unwrap().success());
        let mut child = articula(&["serve"]).stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (log, lines) = (Arc::default(), BufReader::new(child.stderr.take().unwrap()).lines());
        let kept: Arc<Mutex<Vec<String>>> = Arc::clone(&log);
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| kept.lock().unwrap().push(line)));
        let program = Self { child, url: format!("http://{address}"), database, log, _folder: folder };
        for _ in 0..600 {
            if TcpStream::connect(&address).is_ok() {
                return program;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the program does not serve");
    }

    fn call(&self, method: &str, path: &str, token: Option<&str>, body: Value) -> Value {
        let request = ureq::http::Request::builder().method(method).uri(format!("{}/api/v1{path}", self.url));
        let mut request = request.header("content-type", "application/json").header("x-forwarded-for", "203.0.113.9");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let config = ureq::Agent::config_builder().http_status_as_error(false).allow_non_standard_methods(true);
        let agent: ureq::Agent = config.build().into();
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let text = agent.run(request.body(body).unwrap()).unwrap().body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Stops the program and returns its whole log.
    fn stop(&mut self) -> Vec<String> {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success() && self.child.wait().unwrap().success());
        std::thread::sleep(Duration::from_millis(200));
        std::mem::take(&mut *self.log.lock().unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn test(kind: Kind) {
    let mut program = Program::start(kind);
    program.call("POST", "/auth/login", None, json!({"email": EMAIL, "password": "una clave equivocada"}));
    program.call("POST", "/auth/login", None, json!({"email": "nadie@example.org", "password": PASSWORD}));
    let tokens = program.call("POST", "/auth/login", None, json!({"email": EMAIL, "password": PASSWORD}));
    let secret = |tokens: &Value, name: &str| tokens[name].as_str().unwrap().to_owned();
    let (access, refresh) = (secret(&tokens, "access_token"), secret(&tokens, "refresh_token"));
    let fresh = program.call("POST", "/auth/refresh", None, json!({"refresh_token": refresh}));
    let me = program.call("GET", "/me", Some(&access), Value::Null)["id"].as_str().unwrap().to_owned();
    let calendar = secret(&program.call("POST", "/me/calendar-token", Some(&access), Value::Null), "token");
    program.call("GET", &format!("/calendar/{calendar}.ics"), None, Value::Null);
    program.call("POST", "/auth/password-reset", None, json!({"email": EMAIL}));
    program.call("POST", "/users", Some(&access), json!({"email": "invitada@example.org", "name": "Invitada"}));
    for path in ["/password", "/invitation", "/sign-in"] {
        drop(ureq::get(format!("{}{path}?token=a-token-of-a-link", program.url)).call());
    }
    let invented = "INVENTED".repeat(100);
    program.call(&invented, "/me", Some(&access), Value::Null);
    let country = json!({"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es"});
    program.call("POST", "/countries", Some(&access), country);
    let commission = json!({"country_code": "CL", "name": "Comisión", "kind": "committee"});
    let commission = program.call("POST", "/commissions", Some(&access), commission)["id"].clone();
    let session = json!({"commission_ids": [commission], "kind": "ordinary", "title": "Sesión", "held": "2023-08-01", "restricted": true});
    let session = program.call("POST", "/meetings", Some(&access), session)["id"].as_str().unwrap().to_owned();
    program.call("GET", &format!("/meetings/{session}"), Some(&access), Value::Null);
    let log = program.stop();

    let answered = |route: &str| -> Value {
        let line = log.iter().filter(|line| line.contains("\"answered\"")).find(|line| line.contains(route));
        serde_json::from_str::<Value>(line.unwrap_or_else(|| panic!("{route} is not in the log"))).unwrap()["fields"]
            .clone()
    };
    for route in ["/api/v1/auth/refresh\"", "/api/v1/me\"", "/api/v1/meetings/{id}\"", "/api/v1/calendar/{token}.ics\""]
    {
        let line = answered(route);
        assert_eq!((&line["user_id"], &line["client"]), (&json!(me), &json!("203.0.113.9")), "{line}");
    }
    assert_eq!((&answered("/auth/login")["user_id"], &answered("/auth/login")["status"]), (&json!(null), &json!(401)));
    assert!(log.iter().any(|line| line.contains("\"method\":\"other\"")), "the invented method");
    assert!(log.iter().any(|line| line.contains("articula::sql") && line.contains("INSERT INTO")), "trace is on");

    let hash = |token: &str| articula::text::hex(&Sha256::digest(token.as_bytes()));
    let mut secrets = vec![
        PASSWORD.to_owned(),
        "una clave equivocada".to_owned(),
        "INVENTEDINVENTED".to_owned(),
        "argon2".to_owned(),
        "a-token-of-a-link".to_owned(),
    ];
    secrets.extend(["ana.rojas", "nadie@", "invitada@"].map(str::to_owned));
    for token in [access, refresh, secret(&fresh, "access_token"), secret(&fresh, "refresh_token"), calendar] {
        secrets.extend([hash(&token), token]);
    }
    secrets.extend([EMAIL, "nadie@example.org"].map(hash));
    let told: Vec<_> = log.iter().filter(|line| secrets.iter().any(|secret| line.contains(secret.as_str()))).collect();
    assert!(told.is_empty(), "secrets in the log:\n{told:#?}");

    let db = Database::open(&program.database).unwrap();
    let reads = audit_log::table.filter(audit_log::action.eq("read")).select((audit_log::record_id, audit_log::client));
    let reads: Vec<(String, Option<String>)> = db.read(|conn| Ok(reads.load(conn)?)).unwrap();
    assert_eq!(reads, [(session, Some("203.0.113.9".to_owned()))], "written before the program ended");
}

#[test]
fn the_log_names_person_and_client_and_no_secret_sqlite() {
    test(Kind::Sqlite);
}

#[test]
fn the_log_names_person_and_client_and_no_secret_postgres() {
    if let Some(kind) = Kind::postgres() {
        test(kind);
    }
}
