//! Notices that waited for a mail are checked when it is sent: a notice of a record that its reader may no longer see
//! is not sent.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::access::{Visibility, may_write, may_write_anywhere};
use crate::activities::known_activities;
use crate::agreements::agreements_by_id;
use crate::clock::Instant;
use crate::commitments::commitments_by_id;
use crate::db::{Db, DeliveryId, InstitutionId, RawId, UserId};
use crate::duties::duties_by_id;
use crate::error::{Code, Result};
use crate::identity::{Actor, load_actor};
use crate::mail::EmailBody;
use crate::meetings::meetings_by_id;
use crate::notifications::{AttachedNotice, Event, RecordKind, notices_of};
use crate::reports::known_reports;

/// The notices of some mails according to the present rights of their readers.
#[derive(Debug, Default)]
pub(super) struct PresentNotices {
    /// The texts that are sent, by mail.
    pub bodies: HashMap<DeliveryId, Vec<EmailBody>>,
    /// The notices of records that their readers may no longer see.
    pub unseen: Vec<RawId>,
}

/// Returns the notices in each of these mails. The number of statements grows with the readers that have notices, not
/// with the notices.
pub(super) fn present_notices(conn: &mut Db, mails: &[DeliveryId], now: Instant) -> Result<PresentNotices> {
    let found = notices_of(conn, mails)?;
    let mut of_reader: HashMap<UserId, Vec<&AttachedNotice>> = HashMap::new();
    for notice in found.values().flatten() {
        of_reader.entry(notice.reader).or_default().push(notice);
    }
    let mut seen: HashSet<RawId> = HashSet::new();
    for (reader, notices) in of_reader {
        seen.extend(visible_to(conn, reader, &notices, now)?);
    }
    let mut present = PresentNotices::default();
    for (mail, notices) in found {
        let (sent, unseen): (Vec<_>, Vec<_>) = notices.into_iter().partition(|notice| seen.contains(&notice.id));
        present.bodies.insert(mail, sent.into_iter().map(|notice| notice.body).collect());
        present.unseen.extend(unseen.into_iter().map(|notice| notice.id));
    }
    Ok(present)
}

/// Returns those of these notices whose record the reader may see; none for people without an account.
fn visible_to(conn: &mut Db, reader: UserId, notices: &[&AttachedNotice], now: Instant) -> Result<Vec<RawId>> {
    let actor = match load_actor(conn, reader, now) {
        Ok(actor) => actor,
        Err(error) if error.code == Code::InvalidToken => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let records = VisibleRecords::load(conn, &actor, notices, now)?;
    Ok(notices.iter().filter(|notice| records.shows(&actor, notice)).map(|notice| notice.id).collect())
}

/// The records of notices that a reader may see.
struct VisibleRecords {
    /// Sessions, commitments, agreements, activities, duties and reports.
    seen: HashSet<Uuid>,
    /// The sessions of which the reader may read what institutions send to the secretariat.
    written: HashSet<Uuid>,
}

impl VisibleRecords {
    fn load(conn: &mut Db, actor: &Actor, notices: &[&AttachedNotice], now: Instant) -> Result<Self> {
        let visibility = Visibility::of(actor);
        let (mut seen, mut written) = (HashSet::new(), HashSet::new());
        let meetings = ids_of(notices, RecordKind::Meeting);
        if !meetings.is_empty() {
            for (id, meeting) in meetings_by_id(conn, &visibility, &meetings)? {
                seen.insert(id.into());
                if may_write(actor, &meeting.country_code, &meeting.fields.commission_ids) {
                    written.insert(id.into());
                }
            }
        }
        let commitments = ids_of(notices, RecordKind::Commitment);
        if !commitments.is_empty() {
            let found = commitments_by_id(conn, &visibility, &commitments, now)?;
            seen.extend(found.into_iter().map(|commitment| Uuid::from(commitment.id)));
        }
        let agreements = ids_of(notices, RecordKind::Agreement);
        if !agreements.is_empty() {
            seen.extend(agreements_by_id(conn, &visibility, &agreements)?.into_keys().map(Uuid::from));
        }
        let activities = ids_of(notices, RecordKind::Activity);
        if !activities.is_empty() {
            seen.extend(known_activities(conn, &visibility, &activities)?.into_iter().map(Uuid::from));
        }
        let duties = ids_of(notices, RecordKind::Duty);
        if !duties.is_empty() {
            seen.extend(duties_by_id(conn, &visibility, &duties)?.into_iter().map(|duty| Uuid::from(duty.id)));
        }
        let reports = ids_of(notices, RecordKind::Report);
        if !reports.is_empty() {
            seen.extend(known_reports(conn, &visibility, &reports)?.into_iter().map(Uuid::from));
        }
        Ok(Self { seen, written })
    }

    fn shows(&self, actor: &Actor, notice: &AttachedNotice) -> bool {
        let id = notice.record_id.0;
        match notice.record_kind {
            RecordKind::Meeting if matches!(notice.event, Event::MeetingReply | Event::AgendaProposed) => {
                self.written.contains(&id)
            }
            RecordKind::Meeting
            | RecordKind::Commitment
            | RecordKind::Agreement
            | RecordKind::Activity
            | RecordKind::Report
            | RecordKind::Duty => self.seen.contains(&id),
            RecordKind::Institution => may_know_contacts(actor, id.into()),
            RecordKind::Import => may_write_anywhere(actor),
        }
    }
}

/// Returns true if the person still represents the institution, belongs to it with a grant, or writes records: notices
/// about an institution are its changed contacts, and parts that change hands.
fn may_know_contacts(actor: &Actor, institution: InstitutionId) -> bool {
    let belongs = actor.institution_id == Some(institution) && !actor.grants.is_empty();
    let mut represented = actor.represented_everywhere().chain(actor.represented_in().map(|(_, own)| own));
    belongs || may_write_anywhere(actor) || represented.any(|own| own == institution)
}

/// Returns the ids of the records of a kind.
fn ids_of<Id: From<Uuid>>(notices: &[&AttachedNotice], kind: RecordKind) -> Vec<Id> {
    let of_kind = notices.iter().filter(|notice| notice.record_kind == kind);
    of_kind.map(|notice| notice.record_id.0.into()).collect()
}
