//! Who may upload, and who may fetch.

use super::model::{Citation, StoredFile};
use crate::access::Reach;
use crate::identity::{Actor, Role};

/// Those who write records: everybody with a grant but observers.
pub fn may_upload(actor: &Actor) -> bool {
    actor.grants.iter().any(|grant| grant.role != Role::Observer)
}

/// The uploader, admins, and whoever may know a record that cites it.
pub fn may_fetch(actor: &Actor, file: &StoredFile, citations: &[Citation]) -> bool {
    let reach = Reach::of(actor);
    reach.all || file.uploaded_by == actor.id || citations.iter().any(|citation| knows(&reach, citation))
}

fn knows(reach: &Reach, record: &Citation) -> bool {
    let any = |own: &[_]| record.commissions.iter().any(|id| own.contains(id));
    reach.knows_country(&record.country)
        || any(&reach.kept)
        || (!record.restricted && any(&reach.followed))
        || record.institutions.iter().any(|id| reach.institutions.contains(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_restricted_is_kept_from_followers_but_not_from_those_it_names() {
        let new = |n: u128| uuid::Uuid::from_u128(n);
        let record = Citation {
            country: "CL".into(),
            restricted: true,
            commissions: vec![new(1).into()],
            institutions: vec![new(2).into()],
            ..Citation::default()
        };
        let follower = Reach { followed: vec![new(1).into()], ..Reach::default() };
        assert!(!knows(&follower, &record));
        assert!(knows(&follower, &Citation { restricted: false, ..record.clone() }));
        assert!(knows(&Reach { institutions: vec![new(2).into()], ..Reach::default() }, &record));
        assert!(knows(&Reach { kept: vec![new(1).into()], ..Reach::default() }, &record));
        assert!(knows(&Reach { countries: vec!["CL".into()], ..Reach::default() }, &record));
        assert!(!knows(&Reach { countries: vec!["PE".into()], ..Reach::default() }, &record));
    }
}
