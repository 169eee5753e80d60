//! Institutions of a file.

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::reader::Entry;
use super::record::Entered;
use crate::db::{Db, Tx};
use crate::directory::{
    Institution, InstitutionInput, create_institution, institutions_by_id, institutions_of_country, update_institution,
};
use crate::error::Result;
use crate::exchange::model::{Fields, Kind};
use crate::exchange::references::{INSTITUTION, Shape};
use crate::exchange::store::SHARED;
use crate::identity::Actor;

impl Entered for Institution {
    const KIND: Kind = Kind::Institution;
    const SHAPE: &'static Shape = &INSTITUTION;
    type Input = InstitutionInput;
    type Output = Self;

    fn id(record: &Self) -> Uuid {
        record.id.into()
    }

    fn input(record: &Self) -> InstitutionInput {
        record.input()
    }

    fn all(conn: &mut Db, country: &str) -> Result<Vec<Self>> {
        institutions_of_country(conn, country)
    }

    fn create(tx: &mut Tx<'_>, actor: &Actor, _: Uuid, input: InstitutionInput) -> Result<Self> {
        create_institution(tx, actor, input)
    }

    fn update(tx: &mut Tx<'_>, actor: &Actor, id: Uuid, input: InstitutionInput) -> Result<Self> {
        update_institution(tx, actor, id.into(), input)
    }

    /// Left out, the country is the dataset's; `null` says that there is none.
    fn imply(fields: &mut Fields, country: &str) {
        fields.entry("country_code").or_insert_with(|| Value::String(country.to_owned()));
    }

    fn scope(fields: &Fields, country: &str) -> String {
        let own = fields.get("country_code").and_then(Value::as_str) == Some(country);
        if own { country.to_owned() } else { SHARED.to_owned() }
    }

    /// Another country's own institution is not changed from here, unless an import made it.
    fn may_change(caller: &Actor, record: &Self, by_own_id: bool) -> bool {
        !by_own_id || record.fields.country_code.as_deref().is_none_or(|code| caller.coordinates(code))
    }
}

impl Import<'_> {
    /// Institutions of the country, those that earlier imports share, and those that the file names by id.
    pub fn institutions(&mut self, tx: &mut Tx<'_>, entries: Vec<Entry>) -> Result<()> {
        let mut present = institutions_of_country(tx.conn, &self.country)?;
        let own_ids = entries.iter().filter_map(|entry| entry.key.parse().ok());
        let ids: Vec<_> = self.book.ids(Kind::Institution).into_iter().chain(own_ids).map(Into::into).collect();
        let shared = institutions_by_id(tx.conn, &ids)?.into_values();
        present.extend(shared.filter(|one| one.fields.country_code.as_deref() != Some(self.country.as_str())));
        self.section_among::<Institution>(tx, entries, present)?;
        Ok(())
    }
}
