//! All data that the document of the minutes shows.

use std::collections::HashMap;

use super::store::{AdoptedAgreement, agreements_of};
use super::{Minutes, find_visible};
use crate::access::{Visibility, known_commissions};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::db::{CommissionId, Db, InstitutionId, MeetingId};
use crate::directory::institutions_by_id;
use crate::error::{Code, Result};
use crate::identity::Actor;
use crate::meetings::attendance::{AttendanceSheet, attendance_sheet};
use crate::meetings::{AgendaItemInput, Meeting, agenda_of_meetings};

/// A meeting with its minutes and all other data that the document of the minutes shows.
#[derive(Debug, Clone)]
pub(crate) struct MeetingRecord {
    pub meeting: Meeting,
    pub minutes: Minutes,
    /// The commissions of the meeting that the reader may see, with their names, in their order.
    pub commissions: Vec<(CommissionId, String)>,
    pub attendance: AttendanceSheet,
    pub institutions: HashMap<InstitutionId, String>,
    pub agenda: Vec<AgendaItemInput>,
    /// The agreements that the reader may see.
    pub agreements: Vec<AdoptedAgreement>,
}

/// Returns the record of a meeting; 404 if it has no minutes that the actor may see.
pub(crate) fn meeting_record(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<MeetingRecord> {
    let (meeting, minutes) = find_visible(conn, actor, id)?;
    let minutes = minutes.ok_or(Code::NotFound)?;
    let commissions = known_commissions(conn, &Visibility::of(actor), &meeting.fields.commission_ids)?;
    let commissions = commissions.into_iter().map(|commission| (commission.id, commission.name)).collect();
    let attendance = attendance_sheet(conn, &meeting)?;
    let institutions: Vec<_> = attendance.items.iter().map(|item| item.institution_id).collect();
    let institutions = institutions_by_id(conn, &institutions)?;
    let institutions = institutions.into_iter().map(|(id, institution)| (id, institution.fields.name)).collect();
    let agenda = agenda_of_meetings(conn, &[id])?.remove(&id).unwrap_or_default();
    let agreements = agreements_of(conn, &Visibility::of(actor), id)?;
    Ok(MeetingRecord { meeting, minutes, commissions, attendance, institutions, agenda, agreements })
}

impl RestrictedContent for MeetingRecord {
    fn restricted(&self, found: &mut RestrictedRecords) {
        self.meeting.restricted(found);
        let agreements = self.agreements.iter().filter(|agreement| agreement.restricted);
        agreements.for_each(|agreement| found.add("agreement", agreement.id, &self.meeting.country_code));
    }
}
