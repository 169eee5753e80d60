//! Datasets in and out.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::access::Visibility;
use crate::activities::{RegistryQuery, registry as registry_of};
use crate::datasets::{ImportReport, export_country, import_dataset};
use crate::db::{Db, PlanId, Tx};
use crate::directory::country;
use crate::error::{Code, Error};
use crate::http::{DOCUMENT_LIMIT, State, describe};
use crate::i18n::Lang;
use crate::identity::Actor;
use crate::rendering::{self, PaperFormat, Separator};
use crate::reports;
use serde::Serialize;
use serde_json::Value;

use super::progress::Progress;
use super::{PeriodOf, RegistryFormat, ReportFormat, Sentence, told};

/// Loads a dataset and prints what became of its records and every fault.
pub fn import(state: &State, path: &Path, lang: Lang, dry_run: bool) -> Result<(), Sentence> {
    let document = read(path)?;
    let actor = Actor { language: lang, ..Actor::program() };
    let import = |tx: &mut Tx<'_>| import_dataset(tx, &actor, &document, dry_run);
    let (db, now) = (&state.db, state.now());
    let report = if dry_run { db.on_copy(None, now, import) } else { db.write(None, now, import) }.map_err(told)?;
    print(&report);
    match report.faults.len() {
        0 => Ok(()),
        1 => Err(format!("nothing was imported: {} has a fault", path.display())),
        n => Err(format!("nothing was imported: {} has {n} faults", path.display())),
    }
}

fn read(path: &Path) -> Result<Value, Sentence> {
    let cannot = |e: std::io::Error| format!("cannot read {}: {e}", path.display());
    if fs::metadata(path).map_err(cannot)?.len() > DOCUMENT_LIMIT as u64 {
        return Err(format!("{} is larger than 25 MiB", path.display()));
    }
    let text = fs::read_to_string(path).map_err(cannot)?;
    serde_json::from_str(&text).map_err(|e| format!("{} is not JSON: {e}", path.display()))
}

fn print(report: &ImportReport) {
    for fault in &report.faults {
        let fault = describe(fault, Lang::Es);
        let value = fault.value.map(|value| format!(" [{value}]")).unwrap_or_default();
        let place = if fault.pointer.is_empty() { "/" } else { &fault.pointer };
        println!("{place}{value}: {}", fault.detail);
    }
    println!("{:<20}{:>9}{:>9}{:>11}{:>10}", "kind", "created", "updated", "unchanged", "rejected");
    let total = [("total", report.counts.total())];
    let rows = report.counts.iter().map(|(kind, counts)| (kind.as_str(), *counts));
    for (name, counts) in rows.chain(total) {
        let (created, updated) = (counts.created, counts.updated);
        println!("{name:<20}{created:>9}{updated:>9}{:>11}{:>10}", counts.unchanged, counts.rejected);
    }
    if report.dry_run {
        println!("Dry run: nothing was written.");
    }
}

/// Writes a country's dataset to a file or to standard output.
pub fn export(state: &State, country: &str, output: Option<&Path>) -> Result<(), Sentence> {
    let dataset = state
        .db
        .snapshot(|conn| export_country(conn, &Actor::program(), country, state.now()))
        .map_err(|error| no_country(error, country))?;
    write(output, &pretty(&dataset)?)
}

/// Writes the registry of a period.
pub fn registry(
    state: &State,
    period: &PeriodOf,
    format: RegistryFormat,
    output: Option<&Path>,
) -> Result<(), Sentence> {
    if period.from > period.to {
        return Err("the period ends before it begins".to_owned());
    }
    let query = RegistryQuery {
        country_code: period.country.clone(),
        from: period.from,
        to: period.to,
        commission_id: None,
        theme: None,
    };
    let all = Visibility::everything();
    let progress = Progress::new("activities");
    let told_of = |done, of| progress.tell(done, of);
    let read = state.db.snapshot(|conn| {
        country(conn, &query.country_code)?;
        Ok(match format {
            RegistryFormat::Json => {
                Written::Text(pretty(&registry_of(conn, &all, &query)?.told_in(Lang::Es)).map_err(Error::internal)?)
            }
            RegistryFormat::Csv => {
                Written::File(rendering::registry_csv(conn, &all, &query, (Lang::Es, Separator::Comma), &told_of)?.0)
            }
            RegistryFormat::Xlsx => {
                Written::File(rendering::registry_workbook(conn, &all, &query, Lang::Es, &told_of)?.0)
            }
            RegistryFormat::Md => document(conn, &query, PaperFormat::Markdown)?,
            RegistryFormat::Docx => document(conn, &query, PaperFormat::Docx)?,
            RegistryFormat::Pdf => document(conn, &query, PaperFormat::Pdf)?,
        })
    });
    progress.end();
    match read.map_err(|error| no_country(error, &period.country))? {
        Written::Text(bytes) => write(output, &bytes),
        Written::File(file) => copy(output, file),
    }
}

fn document(conn: &mut Db, query: &RegistryQuery, format: PaperFormat) -> Result<Written, Error> {
    let (paper, _) = rendering::registry_document(conn, &Visibility::everything(), query, Lang::Es)?;
    Ok(Written::Text(paper.write(format)?))
}

/// What a registry is before it goes out.
enum Written {
    Text(Vec<u8>),
    File(fs::File),
}

/// Drafts the annual report of a period.
pub fn report(
    state: &State,
    period: &PeriodOf,
    roadmap: Option<PlanId>,
    (format, output): (ReportFormat, Option<&Path>),
) -> Result<(), Sentence> {
    if period.from > period.to {
        return Err("the period ends before it begins".to_owned());
    }
    let days = (period.from, period.to);
    let sketch = state
        .db
        .snapshot(|conn| {
            country(conn, &period.country)?;
            reports::draft(conn, &period.country, days, roadmap, Lang::Es)
        })
        .map_err(|error| no_country(error, &period.country))?;
    let format = match format {
        ReportFormat::Json => return write(output, &pretty(&sketch)?),
        ReportFormat::Md => PaperFormat::Markdown,
        ReportFormat::Docx => PaperFormat::Docx,
        ReportFormat::Pdf => PaperFormat::Pdf,
    };
    write(output, &rendering::report(&sketch, Lang::Es).write(format).map_err(told)?)
}

pub fn no_country(error: Error, code: &str) -> Sentence {
    if error.code == Code::NotFound { format!("there is no country {code}") } else { told(error) }
}

fn pretty(value: &impl Serialize) -> Result<Vec<u8>, Sentence> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|e| e.to_string())?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Copies a file to the file, or to standard output.
pub fn copy(output: Option<&Path>, mut from: fs::File) -> Result<(), Sentence> {
    let copied = match output {
        Some(path) => fs::File::create(path).and_then(|mut to| std::io::copy(&mut from, &mut to)),
        None => std::io::copy(&mut from, &mut std::io::stdout()),
    };
    copied.map(|_| ()).map_err(|e| format!("cannot write: {e}"))
}

/// Writes to the file, or to standard output.
pub fn write(output: Option<&Path>, bytes: &[u8]) -> Result<(), Sentence> {
    match output {
        Some(path) => fs::write(path, bytes).map_err(|e| format!("cannot write {}: {e}", path.display())),
        None => std::io::stdout().write_all(bytes).map_err(|e| format!("cannot write: {e}")),
    }
}
