//! Texts that were encoded twice: `CapacitaciÃ³n` for `Capacitación`. They are recognised by sequences of letters that no text
//! has otherwise, and are read as they were meant, or asked about where other letters of the file have accents.

use super::encoding::LegacyEncoding;
use super::{Book, Question, ReadOptions, Value, note};

/// The id of the question, and the answers to it.
pub(super) const QUESTION: &str = "double_encoding";
const MEANT: &str = "meant";
const AS_IT_STANDS: &str = "as_it_stands";
/// The maximum number of rows that a remark or a question names.
const MOST_NAMED: usize = 20;
/// The first bytes of the characters of UTF-8 that are recognised.
const LEADS: [usize; 5] = [0xC2, 0xC3, 0xC4, 0xC5, 0xE2];
/// A text may have been encoded this many times.
const MOST_TIMES: usize = 3;

/// Replaces the texts of a file that were encoded twice, with a remark. Asks first where letters with accents are
/// beside them, because part of the file is then sound.
pub(super) fn repair(book: &mut Book, options: &ReadOptions) {
    replace_twice_encoded(book, options);
    let cells = book.tables.iter_mut().flat_map(|table| &mut table.rows).flat_map(|line| &mut line.cells);
    for cell in cells {
        let Value::Text(text) = &cell.value else { continue };
        if text.contains(is_high_control) {
            cell.value = Value::Text(text.replace(is_high_control, "").into());
        }
    }
}

fn is_high_control(c: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c)
}

fn replace_twice_encoded(book: &mut Book, options: &ReadOptions) {
    let tables = LegacyEncoding::ALL.map(|old| old.letters());
    let (mut rows, mut example, mut is_mixed) = (Vec::new(), None, false);
    let mut sheet = None;
    for table in &book.tables {
        for line in &table.rows {
            for cell in &line.cells {
                let Value::Text(text) = &cell.value else { continue };
                if text.is_ascii() {
                    continue;
                }
                let Some(meant) = meant(text, &tables) else {
                    is_mixed |= text.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
                    continue;
                };
                is_mixed |= meant.has_sound_letters;
                let words = || (first_word(text), first_word(&meant.text));
                example = example.or_else(|| Some(words()));
                sheet = sheet.or_else(|| Some(table.sheet.clone()));
                if rows.last() != Some(&line.number) && rows.len() < MOST_NAMED {
                    rows.push(line.number);
                }
            }
        }
    }
    let Some((stands, word)) = example else { return };
    let answer = options.double_encoding.as_deref();
    if answer != Some(AS_IT_STANDS) {
        replace(book, &tables);
    }
    let listed = rows.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    match answer {
        Some(AS_IT_STANDS) => {}
        None if is_mixed => book.questions.push(Question {
            id: QUESTION,
            sheet: sheet.unwrap_or_default(),
            rows,
            options: vec![(MEANT, word), (AS_IT_STANDS, stands)],
        }),
        _ => book.notes.push(note(QUESTION, vec![("rows", listed), ("stands", stands), ("word", word)])),
    }
}

fn replace(book: &mut Book, tables: &[Vec<char>]) {
    let cells = book.tables.iter_mut().flat_map(|table| &mut table.rows).flat_map(|line| &mut line.cells);
    for cell in cells {
        let Value::Text(text) = &cell.value else { continue };
        if let Some(meant) = Some(text).filter(|text| !text.is_ascii()).and_then(|text| meant(text, tables)) {
            cell.value = Value::text(&meant.text).unwrap_or_else(|| Value::Text("".into()));
        }
    }
}

/// A text as it was meant.
struct DecodedText {
    text: String,
    /// Other letters of it have accents.
    has_sound_letters: bool,
}

/// Returns a text as it was meant; `None` if it was not encoded twice.
fn meant(text: &str, tables: &[Vec<char>]) -> Option<DecodedText> {
    let decode = |text: &str| tables.iter().find_map(|letters| decoded_once(text, letters));
    let mut meant = decode(text)?;
    for _ in 1..MOST_TIMES {
        let Some(again) = decode(&meant.text) else { break };
        meant.text = again.text;
    }
    Some(meant)
}

/// Replaces the sequences of letters that are a character of UTF-8 read as these letters.
fn decoded_once(text: &str, letters: &[char]) -> Option<DecodedText> {
    let is_lead = |c: char| LEADS.iter().any(|at| letters.get(at - 128) == Some(&c));
    if !text.contains(is_lead) {
        return None;
    }
    let byte = |c: char| letters.iter().position(|letter| *letter == c).and_then(|at| u8::try_from(at + 128).ok());
    let (mut decoded, mut is_changed) = (String::with_capacity(text.len()), false);
    let mut has_sound_letters = false;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let first = if c.is_ascii() { None } else { byte(c) };
        let more = match first {
            Some(0xC2..=0xC5) => 1,
            Some(0xE2) => 2,
            _ => 0,
        };
        let bytes: Option<Vec<u8>> = first.into_iter().map(Some).chain(rest.clone().take(more).map(byte)).collect();
        let found = bytes.filter(|bytes| more > 0 && bytes.len() == more + 1);
        let found = found.and_then(|bytes| String::from_utf8(bytes).ok()).and_then(|one| one.chars().next());
        match found.filter(|c| is_usual(*c)) {
            Some(meant) => {
                decoded.push(meant);
                rest.by_ref().take(more).for_each(drop);
                is_changed = true;
            }
            None => {
                has_sound_letters |= !c.is_ascii() && c.is_alphabetic();
                decoded.push(c);
            }
        }
    }
    is_changed.then_some(DecodedText { text: decoded, has_sound_letters })
}

/// Checks whether texts in Spanish, Portuguese and English have this character outside ASCII, or one that is left of it
/// when it was encoded again.
fn is_usual(c: char) -> bool {
    const USUAL: &str = "áéíóúüñãõâêôçàÁÉÍÓÚÜÑÃÕÂÊÔÇÀªº°¿¡«»–—“”‘’•…\u{a0}€™×·½¼¾²³µ´¨±§©®ƒ‚„";
    USUAL.contains(c) || is_high_control(c)
}

/// Returns the first word with letters outside ASCII.
fn first_word(text: &str) -> String {
    let words = text.split_whitespace();
    words.into_iter().find(|word| !word.is_ascii()).unwrap_or(text).chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        meant(text, &LegacyEncoding::ALL.map(|old| old.letters())).map(|meant| meant.text)
    }

    #[test]
    fn texts_that_were_encoded_twice_are_told_from_others() {
        for (text, expected) in [
            ("CapacitaciÃ³n a niÃ±as", "Capacitación a niñas"),
            ("NÂ° 3 â€“ Â¿QuÃ©?", "N° 3 – ¿Qué?"),
            ("CapacitaciÃƒÂ³n", "Capacitación"),
            ("Capacitaci├│n", "Capacitación"),
            ("Capacitaci√≥n", "Capacitación"),
            ("PrevenÃ§Ã£o", "Prevenção"),
            ("Ã\u{81}ncash y Ã\u{8d}ndice", "Áncash y Índice"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for sound in ["Capacitación", "NÃO", "AÇÃO «à la carte»", "São João", "Ã", "10 °C", "Â", "Âncora, Ãs"]
        {
            assert_eq!(read(sound), None, "{sound}");
        }
    }
}
