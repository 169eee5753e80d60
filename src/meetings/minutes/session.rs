//! Everything that the acta of a session states.

use std::collections::HashMap;

use super::actions;
use super::model::Minutes;
use super::store::{Adopted, agreements_of};
use crate::access::{Visibility, known_commissions};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::db::{CommissionId, Db, InstitutionId, MeetingId};
use crate::directory::institutions_by_id;
use crate::error::{Code, Result};
use crate::identity::Actor;
use crate::meetings::attendance::{AttendanceSheet, attendance_sheet};
use crate::meetings::{AgendaItemInput, Meeting, agenda_of_meetings};

/// A session with its minutes, and what they rest on.
#[derive(Debug, Clone)]
pub struct SessionRecord {
    pub meeting: Meeting,
    pub minutes: Minutes,
    /// Those of its commissions that the reader may know, with their names, in their order.
    pub commissions: Vec<(CommissionId, String)>,
    pub attendance: AttendanceSheet,
    pub institutions: HashMap<InstitutionId, String>,
    pub agenda: Vec<AgendaItemInput>,
    /// Those that the reader may know.
    pub agreements: Vec<Adopted>,
}

/// The record of a session; 404 where the caller may not know its minutes, or there are none.
pub fn session_record(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<SessionRecord> {
    let (meeting, minutes) = actions::readable(conn, actor, id)?;
    let minutes = minutes.ok_or(Code::NotFound)?;
    let commissions = known_commissions(conn, &Visibility::of(actor), &meeting.fields.commission_ids)?;
    let commissions = commissions.into_iter().map(|one| (one.id, one.name)).collect();
    let attendance = attendance_sheet(conn, &meeting)?;
    let institutions: Vec<_> = attendance.items.iter().map(|item| item.institution_id).collect();
    let institutions = institutions_by_id(conn, &institutions)?;
    let institutions = institutions.into_iter().map(|(id, one)| (id, one.fields.name)).collect();
    let agenda = agenda_of_meetings(conn, &[id])?.remove(&id).unwrap_or_default();
    let agreements = agreements_of(conn, &Visibility::of(actor), id)?;
    Ok(SessionRecord { meeting, minutes, commissions, attendance, institutions, agenda, agreements })
}

impl RestrictedContent for SessionRecord {
    fn restricted(&self, found: &mut RestrictedRecords) {
        self.meeting.restricted(found);
        let agreements = self.agreements.iter().filter(|agreement| agreement.restricted);
        agreements.for_each(|agreement| found.add("agreement", agreement.id, &self.meeting.country_code));
    }
}
