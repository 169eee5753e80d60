//! Who hears of an assignment, and why: those whom any notice of it would reach, and from some days overdue the
//! secretariat too.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::plan::OpenAssignment;
use crate::notifications::{Contact, Contacts, Reason, RecordScope};

impl OpenAssignment {
    /// What its people are told of.
    pub fn about(&self) -> RecordScope<'_> {
        RecordScope { country: &self.country, commissions: &self.commissions, restricted: self.restricted }
    }
}

/// Who hears of a step of an assignment today, and why; nobody twice.
pub fn who(contacts: &Contacts, open: &OpenAssignment, escalated: bool, today: NaiveDate) -> Vec<(Contact, Reason)> {
    let about = open.about();
    let mut told = contacts.for_institution(about, open.institution_id, today);
    if escalated {
        let keepers = contacts.secretariat(about, today).into_iter();
        told.extend(keepers.map(|contact| (contact, Reason::Escalation)));
    }
    let mut seen = HashSet::new();
    told.retain(|(contact, _)| seen.insert(contact.key()));
    told
}
