//! The encoding of a text: by its mark, by the evidence of its letters, or by the answer of a person.

use encoding_rs::{Encoding, MACINTOSH, UTF_8, WINDOWS_1252};

use super::refused;
use crate::error::Faults;

/// The maximum number of places that are remembered, and of letters by which an encoding is judged.
const MOST_PLACES: usize = 200;
const MOST_SAMPLED: usize = 10_000;

/// An encoding with one byte for each letter, in which old programs write Spanish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LegacyEncoding {
    Windows,
    Dos,
    Mac,
}

/// The letters of the code page 850 from 128 on, in which Excel writes "CSV (MS-DOS)".
const DOS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl LegacyEncoding {
    pub(super) const ALL: [Self; 3] = [Self::Windows, Self::Dos, Self::Mac];

    const fn key(self) -> &'static str {
        match self {
            Self::Windows => "windows-1252",
            Self::Dos => "ibm850",
            Self::Mac => "macintosh",
        }
    }

    /// Returns the letters from 128 on.
    pub(super) fn letters(self) -> Vec<char> {
        let high: Vec<u8> = (128..=255).collect();
        match self {
            Self::Windows => WINDOWS_1252.decode_without_bom_handling(&high).0.chars().collect(),
            Self::Dos => DOS.chars().collect(),
            Self::Mac => MACINTOSH.decode_without_bom_handling(&high).0.chars().collect(),
        }
    }
}

/// A text, and how it was decoded.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub text: String,
    /// The encoding of the bytes that are not UTF-8; `None` if there are none.
    pub old: Option<&'static str>,
    /// Other bytes are UTF-8.
    pub is_mixed: bool,
    /// The positions in the text of the first letters that are not UTF-8.
    pub places: Vec<usize>,
    /// The possible encodings, the most probable first, each with the first word that it changes; empty if the
    /// evidence is clear.
    pub choices: Vec<(&'static str, String)>,
}

/// Decodes a text. `answer` is the encoding that a person chose.
pub(super) fn decoded(bytes: &[u8], answer: Option<&str>) -> Result<Decoded, Faults> {
    let bytes = match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == UTF_8 => bytes.get(length..).unwrap_or_default(),
        Some((marked, _)) => {
            let (text, _, is_broken) = marked.decode(bytes);
            let text = text.into_owned();
            return if is_broken { Err(refused("no_text")) } else { Ok(Decoded { text, ..Decoded::default() }) };
        }
        None => bytes,
    };
    if bytes.contains(&0) {
        return Err(refused("no_text"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: text.to_owned(), ..Decoded::default() }),
        Err(_) => Ok(old_text(bytes, answer)),
    }
}

/// An encoding, how many of its letters make sense, and the first word that it changes.
struct EncodingCandidate {
    old: LegacyEncoding,
    plausible: usize,
    word: String,
}

/// Decodes a text of which some bytes are not UTF-8.
fn old_text(bytes: &[u8], answer: Option<&str>) -> Decoded {
    let is_mixed = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let total = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum::<usize>().min(MOST_SAMPLED);
    let mut all = LegacyEncoding::ALL.map(|old| {
        let (text, places) = with_letters(bytes, &old.letters(), MOST_SAMPLED, true);
        let plausible = places.iter().filter(|place| is_plausible(&text, **place)).count();
        EncodingCandidate {
            old,
            plausible,
            word: places.first().map(|place| word_at(&text, *place)).unwrap_or_default(),
        }
    });
    // The sort is stable: of equal encodings, the most usual stays first.
    all.sort_by_key(|one| std::cmp::Reverse(one.plausible));
    let [best, second, _] = &all;
    let is_clear = best.plausible * 10 >= total * 9 && second.plausible * 2 <= best.plausible && best.plausible > 0;
    let chosen = answer.and_then(|answer| all.iter().find(|one| one.old.key() == answer));
    let mut choices: Vec<(&'static str, String)> = Vec::new();
    if !is_clear && chosen.is_none() {
        for one in &all {
            if !choices.iter().any(|(_, word)| *word == one.word) {
                choices.push((one.old.key(), one.word.clone()));
            }
        }
        // A single reading needs no question.
        if choices.len() < 2 {
            choices.clear();
        }
    }
    let old = chosen.unwrap_or(best).old;
    let (text, places) = with_letters(bytes, &old.letters(), MOST_PLACES, false);
    Decoded { text, old: Some(old.key()), is_mixed, places, choices }
}

/// Returns the text with these letters for the bytes that are not UTF-8, and the positions of the first `most` of them.
/// If `is_judged`, the text ends there.
fn with_letters(bytes: &[u8], letters: &[char], most: usize, is_judged: bool) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(bytes.len());
    let mut places = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            if places.len() < most {
                places.push(text.len());
            }
            text.push(letters.get(usize::from(*byte).wrapping_sub(128)).copied().unwrap_or('\u{fffd}'));
        }
        if is_judged && places.len() >= most {
            break;
        }
    }
    (text, places)
}

/// Checks whether the character at a place makes sense in Spanish, Portuguese or English.
fn is_plausible(text: &str, place: usize) -> bool {
    let (before, after) = text.split_at_checked(place).unwrap_or_default();
    let mut after = after.chars();
    let Some(letter) = after.next() else { return false };
    let (before, after) = (before.chars().next_back(), after.next());
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let is_upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
    match letter {
        'á' | 'é' | 'í' | 'ó' | 'ú' | 'ü' | 'ñ' | 'ã' | 'õ' | 'â' | 'ê' | 'ô' | 'ç' | 'à' => {
            (is_letter(before) || is_letter(after)) && !(is_upper(before) && is_upper(after))
        }
        'Á' | 'É' | 'Í' | 'Ó' | 'Ú' | 'Ü' | 'Ñ' | 'Ã' | 'Õ' | 'Â' | 'Ê' | 'Ô' | 'Ç' | 'À' => {
            is_upper(before) || (!is_letter(before) && is_letter(after))
        }
        '°' | 'º' => before.is_some_and(|c| c.is_ascii_digit() || matches!(c, 'N' | 'n' | '.')),
        'ª' => before.is_some_and(|c| c.is_ascii_digit() || c == '.'),
        '¿' | '¡' | '«' | '“' | '‘' => !is_letter(before) && !after.is_none_or(char::is_whitespace),
        '»' | '”' => !is_letter(after) && !before.is_none_or(char::is_whitespace),
        '’' => is_letter(before),
        '–' | '—' | '•' | '…' | '\u{a0}' | '€' => !(is_letter(before) && is_letter(after)),
        _ => false,
    }
}

/// Returns the word at a place.
fn word_at(text: &str, place: usize) -> String {
    let (before, after) = text.split_at_checked(place).unwrap_or_default();
    let is_end = |c: char| c.is_whitespace() || matches!(c, ';' | ',' | '"');
    let begin = before.char_indices().rev().take(30).take_while(|(_, c)| !is_end(*c)).last().map(|(at, _)| at);
    let before = before.get(begin.unwrap_or(before.len())..).unwrap_or_default();
    let after: String =
        after.chars().take(30).enumerate().take_while(|(n, c)| *n == 0 || !is_end(*c)).map(|(_, c)| c).collect();
    format!("{before}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<&'static str>) {
        let decoded = decoded(bytes, None).unwrap();
        (decoded.text, decoded.choices.into_iter().map(|(key, _)| key).collect())
    }

    #[test]
    fn the_letters_of_a_text_show_its_encoding() {
        assert_eq!(DOS.chars().count(), 128);
        let words = "Señalización N° 3 ¿Qué? ÑANDÚ";
        assert_eq!(read(words.as_bytes()), (words.to_owned(), vec![]));
        assert_eq!(read(b"Se\xf1alizaci\xf3n N\xb0 3 \xbfQu\xe9? \xd1AND\xda"), (words.to_owned(), vec![]));
        assert_eq!(read(b"Se\x96alizaci\x97n N\xa1 3 \xc0Qu\x8e? \x84AND\xf2"), (words.to_owned(), vec![]));
        assert_eq!(read(b"Se\xa4alizaci\xa2n N\xf8 3 \xa8Qu\x82? \xa5AND\xe9"), (words.to_owned(), vec![]));
    }

    #[test]
    fn single_bytes_are_read_beside_utf_8() {
        let mixed = ["Capacitación a niñas\n".as_bytes(), b"Se\xf1alizaci\xf3n\n", b"Se\x96alizaci\x97n"].concat();
        let (text, _) = read(mixed.get(..mixed.len() - 12).unwrap());
        assert_eq!(text, "Capacitación a niñas\nSeñalización\n");
        let decoded = decoded(&mixed, None).unwrap();
        assert!(decoded.is_mixed && !decoded.choices.is_empty(), "two encodings in one file are asked about");
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_asked() {
        let (_, choices) = read(b"Secretar\x92a");
        assert_eq!(choices.len(), 3, "an apostrophe, or an í of a Mac");
        let mac = decoded(b"Secretar\x92a", Some("macintosh")).unwrap();
        assert_eq!((mac.text.as_str(), mac.choices.len()), ("Secretaría", 0));
        assert_eq!(read(b"O\x92Higgins"), ("O’Higgins".to_owned(), vec![]));
        let asked = decoded(b"uno;precio \x9c 5", None).unwrap();
        assert!(asked.choices.len() > 1 && asked.choices.iter().all(|(_, word)| !word.contains("precio")));
    }

    #[test]
    fn marks_count_and_binary_files_are_refused() {
        assert_eq!(read("\u{feff}ñ".as_bytes()).0, "ñ");
        assert_eq!(read(b"\xff\xfe\xf1\0a\0").0, "ña");
        assert!(decoded(b"a\0b", None).is_err());
        assert!(decoded(b"\xff\xfe\0\xd8", None).is_err());
    }
}
