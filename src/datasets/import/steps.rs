//! The acts that a file tells of a commitment.

use deserr::Deserr;
use serde::Serialize;

use super::commitments::SAID_BY_FILE;
use super::parts::{Filed, Part};
use crate::clock::Instant;
use crate::commitments::{DecisionInput, DueRule, ExtensionInput, ReviewInput, UpdateInput};
use crate::datasets::model::Act;
use crate::dates::PartialDate;
use crate::db::InstitutionId;
use crate::error::Faults;
use crate::http::Input;

/// The term that something was entered with.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct FirstTerm {
    #[deserr(default)]
    pub due: Option<PartialDate>,
    #[deserr(default)]
    pub due_rule: Option<DueRule>,
}

impl Input for FirstTerm {}

/// One entry of a commitment's history.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct Line {
    act: Act,
    #[deserr(default)]
    pub at: Option<Instant>,
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

impl Input for Line {
    fn check(&self, faults: &mut Faults) {
        let (update, extension) = match self.act {
            Act::Reported | Act::Reviewed => (true, false),
            Act::ExtensionRequested | Act::ExtensionDecided => (false, true),
            _ => (false, false),
        };
        if self.institution_id.is_none() && self.act != Act::TermCorrected {
            faults.add("/institution_id", "required");
        }
        if update && self.update.is_none() {
            faults.add("/update", "required");
        }
        if extension && self.extension.is_none() {
            faults.add("/extension", "required");
        }
        faults.opt_text("/reason", self.reason.as_ref(), 2000);
    }
}

/// One act, and where and when.
pub struct Step {
    pub place: String,
    pub at: Option<Instant>,
    /// None: the commitment as a whole.
    pub institution: Option<InstitutionId>,
    pub deed: Deed,
}

/// What was done.
pub enum Deed {
    Assigned,
    /// A report, by key, and whether its review is in the file too.
    Reported(String, UpdateInput, bool),
    Reviewed(String, ReviewInput),
    Requested(String, ExtensionInput),
    Decided(String, DecisionInput),
    Corrected(FirstTerm, Option<String>),
    Cancelled(String),
    Reopened(String),
}

impl Step {
    /// Whether it adds this institution.
    pub fn assigns(&self, institution: InstitutionId) -> bool {
        matches!(self.deed, Deed::Assigned) && self.institution == Some(institution)
    }

    fn report(part: &Part, filed: &Filed<UpdateInput, ReviewInput>) -> Self {
        let deed = Deed::Reported(filed.key.clone(), filed.input.clone(), filed.outcome.is_some());
        Self { place: filed.at.clone(), at: filed.moment, institution: Some(part.input.institution_id), deed }
    }

    fn review(part: &Part, filed: &Filed<UpdateInput, ReviewInput>) -> Option<Self> {
        let (review, at) = filed.outcome.clone()?;
        let deed = Deed::Reviewed(filed.key.clone(), review);
        Some(Self { place: filed.at.clone(), at, institution: Some(part.input.institution_id), deed })
    }

    fn request(part: &Part, filed: &Filed<ExtensionInput, DecisionInput>) -> Self {
        let deed = Deed::Requested(filed.key.clone(), filed.input.clone());
        Self { place: filed.at.clone(), at: filed.moment, institution: Some(part.input.institution_id), deed }
    }

    fn decision(part: &Part, filed: &Filed<ExtensionInput, DecisionInput>) -> Option<Self> {
        let (decision, at) = filed.outcome.clone()?;
        let deed = Deed::Decided(filed.key.clone(), decision);
        Some(Self { place: filed.at.clone(), at, institution: Some(part.input.institution_id), deed })
    }

    /// Everything that happened to a part, where no history gives the order: requests first, because what is
    /// completed is not extended; each report with its review behind it.
    pub fn of_part(part: &Part) -> Vec<Self> {
        let requests =
            part.extensions.iter().flat_map(|one| [Some(Self::request(part, one)), Self::decision(part, one)]);
        let reports = part.updates.iter().flat_map(|one| [Some(Self::report(part, one)), Self::review(part, one)]);
        requests.chain(reports).flatten().collect()
    }

    /// Two of a kind are the same act on one record.
    pub fn same_as(&self, other: &Self) -> bool {
        match (&self.deed, &other.deed) {
            (Deed::Reported(one, ..), Deed::Reported(two, ..))
            | (Deed::Reviewed(one, _), Deed::Reviewed(two, _))
            | (Deed::Requested(one, _), Deed::Requested(two, _))
            | (Deed::Decided(one, _), Deed::Decided(two, _)) => one == two,
            _ => false,
        }
    }
}

impl Line {
    /// What the line tells; the pointer to what it names and is not there.
    pub fn step(self, place: String, parts: &[Part]) -> std::result::Result<Step, &'static str> {
        let Self { act, at, institution_id: institution, update, extension, due, due_rule, reason } = self;
        let part = parts.iter().find(|part| Some(part.input.institution_id) == institution);
        if part.is_none() && institution.is_some() {
            return Err("/institution");
        }
        let report = || Some((part?, part?.updates.iter().find(|one| Some(&one.key) == update.as_ref())?));
        let request = || Some((part?, part?.extensions.iter().find(|one| Some(&one.key) == extension.as_ref())?));
        let said = reason.clone().unwrap_or_else(|| SAID_BY_FILE.to_owned());
        let deed = match act {
            Act::Reported => return report().map(|(part, one)| Step::report(part, one)).ok_or("/update"),
            Act::Reviewed => return report().and_then(|(part, one)| Step::review(part, one)).ok_or("/update"),
            Act::ExtensionRequested => {
                return request().map(|(part, one)| Step::request(part, one)).ok_or("/extension");
            }
            Act::ExtensionDecided => {
                return request().and_then(|(part, one)| Step::decision(part, one)).ok_or("/extension");
            }
            Act::Assigned => Deed::Assigned,
            Act::TermCorrected => Deed::Corrected(FirstTerm { due, due_rule }, reason),
            Act::Cancelled => Deed::Cancelled(said),
            Act::Reopened => Deed::Reopened(said),
        };
        Ok(Step { place, at, institution, deed })
    }
}
