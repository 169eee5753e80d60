//! Sheets whose visible content is known, written in two formats.

use std::fmt::Write;

use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Content {
    /// Parts of a text, struck out or not.
    Words(Vec<(String, bool)>),
    Number(u16),
    Flag(bool),
    Error,
    /// A formula that no program has calculated.
    Formula,
    Empty,
}

#[derive(Debug, Clone)]
struct Row {
    /// The number of empty rows above.
    gap: u32,
    is_hidden: bool,
    /// The cells side by side, each with a font that strikes out or not.
    cells: Vec<(Content, bool)>,
}

/// A sheet called Hoja.
#[derive(Debug, Clone)]
pub(super) struct Model {
    rows: Vec<Row>,
    hidden_columns: Vec<u32>,
}

/// A cell that is not empty.
#[derive(Debug)]
pub(super) struct VisibleCell {
    pub row: u32,
    pub column: u32,
    pub is_hidden_row: bool,
    pub is_hidden_column: bool,
    /// A part of it is struck out.
    pub is_struck: bool,
    /// A part of it is not struck out.
    pub stands: bool,
}

pub(super) fn model() -> impl Strategy<Value = Model> {
    let words = prop::collection::vec(("[a-zñÁ0-9 ;&<>\"]{0,6}", any::<bool>()), 1..4);
    let content = prop_oneof![
        4 => words.prop_map(Content::Words),
        2 => any::<u16>().prop_map(Content::Number),
        1 => any::<bool>().prop_map(Content::Flag),
        1 => Just(Content::Error),
        1 => Just(Content::Formula),
        2 => Just(Content::Empty),
    ];
    let cells = prop::collection::vec((content, prop::bool::weighted(0.2)), 0..6);
    let row = (0..3_u32, prop::bool::weighted(0.2), cells);
    let row = row.prop_map(|(gap, is_hidden, cells)| Row { gap, is_hidden, cells });
    let hidden = prop::collection::vec(0..6_u32, 0..3);
    (prop::collection::vec(row, 1..8), hidden).prop_map(|(rows, hidden_columns)| Model { rows, hidden_columns })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Checks whether a text has visible letters. Separators beside struck-out words do not count.
fn shows(text: &str, beside_struck: bool) -> bool {
    text.chars().any(|c| c != ' ' && !(beside_struck && c == ';'))
}

impl Model {
    /// The rows with their numbers.
    fn numbered(&self) -> impl Iterator<Item = (u32, &Row)> {
        self.rows.iter().scan(0, |last, row| {
            *last += row.gap + 1;
            Some((*last, row))
        })
    }

    pub(super) fn cells(&self) -> Vec<VisibleCell> {
        let mut seen = Vec::new();
        for (number, row) in self.numbered() {
            for (column, (content, is_cell_struck)) in (0..).zip(&row.cells) {
                let part = |struck: bool| match content {
                    Content::Words(words) => words
                        .iter()
                        .filter(|(_, own)| (*own || *is_cell_struck) == struck)
                        .map(|(text, _)| text.as_str())
                        .collect(),
                    Content::Empty => String::new(),
                    // A formula without a result has no visible text that could be struck out.
                    Content::Formula if struck => String::new(),
                    _ => {
                        if *is_cell_struck == struck {
                            "7".to_owned()
                        } else {
                            String::new()
                        }
                    }
                };
                let is_struck = shows(&part(true), false);
                let stands = shows(&part(false), is_struck);
                if is_struck || stands {
                    seen.push(VisibleCell {
                        row: number,
                        column,
                        is_hidden_row: row.is_hidden,
                        is_hidden_column: self.hidden_columns.contains(&column),
                        is_struck,
                        stands,
                    });
                }
            }
        }
        seen
    }

    pub(super) fn xlsx(&self) -> Vec<(String, Vec<u8>)> {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let (mut rows, mut strings, mut count) = (String::new(), String::new(), 0);
        for (number, row) in self.numbered() {
            let hidden = if row.is_hidden { " hidden=\"1\"" } else { "" };
            write!(rows, "<row r=\"{number}\"{hidden}>").unwrap();
            for (column, (content, is_struck)) in (0..).zip(&row.cells) {
                let head = format!("<c r=\"{}{number}\" s=\"{}\"", super::super::letters(column), u8::from(*is_struck));
                let cell = match content {
                    Content::Words(words) => {
                        let font = |struck: &bool| if *struck { "<rPr><strike/></rPr>" } else { "" };
                        let run = |(text, struck): &(String, bool)| {
                            format!("<r>{}<t xml:space=\"preserve\">{}</t></r>", font(struck), escaped(text))
                        };
                        let runs: String = words.iter().map(run).collect();
                        if column % 2 == 0 {
                            format!("{head} t=\"inlineStr\"><is>{runs}</is></c>")
                        } else {
                            write!(strings, "<si>{runs}</si>").unwrap();
                            count += 1;
                            format!("{head} t=\"s\"><v>{}</v></c>", count - 1)
                        }
                    }
                    Content::Number(number) => format!("{head}><v>{number}</v></c>"),
                    Content::Flag(flag) => format!("{head} t=\"b\"><v>{}</v></c>", u8::from(*flag)),
                    Content::Error => format!("{head} t=\"e\"><v>#REF!</v></c>"),
                    Content::Formula => format!("{head}><f>1+1</f><v></v></c>"),
                    Content::Empty => format!("{head}/>"),
                };
                rows.push_str(&cell);
            }
            rows.push_str("</row>");
        }
        let columns: String = self
            .hidden_columns
            .iter()
            .map(|column| format!("<col min=\"{0}\" max=\"{0}\" hidden=\"true\"/>", column + 1))
            .collect();
        let columns = if columns.is_empty() { columns } else { format!("<cols>{columns}</cols>") };
        let relation = |id: u8, kind: &str, target: &str| {
            format!("<Relationship Id=\"rId{id}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/>")
        };
        let parts = [
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{RELATIONS}\">{}</Relationships>",
                    relation(1, "officeDocument", "xl/workbook.xml")
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{KINDS}\"><sheets><sheet name=\"Hoja\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{RELATIONS}\">{}{}{}</Relationships>",
                    relation(1, "worksheet", "worksheets/sheet1.xml"),
                    relation(2, "styles", "/xl/styles.xml"),
                    relation(3, "sharedStrings", "sharedStrings.xml"),
                ),
            ),
            (
                "xl/styles.xml",
                format!(
                    "<styleSheet xmlns=\"{MAIN}\"><fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/></cellXfs></styleSheet>"
                ),
            ),
            ("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\">{strings}</sst>")),
            (
                "xl/worksheets/sheet1.xml",
                format!("<worksheet xmlns=\"{MAIN}\">{columns}<sheetData>{rows}</sheetData></worksheet>"),
            ),
        ];
        parts.map(|(name, text)| (name.to_owned(), text.into_bytes())).into()
    }

    pub(super) fn ods(&self) -> Vec<(String, Vec<u8>)> {
        let mut rows = String::new();
        for (_, row) in self.numbered() {
            if row.gap > 0 {
                write!(
                    rows,
                    "<table:table-row table:number-rows-repeated=\"{}\"><table:table-cell/></table:table-row>",
                    row.gap
                )
                .unwrap();
            }
            let hidden = if row.is_hidden { " table:visibility=\"collapse\"" } else { "" };
            write!(rows, "<table:table-row{hidden}>").unwrap();
            for (content, is_struck) in &row.cells {
                let style = if *is_struck { " table:style-name=\"struck\"" } else { "" };
                let (attributes, text) = match content {
                    Content::Words(words) => {
                        let run = |(text, struck): &(String, bool)| {
                            let text = escaped(text);
                            if *struck { format!("<text:span text:style-name=\"T1\">{text}</text:span>") } else { text }
                        };
                        (" office:value-type=\"string\"".to_owned(), words.iter().map(run).collect())
                    }
                    Content::Number(number) => {
                        (format!(" office:value-type=\"float\" office:value=\"{number}\""), number.to_string())
                    }
                    Content::Flag(flag) => {
                        (format!(" office:value-type=\"boolean\" office:boolean-value=\"{flag}\""), "X".to_owned())
                    }
                    Content::Error => {
                        (" office:value-type=\"string\" calcext:value-type=\"error\"".to_owned(), "#REF!".to_owned())
                    }
                    Content::Formula => (" table:formula=\"of:=1+1\"".to_owned(), String::new()),
                    Content::Empty => (String::new(), String::new()),
                };
                let paragraph = match content {
                    Content::Formula => String::new(),
                    _ => format!("<text:p>{text}</text:p>"),
                };
                write!(rows, "<table:table-cell{style}{attributes}>{paragraph}</table:table-cell>").unwrap();
            }
            rows.push_str("</table:table-row>");
        }
        let column = |column: u32| {
            let hidden = self.hidden_columns.contains(&column);
            format!("<table:table-column{}/>", if hidden { " table:visibility=\"collapse\"" } else { "" })
        };
        let columns: String = (0..6).map(column).collect();
        let struck = |family: &str, name: &str| {
            format!(
                "<style:style style:name=\"{name}\" style:family=\"{family}\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>"
            )
        };
        let content = format!(
            "<office:document-content><office:automatic-styles>{}{}</office:automatic-styles><office:body><office:spreadsheet>\
             <table:table table:name=\"Hoja\">{columns}{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
            struck("table-cell", "struck"),
            struck("text", "T1"),
        );
        vec![("content.xml".to_owned(), content.into_bytes())]
    }
}
