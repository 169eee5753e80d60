//! An agreement with its commitments, as the form of a session sends them.

use deserr::Deserr;
use serde::Serialize;

use super::record::SessionRecord;
use crate::agreements::{Adoption, AgreementInput, AgreementKind, AgreementStatus, create_agreement};
use crate::commitments::actions;
use crate::commitments::model::{
    AssignmentInput, AssignmentRole, CommitmentInput, CompletionRule, EnteredStatus, NewCommitment,
};
use crate::dates::PartialDate;
use crate::db::{AgendaItemId, AgreementId, CommissionId, InstitutionId, Tx};
use crate::directory::Sector;
use crate::error::{Error, Faults, Result};
use crate::http::{Input, Shape};
use crate::identity::Actor;
use crate::themes::Theme;
use crate::translations::Translations;

/// The largest number of commitments of one form.
const MOST_COMMITMENTS: usize = 50;

pub(super) const SHAPE: Shape = Shape {
    lists: &[
        "themes",
        "shared/members_of",
        "shared/sectors",
        "shared/institution_ids",
        "commitments/*/members_of",
        "commitments/*/sectors",
        "commitments/*/institution_ids",
    ],
    numbers: &["adoption/for", "adoption/against", "adoption/abstained"],
    flags: &["restricted", "publish"],
    dates: &["shared/due", "commitments/*/due"],
    rows: &[("commitments", &["text", "due", "due_text", "members_of", "sectors", "institution_ids", "others"])],
    ignored: &["shared/others", "commitments/*/others", "commitments/*/new"],
};

/// An agreement of a session with its commitments; or commitments of an agreement that exists, or of an item of the
/// agenda alone.
#[derive(Debug, Clone, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct SessionEntry {
    /// The agreement to which the commitments are added.
    #[deserr(default)]
    pub agreement_id: Option<AgreementId>,
    #[deserr(default)]
    pub agenda_item_id: Option<AgendaItemId>,
    #[deserr(default)]
    pub number: Option<String>,
    /// The title of a new agreement.
    #[deserr(default)]
    pub title: Option<String>,
    #[deserr(default)]
    pub text: Option<String>,
    #[deserr(default)]
    pub adoption: Option<Adoption>,
    #[deserr(default)]
    pub themes: Vec<Theme>,
    #[deserr(default)]
    pub restricted: bool,
    /// True if the commitments are published at once.
    #[deserr(default)]
    pub publish: bool,
    #[deserr(default)]
    pub commitments: Vec<CommitmentEntry>,
    /// The term and the institutions of the commitments that have none of their own.
    #[deserr(default)]
    pub shared: SharedEntry,
}

/// The term and the institutions that all commitments of a form share.
#[derive(Debug, Clone, Default, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct SharedEntry {
    #[deserr(default)]
    pub due: Option<PartialDate>,
    #[deserr(default)]
    pub due_text: Option<String>,
    #[deserr(default)]
    pub members_of: Vec<CommissionId>,
    #[deserr(default)]
    pub sectors: Vec<Sector>,
    #[deserr(default)]
    pub institution_ids: Vec<InstitutionId>,
}

/// A commitment with the institutions that are responsible for it.
#[derive(Debug, Clone, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct CommitmentEntry {
    pub text: String,
    #[deserr(default)]
    pub due: Option<PartialDate>,
    #[deserr(default)]
    pub due_text: Option<String>,
    /// The commissions whose lead, secretariat and members of the session's day are responsible.
    #[deserr(default)]
    pub members_of: Vec<CommissionId>,
    /// The parts of society whose members of the session's day are responsible.
    #[deserr(default)]
    pub sectors: Vec<Sector>,
    #[deserr(default)]
    pub institution_ids: Vec<InstitutionId>,
}

impl CommitmentEntry {
    /// Returns the commitment with the shared term when it has none, and the shared institutions when it names none.
    fn completed(&self, shared: &SharedEntry) -> Self {
        let mut whole = self.clone();
        if whole.due.is_none() && whole.due_text.is_none() {
            (whole.due, whole.due_text) = (shared.due.clone(), shared.due_text.clone());
        }
        if whole.members_of.is_empty() && whole.sectors.is_empty() && whole.institution_ids.is_empty() {
            whole.members_of.clone_from(&shared.members_of);
            whole.sectors.clone_from(&shared.sectors);
            whole.institution_ids.clone_from(&shared.institution_ids);
        }
        whole
    }
}

impl Input for SessionEntry {
    fn check(&self, faults: &mut Faults) {
        let says_more = self.number.is_some() || self.text.is_some() || self.adoption.is_some();
        let is_new = self.agreement_id.is_none();
        if is_new && self.title.is_none() && (says_more || self.commitments.is_empty()) {
            faults.add("/title", "required");
        }
        if !is_new && self.commitments.is_empty() {
            faults.add("/commitments/0/text", "required");
        }
        if let Some(title) = &self.title {
            self.agreement(title, vec![uuid::Uuid::nil().into()], None).check(faults);
        }
        faults.opt_text("/shared/due_text", self.shared.due_text.as_ref(), 500);
        faults.items("/commitments", self.commitments.len(), MOST_COMMITMENTS);
        for (n, row) in self.commitments.iter().take(MOST_COMMITMENTS).enumerate() {
            let mut own = Faults::default();
            self.commitment(row, vec![uuid::Uuid::nil().into()], Vec::new()).check(&mut own);
            faults.join(own.list.into_iter().map(|fault| at_row(fault, n)).collect());
        }
    }
}

/// Returns a fault of a commitment with the place of its row.
fn at_row(mut fault: crate::error::Fault, row: usize) -> crate::error::Fault {
    fault.pointer = format!("/commitments/{row}{}", fault.pointer);
    fault
}

impl SessionEntry {
    fn agreement(
        &self,
        title: &str,
        commission_ids: Vec<CommissionId>,
        meeting_id: Option<crate::db::MeetingId>,
    ) -> AgreementInput {
        AgreementInput {
            commission_ids,
            kind: AgreementKind::MeetingAgreement,
            title: title.to_owned(),
            meeting_id,
            number: self.number.clone(),
            text: self.text.clone(),
            adopted: None,
            when_text: None,
            status: AgreementStatus::InForce,
            in_force_from: None,
            in_force_to: None,
            adoption: self.adoption.clone(),
            parties: Vec::new(),
            themes: self.themes.clone(),
            scope: None,
            document_url: None,
            agenda_item_id: self.agenda_item_id,
            attachments: Vec::new(),
            restricted: self.restricted,
            note: None,
            translations: Translations::default(),
        }
    }

    fn commitment(
        &self,
        row: &CommitmentEntry,
        commission_ids: Vec<CommissionId>,
        institutions: Vec<InstitutionId>,
    ) -> NewCommitment {
        let part = |institution_id| AssignmentInput {
            institution_id,
            role: AssignmentRole::Responsible,
            due: None,
            target: None,
        };
        let fields = CommitmentInput {
            commission_ids,
            text: row.text.clone(),
            agreement_id: None,
            meeting_id: None,
            themes: self.themes.clone(),
            plan_item_ids: Vec::new(),
            due: row.due.clone(),
            due_rule: None,
            due_text: row.due_text.clone(),
            completion_rule: CompletionRule::All,
            follow_up_institution_id: None,
            beneficiary_ids: Vec::new(),
            depends_on_ids: Vec::new(),
            agenda_item_id: self.agenda_item_id,
            attachments: Vec::new(),
            restricted: self.restricted,
            note: None,
            translations: Translations::default(),
        };
        NewCommitment {
            fields,
            status: (!self.publish).then_some(EnteredStatus::Draft),
            assignments: institutions.into_iter().map(part).collect(),
        }
    }
}

/// Enters the agreement, unless it exists, and its commitments. Returns the agreement.
pub(super) fn save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    record: &SessionRecord,
    input: SessionEntry,
) -> Result<Option<AgreementId>> {
    let commissions = record.meeting.fields.commission_ids.clone();
    let (agreement, own_commissions, item) = match (input.agreement_id, &input.title) {
        (Some(id), _) => {
            let held = record.agreement(id).ok_or_else(|| Faults::one("/agreement_id", "unknown_reference"))?;
            (Some(id), held.fields.commission_ids.clone(), held.fields.agenda_item_id)
        }
        (None, Some(title)) => {
            let new = input.agreement(title, commissions.clone(), Some(record.meeting.id));
            (Some(create_agreement(tx, actor, new)?.id), commissions, input.agenda_item_id)
        }
        (None, None) => (None, commissions, input.agenda_item_id),
    };
    for (n, row) in input.commitments.iter().enumerate() {
        let row = &row.completed(&input.shared);
        let institutions = responsible(record, row).map_err(|faults| at_row_of(faults.into(), n))?;
        let mut commitment = input.commitment(row, own_commissions.clone(), institutions);
        (commitment.fields.agreement_id, commitment.fields.meeting_id) = (agreement, Some(record.meeting.id));
        commitment.fields.agenda_item_id = item;
        actions::create(tx, actor, commitment).map_err(|error| at_row_of(error, n))?;
    }
    Ok(agreement)
}

fn at_row_of(mut error: Error, row: usize) -> Error {
    error.faults = error.faults.into_iter().map(|fault| at_row(fault, row)).collect();
    error
}

/// Returns the institutions that a row names, each once: members of commissions, of a part of society, single ones.
fn responsible(record: &SessionRecord, row: &CommitmentEntry) -> Result<Vec<InstitutionId>, Faults> {
    let mut all: Vec<InstitutionId> = Vec::new();
    for (n, id) in row.members_of.iter().enumerate() {
        let Some((_, members)) = record.members.iter().find(|(own, _)| own == id) else {
            return Err(Faults::one(format!("/members_of/{n}"), "unknown_reference"));
        };
        all.extend(members.iter().map(|one| one.id));
    }
    let members = record.members.iter().flat_map(|(_, members)| members);
    all.extend(members.filter(|one| row.sectors.contains(&one.fields.sector)).map(|one| one.id));
    all.extend(&row.institution_ids);
    let mut seen = std::collections::HashSet::new();
    all.retain(|id| seen.insert(*id));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_takes_the_shared_term_and_institutions_unless_it_has_its_own() {
        let institution: InstitutionId = uuid::Uuid::from_u128(7).into();
        let shared = SharedEntry {
            due: PartialDate::parse("2024-06-30"),
            sectors: vec![Sector::Workers],
            ..SharedEntry::default()
        };
        let empty = CommitmentEntry {
            text: "Capacitar".to_owned(),
            due: None,
            due_text: None,
            members_of: Vec::new(),
            sectors: Vec::new(),
            institution_ids: Vec::new(),
        };
        let whole = empty.completed(&shared);
        assert_eq!((whole.due, whole.sectors), (shared.due.clone(), vec![Sector::Workers]));
        let own =
            CommitmentEntry { due_text: Some("por definir".to_owned()), institution_ids: vec![institution], ..empty };
        let whole = own.completed(&shared);
        assert_eq!((whole.due, whole.sectors, whole.institution_ids), (None, Vec::new(), vec![institution]));
    }
}
