//! The body of a DOCX package.

mod signatures;

use maud::{Markup, PreEscaped, html};

use super::picture::{self, ChartPicture, Picture};
use crate::error::Result;
use crate::rendering::chart::Chart;
use crate::rendering::document::{Block, Choice, Cover, Document, Fact, PageSize, Run, lines_of};
use crate::rendering::table::{Column, Table};

pub(super) const HEAD: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");

pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The margins of a page, in twentieths of a point.
const MARGIN: usize = 1_247;

/// The length in bytes above which a text across the whole width lets its row be split over two pages. In a narrower
/// column the limit is lower in proportion.
const LONG_CELL: usize = 2_400;

/// The height of a row to fill in by hand.
const ROW_TO_FILL_IN: usize = 620;

/// The most rows to fill in that stay on one page.
const ROWS_KEPT: usize = 8;

/// Returns the width and the height of a page, in twentieths of a point.
fn page(document: &Document) -> (usize, usize) {
    let (short, long) = match document.paper() {
        PageSize::A4 => (11_906, 16_838),
        PageSize::Letter => (12_240, 15_840),
    };
    if document.landscape { (long, short) } else { (short, long) }
}

/// The body, and the data that other parts need.
pub(super) struct Body {
    pub xml: String,
    /// The addresses of its links.
    pub links: Vec<String>,
    pub numbered_lists: Vec<NumberedList>,
    pub charts: Vec<ChartPicture>,
}

/// A numbered list: its depth and its first number.
pub(super) struct NumberedList {
    pub level: usize,
    pub first: u64,
}

/// Returns the width of the text.
pub(super) fn width(document: &Document) -> usize {
    page(document).0 - 2 * MARGIN
}

/// Writes the body. `pages` has the number of the page of each heading, for the table of contents; `logo` stands for the
/// name of the installation on a title page.
pub(super) fn write(document: &Document, pages: &[usize], logo: Option<Picture>) -> Result<Body> {
    let mut writer = Writer {
        charts: charts(&document.blocks)?,
        chart: 0,
        links: Vec::new(),
        numbered_lists: Vec::new(),
        headings: Vec::new(),
        pages,
        width: width(document),
        level: 0,
        quoted: false,
    };
    let text = writer.blocks(&document.blocks);
    let (wide, high) = page(document);
    let frame = &document.frame;
    let orientation = document.landscape.then_some("landscape");
    let markup = html! {
        (HEAD)
        w:document xmlns:w=(WORD) xmlns:r=(RELATIONS) {
            w:body {
                @if let Some(brand) = frame.cover.as_ref().and_then(|cover| cover.brand.as_ref()) {
                    (styled("Brand", logo.map_or_else(|| plain(brand), |logo| logo.drawing(brand))))
                }
                @if let Some(banner) = frame.cover.as_ref().and_then(|cover| cover.banner.as_ref()) {
                    (styled("Banner", plain(banner)))
                }
                @if let Some(above) = &frame.above { (styled("Above", plain(above))) }
                @match &frame.cover {
                    Some(_) => (styled("CoverTitle", cover_title(&document.title))),
                    None => (styled("Title", plain(&document.title))),
                }
                @if let Some(cover) = &frame.cover { (writer.cover(cover)) }
                @if let Some(contents) = &document.contents { (writer.contents(contents)) }
                (text)
                w:sectPr {
                    w:headerReference w:type="default" r:id="header" {}
                    w:footerReference w:type="default" r:id="footer" {}
                    @if frame.cover.is_none() { w:footerReference w:type="first" r:id="footer" {} }
                    w:pgSz w:w=(wide) w:h=(high) w:orient=[orientation] {}
                    w:pgMar w:top=(MARGIN) w:right=(MARGIN) w:bottom=(MARGIN) w:left=(MARGIN)
                        w:header="624" w:footer="567" w:gutter="0" {}
                    w:titlePg {}
                }
            }
        }
    };
    let Writer { links, numbered_lists, charts, .. } = writer;
    Ok(Body { xml: markup.into_string(), links, numbered_lists, charts })
}

/// Draws the charts of a document, in their order. Lists and quotations have none.
fn charts(blocks: &[Block]) -> Result<Vec<ChartPicture>> {
    let svg = |block: &Block| match block {
        Block::Chart(chart) => Some(picture::draw(&chart.svg)),
        _ => None,
    };
    blocks.iter().filter_map(svg).collect()
}

struct Writer<'d> {
    charts: Vec<ChartPicture>,
    /// The number of charts that are written.
    chart: usize,
    links: Vec<String>,
    numbered_lists: Vec<NumberedList>,
    /// The headings so far, by level, for the table of contents.
    headings: Vec<(u8, String)>,
    pages: &'d [usize],
    width: usize,
    /// The number of open lists.
    level: usize,
    /// True within a quotation.
    quoted: bool,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Markup {
        html! {
            @for (n, block) in blocks.iter().enumerate() {
                @match (block, blocks.get(n + 1)) {
                    // The sentence above the places to sign stays on their page.
                    (Block::Paragraph { runs }, Some(Block::Signatures { .. })) => {
                        w:p { w:pPr { w:keepNext {} } (self.runs(runs)) }
                    }
                    _ => (self.block(block)),
                }
            }
        }
    }

    fn block(&mut self, block: &Block) -> Markup {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph { runs } => html! { w:p { (self.indented()) (self.runs(runs)) } },
            Block::Banner { text } => styled("Banner", plain(text)),
            Block::Quote { blocks } => {
                let outer = std::mem::replace(&mut self.quoted, true);
                let text = self.blocks(blocks);
                self.quoted = outer;
                text
            }
            Block::Facts { items } => self.facts(items),
            Block::Signatures { items } => self.signatures(items),
            Block::Note { runs } => {
                let text = self.runs(runs);
                styled("Note", text)
            }
            Block::List { first, items } => self.list(*first, items),
            Block::Choices { items } => {
                let last = items.len().saturating_sub(1);
                html! { @for (n, item) in items.iter().enumerate() { (choice(item, n < last)) } }
            }
            Block::Table(table) => self.table(table, None),
            Block::Form(table) => self.table(table, Some(ROW_TO_FILL_IN)),
            Block::Chart(chart) => self.chart(chart),
        }
    }

    /// Writes a chart below its title, and its table where it stands below the picture.
    fn chart(&mut self, chart: &Chart) -> Markup {
        let n = self.chart;
        self.chart += 1;
        let drawn = self.charts.get(n).map(|drawn| drawn.size.chart(n, self.width, &chart.alt));
        html! {
            w:p { w:pPr { w:keepNext {} } (run(&Run::strong(chart.title.as_str()))) }
            @if let Some(drawn) = &drawn { w:p { (drawn) } }
            @if chart.has_table_below || drawn.is_none() { (self.table(&chart.table, None)) }
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
                    w:hyperlink w:anchor={ "_Toc" (n) } w:history="1" {
                        (plain(text))
                        w:r { w:tab {} }
                        w:r { w:fldChar w:fldCharType="begin" w:dirty="true" {} }
                        w:r { w:instrText xml:space="preserve" { " PAGEREF _Toc" (n) " \\h " } }
                        w:r { w:fldChar w:fldCharType="separate" {} }
                        @if let Some(page) = self.pages.get(n) { (plain(&page.to_string())) }
                        w:r { w:fldChar w:fldCharType="end" {} }
                    }
                    @if place == last { w:r { w:fldChar w:fldCharType="end" {} } }
                }
            }
            (page_end())
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

    /// Returns the style of a paragraph within a list or a quotation.
    fn indented(&self) -> Markup {
        html! {
            @if self.level > 0 {
                w:pPr { w:pStyle w:val="ListParagraph" {} w:ind w:left=(426 * self.level) {} }
            } @else if self.quoted {
                w:pPr { w:pStyle w:val="Quote" {} }
            }
        }
    }

    /// Writes the rest of the title page: its lines, and the end of the page.
    fn cover(&self, cover: &Cover) -> Markup {
        html! {
            (self.facts(&cover.facts))
            (page_end())
        }
    }

    /// Writes labels and texts as a table without lines.
    fn facts(&self, items: &[Fact]) -> Markup {
        let label = self.width * 27 / 100;
        html! {
            w:tbl {
                w:tblPr {
                    w:tblStyle w:val="Facts" {}
                    w:tblW w:w=(self.width) w:type="dxa" {}
                    w:tblLayout w:type="fixed" {}
                }
                w:tblGrid { w:gridCol w:w=(label) {} w:gridCol w:w=(self.width - label) {} }
                @for item in items {
                    w:tr {
                        w:trPr { w:cantSplit {} }
                        w:tc { w:tcPr { w:tcW w:w=(label) w:type="dxa" {} } (styled("FactLabel", plain(&item.label))) }
                        w:tc { w:tcPr { w:tcW w:w=(self.width - label) w:type="dxa" {} } (styled("Fact", plain(&item.value))) }
                    }
                }
            }
            w:p {}
        }
    }

    /// Writes a table; `height` is the least height of its rows.
    fn table(&self, table: &Table, height: Option<usize>) -> Markup {
        let shares: u32 = table.columns.iter().map(|column| column.share).sum();
        let width = |share: u32| self.width * share as usize / shares.max(1) as usize;
        // A few rows to fill in stay together, below their heading.
        let style = |row: usize| match height {
            Some(_) if table.rows.len() <= ROWS_KEPT => "CellKept",
            _ if table.is_total(row) => "CellTotal",
            _ => "Cell",
        };
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
                    // LibreOffice loses the rows of a table whose heading must not be split and has no room on its page.
                    w:trPr { w:tblHeader {} }
                    @for column in &table.columns {
                        (cell(&column.heading, width(column.share), column.figures, "CellHeading"))
                    }
                }
                @for (n, row) in table.rows.iter().enumerate() {
                    w:tr {
                        @if height.is_none() && !is_long(row, &table.columns) {
                            w:trPr { w:cantSplit {} }
                        }
                        @if let Some(height) = height {
                            w:trPr { w:cantSplit {} w:trHeight w:val=(height) w:hRule="atLeast" {} }
                        }
                        @for (text, column) in row.iter().zip(&table.columns) {
                            (cell(text, width(column.share), column.figures, style(n)))
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

/// Writes the title of a title page in two lines: the kind of the document up to the first ": ", then the country and the
/// period.
fn cover_title(title: &str) -> Markup {
    match title.split_once(": ") {
        Some((kind, of)) => html! {
            (plain(kind))
            w:r { w:rPr { w:sz w:val="40" {} w:szCs w:val="40" {} } w:br {} w:t xml:space="preserve" { (of) } }
        },
        None => plain(title),
    }
}

/// Writes an option of a question; all options of one stay on one page.
fn choice(choice: &Choice, has_next: bool) -> Markup {
    let mark = if choice.marked { "☒" } else { "☐" };
    let label = Run { strong: choice.marked, ..Run::plain(format!(" {}", choice.label)) };
    html! {
        w:p {
            w:pPr { w:pStyle w:val="Choice" {} @if has_next { w:keepNext {} } w:keepLines {} }
            w:r {
                w:rPr {
                    w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="MS Gothic" w:cs="Segoe UI Symbol" {}
                    w:sz w:val="26" {}
                }
                w:t { (mark) }
            }
            (run(&label))
        }
    }
}

/// Ends the page.
fn page_end() -> Markup {
    html! { w:p { w:r { w:br w:type="page" {} } } }
}

fn cell(text: &str, width: usize, figures: bool, style: &str) -> Markup {
    let lines: Vec<&str> = lines_of(text).collect();
    html! {
        w:tc {
            w:tcPr { w:tcW w:w=(width) w:type="dxa" {} }
            w:p {
                w:pPr { w:pStyle w:val=(style) {} @if figures { w:jc w:val="right" {} } }
                (plain(&lines.join("\n")))
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

/// Returns true if a row may be split over two pages.
fn is_long(row: &[String], columns: &[Column]) -> bool {
    let total: usize = columns.iter().map(|column| column.share as usize).sum();
    row.iter().zip(columns).any(|(text, column)| text.len() * total > LONG_CELL * column.share as usize)
}
