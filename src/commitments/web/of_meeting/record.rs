//! The records of the page of a session's agreements: agenda, agreements, commitments, the members of the session's
//! day.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::access::{CommissionRef, Visibility, commission_refs, may_write};
use crate::agreements::{Agreement, agreements_of_meeting};
use crate::clock::Instant;
use crate::commissions::memberships_on;
use crate::commitments::model::Commitment;
use crate::commitments::store;
use crate::db::{AgendaItemId, AgreementId, CommissionId, Db, InstitutionId, MeetingId, unique};
use crate::directory::{Institution, Sector, institutions_by_id};
use crate::error::Result;
use crate::identity::Actor;
use crate::meetings::{AgendaItemInput, Meeting, agenda_of_meetings, is_minutes_approved, meeting};
use crate::text::name_key;

/// The agreements and commitments of a session.
pub(super) struct SessionRecord {
    pub meeting: Meeting,
    pub commissions: Vec<CommissionRef>,
    pub agenda: Vec<AgendaItemInput>,
    pub agreements: Vec<Agreement>,
    pub commitments: Vec<Commitment>,
    /// The institutions that were members on the session's day, each commission with its own, in the order of their
    /// names; for writers.
    pub members: Vec<(CommissionId, Vec<Institution>)>,
    pub is_writer: bool,
    pub is_minutes_approved: bool,
    pub today: NaiveDate,
}

crate::restricted_by!(SessionRecord: meeting, agreements, commitments);

impl SessionRecord {
    /// Returns the agreements that were adopted under an item of the agenda, or under none.
    pub(super) fn agreements_of(&self, item: Option<AgendaItemId>) -> Vec<&Agreement> {
        self.agreements.iter().filter(|one| self.known_item(one.fields.agenda_item_id) == item).collect()
    }

    /// Returns the commitments of an agreement.
    pub(super) fn commitments_of(&self, agreement: AgreementId) -> Vec<&Commitment> {
        self.commitments.iter().filter(|one| one.fields.agreement_id == Some(agreement)).collect()
    }

    /// Returns the commitments of an item of the agenda, or of none, that have no agreement which is shown.
    pub(super) fn loose_commitments_of(&self, item: Option<AgendaItemId>) -> Vec<&Commitment> {
        let is_loose = |one: &&Commitment| one.fields.agreement_id.is_none_or(|id| self.agreement(id).is_none());
        let of_item = |one: &&Commitment| self.known_item(one.fields.agenda_item_id) == item;
        self.commitments.iter().filter(is_loose).filter(of_item).collect()
    }

    pub(super) fn agreement(&self, id: AgreementId) -> Option<&Agreement> {
        self.agreements.iter().find(|one| one.id == id)
    }

    fn known_item(&self, id: Option<AgendaItemId>) -> Option<AgendaItemId> {
        id.filter(|id| self.agenda.iter().any(|item| item.id == Some(*id)))
    }

    /// Returns every member of the session's day once, in the order of the names.
    pub(super) fn all_members(&self) -> Vec<(&str, InstitutionId)> {
        let all = self.members.iter().flat_map(|(_, members)| members);
        let mut all: Vec<(&str, InstitutionId)> = all.map(|one| (one.fields.name.as_str(), one.id)).collect();
        all.sort_by_cached_key(|(name, id)| (name_key(name), *id));
        all.dedup();
        all
    }

    /// Returns the parts of society that at least two members belong to, with the number of members.
    pub(super) fn sectors(&self) -> Vec<(Sector, usize)> {
        let mut members: HashMap<InstitutionId, Sector> = HashMap::new();
        for one in self.members.iter().flat_map(|(_, members)| members) {
            members.insert(one.id, one.fields.sector);
        }
        let count = |sector: &Sector| members.values().filter(|own| *own == sector).count();
        let counted = Sector::ALL.iter().map(|sector| (*sector, count(sector)));
        counted.filter(|(_, count)| *count > 1 && *count < members.len()).collect()
    }
}

/// Returns true if the actor may write the session; 404 if the actor may not see it.
pub(super) fn may_write_session(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<bool> {
    let meeting = meeting(conn, &Visibility::of(actor), id)?;
    Ok(may_write(actor, &meeting.country_code, &meeting.fields.commission_ids))
}

/// Loads the agreements and commitments of a session that the actor may see; 404 if the actor may not see the session.
pub(super) fn load(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<SessionRecord> {
    let visibility = Visibility::of(actor);
    let meeting = meeting(conn, &visibility, id)?;
    let is_writer = may_write(actor, &meeting.country_code, &meeting.fields.commission_ids);
    let mut known = commission_refs(conn, &meeting.fields.commission_ids)?;
    Ok(SessionRecord {
        commissions: meeting.fields.commission_ids.iter().filter_map(|id| known.remove(id)).collect(),
        agenda: agenda_of_meetings(conn, &[id])?.remove(&id).unwrap_or_default(),
        agreements: agreements_of_meeting(conn, &visibility, id)?,
        commitments: store::of_meeting(conn, &visibility, id, now)?,
        members: if is_writer { members(conn, &meeting)? } else { Vec::new() },
        is_writer,
        is_minutes_approved: is_minutes_approved(conn, id)?,
        today: now.day_in(meeting.zone()),
        meeting,
    })
}

/// Loads lead, secretariat and members of each commission on the session's day. Two queries.
fn members(conn: &mut Db, meeting: &Meeting) -> Result<Vec<(CommissionId, Vec<Institution>)>> {
    let commissions = &meeting.fields.commission_ids;
    let seats = memberships_on(conn, commissions, meeting.held_to)?;
    let seats: Vec<(CommissionId, InstitutionId)> = seats
        .iter()
        .filter(|seat| seat.fields.role.is_listed())
        .map(|seat| (seat.commission_id, seat.fields.institution_id))
        .collect();
    let ids = unique(seats.iter().map(|(_, id)| *id));
    let institutions = institutions_by_id(conn, &ids)?;
    let of_commission = |commission: &CommissionId| {
        let own = seats.iter().filter(|(other, _)| other == commission);
        let mut own: Vec<Institution> = own.filter_map(|(_, id)| institutions.get(id)).cloned().collect();
        own.sort_by_cached_key(|one| (name_key(&one.fields.name), one.id));
        own.dedup_by_key(|one| one.id);
        (*commission, own)
    };
    Ok(commissions.iter().map(of_commission).collect())
}
