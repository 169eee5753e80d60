//! Who hears of an assignment, and why.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::plan::Open;
use super::rhythm::Rhythm;
use crate::access::Reach;
use crate::db::{CommissionId, InstitutionId, UserId};
use crate::i18n::Lang;
use crate::mail::recipient_key;

/// Why somebody hears of an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A delegate of the institution in the commission today.
    Delegate,
    /// A representative of the institution.
    Representative,
    /// The institution's own address: nobody speaks for it.
    InstitutionAddress,
    /// The secretariat, because the institution has neither people nor an address.
    NobodyToTell,
    /// The secretariat, because it is long overdue.
    Escalation,
}

impl Reason {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delegate => "delegate",
            Self::Representative => "representative",
            Self::InstitutionAddress => "institution_address",
            Self::NobodyToTell => "nobody_to_tell",
            Self::Escalation => "escalation",
        }
    }
}

/// Somebody who can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub address: String,
    pub name: Option<String>,
    pub user_id: Option<UserId>,
    pub language: Lang,
}

impl Contact {
    /// How addresses are compared.
    pub fn key(&self) -> String {
        recipient_key(&self.address)
    }
}

/// Something for as long as it holds; both days are included.
#[derive(Debug, Clone)]
pub struct Period<T> {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub what: T,
}

impl<T> Period<T> {
    fn on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// The days on which it begins, and on which it no longer holds.
    fn edges(&self) -> impl Iterator<Item = NaiveDate> {
        self.from.into_iter().chain(self.to.and_then(|to| to.checked_add_days(Days::new(1))))
    }
}

/// A person or an address that speaks for an institution in a commission.
#[derive(Debug, Clone)]
pub struct Delegate {
    pub contact: Contact,
    /// What the person may know; None for an address without an account.
    pub reach: Option<Reach>,
}

impl Delegate {
    fn may_know(&self, open: &Open) -> bool {
        self.reach.as_ref().is_none_or(|reach| {
            reach.knows_record(&open.country, &open.commissions, open.restricted, &[open.institution_id])
        })
    }
}

/// Who can be written to, by what they are.
#[derive(Debug, Default)]
pub struct Contacts {
    pub delegates: HashMap<(CommissionId, InstitutionId), Vec<Period<Delegate>>>,
    /// When an institution sits in a commission; without any entry it never did, and its delegates count all the same.
    pub seats: HashMap<(CommissionId, InstitutionId), Vec<Period<()>>>,
    pub representatives: HashMap<InstitutionId, Vec<Contact>>,
    pub institutions: HashMap<InstitutionId, Contact>,
    pub secretariats: HashMap<CommissionId, Vec<Contact>>,
    pub coordinators: HashMap<String, Vec<Contact>>,
    /// Addresses of the institutions with the role of secretariat.
    pub keepers: HashMap<CommissionId, Vec<Period<Contact>>>,
}

impl Contacts {
    /// Who hears of a step of an assignment today, and why; nobody twice.
    pub fn who(&self, open: &Open, rhythm: &Rhythm, step: i32, today: NaiveDate) -> Vec<(Contact, Reason)> {
        let mut told = self.of_institution(open, today);
        if told.is_empty() {
            told = self.secretariat(open, today).into_iter().map(|who| (who, Reason::NobodyToTell)).collect();
        } else if rhythm.escalates(step) {
            told.extend(self.secretariat(open, today).into_iter().map(|who| (who, Reason::Escalation)));
        }
        let mut seen = HashSet::new();
        told.retain(|(contact, _)| seen.insert(contact.key()));
        told
    }

    /// The next day after `today` on which others speak for the institution, as far as it is known.
    pub fn next_change(&self, open: &Open, today: NaiveDate) -> Option<NaiveDate> {
        let pairs = open.commissions.iter().map(|commission| (*commission, open.institution_id));
        let edges = pairs.flat_map(|pair| {
            let delegates = self.delegates.get(&pair).into_iter().flatten().flat_map(Period::edges);
            let seats = self.seats.get(&pair).into_iter().flatten().flat_map(Period::edges);
            delegates.chain(seats)
        });
        edges.filter(|day| *day > today).min()
    }

    fn of_institution(&self, open: &Open, today: NaiveDate) -> Vec<(Contact, Reason)> {
        let delegates: Vec<_> = self
            .delegates_on(open, today)
            .filter(|delegate| delegate.may_know(open))
            .map(|delegate| (delegate.contact.clone(), Reason::Delegate))
            .collect();
        if !delegates.is_empty() {
            return delegates;
        }
        match self.representatives.get(&open.institution_id) {
            Some(people) if !people.is_empty() => {
                people.iter().map(|contact| (contact.clone(), Reason::Representative)).collect()
            }
            _ => {
                let own = self.institutions.get(&open.institution_id);
                own.map(|contact| (contact.clone(), Reason::InstitutionAddress)).into_iter().collect()
            }
        }
    }

    /// The institution's delegates in the commitment's commissions, save those that it has left.
    fn delegates_on(&self, open: &Open, today: NaiveDate) -> impl Iterator<Item = &Delegate> {
        let pairs = open.commissions.iter().map(|commission| (*commission, open.institution_id));
        let sits = move |pair: &(CommissionId, InstitutionId)| {
            self.seats.get(pair).is_none_or(|seats| seats.iter().any(|seat| seat.on(today)))
        };
        let periods = pairs.filter(sits).filter_map(|pair| self.delegates.get(&pair)).flatten();
        periods.filter(move |period| period.on(today)).map(|period| &period.what)
    }

    /// The holders of that grant, else the coordinators, else the address of the institution with that role.
    fn secretariat(&self, open: &Open, today: NaiveDate) -> Vec<Contact> {
        let holders: Vec<_> =
            open.commissions.iter().filter_map(|id| self.secretariats.get(id)).flatten().cloned().collect();
        if !holders.is_empty() {
            return holders;
        }
        match self.coordinators.get(&open.country) {
            Some(coordinators) if !coordinators.is_empty() => coordinators.clone(),
            _ => {
                let keepers = open.commissions.iter().filter_map(|id| self.keepers.get(id)).flatten();
                keepers.filter(|keeper| keeper.on(today)).map(|keeper| keeper.what.clone()).collect()
            }
        }
    }
}
