//! The part of each institution in the work of the period.

use std::collections::BTreeMap;

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use crate::db::{CommissionId, InstitutionId};
use crate::reports::answer::SourceKind;
use crate::reports::records::{Activity, Agreement, Meeting, Membership};

/// The records of the period that name one institution.
#[derive(Default)]
pub(super) struct Participation<'a> {
    pub activities: Vec<&'a Activity>,
    pub agreements: Vec<&'a Agreement>,
    pub meetings: Vec<&'a Meeting>,
    pub commissions: Vec<CommissionId>,
}

/// Groups the records of the period by institution, with the memberships that `counts` selects.
pub(super) fn by_institution<'a>(
    context: &Context<'a>,
    counts: impl Fn(&&Membership) -> bool,
) -> BTreeMap<InstitutionId, Participation<'a>> {
    let mut all: BTreeMap<InstitutionId, Participation<'a>> = BTreeMap::new();
    for activity in context.activities() {
        activity.parties().for_each(|id| all.entry(id).or_default().activities.push(activity));
    }
    for agreement in context.records.agreements.iter().filter(|one| context.main_questions.agreement(one.id).is_some())
    {
        agreement.party_ids.iter().for_each(|id| all.entry(*id).or_default().agreements.push(agreement));
    }
    for meeting in context.meetings().filter(|one| !context.is_meeting_described(one)) {
        meeting.present.iter().for_each(|(id, _)| all.entry(*id).or_default().meetings.push(meeting));
    }
    for membership in context.records.memberships.iter().filter(counts) {
        all.entry(membership.institution_id).or_default().commissions.push(membership.commission_id);
    }
    for work in all.values_mut() {
        work.activities.sort_by_key(|one| super::context::order(one));
        work.activities.dedup_by_key(|one| one.id);
        work.commissions.sort_unstable();
        work.commissions.dedup();
    }
    all
}

impl Participation<'_> {
    /// Cites the records that make an institution a partner.
    pub(super) fn cite(&self, context: &Context<'_>, answer: &mut AnswerBuilder) {
        self.sources(context).into_iter().for_each(|(kind, id, label)| answer.cite(kind, id, label));
    }

    /// Bases a choice on the records that make an institution a partner.
    pub(super) fn be_basis(&self, context: &Context<'_>, answer: &mut AnswerBuilder) {
        self.sources(context).into_iter().for_each(|(kind, id, label)| answer.base_on(kind, id, label));
    }

    fn sources<'s>(&'s self, context: &'s Context<'_>) -> Vec<(SourceKind, String, &'s str)> {
        let activities =
            self.activities.iter().map(|one| (SourceKind::Activity, one.id.to_string(), one.title.as_str()));
        let agreements =
            self.agreements.iter().map(|one| (SourceKind::Agreement, one.id.to_string(), one.title.as_str()));
        let commissions = self.commissions.iter().filter_map(|id| context.records.commission(*id));
        let commissions = commissions.map(|one| (SourceKind::Commission, one.id.to_string(), one.label()));
        activities.chain(agreements).chain(commissions).collect()
    }
}

/// Adds the records of parts of a body to the body itself when both are there.
pub(super) fn joined<'a>(
    context: &Context<'a>,
    mut all: BTreeMap<InstitutionId, Participation<'a>>,
) -> BTreeMap<InstitutionId, Participation<'a>> {
    let ids: Vec<InstitutionId> = all.keys().copied().collect();
    for id in &ids {
        let above = context.superiors(*id).into_iter().rev().find(|parent| ids.contains(parent));
        if let Some(parent) = above
            && let Some(part) = all.remove(id)
        {
            let whole = all.entry(parent).or_default();
            whole.activities.extend(part.activities);
            whole.agreements.extend(part.agreements);
            whole.meetings.extend(part.meetings);
            whole.commissions.extend(part.commissions);
        }
    }
    for work in all.values_mut() {
        work.activities.sort_by_key(|one| super::context::order(one));
        work.activities.dedup_by_key(|one| one.id);
        work.agreements.sort_by_key(|one| one.id);
        work.agreements.dedup_by_key(|one| one.id);
        work.commissions.sort_unstable();
        work.commissions.dedup();
    }
    all
}
