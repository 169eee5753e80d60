//! Writes a document as PDF/UA-1: tagged, with language, title and bookmarks, and with embedded fonts. One Typst template
//! serves all documents and gets the document as data. The same document gives the same bytes.

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

use super::document::{Document, is_invisible};
use crate::error::{Error, Result};

/// The library and the fonts, which are the same for all documents. Loaded for the first PDF.
struct TypstAssets {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static ASSETS: LazyLock<TypstAssets> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data))).collect();
    TypstAssets { library: LazyHash::new(Library::default()), book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

pub(super) fn write(document: &Document) -> Result<Vec<u8>> {
    let world = TypstWorld::new(document)?;
    let pages = typst::compile::<PagedDocument>(&world).output;
    let pdf = pages.and_then(|pages| {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default();
        typst_pdf::pdf(
            &pages,
            &PdfOptions { creator: Smart::Custom(Some("Articula".into())), standards, ..PdfOptions::default() },
        )
    });
    typst::comemo::evict(0);
    pdf.map_err(|faults| Error::internal(messages(&faults)))
}

fn messages(faults: &[SourceDiagnostic]) -> String {
    faults.iter().map(|fault| fault.message.to_string()).collect::<Vec<_>>().join("; ")
}

/// The two files of a compilation: the template and the document.
struct TypstWorld {
    template: Source,
    data_id: FileId,
    data: Bytes,
}

impl TypstWorld {
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

/// Writes JSON whose texts have only characters of the embedded fonts, as PDF/UA requires.
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

/// Returns the character, a replacement for one that no font has, or None for an invisible one.
fn printable(c: char) -> Option<char> {
    let shown = |font: usize| ASSETS.book.info(font).is_some_and(|info| info.coverage.contains(u32::from(c)));
    match c {
        ' '..='~' => Some(c),
        _ if is_invisible(c) => None,
        _ if (0..ASSETS.fonts.len()).any(shown) => Some(c),
        _ => Some(char::REPLACEMENT_CHARACTER),
    }
}

impl World for TypstWorld {
    fn library(&self) -> &LazyHash<Library> {
        &ASSETS.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &ASSETS.book
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
        ASSETS.fonts.get(index).cloned()
    }

    /// Returns no date: documents do not depend on it.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
