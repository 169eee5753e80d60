//! Numbers that belong to one person: of identity cards, passports and telephones.

use crate::text::fold;

/// Words after which a number is that of a person's document.
const DOCUMENTS: &[&str] = &[
    "dni",
    "rut",
    "run",
    "cedula",
    "ce",
    "carne",
    "carnet",
    "pasaporte",
    "passport",
    "identidad",
    "identity",
    "ptp",
    "cpp",
    "cui",
];

/// The number of words before a number that may name it.
const NAMING_WORDS: usize = 3;

/// The number of digits of a document or a telephone.
const FEWEST_NAMED: usize = 6;
const FEWEST_PLAIN: usize = 7;
const FEWEST_GROUPED: usize = 8;

/// Groups of digits with what stands between them: `+51 987 654 321`, `12.345.678 - 5`.
#[derive(Debug, Default)]
struct Run {
    has_plus: bool,
    groups: Vec<String>,
    /// One between each group and the next.
    separators: Vec<String>,
    /// The check letter of a card: `1.000.005-K`.
    ends_with_letter: bool,
}

/// Finds the number of a document or of a telephone. Amounts (`12.345.678`), years and numbers of resolutions
/// (`0123-2024`) are none.
pub(super) fn has_personal_number(text: &str) -> bool {
    let chars: Vec<char> = text.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        if !c.is_ascii_digit() {
            at += 1;
            continue;
        }
        let (run, end) = run_at(&chars, at);
        if run.is_personal() || run.digits() >= FEWEST_NAMED && is_named(&chars, at) {
            return true;
        }
        at = end;
    }
    false
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}')
}

fn run_at(chars: &[char], from: usize) -> (Run, usize) {
    let before = chars.get(..from).unwrap_or_default().iter().rev().find(|c| !['(', ' '].contains(c));
    let mut run = Run { has_plus: before == Some(&'+'), ..Run::default() };
    let mut at = from;
    loop {
        let group: String = chars.iter().skip(at).take_while(|c| c.is_ascii_digit()).collect();
        at += group.len();
        run.groups.push(group);
        let separator: String = chars.iter().skip(at).take_while(|c| " .,-()/".contains(**c)).take(4).collect();
        let next = chars.get(at + separator.len());
        let is_inside = !separator.is_empty() && separator.len() <= 3 && ![". ", ", "].contains(&separator.as_str());
        match next {
            Some(c) if is_inside && c.is_ascii_digit() && !separator.contains('/') => {
                at += separator.len();
                run.separators.push(separator);
            }
            _ => {
                let after = chars.get(at + separator.len() + 1);
                run.ends_with_letter = separator.contains('-')
                    && next.is_some_and(|c| c.is_ascii_alphabetic())
                    && after.is_none_or(|c| !c.is_alphanumeric());
                return (run, at);
            }
        }
    }
}

impl Run {
    fn digits(&self) -> usize {
        self.groups.iter().map(String::len).sum()
    }

    fn is_personal(&self) -> bool {
        let is_long = self.groups.iter().any(|group| group.len() >= FEWEST_PLAIN);
        let is_call = self.has_plus && self.digits() >= FEWEST_GROUPED;
        is_long
            || is_call
            || self.is_card()
            || (self.digits() >= FEWEST_GROUPED && !self.is_amount() && !self.has_year())
    }

    /// Recognises seven or eight digits with a check character after a hyphen.
    fn is_card(&self) -> bool {
        if self.ends_with_letter && (FEWEST_PLAIN..=8).contains(&self.digits()) {
            return true;
        }
        let ends = self.separators.last().is_some_and(|last| last.contains('-'));
        ends && self.groups.last().is_some_and(|last| last.len() == 1) && (8..=9).contains(&self.digits())
    }

    /// Recognises groups of three digits with points or commas.
    fn is_amount(&self) -> bool {
        let is_point = |separator: &String| separator == "." || separator == ",";
        let ends = self
            .groups
            .iter()
            .enumerate()
            .skip(1)
            .all(|(n, group)| group.len() == 3 || (n + 1 == self.groups.len() && group.len() == 2));
        self.separators.iter().all(is_point) && ends && self.groups.first().is_some_and(|first| first.len() <= 3)
    }

    /// Recognises years and dates (`2023 2024`, `2023-08-22`), and the number of a resolution with its year
    /// (`0123-2024`).
    fn has_year(&self) -> bool {
        let is_year = |group: &String| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
        let years = self.groups.iter().filter(|group| is_year(group)).count();
        let short = self.groups.iter().filter(|group| group.len() <= 2).count();
        let is_resolution = self.groups.len() == 2 && years == 1 && self.separators.iter().all(|one| one == "-");
        years > 0 && (years + short == self.groups.len() && short <= 2 * years || is_resolution)
    }
}

/// Returns true when one of the words before a number names a document; `D.N.I.` is one word.
fn is_named(chars: &[char], at: usize) -> bool {
    let from = at.saturating_sub(40);
    let before: String = chars.get(from..at).unwrap_or_default().iter().filter(|c| **c != '.').collect();
    let folded = fold([before.as_str()]);
    let words: Vec<&str> = folded.split_whitespace().rev().take(NAMING_WORDS + 2).collect();
    words.iter().take(NAMING_WORDS).any(|word| DOCUMENTS.contains(word))
        || words
            .windows(3)
            .any(|three| [["i", "n", "d"], ["t", "u", "r"], ["n", "u", "r"]].iter().any(|own| own == three))
        || words.windows(2).any(|two| two == ["e", "c"])
}

#[cfg(test)]
mod tests {
    use super::has_personal_number;

    #[test]
    fn documents_and_telephones_are_found() {
        for text in [
            "+51 987 654 321",
            "987654321",
            "987 654 321",
            "Fono (01) 234-56789",
            "+56 (2) 2345 6789",
            "DNI 4567 8901",
            "D.N.I. N.° 45.678.901",
            "D N I 45678901",
            "RUT 12.345.678",
            "12.345.678 - 5",
            "12.345.678\u{2212}5",
            "1.000.005-K.",
            "CE 001234567",
            "C.E. 00 12 34 56",
            "pasaporte N.º 123456",
        ] {
            assert!(has_personal_number(text), "{text}");
        }
    }

    #[test]
    fn amounts_years_dates_and_resolutions_are_no_numbers_of_a_person() {
        for text in [
            "S/ 12.345.678",
            "12.345.678,50 pesos",
            "2023-2024",
            "de 2022 a 2023. 2024 será",
            "22-08-2023 y 2023-08-22, 22/08/2023",
            "Resolución Ministerial 0123-2024-MTPE",
            "CIGTPE-2023-004",
            "2.163 personas en 2023",
            "Ley N.º 20.507",
        ] {
            assert!(!has_personal_number(text), "{text}");
        }
    }
}
