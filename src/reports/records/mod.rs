//! The records of a country that a report is drafted from: loaded once, then read by pure functions.

mod activities;
mod commissions;
mod commitments;
mod link_tables;
mod plans;
mod translated;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::commissions::CommissionKind;
use crate::db::{ActivityId, CommissionId, Db, InstitutionId, MeetingId, PlanId, ReportId, unique};
use crate::duties::DutyRecord;
use crate::error::Result;
use crate::indicators::{MeasuredIndicator, indicators_of_plans};
pub(crate) use activities::store::activities_of;
pub(crate) use activities::{Activity, Proof};
pub(crate) use commissions::{Commission, Institution, Meeting, Membership};
pub(crate) use commitments::store::commitments_of;
pub(crate) use commitments::{Agreement, Assignment, Commitment};
pub(crate) use plans::store::{items, items_of};
pub(crate) use plans::{Item, Observation, OtherPlan, Roadmap};

/// The number of levels above a named body that are loaded too: a part and its whole can be two levels apart.
const LEVELS_ABOVE: usize = 2;

/// Everything that the answers can be drafted from.
#[derive(Debug, Clone, Default)]
pub(super) struct Records {
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
    pub plans: Vec<OtherPlan>,
    /// The duties of institutions to report on each period, without restricted ones.
    pub duties: Vec<DutyRecord>,
    /// The indicators of the items of all plans, with their values.
    pub indicators: Vec<MeasuredIndicator>,
    pub observations: Vec<Observation>,
    pub activities: Vec<Activity>,
    pub previous: Option<Previous>,
    /// The day of drafting.
    pub today: Option<NaiveDate>,
}

/// The country's last report before this one: its answers written by a person are offered again.
#[derive(Debug, Clone)]
pub(super) struct Previous {
    pub id: ReportId,
    pub period_from: NaiveDate,
    pub period_to: NaiveDate,
    pub texts: HashMap<String, String>,
    pub choices: HashMap<String, Vec<String>>,
    /// The activities that its answers cite; none of a draft.
    pub cited: HashSet<ActivityId>,
}

impl Records {
    /// Loads the records of a country, in a constant number of queries; `previous` is left out.
    pub(super) fn load(conn: &mut Db, country_name: String, country: &str, roadmap: PlanId) -> Result<Self> {
        let mut records = Self {
            country_code: country.to_owned(),
            country_name,
            commissions: commissions::store::commissions_of(conn, country)?,
            memberships: commissions::store::memberships_of(conn, country)?,
            meetings: commissions::store::meetings_of(conn, country)?,
            agreements: commitments::store::agreements_of(conn, country)?,
            commitments: commitments_of(conn, country)?,
            roadmap: plans::store::roadmap_of(conn, roadmap)?,
            plans: plans::store::other_plans_of(conn, country)?,
            observations: plans::store::observations_of(conn, country)?,
            duties: DutyRecord::of_country(conn, country)?,
            activities: activities_of(conn, country)?,
            ..Self::default()
        };
        let plans: Vec<PlanId> = records.plans.iter().map(|plan| plan.id).chain([roadmap]).collect();
        records.indicators = indicators_of_plans(conn, &plans)?;
        let named = records.named_institutions();
        records.institutions = commissions::store::institutions_of(conn, &named)?.into_iter().collect();
        for _ in 0..LEVELS_ABOVE {
            let above: Vec<InstitutionId> = records.institutions.values().filter_map(|one| one.parent_id).collect();
            let above: Vec<_> = above.into_iter().filter(|id| !records.institutions.contains_key(id)).collect();
            records.institutions.extend(commissions::store::institutions_of(conn, &above)?);
        }
        Ok(records)
    }

    fn named_institutions(&self) -> Vec<InstitutionId> {
        let mut ids: Vec<InstitutionId> = self.memberships.iter().map(|one| one.institution_id).collect();
        ids.extend(self.meetings.iter().flat_map(|one| one.present.iter().map(|(id, _)| *id)));
        ids.extend(self.agreements.iter().flat_map(|one| one.party_ids.iter().copied()));
        ids.extend(self.commitments.iter().flat_map(|one| one.assignments.iter().map(|a| a.institution_id)));
        ids.extend(self.commitments.iter().flat_map(|one| one.beneficiary_ids.iter().copied()));
        ids.extend(self.activities.iter().flat_map(Activity::parties));
        unique(ids)
    }

    /// Returns the day as of which terms are judged: the end of the period, or the day of drafting before it.
    pub(super) fn as_of(&self, end: NaiveDate) -> NaiveDate {
        self.today.map_or(end, |today| today.min(end))
    }

    pub(super) fn institution_name(&self, id: InstitutionId) -> &str {
        self.institutions.get(&id).map_or("?", |institution| institution.name.as_str())
    }

    pub(super) fn meeting(&self, id: MeetingId) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.id == id)
    }

    pub(super) fn commission(&self, id: CommissionId) -> Option<&Commission> {
        self.commissions.iter().find(|commission| commission.id == id)
    }

    /// Returns the families of at least two regional committees under one parent, for which a report has a table of
    /// states.
    pub(super) fn families(&self) -> Vec<(&Commission, Vec<&Commission>)> {
        let children = |parent: &Commission| -> Vec<&Commission> {
            let regional = CommissionKind::RegionalCommittee;
            self.commissions.iter().filter(|one| one.parent_id == Some(parent.id) && one.kind == regional).collect()
        };
        let families = self.commissions.iter().map(|parent| (parent, children(parent)));
        families.filter(|(_, children)| children.len() > 1).collect()
    }
}
