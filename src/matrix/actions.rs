//! Imports a follow-up matrix.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use super::changes::{CommitmentChange, decide};
use super::choices::Choices;
use super::columns::Column;
use super::doubts::doubts;
use super::execute::{Executor, OnProgress, count_events};
use super::headings::most_headings;
use super::kinds::join_kinds;
use super::model::{MOST_FAULTS, MatrixImport, MatrixReport, RowCounts, RowOutcome, RowReport};
use super::numbers::match_by_number;
use super::progress::Action;
use super::questions::{Label, Question};
use super::resolve::{Ref, ResolvedMatrix, ResolvedRow};
use super::sheets::{Sheets, find_matrices};
use super::snapshot::Snapshot;
use super::understanding::row_report;
use super::understood::UnderstoodSheet;
use super::{notifications, store};
use crate::access::{self, Visibility, commission_refs, require_coordinator, require_writer};
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::commitments::commitments_by_id;
use crate::datasets::{Kind, Outcome, one_import_at_a_time};
use crate::db::dispatch::lock_rows;
use crate::db::{CommissionId, CommitmentId, Db, MeetingId, Tx};
use crate::error::{Code, Error, Fault, Result};
use crate::identity::Actor;
use crate::spreadsheets;

/// The matrices of a file, read before a transaction is opened.
pub struct Matrices {
    pub(super) sheets: Sheets,
    /// Faults and remarks of the file as a whole.
    faults: Vec<Fault>,
    notes: Vec<Fault>,
    /// The tables of the file, if they are kept for a copy.
    pub(super) tables: Vec<spreadsheets::Table>,
    choices: Choices,
    file_name: String,
    sha256: String,
}

/// Reads a file. 422 with one fault for a file that is not a matrix, or must not be read.
pub fn read_matrices(bytes: &[u8], file_name: &str) -> Result<Matrices> {
    read_chosen(bytes, file_name, Choices::default())
}

/// Reads a file with the choices of the person who imports it.
pub(crate) fn read_chosen(bytes: &[u8], file_name: &str, choices: Choices) -> Result<Matrices> {
    let sha256 = crate::text::hex(&Sha256::digest(bytes));
    let options = choices.for_reading();
    let mut book = spreadsheets::read_book(bytes, file_name, &options, most_headings)?;
    let (mut faults, mut notes) = (std::mem::take(&mut book.faults), std::mem::take(&mut book.notes));
    let asked: Vec<Question> = book.questions.drain(..).map(question_of_file).collect();
    faults.extend(asked.iter().map(|question| Fault::new("", "unclear_file", question.args.clone())));
    let tables = if choices.keeps_tables { book.tables.clone() } else { Vec::new() };
    let mut sheets = find_matrices(book, &choices)?;
    asked.into_iter().for_each(|question| sheets.questions.add(question));
    notes.append(&mut sheets.displaced);
    if !sheets.remembered.is_empty() {
        let headings: Vec<String> = sheets.remembered.iter().map(|heading| format!("«{heading}»")).collect();
        notes.push(Fault::new("", "remembered_mapping", vec![("headings", headings.join(", "))]));
    }
    Ok(Matrices { sheets, faults, notes, tables, choices, file_name: file_name.to_owned(), sha256 })
}

/// Returns a question about the file as a whole.
fn question_of_file(asked: spreadsheets::Question) -> Question {
    let choices: Vec<String> = asked.options.iter().map(|(_, words)| format!("«{words}»")).collect();
    Question {
        id: asked.id.to_owned(),
        sheet: asked.sheet,
        column: None,
        rows: asked.rows,
        text_key: "question-encoding",
        args: vec![("choices", choices.join(", "))],
        options: asked.options.into_iter().map(|(key, words)| (key.to_owned(), Label::Plain(words))).collect(),
        given: None,
    }
}

/// The country and the commission of a matrix.
#[derive(Debug, Clone, Default)]
pub struct Target {
    pub country: Option<String>,
    pub commission: Option<CommissionId>,
}

impl Target {
    pub fn is_stated(&self) -> bool {
        self.country.is_some() || self.commission.is_some()
    }

    /// Completes the choices with the stored column mapping of the commission.
    pub(crate) fn with_remembered(&self, conn: &mut Db, choices: Choices) -> Result<Choices> {
        let Some(commission) = self.commission else { return Ok(choices) };
        Ok(choices.or_remembered(store::remembered_mapping(conn, commission)?))
    }

    /// Returns the country: the stated one, or the commission's. 400 if neither is stated, or they contradict each other;
    /// 404 for a commission that the actor may not see; 403 for a commission or country that the actor may not write.
    pub fn require_writable(&self, conn: &mut Db, actor: &Actor) -> Result<String> {
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

/// The changes that a matrix asks for.
struct Plan<'m> {
    snapshot: Snapshot,
    matrix: ResolvedMatrix<'m>,
    changes: Vec<CommitmentChange>,
    report: MatrixReport,
}

/// Imports a matrix: all of it, or nothing when there is a fault or it is a dry run. A dry run must use a private copy
/// of the database (`Database::on_copy`), because it writes before it undoes its writes.
///
/// Faults are part of the answer, each with sheet, row and column; with any of them, nothing is written. Errors are
/// failures of the program, 403 or 404.
pub fn import_matrices(
    tx: &mut Tx<'_>,
    actor: &Actor,
    matrices: &Matrices,
    target: &Target,
    dry_run: bool,
    on_progress: OnProgress<'_>,
) -> Result<MatrixReport> {
    let country = target.require_writable(tx.conn, actor)?;
    one_import_at_a_time(tx.conn, &country)?;
    let mut plan = Plan::new(tx.conn, actor, matrices, target, &country, tx.now)?;
    plan.report.dry_run = dry_run;
    if plan.report.faults.is_empty() {
        plan.lock_records(tx, actor)?;
    }
    if plan.report.faults.is_empty() {
        plan.execute(tx, actor, matrices, on_progress)?;
    } else {
        plan.count();
    }
    Ok(plan.into_report())
}

/// Returns the report on a matrix whose faults show before its changes are executed; `None` if it has no such faults.
pub fn refused_matrices(
    conn: &mut Db,
    actor: &Actor,
    matrices: &Matrices,
    target: &Target,
    now: Instant,
) -> Result<Option<MatrixReport>> {
    let country = target.require_writable(conn, actor)?;
    let mut plan = Plan::new(conn, actor, matrices, target, &country, now)?;
    if plan.report.faults.is_empty() {
        return Ok(None);
    }
    plan.report.dry_run = true;
    plan.count();
    Ok(Some(plan.into_report()))
}

impl<'m> Plan<'m> {
    /// Decides the changes, and starts a report with the faults that are known before anything is executed.
    fn new(
        conn: &mut Db,
        actor: &Actor,
        matrices: &'m Matrices,
        target: &Target,
        country: &str,
        now: Instant,
    ) -> Result<Self> {
        let mut snapshot = Snapshot::load(conn, actor, country, target.commission, now)?;
        let sheets = &matrices.sheets;
        let mut matrix = ResolvedMatrix::resolve(&snapshot, &sheets.matrices, &matrices.choices);
        let numbers = store::numbers(conn, country)?;
        match_by_number(&snapshot, &numbers, &mut matrix, &matrices.choices);
        snapshot.load_updates(conn, matrix.rows.iter().filter_map(|row| row.known))?;
        let changes = decide(&snapshot, &mut matrix);
        let mut faults = matrices.faults.clone();
        faults.extend(sheets.faults.iter().cloned());
        faults.append(&mut matrix.faults);
        let mut questions = sheets.questions.clone();
        std::mem::take(&mut matrix.questions.list).into_iter().for_each(|question| questions.add(question));
        let mut understood: Vec<UnderstoodSheet> =
            sheets.matrices.iter().map(|sheet| sheet.understood.clone()).collect();
        for (sheet, left) in std::mem::take(&mut matrix.left_out) {
            let own = understood.iter_mut().find(|one| *one.name == *sheet);
            own.into_iter().for_each(|own| own.left_out.push((&left).into()));
        }
        let report = MatrixReport {
            faults,
            asked: questions.list,
            answered_questions: std::mem::take(&mut matrix.answered.list),
            remarks: matrices.notes.clone(),
            sheets: understood,
            left_out: sheets.left_out.iter().map(Into::into).collect(),
            skipped_sheets: sheets.skipped_sheets.clone(),
            skipped_columns: sheets.skipped_columns.clone(),
            ..MatrixReport::default()
        };
        Ok(Self { snapshot, matrix, changes, report })
    }

    /// Locks the sessions that get agreements or commitments, then the commitments that change. A commitment that somebody
    /// has changed since it was read is a fault, because the import would overwrite that change.
    fn lock_records(&mut self, tx: &mut Tx<'_>, actor: &Actor) -> Result<()> {
        let changed = self.changes.iter().filter(|change| change.outcome() != Outcome::Unchanged);
        let of_agreements = self.matrix.agreements.iter().map(|agreement| agreement.meeting);
        let named = of_agreements.chain(changed.map(|change| change.meeting)).flatten();
        let meetings: Vec<MeetingId> = named.filter_map(Ref::existing).collect();
        lock_rows(tx.conn, "meetings", &meetings)?;
        let updated = || self.changes.iter().filter(|change| change.outcome() == Outcome::Updated);
        let ids: Vec<CommitmentId> = updated().filter_map(|change| change.known).collect();
        lock_rows(tx.conn, "commitments", &ids)?;
        let present = commitments_by_id(tx.conn, &Visibility::of(actor), &ids, tx.now)?;
        let same = present.iter().filter(|one| self.snapshot.commitments.get(&one.id) == Some(one));
        let same: HashSet<CommitmentId> = same.map(|one| one.id).collect();
        for change in updated().filter(|change| !change.known.is_some_and(|id| same.contains(&id))) {
            let row = change.rows.first().and_then(|n| self.matrix.rows.get_mut(*n));
            let fault = row.map(|row| row.reject(Column::Commitment, "changed_meanwhile", Vec::new()));
            self.report.faults.extend(fault);
        }
        Ok(())
    }

    /// Executes the changes. They are kept unless a rule forbids one of them or it is a dry run.
    fn execute(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        matrices: &Matrices,
        on_progress: OnProgress<'_>,
    ) -> Result<()> {
        let Self { snapshot, matrix, changes, report } = self;
        let keep = |kept: &bool| *kept;
        let kept = tx.keep_if(keep, |tx| {
            let (codes, mut effects) = tx.silently(|tx| {
                tx.collecting(|tx| {
                    let mut executor = Executor::new(tx, actor, snapshot, report);
                    executor.execute(matrix, changes, on_progress)?;
                    Ok((executor.codes, executor.effects))
                })
            })?;
            report.rows = row_reports(snapshot, matrix, &codes);
            let kept = report.faults.is_empty() && !report.dry_run;
            if kept && !effects.is_empty() {
                count_events(tx.conn, &mut effects)?;
                let import = MatrixImport {
                    id: new_id(tx.now),
                    country_code: snapshot.country.clone(),
                    commission_id: snapshot.commission,
                    file_name: matrices.file_name.clone(),
                    sha256: matrices.sha256.clone(),
                    totals: RowCounts::of(&report.rows),
                    imported_by: tx.who,
                    created_at: tx.now,
                    undone_by: None,
                    undone_at: None,
                };
                store::insert(tx.conn, &import, &effects)?;
                audit::created(tx, "import", import.id, Some(&snapshot.country), &import)?;
                notifications::reports_await_review(tx, &import, changes)?;
                report.import_id = Some(import.id);
                if let Some(commission) = snapshot.commission {
                    store::remember_mapping(tx.conn, commission, &matrices.choices.mapping)?;
                }
            }
            Ok(kept)
        })?;
        if !kept {
            // Commitments that were not kept have no code.
            report.rows.iter_mut().filter(|row| row.outcome == RowOutcome::Created).for_each(|row| row.code = None);
        }
        Ok(())
    }

    /// Counts the rows and records as they would be without the faults.
    fn count(&mut self) {
        self.report.rows = row_reports(&self.snapshot, &self.matrix, &HashMap::new());
        let counts = &mut self.report.counts;
        let mut add = |kind, outcome, times: usize| (0..times).for_each(|_| counts.count(kind, outcome));
        add(Kind::Meeting, Outcome::Created, self.matrix.meetings.len());
        add(Kind::Agreement, Outcome::Created, self.matrix.agreements.len());
        for change in &self.changes {
            let rejected = change.rows.iter().filter_map(|n| self.matrix.rows.get(*n)).any(ResolvedRow::is_rejected);
            add(Kind::Commitment, if rejected { Outcome::Rejected } else { change.outcome() }, 1);
            let reports = change.steps.iter().filter(|step| matches!(step.action, Action::Report(_))).count();
            add(Kind::Assignment, Outcome::Created, change.added.len());
            add(Kind::Update, Outcome::Created, reports);
        }
    }

    /// Returns the report with its faults in the order of the file, at most `MOST_FAULTS`.
    fn into_report(self) -> MatrixReport {
        let Self { matrix, mut report, .. } = self;
        report.totals = RowCounts::of(&report.rows);
        report.remarks.extend(doubts(&matrix, &report.rows));
        let key = |fault: &Fault| {
            let number = |name: &str| fault.arg(name).and_then(|text| text.parse::<u32>().ok()).unwrap_or_default();
            let column = fault.arg("column").unwrap_or_default();
            let sheet = fault.arg("sheet").unwrap_or_default();
            let sheet = report.rows.iter().map(|row| &row.sheet).position(|name| name == sheet);
            (sheet, number("row"), column.len(), column.to_owned())
        };
        report.faults.sort_by_cached_key(key);
        report.faults.dedup();
        report.faults = join_kinds(std::mem::take(&mut report.faults));
        if matrix.is_cut || report.faults.len() > MOST_FAULTS {
            report.faults.truncate(MOST_FAULTS);
            report.faults.push(Fault::new("", "more_faults", Vec::new()));
        }
        report
    }
}

/// Returns every row with the code of its commitment.
fn row_reports(snapshot: &Snapshot, matrix: &ResolvedMatrix<'_>, codes: &HashMap<usize, String>) -> Vec<RowReport> {
    let row = |(n, row): (usize, &ResolvedRow<'_>)| {
        let known = row.known.and_then(|id| snapshot.commitments.get(&id)).map(|one| one.code.as_str());
        row_report(snapshot, row, known.or_else(|| codes.get(&n).map(String::as_str)))
    };
    matrix.rows.iter().enumerate().map(row).collect()
}
