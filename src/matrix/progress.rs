//! How far each institution has come, as a row tells it, set against what was reported.

use chrono::NaiveDate;

use super::due::StatedTerm;
use super::plan::Line;
use super::scene::Scene;
use super::words::fold;
use super::words::headings::Column;
use super::words::states::{State, label};
use crate::commitments::{Assignment, Commitment, ReportedStatus, Status, Update, UpdateInput};
use crate::db::InstitutionId;
use crate::error::{Args, Fault};
use crate::evidence::Evidence;

/// What a report says where the row has no remarks.
pub const SAID_BY_MATRIX: &str = "Según la matriz de seguimiento importada.";

/// As much as the reason of a cancellation may say.
const LONGEST_REASON: usize = 2_000;

/// What is to be written of an institution's part, for the row of this number in the plan.
pub struct Act {
    pub institution: InstitutionId,
    pub line: usize,
    pub deed: Deed,
}

pub enum Deed {
    Report(UpdateInput),
    Cancel(String),
}

/// What a row tells of the parts that it names; `whole`: no other row tells of its commitment.
pub fn acts(
    scene: &Scene,
    known: Option<&Commitment>,
    line: &mut Line<'_>,
    (n, whole): (usize, bool),
) -> (Vec<Act>, Vec<Fault>) {
    let mut faults = refused(scene, known, line);
    if line.rejected {
        return (Vec::new(), faults);
    }
    let parts = parts(known, line);
    // The state of the commitment as a whole tells nothing new of its parts.
    let state = line.stated.state.and_then(State::status);
    let told = whole && parts.len() > 1 && known.is_some_and(|known| state == Some(known.status));
    let news = News::of(scene, known, &parts, line);
    let today = scene.today_of(known, &line.stated.commissions);
    let mut acts = Vec::new();
    for (institution, part) in parts {
        match act(today, line, part, told, &news) {
            Ok(Some(deed)) => {
                note(line, known, part, &news);
                acts.push(Act { institution, line: n, deed });
            }
            Ok(None) => {}
            Err((column, code, args)) => faults.push(line.refuse(column, code, args)),
        }
    }
    (acts, faults)
}

/// What does not go together in the row itself.
fn refused(scene: &Scene, known: Option<&Commitment>, line: &mut Line<'_>) -> Vec<Fault> {
    let nobody = known.is_none_or(|known| known.assignments.is_empty()) && line.stated.responsible.is_empty();
    let mut faults = Vec::new();
    if nobody && line.claims_progress() {
        faults.push(line.refuse(Column::Responsible, "responsible_needed", Vec::new()));
    }
    let on_record = || parts(known, line).iter().filter_map(|(_, part)| part.as_ref()?.due_to).min();
    let due = line.stated.term.as_ref().and_then(StatedTerm::last_day).or_else(on_record);
    let due = due.or_else(|| known.and_then(|known| known.due_to));
    let today = scene.today_of(known, &line.stated.commissions);
    if line.stated.state == Some(State::Overdue) && due.is_none_or(|due| due >= today) {
        faults.push(line.refuse(Column::State, "not_overdue", Vec::new()));
    }
    if line.stated.done_on.is_some() && line.stated.state != Some(State::Reported(ReportedStatus::Completed)) {
        faults.push(line.refuse(Column::DoneOn, "done_without_state", Vec::new()));
    }
    faults
}

type Part<'c> = (InstitutionId, Option<&'c Assignment>);

/// The parts that a row tells of: those that it names, else all that are not cancelled.
fn parts<'c>(known: Option<&'c Commitment>, line: &Line<'_>) -> Vec<Part<'c>> {
    let own: &'c [Assignment] = known.map_or(&[], |known| known.assignments.as_slice());
    if line.stated.responsible.is_empty() {
        let live = own.iter().filter(|part| part.progress.status != Status::Cancelled);
        return live.map(|part| (part.fields.institution_id, Some(part))).collect();
    }
    let part_of = |id: InstitutionId| own.iter().find(|part| part.fields.institution_id == id);
    line.stated.responsible.iter().map(|(id, _)| (*id, part_of(*id))).collect()
}

/// What the row tells that nobody has reported yet.
struct News {
    evidence: Vec<Evidence>,
    remarks: Option<String>,
}

impl News {
    fn of(scene: &Scene, known: Option<&Commitment>, parts: &[Part<'_>], line: &Line<'_>) -> Self {
        let own = parts.iter().filter_map(|(_, part)| scene.updates.get(&(*part)?.id));
        let told: Vec<&Update> = own.flatten().collect();
        let shown = |one: &Evidence| fold(&one.title);
        let seen = |one: &Evidence| {
            told.iter().flat_map(|update| &update.fields.evidence).any(|other| {
                // A title with a semicolon was taken for several.
                let part =
                    other.title.contains(';') && format!(" {} ", shown(other)).contains(&format!(" {} ", shown(one)));
                shown(other) == shown(one)
                    || part
                    || (other.url.is_some()
                        && (other.url == one.url
                            || one.url.is_none() && one.title.contains(other.url.as_deref().unwrap_or_default())))
            })
        };
        let said = |remarks: &String| {
            let folded = fold(remarks);
            known.is_some() && told.iter().any(|update| fold(&update.fields.narrative) == folded)
        };
        Self {
            evidence: line.stated.evidence.iter().filter(|one| !seen(one)).cloned().collect(),
            remarks: line.stated.remarks.clone().filter(|remarks| !said(remarks)),
        }
    }

    fn is_some(&self) -> bool {
        !self.evidence.is_empty() || self.remarks.is_some()
    }

    fn column(&self) -> Column {
        if self.evidence.is_empty() { Column::Remarks } else { Column::Evidence }
    }
}

/// A fault that a row would have, at a column of it.
type Refused = (Column, &'static str, Args);

fn act(
    today: NaiveDate,
    line: &Line<'_>,
    part: Option<&Assignment>,
    told: bool,
    news: &News,
) -> Result<Option<Deed>, Refused> {
    let stated = &line.stated;
    let wanted = stated.state.and_then(State::status).filter(|_| !told);
    let present = part.map_or(Status::Planned, |part| part.progress.status);
    let other_state = wanted.is_some_and(|wanted| wanted != present);
    let other_percent =
        stated.percent.is_some_and(|percent| part.map_or(Some(0), |part| part.progress.percent) != Some(percent));
    let other_day = stated.done_on.is_some()
        && part
            .is_some_and(|part| part.progress.completed_on.is_some() && part.progress.completed_on != stated.done_on);
    if !other_state && !other_percent && !other_day && (!news.is_some() || wanted == Some(Status::Cancelled)) {
        return Ok(None);
    }
    if wanted == Some(Status::Cancelled) {
        return if other_state { cancelled(stated.remarks.as_deref()).map(Some) } else { Ok(None) };
    }
    let column = match () {
        () if other_state => Column::State,
        () if other_percent => Column::Percent,
        () if other_day => Column::DoneOn,
        () => news.column(),
    };
    if present == Status::Cancelled {
        return Err((column, "assignment_cancelled", Vec::new()));
    }
    if part.is_some_and(|part| part.progress.is_accepted()) {
        return Err((column, "already_accepted", Vec::new()));
    }
    let status = reported(wanted.unwrap_or(present));
    let completes = status == ReportedStatus::Completed;
    if completes && stated.evidence.is_empty() {
        return Err((Column::Evidence, "evidence_required", Vec::new()));
    }
    Ok(Some(Deed::Report(UpdateInput {
        reported_on: reported_on(today, stated.done_on.filter(|_| completes)),
        status,
        narrative: stated.remarks.clone().unwrap_or_else(|| SAID_BY_MATRIX.to_owned()),
        percent: stated.percent,
        quantity: None,
        evidence: if completes { stated.evidence.clone() } else { news.evidence.clone() },
        on_behalf: true,
    })))
}

/// A cancellation, with its reason.
fn cancelled(remarks: Option<&str>) -> Result<Deed, Refused> {
    let reason = remarks.unwrap_or(SAID_BY_MATRIX);
    if reason.chars().count() > LONGEST_REASON {
        return Err((Column::Remarks, "too_long", vec![("max", LONGEST_REASON.to_string())]));
    }
    Ok(Deed::Cancel(reason.to_owned()))
}

fn reported(status: Status) -> ReportedStatus {
    match status {
        Status::InProgress => ReportedStatus::InProgress,
        Status::Completed => ReportedStatus::Completed,
        Status::NotAchieved => ReportedStatus::NotAchieved,
        Status::Planned | Status::Cancelled => ReportedStatus::Planned,
    }
}

/// A matrix without the day of completion speaks of the day on which it is brought in.
fn reported_on(today: NaiveDate, done_on: Option<NaiveDate>) -> NaiveDate {
    done_on.unwrap_or(today)
}

/// Notes the cells that tell something new of a commitment on record.
fn note(line: &mut Line<'_>, known: Option<&Commitment>, part: Option<&Assignment>, news: &News) {
    if known.is_none() {
        return;
    }
    let before = part.map(|part| part.progress.status);
    let after = line.stated.state.and_then(State::status);
    if after.is_some() && after != before {
        line.note(
            Column::State,
            before.map(|status| label(status).to_owned()),
            after.map(|status| label(status).to_owned()),
        );
    }
    let before = part.and_then(|part| part.progress.percent);
    if line.stated.percent.is_some() && line.stated.percent != before {
        let shown = |percent: Option<i32>| percent.map(|percent| format!("{percent} %"));
        line.note(Column::Percent, shown(before), shown(line.stated.percent));
    }
    if !news.evidence.is_empty() {
        let titles: Vec<&str> = news.evidence.iter().map(|one| one.title.as_str()).collect();
        line.note(Column::Evidence, None, Some(titles.join("; ")));
    }
    if let Some(remarks) = &news.remarks {
        line.note(Column::Remarks, None, Some(remarks.clone()));
    }
}
