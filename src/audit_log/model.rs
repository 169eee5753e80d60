//! Entries of the audit log.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::db::{AuditId, UserId};

/// An entry: person, address, moment, action, and the record before and after. It never contains a password, a token or its hash.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct AuditEntry {
    /// The entry's id.
    pub id: AuditId,
    /// The moment of the action.
    pub at: Instant,
    /// The person who did it; null for the program itself.
    pub user_id: Option<UserId>,
    /// The person's name today.
    #[schema(examples("Ana Rojas"))]
    pub user_name: Option<String>,
    /// The action: `created`, `updated`, `deleted` and other changes; `read` of restricted records, `exported`,
    /// `file_fetched`; `signed_in`, `sign_in_refused`, `signed_out`, `token_reused`.
    #[schema(examples("updated"))]
    pub action: String,
    /// The kind of record; `several` when an answer showed restricted records of different kinds; `account` for a
    /// refused sign-in with an address that no user has.
    #[schema(examples("commitment"))]
    pub kind: String,
    /// The record's id; `*` when an answer showed several records, whose number and first 200 ids are in `after`; for
    /// an `account`, the SHA-256 of the address.
    #[schema(examples("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub record_id: String,
    /// The network address from which it was done; null for the program itself, and for entries older than this field.
    #[schema(examples("203.0.113.9"))]
    pub client: Option<String>,
    /// The country of the record.
    #[schema(examples("CL"))]
    pub country_code: Option<String>,
    /// The record before; null when it was made.
    #[schema(schema_with = before)]
    pub before: Option<Value>,
    /// The record after; null when it was removed.
    #[schema(schema_with = after)]
    pub after: Option<Value>,
}

/// An entry shows the record before or after a change. Entries about parts of a record are not counted as restricted.
impl RestrictedContent for AuditEntry {
    fn restricted(&self, found: &mut RestrictedRecords) {
        let is_restricted = |side: &Option<Value>| {
            side.as_ref().and_then(|record| record.get("restricted")).and_then(Value::as_bool).unwrap_or(false)
        };
        if is_restricted(&self.before) || is_restricted(&self.after) {
            found.add(&self.kind, &self.record_id, self.country_code.as_deref().unwrap_or_default());
        }
    }
}

fn before() -> Object {
    record(
        "The record before: an object, or a list such as an agenda; null when it was made.",
        json!({"acronym": null}),
    )
}

fn after() -> Object {
    let meaning = "The record after: an object, or a list such as an agenda; null when it was removed.";
    record(meaning, json!({"acronym": "MINSAL"}))
}

/// Describes a record in an entry: its fields depend on its kind.
fn record(meaning: &str, example: Value) -> Object {
    let kinds = SchemaType::from_iter([Type::Object, Type::Array, Type::Null]);
    ObjectBuilder::new().schema_type(kinds).description(Some(meaning)).examples([example]).build()
}
