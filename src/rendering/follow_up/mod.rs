//! What became of commitments: the sheet of a session as a document.

mod sheet;

pub use sheet::{SheetRecord, follow_up_sheet, sheet_record};

use crate::i18n::{Lang, text};

/// The word for a code: `status` and `in_progress` give `status-in-progress`.
fn word(lang: Lang, family: &str, code: &str) -> String {
    text(lang, &format!("{family}-{}", code.replace('_', "-")), &[])
}
