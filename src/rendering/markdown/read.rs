//! Reads Markdown as parts of a document. Of marks that a document has no part for (code, HTML) the text is
//! kept.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::rendering::document::{Block, Run, is_visible, text_of};
use crate::rendering::table::{Column, Table};

/// The maximum length of a link's address, in bytes.
const LONGEST_ADDRESS: usize = 2000;

/// The maximum depth of nested lists; deeper ones are read as part of the deepest level.
const DEPTH: usize = 5;

/// Reads a text. Its headings are one level below `above` or deeper, and skip no level.
pub(crate) fn read(text: &str, above: u8) -> Vec<Block> {
    let events: Vec<Event<'_>> = Parser::new_ext(text, Options::ENABLE_TABLES).collect();
    let mut reader = Reader { events: events.into_iter().peekable(), depth: 0, flattened: 0 };
    let mut blocks = reader.blocks();
    renumber_headings(&mut blocks, above);
    blocks
}

struct Reader<'t> {
    events: std::iter::Peekable<std::vec::IntoIter<Event<'t>>>,
    depth: usize,
    /// The number of open lists and entries that are read as part of the level above.
    flattened: usize,
}

impl<'t> Reader<'t> {
    /// Reads the parts up to the end of the open list entry, or of the text.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some(event) = self.events.peek() {
            match event {
                Event::Start(tag) if is_block(tag) => {
                    if let Some(Event::Start(tag)) = self.events.next() {
                        blocks.extend(self.block(tag));
                    }
                }
                Event::End(TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_)) if self.flattened == 0 => {
                    self.events.next();
                    return blocks;
                }
                Event::End(TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_)) => {
                    self.flattened -= 1;
                    self.events.next();
                }
                Event::End(_) | Event::Rule => {
                    self.events.next();
                }
                _ => {
                    let runs = self.runs();
                    blocks.extend((!runs.is_empty()).then_some(Block::Paragraph { runs }));
                }
            }
        }
        blocks
    }

    fn block(&mut self, tag: Tag<'t>) -> Option<Block> {
        match tag {
            Tag::Heading { level, .. } => self.heading(level as u8),
            Tag::List(first) if self.depth < DEPTH => {
                self.depth += 1;
                let items = self.items();
                self.depth -= 1;
                Some(Block::List { first, items })
            }
            Tag::BlockQuote(_) if self.depth < DEPTH => self.quote(),
            Tag::List(_) | Tag::Item | Tag::BlockQuote(_) => {
                self.flattened += 1;
                None
            }
            Tag::Table(_) => Some(Block::Table(self.table())),
            _ => None,
        }
    }

    /// Reads a quotation, if it has text.
    fn quote(&mut self) -> Option<Block> {
        let outer = std::mem::take(&mut self.flattened);
        self.depth += 1;
        let blocks = self.blocks();
        self.depth -= 1;
        self.flattened = outer;
        (!blocks.is_empty()).then_some(Block::Quote { blocks })
    }

    /// Reads a heading, if it has visible text. Lists and quotations have no headings: there it becomes a paragraph in bold.
    fn heading(&mut self, level: u8) -> Option<Block> {
        let runs = self.runs();
        let text = text_of(&runs);
        match self.depth {
            _ if !is_visible(&text) => None,
            0 => Some(Block::heading(level, text)),
            _ => Some(Block::Paragraph { runs: runs.into_iter().map(|run| Run { strong: true, ..run }).collect() }),
        }
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        let outer = std::mem::take(&mut self.flattened);
        let mut items = Vec::new();
        while let Some(Event::Start(Tag::Item)) = self.events.peek() {
            self.events.next();
            items.push(self.blocks());
        }
        self.events.next();
        self.flattened = outer;
        items
    }

    fn table(&mut self) -> Table {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for event in self.events.by_ref() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    if let Some(row) = rows.last_mut() {
                        row.push(String::new());
                    }
                }
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => {
                    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                        cell.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        let mut rows = rows.into_iter();
        let columns = rows.next().unwrap_or_default().into_iter().map(|heading| Column::text(heading, 1));
        Table::new(columns.collect(), rows.collect())
    }

    /// Reads text up to the beginning of another part or the end of this one, which is not consumed.
    fn runs(&mut self) -> Vec<Run> {
        let (mut runs, mut strong, mut emphasis, mut link) = (Vec::<Run>::new(), 0_usize, 0_usize, None);
        loop {
            let text = match self.events.peek() {
                Some(Event::Start(tag)) if is_block(tag) => break,
                Some(Event::End(tag)) if !is_inline(tag) => break,
                None | Some(Event::Rule) => break,
                Some(Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text)) => {
                    text.to_string()
                }
                Some(Event::SoftBreak) => " ".to_owned(),
                Some(Event::HardBreak) => "\n".to_owned(),
                Some(Event::Start(Tag::Strong)) => {
                    strong += 1;
                    String::new()
                }
                Some(Event::Start(Tag::Emphasis)) => {
                    emphasis += 1;
                    String::new()
                }
                Some(Event::Start(Tag::Link { dest_url, .. })) => {
                    link = web_address(dest_url);
                    String::new()
                }
                Some(Event::End(end)) => {
                    match end {
                        TagEnd::Strong => strong = strong.saturating_sub(1),
                        TagEnd::Emphasis => emphasis = emphasis.saturating_sub(1),
                        TagEnd::Link => link = None,
                        _ => {}
                    }
                    String::new()
                }
                Some(_) => String::new(),
            };
            self.events.next();
            push(&mut runs, Run { text, strong: strong > 0, emphasis: emphasis > 0, link: link.clone() });
        }
        if let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        runs.retain(|run| !run.text.is_empty());
        runs
    }
}

/// Adds a run, joined with the one before when both have the same format.
fn push(runs: &mut Vec<Run>, run: Run) {
    if run.text.is_empty() {
        return;
    }
    match runs.last_mut() {
        Some(last) if (last.strong, last.emphasis, &last.link) == (run.strong, run.emphasis, &run.link) => {
            last.text.push_str(&run.text);
        }
        _ => runs.push(run),
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !is_inline(&tag.to_end())
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

/// Returns the address of a link to the web or to a mailbox; None for any other, and for one that is too long for
/// programs to follow.
fn web_address(url: &str) -> Option<String> {
    let safe = ["http://", "https://", "mailto:"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    (safe && url.len() <= LONGEST_ADDRESS).then(|| url.to_owned())
}

/// Changes the levels of the headings, so that they are below `above` and skip no level.
pub(crate) fn renumber_headings(blocks: &mut [Block], above: u8) {
    let level_of = |block: &Block| if let Block::Heading { level, .. } = block { Some(*level) } else { None };
    let top = blocks.iter().filter_map(level_of).min().unwrap_or(1);
    let mut before = above;
    for block in blocks {
        if let Block::Heading { level, .. } = block {
            *level = (above + 1 + *level - top).min(before + 1);
            before = *level;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_headings_come_out_as_such() {
        let text = "# Uno\n\n### Tres\n\nEl **acta** se *leyó*\ny [aprobó](https://x.example).\n\n1. Primero\n   - dentro\n2. Segundo\n\n> Cita";
        let blocks = read(text, 1);
        assert_eq!(blocks[0], Block::heading(2, "Uno"));
        assert_eq!(blocks[1], Block::heading(3, "Tres"), "no level is skipped");
        let Block::Paragraph { runs } = &blocks[2] else { panic!("{blocks:?}") };
        assert_eq!(text_of(runs), "El acta se leyó y aprobó.");
        assert!(runs[1].strong && runs[3].emphasis && runs[5].link.as_deref() == Some("https://x.example"));
        let Block::List { first: Some(1), items } = &blocks[3] else { panic!("{blocks:?}") };
        assert_eq!((items.len(), items[0].len()), (2, 2));
        assert_eq!(items[0][1], Block::bullets(["dentro".to_owned()]));
        assert_eq!(blocks[4], Block::Quote { blocks: vec![Block::paragraph("Cita")] });
    }

    #[test]
    fn text_that_is_no_markdown_stays_text() {
        assert_eq!(read("<script>x</script>", 1), [Block::paragraph("<script>x</script>")]);
        assert_eq!(read("[x](javascript:alert(1))", 1), [Block::paragraph("x")]);
        assert_eq!(read("#let x = 1 $y$ `z`", 1), [Block::paragraph("#let x = 1 $y$ z")]);
    }

    #[test]
    fn a_list_has_no_headings_and_no_heading_is_empty() {
        let bold = Block::Paragraph { runs: vec![Run::strong("Uno")] };
        let Block::List { items, .. } = &read("- ##### Uno\n- dos", 1)[0] else { panic!("no list") };
        assert_eq!(items[0], [bold]);
        assert_eq!(read("# \u{1}\n\n# \u{200b}\n\n# \u{feff} \n\ntexto", 1), [Block::paragraph("texto")]);
    }

    #[test]
    fn an_endless_address_is_no_link() {
        let link = |length: usize| {
            let blocks = read(&format!("[x](https://a.example/{})", "a".repeat(length)), 1);
            let Block::Paragraph { runs } = &blocks[0] else { panic!("{blocks:?}") };
            (runs[0].text.clone(), runs[0].link.is_some())
        };
        assert_eq!((link(1000), link(8000)), (("x".to_owned(), true), ("x".to_owned(), false)));
    }

    #[test]
    fn a_table_keeps_its_cells() {
        let blocks = read("| A | B |\n|---|---|\n| 1 | *2* |", 1);
        let Block::Table(table) = &blocks[0] else { panic!("{blocks:?}") };
        assert_eq!(
            (table.columns[1].heading.as_str(), &table.rows),
            ("B", &vec![vec!["1".to_owned(), "2".to_owned()]])
        );
    }

    #[test]
    fn what_is_nested_without_end_is_read_in_bounded_depth() {
        for text in [">".repeat(50_000), "- ".repeat(50_000), format!("{}x", "> - ".repeat(20_000)), "*".repeat(50_000)]
        {
            read(&text, 1);
        }
        let nested: String = (0..40).map(|depth| format!("{}- punto {depth}\n", "  ".repeat(depth))).collect();
        let shown = format!("{:?}", read(&nested, 1));
        assert!(shown.contains("punto 0") && shown.contains("punto 39"));
    }
}
