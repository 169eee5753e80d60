//! Imports sessions with agenda, attendance, minutes and documents.

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::reader::{FileRecord, moment, objects};
use super::record::{Saved, dataset_record, is_same};
use crate::clock::Instant;
use crate::datasets::model::{Fields, Kind, Outcome};
use crate::datasets::references::{AGENDA_ITEM, ATTENDANCE, DOCUMENT, NO_REFERENCES, Resolver, Shape, wrong_type};
use crate::db::{MeetingId, Tx};
use crate::error::Result;
use crate::http::Input;
use crate::meetings::{
    AgendaItemInput, AttendanceInput, Meeting, MeetingDocument, MeetingDocumentInput, MeetingInput, MinutesInput,
    MinutesStatus, agenda_of_meetings, approve_minutes, attendance_of_meetings, circulate_minutes, create_meeting,
    create_meeting_document, documents_of_meetings, meetings_of_country, minutes_of_meetings, put_agenda,
    put_attendance, put_minutes, update_meeting, update_meeting_document,
};

dataset_record!(Meeting: MeetingInput, Meeting, MEETING,
    |conn, country, _| meetings_of_country(conn, country),
    |tx, actor, _, input, _| create_meeting(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_meeting(tx, actor, id.into(), input));

const PARTS: [&str; 4] = ["agenda", "attendance", "minutes", "documents"];

/// The minutes in a file.
struct FileMinutes {
    input: MinutesInput,
    status: MinutesStatus,
    circulated_at: Option<Instant>,
    approved_at: Option<Instant>,
}

/// The nested parts of a session; `None` if the file does not have them.
struct MeetingParts {
    agenda: Option<Vec<AgendaItemInput>>,
    attendance: Option<Vec<AttendanceInput>>,
    minutes: Option<FileMinutes>,
    documents: Vec<(String, MeetingDocumentInput)>,
}

impl Import {
    pub(super) fn meetings(&mut self, tx: &mut Tx<'_>, mut records: Vec<FileRecord>) -> Result<()> {
        let mut all = Vec::new();
        for entry in &mut records {
            for part in PARTS {
                if let Some(value) = entry.fields.remove(part) {
                    entry.extra.insert(part.to_owned(), value);
                }
            }
            let before = self.faults.list.len();
            let parts = self.parts(tx, entry)?;
            entry.broken |= self.faults.list.len() > before;
            all.push((entry.key.clone(), entry.at.clone(), parts));
        }
        let mut saved = self.section::<Meeting>(tx, records)?;
        for (key, at, parts) in all {
            if let Some(done) = saved.get_mut(&key) {
                self.save_meeting_parts(tx, &at, done, parts)?;
            }
        }
        self.count(&saved);
        Ok(())
    }

    fn parts(&mut self, tx: &Tx<'_>, entry: &FileRecord) -> Result<MeetingParts> {
        let at = |part: &str| format!("{}/{part}", entry.at);
        let list = |part: &str| entry.extra.get(part).filter(|value| !value.is_null());
        let agenda = self.inputs(tx, &AGENDA_ITEM, list("agenda"), &at("agenda"))?;
        let attendance = self.inputs(tx, &ATTENDANCE, list("attendance"), &at("attendance"))?;
        let documents = self.inputs(tx, &DOCUMENT, list("documents"), &at("documents"))?;
        Ok(MeetingParts {
            agenda: agenda.map(inputs_alone),
            attendance: attendance.map(inputs_alone),
            minutes: self.minutes(tx, list("minutes"), &at("minutes"))?,
            documents: documents.unwrap_or_default(),
        })
    }

    /// Reads the items of a nested list with their places; `None` if the file has no such list.
    fn inputs<I: Input>(
        &mut self,
        tx: &Tx<'_>,
        shape: &Shape,
        list: Option<&Value>,
        at: &str,
    ) -> Result<Option<Vec<(String, I)>>> {
        let Some(list) = list else { return Ok(None) };
        let mut inputs = Vec::new();
        for (at, mut fields) in objects(Some(list), at, &mut self.faults) {
            let resolver = Resolver { keys: &self.keys, kind: Kind::Country, now: tx.now };
            resolver.resolve(shape, &at, &mut fields, &mut self.faults);
            inputs.extend(self.read::<I>(shape, &at, fields)?.map(|input| (at, input)));
        }
        Ok(Some(inputs))
    }

    fn minutes(&mut self, tx: &Tx<'_>, value: Option<&Value>, at: &str) -> Result<Option<FileMinutes>> {
        let mut fields: Fields = match value {
            None => return Ok(None),
            Some(Value::Object(fields)) => fields.clone(),
            Some(_) => {
                wrong_type(&mut self.faults, at, "object");
                return Ok(None);
            }
        };
        let circulated_at = moment(&mut fields, "circulated_at", at, tx.now, &mut self.faults);
        let approved_at = moment(&mut fields, "approved_at", at, tx.now, &mut self.faults);
        let status = match fields.remove("status").as_ref().map(Value::as_str) {
            None => Some(MinutesStatus::Draft),
            Some(text) => text.and_then(|text| text.parse().ok()),
        };
        if status.is_none() {
            let allowed: Vec<_> = MinutesStatus::ALL.iter().map(|status| status.as_str()).collect();
            self.faults.add_with(format!("{at}/status"), "not_a_choice", vec![("allowed", allowed.join(", "))]);
        }
        let input = self.read::<MinutesInput>(&NO_REFERENCES, at, fields)?;
        let minutes = |(input, status)| FileMinutes { input, status, circulated_at, approved_at };
        Ok(input.zip(status).map(minutes))
    }

    fn save_meeting_parts(
        &mut self,
        tx: &mut Tx<'_>,
        at: &str,
        done: &mut Saved<Meeting>,
        parts: MeetingParts,
    ) -> Result<()> {
        let id = done.record.id;
        let mut changed = false;
        if let Some(agenda) = parts.agenda
            && !agenda_of_meetings(tx.conn, &[id])?
                .remove(&id)
                .unwrap_or_default()
                .into_iter()
                .map(AgendaItemInput::without_id)
                .eq(agenda.iter().cloned())
        {
            changed = true;
            let kept = tx.attempt(|tx| put_agenda(tx, &self.actor, id, agenda));
            self.or_faults(&AGENDA_ITEM, &format!("{at}/agenda"), kept)?;
        }
        if let Some(attendance) = parts.attendance
            && attendance_of_meetings(tx.conn, &[id])?.remove(&id).unwrap_or_default() != attendance
        {
            changed = true;
            let kept = tx.attempt(|tx| put_attendance(tx, &self.actor, id, attendance));
            self.or_faults(&ATTENDANCE, &format!("{at}/attendance"), kept)?;
        }
        if let Some(minutes) = parts.minutes {
            changed |= self.save_minutes(tx, at, id, minutes)?;
        }
        changed |= self.save_documents(tx, id, parts.documents)?;
        if changed && done.outcome == Outcome::Unchanged {
            done.outcome = Outcome::Updated;
        }
        Ok(())
    }

    fn save_minutes(&mut self, tx: &mut Tx<'_>, at: &str, id: MeetingId, minutes: FileMinutes) -> Result<bool> {
        let FileMinutes { input, status, circulated_at, approved_at } = minutes;
        let present = minutes_of_meetings(tx.conn, &[id])?.remove(&id);
        let written = match &present {
            Some(present) => is_same(&present.fields, &input)?,
            None => false,
        };
        let recorded = present.as_ref().map_or(MinutesStatus::Draft, |present| present.status);
        if written && status <= recorded {
            return Ok(false);
        }
        let kept = tx.attempt(|tx| {
            if !written {
                put_minutes(tx, &self.actor, id, input)?;
            }
            let now = tx.now;
            if status == MinutesStatus::Circulated || circulated_at.is_some() {
                tx.as_of(circulated_at.unwrap_or(now), |tx| circulate_minutes(tx, &self.actor, id))?;
            }
            if status == MinutesStatus::Approved {
                tx.as_of(approved_at.unwrap_or(now), |tx| approve_minutes(tx, &self.actor, id))?;
            }
            Ok(())
        });
        self.or_faults(&NO_REFERENCES, &format!("{at}/minutes"), kept)?;
        Ok(true)
    }

    /// Imports documents. The address of a recorded one with the same title and kind changes; others stay, and so do
    /// uploaded files, because a dataset has none.
    fn save_documents(
        &mut self,
        tx: &mut Tx<'_>,
        id: MeetingId,
        documents: Vec<(String, MeetingDocumentInput)>,
    ) -> Result<bool> {
        let mut left = documents_of_meetings(tx.conn, &[id])?.remove(&id).unwrap_or_default();
        left.retain(|one| one.fields.url.is_some());
        let other = |(_, document): &(String, MeetingDocumentInput)| take(&mut left, |held| held == document).is_none();
        let others: Vec<_> = documents.into_iter().filter(other).collect();
        let changed = !others.is_empty();
        for (at, document) in others {
            let namesake = |held: &MeetingDocumentInput| (&held.title, held.kind) == (&document.title, document.kind);
            let actor = &self.actor;
            let saved = match take(&mut left, namesake) {
                Some(held) => tx.attempt(|tx| update_meeting_document(tx, actor, (id, held.id), document)),
                None => tx.attempt(|tx| create_meeting_document(tx, actor, id, document)),
            };
            self.or_faults(&DOCUMENT, &at, saved)?;
        }
        Ok(changed)
    }
}

/// Takes the first document that matches out of the list.
fn take(
    documents: &mut Vec<MeetingDocument>,
    holds: impl Fn(&MeetingDocumentInput) -> bool,
) -> Option<MeetingDocument> {
    let at = documents.iter().position(|one| holds(&one.fields))?;
    Some(documents.remove(at))
}

fn inputs_alone<I>(inputs: Vec<(String, I)>) -> Vec<I> {
    inputs.into_iter().map(|(_, input)| input).collect()
}
