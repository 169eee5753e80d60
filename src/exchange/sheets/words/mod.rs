//! What the words of a matrix mean: headings, terms, states, names. Pure; what is not known is said, never guessed.

pub(super) mod headings;
pub(super) mod names;
pub(super) mod percent;
pub(super) mod states;
pub(super) mod terms;
mod vocabulary;

pub use crate::text::fold_words as fold;
