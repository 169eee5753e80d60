//! Importing the matrix of a duty.

use std::sync::Arc;

use super::reports::{NewReport, receive};
use super::{InstitutionPeriod, asked};
use crate::access::{self, Visibility};
use crate::clock::Instant;
use crate::db::dispatch::lock_row;
use crate::db::{Db, DutyId, Tx};
use crate::directory::all_institutions;
use crate::duties::model::{AskedInstitutions, Duty, DutyImport, ImportedOutcome, ImportedReport};
use crate::duties::spreadsheet::{Change, Held, Names, Plan, SentSheets, plan, statements};
use crate::duties::{notifications, policy, store};
use crate::error::{Fault, Permitted, Result};
use crate::http::MOST_FAULTS;
use crate::identity::{Actor, Importer, Person};

/// Loads a duty whose matrix the actor may import: 403 for those who may report for none of its institutions.
pub(crate) fn find_to_import(conn: &mut Db, actor: &Actor, id: DutyId) -> Result<(Duty, AskedInstitutions)> {
    let duty = store::find(conn, &Visibility::of(actor), id)?;
    let asked = asked(conn, &duty)?;
    access::require(may_report_for_any(actor, &duty, &asked), Permitted::InstitutionOrWriters)?;
    Ok((duty, asked))
}

/// Returns true if the actor may import the matrix of a duty.
pub(crate) fn may_import(conn: &mut Db, actor: &Actor, duty: &Duty) -> Result<bool> {
    Ok(may_report_for_any(actor, duty, &asked(conn, duty)?))
}

fn may_report_for_any(actor: &Actor, duty: &Duty, asked: &AskedInstitutions) -> bool {
    policy::may_write(actor, duty) || asked.institutions().any(|one| policy::represents(actor, duty, one))
}

/// The changes that an import would make.
struct Trial {
    duty: Duty,
    held: Held,
    plan: Plan,
}

/// Decides what a file changes. The number of statements is constant.
fn decide(conn: &mut Db, actor: &Actor, (id, sheets): (DutyId, &SentSheets), now: Instant) -> Result<Trial> {
    let (duty, asked) = find_to_import(conn, actor, id)?;
    let stated = statements(sheets, &duty, &names(conn, &duty, &asked)?, duty.today(now));
    let held = match stated.span() {
        Some(span) => store::held_reports(conn, &duty, span)?,
        None => Held::default(),
    };
    let reporter = |institution| match policy::represents(actor, &duty, institution) {
        true => Some(false),
        false => policy::may_write(actor, &duty).then_some(true),
    };
    let plan = plan(&duty, stated, (&asked, &held), reporter);
    Ok(Trial { duty, held, plan })
}

/// Returns the names of institutions. One that the duty asks has the name that another one has too.
fn names(conn: &mut Db, duty: &Duty, asked: &AskedInstitutions) -> Result<Names> {
    let mut names = Names::default();
    let own: std::collections::HashSet<_> = asked.institutions().collect();
    for one in all_institutions(conn)? {
        let fields = &one.fields;
        let others = fields.official_name.iter().chain(&fields.aliases).cloned();
        let is_foreign = fields.country_code.as_ref().is_some_and(|code| *code != duty.country_code);
        let rank = if own.contains(&one.id) { 0 } else { 1 + u8::from(is_foreign) };
        names.add(one.id, rank, &fields.name, fields.acronym.as_deref(), others);
    }
    Ok(names)
}

/// Shows what the import of a matrix would do.
pub(crate) fn try_matrix(
    conn: &mut Db,
    actor: &Actor,
    (id, sheets): (DutyId, &SentSheets),
    now: Instant,
) -> Result<(Duty, DutyImport)> {
    let trial = decide(conn, actor, (id, sheets), now)?;
    let import = trial.import(true);
    Ok((trial.duty, import))
}

/// Imports a matrix: all of it, or nothing when there is a fault. The reports are those of the actor, on behalf of the
/// institutions that the actor does not represent.
pub(crate) fn import_matrix(tx: &mut Tx<'_>, actor: &Actor, id: DutyId, sheets: &SentSheets) -> Result<DutyImport> {
    lock_row(tx.conn, "duties", id)?;
    let trial = decide(tx.conn, actor, (id, sheets), tx.now)?;
    let import = trial.import(false);
    if !import.faults.is_empty() {
        return Ok(import);
    }
    let Trial { duty, held, plan } = trial;
    let sent = plan.changes.len();
    tx.silently(|tx| plan.changes.into_iter().try_for_each(|change| save(tx, actor, (&duty, &held), change)))?;
    if sent > 0 {
        notifications::imported(tx, &duty, sent)?;
    }
    Ok(import)
}

fn save(tx: &mut Tx<'_>, actor: &Actor, (duty, held): (&Duty, &Held), change: Change) -> Result<()> {
    let Change { institution, period, input, .. } = change;
    let earlier = held.get(&(institution, period.from()));
    let target = InstitutionPeriod { duty: duty.clone(), institution, period };
    let imported_by = Some(Importer::from(Person::of(actor)));
    let report = NewReport { input, author: Person::of(actor), imported_by };
    receive(tx, &target, earlier.map(|report| (report.revision, report.late)), report)
}

impl Trial {
    fn import(&self, dry_run: bool) -> DutyImport {
        let reports: Vec<ImportedReport> = self.plan.changes.iter().map(|change| self.imported(change)).collect();
        let count = |outcome| {
            let counted = reports.iter().filter(|report| report.outcome == outcome).count();
            u32::try_from(counted).unwrap_or(u32::MAX)
        };
        let mut faults = self.plan.faults.clone();
        if faults.len() >= MOST_FAULTS {
            faults.truncate(MOST_FAULTS - 1);
            faults.push(Fault::new("", "more_faults", Vec::new()));
        }
        DutyImport {
            duty_id: self.duty.id,
            dry_run,
            created: count(ImportedOutcome::Created),
            corrected: count(ImportedOutcome::Corrected),
            unchanged: self.plan.unchanged,
            reports,
            errors: Vec::new(),
            faults,
        }
    }

    fn imported(&self, change: &Change) -> ImportedReport {
        let is_held = self.held.contains_key(&(change.institution, change.period.from()));
        ImportedReport {
            sheet: Arc::as_ref(&change.at.sheet).to_owned(),
            cell: change.at.cell(),
            institution_id: change.institution,
            period: change.period.clone(),
            outcome: if is_held { ImportedOutcome::Corrected } else { ImportedOutcome::Created },
            state: change.input.state(&self.duty),
            values: change.input.values.clone().completed(&self.duty.fields.fields),
            narrative: change.input.narrative.clone(),
            nothing_to_report: change.input.nothing_to_report,
        }
    }
}
