//! One change, as it was written down.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

use crate::clock::Instant;
use crate::db::{AuditId, UserId};

/// One change: who, when, what, before and after. Never a password, a token or its hash.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AuditEntry {
    /// The entry's id.
    pub id: AuditId,
    /// When it happened.
    pub at: Instant,
    /// Who did it; null for the program itself.
    pub user_id: Option<UserId>,
    /// The person's name today.
    #[schema(examples("Ana Rojas"))]
    pub user_name: Option<String>,
    /// What was done.
    #[schema(examples("updated"))]
    pub action: String,
    /// To what kind of record.
    #[schema(examples("commitment"))]
    pub kind: String,
    /// Which record.
    #[schema(examples("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub record_id: String,
    /// The country that the record is of.
    #[schema(examples("CL"))]
    pub country_code: Option<String>,
    /// The record before; null when it was made.
    #[schema(schema_with = before)]
    pub before: Option<Value>,
    /// The record after; null when it was removed.
    #[schema(schema_with = after)]
    pub after: Option<Value>,
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

/// A record as it was written down: whatever its kind has.
fn record(meaning: &str, example: Value) -> Object {
    let kinds = SchemaType::from_iter([Type::Object, Type::Array, Type::Null]);
    ObjectBuilder::new().schema_type(kinds).description(Some(meaning)).examples([example]).build()
}
