//! Reads the visible sheets of an `.xlsx` or `.xlsm` file. Only the workbook, the styles, the texts and these sheets
//! are opened, not queries, pictures, pivot tables, comments, signatures and macros.

mod cells;
mod strings;
mod styles;

use std::collections::HashMap;

use quick_xml::events::Event;

use self::cells::Shared;
use super::archive::Archive;
use super::sheet::ReadLimits;
use super::xml::{Xml, attribute, is_set};
use super::{Book, LeftOut, LeftOutReason, ReadOptions, note, refused};
use crate::error::Faults;

/// The maximum number of sheets.
const MOST_SHEETS: usize = 1_000;

/// Reads the visible sheets of a workbook.
pub(super) fn read(mut archive: Archive<'_>, options: &ReadOptions) -> Result<Book, Faults> {
    let path = workbook_path(&mut archive)?;
    let workbook = Workbook::read(&mut archive, &path)?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let related = relations(&mut archive, &path, folder)?;
    let of_kind = |kind: &str| related.values().find(|one| one.kind == kind).map(|one| one.path.clone());
    let mut shared =
        Shared { since_1904: workbook.since_1904, is_uncalculated: workbook.is_uncalculated, ..Shared::default() };
    if let Some(part) = of_kind("styles").map(|path| archive.part(&path)).transpose()?.flatten() {
        shared.styles = styles::read(&part)?;
    }
    if let Some(part) = of_kind("sharedStrings").map(|path| archive.part(&path)).transpose()?.flatten() {
        shared.strings = strings::read(&part)?;
    }
    let mut book = Book::default();
    let mut room = ReadLimits::default();
    for SheetEntry { name, relation, is_visible } in workbook.sheets {
        let target = related.get(&relation).ok_or_else(|| refused("damaged"))?;
        match () {
            () if target.kind != "worksheet" => book.left_out.push(LeftOut::sheet(&name, LeftOutReason::NoCells)),
            () if !is_visible => book.left_out.push(LeftOut::sheet(&name, LeftOutReason::HiddenSheet)),
            () => {
                let part = archive.part(&target.path)?.ok_or_else(|| refused("damaged"))?;
                let sheet = cells::read(&part, &name, &shared, &mut room)?;
                drop(part);
                book.tables.push(sheet.into_table(options)?);
            }
        }
    }
    if archive.has_any("vbaproject.bin") {
        book.notes.push(note("macros_ignored", Vec::new()));
    }
    Ok(book)
}

/// A sheet as the workbook names it.
struct SheetEntry {
    name: String,
    relation: String,
    is_visible: bool,
}

#[derive(Default)]
struct Workbook {
    sheets: Vec<SheetEntry>,
    since_1904: bool,
    is_uncalculated: bool,
}

impl Workbook {
    fn read(archive: &mut Archive<'_>, path: &str) -> Result<Self, Faults> {
        let part = archive.part(path)?.ok_or_else(|| refused("no_workbook"))?;
        let mut workbook = Self::default();
        let mut xml = Xml::new(&part);
        while let Some(event) = xml.next()? {
            let Event::Start(element) = event else { continue };
            match element.local_name().as_ref() {
                "workbookPr" => workbook.since_1904 = is_set(&element, "date1904"),
                "calcPr" => workbook.is_uncalculated = is_set(&element, "fullCalcOnLoad"),
                "sheet" => {
                    let name = attribute(&element, "name").unwrap_or_default().into_owned();
                    let relation = element
                        .attributes()
                        .with_checks(false)
                        .flatten()
                        .find(|one| one.key.prefix().is_some() && one.key.local_name().as_ref() == "id")
                        .map(|one| one.value.into_owned());
                    let state = attribute(&element, "state");
                    let is_visible = !matches!(state.as_deref(), Some("hidden" | "veryHidden"));
                    workbook.sheets.push(SheetEntry { name, relation: relation.unwrap_or_default(), is_visible });
                }
                _ => {}
            }
            if workbook.sheets.len() > MOST_SHEETS {
                return Err(refused("too_large"));
            }
        }
        Ok(workbook)
    }
}

/// A part that another one names.
struct Related {
    kind: String,
    path: String,
}

/// Returns the parts that a part names, by the ids of the relations.
fn relations(archive: &mut Archive<'_>, of: &str, folder: &str) -> Result<HashMap<String, Related>, Faults> {
    let (before, name) = of.rsplit_once('/').map_or(("", of), |(before, name)| (before, name));
    let slash = if before.is_empty() { "" } else { "/" };
    let mut related = HashMap::new();
    let Some(part) = archive.part(&format!("{before}{slash}_rels/{name}.rels"))? else { return Ok(related) };
    let mut xml = Xml::new(&part);
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        let is_relation = element.local_name().as_ref() == "Relationship";
        let (Some(id), Some(target)) = (attribute(&element, "Id"), attribute(&element, "Target")) else { continue };
        if is_relation && related.len() < 20_000 {
            let kind = attribute(&element, "Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            related.insert(id.into_owned(), Related { kind, path: absolute(&target, folder) });
        }
    }
    Ok(related)
}

/// Returns the path of a part from the root of the archive.
fn absolute(target: &str, folder: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = match target.strip_prefix('/') {
        Some(rooted) => rooted.to_owned(),
        None if folder.is_empty() => target,
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Returns the path of the workbook: the one that the archive names, or the usual one.
fn workbook_path(archive: &mut Archive<'_>) -> Result<String, Faults> {
    let roots = relations(archive, "", "")?;
    let named = roots.into_values().find(|one| one.kind == "officeDocument").map(|one| one.path);
    let path = named.filter(|path| archive.has(path)).unwrap_or_else(|| "xl/workbook.xml".to_owned());
    match () {
        () if path.ends_with(".bin") || archive.has("xl/workbook.bin") => Err(refused("xlsb")),
        () if archive.has("index/document.iwa") => Err(refused("numbers")),
        () if !archive.has(&path) => Err(refused("no_workbook")),
        () => Ok(path),
    }
}
