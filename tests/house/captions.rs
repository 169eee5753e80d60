//! Rule 8: what the guides and the help pages quote is on a page, in the words of the page.

use std::collections::BTreeSet;
use std::fs;

use super::source::{none, root};

/// Quotations of the guides that are no captions: words of source data, of mail programs and of examples.
const NO_CAPTIONS: &[&str] = &[
    "víctimas",
    "Para quien administra el servidor",
    "la institución",
    "La secretaría",
    "Rechazar",
    "suscripción por URL",
    "no deseado",
    "enero de 2023",
    "January 2023",
    "8 capacitaciones",
    "no se sabe",
    "cero",
];

/// The guide to imports quotes cells of spreadsheets.
const OF_CELLS: &str = "import";

/// Returns the texts of the pages in a language, without their variables: the parts before, between and after these.
fn captions(lang: &str) -> Vec<Vec<String>> {
    let folder = root().join("locales").join(lang);
    let files = fs::read_dir(folder).unwrap().flatten();
    let texts: Vec<String> = files.map(|file| fs::read_to_string(file.path()).unwrap()).collect();
    let lines = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#'));
    let values = lines.filter_map(|line| {
        let trimmed = line.trim();
        match (line.starts_with(' '), trimmed.split_once("] "), line.split_once(" = ")) {
            (true, Some((_, value)), _) => Some(value),
            (true, None, _) => Some(trimmed),
            (false, _, value) => value.map(|(_, value)| value.trim()),
        }
    });
    values.map(parts).collect()
}

fn parts(value: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('{') {
        parts.push(before.to_owned());
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    parts.push(rest.to_owned());
    parts
}

/// Returns true if a text is a caption, with any values of its variables. A caption of variables alone says nothing.
fn is_caption(text: &str, caption: &[String]) -> bool {
    let clean = |part: &str| part.trim_end_matches([':', '.']).to_owned();
    let [first, middle @ .., last] = caption else { return caption.first().is_some_and(|only| clean(only) == text) };
    if caption.concat().trim().chars().count() < 4 {
        return false;
    }
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for part in middle {
        let Some((_, after)) = rest.split_once(part.as_str()) else { return false };
        rest = after;
    }
    rest.ends_with(&clean(last))
}

/// Returns what a text quotes, and the first cells of its tables of buttons.
fn named(text: &str, marks: [char; 2]) -> BTreeSet<String> {
    let without_code: String = text.split("```").step_by(2).collect();
    let joined = without_code.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted = joined.split(marks[0]).skip(1).filter_map(|part| part.split_once(marks[1])).map(|(name, _)| name);
    let mut named: BTreeSet<String> = quoted.map(str::to_owned).collect();
    let tables =
        without_code.split("\n\n").filter(|part| ["| Botón |", "| Button |"].iter().any(|head| part.starts_with(head)));
    let cells = tables.flat_map(|table| table.lines().skip(2)).filter_map(|line| line.split('|').nth(1));
    named.extend(cells.map(|cell| cell.trim().to_owned()));
    named
}

#[test]
fn what_the_guides_and_the_help_quote_is_a_caption() {
    let mut broken = Vec::new();
    let mut tables = 0;
    for (lang, marks) in [("es", ['«', '»']), ("en", ['“', '”'])] {
        let captions = captions(lang);
        let guides = fs::read_dir(root().join("docs/guide")).unwrap().flatten().map(|file| file.path());
        let guides = guides.filter(|path| path.to_string_lossy().ends_with(&format!(".{lang}.md")));
        for path in guides.chain([root().join("locales").join(lang).join("web-help.ftl")]) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            tables += usize::from(text.contains("| Botón |") || text.contains("| Button |"));
            let is_title = |quoted: &str| text.lines().any(|line| line.trim_start_matches('#').trim() == quoted);
            let names = named(&text, marks).into_iter().filter(|_| !name.starts_with(OF_CELLS));
            let unknown = names.filter(|quoted| {
                quoted.chars().any(char::is_alphabetic)
                    && !quoted.starts_with('{')
                    && !NO_CAPTIONS.contains(&quoted.as_str())
                    && !is_title(quoted)
                    && !captions.iter().any(|caption| is_caption(quoted, caption))
            });
            let told = "no page has these words; quote the caption as it is in `locales/`, or add them to NO_CAPTIONS";
            broken.extend(unknown.map(|quoted| format!("{name}: {quoted:?}: {told}")));
        }
    }
    none(broken);
    assert_eq!(tables, 2, "the tables of buttons are found");
}
