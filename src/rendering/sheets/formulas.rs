//! Texts that a spreadsheet must not take for formulas.

/// Characters that begin a formula; some East Asian versions of Excel accept the full-width ones too.
const MARKS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Text of which no spreadsheet takes a part for a formula: an apostrophe stands before whatever would begin one, at
/// the beginning and after a sign at which a program of another country, or one that knows no quotes, begins a cell.
pub fn guarded(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    if text.starts_with(['\t', '\r']) {
        safe.push('\'');
    }
    let mut begins = true;
    for c in text.chars() {
        if begins && MARKS.contains(&c) {
            safe.push('\'');
        }
        begins = still_begins(begins, c);
        safe.push(c);
    }
    safe
}

/// The text that was [`guarded`].
pub fn unguarded(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut begins = true;
    let text = text.strip_prefix('\'').filter(|rest| rest.starts_with(['\t', '\r'])).unwrap_or(text);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if begins && c == '\'' && rest.peek().is_some_and(|next| MARKS.contains(next)) {
            continue;
        }
        begins = still_begins(begins, c);
        bare.push(c);
    }
    bare
}

/// Whether a cell could begin behind this character.
fn still_begins(begins: bool, c: char) -> bool {
    matches!(c, ',' | ';' | '\t' | '\r' | '\n') || begins && matches!(c, ' ' | '"')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (cell, safe) in [
            ("=1+1", "'=1+1"),
            ("@a", "'@a"),
            ("\tx", "'\tx"),
            ("-1", "'-1"),
            (" =1", " '=1"),
            ("Taller;=cmd|'/C calc'!A0", "Taller;'=cmd|'/C calc'!A0"),
            ("a, +1;\"=2\"", "a, '+1;\"'=2\""),
            ("uno\n-dos\r\n@tres\t=4", "uno\n'-dos\r\n'@tres\t'=4"),
            ("Taller; 2+2=4, tele-trabajo", "Taller; 2+2=4, tele-trabajo"),
            ("＝1+1", "'＝1+1"),
            ("a;＠b, ＋1", "a;'＠b, '＋1"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), safe);
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_is_read_as_it_was(text in "[ab ,;\"\t\r\n=+@＝＋－＠-]{0,20}") {
            prop_assert_eq!(unguarded(&guarded(&text)), text);
        }
    }
}
