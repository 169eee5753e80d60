//! The program with its demonstration data, as `articula demo` starts it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::chrome::stop_with_the_tests;

/// The password of everybody in the demonstration.
pub(crate) const PASSWORD: &str = "articula-demo";

/// The program with the demonstration data; it ends with the test.
pub(crate) struct Demo {
    child: Child,
    pub url: String,
    folder: tempfile::TempDir,
    /// The tokens of the API by person.
    tokens: Mutex<HashMap<String, String>>,
}

/// The program for tests that bring their own people and records. It ends with the last test.
static SHARED: LazyLock<Demo> = LazyLock::new(|| {
    let demo = Demo::start();
    stop_with_the_tests(&demo.child, Some(demo.folder.path()));
    demo
});

impl Demo {
    pub(crate) fn start() -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_articula"))
            .arg("demo")
            .env("ARTICULA_LISTEN", free.to_string())
            .env("ARTICULA_PUBLIC", "1")
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let demo = Self { child, url: format!("http://{free}"), folder, tokens: Mutex::default() };
        demo.wait();
        demo
    }

    /// Returns the program that tests with people and records of their own share.
    pub(crate) fn shared() -> &'static Self {
        &SHARED
    }

    /// Waits until the program answers: two minutes at most.
    fn wait(&self) {
        for _ in 0..1200 {
            if ureq::get(format!("{}/readyz", self.url)).call().is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the demonstration does not answer");
    }

    /// Returns the texts of the mails to an address, the oldest first.
    pub(crate) fn mails_to(&self, address: &str) -> Vec<String> {
        let mut files: Vec<PathBuf> = Vec::new();
        collect(&self.folder.path().join("var/demo/mail"), &mut files);
        // The time is read once for each file: a file that disappears while others are compared would break the order.
        files.sort_by_cached_key(|file| std::fs::metadata(file).and_then(|facts| facts.modified()).ok());
        let texts = files.iter().filter_map(|file| std::fs::read(file).ok());
        texts.filter_map(|raw| text_of(&raw, address)).collect()
    }

    /// Waits for a mail to an address that contains some words, and returns its text.
    pub(crate) fn wait_for_mail(&self, address: &str, words: &str) -> String {
        for _ in 0..300 {
            if let Some(text) = self.mails_to(address).into_iter().rev().find(|text| text.contains(words)) {
                return text;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        panic!("no mail to {address} with {words:?}: {:#?}", self.mails_to(address));
    }

    /// Calls the API as a person with the password of the demonstration; returns the status and the answer. While
    /// another test writes for long, such as a new report, the answer is 503: the call is made again, as it asks.
    pub(crate) fn api(&self, email: &str, method: &str, path: &str, body: &Value) -> (u16, Value) {
        for _ in 0..20 {
            let answer = self.call_as(email, method, path, body);
            if answer.0 != 503 {
                return answer;
            }
            std::thread::sleep(Duration::from_secs(1));
        }
        self.call_as(email, method, path, body)
    }

    fn call_as(&self, email: &str, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let known = self.tokens.lock().unwrap().get(email).cloned();
        let token = known.clone().unwrap_or_else(|| self.token(email));
        let (status, answer) = self.call(Some(&token), method, path, body);
        if status != 401 || known.is_none() {
            return (status, answer);
        }
        self.call(Some(&self.token(email)), method, path, body)
    }

    fn token(&self, email: &str) -> String {
        let (_, answer) = self.call(None, "POST", "/auth/login", &json!({"email": email, "password": PASSWORD}));
        let token = answer["access_token"].as_str().unwrap_or_else(|| panic!("{email}: {answer}")).to_owned();
        self.tokens.lock().unwrap().insert(email.to_owned(), token.clone());
        token
    }

    /// Calls the API with a token, or without.
    pub(crate) fn call(&self, token: Option<&str>, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}/api/v1{path}", self.url))
            .header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let mut answer = agent.run(request.body(body).unwrap()).unwrap();
        (answer.status().as_u16(), answer.body_mut().read_json().unwrap_or(Value::Null))
    }

    /// Sends a table to the API; returns the answer.
    pub(crate) fn send_csv(&self, email: &str, path: &str, table: &str) -> Value {
        let (token, agent) = (self.token(email), ureq::Agent::new_with_defaults());
        let request = ureq::http::Request::post(format!("{}/api/v1{path}", self.url))
            .header("content-type", "text/csv")
            .header("authorization", format!("Bearer {token}"));
        agent.run(request.body(table.as_bytes().to_vec()).unwrap()).unwrap().body_mut().read_json().unwrap()
    }

    /// Returns the folder in which the program keeps its data.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Gives the mail of a convocation the state that it has after the last attempt to send it; returns the mail. Mails of
    /// the day are not there on every day of the week.
    pub(crate) fn failed_delivery(&self, email: &str) -> String {
        let all = self.read(email, "/reminders/deliveries?kind=convocation");
        let id = all["items"][0]["id"].as_str().unwrap().to_owned();
        let conn = rusqlite::Connection::open(self.folder().join("var/demo/articula.db")).unwrap();
        conn.busy_timeout(Duration::from_secs(20)).unwrap();
        let fail =
            "UPDATE deliveries SET status = 'failed', sent_at = NULL, attempts = 8, last_error = ?1 WHERE id = ?2";
        let key: uuid::Uuid = id.parse().unwrap();
        let changed =
            conn.execute(fail, ("550 5.1.1 <nadie@example.org> does not exist", &key.as_bytes()[..])).unwrap();
        assert_eq!(changed, 1, "{id}");
        id
    }

    /// Enters a record with the API; returns it.
    #[track_caller]
    pub(crate) fn enter(&self, email: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.api(email, "POST", path, body);
        assert!((200..300).contains(&status), "{path}: {status} {answer}\n{body}");
        answer
    }

    /// Plans and sends the reminders of a day, as the program does on that day.
    pub(crate) fn remind(&self, day: &str) {
        let run = Command::new(env!("CARGO_BIN_EXE_articula"))
            .args(["remind", "--as-of", day])
            .env("ARTICULA_PUBLIC_URL", &self.url)
            .env("ARTICULA_DATABASE_URL", "sqlite:var/demo/articula.db")
            .env("ARTICULA_MAIL_URL", "file:var/demo/mail")
            .env("ARTICULA_FILES_URL", "file:var/demo/files")
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }

    /// Returns the answer of a read of the API.
    pub(crate) fn read(&self, email: &str, path: &str) -> Value {
        let (status, answer) = self.api(email, "GET", path, &Value::Null);
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => collect(&path, files),
            path => files.push(path),
        }
    }
}

/// Returns the plain text of a mail to an address.
fn text_of(raw: &[u8], address: &str) -> Option<String> {
    use mailparse::MailHeaderMap;
    let mail = mailparse::parse_mail(raw).ok()?;
    mail.headers.get_first_value("To").filter(|to| to.contains(address))?;
    let plain = mail.parts().find(|part| part.ctype.mimetype == "text/plain").map(mailparse::ParsedMail::get_body);
    plain?.ok()
}

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
