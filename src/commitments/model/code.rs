//! A commitment's code: `CIGTPE-2023-004`.

/// What stands before the number: the commission's acronym, else a slug of its name, and the year.
pub fn prefix(acronym: Option<&str>, name: &str, year: i32) -> String {
    let word = acronym.map(slug).filter(|slug| !slug.is_empty()).unwrap_or_else(|| slug(name));
    let word = if word.is_empty() { "C".to_owned() } else { word };
    format!("{word}-{year}")
}

/// The code with this number.
pub fn code(prefix: &str, number: i32) -> String {
    format!("{prefix}-{number:03}")
}

/// Prefix and number of a code that is written so.
pub fn number_of(code: &str) -> Option<(&str, i32)> {
    let (prefix, number) = code.rsplit_once('-')?;
    let number = number.parse().ok().filter(|number| *number > 0)?;
    (!prefix.is_empty()).then_some((prefix, number))
}

/// Capital letters and digits of as many whole words as fit in 24 characters.
fn slug(text: &str) -> String {
    let folded = crate::text::fold([text]).to_uppercase();
    let mut slug = String::new();
    for word in folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.is_empty() {
            slug.extend(word.chars().take(24));
        } else if slug.len() + word.len() < 24 {
            slug.push('-');
            slug.push_str(word);
        } else {
            break;
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_commission_year_and_number() {
        assert_eq!(code(&prefix(Some("CIGTPE"), "Comisión", 2023), 4), "CIGTPE-2023-004");
        assert_eq!(prefix(Some("CTI Ñuble"), "", 2024), "CTI-NUBLE-2024");
        assert_eq!(prefix(None, "Mesa Intersectorial sobre Trata de Personas", 2023), "MESA-INTERSECTORIAL-2023");
        assert_eq!(prefix(None, "委員会", 2023), "C-2023");
        assert_eq!(number_of("CIGTPE-2023-004"), Some(("CIGTPE-2023", 4)));
        assert_eq!(number_of("libre"), None);
        assert_eq!(code("X-2023", 1234), "X-2023-1234");
    }
}
