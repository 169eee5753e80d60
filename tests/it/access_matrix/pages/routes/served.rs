//! The pages that the program serves, as its sources register them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Returns the pages that the sources register: `GET /meetings/{id}`.
pub(crate) fn served() -> BTreeSet<String> {
    let mut files = Vec::new();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    below(&sources, &mut files);
    let is_of_pages = |file: &&PathBuf| {
        let name = file.strip_prefix(&sources).unwrap().to_str().unwrap();
        name.ends_with("/web.rs") || name.contains("/web/") || name == "app/pages.rs"
    };
    let mut found = BTreeSet::new();
    for file in files.iter().filter(is_of_pages) {
        let text = std::fs::read_to_string(file).unwrap();
        for line in text.lines().map(str::trim) {
            for (start, method) in [("#[get(\"", "GET"), ("#[post(\"", "POST")] {
                let path = line.strip_prefix(start).and_then(|rest| rest.split('"').next());
                found.extend(path.map(|path| format!("{method} {path}")));
            }
        }
    }
    found
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => below(&path, files),
            path => files.push(path),
        }
    }
}
