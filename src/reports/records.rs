//! The record of a country as drafting reads it: loaded once, then worked on by pure functions.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::questionnaire::Step;
use crate::dates::PartialDate;
use crate::db::{
    ActivityId, AgreementId, CommissionId, CommitmentId, InstitutionId, MeetingId, ObservationId, PlanId, PlanItemId,
    ReportId,
};
use crate::directory::{PartnerType, Sector};
use crate::plans::{ItemStatus, ObservationKind, PlanItemKind};
use crate::themes::Theme;

/// Everything that the answers can be drafted from.
#[derive(Debug, Clone, Default)]
pub struct Records {
    pub country_code: String,
    pub country_name: String,
    pub institutions: HashMap<InstitutionId, Institution>,
    /// In the order in which they were entered.
    pub commissions: Vec<Commission>,
    pub memberships: Vec<Membership>,
    pub meetings: Vec<Meeting>,
    pub agreements: Vec<Agreement>,
    pub commitments: Vec<Commitment>,
    pub roadmap: Roadmap,
    /// Plans of the country that come into force after today's roadmap began: products announced.
    pub plans: Vec<Plan>,
    pub observations: Vec<Observation>,
    pub activities: Vec<Activity>,
    pub previous: Option<Previous>,
}

#[derive(Debug, Clone)]
pub struct Institution {
    pub name: String,
    pub sector: Sector,
    pub country_code: Option<String>,
    pub partner_type: Option<PartnerType>,
}

impl Institution {
    /// A partner from outside: an international body, or one of another country.
    pub fn is_international(&self, country: &str) -> bool {
        self.partner_type.is_some()
            || matches!(self.sector, Sector::InternationalOrganization | Sector::ForeignGovernment)
            || self.country_code.as_deref().is_some_and(|code| code != country)
    }

    /// A body of a state, the country's own or another's, at any level.
    pub fn is_of_a_state(&self) -> bool {
        matches!(
            self.sector,
            Sector::Government
                | Sector::RegionalGovernment
                | Sector::LocalGovernment
                | Sector::AutonomousBody
                | Sector::Judiciary
                | Sector::ForeignGovernment
        )
    }
}

#[derive(Debug, Clone)]
pub struct Commission {
    pub id: CommissionId,
    pub name: String,
    pub acronym: Option<String>,
    pub kind: String,
    pub parent_id: Option<CommissionId>,
    pub territory: Option<String>,
    pub function: Option<String>,
    /// The state that it has without any dated one.
    pub state: String,
    /// Dated states: the first day that each can mean, oldest first.
    pub states: Vec<(NaiveDate, String)>,
    pub declared_member_count: Option<i32>,
}

impl Commission {
    /// The acronym, else the name.
    pub fn label(&self) -> &str {
        self.acronym.as_deref().unwrap_or(&self.name)
    }

    /// `active`, `inactive` or `unknown` on that day: the latest dated state that had begun, else the undated one.
    pub fn state_on(&self, day: NaiveDate) -> &str {
        let dated = self.states.iter().rev().find(|(since, _)| *since <= day);
        dated.map_or(self.state.as_str(), |(_, state)| state.as_str())
    }
}

#[derive(Debug, Clone)]
pub struct Membership {
    pub commission_id: CommissionId,
    pub institution_id: InstitutionId,
    pub role: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Membership {
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| to >= day)
    }

    pub fn leads(&self) -> bool {
        matches!(self.role.as_str(), "lead" | "secretariat")
    }

    pub fn is_guest(&self) -> bool {
        matches!(self.role.as_str(), "guest" | "observer")
    }
}

#[derive(Debug, Clone)]
pub struct Meeting {
    pub id: MeetingId,
    pub title: String,
    pub kind: String,
    pub held_from: NaiveDate,
    pub held_to: NaiveDate,
    pub status: String,
    pub restricted: bool,
    pub commission_ids: Vec<CommissionId>,
    /// Institution, and whether it came as a guest; only those present.
    pub present: Vec<(InstitutionId, bool)>,
    /// `draft`, `circulated` or `approved`.
    pub minutes: Option<String>,
}

impl Meeting {
    pub fn was_held_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.status == "held" && self.held_from <= to && self.held_to >= from
    }
}

#[derive(Debug, Clone)]
pub struct Agreement {
    pub id: AgreementId,
    pub title: String,
    pub adopted: Option<PartialDate>,
    pub when_text: Option<String>,
    pub scope: Option<String>,
    pub restricted: bool,
    /// Parties that are institutions.
    pub party_ids: Vec<InstitutionId>,
}

impl Agreement {
    pub fn adopted_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.adopted.as_ref().is_some_and(|day| day.from() <= to && day.to() >= from)
    }
}

#[derive(Debug, Clone)]
pub struct Commitment {
    pub id: CommitmentId,
    pub code: String,
    pub text: String,
    pub agreement_id: Option<AgreementId>,
    pub due: Option<PartialDate>,
    pub due_to: Option<NaiveDate>,
    pub due_text: Option<String>,
    pub status: String,
    pub restricted: bool,
    pub commission_ids: Vec<CommissionId>,
    pub plan_item_ids: Vec<PlanItemId>,
    pub assignments: Vec<Assignment>,
}

impl Commitment {
    pub fn is_open(&self) -> bool {
        matches!(self.status.as_str(), "planned" | "in_progress")
    }

    pub fn is_completed(&self) -> bool {
        self.status == "completed"
    }

    pub fn live(&self) -> impl Iterator<Item = &Assignment> {
        self.assignments.iter().filter(|assignment| assignment.status != "cancelled")
    }

    /// The day of the last completion.
    pub fn completed_on(&self) -> Option<NaiveDate> {
        if self.is_completed() { self.live().filter_map(|assignment| assignment.completed_on).max() } else { None }
    }

    pub fn has_evidence(&self) -> bool {
        self.assignments.iter().any(|assignment| assignment.evidence > 0)
    }

    /// Whether anybody has begun or reported.
    pub fn has_moved(&self) -> bool {
        self.live().any(|assignment| assignment.status != "planned" || !assignment.reported_on.is_empty())
    }

    pub fn reported_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.assignments.iter().any(|assignment| assignment.reported_in(from, to))
    }

    pub fn was_overdue_on(&self, day: NaiveDate) -> bool {
        self.is_open() && self.due_to.is_some_and(|due| due <= day)
    }
}

#[derive(Debug, Clone)]
pub struct Assignment {
    pub institution_id: InstitutionId,
    pub status: String,
    pub verification: String,
    pub target: Option<(f64, Option<String>)>,
    pub quantity: Option<f64>,
    pub completed_on: Option<NaiveDate>,
    /// The days of its progress reports.
    pub reported_on: Vec<NaiveDate>,
    /// How many means of verification they name.
    pub evidence: usize,
}

impl Assignment {
    pub fn reported_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.reported_on.iter().any(|day| *day >= from && *day <= to)
    }
}

/// The roadmap that is reported on.
#[derive(Debug, Clone, Default)]
pub struct Roadmap {
    pub title: String,
    /// In order of position.
    pub items: Vec<Item>,
}

impl Roadmap {
    /// The priorities as the questionnaire asks about them.
    pub fn priorities(&self) -> Vec<Step> {
        self.steps_of(PlanItemKind::Priority).collect()
    }

    /// The next steps whose period meets this one.
    pub fn next_steps(&self, from: NaiveDate, to: NaiveDate) -> Vec<Step> {
        self.steps_of(PlanItemKind::NextStep).filter(|step| step.meets(from, to)).collect()
    }

    fn steps_of(&self, kind: PlanItemKind) -> impl Iterator<Item = Step> {
        self.items.iter().filter(move |item| item.kind == kind).map(|item| item.step.clone())
    }

    pub fn item(&self, id: PlanItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.step.id == id)
    }

    /// The item and everything below it.
    pub fn branch(&self, id: PlanItemId) -> Vec<PlanItemId> {
        let mut branch = vec![id];
        let mut at = 0;
        while let Some(parent) = branch.get(at).copied() {
            let below = self.items.iter().filter(|item| item.parent_id == Some(parent)).map(|item| item.step.id);
            let new: Vec<_> = below.filter(|id| !branch.contains(id)).collect();
            branch.extend(new);
            at += 1;
        }
        branch
    }

    pub fn holds(&self, ids: &[PlanItemId]) -> bool {
        self.items.iter().any(|item| ids.contains(&item.step.id))
    }
}

#[derive(Debug, Clone)]
pub struct Item {
    pub step: Step,
    pub kind: PlanItemKind,
    pub parent_id: Option<PlanItemId>,
    pub status: Option<ItemStatus>,
    pub comment: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Plan {
    pub id: PlanId,
    pub title: String,
    pub starts: Option<PartialDate>,
    pub ends: Option<PartialDate>,
}

#[derive(Debug, Clone)]
pub struct Observation {
    pub id: ObservationId,
    pub kind: ObservationKind,
    pub text: String,
    pub response: Option<String>,
    pub addressee: Option<String>,
    pub modality: Option<String>,
    pub noted: Option<PartialDate>,
    pub themes: Vec<Theme>,
}

#[derive(Debug, Clone)]
pub struct Activity {
    pub id: ActivityId,
    pub kind: String,
    pub title: String,
    pub description: Option<String>,
    pub result: Option<String>,
    pub expected_result: Option<String>,
    pub starts: Option<PartialDate>,
    pub ends: Option<PartialDate>,
    pub when_text: Option<String>,
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub participants: Participants,
    /// None: how often is not stated.
    pub occurrences: Option<i32>,
    pub scope: Option<String>,
    pub highlight: bool,
    pub restricted: bool,
    pub status: String,
    pub commission_ids: Vec<CommissionId>,
    pub themes: Vec<Theme>,
    pub territories: Vec<String>,
    pub organizer_ids: Vec<InstitutionId>,
    pub partner_ids: Vec<InstitutionId>,
    pub plan_item_ids: Vec<PlanItemId>,
    /// Title and address of each means of verification.
    pub evidence: Vec<(String, Option<String>)>,
}

#[derive(Debug, Clone, Default)]
pub struct Participants {
    pub total: Option<i32>,
    pub women: Option<i32>,
    pub men: Option<i32>,
    pub audience: Option<String>,
}

impl Activity {
    /// The days that it can have taken: its dates, else the period that it was reported for.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        match (&self.starts, &self.ends) {
            (Some(starts), ends) => Some((starts.from(), ends.as_ref().unwrap_or(starts).to())),
            (None, Some(ends)) => Some((ends.from(), ends.to())),
            (None, None) => self.period,
        }
    }

    pub fn meets(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.span().is_some_and(|(start, end)| start <= to && end >= from)
    }

    /// Validated by a secretariat, and not kept to a circle.
    pub fn counts(&self) -> bool {
        self.status == "validated" && !self.restricted
    }

    /// Kinds for which the form asks for dates and participants.
    pub fn is_training(&self) -> bool {
        matches!(self.kind.as_str(), "training" | "workshop" | "seminar" | "course" | "talk")
    }

    pub fn parties(&self) -> impl Iterator<Item = InstitutionId> {
        self.organizer_ids.iter().chain(&self.partner_ids).copied()
    }
}

/// The country's last report before this one: what a person wrote there is offered again.
#[derive(Debug, Clone)]
pub struct Previous {
    pub id: ReportId,
    pub period_from: NaiveDate,
    pub period_to: NaiveDate,
    pub texts: HashMap<String, String>,
    pub choices: HashMap<String, Vec<String>>,
}

impl Records {
    pub fn institution_name(&self, id: InstitutionId) -> &str {
        self.institutions.get(&id).map_or("?", |institution| institution.name.as_str())
    }

    pub fn commission(&self, id: CommissionId) -> Option<&Commission> {
        self.commissions.iter().find(|commission| commission.id == id)
    }

    /// Families of at least two regional committees under one parent: what a table of states is made for.
    pub fn families(&self) -> Vec<(&Commission, Vec<&Commission>)> {
        let mut families: Vec<(&Commission, Vec<&Commission>)> = Vec::new();
        for parent in &self.commissions {
            let regional = |one: &&Commission| one.parent_id == Some(parent.id) && one.kind == "regional_committee";
            let children: Vec<&Commission> = self.commissions.iter().filter(regional).collect();
            if children.len() > 1 {
                families.push((parent, children));
            }
        }
        families
    }
}
