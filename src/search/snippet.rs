//! The words around the first word that was found.

use crate::text::fold;

/// The number of characters before and after the first word that was found.
const AROUND: usize = 80;

/// Returns a piece of the first text that has one of the words, around the word; else the beginning of the first text.
pub(super) fn snippet(texts: &[String], folded: &str) -> String {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let place = texts.iter().find_map(|text| Some((text, first_word(text, &words)?)));
    match place {
        Some((text, at)) => cut(text, at.saturating_sub(AROUND), at + AROUND),
        None => texts.first().map(|text| cut(text, 0, 2 * AROUND)).unwrap_or_default(),
    }
}

/// Returns the place, in characters, of the first word of a text that begins with one of the words.
fn first_word(text: &str, words: &[&str]) -> Option<usize> {
    let letters: Vec<char> = text.chars().collect();
    let mut begin = 0;
    for piece in letters.split(|c| !c.is_alphanumeric()) {
        let word = fold([piece.iter().collect::<String>().as_str()]);
        if !word.is_empty() && words.iter().any(|one| word.starts_with(one)) {
            return Some(begin);
        }
        begin += piece.len() + 1;
    }
    None
}

/// Splits a text into pieces; true marks a word that begins with one of the words that were searched for.
pub(super) fn marked(text: &str, folded: &str) -> Vec<(bool, String)> {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let is_found = |piece: &str| {
        let word = fold([piece]);
        !word.is_empty() && words.iter().any(|one| word.starts_with(one))
    };
    let mut pieces: Vec<(bool, String)> = Vec::new();
    let mut add = |found: bool, piece: &str| match pieces.last_mut() {
        Some((last, text)) if *last == found && !found => text.push_str(piece),
        _ if piece.is_empty() => {}
        _ => pieces.push((found, piece.to_owned())),
    };
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        add(is_found(word), word);
        add(false, part.strip_prefix(word).unwrap_or_default());
    }
    pieces
}

/// Returns a piece of a text on one line, with an ellipsis at each end that was cut.
fn cut(text: &str, from: usize, to: usize) -> String {
    let length = text.chars().count();
    let piece: String = text.chars().skip(from).take(to - from).collect();
    let piece = piece.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) = (if from > 0 { "… " } else { "" }, if to < length { " …" } else { "" });
    format!("{before}{piece}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_was_found_is_marked_with_its_accents() {
        let marks = |text: &str, folded: &str| {
            let pieces = marked(text, folded).into_iter();
            pieces.map(|(found, piece)| if found { format!("[{piece}]") } else { piece }).collect::<String>()
        };
        assert_eq!(
            marks("… Protección de la niñez, protegida", "proteccion ninez"),
            "… [Protección] de la [niñez], protegida"
        );
        assert_eq!(marks("trabajo Trabajadora", "trabaj"), "[trabajo] [Trabajadora]");
        assert_eq!(marks("sin nada", ""), "sin nada");
        assert_eq!(marks("", "x"), "");
    }

    #[test]
    fn the_words_around_the_first_word_are_shown() {
        let texts = ["Sin nada".to_owned(), format!("{}Protección de la\nNIÑEZ trabajadora", "x ".repeat(100))];
        let shown = snippet(&texts, "ninez");
        assert!(shown.starts_with("… x") && shown.ends_with("Protección de la NIÑEZ trabajadora"), "{shown}");
        assert_eq!(snippet(&texts, "otra"), "Sin nada");
        assert_eq!(snippet(&[], "otra"), "");
    }
}
