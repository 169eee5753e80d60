//! Meetings of a file with agenda, attendance, minutes and documents.

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::entered::entered;
use super::reader::{Entry, moment, objects, wrong_type};
use super::record::{Taken, alike};
use super::resolve::Resolver;
use crate::clock::Instant;
use crate::datasets::model::{Fields, Kind, Outcome};
use crate::datasets::references::{AGENDA_ITEM, ATTENDANCE, NOTHING, PAPER, Shape};
use crate::db::{MeetingId, Tx};
use crate::error::{Faults, Result};
use crate::http::Input;
use crate::meetings::{
    AgendaItemInput, AttendanceInput, Meeting, MeetingDocument, MeetingDocumentInput as Paper, MeetingInput,
    MinutesInput, MinutesStatus, agenda_of_meetings, approve_minutes, attendance_of_meetings, circulate_minutes,
    create_meeting, create_meeting_document, documents_of_meetings, meetings_of_country, minutes_of_meetings,
    put_agenda, put_attendance, put_minutes, update_meeting, update_meeting_document,
};

entered!(Meeting: MeetingInput, Meeting, MEETING,
    |conn, country, _| meetings_of_country(conn, country),
    |tx, actor, _, input, _| create_meeting(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_meeting(tx, actor, id.into(), input));

const PARTS: [&str; 4] = ["agenda", "attendance", "minutes", "documents"];

/// Minutes as a file has them.
struct FileMinutes {
    input: MinutesInput,
    status: MinutesStatus,
    circulated_at: Option<Instant>,
    approved_at: Option<Instant>,
}

/// What nests in a meeting; None where the file does not say.
struct Parts {
    agenda: Option<Vec<AgendaItemInput>>,
    attendance: Option<Vec<AttendanceInput>>,
    minutes: Option<FileMinutes>,
    documents: Vec<(String, Paper)>,
}

impl Import {
    pub fn meetings(&mut self, tx: &mut Tx<'_>, mut entries: Vec<Entry>) -> Result<()> {
        let mut all = Vec::new();
        for entry in &mut entries {
            for part in PARTS {
                if let Some(value) = entry.fields.remove(part) {
                    entry.aside.insert(part.to_owned(), value);
                }
            }
            let before = self.faults.list.len();
            let parts = self.parts(tx, entry)?;
            entry.broken |= self.faults.list.len() > before;
            all.push((entry.key.clone(), entry.at.clone(), parts));
        }
        let mut taken = self.section::<Meeting>(tx, entries)?;
        for (key, at, parts) in all {
            if let Some(done) = taken.get_mut(&key) {
                self.keep(tx, &at, done, parts)?;
            }
        }
        self.count(&taken);
        Ok(())
    }

    fn parts(&mut self, tx: &Tx<'_>, entry: &Entry) -> Result<Parts> {
        let at = |part: &str| format!("{}/{part}", entry.at);
        let list = |part: &str| entry.aside.get(part).filter(|value| !value.is_null());
        let agenda = self.inputs(tx, &AGENDA_ITEM, list("agenda"), &at("agenda"))?;
        let attendance = self.inputs(tx, &ATTENDANCE, list("attendance"), &at("attendance"))?;
        let documents = self.inputs(tx, &PAPER, list("documents"), &at("documents"))?;
        Ok(Parts {
            agenda: agenda.map(without_places),
            attendance: attendance.map(without_places),
            minutes: self.minutes(tx, list("minutes"), &at("minutes"))?,
            documents: documents.unwrap_or_default(),
        })
    }

    /// The entries of a nested list with their places; None when the file has no such list.
    pub fn inputs<I: Input>(
        &mut self,
        tx: &Tx<'_>,
        shape: &Shape,
        list: Option<&Value>,
        at: &str,
    ) -> Result<Option<Vec<(String, I)>>> {
        let Some(list) = list else { return Ok(None) };
        let mut faults = Faults::default();
        let mut inputs = Vec::new();
        for (at, mut fields) in objects(Some(list), at, &mut faults) {
            let resolver = Resolver { book: &self.book, kind: Kind::Country, now: tx.now };
            resolver.resolve(shape, &at, &mut fields, &mut faults);
            inputs.extend(self.read::<I>(shape, &at, fields, &mut faults)?.map(|input| (at, input)));
        }
        self.faults.list.append(&mut faults.list);
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
        let mut faults = Faults::default();
        let input = self.read::<MinutesInput>(&NOTHING, at, fields, &mut faults)?;
        self.faults.list.append(&mut faults.list);
        let minutes = |(input, status)| FileMinutes { input, status, circulated_at, approved_at };
        Ok(input.zip(status).map(minutes))
    }

    fn keep(&mut self, tx: &mut Tx<'_>, at: &str, done: &mut Taken<Meeting>, parts: Parts) -> Result<()> {
        let id = done.record.id;
        let mut changed = false;
        if let Some(agenda) = parts.agenda
            && agenda_of_meetings(tx.conn, &[id])?.remove(&id).unwrap_or_default() != agenda
        {
            changed = true;
            let kept = tx.attempt(|tx| put_agenda(tx, &self.actor, id, agenda));
            self.told(&AGENDA_ITEM, &format!("{at}/agenda"), kept)?;
        }
        if let Some(attendance) = parts.attendance
            && attendance_of_meetings(tx.conn, &[id])?.remove(&id).unwrap_or_default() != attendance
        {
            changed = true;
            let kept = tx.attempt(|tx| put_attendance(tx, &self.actor, id, attendance));
            self.told(&ATTENDANCE, &format!("{at}/attendance"), kept)?;
        }
        if let Some(minutes) = parts.minutes {
            changed |= self.keep_minutes(tx, at, id, minutes)?;
        }
        changed |= self.keep_documents(tx, id, parts.documents)?;
        if changed && done.outcome == Outcome::Unchanged {
            done.outcome = Outcome::Updated;
        }
        Ok(())
    }

    fn keep_minutes(&mut self, tx: &mut Tx<'_>, at: &str, id: MeetingId, minutes: FileMinutes) -> Result<bool> {
        let FileMinutes { input, status, circulated_at, approved_at } = minutes;
        let present = minutes_of_meetings(tx.conn, &[id])?.remove(&id);
        let written = match &present {
            Some(present) => alike(&present.fields, &input)?,
            None => false,
        };
        let far = present.as_ref().map_or(MinutesStatus::Draft, |present| present.status);
        if written && status <= far {
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
        self.told(&NOTHING, &format!("{at}/minutes"), kept)?;
        Ok(true)
    }

    /// What is there already stays; the address of a paper of the same title and kind is changed; papers that are
    /// files are left alone, for a dataset has none.
    fn keep_documents(&mut self, tx: &mut Tx<'_>, id: MeetingId, papers: Vec<(String, Paper)>) -> Result<bool> {
        let mut left = documents_of_meetings(tx.conn, &[id])?.remove(&id).unwrap_or_default();
        left.retain(|one| one.fields.url.is_some());
        let other = |(_, paper): &(String, Paper)| take(&mut left, |held| held == paper).is_none();
        let others: Vec<_> = papers.into_iter().filter(other).collect();
        let changed = !others.is_empty();
        for (at, paper) in others {
            let namesake = |held: &Paper| (&held.title, held.kind) == (&paper.title, paper.kind);
            let actor = &self.actor;
            let saved = match take(&mut left, namesake) {
                Some(held) => tx.attempt(|tx| update_meeting_document(tx, actor, (id, held.id), paper)),
                None => tx.attempt(|tx| create_meeting_document(tx, actor, id, paper)),
            };
            self.told(&PAPER, &at, saved)?;
        }
        Ok(changed)
    }
}

/// Takes the first paper of which this holds out of the list.
fn take(papers: &mut Vec<MeetingDocument>, holds: impl Fn(&Paper) -> bool) -> Option<MeetingDocument> {
    let at = papers.iter().position(|one| holds(&one.fields))?;
    Some(papers.remove(at))
}

fn without_places<I>(inputs: Vec<(String, I)>) -> Vec<I> {
    inputs.into_iter().map(|(_, input)| input).collect()
}
