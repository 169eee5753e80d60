//! Rule 9: the tests that `docs/security.md` names as evidence exist.

use std::fs;

use super::source::{none, root};

#[test]
fn the_tests_that_show_a_requirement_exist() {
    let page = fs::read_to_string(root().join("docs/security.md")).unwrap();
    let codes = page.split('`').filter(|code| code.starts_with("tests/"));
    let named: Vec<(&str, &str)> = codes.filter_map(|code| code.split_once(".rs: ")).collect();
    assert!(named.len() > 100, "the tables name their tests as `file: name`");
    let is_missing = |(file, name): &&(&str, &str)| {
        let source = fs::read_to_string(root().join(format!("{file}.rs"))).unwrap_or_default();
        !source.contains(&format!("fn {name}("))
    };
    let sentence =
        |(file, name): &(&str, &str)| format!("docs/security.md names {file}.rs: {name}, which does not exist");
    none(named.iter().filter(is_missing).map(sentence).collect());
}
