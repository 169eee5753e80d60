//! Places of a file and reasons for leaving something out, in words.

use super::model::RowReport;
use super::understood::LeftOutPlace;
use crate::i18n::{Lang, text, word};
use crate::spreadsheets::LeftOutKind;

/// Returns a place of a sheet in words: `C` is a column, `7` a row, `C7` a cell.
pub(super) fn place_in(lang: Lang, sheet: &str, place: &str) -> String {
    let kind = match () {
        () if place.bytes().all(|byte| byte.is_ascii_digit()) => "imports-place-row",
        () if place.bytes().any(|byte| byte.is_ascii_digit()) => "imports-place-cell",
        () => "imports-place-column",
    };
    text(lang, kind, &[("sheet", sheet.to_owned()), ("place", place.to_owned())])
}

impl LeftOutPlace {
    /// Returns its place in words.
    pub fn place_in_words(&self, lang: Lang) -> String {
        match self.place.rsplit_once('!').filter(|_| self.what != LeftOutKind::Sheet) {
            Some((sheet, place)) => place_in(lang, sheet, place),
            None => text(lang, "imports-sheet", &[("sheet", self.place.clone())]),
        }
    }

    /// Returns the reason in words.
    pub fn reason_in_words(&self, lang: Lang) -> String {
        let why = word(lang, "imports-why", self.why.as_str());
        self.instead.as_ref().map_or_else(|| why.clone(), |instead| format!("{why}: {instead}"))
    }
}

impl RowReport {
    /// Returns its place in words.
    pub fn place_in_words(&self, lang: Lang) -> String {
        place_in(lang, &self.sheet, &self.row.to_string())
    }
}
