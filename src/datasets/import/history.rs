//! Reads the history of a commitment in a file as steps, in the order in which they happened.

use std::collections::HashMap;

use deserr::Deserr;
use serde::Serialize;

use super::Import;
use super::assignments::{FilePart, FirstTerm, Submission};
use super::reader::{FileRecord, objects};
use crate::clock::Instant;
use crate::commitments::{DecisionInput, DueRule, ExtensionInput, ReviewInput, UpdateInput};
use crate::datasets::model::{HistoryAction, Kind};
use crate::datasets::references::{HISTORY, Resolver};
use crate::dates::PartialDate;
use crate::db::{InstitutionId, Tx};
use crate::error::{Faults, Result};
use crate::http::Input;

/// An entry of the history of a commitment.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
struct HistoryEntry {
    act: HistoryAction,
    #[deserr(default)]
    at: Option<Instant>,
    #[deserr(default)]
    institution_id: Option<InstitutionId>,
    /// The key of the report.
    #[deserr(default)]
    update: Option<String>,
    /// The key of the request for more time.
    #[deserr(default)]
    extension: Option<String>,
    #[deserr(default)]
    due: Option<PartialDate>,
    #[deserr(default)]
    due_rule: Option<DueRule>,
    #[deserr(default)]
    reason: Option<String>,
}

impl Input for HistoryEntry {
    fn check(&self, faults: &mut Faults) {
        if self.institution_id.is_none() && self.act != HistoryAction::TermCorrected {
            faults.add("/institution_id", "required");
        }
        if matches!(self.act, HistoryAction::Reported | HistoryAction::Reviewed) && self.update.is_none() {
            faults.add("/update", "required");
        }
        let of_request =
            [HistoryAction::ExtensionRequested, HistoryAction::ExtensionDecided, HistoryAction::ExtensionWithdrawn]
                .contains(&self.act);
        if of_request && self.extension.is_none() {
            faults.add("/extension", "required");
        }
        faults.opt_text("/reason", self.reason.as_ref(), 2000);
    }
}

/// A step of the history, with its place in the file and its moment.
pub(super) struct Step {
    pub place: String,
    pub at: Option<Instant>,
    /// `None` for the whole commitment.
    pub institution: Option<InstitutionId>,
    pub action: Action,
}

/// The action of a step; reports and requests with their keys.
pub(super) enum Action {
    Assigned,
    Reported {
        key: String,
        input: UpdateInput,
        /// The file has its review too.
        reviewed: bool,
    },
    Reviewed(String, ReviewInput),
    Requested(String, ExtensionInput),
    Decided(String, DecisionInput),
    Withdrawn(String),
    Corrected(FirstTerm, Option<String>),
    Cancelled(Option<String>),
    Reopened(Option<String>),
}

impl Step {
    fn new(part: &FilePart, place: &str, at: Option<Instant>, action: Action) -> Self {
        Self { place: place.to_owned(), at, institution: Some(part.input.institution_id), action }
    }

    /// Checks whether the step adds this institution.
    pub(super) fn assigns(&self, institution: InstitutionId) -> bool {
        matches!(self.action, Action::Assigned) && self.institution == Some(institution)
    }

    fn report(part: &FilePart, one: &Submission<UpdateInput, ReviewInput>) -> Self {
        let (key, input, reviewed) = (one.key.clone(), one.input.clone(), one.outcome.is_some());
        Self::new(part, &one.at, one.moment, Action::Reported { key, input, reviewed })
    }

    fn review(part: &FilePart, one: &Submission<UpdateInput, ReviewInput>) -> Option<Self> {
        let (review, at) = one.outcome.clone()?;
        Some(Self::new(part, &one.at, at, Action::Reviewed(one.key.clone(), review)))
    }

    fn request(part: &FilePart, one: &Submission<ExtensionInput, DecisionInput>) -> Self {
        Self::new(part, &one.at, one.moment, Action::Requested(one.key.clone(), one.input.clone()))
    }

    fn decision(part: &FilePart, one: &Submission<ExtensionInput, DecisionInput>) -> Option<Self> {
        let (decision, at) = one.outcome.clone()?;
        Some(Self::new(part, &one.at, at, Action::Decided(one.key.clone(), decision)))
    }

    fn withdrawal(part: &FilePart, one: &Submission<ExtensionInput, DecisionInput>) -> Option<Self> {
        one.withdrawn.map(|at| Self::new(part, &one.at, Some(at), Action::Withdrawn(one.key.clone())))
    }

    /// Returns the steps of a part if no history states their order: requests first, because a completed part is not
    /// extended; each report followed by its review.
    fn of_part(part: &FilePart) -> Vec<Self> {
        let requests = part
            .extensions
            .iter()
            .flat_map(|one| [Some(Self::request(part, one)), Self::decision(part, one), Self::withdrawal(part, one)]);
        let reports = part.updates.iter().flat_map(|one| [Some(Self::report(part, one)), Self::review(part, one)]);
        requests.chain(reports).flatten().collect()
    }

    /// Checks whether both steps are the same action on the same report or request.
    fn is_same(&self, other: &Self) -> bool {
        match (&self.action, &other.action) {
            (Action::Reported { key: one, .. }, Action::Reported { key: two, .. })
            | (Action::Reviewed(one, _), Action::Reviewed(two, _))
            | (Action::Requested(one, _), Action::Requested(two, _))
            | (Action::Decided(one, _), Action::Decided(two, _))
            | (Action::Withdrawn(one), Action::Withdrawn(two)) => one == two,
            _ => false,
        }
    }
}

impl HistoryEntry {
    /// Returns the step, or the pointer to an unknown reference.
    fn step(self, place: String, parts: &[FilePart]) -> std::result::Result<Step, &'static str> {
        let Self { act, at, institution_id: institution, update, extension, due, due_rule, reason } = self;
        let part = parts.iter().find(|part| Some(part.input.institution_id) == institution);
        if part.is_none() && institution.is_some() {
            return Err("/institution");
        }
        let report = || Some((part?, part?.updates.iter().find(|one| Some(&one.key) == update.as_ref())?));
        let request = || Some((part?, part?.extensions.iter().find(|one| Some(&one.key) == extension.as_ref())?));
        let action = match act {
            HistoryAction::Reported => return report().map(|(part, one)| Step::report(part, one)).ok_or("/update"),
            HistoryAction::Reviewed => {
                return report().and_then(|(part, one)| Step::review(part, one)).ok_or("/update");
            }
            HistoryAction::ExtensionRequested => {
                return request().map(|(part, one)| Step::request(part, one)).ok_or("/extension");
            }
            HistoryAction::ExtensionDecided => {
                return request().and_then(|(part, one)| Step::decision(part, one)).ok_or("/extension");
            }
            HistoryAction::ExtensionWithdrawn => {
                return request().and_then(|(part, one)| Step::withdrawal(part, one)).ok_or("/extension");
            }
            HistoryAction::Assigned => Action::Assigned,
            HistoryAction::TermCorrected => Action::Corrected(FirstTerm { due, due_rule }, reason),
            HistoryAction::Cancelled => Action::Cancelled(reason),
            HistoryAction::Reopened => Action::Reopened(reason),
        };
        Ok(Step { place, at, institution, action })
    }
}

impl Import {
    /// Returns the steps of a commitment: those of its history, then reports and requests that the history leaves out.
    pub(super) fn read_steps(&mut self, tx: &Tx<'_>, record: &mut FileRecord, parts: &[FilePart]) -> Result<Vec<Step>> {
        let list = record.fields.remove("history");
        let mut steps: Vec<Step> = Vec::new();
        for (at, mut fields) in objects(list.as_ref(), &format!("{}/history", record.at), &mut self.faults) {
            let resolver = Resolver { keys: &self.keys, kind: Kind::Commitment, now: tx.now };
            record.broken |= resolver.resolve(&HISTORY, &at, &mut fields, &mut self.faults).blocked;
            let Some(entry) = self.read::<HistoryEntry>(&HISTORY, &at, fields)? else { continue };
            if entry.at.is_some_and(|moment| moment > tx.now) {
                self.faults.add(format!("{at}/at"), "in_the_future");
            }
            match entry.step(at.clone(), parts) {
                Ok(step) if steps.iter().any(|other| other.is_same(&step)) => self.faults.add(at, "duplicate"),
                Ok(step) => steps.push(step),
                Err(name) => self.faults.add(format!("{at}{name}"), "unknown_reference"),
            }
        }
        for step in parts.iter().flat_map(Step::of_part) {
            if !steps.iter().any(|other| other.is_same(&step)) {
                steps.push(step);
            }
        }
        Ok(end_before_next_request(steps))
    }
}

/// Moves the decision or the withdrawal of a request before the next request of the same part, because one request waits
/// at a time. Files from before this rule may have them in another order.
fn end_before_next_request(steps: Vec<Step>) -> Vec<Step> {
    let ends = steps.iter().enumerate();
    let ends: HashMap<String, usize> =
        ends.filter_map(|(n, step)| Some((step.action.ended_request()?.clone(), n))).collect();
    let mut latest: HashMap<Option<InstitutionId>, String> = HashMap::new();
    let mut rest: Vec<Option<Step>> = steps.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(rest.len());
    for n in 0..rest.len() {
        let Some(step) = rest.get_mut(n).and_then(Option::take) else { continue };
        if let Action::Requested(key, _) = &step.action {
            let earlier = latest.insert(step.institution, key.clone());
            let end = earlier.and_then(|earlier| ends.get(&earlier).copied());
            ordered.extend(end.and_then(|end| rest.get_mut(end)?.take()));
        }
        ordered.push(step);
    }
    ordered
}

impl Action {
    /// Returns the key of the request that the action ends.
    fn ended_request(&self) -> Option<&String> {
        match self {
            Self::Decided(key, _) | Self::Withdrawn(key) => Some(key),
            _ => None,
        }
    }
}
