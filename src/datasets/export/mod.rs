//! A country's records written out as a dataset; the same records always give the same bytes.

mod commitments;
mod history;
mod meetings;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

use super::book::Names;
use super::import::Entered;
use super::model::{Dataset, Fields, Kind, Record, VERSION};
use super::references::{NOTHING, OWNER, Shape};
use crate::activities::Activity;
use crate::agreements::Agreement;
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::commissions::{Commission, DatedState, Delegate, Membership, ReminderPolicy, reminder_policies};
use crate::db::Db;
use crate::directory::{Institution, calendar, country, institutions_by_id, institutions_of_country};
use crate::error::{Error, Result};
use crate::http::Input;
use crate::plans::{Observation, Plan, PlanItem};

/// The dataset of a country; 404 when there is none.
pub fn export(conn: &mut Db, code: &str, now: Instant) -> Result<Dataset> {
    let mut writer = Writer::open(conn, code, now)?;
    Ok(Dataset {
        articula: VERSION,
        country: writer.country(conn)?,
        commissions: writer.commissions(conn)?,
        memberships: Vec::new(),
        delegates: writer.delegates(conn)?,
        plans: writer.plans(conn)?,
        meetings: writer.meetings(conn)?,
        agreements: writer.all::<Agreement>(conn)?,
        commitments: writer.commitments(conn)?,
        activities: writer.activities(conn)?,
        observations: writer.all::<Observation>(conn)?,
        // Last, because it is those that all others name.
        institutions: writer.institutions(conn)?,
        restricted: writer.restricted,
    })
}

/// Writes records with keys for ids, and notes which institutions they name.
struct Writer<'c> {
    names: Names,
    country: &'c str,
    now: Instant,
    named: BTreeSet<Uuid>,
    restricted: RestrictedRecords,
}

impl<'c> Writer<'c> {
    fn open(conn: &mut Db, country: &'c str, now: Instant) -> Result<Self> {
        let (names, named, restricted) = (Names::open(conn, country)?, BTreeSet::new(), RestrictedRecords::default());
        Ok(Self { names, country, now, named, restricted })
    }

    /// The country with its calendar.
    fn country(&mut self, conn: &mut Db) -> Result<Fields> {
        let mut fields = self.fields(&NOTHING, &country(conn, self.country)?.input())?;
        let mut days = Vec::new();
        for day in calendar(conn, self.country)? {
            days.push(Value::Object(self.fields(&NOTHING, &day)?));
        }
        fields.insert("calendar".to_owned(), Value::Array(days));
        Ok(fields)
    }

    /// All records of a kind, in order of key.
    fn all<R: Entered<Output = R> + RestrictedContent>(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let all = R::all(conn, self.country, self.now)?;
        Ok(in_order(all.iter().map(|record| self.record(record)).collect::<Result<_>>()?))
    }

    /// Commissions with their operational states and memberships, and their reminder policies where they have one.
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
            nest_records(
                &mut record,
                "memberships",
                in_order(members.remove(&commission.id.into()).unwrap_or_default()),
            )?;
            records.push(record);
        }
        Ok(in_order(records))
    }

    /// Delegates with their commission; users, who stay behind, by name and address.
    fn delegates(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        for delegate in Delegate::all(conn, self.country, self.now)? {
            let mut record = self.record(&delegate)?;
            tell(&mut record.fields, "name", delegate.fields.name);
            tell(&mut record.fields, "email", delegate.fields.email);
            let commission = self.names.of(Kind::Commission, delegate.commission_id.into());
            record.fields.insert("commission".to_owned(), Value::String(commission));
            records.push(record);
        }
        Ok(in_order(records))
    }

    /// Plans with their items, in the order of the plan.
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

    /// Activities; one whose number was not stated says so, because left out it would be one.
    fn activities(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        for activity in Activity::all(conn, self.country, self.now)? {
            let mut record = self.record(&activity)?;
            match activity.fields.occurrences {
                None => {
                    record.fields.insert("occurrences".to_owned(), Value::Null);
                }
                Some(1) => {
                    record.fields.remove("occurrences");
                }
                Some(_) => {}
            }
            records.push(record);
        }
        Ok(in_order(records))
    }

    fn list<I: Input>(&mut self, shape: &Shape, inputs: &[I]) -> Result<Vec<Value>> {
        inputs.iter().map(|input| self.fields(shape, input).map(Value::Object)).collect()
    }

    /// The institutions of the country, and those of others that anything written names, in order of key. One that
    /// another country's dataset brought in is that one's, unless it is named.
    fn institutions(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut known: BTreeMap<Uuid, Institution> = BTreeMap::new();
        let mut found = institutions_of_country(conn, self.country)?;
        found.retain(|one| !self.names.is_shared(one.id.into()));
        let mut records = Vec::new();
        loop {
            for institution in found {
                let id: Uuid = institution.id.into();
                if let Entry::Vacant(place) = known.entry(id) {
                    records.push(self.institution(&institution)?);
                    place.insert(institution);
                }
            }
            let missing: Vec<_> =
                self.named.iter().filter(|id| !known.contains_key(id)).map(|id| (*id).into()).collect();
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

    /// The country is said when it is another, or none.
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

    /// A record with its key.
    fn record<R: Entered<Output = R> + RestrictedContent>(&mut self, record: &R) -> Result<Record> {
        record.restricted(&mut self.restricted);
        let fields = self.fields(R::SHAPE, &R::input(record))?;
        Ok(Record { key: self.names.of(R::KIND, R::id(record)), fields })
    }

    /// The fields of an input; what is empty is left out.
    fn fields<I: Input>(&mut self, shape: &Shape, input: &I) -> Result<Fields> {
        match serde_json::to_value(input).map_err(Error::internal)? {
            Value::Object(mut fields) => {
                fields.remove("country_code");
                self.name(shape, &mut fields);
                Ok(fields)
            }
            _ => Err(Error::internal("an input is an object")),
        }
    }

    fn name(&mut self, shape: &Shape, fields: &mut Fields) {
        for refused in shape.refused {
            fields.remove(*refused);
        }
        for reference in shape.references.iter().filter(|reference| reference.input != OWNER) {
            if let Some(value) = fields.remove(reference.input) {
                fields.insert(reference.file.to_owned(), self.keys(reference.kind, value));
            }
        }
        for (name, shape) in shape.nested {
            for item in fields.get_mut(*name).and_then(Value::as_array_mut).into_iter().flatten() {
                if let Value::Object(fields) = item {
                    self.name(shape, fields);
                }
            }
        }
        drop_empty(fields);
    }

    fn keys(&mut self, kind: Kind, value: Value) -> Value {
        match value {
            Value::String(id) => self.key(kind, &id),
            Value::Array(ids) => ids.iter().filter_map(Value::as_str).map(|id| self.key(kind, id)).collect(),
            other => other,
        }
    }

    fn key(&mut self, kind: Kind, id: &str) -> Value {
        let Ok(id) = id.parse() else { return Value::Null };
        if kind == Kind::Institution {
            self.named.insert(id);
        }
        Value::String(self.names.of(kind, id))
    }
}

/// Switches that are off unless said otherwise.
const SWITCHES: &[&str] = &["restricted", "highlight", "on_behalf"];

fn nest(record: &mut Record, name: &str, items: Vec<Value>) {
    tell(&mut record.fields, name, (!items.is_empty()).then_some(Value::Array(items)));
}

/// Adds a field, where there is something to say.
fn tell(fields: &mut Fields, name: &str, value: Option<impl Into<Value>>) {
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

/// Leaves out what says nothing: null, switches that are off, and empty lists.
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
