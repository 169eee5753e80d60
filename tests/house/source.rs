//! Reads the source files that the rules are about.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path from the root of the repository, its text, and its code without line comments.
pub(crate) struct Source {
    pub path: String,
    pub text: String,
    pub code: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        Self { path: path.to_owned(), text: text.to_owned(), code }
    }

    /// The module directly below `src/` that the file belongs to.
    pub(crate) fn module(&self) -> &str {
        let rest = self.path.strip_prefix("src/").unwrap_or(&self.path);
        rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs")
    }

    /// Returns true if the file, or a folder above it, has this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.path.ends_with(&format!("/{name}.rs")) || self.path.contains(&format!("/{name}/"))
    }

    pub(crate) fn below(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(&format!("src/{folder}/")))
    }

    /// Returns true if the code contains this path as whole words (`actix_web` is not in `utoipa_actix_web`).
    pub(crate) fn names(&self, word: &str) -> bool {
        let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
        self.code.match_indices(word).any(|(at, _)| {
            !self.code[..at].ends_with(part_of_word) && !self.code[at + word.len()..].starts_with(part_of_word)
        })
    }

    /// Returns the modules that the file imports from the crate: `crate::x…` and `crate::{x…, y…}`.
    pub(crate) fn imports(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (at, start) in self.code.match_indices("crate::") {
            if self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &self.code[at + start.len()..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(heads(group)),
                None => found.extend(head(rest)),
            }
        }
        found
    }

    /// Splits the file at its inline modules, so that `mod store { … }` in `agenda.rs` counts as `agenda/store.rs`.
    fn split(self) -> Vec<Self> {
        let mut parts = Vec::new();
        let (mut own, mut inner, mut name) = (String::new(), String::new(), None::<String>);
        for line in self.text.lines() {
            let opened = line.strip_prefix("pub ").or_else(|| line.strip_prefix("pub(crate) ")).unwrap_or(line);
            let opened = opened.strip_prefix("pub(super) ").unwrap_or(opened);
            if let Some(opened) = opened.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(" {")) {
                name = Some(opened.to_owned());
            } else if line == "}" && name.is_some() {
                let folder = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
                parts.push(Self::new(&format!("{folder}/{}.rs", name.take().unwrap()), &inner));
                inner.clear();
            } else {
                let text = if name.is_some() { &mut inner } else { &mut own };
                text.push_str(line);
                text.push('\n');
            }
        }
        parts.push(Self::new(&self.path, &own));
        parts
    }
}

fn head(text: &str) -> Option<String> {
    let name: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// Returns the first names of a `{a::b, c::{d, e}}` group, given without its opening brace.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut expects, mut found) = (0, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => expects = true,
            c if expects && !c.is_whitespace() => {
                found.extend(head(&group[at..]));
                expects = false;
            }
            _ => {}
        }
    }
    found
}

/// Returns the whole paths of a group: `{a::b, c::{d, e}}` gives `a::b`, `c::d`, `c::e`. Without its opening brace.
fn paths(group: &str, prefix: &str, found: &mut Vec<String>) -> usize {
    let (mut at, mut word) = (0, String::new());
    while let Some(c) = group[at..].chars().next() {
        at += c.len_utf8();
        match c {
            '{' => {
                at += paths(&group[at..], &format!("{prefix}{word}"), found);
                word.clear();
            }
            '}' | ',' => {
                if !word.is_empty() {
                    found.push(format!("{prefix}{}", word.split(" as ").next().unwrap()));
                    word.clear();
                }
                if c == '}' {
                    break;
                }
            }
            c if c.is_whitespace() && word.is_empty() => {}
            c => word.push(c),
        }
    }
    at
}

/// Returns every path in the code that begins with `start`, groups included.
pub(crate) fn paths_from(code: &str, start: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(start) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at..];
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect();
        match rest[word.len()..].strip_prefix('{') {
            Some(group) => drop(paths(group, &word, &mut found)),
            None => found.push(word),
        }
    }
    found
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// Returns the source files below a folder, each as it is.
pub(crate) fn files(folder: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    rust_files(&root().join(folder), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        Source::new(path.strip_prefix(root()).unwrap().to_str().unwrap(), &fs::read_to_string(&path).unwrap())
    };
    paths.into_iter().map(read).collect()
}

/// Returns the source files below a folder, split at their inline modules.
pub(crate) fn sources(folder: &str) -> Vec<Source> {
    files(folder).into_iter().flat_map(Source::split).collect()
}

/// Fails with one line for each broken rule.
#[track_caller]
pub(crate) fn none(broken: Vec<String>) {
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn imports_are_seen_in_every_form() {
    let code = "use crate::{db::{Db, Tx}, mail, error::Code};\nfn f() { crate::reports::draft(); utoipa_crate::x(); }";
    let expected = ["db", "error", "mail", "reports"].map(str::to_owned);
    assert_eq!(Source::new("src/x.rs", code).imports(), BTreeSet::from(expected));
    let expected = ["crate::db::Db", "crate::db::Tx", "crate::mail", "crate::error::Code", "crate::reports::draft"];
    assert_eq!(paths_from(code, "crate::"), expected.map(str::to_owned));
}

#[test]
fn an_inline_module_counts_as_a_file() {
    let parts = Source::new("src/a/b.rs", "use c;\nmod store {\n    use diesel;\n}\n").split();
    let paths: Vec<_> = parts.iter().map(|part| (part.path.as_str(), part.names("diesel"))).collect();
    assert_eq!(paths, [("src/a/b/store.rs", true), ("src/a/b.rs", false)]);
}
