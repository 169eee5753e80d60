//! The record of a country as drafting reads it: loaded once, then worked on by pure functions.

mod activities;
mod bodies;
mod decisions;
mod plans;
mod prints;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::{CommissionId, InstitutionId, ReportId};

pub use activities::{Activity, Participants, Proof};
pub use bodies::{Commission, Institution, Membership};
pub use decisions::{Agreement, Assignment, Commitment, Meeting};
pub use plans::{Item, Observation, Plan, Roadmap};
pub use prints::{Contents, fingerprint};

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
    /// Plans of the country that are no roadmaps.
    pub plans: Vec<Plan>,
    pub observations: Vec<Observation>,
    pub activities: Vec<Activity>,
    pub previous: Option<Previous>,
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
