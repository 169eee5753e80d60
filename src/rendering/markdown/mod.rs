//! Markdown: people write it in answers and minutes, and any document can be had as it.

mod read;
mod write;

pub use read::{read, settle_headings};
pub use write::{escape_line, write};
