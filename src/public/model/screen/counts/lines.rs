//! Small numbers after a colon or in a list, when the words before them are about people.

use super::super::words::{Word, words_of};
use super::{FEW, ONE, is_day, is_few_digits, is_people};

/// Signs of Markdown around the words of a line.
const SIGNS: [char; 5] = ['*', '_', '#', '>', ' '];

/// Finds a small number behind a colon in a line about people, in the lines below such a colon, and at the end of an item
/// below a line about people.
pub(super) fn count_few_people(text: &str) -> bool {
    let mut above = Above::Other;
    text.lines().any(|line| {
        let (content, is_item) = item(line);
        let found = above.makes_count(content, is_item) || counts_after_colon(content);
        above = above.after(content, is_item);
        found
    })
}

/// The lines above a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Other,
    /// A line about people.
    People,
    /// A line about people that ends with a colon, or a line below it.
    Colon,
    /// An empty line below those: a list may still follow.
    ColonAndEmpty,
    PeopleAndEmpty,
}

impl Above {
    fn makes_count(self, content: &str, is_item: bool) -> bool {
        match self {
            Self::Colon => has_few(content),
            Self::ColonAndEmpty => is_item && has_few(content),
            Self::People | Self::PeopleAndEmpty => is_item && ends_with_few(content),
            Self::Other => false,
        }
    }

    fn after(self, content: &str, is_item: bool) -> Self {
        let has_people = || words_of(content).iter().any(is_people);
        match self {
            Self::Colon if content.is_empty() => Self::ColonAndEmpty,
            Self::People if content.is_empty() => Self::PeopleAndEmpty,
            _ if content.is_empty() => self,
            Self::Colon => Self::Colon,
            Self::ColonAndEmpty if is_item => Self::Colon,
            _ if has_people() && content.ends_with(':') => Self::Colon,
            _ if has_people() => Self::People,
            Self::People | Self::PeopleAndEmpty if is_item => Self::People,
            _ => Self::Other,
        }
    }
}

/// Returns the words of a line, and whether the sign or the number of an item stood before them.
fn item(line: &str) -> (&str, bool) {
    let line = line.trim();
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match after_number.len() < line.len() {
        true => after_number.strip_prefix(['.', ')']),
        false => line.strip_prefix(['-', '+', '*', '•', '–', '·']),
    };
    let rest = rest.filter(|rest| rest.starts_with(' '));
    (rest.unwrap_or(line).trim_matches(SIGNS.as_slice()), rest.is_some())
}

fn counts_after_colon(line: &str) -> bool {
    let mut parts = line.split([':', '=']);
    let mut has_people = parts.next().is_some_and(|head| words_of(head).iter().any(is_people));
    parts.any(|part| {
        let found = has_people && has_few(part);
        has_people = has_people || words_of(part).iter().any(is_people);
        found
    })
}

/// Finds a number below ten that is no day; "one" only at the end of what commas separate: it is also an article.
fn has_few(text: &str) -> bool {
    let text = without_dates(text);
    let words = words_of(&text);
    let is_few = |(at, word): (usize, &Word)| {
        (is_few_digits(word) && !is_day(&words, at)) || FEW.contains(&word.folded.as_str())
    };
    words.iter().enumerate().any(is_few) || text.split([',', ';', '.', ':']).any(ends_with_one)
}

fn ends_with_one(text: &str) -> bool {
    words_of(text).last().is_some_and(|word| ONE.contains(&word.folded.as_str()))
}

fn ends_with_few(text: &str) -> bool {
    let text = without_dates(text);
    let is_few = |word: &Word| is_few_digits(word) || FEW.contains(&word.folded.as_str());
    words_of(&text).last().is_some_and(is_few) || ends_with_one(&text)
}

/// Leaves out dates in digits, such as `05/06/2027`.
fn without_dates(text: &str) -> String {
    let is_date = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        let groups: Vec<&str> = word.split(['/', '-', '.']).collect();
        let is_number = |group: &&str| group.bytes().all(|c| c.is_ascii_digit());
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        groups.iter().all(is_number) && matches!(lengths.as_slice(), [1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2])
    };
    text.split(' ').filter(|word| !is_date(word)).collect::<Vec<_>>().join(" ")
}
