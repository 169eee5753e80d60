//! Imports the country and its institutions.

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::reader::{FileRecord, objects};
use super::record::dataset_record;
use crate::commitments::recompute_terms;
use crate::datasets::model::{Fields, Kind, Outcome};
use crate::datasets::references::NO_REFERENCES;
use crate::datasets::store::SHARED;
use crate::db::{Db, Tx};
use crate::directory::{
    CalendarDay, CountryInput, Institution, InstitutionInput, calendar, country, create_country, institutions_by_id,
    institutions_of_country, may_change_institution, put_calendar, record_institution, update_country,
    update_institution,
};
use crate::error::{Code, Result};
use crate::identity::Actor;

dataset_record!(Institution: InstitutionInput, Institution, INSTITUTION,
    |conn, country, _| institutions_of_country(conn, country),
    |tx, _, _, input, _| record_institution(tx, input),
    |tx, actor, _, id: Uuid, input| update_institution(tx, actor, id.into(), input), {

    /// A country that is left out is the dataset's; `null` means none.
    fn fill_implied(fields: &mut Fields, country: &str) {
        fields.entry("country_code").or_insert_with(|| Value::String(country.to_owned()));
    }

    fn scope(fields: &Fields, country: &str) -> String {
        let own = fields.get("country_code").and_then(Value::as_str) == Some(country);
        if own { country.to_owned() } else { SHARED.to_owned() }
    }

    fn implied() -> &'static [&'static str] {
        &["country_code"]
    }

    /// Only admins change an institution without a country or of another country.
    fn may_change(conn: &mut Db, actor: &Actor, record: &Self) -> Result<bool> {
        may_change_institution(conn, actor, record.fields.country_code.as_deref())
    }
});

impl Import {
    /// Imports institutions. Present are those of the country, those that earlier imports share, and those that the file
    /// names by id.
    pub(super) fn institutions(&mut self, tx: &mut Tx<'_>, records: Vec<FileRecord>) -> Result<()> {
        let mut present = institutions_of_country(tx.conn, &self.country)?;
        let own_ids = records.iter().filter_map(|entry| entry.key.parse().ok());
        let ids: Vec<_> = self.keys.ids(Kind::Institution).into_iter().chain(own_ids).map(Into::into).collect();
        let shared = institutions_by_id(tx.conn, &ids)?.into_values();
        present.extend(shared.filter(|one| one.fields.country_code.as_deref() != Some(self.country.as_str())));
        let saved = self.section_among::<Institution>(tx, records, present)?;
        self.count(&saved);
        Ok(())
    }

    /// Imports the country itself; returns false if that was not possible.
    pub(super) fn country(&mut self, tx: &mut Tx<'_>, mut fields: Fields) -> Result<bool> {
        let days = fields.remove("calendar");
        let input = self.read::<CountryInput>(&NO_REFERENCES, "/country", fields)?;
        let days = self.days(days.as_ref())?;
        let Some(input) = input else {
            self.report.counts.count(Kind::Country, Outcome::Rejected);
            return Ok(false);
        };
        let actor = self.actor.clone();
        let saved = tx.attempt(|tx| save(tx, &actor, input));
        let Some(mut outcome) = self.or_faults(tx, (&NO_REFERENCES, "/country"), saved)? else {
            self.report.counts.count(Kind::Country, Outcome::Rejected);
            return Ok(false);
        };
        if let Some(days) = days {
            let code = self.country.clone();
            let before = calendar(tx.conn, &code)?;
            let kept = tx.attempt(|tx| put_calendar(tx, &actor, &code, days));
            let after = self.or_faults(tx, (&NO_REFERENCES, "/country/calendar"), kept)?;
            if after.is_some_and(|after| after != before) {
                recompute_terms(tx, &code)?;
                outcome = if outcome == Outcome::Unchanged { Outcome::Updated } else { outcome };
            }
        }
        self.report.counts.count(Kind::Country, outcome);
        Ok(true)
    }

    /// Reads the days of the calendar; `None` if it is left out or has faults.
    fn days(&mut self, list: Option<&Value>) -> Result<Option<Vec<CalendarDay>>> {
        let before = self.faults.list.len();
        let mut days = Vec::new();
        for (at, fields) in objects(list, "/country/calendar", &mut self.faults) {
            days.extend(self.read::<CalendarDay>(&NO_REFERENCES, &at, fields)?);
        }
        let is_valid = self.faults.list.len() == before && list.is_some();
        Ok(is_valid.then_some(days))
    }
}

fn save(tx: &mut Tx<'_>, actor: &Actor, mut input: CountryInput) -> Result<Outcome> {
    let present = country(tx.conn, &input.code);
    if let Ok(present) = &present
        && !actor.is_admin()
    {
        // The dataset that a coordinator exports has no note of the country.
        input.note = input.note.or_else(|| present.fields.note.clone());
    }
    match present {
        Ok(present) if present.input() == input => Ok(Outcome::Unchanged),
        Ok(_) => {
            let code = input.code.clone();
            update_country(tx, actor, &code, input).map(|_| Outcome::Updated)
        }
        Err(error) if error.code == Code::NotFound => create_country(tx, actor, input).map(|_| Outcome::Created),
        Err(error) => Err(error),
    }
}
