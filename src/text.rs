//! Text: the forms in which texts are compared, hexadecimal digits, and enums that are written as text.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Returns true for a character that is not seen and only changes how others are shown or compared: Default_Ignorable in
/// Unicode, such as the soft hyphen, the space without width and the marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Returns a text as it is read: without characters that are not seen, and with the plain forms of digits and letters
/// (NFKC): `５` and `⁵` as `5`, `＠` as `@`.
pub fn visible_text(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).nfkc().filter(|c| !is_invisible(*c)).collect()
}

/// Returns true for a character that makes a text look different from what it is: control characters, and the marks that
/// reverse the direction of what follows (with one, `gpj.exe` is shown as `exe.jpg`).
pub fn is_deceptive(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns words in lower case, without accents or punctuation, for search: `Áncash` and `ancash` are the same.
/// `CIGTPE-2023-004` becomes three words, because PostgreSQL would read negative numbers.
pub fn fold<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut folded = String::new();
    for text in texts {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let letters = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        folded.extend(letters.map(|c| if c.is_alphanumeric() { c } else { ' ' }));
    }
    folded
}

/// Returns folded words with one space between them, without the marks of ordinal numbers (`º`, `ª`), for comparison.
pub fn fold_words(text: &str) -> String {
    let folded = fold([text.replace(['º', 'ª'], " ").as_str()]);
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a text without space around it and with one space between its words. Line breaks and other control characters
/// are kept, so that the check of names refuses them.
pub fn fold_spaces(text: &str) -> String {
    let is_space = |c: char| c.is_whitespace() && !c.is_control() && !['\u{2028}', '\u{2029}'].contains(&c);
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns the form of a name by which lists are sorted: accents, case and punctuation do not matter, so that
/// `Áncash` comes before `Arequipa`.
pub fn name_key(name: &str) -> String {
    fold_words(name)
}

/// Reads a number that a person typed, with a comma or a point before the decimals: `12`, `12,5`. Returns it with a point.
/// None for other texts, and for a number that may have separators of thousands: `1.000` is a thousand in Chile and one in
/// Peru.
pub fn typed_number(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let may_be_thousands = decimals.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    (is_number(whole) && is_number(decimals) && !may_be_thousands)
        .then(|| text.trim_start_matches('+').replace(',', "."))
}

/// Returns a text with a capital letter at its beginning.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The maximum number of characters that are given up to cut a text after a word.
const LONGEST_CUT_WORD: usize = 20;

/// Returns a text of at most `most` characters: a longer one is cut after a word and ends with `…`. A very long word is cut
/// itself.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let ends_a_word = text.chars().nth(most.saturating_sub(1)).is_some_and(char::is_whitespace);
    let last_word = cut.rsplit(char::is_whitespace).next().unwrap_or_default();
    let kept = cut.strip_suffix(last_word).filter(|kept| !kept.trim().is_empty());
    let kept = kept.filter(|_| !ends_a_word && last_word.chars().count() <= LONGEST_CUT_WORD);
    format!("{}…", kept.unwrap_or(&cut).trim_end())
}

/// The maximum number of lines read from a field: one more than a list may have, so that a longer list is refused.
const MOST_LINES: usize = 501;

/// Returns the lines of a text that are not empty, without spaces around them.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_LINES).map(str::to_owned).collect()
}

/// Returns a mail address in the form in which addresses are compared: case does not matter.
pub fn normalize_email(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Returns bytes as hexadecimal digits.
pub fn hex<'b>(bytes: impl IntoIterator<Item = &'b u8>) -> String {
    bytes.into_iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Declares an enum that is text in the databases, in JSON and in query strings.
///
/// `$text` is a token, not a literal: a literal inside a macro is part of an invisible group, and `utoipa` then omits
/// `#[serde(rename)]` from the OpenAPI document.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:tt),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow, utoipa::ToSchema,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        #[allow(clippy::enum_variant_names, reason = "the variants are named after the codes of the API")]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            const TEXTS: &[&str] = &[$($text),+];

            /// Returns the code used in JSON and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($text => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }

        impl<E: deserr::DeserializeError> deserr::Deserr<E> for $name {
            fn deserialize_from_value<V: deserr::IntoValue>(
                value: deserr::Value<V>,
                at: deserr::ValuePointerRef<'_>,
            ) -> Result<Self, E> {
                let fault = match value {
                    deserr::Value::String(text) => match text.parse() {
                        Ok(value) => return Ok(value),
                        Err(()) => {
                            let unknown = deserr::ErrorKind::UnknownValue { value: &text, accepted: Self::TEXTS };
                            E::error::<V>(None, unknown, at)
                        }
                    },
                    actual => {
                        let accepted = &[deserr::ValueKind::String];
                        E::error(None, deserr::ErrorKind::IncorrectValueKind { actual, accepted }, at)
                    }
                };
                Err(deserr::take_cf_content(fault))
            }
        }

        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.as_str().to_sql(out)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let text = String::from_sql(value)?;
                text.parse().map_err(|()| format!("unknown {} {text:?}", stringify!($name)).into())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_without_accents_case_and_punctuation() {
        assert_eq!(fold(["Áncash", "CIGTPE-2023-004"]), "ancash cigtpe 2023 004");
        assert_eq!(fold_words(" Acta  N.º 3:  Niñez "), "acta n 3 ninez");
        assert_eq!(fold_spaces("  Ministerio de\u{a0} Salud "), "Ministerio de Salud");
        assert_eq!(fold_spaces("Ministerio\n de Salud"), "Ministerio\n de Salud");
        assert_eq!(normalize_email(" Ana@Example.org "), "ana@example.org");
    }

    #[test]
    fn names_are_sorted_without_accents_case_and_punctuation() {
        let mut names =
            ["Óscar", "ministerio de Salud", "Zonas", "Áncash", "\"Alianza\"", "Arequipa", "Ministerio del Trabajo"];
        names.sort_by_key(|name| name_key(name));
        let sorted =
            ["\"Alianza\"", "Áncash", "Arequipa", "ministerio de Salud", "Ministerio del Trabajo", "Óscar", "Zonas"];
        assert_eq!(names, sorted);
    }

    #[test]
    fn a_long_text_is_cut_after_a_word() {
        assert_eq!(shortened("Mesa de trabajo", 15), "Mesa de trabajo");
        assert_eq!(shortened("Mesa de trabajo", 14), "Mesa de…");
        assert_eq!(shortened("Mesa de trabajo", 8), "Mesa de…", "the cut is at the end of a word");
        assert_eq!(shortened(&"a".repeat(30), 25), format!("{}…", "a".repeat(24)));
    }

    #[test]
    fn a_text_is_compared_as_it_is_read() {
        assert_eq!(visible_text("Ro\u{200b}sa Quis\u{ad}pe"), "Rosa Quispe");
        assert_eq!(visible_text("\u{ff15} y \u{2075}, ana\u{ff20}minsal.cl"), "5 y 5, ana@minsal.cl");
        assert_eq!(visible_text("Ñuble,\tsí\n"), "Ñuble,\tsí\n");
    }

    #[test]
    fn bytes_are_two_digits_each() {
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }

    #[test]
    fn a_typed_number_with_separators_of_thousands_is_not_read() {
        for (typed, read) in [
            ("12", Some("12")),
            (" 12,5 ", Some("12.5")),
            ("-0.25", Some("-0.25")),
            ("+7", Some("7")),
            ("0,125", Some("0.125")),
            ("1234,567", Some("1234.567")),
            ("1,0000", Some("1.0000")),
            ("1.000", None),
            ("12,000", None),
            ("-999.999", None),
            ("1.000.000", None),
            ("1.000,5", None),
            ("1e3", None),
            ("inf", None),
            ("12.", None),
            (".5", None),
            ("doce", None),
            ("", None),
        ] {
            assert_eq!(typed_number(typed).as_deref(), read, "{typed}");
        }
    }
}
