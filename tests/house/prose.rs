//! Rule 7: plain English. The first word of a line of a doc comment, names that were replaced, Spanish in the source.

use super::source::{files, none};

/// Words that no line of a doc comment begins with.
const FIRST_WORDS: &[&str] = &["What", "How", "Whether", "Who", "Where", "Which", "That"];

/// Names that were replaced by standard terms (docs/STYLE.md). Nothing is defined with one of them again.
const REPLACED: &[&str] = &[
    "watching",
    "papers",
    "notices",
    "guard",
    "exchange",
    "Letter",
    "Posting",
    "Round",
    "Lane",
    "Desk",
    "Press",
    "Scene",
    "Stated",
    "Made",
    "Deed",
    "Carrying",
    "Said",
    "Reach",
    "known",
    "kept",
    "steered",
    "mend",
    "patience",
    "harden",
    "admission",
    "admit",
    "remember",
    "remembered",
    "Remembered",
    "sketch",
    "promises",
    "prints",
    "outlook",
    "balance",
];

/// Words that only Spanish has. A text with one of them belongs in `locales/`.
const SPANISH: &[&str] =
    &[" el ", " la ", " los ", " las ", " del ", " para ", " una ", " por ", " con ", " se ", " que "];

/// Returns the first word of a doc comment's line.
fn first_word(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))?;
    let text = text.trim_start().trim_start_matches(['-', '*', '#', '>', ' ']);
    text.split(|c: char| !c.is_alphanumeric()).next()
}

#[test]
fn no_line_of_a_doc_comment_begins_with_a_question_word() {
    let mut broken = Vec::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(files) {
        for (number, line) in source.text.lines().enumerate() {
            if first_word(line).is_some_and(|word| FIRST_WORDS.contains(&word)) {
                broken.push(format!(
                    "{}:{}: begin with a verb in the third person or a noun: {}",
                    source.path,
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    none(broken);
}

#[test]
fn no_description_of_the_api_begins_with_a_question_word() {
    let document = articula::app::document().unwrap();
    let mut broken = Vec::new();
    texts(&document, "", &mut broken);
    none(broken);
}

/// Collects the summaries and descriptions with a line that begins with a question word.
fn texts(value: &serde_json::Value, at: &str, broken: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, inner) in fields {
                let text = inner.as_str().filter(|_| ["summary", "description", "title"].contains(&name.as_str()));
                let word = |line: &str| line.split(|c: char| !c.is_alphanumeric()).next().map(str::to_owned);
                let first = text.into_iter().flat_map(str::lines).filter_map(word);
                if first.into_iter().any(|word| FIRST_WORDS.contains(&word.as_str())) {
                    broken.push(format!("{at}/{name}: {}", inner.as_str().unwrap_or_default()));
                }
                if name != "example" && name != "examples" {
                    texts(inner, &format!("{at}/{name}"), broken);
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|inner| texts(inner, at, broken)),
        _ => {}
    }
}

#[test]
fn no_replaced_name_is_defined_again() {
    let mut broken = Vec::new();
    for source in files("src") {
        let places = source.path.split('/').map(|part| part.trim_end_matches(".rs"));
        for name in places.filter(|part| REPLACED.contains(part)) {
            broken.push(format!("{}: `{name}` was replaced by a standard term", source.path));
        }
        for line in source.code.lines() {
            let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            for pair in words.windows(2) {
                let defines = ["fn", "mod", "struct", "enum", "trait", "type", "as"].contains(&pair[0]);
                if defines && REPLACED.contains(&pair[1]) {
                    broken.push(format!("{}: `{}` was replaced by a standard term", source.path, line.trim()));
                }
            }
        }
    }
    none(broken);
}

/// Returns the string literals of a line of code.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

#[test]
fn no_spanish_sentence_is_in_the_source() {
    let mut broken = Vec::new();
    // The matrix is in Spanish, and `wording.rs` lists words that a text of a person may have.
    let may = |path: &str| {
        path.starts_with("src/matrix/") || path.ends_with("_tests.rs") || path == "src/reports/findings/wording.rs"
    };
    for source in files("src").iter().filter(|source| !may(&source.path)) {
        let code = source.code.split("#[cfg(test)]").next().unwrap();
        for line in code.lines().filter(|line| !line.contains("example") && !line.contains("example(")) {
            for text in literals(line).filter(|text| text.contains(' ')) {
                let padded = format!(" {} ", text.to_lowercase());
                if SPANISH.iter().filter(|word| padded.contains(**word)).count() >= 2 {
                    broken.push(format!("{}: move `{text}` to locales/", source.path));
                }
            }
        }
    }
    none(broken);
}
