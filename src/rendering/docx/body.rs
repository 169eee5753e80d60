//! The body of a DOCX package.

use maud::{Markup, PreEscaped, html};

use crate::rendering::document::{Block, Choice, Document, Run};
use crate::rendering::table::Table;

pub(super) const HEAD: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");

pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A4 in twentieths of a point, and its margins.
const SHORT: usize = 11_906;
const LONG: usize = 16_838;
const MARGIN: usize = 1_247;

/// The body, and the data that other parts need.
pub(super) struct Body {
    pub xml: String,
    /// The addresses of its links.
    pub links: Vec<String>,
    pub numbered_lists: Vec<NumberedList>,
}

/// A numbered list: its depth and its first number.
pub(super) struct NumberedList {
    pub level: usize,
    pub first: u64,
}

/// Returns the width of the text.
pub(super) fn width(document: &Document) -> usize {
    (if document.landscape { LONG } else { SHORT }) - 2 * MARGIN
}

pub(super) fn write(document: &Document) -> Body {
    let mut writer = Writer {
        links: Vec::new(),
        numbered_lists: Vec::new(),
        headings: Vec::new(),
        width: width(document),
        level: 0,
    };
    let text = writer.blocks(&document.blocks);
    let (wide, high) = if document.landscape { (LONG, SHORT) } else { (SHORT, LONG) };
    let orientation = document.landscape.then_some("landscape");
    let markup = html! {
        (HEAD)
        w:document xmlns:w=(WORD) xmlns:r=(RELATIONS) {
            w:body {
                (styled("Title", html! { (plain(&document.title)) }))
                @if let Some(contents) = &document.contents { (writer.contents(contents)) }
                (text)
                w:sectPr {
                    w:footerReference w:type="default" r:id="footer" {}
                    w:pgSz w:w=(wide) w:h=(high) w:orient=[orientation] {}
                    w:pgMar w:top=(MARGIN) w:right=(MARGIN) w:bottom=(MARGIN) w:left=(MARGIN)
                        w:header="709" w:footer="709" w:gutter="0" {}
                }
            }
        }
    };
    Body { xml: markup.into_string(), links: writer.links, numbered_lists: writer.numbered_lists }
}

struct Writer {
    links: Vec<String>,
    numbered_lists: Vec<NumberedList>,
    /// The headings so far, by level, for the table of contents.
    headings: Vec<(u8, String)>,
    width: usize,
    /// The number of open lists.
    level: usize,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block]) -> Markup {
        html! { @for block in blocks { (self.block(block)) } }
    }

    fn block(&mut self, block: &Block) -> Markup {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph { runs } => html! { w:p { (self.indented()) (self.runs(runs)) } },
            Block::Note { runs } => {
                let text = self.runs(runs);
                styled("Note", text)
            }
            Block::List { first, items } => self.list(*first, items),
            Block::Choices { items } => html! { @for item in items { (choice(item)) } },
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => html! {
                (styled("Normal", html! { (run(&Run::strong(chart.title.as_str()))) }))
                (self.table(&chart.table))
            },
        }
    }

    fn heading(&mut self, level: u8, text: &str) -> Markup {
        let n = self.headings.len();
        self.headings.push((level, text.to_owned()));
        html! {
            w:p {
                w:pPr { w:pStyle w:val={ "Heading" (level.min(3)) } {} }
                w:bookmarkStart w:id=(n) w:name={ "_Toc" (n) } {}
                (plain(text))
                w:bookmarkEnd w:id=(n) {}
            }
        }
    }

    /// Writes a field that the word processor can update; until then its entries link to the headings.
    fn contents(&self, title: &str) -> Markup {
        let entries: Vec<_> = self.headings.iter().enumerate().filter(|(_, (level, _))| *level <= 2).collect();
        let last = entries.len().saturating_sub(1);
        html! {
            (styled("TOCHeading", html! { (plain(title)) }))
            @for (place, (n, (level, text))) in entries.into_iter().enumerate() {
                w:p {
                    w:pPr { w:pStyle w:val={ "TOC" (level) } {} }
                    @if place == 0 {
                        w:r { w:fldChar w:fldCharType="begin" {} }
                        w:r { w:instrText xml:space="preserve" { " TOC \\o \"1-2\" \\h \\z \\u " } }
                        w:r { w:fldChar w:fldCharType="separate" {} }
                    }
                    w:hyperlink w:anchor={ "_Toc" (n) } w:history="1" { (plain(text)) }
                    @if place == last { w:r { w:fldChar w:fldCharType="end" {} } }
                }
            }
            w:p { w:r { w:br w:type="page" {} } }
        }
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>]) -> Markup {
        let level = self.level;
        let number = match first {
            None => 1,
            Some(first) => {
                self.numbered_lists.push(NumberedList { level, first });
                self.numbered_lists.len() + 1
            }
        };
        self.level += 1;
        let markup = html! { @for item in items { (self.item(number, level, item)) } };
        self.level = level;
        markup
    }

    /// Writes a list entry: its first paragraph has the number or bullet, the other blocks follow.
    fn item(&mut self, number: usize, level: usize, blocks: &[Block]) -> Markup {
        let (first, rest) = match blocks.split_first() {
            Some((Block::Paragraph { runs }, rest)) => (self.runs(runs), rest),
            _ => (html! {}, blocks),
        };
        html! {
            w:p {
                w:pPr {
                    w:pStyle w:val="ListParagraph" {}
                    w:numPr { w:ilvl w:val=(level) {} w:numId w:val=(number) {} }
                }
                (first)
            }
            (self.blocks(rest))
        }
    }

    /// Returns the indentation of a paragraph within a list.
    fn indented(&self) -> Markup {
        html! {
            @if self.level > 0 {
                w:pPr { w:pStyle w:val="ListParagraph" {} w:ind w:left=(426 * self.level) {} }
            }
        }
    }

    fn table(&self, table: &Table) -> Markup {
        let shares: u32 = table.columns.iter().map(|column| column.share).sum();
        let width = |share: u32| self.width * share as usize / shares.max(1) as usize;
        html! {
            w:tbl {
                w:tblPr {
                    w:tblStyle w:val="TableGrid" {}
                    w:tblW w:w=(self.width) w:type="dxa" {}
                    w:tblLayout w:type="fixed" {}
                    w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1" {}
                }
                w:tblGrid { @for column in &table.columns { w:gridCol w:w=(width(column.share)) {} } }
                w:tr {
                    w:trPr { w:cantSplit {} w:tblHeader {} }
                    @for column in &table.columns { (cell(&column.heading, width(column.share), column.figures)) }
                }
                @for row in &table.rows {
                    w:tr {
                        @for (text, column) in row.iter().zip(&table.columns) {
                            (cell(text, width(column.share), column.figures))
                        }
                    }
                }
            }
            w:p {}
        }
    }

    fn runs(&mut self, runs: &[Run]) -> Markup {
        html! {
            @for one in runs {
                @if let Some(url) = &one.link {
                    w:hyperlink r:id={ "link" (self.link(url)) } w:history="1" { (run(one)) }
                } @else {
                    (run(one))
                }
            }
        }
    }

    fn link(&mut self, url: &str) -> usize {
        self.links.push(url.to_owned());
        self.links.len() - 1
    }
}

fn styled(style: &str, text: Markup) -> Markup {
    html! { w:p { w:pPr { w:pStyle w:val=(style) {} } (text) } }
}

fn choice(choice: &Choice) -> Markup {
    let mark = if choice.marked { "☒" } else { "☐" };
    let label = Run { strong: choice.marked, ..Run::plain(format!(" {}", choice.label)) };
    html! {
        w:p {
            w:pPr { w:pStyle w:val="Choice" {} }
            w:r {
                w:rPr { w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="MS Gothic" w:cs="Segoe UI Symbol" {} }
                w:t { (mark) }
            }
            (run(&label))
        }
    }
}

fn cell(text: &str, width: usize, figures: bool) -> Markup {
    html! {
        w:tc {
            w:tcPr { w:tcW w:w=(width) w:type="dxa" {} }
            w:p {
                w:pPr { w:pStyle w:val="Cell" {} @if figures { w:jc w:val="right" {} } }
                (plain(text))
            }
        }
    }
}

fn plain(text: &str) -> Markup {
    run(&Run::plain(text))
}

fn run(run: &Run) -> Markup {
    html! {
        w:r {
            @if run.strong || run.emphasis || run.link.is_some() {
                w:rPr {
                    @if run.link.is_some() { w:rStyle w:val="Hyperlink" {} }
                    @if run.strong { w:b {} }
                    @if run.emphasis { w:i {} }
                }
            }
            @for (n, line) in run.text.split('\n').enumerate() {
                @if n > 0 { w:br {} }
                w:t xml:space="preserve" { (line) }
            }
        }
    }
}
