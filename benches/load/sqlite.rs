//! Observes the statements of one request in a server in this process, and runs them in a loop on SQLite alone.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use articula::db::{Database, observe_statements};
use rusqlite::types::Value;

use crate::server::Server;

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Returns the script of one request to the API by the person with an email address: a body makes it a `POST`. The
/// first of two requests only warms up.
pub(crate) fn transcript(url: &str, email: &str, path: &str, body: Option<&str>) -> String {
    let db = Database::open(url).unwrap();
    let file = rusqlite::Connection::open(url.trim_start_matches("sqlite:")).unwrap();
    let user: Vec<u8> = file.query_row("SELECT id FROM users WHERE email = ?1", (email,), |row| row.get(0)).unwrap();
    let server = Server::start(url, db, uuid::Uuid::from_slice(&user).unwrap().into());
    let body = body.map(|body| serde_json::from_str(body).unwrap());
    let ask = || match &body {
        Some(body) => server.post(path, body),
        None => server.get(path),
    };
    ask();
    std::thread::sleep(Duration::from_millis(300));
    observe_statements(|statement| SEEN.lock().unwrap().push(statement.to_owned()));
    ask();
    script(&SEEN.lock().unwrap())
}

/// Returns one statement per line, followed by its values, separated by tabs. The first letter of a value is its kind;
/// `K`, `M` and `U` are codes, ids of mails and ids of which each run makes new ones.
fn script(statements: &[String]) -> String {
    let mut ids: BTreeMap<String, bool> = BTreeMap::new();
    let mut script = String::new();
    for statement in statements {
        let (text, binds) = statement.rsplit_once(" -- binds: [").unwrap_or((statement.as_str(), "]"));
        let inserts = text.trim_start().starts_with("INSERT");
        let values = split(binds.trim_end().strip_suffix(']').unwrap_or(binds));
        script.push_str(&text.trim().replace(['\n', '\t'], " "));
        let columns = if inserts { columns(text) } else { vec![""] };
        for (value, column) in values.iter().zip(columns.iter().cycle()) {
            script.push('\t');
            // The `Debug` form of this code is the same as that of an absent value.
            script.push_str(&match *column {
                "verification" => "Tnone".into(),
                "message_id" => literal(value, inserts, &mut ids).replacen('T', "M", 1),
                _ => literal(value, inserts, &mut ids),
            });
        }
        script.push('\n');
    }
    script
}

/// Returns the columns of an INSERT.
fn columns(text: &str) -> Vec<&str> {
    let list = text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(list, _)| list);
    list.split(',').map(|name| name.trim().trim_matches('`')).collect()
}

/// Splits the `Debug` form of a list at its outer commas.
fn split(list: &str) -> Vec<String> {
    let (mut parts, mut part, mut depth, mut quoted, mut escaped) = (Vec::new(), String::new(), 0, false, false);
    for c in list.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(std::mem::take(&mut part).trim().to_owned());
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    if !part.trim().is_empty() {
        parts.push(part.trim().to_owned());
    }
    parts
}

/// Turns the `Debug` form of a value into the value that SQLite stores.
fn literal(shown: &str, inserts: bool, ids: &mut BTreeMap<String, bool>) -> String {
    if let Some(inner) = shown.strip_prefix("Some(").and_then(|rest| rest.strip_suffix(')')) {
        return literal(inner, inserts, ids);
    }
    if shown == "None" {
        return "N".into();
    }
    if let Ok(text) = serde_json::from_str::<String>(&shown.replace("\\'", "'")) {
        if inserts && is_code(&text) {
            return "K".into();
        }
        return format!("T{}", text.replace(['\t', '\n'], " "));
    }
    if shown == "true" || shown == "false" {
        return format!("I{}", i32::from(shown == "true"));
    }
    if shown.parse::<i64>().is_ok() {
        return format!("I{shown}");
    }
    if shown.parse::<f64>().is_ok() {
        return format!("R{shown}");
    }
    let inner = shown.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(shown);
    let inner = inner.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(inner);
    if inner.len() == 36 && inner.chars().all(|c| c.is_ascii_hexdigit() || c == '-') {
        let made_here = *ids.entry(inner.to_owned()).or_insert(inserts && !inner.starts_with("00000000-"));
        return format!("{}{}", if made_here { "U" } else { "X" }, inner.replace('-', ""));
    }
    if inner.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("T{}", inner.replace('T', " ").trim_end_matches('Z'));
    }
    // A code of a fixed list, shown by the name of its variant.
    let mut code = String::new();
    for (at, c) in inner.char_indices() {
        if c.is_uppercase() && at > 0 {
            code.push('_');
        }
        code.extend(c.to_lowercase());
    }
    format!("T{code}")
}

fn is_code(text: &str) -> bool {
    let parts: Vec<&str> = text.rsplit('-').collect();
    parts.len() == 3 && parts[1].len() == 4 && parts[..2].iter().all(|p| p.chars().all(|c| c.is_ascii_digit()))
}

/// Runs the whole script repeatedly for this time, with every statement prepared once; returns runs per second.
pub(crate) fn runs_a_second(file: &str, script: &str, seconds: u64) -> f64 {
    let conn = rusqlite::Connection::open(file).unwrap();
    conn.execute_batch(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY",
    )
    .unwrap();
    let writes = script.contains("INSERT");
    let lines: Vec<Vec<&str>> = script.lines().map(|line| line.split('\t').collect()).collect();
    let mut prepared: Vec<_> = lines
        .iter()
        .filter(|line| !["BEGIN", "COMMIT", "ROLLBACK"].iter().any(|word| line[0].starts_with(word)))
        .map(|line| (conn.prepare(line[0]).unwrap(), &line[1..]))
        .collect();
    let began = Instant::now();
    let mut runs = 0_u128;
    while began.elapsed() < Duration::from_secs(seconds) {
        runs += 1;
        if writes {
            conn.execute_batch("BEGIN IMMEDIATE").unwrap();
        }
        for (statement, values) in &mut prepared {
            for (n, value) in values.iter().enumerate() {
                statement.raw_bind_parameter(n + 1, bound(value, runs)).unwrap();
            }
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next().unwrap() {
                std::hint::black_box(row.get_ref(0).ok());
            }
        }
        if writes {
            conn.execute_batch("COMMIT").unwrap();
        }
    }
    runs as f64 / began.elapsed().as_secs_f64()
}

fn bound(value: &str, run: u128) -> Value {
    let (kind, text) = value.split_at(1);
    match kind {
        "N" => Value::Null,
        "I" => Value::Integer(text.parse().unwrap()),
        "R" => Value::Real(text.parse().unwrap()),
        "K" => Value::Text(format!("L-{run}")),
        "M" => Value::Text(format!("{text}-{run}")),
        "X" => Value::Blob(u128::from_str_radix(text, 16).unwrap().to_be_bytes().to_vec()),
        "U" => {
            // The same id of a later millisecond.
            let id = u128::from_str_radix(text, 16).unwrap() + (run << 80);
            Value::Blob(id.to_be_bytes().to_vec())
        }
        _ => Value::Text(text.to_owned()),
    }
}
