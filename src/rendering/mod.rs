//! Papers: the annual report, the acta and the follow-up sheet of a session and the registry as Markdown, DOCX and PDF;
//! the registry and the follow-up matrix as spreadsheets, written row by row.
//!
//! A paper is built once as a [`Document`] without a format, in Spanish or English, from what its reader may know; the
//! writers ([`markdown`], [`docx`], [`pdf`]) render any document. The same paper gives the same bytes: no writer reads
//! the clock.

mod acta;
mod api;
mod chart;
mod document;
mod docx;
mod follow_up;
mod markdown;
mod pdf;
mod registry;
mod report;
mod sheets;

use crate::error::Result;

pub use acta::acta;
pub use api::routes;
pub use document::{Document, one_line};
pub use follow_up::{follow_up_sheet, sheet_record};
pub use registry::{csv as registry_csv, document as registry_document, workbook as registry_workbook};
pub use report::report;
pub use sheets::{Book, Cell, CsvTable, Heading, Rows, Separator, unguarded};

crate::text_enum! {
    /// What a paper is written as.
    PaperFormat { Markdown = "md", Docx = "docx", Pdf = "pdf" }
}

impl PaperFormat {
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }
}

impl Document {
    /// The document in a format. Work for a thread of its own: a PDF takes a second.
    pub fn write(&self, format: PaperFormat) -> Result<Vec<u8>> {
        match format {
            PaperFormat::Markdown => Ok(markdown::write(self).into_bytes()),
            PaperFormat::Docx => docx::write(self),
            PaperFormat::Pdf => pdf::write(self),
        }
    }
}
