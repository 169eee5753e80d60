//! The people who get the mail of a convocation, by institution, for the pages that name them before it is sent.

use std::collections::BTreeMap;

use super::{about, convened_institutions};
use crate::clock::Instant;
use crate::db::{Db, InstitutionId, UserId};
use crate::directory::institutions_by_id;
use crate::error::Result;
use crate::meetings::Meeting;
use crate::notifications::expected_convocation;
use crate::text::name_key;

/// An institution that a meeting convenes.
#[derive(Debug, Clone, Default)]
pub(in crate::meetings) struct ConvenedInstitution {
    pub name: String,
    /// The people who get the mail, by name, or by address when they have none.
    pub people: Vec<String>,
    /// False when nobody of the institution can be notified: its secretariat gets a mail instead.
    pub is_reached: bool,
}

/// Returns the institutions that a meeting convenes today, by name, with the people whom a mail of this person reaches.
pub(in crate::meetings) fn convened_people(
    conn: &mut Db,
    who: UserId,
    meeting: &Meeting,
    now: Instant,
) -> Result<Vec<ConvenedInstitution>> {
    let ids = convened_institutions(conn, meeting, now)?;
    let expected = expected_convocation(conn, (who, now), about(meeting), &ids)?;
    let names = institutions_by_id(conn, &ids)?;
    let mut people: BTreeMap<InstitutionId, Vec<String>> = BTreeMap::new();
    for person in expected.people {
        let name = person.contact.name.unwrap_or(person.contact.address);
        for (id, _) in person.institutions {
            people.entry(id).or_default().push(name.clone());
        }
    }
    let convened = |id: &InstitutionId| {
        let name = names.get(id).map(|one| one.fields.name.clone()).unwrap_or_default();
        let is_reached = !expected.unreached.contains(&name);
        let people = if is_reached { people.remove(id).unwrap_or_default() } else { Vec::new() };
        ConvenedInstitution { name, people, is_reached }
    };
    let mut all: Vec<ConvenedInstitution> = ids.iter().map(convened).collect();
    all.sort_by_cached_key(|one| name_key(&one.name));
    Ok(all)
}
