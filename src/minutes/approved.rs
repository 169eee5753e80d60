//! The agreements that approved minutes state, for slices that show them outside: their words alone, without votes and
//! parties.

use super::content::ActaAgreement;
use super::store;
use crate::db::{AgreementId, Db, MeetingId};
use crate::error::Result;

/// An agreement as the newest version of approved minutes states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApprovedAgreement {
    pub id: AgreementId,
    pub title: String,
    pub text: Option<String>,
    /// The form of its adoption: `unanimity`, `consensus` or `majority`.
    pub method: Option<String>,
}

impl From<ActaAgreement> for ApprovedAgreement {
    fn from(stated: ActaAgreement) -> Self {
        let ActaAgreement { id, title, text, method, .. } = stated;
        Self { id, title, text, method }
    }
}

/// Returns the agreements that the newest version of the minutes states, those of its rectifications last; None for
/// minutes that are not approved. Restricted agreements are not among them. Two queries.
pub(crate) fn approved_agreements(conn: &mut Db, id: MeetingId) -> Result<Option<Vec<ApprovedAgreement>>> {
    let Some(minutes) = store::of_meeting(conn, id)?.filter(|own| own.is_approved() && own.version > 0) else {
        return Ok(None);
    };
    let acta = store::version(conn, id, minutes.version)?.frozen.acta()?;
    let added = acta.rectifications.into_iter().flat_map(|one| one.agreements);
    Ok(Some(acta.agreements.into_iter().chain(added).map(ApprovedAgreement::from).collect()))
}
