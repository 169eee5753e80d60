//! Decides which reports and cancellations the rows of a commitment add: compares the progress that a row states with
//! the progress that was reported.

use super::columns::Column;
use super::parsed::ParsedTerm;
use super::resolve::{Refusal, ResolvedRow};
use super::snapshot::Snapshot;
use super::states::{StateValue, stated_status, status_label};
use super::words::fold;
use crate::commitments::{Assignment, Commitment, ReportedStatus, Status, Update, UpdateInput};
use crate::db::InstitutionId;
use crate::error::Fault;
use crate::evidence::Evidence;
use crate::i18n::text;

/// The maximum length of the reason of a cancellation.
const LONGEST_REASON: usize = 2_000;
/// The fault of a row that states progress of nobody. Its arguments are those of the sheet.
pub(super) const RESPONSIBLE_NEEDED: &str = "responsible_needed";

/// A report or cancellation for the part of an institution, from the row of this index.
pub(super) struct Step {
    pub institution: InstitutionId,
    pub row: usize,
    pub action: Action,
}

pub(super) enum Action {
    Report(UpdateInput),
    Cancel(String),
}

/// Adds the steps for the parts that a row names; returns its faults. `only`: no other row names its commitment.
pub(super) fn decide_steps(
    snapshot: &Snapshot,
    known: Option<&Commitment>,
    n: usize,
    row: &mut ResolvedRow<'_>,
    only: bool,
    steps: &mut Vec<Step>,
) -> Vec<Fault> {
    let mut faults = reject_inconsistent(snapshot, known, row);
    if row.rejected {
        return faults;
    }
    let parts = parts(known, row);
    // The state of the whole commitment is not news about each of its parts.
    let state = row.parsed.state.and_then(StateValue::status);
    let is_total = only && parts.len() > 1 && known.is_some_and(|known| state == Some(known.derived_status()));
    let news = Unreported::of(snapshot, known, &parts, row);
    for Part { institution, present } in parts {
        match action(snapshot, known, row, present, is_total, &news) {
            Ok(Some(action)) => {
                note(row, known, present, &news);
                steps.push(Step { institution, row: n, action });
            }
            Ok(None) => {}
            Err(refusal) => faults.push(row.refuse(refusal)),
        }
    }
    faults
}

/// Rejects a row whose cells do not go together.
fn reject_inconsistent(snapshot: &Snapshot, known: Option<&Commitment>, row: &mut ResolvedRow<'_>) -> Vec<Fault> {
    let parsed = &row.parsed;
    let nobody = known.is_none_or(|known| known.assignments.is_empty()) && parsed.responsible.is_empty();
    let is_progress = |state: StateValue| match state {
        StateValue::Reported(ReportedStatus::Planned) => false,
        // The own matrix states it of a commitment on record without institutions.
        StateValue::Overdue => known.is_none(),
        _ => true,
    };
    let started = parsed.state.is_some_and(is_progress)
        || parsed.percent.is_some_and(|percent| percent > 0)
        || !parsed.evidence.is_empty()
        || parsed.remarks.is_some();
    let on_record = || parts(known, row).iter().filter_map(|part| part.present?.due_to).min();
    let due = parsed.term.as_ref().and_then(ParsedTerm::last_day).or_else(on_record);
    let due = due.or_else(|| known.and_then(|known| known.due_to));
    let today = snapshot.today_of(known, &parsed.commissions);
    let checks = [
        (nobody && started, Column::Responsible, RESPONSIBLE_NEEDED),
        (parsed.state == Some(StateValue::Overdue) && due.is_none_or(|due| due >= today), Column::State, "not_overdue"),
        (
            parsed.done_on.is_some() && parsed.state != Some(StateValue::Reported(ReportedStatus::Completed)),
            Column::DoneOn,
            "done_without_state",
        ),
    ];
    let broken = checks.into_iter().filter(|(is_broken, ..)| *is_broken);
    broken.map(|(_, column, code)| row.reject(column, code, Vec::new())).collect()
}

/// An institution, and its part on record.
struct Part<'c> {
    institution: InstitutionId,
    present: Option<&'c Assignment>,
}

/// Returns the parts that a row names; if it names none, all that are not cancelled.
fn parts<'c>(known: Option<&'c Commitment>, row: &ResolvedRow<'_>) -> Vec<Part<'c>> {
    let own: &'c [Assignment] = known.map_or(&[], |known| known.assignments.as_slice());
    if row.parsed.responsible.is_empty() {
        let live = own.iter().filter(|part| part.progress.status != Status::Cancelled);
        return live.map(|part| Part { institution: part.fields.institution_id, present: Some(part) }).collect();
    }
    let part_of = |id: InstitutionId| own.iter().find(|part| part.fields.institution_id == id);
    let named = row.parsed.responsible.iter().map(|one| one.institution);
    named.map(|institution| Part { institution, present: part_of(institution) }).collect()
}

/// The evidence and remarks of a row that were not reported before.
struct Unreported {
    evidence: Vec<Evidence>,
    remarks: Option<String>,
}

impl Unreported {
    fn of(snapshot: &Snapshot, known: Option<&Commitment>, parts: &[Part<'_>], row: &ResolvedRow<'_>) -> Self {
        let own = parts.iter().filter_map(|part| snapshot.updates.get(&part.present?.id));
        let reports: Vec<&Update> = own.flatten().collect();
        let shown = |one: &Evidence| fold(&one.title);
        let is_reported = |one: &Evidence| {
            reports.iter().flat_map(|update| &update.fields.evidence).any(|other| {
                // A title with a semicolon was split into several.
                let part =
                    other.title.contains(';') && format!(" {} ", shown(other)).contains(&format!(" {} ", shown(one)));
                shown(other) == shown(one)
                    || part
                    || (other.url.is_some()
                        && (other.url == one.url
                            || one.url.is_none() && one.title.contains(other.url.as_deref().unwrap_or_default())))
            })
        };
        let is_repeated = |remarks: &String| {
            let folded = fold(remarks);
            known.is_some() && reports.iter().any(|update| fold(&update.fields.narrative) == folded)
        };
        Self {
            evidence: row.parsed.evidence.iter().filter(|one| !is_reported(one)).cloned().collect(),
            remarks: row.parsed.remarks.clone().filter(|remarks| !is_repeated(remarks)),
        }
    }

    fn is_some(&self) -> bool {
        !self.evidence.is_empty() || self.remarks.is_some()
    }
}

fn refuse<T>(column: Column, code: &'static str) -> Result<T, Refusal> {
    Err(Refusal { column, code, args: Vec::new() })
}

fn action(
    snapshot: &Snapshot,
    known: Option<&Commitment>,
    row: &ResolvedRow<'_>,
    part: Option<&Assignment>,
    is_total: bool,
    news: &Unreported,
) -> Result<Option<Action>, Refusal> {
    let parsed = &row.parsed;
    let wanted = parsed.state.and_then(|state| stated_status(state, known.is_none())).filter(|_| !is_total);
    let present = part.map_or(Status::Planned, |part| part.progress.status);
    let other_state = wanted.is_some_and(|wanted| wanted != present);
    let other_percent =
        parsed.percent.is_some_and(|percent| part.map_or(Some(0), |part| part.progress.percent) != Some(percent));
    let completed_on = part.and_then(|part| part.progress.completed_on);
    let other_day = parsed.done_on.is_some() && completed_on.is_some() && completed_on != parsed.done_on;
    if !other_state && !other_percent && !other_day && (!news.is_some() || wanted == Some(Status::Cancelled)) {
        return Ok(None);
    }
    let stated_by_matrix = || text(snapshot.lang, "import-stated-by-matrix", &[]);
    if wanted == Some(Status::Cancelled) {
        if !other_state {
            return Ok(None);
        }
        let reason = parsed.remarks.clone().unwrap_or_else(stated_by_matrix);
        if reason.chars().count() > LONGEST_REASON {
            let args = vec![("max", LONGEST_REASON.to_string())];
            return Err(Refusal { column: Column::Remarks, code: "too_long", args });
        }
        return Ok(Some(Action::Cancel(reason)));
    }
    let column = match () {
        () if other_state => Column::State,
        () if other_percent => Column::Percent,
        () if other_day => Column::DoneOn,
        () if news.evidence.is_empty() => Column::Remarks,
        () => Column::Evidence,
    };
    if present == Status::Cancelled {
        return refuse(column, "assignment_cancelled");
    }
    if part.is_some_and(|part| part.progress.is_accepted()) {
        return refuse(column, "already_accepted");
    }
    let status = reported(wanted.unwrap_or(present));
    let completes = status == ReportedStatus::Completed;
    if completes && parsed.evidence.is_empty() {
        return refuse(Column::Evidence, "evidence_required");
    }
    // Without a day of completion, the report is of the day of the import.
    let today = snapshot.today_of(known, &parsed.commissions);
    Ok(Some(Action::Report(UpdateInput {
        reported_on: parsed.done_on.filter(|_| completes).unwrap_or(today),
        status,
        narrative: parsed.remarks.clone().unwrap_or_else(stated_by_matrix),
        percent: parsed.percent,
        quantity: None,
        evidence: if completes { parsed.evidence.clone() } else { news.evidence.clone() },
        on_behalf: true,
    })))
}

fn reported(status: Status) -> ReportedStatus {
    match status {
        Status::InProgress => ReportedStatus::InProgress,
        Status::Completed => ReportedStatus::Completed,
        Status::NotAchieved => ReportedStatus::NotAchieved,
        Status::Planned | Status::Cancelled => ReportedStatus::Planned,
    }
}

/// Notes the cells that differ from the progress of a commitment on record.
fn note(row: &mut ResolvedRow<'_>, known: Option<&Commitment>, part: Option<&Assignment>, news: &Unreported) {
    if known.is_none() {
        return;
    }
    let before = part.map(|part| part.progress.status);
    let after = row.parsed.state.and_then(StateValue::status);
    if after.is_some() && after != before {
        row.note(Column::State, before.map(status_label), after.map(status_label));
    }
    let before = part.and_then(|part| part.progress.percent);
    if row.parsed.percent.is_some() && row.parsed.percent != before {
        let shown = |percent: Option<i32>| percent.map(|percent| format!("{percent} %"));
        row.note(Column::Percent, shown(before), shown(row.parsed.percent));
    }
    if !news.evidence.is_empty() {
        let titles: Vec<&str> = news.evidence.iter().map(|one| one.title.as_str()).collect();
        row.note(Column::Evidence, None, Some(titles.join("; ")));
    }
    if let Some(remarks) = &news.remarks {
        row.note(Column::Remarks, None, Some(remarks.clone()));
    }
}
