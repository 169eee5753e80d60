//! The commissions on a report's cover: those whose work it gives an account of.

use std::collections::HashSet;

use super::answer::{Source, SourceKind};
use super::model::Form;
use super::records::Records;
use crate::commissions::CommissionKind;
use crate::db::CommissionId;

/// Returns the names of the commissions whose records the answers cite, in the order of their entry. Regional committees
/// are left out: there can be dozens, and the commission above them is named.
pub(super) fn commissions_of(records: &Records, form: &Form) -> Vec<String> {
    let sources = form.questions().flat_map(|asked| &asked.answer.sources);
    let cited: HashSet<CommissionId> = sources.flat_map(|source| commissions_of_source(records, source)).collect();
    let named = records.commissions.iter().filter(|one| cited.contains(&one.id));
    let national = named.filter(|one| one.kind != CommissionKind::RegionalCommittee);
    let name = |one: &super::records::Commission| match &one.acronym {
        Some(acronym) => format!("{} ({acronym})", one.name),
        None => one.name.clone(),
    };
    national.map(name).collect()
}

fn commissions_of_source(records: &Records, source: &Source) -> Vec<CommissionId> {
    let is_it = |id: &dyn ToString| id.to_string() == source.id;
    let found = match source.kind {
        SourceKind::Activity => records.activities.iter().find(|one| is_it(&one.id)).map(|one| &one.commission_ids),
        SourceKind::Commitment => records.commitments.iter().find(|one| is_it(&one.id)).map(|one| &one.commission_ids),
        SourceKind::Meeting => records.meetings.iter().find(|one| is_it(&one.id)).map(|one| &one.commission_ids),
        SourceKind::Plan => records.plans.iter().find(|one| is_it(&one.id)).map(|one| &one.commission_ids),
        SourceKind::Agreement => {
            let agreement = records.agreements.iter().find(|one| is_it(&one.id));
            let meeting = agreement.and_then(|one| one.meeting_id).and_then(|id| records.meeting(id));
            meeting.map(|one| &one.commission_ids)
        }
        SourceKind::Commission => return source.id.parse().into_iter().collect(),
        SourceKind::Institution | SourceKind::Observation | SourceKind::PlanItem | SourceKind::Report => None,
    };
    found.cloned().unwrap_or_default()
}
