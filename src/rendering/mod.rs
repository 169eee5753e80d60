//! Documents as Markdown, DOCX and PDF, and tables as XLSX and CSV.
//!
//! A slice builds a [`Document`] from its records, in Spanish or English; the writers ([`markdown`], [`docx`], [`pdf`])
//! render any document. The same document gives the same bytes: no writer reads the clock. Tables are written row by row
//! to a file ([`Rows`]).

mod api;
mod chart;
mod document;
mod docx;
mod html;
mod line_chart;
mod markdown;
mod names;
mod pdf;
mod sheets;
mod table;
mod xlsx;

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::config::{Brand, Color, Logo};
use crate::error::Result;

pub(crate) use api::{
    CSV, DocumentQuery, FileBytes, XLSX, attached, file_stem, render, send_bytes, send_document, send_file,
};
pub(crate) use chart::{Bar, Chart, longest};
pub(crate) use document::{Block, Choice, Cover, Document, Fact, Frame, Run, Signature, is_visible, one_line, text_of};
pub(crate) use html::html_of_markdown;
pub(crate) use line_chart::{LineWords, Mark, MarkKind};
pub(crate) use markdown::{escape_line, read as read_markdown, renumber_headings};
pub(crate) use names::grouped_names;
pub(crate) use sheets::{Cell, CsvTable, Heading, Rows, Separator, unguarded};
pub(crate) use table::{Column, Table};
pub(crate) use xlsx::{Book, Copied};

crate::text_enum! {
    /// A format of a document.
    DocumentFormat { Markdown = "md", Docx = "docx", Pdf = "pdf" }
}

impl DocumentFormat {
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }
}

/// The brand of the installation: its name is the author of every file and above the title on title pages, its colour is
/// that of headings, its logo is on the title pages.
static INSTALLATION: OnceLock<Brand> = OnceLock::new();

/// The colour of headings without a brand, in hexadecimal.
const ACCENT: &str = "17406b";

/// Sets the brand of the installation (`ARTICULA_BRAND_…`). Later calls have no effect.
pub(crate) fn set_brand(brand: &Brand) {
    INSTALLATION.get_or_init(|| brand.clone());
}

/// Returns the name of the installation, as the author in the properties of files.
fn author() -> &'static str {
    INSTALLATION.get().map_or("Articula", |brand| brand.name.as_str())
}

/// Returns the colour of headings, in hexadecimal.
fn accent() -> String {
    INSTALLATION.get().and_then(|brand| brand.color).map_or_else(|| ACCENT.to_owned(), Color::digits)
}

/// Returns the logo of the installation.
fn logo() -> Option<&'static Logo> {
    INSTALLATION.get().and_then(|brand| brand.logo.as_ref())
}

impl Document {
    /// Returns the document with the name of the installation on its title page.
    fn branded(&self) -> Cow<'_, Self> {
        let Some(cover) = self.frame.cover.as_ref().filter(|cover| cover.brand.is_none()) else {
            return Cow::Borrowed(self);
        };
        let cover = Cover { brand: Some(author().to_owned()), ..cover.clone() };
        let mut named = self.clone();
        named.frame.cover = Some(cover);
        Cow::Owned(named)
    }

    /// Writes the document in a format. Needs a blocking thread: a PDF takes a second.
    pub(crate) fn write(&self, format: DocumentFormat) -> Result<Vec<u8>> {
        match format {
            DocumentFormat::Markdown => Ok(markdown::write(self).into_bytes()),
            DocumentFormat::Docx => docx::write(&self.branded()),
            DocumentFormat::Pdf => pdf::write(&self.branded()),
        }
    }
}
