//! Turns PostgreSQL's log of one request into a script for `pgbench`: the same statements with bound values, and new
//! ids and codes for each run.

use std::collections::BTreeMap;
use std::process::Command;

/// One statement with its values, from a log whose lines begin with `@@ `.
struct Statement {
    text: String,
    values: Vec<Option<String>>,
}

/// A script for `pgbench`: every statement of the log on a line of its own, and its bound values by name.
pub(crate) struct Script {
    pub text: String,
    pub values: Vec<(String, String)>,
}

pub(crate) fn script(log: &str) -> Script {
    let mut fresh = Fresh::default();
    let mut script = Script { text: "\\set k random(1, 9000000000000000)\n".into(), values: Vec::new() };
    for statement in statements(log) {
        let inserts = statement.text.trim_start().starts_with("INSERT");
        if !inserts {
            fresh.known_by(&statement);
        }
        let mut text = statement.text.replace('\n', " ");
        for (n, value) in statement.values.iter().enumerate().rev() {
            let name = format!("v{}", script.values.len());
            let bound = fresh.bound(value.as_deref(), inserts, &name);
            text = text.replace(&format!("${}", n + 1), &bound);
            script.values.extend(value.clone().map(|value| (name, value)));
        }
        script.text.push_str(text.trim());
        script.text.push_str(";\n");
    }
    script
}

/// Runs the prepared script repeatedly with 8 clients on the server with its socket in `folder`; returns runs per
/// second.
pub(crate) fn runs_a_second(script: &Script, file: &str, folder: &str, seconds: &str) -> f64 {
    std::fs::write(file, &script.text).unwrap();
    let mut pgbench = Command::new("pgbench");
    pgbench.args([
        "-n", "-M", "prepared", "-c", "8", "-j", "2", "-T", seconds, "-h", folder, "-U", "articula", "-f", file,
    ]);
    for (name, value) in &script.values {
        pgbench.arg("-D").arg(format!("{name}={value}"));
    }
    let ran = pgbench.arg("articula").output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let shown = String::from_utf8(ran.stdout).unwrap();
    let figure = shown.lines().find_map(|line| line.strip_prefix("tps = ")).unwrap();
    figure.split(' ').next().unwrap().parse().unwrap()
}

fn statements(log: &str) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for entry in format!("\n{log}").split("\n@@ ").skip(1) {
        if let Some(text) = entry.strip_prefix("LOG:  statement: ") {
            found.push(Statement { text: text.to_owned(), values: Vec::new() });
        } else if let Some(rest) = entry.strip_prefix("LOG:  execute ") {
            let text = rest.split_once(": ").map_or(rest, |(_, text)| text);
            found.push(Statement { text: text.to_owned(), values: Vec::new() });
        } else if let Some(rest) = entry.strip_prefix("DETAIL:  ")
            && let Some((_, list)) = rest.split_once("arameters: ")
            && let Some(last) = found.last_mut()
        {
            last.values = values(list);
        }
    }
    found.retain(|statement| !statement.text.contains("pg_reload_conf") && !statement.text.starts_with("ALTER SYSTEM"));
    found
}

/// Reads `$1 = 'text', $2 = NULL, …`.
fn values(list: &str) -> Vec<Option<String>> {
    let (mut found, mut rest) = (Vec::new(), list);
    while let Some((_, after)) = rest.split_once(" = ") {
        if let Some(after) = after.strip_prefix('\'') {
            let (mut value, mut chars) = (String::new(), after.char_indices().peekable());
            let mut end = after.len();
            while let Some((at, c)) = chars.next() {
                if c == '\'' {
                    if chars.peek().is_some_and(|(_, next)| *next == '\'') {
                        chars.next();
                    } else {
                        end = at + 1;
                        break;
                    }
                }
                value.push(c);
            }
            found.push(Some(value));
            rest = &after[end..];
        } else {
            found.push(None);
            rest = after;
        }
    }
    found
}

/// The ids that the request made (true) or found (false): each run needs new ones.
#[derive(Default)]
struct Fresh {
    ids: BTreeMap<String, bool>,
}

impl Fresh {
    /// Marks the ids in a statement before the insertion as existing.
    fn known_by(&mut self, statement: &Statement) {
        for value in statement.values.iter().flatten() {
            for id in value.trim_matches(['{', '}']).split(',').filter(|id| is_id(id)) {
                self.ids.entry(id.to_owned()).or_insert(false);
            }
        }
    }

    /// Returns the expression for a value: the value itself, or a new one for each run.
    fn bound(&mut self, value: Option<&str>, inserts: bool, name: &str) -> String {
        let Some(value) = value else { return "NULL".into() };
        let made_here =
            is_id(value) && *self.ids.entry(value.to_owned()).or_insert(inserts && !value.starts_with("00000000-"));
        if made_here {
            return format!("md5(:{name}::text || :k::text)::uuid");
        }
        if inserts && is_code(value) { "('L-' || :k::text)".into() } else { format!(":{name}") }
    }
}

fn is_id(value: &str) -> bool {
    value.len() == 36 && value.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// Returns true for the code of a commitment, such as `C1-2026-001`.
fn is_code(value: &str) -> bool {
    let mut parts = value.rsplit('-');
    let number = parts.next().is_some_and(|part| part.len() >= 3 && part.chars().all(|c| c.is_ascii_digit()));
    let year = parts.next().is_some_and(|part| part.len() == 4 && part.chars().all(|c| c.is_ascii_digit()));
    number && year && parts.next().is_some_and(|part| part.starts_with('C'))
}
