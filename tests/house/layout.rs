//! Rules 1, 2 and 6: the order of modules, circles, visibility, the length of files, the form of handlers.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, files, none, paths_from, sources};

/// The base: knows no business rule. Each module imports only those above it.
pub(crate) const BASE: &[&str] = &[
    "text",
    "config",
    "clock",
    "dates",
    "themes",
    "i18n",
    "error",
    "db",
    "evidence",
    "translations",
    "ics",
    "storage",
    "personal_data",
    "audit",
    "quota",
    "contact_changes",
    "mail",
    "http",
    "rendering",
    "spreadsheets",
    "ui",
];

/// The slices. Each imports the base and only the slices above it.
pub(crate) const SLICES: &[&str] = &[
    "identity",
    "access",
    "directory",
    "commissions",
    "notifications",
    "uploads",
    "issued",
    "meetings",
    "agreements",
    "plans",
    "duties",
    "indicators",
    "commitments",
    "activities",
    "minutes",
    "reports",
    "pending",
    "reminders",
    "datasets",
    "matrix",
    "calendar",
    "search",
    "overview",
    "audit_log",
    "public",
    "help",
];

/// Puts the parts together; may import all.
pub(crate) const TOP: &[&str] = &["app", "cli", "lib", "main", "testing", "worker"];

#[test]
fn every_module_has_a_place_in_the_order() {
    let known = [BASE, SLICES, TOP].concat();
    let unknown = files("src").into_iter().filter(|source| !known.contains(&source.module()));
    none(unknown.map(|source| format!("{}: add its module to BASE, SLICES or TOP", source.path)).collect());
}

#[test]
fn a_module_imports_only_those_above_it() {
    let order: Vec<&str> = [BASE, SLICES].concat();
    let place = |name: &str| order.iter().position(|module| *module == name);
    let mut broken = BTreeSet::new();
    for source in files("src").iter().filter(|source| !TOP.contains(&source.module())) {
        let own = place(source.module());
        for import in source.imports() {
            if TOP.contains(&import.as_str()) || place(&import).is_some_and(|other| Some(other) > own) {
                broken.insert(format!(
                    "{} imports {import}, which comes later in the order: move what both need to an earlier module",
                    source.path
                ));
            }
        }
    }
    none(broken.into_iter().collect());
}

/// Returns the module path of a file inside the crate: `src/a/b.rs` and `src/a/b/mod.rs` give `a::b`.
fn module_path(path: &str) -> String {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.trim_end_matches("/mod").replace('/', "::")
}

/// Returns the file that a path of the crate leads to: the longest beginning of it that is a file.
fn file_of<'m>(path: &str, modules: &'m BTreeSet<String>) -> Option<&'m str> {
    let mut path = path;
    loop {
        if let Some(found) = modules.get(path) {
            return Some(found);
        }
        path = path.rsplit_once("::")?.0;
    }
}

/// Returns the files that a file imports from its own slice, without the parents that only list them.
fn neighbours(source: &Source, modules: &BTreeSet<String>) -> BTreeSet<String> {
    let own = module_path(&source.path);
    let mut targets: Vec<String> = paths_from(&source.code, "crate::")
        .into_iter()
        .map(|path| path.trim_start_matches("crate::").to_owned())
        .collect();
    for path in paths_from(&source.code, "super::") {
        let (mut base, mut rest) = (own.as_str(), path.as_str());
        while let Some(shorter) = rest.strip_prefix("super::") {
            base = base.rsplit_once("::").map_or("", |(parent, _)| parent);
            rest = shorter;
        }
        targets.push(format!("{base}::{rest}"));
    }
    let found = targets.iter().filter_map(|target| file_of(target, modules));
    let slice = source.module();
    let inside = found.filter(|target| target.split("::").next() == Some(slice));
    inside.filter(|target| !own.starts_with(*target) && !target.starts_with(&own)).map(str::to_owned).collect()
}

#[test]
fn no_files_of_a_module_import_each_other_in_a_circle() {
    let all = files("src");
    let modules: BTreeSet<String> = all.iter().map(|source| module_path(&source.path)).collect();
    let graph: BTreeMap<String, BTreeSet<String>> =
        all.iter().map(|source| (module_path(&source.path), neighbours(source, &modules))).collect();
    let mut broken = BTreeSet::new();
    for start in graph.keys() {
        let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
        while let Some(at) = open.pop() {
            for next in graph.get(at).into_iter().flatten() {
                if next == start && at > start {
                    broken.insert(format!("{start} and {at} import each other: move what both need to a third file"));
                }
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
    }
    none(broken.into_iter().collect());
}

#[test]
fn a_slice_is_reached_through_its_mod_rs_alone() {
    let mut broken = Vec::new();
    for source in sources("src").iter().filter(|source| SLICES.contains(&source.module()) && !source.is("store")) {
        for line in source.code.lines().map(str::trim) {
            if line.starts_with("pub mod ") || line.starts_with("pub(crate) mod ") {
                broken.push(format!("{}: `{line}`: make it private and re-export what others use", source.path));
            }
        }
    }
    let lib = files("src").into_iter().find(|source| source.path == "src/lib.rs").unwrap();
    for slice in SLICES.iter().filter(|slice| !lib.code.contains(&format!("pub(crate) mod {slice};"))) {
        broken.push(format!("src/lib.rs: `{slice}` must be pub(crate), so that the compiler sees unused code"));
    }
    none(broken);
}

#[test]
fn routes_are_registered_by_full_path() {
    let mut broken = Vec::new();
    for source in sources("src") {
        if source.names("web::scope") {
            broken.push(format!("{} nests routes: write the whole path at the handler", source.path));
        }
        for line in source.code.lines().map(str::trim).filter(|line| is_route(line)) {
            let root = ["src/app/service.rs", "src/app/metrics.rs"].contains(&source.path.as_str());
            let of_api = line.contains("(\"/api/");
            if is_of_pages(&source) && of_api {
                broken.push(format!("{}: {line}: an address of the API belongs in api.rs", source.path));
            } else if !is_of_pages(&source) && !line.contains("(\"/api/v1/") && !root {
                broken.push(format!("{}: {line}: write the whole path, from /api/v1/", source.path));
            }
        }
    }
    none(broken);
}

#[test]
fn every_handler_says_who_may_call_it() {
    let mut broken = Vec::new();
    for source in sources("src").iter().filter(|source| source.is("api") || is_of_pages(source)) {
        let mut docs = String::new();
        for line in source.text.lines().map(str::trim) {
            if let Some(doc) = line.strip_prefix("///") {
                docs.push_str(doc);
                docs.push('\n');
            } else if is_route(line) && !docs.contains("Permissions:") {
                broken.push(format!("{}: {line}: add a `Permissions:` line to its doc comment", source.path));
            } else if line.starts_with("pub ") || line.starts_with("async ") || line.is_empty() {
                docs.clear();
            }
        }
    }
    none(broken);
}

/// Returns true if a file has handlers of web pages.
fn is_of_pages(source: &Source) -> bool {
    source.is("web") || source.path == "src/app/pages.rs"
}

fn is_route(line: &str) -> bool {
    ["get", "post", "put", "patch", "delete"].iter().any(|verb| line.starts_with(&format!("#[{verb}(\"")))
}

#[test]
fn files_are_short() {
    let mut broken = Vec::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(files) {
        let lines = source.text.lines().count();
        if lines > 500 && source.path != "src/db/schema.rs" {
            broken.push(format!("{} has {lines} lines: split it below 500", source.path));
        }
    }
    none(broken);
}

#[test]
fn few_files_are_tiny() {
    let short = files("src").into_iter().filter(|source| source.text.lines().count() < 40);
    let paths: Vec<_> = short.map(|source| source.path).collect();
    assert!(paths.len() <= 50, "{} files have less than 40 lines: merge some:\n{}", paths.len(), paths.join("\n"));
}
