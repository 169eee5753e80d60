//! The stored keys of records, and the lock of imports.

use diesel::prelude::*;

use super::model::Kind;
use crate::db::dispatch::lock_name;
use crate::db::schema::dataset_keys::dsl;
use crate::db::{Db, RawId};
use crate::error::Result;

/// The scope of institutions that belong to no country or to another than the dataset's.
pub(super) const SHARED: &str = "*";

/// Locks the imports of a country until the transaction ends.
pub(crate) fn one_import_at_a_time(conn: &mut Db, country: &str) -> Result<()> {
    lock_name(conn, &format!("imports of {country}"))
}

/// A stored key.
#[derive(Debug, Clone, Queryable)]
pub(super) struct KnownKey {
    pub kind: Kind,
    pub scope: String,
    pub key: String,
    pub record: RawId,
}

/// Returns the keys of a country and the shared ones, in order.
pub(super) fn keys(conn: &mut Db, country: &str) -> Result<Vec<KnownKey>> {
    Ok(dsl::dataset_keys
        .filter(dsl::scope.eq_any([country, SHARED]))
        .order((dsl::kind, dsl::scope, dsl::key))
        .select((dsl::kind, dsl::scope, dsl::key, dsl::record_id))
        .load(conn)?)
}

/// Stores the record of a key.
pub(super) fn store_key(conn: &mut Db, key: &KnownKey) -> Result<()> {
    let same = dsl::dataset_keys.find((key.kind, &key.scope, &key.key));
    if diesel::update(same).set(dsl::record_id.eq(key.record)).execute(conn)? == 0 {
        diesel::insert_into(dsl::dataset_keys)
            .values((
                dsl::kind.eq(key.kind),
                dsl::scope.eq(&key.scope),
                dsl::key.eq(&key.key),
                dsl::record_id.eq(key.record),
            ))
            .execute(conn)?;
    }
    Ok(())
}
