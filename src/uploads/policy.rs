//! Who may upload, and who may fetch.

use super::model::{Citation, StoredFile};
use crate::access::Visibility;
use crate::identity::{Actor, Role};

/// Those who write records: everybody with a grant but observers.
pub fn may_upload(actor: &Actor) -> bool {
    actor.grants.iter().any(|grant| grant.role != Role::Observer)
}

/// The uploader, admins, and whoever may know a record that cites it.
pub fn may_fetch(actor: &Actor, file: &StoredFile, citations: &[Citation]) -> bool {
    let visibility = Visibility::of(actor);
    let knows = |record: &Citation| {
        visibility.knows_record(&record.country, &record.commissions, record.restricted, &record.institutions)
    };
    visibility.all || file.uploaded_by == actor.id || citations.iter().any(knows)
}

/// Returns whether the actor may remove the file: its uploader and admins may.
pub fn may_remove(actor: &Actor, file: &StoredFile) -> bool {
    actor.is_admin() || file.uploaded_by == actor.id
}
