//! What the record says of the sources of a report: as JSON to be kept, and as a fingerprint to be compared.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Records;
use crate::reports::model::{Source, SourceKind};
use crate::text::hex;

/// What the record says of some sources.
pub struct Contents(HashMap<(SourceKind, String), Value>);

impl Contents {
    /// What the record says of these sources; one that is gone is left out.
    pub fn of<'a>(records: &Records, sources: impl Iterator<Item = &'a Source>) -> Self {
        let wanted: HashSet<(SourceKind, &str)> = sources.map(|source| (source.kind, source.id.as_str())).collect();
        let mut found = HashMap::new();
        let mut keep = |kind: SourceKind, id: String, content: &dyn Fn() -> Value| {
            if wanted.contains(&(kind, id.as_str())) {
                found.insert((kind, id), content());
            }
        };
        for one in &records.activities {
            keep(SourceKind::Activity, one.id.to_string(), &|| value(one));
        }
        for one in &records.agreements {
            keep(SourceKind::Agreement, one.id.to_string(), &|| value(one));
        }
        for one in &records.commitments {
            keep(SourceKind::Commitment, one.id.to_string(), &|| value(one));
        }
        for one in &records.meetings {
            keep(SourceKind::Meeting, one.id.to_string(), &|| value(one));
        }
        for one in &records.observations {
            keep(SourceKind::Observation, one.id.to_string(), &|| value(one));
        }
        for one in &records.plans {
            keep(SourceKind::Plan, one.id.to_string(), &|| value(one));
        }
        for one in &records.roadmap.items {
            keep(SourceKind::PlanItem, one.step.id.to_string(), &|| value(one));
        }
        for (id, one) in &records.institutions {
            keep(SourceKind::Institution, id.to_string(), &|| value(one));
        }
        for one in &records.commissions {
            let members = || records.memberships.iter().filter(|member| member.commission_id == one.id);
            keep(
                SourceKind::Commission,
                one.id.to_string(),
                &|| json!({"commission": value(one), "memberships": members().map(value).collect::<Vec<_>>()}),
            );
        }
        if let Some(previous) = &records.previous {
            keep(SourceKind::Report, previous.id.to_string(), &|| json!({"texts": previous.texts}));
        }
        Self(found)
    }

    pub fn get(&self, source: &Source) -> Option<&Value> {
        self.0.get(&(source.kind, source.id.clone()))
    }

    /// A short mark that changes when what the record says changes.
    pub fn print(&self, source: &Source) -> String {
        self.get(source).map(|content| fingerprint(&content.to_string()).chars().take(16).collect()).unwrap_or_default()
    }
}

fn value<T: Serialize>(record: &T) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}

/// The SHA-256 of a text in hexadecimal.
pub fn fingerprint(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}
