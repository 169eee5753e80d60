//! The people who are mailed about a commitment, by institution, before it happens.

use std::collections::{BTreeSet, HashMap};

use maud::{Markup, html};

use crate::clock::Instant;
use crate::commitments::model::Commitment;
use crate::db::{Db, InstitutionId, unique};
use crate::directory::institution_names;
use crate::error::Result;
use crate::identity::Actor;
use crate::mail::Recipient;
use crate::notifications::{Contacts, Reason, RecordScope, contacts};
use crate::text::name_key;
use crate::ui::Frame;

/// The people who are mailed for one institution.
#[derive(Debug, Clone)]
pub(super) struct Mailed {
    institution: String,
    people: Vec<(String, Reason)>,
    /// The number of commitments about which they are mailed.
    commitments: usize,
}

impl Mailed {
    /// Finds the people for these institutions of a commitment, as the notification does: the person who acts is left
    /// out, unless an institution cannot be notified.
    pub(super) fn load(
        conn: &mut Db,
        actor: &Actor,
        commitment: &Commitment,
        to: &[InstitutionId],
        now: Instant,
    ) -> Result<Vec<Self>> {
        Self::of_several(conn, actor, &[(commitment, to.to_vec())], now)
    }

    /// Does the same for several commitments: each institution once, in the order of the names. A constant number of
    /// statements.
    pub(super) fn of_several(
        conn: &mut Db,
        actor: &Actor,
        all: &[(&Commitment, Vec<InstitutionId>)],
        now: Instant,
    ) -> Result<Vec<Self>> {
        let ids = unique(all.iter().flat_map(|(_, to)| to.iter().copied()));
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let commissions = unique(all.iter().flat_map(|(one, _)| one.fields.commission_ids.iter().copied()));
        let known: Contacts = contacts(conn, &commissions, &ids)?;
        let names = institution_names(conn, ids)?;
        let mut found: HashMap<InstitutionId, Self> = HashMap::new();
        for (commitment, to) in all {
            let record = RecordScope {
                country: &commitment.country_code,
                commissions: &commitment.fields.commission_ids,
                restricted: commitment.fields.restricted,
            };
            for id in to {
                let own = found.entry(*id).or_insert_with(|| Self {
                    institution: names.get(id).cloned().unwrap_or_default(),
                    people: Vec::new(),
                    commitments: 0,
                });
                own.commitments += 1;
                for (one, reason) in known.for_institution(record, *id, commitment.today(now)) {
                    let is_told = reason.is_instead() || one.user_id != Some(actor.id);
                    let person = (called(one), reason);
                    if is_told && !own.people.contains(&person) {
                        own.people.push(person);
                    }
                }
            }
        }
        let mut all: Vec<(InstitutionId, Self)> = found.into_iter().collect();
        all.sort_by_cached_key(|(id, one)| (name_key(&one.institution), *id));
        Ok(all.into_iter().map(|(_, one)| one).collect())
    }

    /// Draws the list of institutions with the people who are mailed.
    pub(super) fn list(frame: &Frame, mailed: &[Self]) -> Markup {
        html! {
            @if mailed.is_empty() { p { (frame.t("commitments-mails-nobody")) } } @else {
                h2 { (frame.t("commitments-mails")) }
                ul class="items" {
                    @for one in mailed.iter().filter(|one| !one.is_instead()) { li { div { (one.draw(frame)) } } }
                    @if mailed.iter().any(Self::is_instead) { li { div { (Self::instead(frame, mailed)) } } }
                }
            }
        }
    }

    /// Returns true if the secretariat is mailed in place of the institution.
    fn is_instead(&self) -> bool {
        !self.people.is_empty() && self.people.iter().all(|(_, reason)| reason.is_instead())
    }

    fn draw(&self, frame: &Frame) -> Markup {
        let names: Vec<&str> = self.people.iter().map(|(name, _)| name.as_str()).collect();
        html! {
            p class="what" { (self.institution) }
            @if self.commitments > 1 {
                p class="small" { (frame.t_n("entry-commitments-n", self.commitments)) }
            }
            @if names.is_empty() {
                p class="small" { (frame.t("commitments-mails-unreachable")) }
            } @else {
                p class="small" { (names.join(", ")) }
            }
        }
    }

    /// Draws the institutions in whose place the secretariat is mailed.
    fn instead(frame: &Frame, mailed: &[Self]) -> Markup {
        let own: Vec<&Self> = mailed.iter().filter(|one| one.is_instead()).collect();
        let institutions: Vec<&str> = own.iter().map(|one| one.institution.as_str()).collect();
        let people: BTreeSet<&str> = own.iter().flat_map(|one| &one.people).map(|(name, _)| name.as_str()).collect();
        let people = people.into_iter().collect::<Vec<_>>().join(", ");
        html! {
            p class="what" { (frame.t_n("commitments-mails-instead-of", own.len())) }
            p class="small" { (institutions.join("; ")) }
            p class="small" { (frame.t_with("commitments-mails-instead", &[("names", people.into())])) }
        }
    }
}

fn called(one: Recipient) -> String {
    one.name.unwrap_or(one.address)
}
