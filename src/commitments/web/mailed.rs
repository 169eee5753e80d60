//! The people who are mailed about a commitment, by institution, before it happens.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::commitments::model::Commitment;
use crate::commitments::store;
use crate::db::{Db, InstitutionId};
use crate::error::Result;
use crate::identity::Actor;
use crate::mail::Recipient;
use crate::notifications::{Contacts, Reason, RecordScope, contacts};
use crate::ui::Frame;

/// The people who are mailed for one institution.
#[derive(Debug, Clone)]
pub(super) struct Mailed {
    institution: String,
    people: Vec<(String, Reason)>,
}

impl Mailed {
    /// Finds the people for these institutions, as the notification does: the person who acts is left out, unless an
    /// institution cannot be notified.
    pub(super) fn load(
        conn: &mut Db,
        actor: &Actor,
        commitment: &Commitment,
        to: &[InstitutionId],
        today: NaiveDate,
    ) -> Result<Vec<Self>> {
        if to.is_empty() {
            return Ok(Vec::new());
        }
        let fields = &commitment.fields;
        let record = RecordScope {
            country: &commitment.country_code,
            commissions: &fields.commission_ids,
            restricted: fields.restricted,
        };
        let known: Contacts = contacts(conn, &fields.commission_ids, to)?;
        let names = store::institution_names(conn, to.iter().copied())?;
        let of = |id: &InstitutionId| {
            let people = known.for_institution(record, *id, today).into_iter();
            let others = people.filter(|(one, reason)| reason.is_instead() || one.user_id != Some(actor.id));
            Self {
                institution: names.get(id).cloned().unwrap_or_default(),
                people: others.map(|(one, reason)| (called(one), reason)).collect(),
            }
        };
        Ok(to.iter().map(of).collect())
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

    /// Returns whether the secretariat is mailed in place of the institution.
    fn is_instead(&self) -> bool {
        !self.people.is_empty() && self.people.iter().all(|(_, reason)| reason.is_instead())
    }

    fn draw(&self, frame: &Frame) -> Markup {
        let names: Vec<&str> = self.people.iter().map(|(name, _)| name.as_str()).collect();
        html! {
            p class="what" { (self.institution) }
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
            p class="what" { (frame.t_n("commitments-mails-instead-of", super::parts::count(own.len()))) }
            p class="small" { (institutions.join("; ")) }
            p class="small" { (frame.t_with("commitments-mails-instead", &[("names", people.into())])) }
        }
    }
}

fn called(one: Recipient) -> String {
    one.name.unwrap_or(one.address)
}
