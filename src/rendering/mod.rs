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
mod markdown;
mod pdf;
mod sheets;
mod table;
mod xlsx;

use crate::error::Result;

pub(crate) use api::{CSV, FileBytes, XLSX, attached, render, send_bytes, send_document, send_file};
pub(crate) use chart::{Bar, Chart};
pub(crate) use document::{
    Block, Choice, Cover, Document, Fact, Frame, Run, Signature, is_visible, one_line, text_of,
};
pub(crate) use html::html_of_markdown;
pub(crate) use markdown::{escape_line, read as read_markdown, renumber_headings};
pub(crate) use sheets::{Cell, CsvTable, Heading, Rows, Separator, unguarded};
pub(crate) use table::{Column, Table};
pub(crate) use xlsx::Book;

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

impl Document {
    /// Writes the document in a format. Needs a blocking thread: a PDF takes a second.
    pub(crate) fn write(&self, format: DocumentFormat) -> Result<Vec<u8>> {
        match format {
            DocumentFormat::Markdown => Ok(markdown::write(self).into_bytes()),
            DocumentFormat::Docx => docx::write(self),
            DocumentFormat::Pdf => pdf::write(self),
        }
    }
}
