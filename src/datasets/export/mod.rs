//! Exports the records of a country as a dataset. The same records always give the same bytes.

mod commitments;

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

use super::import::DatasetRecord;
use super::keys::ExportKeys;
use super::model::{Dataset, Fields, Kind, Record, VERSION};
use super::references::{
    AGENDA_ITEM, AGENDA_ITEM_ID, ATTENDANCE, DOCUMENT, INSTITUTION_DAYS, MINUTES_COMMENT, NO_REFERENCES, OWNER, Shape,
};
use crate::activities::Activity;
use crate::agreements::Agreement;
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::commissions::{Commission, DatedState, Delegate, Membership, ReminderPolicy, reminder_policies};
use crate::db::{AgendaItemId, Db};
use crate::directory::{Institution, calendar, country, institutions_by_id, institutions_of_country};
use crate::duties::{DatasetReport, DatasetWaiver, Duty};
use crate::error::{Error, Result};
use crate::http::Input;
use crate::indicators::{Indicator, IndicatorValue};
use crate::meetings::{Meeting, agenda_numbers, agenda_of_meetings, attendance_of_meetings, documents_of_meetings};
use crate::minutes::{Minutes, MinutesComment, comments_of_meetings, minutes_of_meetings};
use crate::plans::{Observation, Plan, PlanItem};

/// Exports the dataset of a country; 404 if there is no such country.
pub(super) fn export(conn: &mut Db, code: &str, now: Instant) -> Result<Dataset> {
    let mut writer = Writer::open(conn, code, now)?;
    Ok(Dataset {
        articula: VERSION,
        country: writer.country(conn)?,
        commissions: writer.commissions(conn)?,
        memberships: Vec::new(),
        delegates: writer.delegates(conn)?,
        plans: writer.plans(conn)?,
        indicators: writer.indicators(conn)?,
        duties: writer.duties(conn)?,
        meetings: writer.meetings(conn)?,
        agreements: writer.all::<Agreement>(conn)?,
        commitments: writer.commitments(conn)?,
        activities: writer.activities(conn)?,
        observations: writer.all::<Observation>(conn)?,
        // Last, because the other records name them.
        institutions: writer.institutions(conn)?,
        restricted: writer.restricted,
    })
}

/// Writes records with keys in place of ids, and notes the institutions that they name.
struct Writer<'c> {
    keys: ExportKeys,
    country: &'c str,
    now: Instant,
    named: BTreeSet<Uuid>,
    /// The number of each item on the agenda of its session.
    agenda: HashMap<AgendaItemId, usize>,
    restricted: RestrictedRecords,
}

impl<'c> Writer<'c> {
    fn open(conn: &mut Db, country: &'c str, now: Instant) -> Result<Self> {
        let (keys, named, restricted) =
            (ExportKeys::open(conn, country)?, BTreeSet::new(), RestrictedRecords::default());
        let agenda = agenda_numbers(conn, country)?;
        Ok(Self { keys, country, now, named, agenda, restricted })
    }

    /// Writes the country with its calendar.
    fn country(&mut self, conn: &mut Db) -> Result<Fields> {
        let mut fields = self.fields(&NO_REFERENCES, &country(conn, self.country)?.input())?;
        let mut days = Vec::new();
        for day in calendar(conn, self.country)? {
            days.push(Value::Object(self.fields(&NO_REFERENCES, &day)?));
        }
        fields.insert("calendar".to_owned(), Value::Array(days));
        Ok(fields)
    }

    /// Writes all records of a kind, in the order of their keys.
    fn all<R: DatasetRecord + RestrictedContent>(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let all = R::all(conn, self.country, self.now)?;
        Ok(in_order(all.iter().map(|record| self.record(record)).collect::<Result<_>>()?))
    }

    /// Writes commissions with their operational states, memberships, and reminder policies.
    fn commissions(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        let mut states: HashMap<Uuid, Vec<(NaiveDate, Value)>> = HashMap::new();
        for state in DatedState::all(conn, self.country, self.now)? {
            let fields = self.fields(DatedState::SHAPE, &state.input())?;
            states.entry(state.commission_id.into()).or_default().push((state.since_from, Value::Object(fields)));
        }
        let mut members: HashMap<Uuid, Vec<Record>> = HashMap::new();
        for membership in Membership::all(conn, self.country, self.now)? {
            let record = self.record(&membership)?;
            members.entry(membership.commission_id.into()).or_default().push(record);
        }
        let commissions = Commission::all(conn, self.country, self.now)?;
        let ids: Vec<_> = commissions.iter().map(|commission| commission.id).collect();
        let mut policies = reminder_policies(conn, &ids)?;
        for commission in commissions {
            let mut record = self.record(&commission)?;
            if let Some(policy) = policies.remove(&commission.id).filter(|policy| *policy != ReminderPolicy::default())
            {
                let policy = serde_json::to_value(policy).map_err(Error::internal)?;
                record.fields.insert("reminder_policy".to_owned(), policy);
            }
            let mut own = states.remove(&commission.id.into()).unwrap_or_default();
            own.sort_by_key(|(since, _)| *since);
            nest(&mut record, "operational_states", own.into_iter().map(|(_, state)| state).collect());
            let members = in_order(members.remove(&commission.id.into()).unwrap_or_default());
            nest_records(&mut record, "memberships", members)?;
            records.push(record);
        }
        Ok(in_order(records))
    }

    /// Writes delegates with their commission; users, who are left out, by name and address.
    fn delegates(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        for delegate in Delegate::all(conn, self.country, self.now)? {
            let mut record = self.record(&delegate)?;
            set(&mut record.fields, "name", delegate.fields.name);
            set(&mut record.fields, "email", delegate.fields.email);
            let commission = self.keys.of(Kind::Commission, delegate.commission_id.into());
            record.fields.insert("commission".to_owned(), Value::String(commission));
            records.push(record);
        }
        Ok(in_order(records))
    }

    /// Writes plans with their items, in the order of the plan.
    fn plans(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut items: HashMap<Uuid, Vec<PlanItem>> = HashMap::new();
        for item in PlanItem::all(conn, self.country, self.now)? {
            items.entry(item.plan_id.into()).or_default().push(item);
        }
        let mut records = Vec::new();
        for plan in Plan::all(conn, self.country, self.now)? {
            let mut record = self.record(&plan)?;
            let mut own = items.remove(&plan.id.into()).unwrap_or_default();
            own.sort_by_key(|item| item.fields.position);
            let own = own.iter().map(|item| self.record(item)).collect::<Result<_>>()?;
            nest_records(&mut record, "items", own)?;
            records.push(record);
        }
        Ok(in_order(records))
    }

    /// Writes indicators with their values, in the order of recording.
    fn indicators(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut all = IndicatorValue::all(conn, self.country, self.now)?;
        all.sort_by_key(|value| value.id);
        let mut values: HashMap<Uuid, Vec<Value>> = HashMap::new();
        for value in &all {
            let fields = self.fields(IndicatorValue::SHAPE, &value.input())?;
            values.entry(value.indicator_id.into()).or_default().push(Value::Object(fields));
        }
        let mut records = Vec::new();
        for indicator in Indicator::all(conn, self.country, self.now)? {
            let mut record = self.record(&indicator)?;
            nest(&mut record, "values", values.remove(&indicator.id.into()).unwrap_or_default());
            records.push(record);
        }
        Ok(in_order(records))
    }

    /// Writes duties with their reports, in the order of receipt, and their waivers.
    fn duties(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut reports: HashMap<Uuid, Vec<Value>> = HashMap::new();
        for report in &DatasetReport::all(conn, self.country, self.now)? {
            let fields = self.fields(DatasetReport::SHAPE, &report.input())?;
            reports.entry(report.duty_id.into()).or_default().push(Value::Object(fields));
        }
        let mut waivers: HashMap<Uuid, Vec<Value>> = HashMap::new();
        for waiver in &DatasetWaiver::all(conn, self.country, self.now)? {
            let fields = self.fields(DatasetWaiver::SHAPE, &waiver.input())?;
            waivers.entry(waiver.duty_id.into()).or_default().push(Value::Object(fields));
        }
        let mut records = Vec::new();
        for duty in Duty::all(conn, self.country, self.now)? {
            let mut record = self.record(&duty)?;
            nest(&mut record, "institution_days", self.institution_days(&duty)?);
            nest(&mut record, "reports", reports.remove(&duty.id.into()).unwrap_or_default());
            nest(&mut record, "waivers", waivers.remove(&duty.id.into()).unwrap_or_default());
            records.push(record);
        }
        Ok(in_order(records))
    }

    /// Writes the days of the named institutions, without those that are asked since the first period.
    fn institution_days(&mut self, duty: &Duty) -> Result<Vec<Value>> {
        let bounded: Vec<_> = duty.institution_days.iter().filter(|days| !days.is_unbounded()).cloned().collect();
        self.list(&INSTITUTION_DAYS, &bounded)
    }

    /// Writes sessions with agenda, attendance, minutes and documents, without uploaded files.
    pub(crate) fn meetings(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let meetings = Meeting::all(conn, self.country, self.now)?;
        let ids: Vec<_> = meetings.iter().map(|meeting| meeting.id).collect();
        let mut agendas = agenda_of_meetings(conn, &ids)?;
        let mut sheets = attendance_of_meetings(conn, &ids)?;
        let mut minutes = minutes_of_meetings(conn, &ids)?;
        let mut comments = comments_of_meetings(conn, &ids)?;
        let mut documents = documents_of_meetings(conn, &ids)?;
        let mut records = Vec::new();
        for meeting in meetings {
            let id = meeting.id;
            let mut record = self.record(&meeting)?;
            let agenda = self.list(&AGENDA_ITEM, &agendas.remove(&id).unwrap_or_default())?;
            nest(&mut record, "agenda", agenda);
            let sheet = self.list(&ATTENDANCE, &sheets.remove(&id).unwrap_or_default())?;
            nest(&mut record, "attendance", sheet);
            let own = documents.remove(&id).unwrap_or_default();
            let own: Vec<_> = own.iter().map(|one| one.input()).filter(|document| document.url.is_some()).collect();
            nest(&mut record, "documents", self.list(&DOCUMENT, &own)?);
            if let Some(minutes) = minutes.remove(&id) {
                let minutes = self.minutes(&minutes, &comments.remove(&id).unwrap_or_default())?;
                record.fields.insert("minutes".to_owned(), Value::Object(minutes));
            }
            records.push(record);
        }
        Ok(in_order(records))
    }

    /// Writes the text of minutes (the circulated one, not one that was written since), their status, their code, the
    /// moments of circulation and approval, and the comments without their authors.
    fn minutes(&mut self, minutes: &Minutes, comments: &[MinutesComment]) -> Result<Fields> {
        let mut fields = self.fields(&NO_REFERENCES, &minutes.fields)?;
        set(&mut fields, "status", Some(minutes.status.as_str()));
        set(&mut fields, "code", minutes.code.clone());
        set(&mut fields, "circulated_at", minutes.circulated_at.map(|at| at.to_string()));
        set(&mut fields, "approved_at", minutes.approved_at.map(|at| at.to_string()));
        let mut list = Vec::new();
        for comment in comments {
            let mut fields = self.fields(&MINUTES_COMMENT, &comment.input())?;
            set(&mut fields, "created_at", Some(comment.created_at.to_string()));
            list.push(Value::Object(fields));
        }
        set(&mut fields, "comments", (!list.is_empty()).then_some(Value::Array(list)));
        Ok(fields)
    }

    /// Writes activities. An unknown number is `null`, because a number that is left out is one.
    fn activities(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        for activity in Activity::all(conn, self.country, self.now)? {
            let mut record = self.record(&activity)?;
            if activity.fields.occurrences.is_none() {
                record.fields.insert("occurrences".to_owned(), Value::Null);
            } else if activity.fields.occurrences == Some(1) {
                record.fields.remove("occurrences");
            }
            records.push(record);
        }
        Ok(in_order(records))
    }

    fn list<I: Input>(&mut self, shape: &Shape, inputs: &[I]) -> Result<Vec<Value>> {
        inputs.iter().map(|input| self.fields(shape, input).map(Value::Object)).collect()
    }

    /// Writes the institutions of the country, and others that a record names, in the order of their keys. One that only
    /// the dataset of another country imported is left out, unless a record names it.
    fn institutions(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut known: BTreeSet<Uuid> = BTreeSet::new();
        let mut found = institutions_of_country(conn, self.country)?;
        found.retain(|one| !self.keys.is_shared(one.id.into()));
        let mut records = Vec::new();
        loop {
            for institution in found {
                if known.insert(institution.id.into()) {
                    records.push(self.institution(&institution)?);
                }
            }
            let missing: Vec<_> = self.named.difference(&known).map(|id| (*id).into()).collect();
            if missing.is_empty() {
                break;
            }
            found = institutions_by_id(conn, &missing)?.into_values().collect();
            if found.is_empty() {
                break;
            }
        }
        Ok(in_order(records))
    }

    /// Writes an institution; its country only if it is another, or none.
    fn institution(&mut self, institution: &Institution) -> Result<Record> {
        let mut record = self.record(institution)?;
        match institution.fields.country_code.as_deref() {
            Some(code) if code == self.country => {}
            code => {
                record.fields.insert("country_code".into(), code.map_or(Value::Null, |code| code.to_owned().into()));
            }
        }
        Ok(record)
    }

    /// Writes a record with its key.
    fn record<R: DatasetRecord + RestrictedContent>(&mut self, record: &R) -> Result<Record> {
        record.restricted(&mut self.restricted);
        let fields = self.fields(R::SHAPE, &R::input(record))?;
        Ok(Record { key: self.keys.of(R::KIND, R::id(record)), fields })
    }

    /// Writes the fields of an input without empty ones.
    fn fields<I: Input>(&mut self, shape: &Shape, input: &I) -> Result<Fields> {
        match serde_json::to_value(input).map_err(Error::internal)? {
            Value::Object(mut fields) => {
                fields.remove("country_code");
                keep_addresses(&mut fields);
                let item = fields.get(AGENDA_ITEM_ID).and_then(Value::as_str).and_then(|id| id.parse().ok());
                set(&mut fields, "agenda_item", item.and_then(|id: AgendaItemId| self.agenda.get(&id).copied()));
                self.replace_ids(shape, &mut fields);
                Ok(fields)
            }
            _ => Err(Error::internal("an input is an object")),
        }
    }

    fn replace_ids(&mut self, shape: &Shape, fields: &mut Fields) {
        for refused in shape.refused {
            fields.remove(*refused);
        }
        for reference in shape.references.iter().filter(|reference| reference.input != OWNER) {
            if let Some(value) = fields.remove(reference.input) {
                fields.insert(reference.file.to_owned(), self.keys_of(reference.kind, value));
            }
        }
        for (name, shape) in shape.nested {
            for item in fields.get_mut(*name).and_then(Value::as_array_mut).into_iter().flatten() {
                if let Value::Object(fields) = item {
                    self.replace_ids(shape, fields);
                }
            }
        }
        drop_empty(fields);
    }

    fn keys_of(&mut self, kind: Kind, value: Value) -> Value {
        match value {
            Value::String(id) => self.key_of(kind, &id),
            Value::Array(ids) => ids.iter().filter_map(Value::as_str).map(|id| self.key_of(kind, id)).collect(),
            other => other,
        }
    }

    fn key_of(&mut self, kind: Kind, id: &str) -> Value {
        let Ok(id) = id.parse() else { return Value::Null };
        if kind == Kind::Institution {
            self.named.insert(id);
        }
        Value::String(self.keys.of(kind, id))
    }
}

/// Fields whose default is false.
const SWITCHES: &[&str] =
    &["restricted", "highlight", "on_behalf", "accept_below_target", "public", "preliminary", "nothing_to_report"];

/// Leaves out the attachments that are uploaded files.
fn keep_addresses(fields: &mut Fields) {
    if let Some(attached) = fields.get_mut("attachments").and_then(Value::as_array_mut) {
        attached.retain(|one| one.get("url").is_some_and(Value::is_string));
    }
}

fn nest(record: &mut Record, name: &str, items: Vec<Value>) {
    set(&mut record.fields, name, (!items.is_empty()).then_some(Value::Array(items)));
}

/// Sets a field, if there is a value.
fn set(fields: &mut Fields, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), value.into());
    }
}

fn nest_records(record: &mut Record, name: &str, items: Vec<Record>) -> Result<()> {
    let items =
        items.iter().map(serde_json::to_value).collect::<std::result::Result<_, _>>().map_err(Error::internal)?;
    nest(record, name, items);
    Ok(())
}

/// Removes null, default values and empty lists.
fn drop_empty(fields: &mut Fields) {
    fields.retain(|name, value| match value {
        Value::Null => false,
        Value::Bool(false) => !SWITCHES.contains(&name.as_str()),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    });
    for value in fields.values_mut() {
        match value {
            Value::Object(inner) => inner.retain(|_, value| !value.is_null()),
            Value::Array(items) => items.iter_mut().filter_map(Value::as_object_mut).for_each(drop_empty),
            _ => {}
        }
    }
}

fn in_order(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by(|a, b| a.key.cmp(&b.key));
    records
}
