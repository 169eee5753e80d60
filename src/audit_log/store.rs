//! The audit log in the database.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use diesel::prelude::*;
use serde_json::Value;

use super::model::AuditEntry;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::schema::{audit_log, countries, users};
use crate::db::{AuditId, Db, UserId};
use crate::error::Result;
use crate::http::{Page, Paging};

/// Filters of the log.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    pub kind: Option<String>,
    pub record_id: Option<String>,
    pub action: Option<String>,
    pub user_id: Option<UserId>,
    pub client: Option<String>,
    pub country_code: Option<String>,
    pub from: Option<Instant>,
    pub before: Option<Instant>,
}

type Row = (
    (AuditId, Instant, Option<UserId>, String, String, String, Option<String>, Option<String>, Option<String>),
    (Option<String>, Option<String>),
);

/// Loads one page, the newest first, with one query.
pub(super) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &Filter,
    paging: &Paging<AuditId>,
) -> Result<Page<AuditEntry>> {
    let mut query = audit_log::table
        .left_join(users::table.on(audit_log::user_id.eq(users::id.nullable())))
        .order(audit_log::id.desc())
        .select((
            (
                audit_log::id,
                audit_log::at,
                audit_log::user_id,
                audit_log::action,
                audit_log::kind,
                audit_log::record_id,
                audit_log::country_code,
                audit_log::before,
                audit_log::after,
            ),
            (users::name.nullable(), audit_log::client),
        ))
        .into_boxed();
    if !visibility.all {
        let own = audit_log::country_code.eq_any(visibility.countries.iter().map(Some));
        // All countries share an institution without a country: every coordinator sees its changes.
        let shared = audit_log::kind.eq("institution").and(audit_log::country_code.is_null());
        query = match visibility.countries.is_empty() {
            true => query.filter(own),
            false => query.filter(own.or(shared)),
        };
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(audit_log::kind.eq(kind));
    }
    if let Some(record) = &filter.record_id {
        query = query.filter(audit_log::record_id.eq(record));
    }
    if let Some(action) = &filter.action {
        query = query.filter(audit_log::action.eq(action));
    }
    if let Some(user) = filter.user_id {
        query = query.filter(audit_log::user_id.eq(user));
    }
    if let Some(client) = &filter.client {
        query = query.filter(audit_log::client.eq(client));
    }
    if let Some(code) = &filter.country_code {
        query = query.filter(audit_log::country_code.eq(code));
    }
    if let Some(from) = filter.from {
        query = query.filter(audit_log::at.ge(from));
    }
    if let Some(before) = filter.before {
        query = query.filter(audit_log::at.lt(before));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(audit_log::id.lt(after));
    }
    let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
    let page = Page::cut(rows, paging, |row| row.0.0).counted(total);
    Ok(page.map(|((id, at, user_id, action, kind, record_id, country_code, before, after), (user_name, client))| {
        let read = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
        let (mut before, mut after) = (read(before), read(after));
        if !visibility.all && is_of_admins(&kind, country_code.as_deref()) {
            [&mut before, &mut after].into_iter().flatten().for_each(without_note);
        }
        AuditEntry { id, at, user_id, user_name, client, action, kind, record_id, country_code, before, after }
    }))
}

/// Returns the time zone of each country, sorted by the code of the country.
pub(super) fn zones(conn: &mut Db) -> Result<BTreeMap<String, Tz>> {
    let rows: Vec<(String, String)> = countries::table.select((countries::code, countries::time_zone)).load(conn)?;
    Ok(rows.into_iter().map(|(code, zone)| (code, zone.parse().unwrap_or(Tz::UTC))).collect())
}

/// Returns true if only admins change such a record, and so read its note: a country, or an institution without one.
fn is_of_admins(kind: &str, country: Option<&str>) -> bool {
    kind == "country" || (kind == "institution" && country.is_none())
}

fn without_note(record: &mut Value) {
    if let Value::Object(fields) = record {
        fields.remove("note");
    }
}
