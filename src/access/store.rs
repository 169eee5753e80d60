//! Read models that every slice needs: what commissions are called, where they are, what day it is there.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;

use super::targets::Table;
use super::visibility::Visibility;
use crate::clock::Instant;
use crate::db::schema::{commissions, countries, files};
use crate::db::{CommissionId, Db, FileId, RawId, UserId};
use crate::error::Result;

/// As much of a commission as other slices need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommissionRef {
    pub id: CommissionId,
    pub country_code: String,
    pub name: String,
    pub acronym: Option<String>,
    /// Its own time zone, else its country's.
    pub zone: Tz,
}

impl CommissionRef {
    /// The commission's calendar day.
    pub fn today(&self, now: Instant) -> NaiveDate {
        now.day_in(self.zone)
    }

    /// The acronym, else the name.
    pub fn label(&self) -> &str {
        self.acronym.as_deref().unwrap_or(&self.name)
    }
}

/// Those of these commissions that may be known, in their order: one query.
pub fn known_commissions(conn: &mut Db, visibility: &Visibility, ids: &[CommissionId]) -> Result<Vec<CommissionRef>> {
    let mut found = commission_refs(conn, ids)?;
    let known = ids.iter().filter_map(|id| found.remove(id));
    Ok(known.filter(|one| visibility.knows_commission(one.id, &one.country_code)).collect())
}

/// These commissions, by id: one query.
pub fn commission_refs(conn: &mut Db, ids: &[CommissionId]) -> Result<HashMap<CommissionId, CommissionRef>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    type Row = (CommissionId, String, String, Option<String>, Option<String>, String);
    let rows: Vec<Row> = commissions::table
        .inner_join(countries::table)
        .filter(commissions::id.eq_any(ids))
        .select((
            commissions::id,
            commissions::country_code,
            commissions::name,
            commissions::acronym,
            commissions::time_zone,
            countries::time_zone,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, country_code, name, acronym, own, zone)| {
            let zone = own.as_deref().unwrap_or(&zone).parse().unwrap_or(Tz::UTC);
            (id, CommissionRef { id, country_code, name, acronym, zone })
        })
        .collect())
}

/// The time zone of a country; None when there is no such country.
pub fn country_zone(conn: &mut Db, code: &str) -> Result<Option<Tz>> {
    let zone: Option<String> = countries::table.find(code).select(countries::time_zone).first(conn).optional()?;
    Ok(zone.map(|zone| zone.parse().unwrap_or(Tz::UTC)))
}

/// Which of these ids stand in a table: one query.
pub fn exists(conn: &mut Db, table: Table, ids: &[uuid::Uuid]) -> Result<Vec<uuid::Uuid>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<RawId> = ids.iter().copied().map(RawId).collect();
    macro_rules! look {
        ($($name:ident),+) => {
            match table {
                $(Table::$name => {
                    use crate::db::schema::$name::dsl;
                    dsl::$name.filter(dsl::id.eq_any(&ids)).select(dsl::id).load::<RawId>(conn)?
                })+
            }
        };
    }
    let rows = look!(institutions, meetings, agreements, plan_items, commitments, files, users, plans);
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Which of these files exist; of one person's uploads alone when `uploader` is given.
pub fn uploads(conn: &mut Db, uploader: Option<UserId>, ids: &[FileId]) -> Result<Vec<FileId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = files::table.filter(files::id.eq_any(ids)).select(files::id).into_boxed();
    if let Some(person) = uploader {
        query = query.filter(files::uploaded_by.eq(person));
    }
    Ok(query.load(conn)?)
}
