//! Sessions written out with agenda, attendance, minutes and papers.

use serde_json::Value;

use super::{NOTHING, Writer, in_order, nest, tell};
use crate::datasets::import::Entered;
use crate::datasets::model::{Fields, Record};
use crate::datasets::references::{AGENDA_ITEM, ATTENDANCE, PAPER};
use crate::db::Db;
use crate::error::Result;
use crate::meetings::{
    Meeting, Minutes, agenda_of_meetings, attendance_of_meetings, documents_of_meetings, minutes_of_meetings,
};

impl Writer<'_> {
    /// Meetings with what nests in them; papers that are files stay.
    pub fn meetings(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let meetings = Meeting::all(conn, self.country, self.now)?;
        let ids: Vec<_> = meetings.iter().map(|meeting| meeting.id).collect();
        let mut agendas = agenda_of_meetings(conn, &ids)?;
        let mut sheets = attendance_of_meetings(conn, &ids)?;
        let mut minutes = minutes_of_meetings(conn, &ids)?;
        let mut documents = documents_of_meetings(conn, &ids)?;
        let mut records = Vec::new();
        for meeting in meetings {
            let id = meeting.id;
            let mut record = self.record(&meeting)?;
            let agenda = self.list(&AGENDA_ITEM, &agendas.remove(&id).unwrap_or_default())?;
            nest(&mut record, "agenda", agenda);
            let sheet = self.list(&ATTENDANCE, &sheets.remove(&id).unwrap_or_default())?;
            nest(&mut record, "attendance", sheet);
            let papers: Vec<_> = documents.remove(&id).unwrap_or_default().iter().map(|one| one.input()).collect();
            let papers: Vec<_> = papers.into_iter().filter(|paper| paper.url.is_some()).collect();
            nest(&mut record, "documents", self.list(&PAPER, &papers)?);
            if let Some(minutes) = minutes.remove(&id) {
                record.fields.insert("minutes".to_owned(), Value::Object(self.minutes(&minutes)?));
            }
            records.push(record);
        }
        Ok(in_order(records))
    }

    /// The text, how far it is, and since when.
    fn minutes(&mut self, minutes: &Minutes) -> Result<Fields> {
        let mut fields = self.fields(&NOTHING, &minutes.fields)?;
        tell(&mut fields, "status", Some(minutes.status.as_str()));
        tell(&mut fields, "circulated_at", minutes.circulated_at.map(|at| at.to_string()));
        tell(&mut fields, "approved_at", minutes.approved_at.map(|at| at.to_string()));
        Ok(fields)
    }
}
