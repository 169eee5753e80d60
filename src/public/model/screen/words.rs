//! The words of a text: letters and digits apart, so that `5NNA` is a number and a word.

use unicode_normalization::char::is_combining_mark;

use crate::text::fold;

/// A word or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case and without accents.
    pub folded: String,
    /// As it is written.
    pub written: String,
}

impl Word {
    fn of(written: String) -> Self {
        Self { folded: fold([written.as_str()]).split_whitespace().collect(), written }
    }

    pub(super) fn is_number(&self) -> bool {
        self.folded.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Returns the words of a visible text. A number with groups of thousands is one word (`2.163`), and so is `8.7`, the target
/// that most texts name.
pub(super) fn words_of(text: &str) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let (mut words, mut at) = (Vec::new(), 0);
    while let Some(first) = chars.get(at).copied() {
        let written = if first.is_ascii_digit() {
            number_at(&chars, &mut at)
        } else {
            taken(&chars, &mut at, |c| (c.is_alphanumeric() || is_combining_mark(c)) && !c.is_ascii_digit())
        };
        if written.is_empty() {
            at += 1;
        } else {
            words.push(Word::of(written));
        }
    }
    words.retain(|word| !word.folded.is_empty());
    words
}

fn taken(chars: &[char], at: &mut usize, belongs: impl Fn(char) -> bool) -> String {
    let own: String = chars.iter().skip(*at).copied().take_while(|c| belongs(*c)).collect();
    *at += own.chars().count();
    own
}

fn number_at(chars: &[char], at: &mut usize) -> String {
    let mut number = taken(chars, at, |c| c.is_ascii_digit());
    let digits = |from: usize| chars.iter().skip(from).take_while(|c| c.is_ascii_digit()).take(4).count();
    while matches!(chars.get(*at), Some('.' | ',')) && digits(*at + 1) == 3 {
        *at += 1;
        number.push_str(&taken(chars, at, |c| c.is_ascii_digit()));
    }
    let is_target = number == "8" && chars.get(*at) == Some(&'.') && chars.get(*at + 1) == Some(&'7');
    if is_target && digits(*at + 1) == 1 {
        *at += 2;
        number.push_str(".7");
    }
    number
}

#[cfg(test)]
mod tests {
    use super::words_of;

    fn folded(text: &str) -> Vec<String> {
        words_of(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn letters_and_digits_are_apart_and_numbers_are_whole() {
        assert_eq!(folded("5NNA, Áncash: 2.163 y 1,000,005."), ["5", "nna", "ancash", "2163", "y", "1000005"]);
        assert_eq!(folded("Meta 8.7; 8.75; 3.4; 05"), ["meta", "87", "8", "75", "3", "4", "05"]);
        assert_eq!(folded("-- ..."), Vec::<String>::new());
    }
}
