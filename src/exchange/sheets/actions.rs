//! Bringing a follow-up matrix in.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use super::effects::MatrixImport;
use super::plan::{Line, Plan};
use super::reading;
use super::report::{MOST_FAULTS, MatrixReport, RowCounts, RowOutcome, RowReport};
use super::scene::Scene;
use super::store;
use super::table::{self, Found};
use super::words::headings::Column;
use super::write::{Progressing, Writer, count_events};
use crate::access::{self, Visibility, commission_refs, require_coordinator, require_writer};
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::commitments::commitments_by_id;
use crate::db::dispatch::lock_rows;
use crate::db::{CommissionId, CommitmentId, Db, Tx};
use crate::error::{Code, Error, Fault, Faults, Result};
use crate::exchange::model::Outcome;
use crate::exchange::store::one_import_at_a_time;
use crate::identity::Actor;

/// A matrix as its file holds it: read before any transaction is opened.
pub struct Matrices {
    found: Found,
    faults: Faults,
    file_name: String,
    sha256: String,
}

/// Reads a file. 422 with one fault for a file that is no matrix, or must not be read.
pub fn read_matrices(bytes: &[u8], file_name: &str) -> Result<Matrices> {
    let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut faults = Faults::default();
    let found = table::find(reading::read(bytes, file_name, table::best_heading)?, &mut faults)?;
    Ok(Matrices { found, faults, file_name: file_name.to_owned(), sha256 })
}

/// For which country and commission a matrix is.
#[derive(Debug, Clone, Default)]
pub struct Target {
    pub country: Option<String>,
    pub commission: Option<CommissionId>,
}

impl Target {
    pub fn is_stated(&self) -> bool {
        self.country.is_some() || self.commission.is_some()
    }

    /// The country: stated, or the commission's. 400 when neither is stated, or they contradict each other; 404 for a
    /// commission that the actor may not know, 403 for one, or a country, that the actor may not write for.
    pub fn permitted(&self, conn: &mut Db, actor: &Actor) -> Result<String> {
        let Some(id) = self.commission else {
            let country =
                self.country.clone().ok_or_else(|| Error::bad_query("missing", "country_code, commission_id"))?;
            require_coordinator(actor, &country)?;
            access::country_zone(conn, &country)?.ok_or(Code::NotFound)?;
            return Ok(country);
        };
        let found = commission_refs(conn, &[id])?.remove(&id).ok_or(Code::NotFound)?;
        if !Visibility::of(actor).knows_commission(id, &found.country_code) {
            return Err(Code::NotFound.into());
        }
        require_writer(actor, &found.country_code, &[id])?;
        match &self.country {
            Some(code) if *code != found.country_code => Err(Error::bad_value("country_code", code)),
            _ => Ok(found.country_code),
        }
    }
}

/// Imports a matrix: all of it, or nothing when there is a fault or it is a dry run. A dry run must use a private copy
/// of the database (`Database::on_copy`), because it writes before it undoes its writes.
///
/// Faults are part of the answer, each with sheet, row and column; with any, nothing is tried. Errors are failures of the program, 403 or 404.
pub fn import_matrices(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (matrices, target): (&Matrices, &Target),
    dry_run: bool,
    progressing: Progressing<'_>,
) -> Result<MatrixReport> {
    let country = target.permitted(tx.conn, actor)?;
    one_import_at_a_time(tx.conn, &country)?;
    let (scene, mut plan) = planned(tx.conn, actor, (matrices, target), &country, tx.now)?;
    if matrices.faults.list.is_empty() && plan.faults.is_empty() {
        hold(tx, actor, &scene, &mut plan)?;
    }
    let mut report = begun(matrices, &mut plan, dry_run);
    if report.faults.is_empty() {
        try_out(tx, actor, (&scene, &mut plan, &mut report), (matrices, target), progressing)?;
    } else {
        refused(&scene, &plan, &mut report);
    }
    Ok(ended(report, &plan))
}

/// Returns the report on a matrix whose faults show before its changes are tried; None when it has no such faults.
pub fn refused_matrices(
    conn: &mut Db,
    actor: &Actor,
    (matrices, target): (&Matrices, &Target),
    now: Instant,
) -> Result<Option<MatrixReport>> {
    let country = target.permitted(conn, actor)?;
    let (scene, mut plan) = planned(conn, actor, (matrices, target), &country, now)?;
    let mut report = begun(matrices, &mut plan, true);
    if report.faults.is_empty() {
        return Ok(None);
    }
    refused(&scene, &plan, &mut report);
    Ok(Some(ended(report, &plan)))
}

/// Returns the records of the country, and the changes that the rows ask for.
fn planned<'m>(
    conn: &mut Db,
    actor: &Actor,
    (matrices, target): (&'m Matrices, &Target),
    country: &str,
    now: Instant,
) -> Result<(Scene, Plan<'m>)> {
    let mut scene = Scene::load(conn, actor, country, target.commission, now)?;
    let mut plan = Plan::read(&scene, &matrices.found.matrices);
    scene.load_updates(conn, plan.lines.iter().filter_map(|line| line.known))?;
    plan.decide(&scene);
    Ok((scene, plan))
}

/// Begins a report with the faults that are known before anything is tried.
fn begun(matrices: &Matrices, plan: &mut Plan<'_>, dry_run: bool) -> MatrixReport {
    let mut faults = matrices.faults.list.clone();
    faults.append(&mut plan.faults);
    MatrixReport {
        dry_run,
        faults,
        skipped_sheets: matrices.found.skipped_sheets.clone(),
        skipped_columns: matrices.found.skipped_columns.clone(),
        ..MatrixReport::default()
    }
}

/// Counts the rows as they would be without the faults.
fn refused(scene: &Scene, plan: &Plan<'_>, report: &mut MatrixReport) {
    plan.count(&mut report.counts);
    report.rows = rows(scene, plan, &HashMap::new());
}

fn ended(mut report: MatrixReport, plan: &Plan<'_>) -> MatrixReport {
    report.totals = RowCounts::of(&report.rows);
    in_order(&mut report, plan.is_cut);
    report
}

/// Holds what is to be changed. What somebody has changed since it was read is a fault: it would be put back unseen.
fn hold(tx: &mut Tx<'_>, actor: &Actor, scene: &Scene, plan: &mut Plan<'_>) -> Result<()> {
    let to_change = plan.changes.iter().filter(|change| change.outcome() == Outcome::Updated);
    let ids: Vec<CommitmentId> = to_change.filter_map(|change| change.known).collect();
    lock_rows(tx.conn, "commitments", &ids)?;
    let present = commitments_by_id(tx.conn, &Visibility::of(actor), &ids, tx.now)?;
    let same = present.iter().filter(|one| scene.commitments.get(&one.id) == Some(one));
    let same: HashSet<CommitmentId> = same.map(|one| one.id).collect();
    for change in &plan.changes {
        let other = change.outcome() == Outcome::Updated && !change.known.is_some_and(|id| same.contains(&id));
        let line = change.lines.first().filter(|_| other).and_then(|n| plan.lines.get_mut(*n));
        plan.faults.extend(line.map(|line| line.refuse(Column::Commitment, "changed_meanwhile", Vec::new())));
    }
    Ok(())
}

/// Carries out the plan. The changes are kept unless a rule forbids a part of the plan or it is a dry run.
fn try_out(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (scene, plan, report): (&Scene, &mut Plan<'_>, &mut MatrixReport),
    (matrices, target): (&Matrices, &Target),
    progressing: Progressing<'_>,
) -> Result<()> {
    let keep = |kept: &bool| *kept;
    let kept = tx.keep_if(keep, |tx| {
        let (codes, mut effects) = tx.silently(|tx| {
            tx.collecting(|tx| {
                let mut writer = Writer::new(tx, actor, report);
                writer.carry_out(scene, plan, progressing)?;
                Ok((writer.codes, writer.effects))
            })
        })?;
        report.rows = rows(scene, plan, &codes);
        let kept = report.faults.is_empty() && !report.dry_run;
        if kept && !effects.is_empty() {
            count_events(tx.conn, &mut effects)?;
            let totals = RowCounts::of(&report.rows);
            let import = record(tx, matrices, &scene.country, target.commission, totals);
            store::insert(tx.conn, &import, &effects)?;
            audit::created(tx, "import", import.id, Some(&scene.country), &import)?;
            report.import_id = Some(import.id);
        }
        Ok(kept)
    })?;
    if !kept {
        forget_new_codes(report);
    }
    Ok(())
}

/// Every row with the code of its commitment.
fn rows(scene: &Scene, plan: &Plan<'_>, codes: &HashMap<usize, String>) -> Vec<RowReport> {
    let row = |(n, line): (usize, &Line<'_>)| {
        let known = line.known.and_then(|id| scene.commitments.get(&id)).map(|one| one.code.as_str());
        line.report(known.or_else(|| codes.get(&n).map(String::as_str)))
    };
    plan.lines.iter().enumerate().map(row).collect()
}

/// What was not kept has no code.
fn forget_new_codes(report: &mut MatrixReport) {
    for row in report.rows.iter_mut().filter(|row| row.outcome == RowOutcome::Created) {
        row.code = None;
    }
}

/// Faults in the order of the file, as many as are told at once.
fn in_order(report: &mut MatrixReport, is_cut: bool) {
    let sheets: Vec<String> = report.rows.iter().map(|row| row.sheet.clone()).collect();
    let key = |fault: &Fault| {
        let number = |name: &str| fault.arg(name).and_then(|text| text.parse::<u32>().ok()).unwrap_or_default();
        let column = fault.arg("column").unwrap_or_default();
        let sheet = fault.arg("sheet").unwrap_or_default();
        (sheets.iter().position(|name| name == sheet), number("row"), column.len(), column.to_owned())
    };
    report.faults.sort_by_cached_key(key);
    report.faults.dedup();
    if is_cut || report.faults.len() > MOST_FAULTS {
        report.faults.truncate(MOST_FAULTS);
        report.faults.push(Fault { pointer: String::new(), code: "more_faults", args: Vec::new() });
    }
}

fn record(
    tx: &Tx<'_>,
    matrices: &Matrices,
    country: &str,
    commission_id: Option<CommissionId>,
    totals: RowCounts,
) -> MatrixImport {
    MatrixImport {
        id: new_id(tx.now),
        country_code: country.to_owned(),
        commission_id,
        file_name: matrices.file_name.clone(),
        sha256: matrices.sha256.clone(),
        totals,
        imported_by: tx.who,
        created_at: tx.now,
        undone_by: None,
        undone_at: None,
    }
}
