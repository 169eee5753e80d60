//! Imports sessions with agenda, attendance, minutes and documents.

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::reader::{FileRecord, moment, objects};
use super::record::{Saved, dataset_record, is_same};
use crate::clock::Instant;
use crate::datasets::model::{Fields, Kind, Outcome};
use crate::datasets::references::{
    AGENDA_ITEM, ATTENDANCE, DOCUMENT, MINUTES_COMMENT, NO_REFERENCES, Resolver, Shape, wrong_type,
};
use crate::db::{MeetingId, Tx};
use crate::error::Result;
use crate::http::Input;
use crate::meetings::{
    AgendaItemInput, AttendanceInput, Meeting, MeetingDocument, MeetingDocumentInput, MeetingInput, agenda_of_meetings,
    attendance_of_meetings, create_meeting, create_meeting_document, documents_of_meetings, meetings_of_country,
    put_agenda, put_attendance, update_meeting, update_meeting_document,
};
use crate::minutes::{
    ApprovalInput, CirculationInput, MinutesComment, MinutesCommentInput, MinutesInput, MinutesStatus, approve_minutes,
    circulate_minutes, comments_of_meetings, import_minutes_code, import_minutes_comment, minutes_of_meetings,
    put_minutes,
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
    code: Option<String>,
    circulated_at: Option<Instant>,
    approved_at: Option<Instant>,
    comments: Vec<FileComment>,
}

/// A comment on minutes, with its place in the file and the moment of its entry.
struct FileComment {
    at: String,
    input: MinutesCommentInput,
    created_at: Option<Instant>,
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
        for (at, fields) in objects(Some(list), at, &mut self.faults) {
            inputs.extend(self.input::<I>(tx, shape, &at, fields)?.map(|input| (at, input)));
        }
        Ok(Some(inputs))
    }

    fn input<I: Input>(&mut self, tx: &Tx<'_>, shape: &Shape, at: &str, mut fields: Fields) -> Result<Option<I>> {
        let resolver = Resolver { keys: &self.keys, kind: Kind::Country, now: tx.now };
        resolver.resolve(shape, at, &mut fields, &mut self.faults);
        self.read::<I>(shape, at, fields)
    }

    fn comments(&mut self, tx: &Tx<'_>, list: Option<&Value>, at: &str) -> Result<Vec<FileComment>> {
        let mut comments = Vec::new();
        for (at, mut fields) in objects(list, at, &mut self.faults) {
            let created_at = moment(&mut fields, "created_at", &at, tx.now, &mut self.faults);
            if fields.get("institution").is_none_or(Value::is_null) {
                self.faults.add(format!("{at}/institution"), "required");
            }
            let input = self.input(tx, &MINUTES_COMMENT, &at, fields)?;
            comments.extend(input.map(|input| FileComment { at, input, created_at }));
        }
        Ok(comments)
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
        let code = self.minutes_code(&mut fields, at);
        let comments = self.comments(tx, fields.remove("comments").as_ref(), &format!("{at}/comments"))?;
        let status = match fields.remove("status").as_ref().map(Value::as_str) {
            None => Some(MinutesStatus::Draft),
            Some(text) => text.and_then(|text| text.parse().ok()),
        };
        if status.is_none() {
            let allowed: Vec<_> = MinutesStatus::ALL.iter().map(|status| status.as_str()).collect();
            self.faults.add_with(format!("{at}/status"), "not_a_choice", vec![("allowed", allowed.join(", "))]);
        }
        let input = self.read::<MinutesInput>(&NO_REFERENCES, at, fields)?;
        let minutes = |(input, status)| FileMinutes { input, status, code, circulated_at, approved_at, comments };
        Ok(input.zip(status).map(minutes))
    }

    /// Takes the code of minutes out of the fields.
    fn minutes_code(&mut self, fields: &mut Fields, at: &str) -> Option<String> {
        let pointer = format!("{at}/code");
        match fields.remove("code")? {
            Value::Null => None,
            Value::String(code) => {
                self.faults.line(&pointer, &code, 100);
                Some(code)
            }
            _ => {
                wrong_type(&mut self.faults, &pointer, "string");
                None
            }
        }
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
            self.or_faults(tx, (&AGENDA_ITEM, &format!("{at}/agenda")), kept)?;
        }
        if let Some(attendance) = parts.attendance
            && attendance_of_meetings(tx.conn, &[id])?.remove(&id).unwrap_or_default() != attendance
        {
            changed = true;
            let kept = tx.attempt(|tx| put_attendance(tx, &self.actor, id, attendance));
            self.or_faults(tx, (&ATTENDANCE, &format!("{at}/attendance")), kept)?;
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
        let FileMinutes { input, status, code, circulated_at, approved_at, comments } = minutes;
        let present = minutes_of_meetings(tx.conn, &[id])?.remove(&id);
        let written = match &present {
            Some(present) => is_same(&present.fields, &input)?,
            None => false,
        };
        let recorded = present.as_ref().map_or(MinutesStatus::Draft, |present| present.status);
        let now = tx.now;
        if written && status <= recorded {
            return self.save_comments(tx, id, circulated_at.unwrap_or(now), comments);
        }
        let circulated = tx.attempt(|tx| {
            if !written {
                put_minutes(tx, &self.actor, id, input)?;
            }
            if let Some(code) = code.filter(|_| status != MinutesStatus::Draft) {
                import_minutes_code(tx, &self.actor, id, code)?;
            }
            if status == MinutesStatus::Circulated || circulated_at.is_some() {
                let term = CirculationInput::default();
                tx.as_of(circulated_at.unwrap_or(now), |tx| circulate_minutes(tx, &self.actor, id, &term))?;
            }
            Ok(())
        });
        let at = format!("{at}/minutes");
        if self.or_faults(tx, (&NO_REFERENCES, &at), circulated)?.is_none() {
            return Ok(true);
        }
        self.save_comments(tx, id, circulated_at.unwrap_or(now), comments)?;
        if status == MinutesStatus::Approved {
            // The drafts of a file stay drafts.
            let approval = ApprovalInput { publish_drafts: false, ..ApprovalInput::default() };
            let actor = &self.actor;
            let approved =
                tx.attempt(|tx| tx.as_of(approved_at.unwrap_or(now), |tx| approve_minutes(tx, actor, id, &approval)));
            self.or_faults(tx, (&NO_REFERENCES, &at), approved)?;
        }
        Ok(true)
    }

    /// Adds the comments that the minutes do not have yet; `at` is the moment of those without one. Returns false if
    /// there are none.
    fn save_comments(
        &mut self,
        tx: &mut Tx<'_>,
        id: MeetingId,
        at: Instant,
        comments: Vec<FileComment>,
    ) -> Result<bool> {
        if comments.is_empty() {
            return Ok(false);
        }
        let mut recorded = comments_of_meetings(tx.conn, &[id])?.remove(&id).unwrap_or_default();
        let mut changed = false;
        for comment in comments {
            let same = |one: &MinutesComment| {
                one.input() == comment.input && comment.created_at.is_none_or(|moment| moment == one.created_at)
            };
            if let Some(place) = recorded.iter().position(same) {
                recorded.remove(place);
                continue;
            }
            changed = true;
            let moment = comment.created_at.unwrap_or(at);
            let actor = &self.actor;
            let kept = tx.attempt(|tx| tx.as_of(moment, |tx| import_minutes_comment(tx, actor, id, comment.input)));
            self.or_faults(tx, (&MINUTES_COMMENT, &comment.at), kept)?;
        }
        Ok(changed)
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
            self.or_faults(tx, (&DOCUMENT, &at), saved)?;
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
