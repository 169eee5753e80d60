//! Writes a document as PDF/UA-1: tagged, with language, title and bookmarks, and with embedded fonts. One Typst template
//! serves all documents and gets the document as data. The same document gives the same bytes.

use std::collections::BTreeSet;
use std::io;
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, NativeElement as _, Smart};
use typst::introspection::Introspector as _;
use typst::model::HeadingElem;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use unicode_normalization::UnicodeNormalization as _;

use super::document::{Block, Document, PageSize, is_invisible};
use crate::error::{Error, Result};
use crate::i18n;

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

/// Returns the files of the fonts.
pub(super) fn font_files() -> impl Iterator<Item = &'static [u8]> {
    typst_assets::fonts()
}

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

/// Returns the number of the page of each heading, in their order, for the table of contents of other formats.
pub(super) fn pages_of_headings(document: &Document) -> Result<Vec<usize>> {
    let world = TypstWorld::new(document)?;
    let pages = typst::compile::<PagedDocument>(&world).output;
    typst::comemo::evict(0);
    let pages = pages.map_err(|faults| Error::internal(messages(&faults)))?;
    let introspector = pages.introspector();
    let found = introspector.query(&HeadingElem::ELEM.select());
    let numbers = found.iter().filter_map(|heading| introspector.page(heading.location()?));
    let numbers: Vec<usize> = numbers.map(std::num::NonZeroUsize::get).collect();
    // The heading of the table of contents comes before those of the document.
    let own = document.blocks.iter().filter(|block| matches!(block, Block::Heading { .. })).count();
    Ok(numbers.into_iter().rev().take(own).rev().collect())
}

fn messages(faults: &[SourceDiagnostic]) -> String {
    faults.iter().map(|fault| fault.message.to_string()).collect::<Vec<_>>().join("; ")
}

/// The files of a compilation: the template, the document, and the logo of the installation.
struct TypstWorld {
    template: Source,
    data_id: FileId,
    data: Bytes,
    logo_id: FileId,
}

impl TypstWorld {
    fn new(document: &Document) -> Result<Self> {
        let mut json = Vec::new();
        let size = match document.paper() {
            PageSize::A4 => "a4",
            PageSize::Letter => "us-letter",
        };
        let sent = Sent {
            document,
            author: super::author(),
            accent: super::accent(),
            has_logo: super::logo().is_some(),
            size,
            missing: missing(document)?,
        };
        sent.serialize(&mut Serializer::with_formatter(&mut json, Printable)).map_err(Error::internal)?;
        let data = Bytes::new(json);
        let template = Source::new(file("/document.typ")?, include_str!("../../templates/document.typ").to_owned());
        Ok(Self { template, data_id: file("/document.json")?, data, logo_id: file("/logo.png")? })
    }
}

fn file(path: &str) -> Result<FileId> {
    let path = VirtualPath::new(path).map_err(|error| Error::internal(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// A document as the template gets it.
#[derive(Serialize)]
struct Sent<'d> {
    #[serde(flatten)]
    document: &'d Document,
    author: &'static str,
    /// The colour of headings, in hexadecimal.
    accent: String,
    has_logo: bool,
    size: &'static str,
    /// The sentence about signs that no font has.
    missing: Option<String>,
}

/// Returns a sentence that names the signs of the document that no font has; they are printed as boxes.
fn missing(document: &Document) -> Result<Option<String>> {
    let text = serde_json::to_string(document).map_err(Error::internal)?;
    let lost: BTreeSet<char> = text.nfc().filter(|c| !is_invisible(*c) && printable(*c) != Some(*c)).collect();
    if lost.is_empty() {
        return Ok(None);
    }
    let codes: Vec<String> = lost.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    Ok(Some(i18n::text(document.lang, "paper-missing-signs", &[("codes", codes.join(", "))])))
}

/// Writes JSON whose texts have only characters of the embedded fonts, as PDF/UA requires.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, to: &mut W, text: &str) -> io::Result<()> {
        let printable: String = text.nfc().filter_map(printable).collect();
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

/// The sign for a character that no font has.
const BOX: char = '\u{25a1}';

/// Returns the character, a box for one that no font has, or None for an invisible one.
fn printable(c: char) -> Option<char> {
    let shown = |font: usize| ASSETS.book.info(font).is_some_and(|info| info.coverage.contains(u32::from(c)));
    match c {
        ' '..='~' => Some(c),
        _ if is_invisible(c) => None,
        _ if (0..ASSETS.fonts.len()).any(shown) => Some(c),
        _ => Some(BOX),
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
        match super::logo() {
            _ if id == self.data_id => Ok(self.data.clone()),
            Some(logo) if id == self.logo_id => Ok(Bytes::new(logo.bytes.as_slice())),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        ASSETS.fonts.get(index).cloned()
    }

    /// Returns no date: documents do not depend on it.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
