//! The part of each institution in the work of the period.

use std::collections::BTreeMap;

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use crate::db::{CommissionId, InstitutionId};
use crate::rendering::escape_line;
use crate::reports::records::{Activity, Agreement, Meeting, Membership};
use crate::reports::words::sentence;

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
    for agreement in context.agreements() {
        agreement.party_ids.iter().for_each(|id| all.entry(*id).or_default().agreements.push(agreement));
    }
    for meeting in context.meetings() {
        meeting.present.iter().for_each(|(id, _)| all.entry(*id).or_default().meetings.push(meeting));
    }
    for membership in context.records.memberships.iter().filter(counts) {
        all.entry(membership.institution_id).or_default().commissions.push(membership.commission_id);
    }
    all
}

impl Participation<'_> {
    pub(super) fn seats(&self, context: &Context<'_>) -> Option<String> {
        let value = context.commissions(&self.commissions);
        (!self.commissions.is_empty()).then(|| sentence(&context.say("draft-sits-in", &[("value", value)])))
    }

    pub(super) fn took_part(&self, context: &Context<'_>) -> Option<String> {
        titles(context, "draft-took-part", self.activities.iter().map(|one| context.brief(one)))
    }

    pub(super) fn party_to(&self, context: &Context<'_>) -> Option<String> {
        let brief = |one: &&Agreement| match &one.adopted {
            Some(day) => format!("{} ({})", escape_line(&one.title), context.words.date(day)),
            None => escape_line(&one.title),
        };
        titles(context, "draft-party-to", self.agreements.iter().map(brief))
    }

    pub(super) fn attended(&self, context: &Context<'_>) -> Option<String> {
        titles(context, "draft-attended", self.meetings.iter().map(|one| escape_line(&one.title)))
    }

    pub(super) fn cite_activities(&self, answer: &mut AnswerBuilder) {
        self.activities.iter().for_each(|one| answer.cite_activity(one));
    }

    pub(super) fn cite_meetings(&self, answer: &mut AnswerBuilder) {
        self.meetings.iter().for_each(|one| answer.cite_meeting(one));
    }
}

fn titles(context: &Context<'_>, key: &str, titles: impl Iterator<Item = String>) -> Option<String> {
    let titles: Vec<String> = titles.collect();
    (!titles.is_empty()).then(|| sentence(&context.say(key, &[("titles", titles.join("; "))])))
}
