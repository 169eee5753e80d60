//! The facts of a report's cover beside its fields: the commissions whose work it gives an account of, and the office that
//! approved it. No person: the document of an approved report may be public.

use std::collections::HashSet;

use super::answer::{Source, SourceKind};
use super::content::ReportContent;
use super::draft::load_records;
use super::model::{Form, ReportStatus};
use super::records::Records;
use super::store::Head;
use crate::commissions::CommissionKind;
use crate::db::{CommissionId, Db};
use crate::error::Result;
use crate::i18n::Lang;
use crate::identity::{Actor, Role};

crate::text_enum! {
    /// The office for which a person approves a report.
    ApprovingOffice { Coordinator = "coordinator", Administration = "administration" }
}

impl ApprovingOffice {
    /// Returns the office of a person who may approve the reports of this country.
    pub(super) fn of(actor: &Actor, country: &str) -> Self {
        let of_country = |code: Option<&str>| code == Some(country);
        let coordinates =
            actor.grants.iter().any(|one| one.role == Role::Coordinator && of_country(one.country_code.as_deref()));
        if coordinates { Self::Coordinator } else { Self::Administration }
    }
}

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

/// Adds the commissions to the content of a draft; that of an approved report has those of its frozen copy.
pub(super) fn name_commissions(conn: &mut Db, head: &Head, content: &mut ReportContent, lang: Lang) -> Result<()> {
    if head.status == ReportStatus::Draft {
        let records = load_records(conn, &content.fields, None)?.in_language(lang);
        content.commissions = commissions_of(&records, &content.form);
    }
    Ok(())
}
