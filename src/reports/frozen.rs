//! The frozen copy of an approved report: what was signed, in both languages, kept under the SHA-256 of its own text.
//! It names the copy of the records that it cites by theirs. Documents of an approved report are made from it alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::model::{AnswerState, Form, ReportInput};
use crate::clock::Instant;
use crate::db::UserId;
use crate::error::{Error, Result};
use crate::i18n::Lang;

/// What was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    pub fields: ReportInput,
    pub version: i32,
    /// The names on the cover, as they were.
    pub country: String,
    pub roadmap: String,
    pub drafted_at: Option<Instant>,
    pub approved_at: Instant,
    pub approved_by: Option<UserId>,
    /// Questions and answers, in each language.
    pub forms: BTreeMap<Lang, Form>,
    /// The SHA-256 of the copy of the records.
    pub records: String,
}

impl Frozen {
    /// As JSON with the names of every object in order: the same report is the same text.
    pub fn canonical(&self) -> Result<String> {
        let value: Value = serde_json::to_value(self).map_err(Error::internal)?;
        Ok(value.to_string())
    }

    pub fn read(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(Error::internal)
    }
}

/// The form as it is signed: every answer given is approved, and nothing is left to be looked at.
pub fn freeze(mut form: Form) -> Form {
    for answer in form.sections.iter_mut().flat_map(|section| &mut section.questions).map(|asked| &mut asked.answer) {
        if answer.state != AnswerState::Empty {
            answer.state = AnswerState::Approved;
        }
        answer.findings.clear();
        answer.changed_since_edit.clear();
    }
    form
}

/// The frozen copy as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportSnapshot)]
pub struct Snapshot {
    /// The SHA-256 of `report`, written as JSON without spaces and with the names of every object in order.
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub sha256: String,
    /// What was signed: fields, cover, questions and answers in each language, and the SHA-256 of the records.
    #[schema(value_type = Object)]
    pub report: Value,
    /// The records that it cites, as they were: kind, id, label and content. Their SHA-256 stands in `report.records`.
    #[schema(value_type = Vec<Object>)]
    pub records: Value,
}

crate::nothing_restricted!(Snapshot);

#[cfg(test)]
mod tests {
    #[test]
    fn names_stand_in_order_whatever_order_they_came_in() {
        let one: serde_json::Value = serde_json::from_str(r#"{"b": 1, "a": {"d": 2, "c": 3}}"#).unwrap();
        assert_eq!(one.to_string(), r#"{"a":{"c":3,"d":2},"b":1}"#);
    }
}
