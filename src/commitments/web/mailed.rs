//! The people who are mailed about a commitment, by institution, before it happens.

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
                ul class="items" { @for one in mailed { li { div { (one.draw(frame)) } } } }
            }
        }
    }

    fn draw(&self, frame: &Frame) -> Markup {
        let names = |is: fn(Reason) -> bool| {
            let own = self.people.iter().filter(|(_, reason)| is(*reason)).map(|(name, _)| name.as_str());
            own.collect::<Vec<_>>().join(", ")
        };
        let (direct, instead) = (names(|reason| !reason.is_instead()), names(Reason::is_instead));
        html! {
            p class="what" { (self.institution) }
            @if !direct.is_empty() { p class="small" { (direct) } }
            @if !instead.is_empty() {
                p class="small" { (frame.t_with("commitments-mails-instead", &[("names", instead.into())])) }
            }
            @if self.people.is_empty() { p class="small" { (frame.t("commitments-mails-unreachable")) } }
        }
    }
}

fn called(one: Recipient) -> String {
    one.name.unwrap_or(one.address)
}
