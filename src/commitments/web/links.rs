//! The records of a form of a commitment. It links some with text: beneficiaries by name where they are typed, and the
//! commitments on which it depends by code.

use super::choices::{Choices, lines, unknown};
use crate::agreements::Agreement;
use crate::clock::Instant;
use crate::commitments::model::Commitment;
use crate::commitments::store;
use crate::db::{CommissionId, CommitmentId, Db, InstitutionId};
use crate::directory::InstitutionNames;
use crate::error::{Faults, Result};
use crate::http::Fields;
use crate::meetings::{AgendaItemInput, Meeting};

/// The content of a form of a commitment.
pub(super) struct Editing {
    /// None for a new one.
    pub commitment: Option<Commitment>,
    pub agreement: Option<Agreement>,
    pub meeting: Option<Meeting>,
    pub choices: Choices,
    /// The agenda of the session.
    pub agenda: Vec<AgendaItemInput>,
    /// The commitments on which this one depends and that the person may know, each with its code.
    pub depends_on: Vec<(CommitmentId, String)>,
    pub names: InstitutionNames,
    /// The day for which members of a commission count.
    pub now: Instant,
}

crate::restricted_by!(Editing: commitment, agreement, meeting);

/// Puts names and codes in place of the ids. Commitments that the person may not know stay as ids.
pub(super) fn show(record: &Editing, commitment: &Commitment, fields: &mut Fields) {
    let own = &commitment.fields;
    if record.choices.are_typed() {
        let names: Vec<&str> =
            own.beneficiary_ids.iter().filter_map(|id| record.names.get(id)).map(String::as_str).collect();
        fields.remove("beneficiary_ids");
        fields.set("beneficiaries", names.join("\n"));
    }
    fields.remove("depends_on_ids");
    let code = |id: &CommitmentId| record.depends_on.iter().find(|(own, _)| own == id).map(|(_, code)| code.as_str());
    for id in own.depends_on_ids.iter().filter(|id| code(id).is_none()) {
        fields.push("depends_on_ids", id);
    }
    fields.set("depends_on", own.depends_on_ids.iter().filter_map(code).collect::<Vec<_>>().join("\n"));
}

/// Puts the ids in place of names and codes; a name or code that nothing has is a fault of its field.
pub(super) fn read(conn: &mut Db, record: &Editing, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
    beneficiaries(conn, record, fields, faults)?;
    dependencies(conn, record, fields, faults)
}

fn beneficiaries(conn: &mut Db, record: &Editing, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
    let held = record.commitment.as_ref().map(|one| one.fields.beneficiary_ids.clone()).unwrap_or_default();
    for typed in lines(fields.get("beneficiaries").unwrap_or_default()) {
        let is_held = |id: &&InstitutionId| record.names.get(*id).is_some_and(|name| *name == typed);
        let found = match held.iter().find(is_held) {
            Some(id) => Some(*id),
            None => record.choices.named(conn, &typed)?,
        };
        match found {
            Some(id) if fields.all("beneficiary_ids").any(|own| own == id.to_string()) => {}
            Some(id) => fields.push("beneficiary_ids", id),
            None => faults.add_with("/beneficiaries", "unknown_name", unknown(&typed)),
        }
    }
    // Check boxes are sent in the order of names; those that the record has keep their order.
    let sent: Vec<String> = fields.all("beneficiary_ids").map(str::to_owned).collect();
    let held: Vec<String> = held.iter().map(ToString::to_string).collect();
    let (kept, new): (Vec<_>, Vec<_>) = sent.into_iter().partition(|id| held.contains(id));
    fields.remove("beneficiary_ids");
    for id in held.iter().filter(|id| kept.contains(id)).chain(&new) {
        fields.push("beneficiary_ids", id);
    }
    Ok(())
}

fn dependencies(conn: &mut Db, record: &Editing, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
    let typed = lines(fields.get("depends_on").unwrap_or_default());
    if typed.is_empty() {
        return Ok(());
    }
    let lead: Option<CommissionId> = fields.get("commission_ids").and_then(|id| id.parse().ok());
    let lead = record.choices.commissions.iter().find(|one| Some(one.id) == lead);
    let countries = lead.map_or_else(|| record.choices.countries.clone(), |one| vec![one.country_code.clone()]);
    let found = store::ids_of_codes(conn, &countries, &typed)?;
    for code in typed {
        let known = record.depends_on.iter().find(|(_, own)| *own == code).map(|(id, _)| *id);
        match known.or_else(|| found.iter().find(|(_, own)| own.eq_ignore_ascii_case(&code)).map(|(id, _)| *id)) {
            Some(id) => fields.push("depends_on_ids", id),
            None => faults.add_with("/depends_on", "unknown_name", unknown(&code)),
        }
    }
    Ok(())
}
