//! The names and pages of the records whose ids are in audit entries, for the page of the log.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use uuid::Uuid;

use super::model::AuditEntry;
use crate::access::{Visibility, commission_refs};
use crate::agreements::agreements_by_id;
use crate::commitments::countries_of_commitments;
use crate::db::{CommissionId, Db, InstitutionId, UserId, unique};
use crate::directory::institutions_by_id;
use crate::error::Result;
use crate::identity::users_by_id;
use crate::meetings::known_meetings;

/// The maximum number of ids whose names are loaded for one page.
const MOST: usize = 2000;

/// The names of the records whose ids are in the entries, and the records among them that have a page.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// People, institutions and commissions.
    names: HashMap<Uuid, String>,
    /// The records that the reader may open.
    open: HashSet<Uuid>,
}

impl Names {
    /// Returns the name of a record.
    pub(super) fn of(&self, id: Uuid) -> Option<&String> {
        self.names.get(&id)
    }

    /// Returns true if the reader may open the page of a record.
    pub(super) fn opens(&self, id: Uuid) -> bool {
        self.open.contains(&id)
    }

    #[cfg(test)]
    pub(super) fn test(id: Uuid, name: &str) -> Self {
        Self { names: HashMap::from([(id, name.to_owned())]), open: HashSet::new() }
    }
}

/// Loads the names for the ids in these entries, and the records that have a page: a constant number of statements.
pub(super) fn load(conn: &mut Db, visibility: &Visibility, entries: &[AuditEntry]) -> Result<Names> {
    let ids = ids_in(entries);
    let mut known = Names::default();
    let institutions: Vec<InstitutionId> = ids.iter().copied().map(InstitutionId::from).collect();
    for (id, one) in institutions_by_id(conn, &institutions)? {
        known.open.insert(id.into());
        known.names.insert(id.into(), one.fields.name);
    }
    let commissions: Vec<CommissionId> = ids.iter().copied().map(CommissionId::from).collect();
    for (id, one) in commission_refs(conn, &commissions)? {
        known.names.insert(id.into(), one.label().to_owned());
        if visibility.knows_commission(id, &one.country_code) {
            known.open.insert(id.into());
        }
    }
    let people: Vec<UserId> = ids.iter().copied().map(UserId::from).collect();
    known.names.extend(users_by_id(conn, &people)?.into_iter().map(|person| (person.id.into(), person.name)));
    let targets = |above: &str| -> Vec<Uuid> {
        let all = entries.iter().filter_map(target_of).filter(|(own, _)| *own == above).map(|(_, id)| id);
        crate::db::unique(all)
    };
    let meetings: Vec<_> = targets("meetings").into_iter().map(Into::into).collect();
    known.open.extend(known_meetings(conn, visibility, &meetings)?.into_iter().map(Uuid::from));
    let commitments: Vec<_> = targets("commitments").into_iter().map(Into::into).collect();
    let found = countries_of_commitments(conn, visibility, &commitments, true)?;
    known.open.extend(found.into_keys().map(Uuid::from));
    let agreements: Vec<_> = targets("agreements").into_iter().map(Into::into).collect();
    known.open.extend(agreements_by_id(conn, visibility, &agreements)?.into_keys().map(Uuid::from));
    Ok(known)
}

/// Returns the page that shows the record of an entry: its kind and its id.
pub(super) fn target_of(entry: &AuditEntry) -> Option<(&'static str, Uuid)> {
    let side = entry.after.as_ref().or(entry.before.as_ref());
    let field = |name: &str| side.and_then(|side| side.get(name)).and_then(Value::as_str);
    let id_of = |text: &str| Uuid::parse_str(text).ok();
    let own = id_of(&entry.record_id);
    let (above, id) = match entry.kind.as_str() {
        "commitment" => ("commitments", own),
        "assignment" | "update" | "extension" => ("commitments", field("commitment_id").and_then(id_of)),
        "meeting" | "minutes" | "agenda" | "attendance" => ("meetings", own),
        "agreement" => ("agreements", own),
        "institution" => ("institutions", own),
        "commission" => ("commissions", own),
        "membership" | "delegate" | "operational_state" => ("commissions", field("commission_id").and_then(id_of)),
        _ => return None,
    };
    Some((above, id?))
}

/// Returns the ids in these entries.
fn ids_in(entries: &[AuditEntry]) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = Vec::new();
    for entry in entries {
        ids.extend(Uuid::parse_str(&entry.record_id).ok());
        [&entry.before, &entry.after].into_iter().flatten().for_each(|side| collect(side, &mut ids));
    }
    let mut ids = unique(ids);
    ids.truncate(MOST);
    ids
}

/// Collects the ids in a value.
fn collect(value: &Value, ids: &mut Vec<Uuid>) {
    match value {
        Value::String(text) if text.len() == 36 => ids.extend(Uuid::parse_str(text).ok()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, ids)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, ids)),
        _ => {}
    }
}
