//! A document as PDF/UA-1: tagged, with its language, title and bookmarks, its fonts inside. One template sets them all;
//! the text reaches it as data. The same document gives the same bytes.

use std::io;
use std::sync::LazyLock;

use serde::Serialize as _;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::document::{Document, is_unseen};
use crate::error::{Error, Result};

/// What setting needs and no document changes: read when the first PDF is asked for.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data))).collect();
    Press { library: LazyHash::new(Library::default()), book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

/// The document as PDF.
pub fn write(document: &Document) -> Result<Vec<u8>> {
    let desk = Desk::new(document)?;
    let set = typst::compile::<PagedDocument>(&desk).output;
    let pdf = set.and_then(|pages| {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default();
        typst_pdf::pdf(
            &pages,
            &PdfOptions { creator: Smart::Custom(Some("Articula".into())), standards, ..PdfOptions::default() },
        )
    });
    typst::comemo::evict(0);
    pdf.map_err(|faults| Error::internal(told(&faults)))
}

fn told(faults: &[SourceDiagnostic]) -> String {
    faults.iter().map(|fault| fault.message.to_string()).collect::<Vec<_>>().join("; ")
}

/// The two files of one setting: the template and the document.
struct Desk {
    template: Source,
    data_id: FileId,
    data: Bytes,
}

impl Desk {
    fn new(document: &Document) -> Result<Self> {
        let mut json = Vec::new();
        document.serialize(&mut Serializer::with_formatter(&mut json, Printable)).map_err(Error::internal)?;
        let data = Bytes::new(json);
        let template = Source::new(file("/document.typ")?, include_str!("../../templates/document.typ").to_owned());
        Ok(Self { template, data_id: file("/document.json")?, data })
    }
}

fn file(path: &str) -> Result<FileId> {
    let path = VirtualPath::new(path).map_err(|error| Error::internal(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// Writes JSON whose texts hold nothing but what the fonts inside can show, which PDF/UA requires.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, to: &mut W, text: &str) -> io::Result<()> {
        let printable: String = text.chars().filter_map(printable).collect();
        to.write_all(printable.as_bytes())
    }

    fn write_char_escape<W: ?Sized + io::Write>(&mut self, to: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::AsciiControl(_) | CharEscape::Backspace | CharEscape::FormFeed => Ok(()),
            CharEscape::Tab => to.write_all(b" "),
            escape => CompactFormatter.write_char_escape(to, escape),
        }
    }
}

/// The sign itself, the sign for one that no font has, or nothing for what is never seen.
fn printable(c: char) -> Option<char> {
    let shown = |font: usize| PRESS.book.info(font).is_some_and(|info| info.coverage.contains(u32::from(c)));
    match c {
        ' '..='~' => Some(c),
        _ if is_unseen(c) => None,
        _ if (0..PRESS.fonts.len()).any(shown) => Some(c),
        _ => Some(char::REPLACEMENT_CHARACTER),
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &PRESS.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &PRESS.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        PRESS.fonts.get(index).cloned()
    }

    /// The time of day plays no part in a document.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
