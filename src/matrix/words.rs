//! Meaning of the words of a matrix: lists of words, percentages.

pub(crate) use crate::text::fold_words as fold;

/// Checks whether a word is in a list with `|` between its words.
pub(super) fn is_listed(list: &str, word: &str) -> bool {
    list.split('|').any(|one| one == word)
}

/// The reason why a cell is not a percentage. A value with two possible meanings is refused, not guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PercentError {
    /// 1 without a sign: 1 % or 100 %.
    One,
    /// A written fraction without a sign: "0,5" is 0.5 % or 50 %.
    Fraction,
    /// Not a whole percentage.
    NotWhole,
    /// Not a number from 0 to 100.
    Range,
}

impl PercentError {
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Fraction => "fraction",
            Self::NotWhole => "whole",
            Self::Range => "range",
        }
    }
}

/// Reads a number that the cell shows as a percentage, rounded as shown: 0.333 is 33 %. A fraction never rounds to 0 %
/// or 100 %.
pub(super) fn percent_of_fraction(part: f64) -> Result<i32, PercentError> {
    let (exact, rounded) = (part * 100.0, (part * 100.0).round());
    let is_rounded = (exact - rounded).abs() > 1e-6;
    if is_rounded && (rounded == 0.0 || rounded == 100.0) {
        return Err(PercentError::NotWhole);
    }
    whole(rounded)
}

/// Reads a plain number: 50, or 0.5, which can only be a half.
pub(super) fn percent_of_number(number: f64) -> Result<i32, PercentError> {
    match number {
        1.0 => Err(PercentError::One),
        part if part > 0.0 && part < 1.0 => percent_of_fraction(part),
        _ => whole(number),
    }
}

/// Reads a text: "50 %", "50".
pub(super) fn percent_of_text(text: &str) -> Result<i32, PercentError> {
    let (bare, signed) = match text.trim().strip_suffix('%') {
        Some(bare) => (bare.trim_end(), true),
        None => (text.trim(), false),
    };
    let plain = bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
    let number = plain.then(|| bare.replace(',', ".").parse::<f64>().ok()).flatten().ok_or(PercentError::Range)?;
    match number {
        1.0 if !signed => Err(PercentError::One),
        part if !signed && part > 0.0 && part < 1.0 => Err(PercentError::Fraction),
        _ => whole(number),
    }
}

fn whole(number: f64) -> Result<i32, PercentError> {
    if !(0.0..=100.0).contains(&number) {
        return Err(PercentError::Range);
    }
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100, as checked")]
    if number.fract() == 0.0 { Ok(number as i32) } else { Err(PercentError::NotWhole) }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
