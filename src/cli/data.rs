//! Imports and exports datasets; writes registries and reports.

use std::fs;
use std::path::Path;

use crate::access::Visibility;
use crate::activities::{RegistryQuery, registry as registry_of, registry_csv, registry_document, registry_workbook};
use crate::datasets::{ImportReport, export_country, import_dataset};
use crate::db::{Db, PlanId, Tx};
use crate::directory::country;
use crate::error::{Code, Error};
use crate::http::{State, describe, parse};
use crate::i18n::Lang;
use crate::identity::Actor;
use crate::rendering::{DocumentFormat, Separator};
use crate::reports::{self, Template, Wording, set_wording};

use super::output::{Progress, copy, pretty, read, refuse_faults, write};
use super::{PeriodArgs, RegistryFormat, ReportForm, ReportFormat, Sentence, sentence};

/// Imports a dataset; prints the number of records by result, and every fault.
pub(super) fn import(state: &State, path: &Path, lang: Lang, dry_run: bool) -> Result<(), Sentence> {
    let document: serde_json::Value =
        serde_json::from_slice(&read(path)?).map_err(|e| format!("{} is not JSON: {e}", path.display()))?;
    let actor = Actor { language: lang, ..Actor::program() };
    let import = |tx: &mut Tx<'_>| import_dataset(tx, &actor, &document, dry_run);
    let (db, now) = (&state.db, state.now());
    let report = if dry_run { db.on_copy(None, now, import) } else { db.write(None, now, import) }.map_err(sentence)?;
    let report = report.in_language(lang);
    print(&report, lang);
    refuse_faults(path, report.faults.len())
}

fn print(report: &ImportReport, lang: Lang) {
    for fault in &report.faults {
        let fault = describe(fault, lang);
        let value = fault.value.map(|value| format!(" [{value}]")).unwrap_or_default();
        let place = if fault.pointer.is_empty() { "/" } else { &fault.pointer };
        println!("{place}{value}: {}", fault.detail);
    }
    for note in &report.notes {
        println!("{}: {}", note.pointer, note.detail);
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
pub(super) fn export(state: &State, country: &str, output: Option<&Path>) -> Result<(), Sentence> {
    let dataset = state
        .db
        .snapshot(|conn| export_country(conn, &Actor::program(), country, state.now()))
        .map_err(|error| no_country(error, country))?;
    write(output, &pretty(&dataset)?)
}

/// Writes the registry of a period.
pub(super) fn registry(
    state: &State,
    period: &PeriodArgs,
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
    let show = |done, of| progress.show(done, of);
    let read = state.db.snapshot(|conn| {
        country(conn, &query.country_code)?;
        Ok(match format {
            RegistryFormat::Json => Written::Text(
                pretty(&registry_of(conn, &all, &query, Lang::Es)?.with_findings(Lang::Es)).map_err(Error::internal)?,
            ),
            RegistryFormat::Csv => {
                Written::File(registry_csv(conn, &all, &query, Lang::Es, Separator::Comma, &show)?.0)
            }
            RegistryFormat::Xlsx => Written::File(registry_workbook(conn, &all, &query, Lang::Es, &show)?.0),
            RegistryFormat::Md => document(conn, &query, DocumentFormat::Markdown)?,
            RegistryFormat::Docx => document(conn, &query, DocumentFormat::Docx)?,
            RegistryFormat::Pdf => document(conn, &query, DocumentFormat::Pdf)?,
        })
    });
    progress.end();
    match read.map_err(|error| no_country(error, &period.country))? {
        Written::Text(bytes) => write(output, &bytes),
        Written::File(file) => copy(output, file),
    }
}

fn document(conn: &mut Db, query: &RegistryQuery, format: DocumentFormat) -> Result<Written, Error> {
    let (paper, _) = registry_document(conn, &Visibility::everything(), query, Lang::Es)?;
    Ok(Written::Text(paper.write(format)?))
}

/// A registry that is ready to be written.
enum Written {
    Text(Vec<u8>),
    File(fs::File),
}

/// Drafts the annual report of a period.
pub(super) fn report(
    state: &State,
    period: &PeriodArgs,
    roadmap: Option<PlanId>,
    (format, form, output): (ReportFormat, ReportForm, Option<&Path>),
) -> Result<(), Sentence> {
    if period.from > period.to {
        return Err("the period ends before it begins".to_owned());
    }
    let days = (period.from, period.to);
    let content = state
        .db
        .snapshot(|conn| {
            country(conn, &period.country)?;
            reports::draft(conn, &period.country, days, roadmap, Lang::Es)
        })
        .map_err(|error| no_country(error, &period.country))?;
    let format = match format {
        ReportFormat::Json => return write(output, &pretty(&content)?),
        ReportFormat::Md => DocumentFormat::Markdown,
        ReportFormat::Docx => DocumentFormat::Docx,
        ReportFormat::Pdf => DocumentFormat::Pdf,
    };
    let form = match form {
        ReportForm::Clean => reports::ReportForm::Clean,
        ReportForm::Working => reports::ReportForm::Working,
    };
    write(output, &reports::document(&content, Lang::Es, form).write(format).map_err(sentence)?)
}

/// Loads the wording of the report's form; prints every fault of the file.
pub(super) fn wording(state: &State, path: &Path, lang: Lang) -> Result<(), Sentence> {
    let document: serde_json::Value =
        serde_json::from_slice(&read(path)?).map_err(|e| format!("{} is not JSON: {e}", path.display()))?;
    let wording: Wording = match parse(document) {
        Err(error) if !error.faults.is_empty() => {
            for fault in &error.faults {
                let fault = describe(fault, Lang::Es);
                println!("{}: {}", fault.pointer, fault.detail);
            }
            return refuse_faults(path, error.faults.len());
        }
        wording => wording.map_err(sentence)?,
    };
    let form = (Template::Alliance87Annual, lang);
    let set = |tx: &mut Tx<'_>| set_wording(tx, &Actor::program(), form, wording.clone());
    state.db.write(None, state.now(), set).map_err(sentence)?;
    println!("The wording of the form in {lang} is loaded.");
    Ok(())
}

/// Returns the sentence for an error of a command about one country.
pub(super) fn no_country(error: Error, code: &str) -> Sentence {
    if error.code == Code::NotFound { format!("there is no country {code}") } else { sentence(error) }
}
