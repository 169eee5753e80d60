//! What the words of a matrix mean: headings, terms, states, names. Pure; what is not known is said, never guessed.

pub(super) mod headings;
pub(super) mod names;
pub(super) mod percent;
pub(super) mod states;
pub(super) mod terms;
mod vocabulary;

/// Words in lower case without accents and punctuation, one space between them: what is compared.
pub fn fold(text: &str) -> String {
    let plain: String = text.chars().map(|c| if matches!(c, 'º' | 'ª') { ' ' } else { c }).collect();
    let folded = crate::db::dispatch::fold([plain.as_str()]);
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
