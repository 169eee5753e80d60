//! The `.env` file of the working folder.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{InvalidSetting, Result};

/// Adds the variables of the file to the environment; variables that are already set stay as they are.
///
/// A file that cannot be read completely is refused, so that no setting is lost silently. A `$` has no special meaning
/// and must therefore be in single quotes: elsewhere the format would replace it with the value of a variable. No error
/// message shows a value.
pub(super) fn load(path: &Path) -> Result<()> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(InvalidSetting(format!("cannot read {}: {error}", path.display()))),
    };
    if let Some(number) = open_dollar(&text) {
        let fault = "has a $ outside of single quotes: write NAME='value'";
        return Err(InvalidSetting(format!("line {number} of {} {fault}", path.display())));
    }
    let entries = dotenvy::from_path_iter(path).map_err(|error| unreadable(path, &text, &error))?;
    for entry in entries {
        entry.map_err(|error| unreadable(path, &text, &error))?;
    }
    dotenvy::from_path(path).map_err(|error| unreadable(path, &text, &error))
}

fn unreadable(path: &Path, text: &str, error: &dotenvy::Error) -> InvalidSetting {
    let at = match error {
        dotenvy::Error::LineParse(line, _) => text.lines().position(|one| line.trim_end().starts_with(one.trim_end())),
        _ => None,
    };
    let place = at.map_or_else(String::new, |at| format!("line {} of ", at + 1));
    InvalidSetting(format!("{place}{} cannot be read: each line must be NAME=value", path.display()))
}

/// Returns the line of the first `$` that would be replaced: outside of single quotes, and not in a comment.
fn open_dollar(text: &str) -> Option<usize> {
    let mut quote = None;
    for (number, line) in (1..).zip(text.lines()) {
        let (mut chars, mut before) = (line.chars(), ' ');
        while let Some(c) = chars.next() {
            match (quote, c) {
                // The rest of the line is a comment.
                (None, '#') if before.is_whitespace() => break,
                (None | Some('"'), '$') => return Some(number),
                // An escaped `$` is refused too, because one rule is simpler.
                (None | Some('"'), '\\') if chars.next() == Some('$') => return Some(number),
                (None | Some('"'), '\\') => {}
                (None, '\'' | '"') => quote = Some(c),
                (Some(open), _) if open == c => quote = None,
                _ => {}
            }
            before = c;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        fs::write(&path, text).unwrap();
        load(&path).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_fault_is_reported_with_its_line_and_without_the_value() {
        let sentence =
            fault("# note\nARTICULA_TEST_ENV_A=1\nthis is not a setting but a secret\nARTICULA_TEST_ENV_B=2\n");
        assert!(sentence.contains("line 3 of "), "{sentence}");
        assert!(!sentence.contains("secret"), "{sentence}");
        let sentence = fault("ARTICULA_TEST_ENV_C=ab$RSTcd\n");
        assert!(sentence.contains("line 1 of ") && !sentence.contains("RST"), "{sentence}");
        assert!(
            fault("A=1 # don't\nX=x$RST\n").contains("line 2 of "),
            "an apostrophe in a comment begins no quotation"
        );
        for text in ["X=\"it's $RST\"\n", "X=\"a\\\"'$RST'\"\n", "X=\"a\nit's $RST\"\n", "X=a\\$RST\n"] {
            assert!(fault(text).contains("has a $"), "{text}");
        }
        assert_eq!(fault("ARTICULA_TEST_ENV_D='ab$RSTcd'\n# costs $5\n"), "");
        assert_eq!(fault(""), "");
    }

    #[test]
    fn no_file_is_no_fault() {
        assert!(load(Path::new("/nonexistent/.env")).is_ok());
    }
}
