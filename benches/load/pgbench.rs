//! PostgreSQL's log of one request as a script for `pgbench`: the same statements, their values written in, new ids
//! and codes made anew for each run.

use std::collections::BTreeMap;

/// One statement with its values, from a log whose lines begin with `@@ `.
struct Statement {
    text: String,
    values: Vec<Option<String>>,
}

/// The script: every statement of the log on a line of its own.
pub fn script(log: &str) -> String {
    let mut fresh = Fresh::default();
    let mut script = String::from("\\set k random(1, 9000000000000000)\n");
    for statement in statements(log) {
        let inserts = statement.text.trim_start().starts_with("INSERT");
        if !inserts {
            fresh.known_by(&statement);
        }
        let mut text = statement.text.replace('\n', " ");
        for (n, value) in statement.values.iter().enumerate().rev() {
            text = text.replace(&format!("${}", n + 1), &fresh.literal(value.as_deref(), inserts));
        }
        script.push_str(text.trim());
        script.push_str(";\n");
    }
    script
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

/// `$1 = 'text', $2 = NULL, …`
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

/// Ids and codes that the request made: each run needs its own.
#[derive(Default)]
struct Fresh {
    ids: BTreeMap<String, bool>,
}

impl Fresh {
    /// What a statement before the insertion asks for was there already.
    fn known_by(&mut self, statement: &Statement) {
        for value in statement.values.iter().flatten() {
            for id in value.trim_matches(['{', '}']).split(',').filter(|id| is_id(id)) {
                self.ids.entry(id.to_owned()).or_insert(false);
            }
        }
    }

    fn literal(&mut self, value: Option<&str>, inserts: bool) -> String {
        let Some(value) = value else { return "NULL".into() };
        if is_id(value) {
            let made_here = *self.ids.entry(value.to_owned()).or_insert(inserts && !value.starts_with("00000000-"));
            if made_here {
                return format!("md5('{value}' || :k)::uuid");
            }
        }
        if inserts && is_code(value) {
            return "('L-' || :k)".into();
        }
        let quoted = value.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3A").replace('\n', "\\n");
        if quoted.contains('\\') { format!("E'{quoted}'") } else { format!("'{quoted}'") }
    }
}

fn is_id(value: &str) -> bool {
    value.len() == 36 && value.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// `C1-2026-001`: a commitment's code.
fn is_code(value: &str) -> bool {
    let mut parts = value.rsplit('-');
    let number = parts.next().is_some_and(|part| part.len() >= 3 && part.chars().all(|c| c.is_ascii_digit()));
    let year = parts.next().is_some_and(|part| part.len() == 4 && part.chars().all(|c| c.is_ascii_digit()));
    number && year && parts.next().is_some_and(|part| part.starts_with('C'))
}
