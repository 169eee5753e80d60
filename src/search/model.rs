//! The results of a search.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::access::Hit;
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::dates::PartialDate;

crate::text_enum! {
    /// The kind of a record that was found.
    HitKind {
        Commission = "commission",
        Institution = "institution",
        Meeting = "meeting",
        Agreement = "agreement",
        Commitment = "commitment",
        Activity = "activity",
        PlanItem = "plan_item",
        Duty = "duty",
        Indicator = "indicator",
        Observation = "observation",
    }
}

impl HitKind {
    /// Returns the address of the page of a record, or of the list or plan that contains it.
    pub(super) fn link(self, hit: &Hit) -> String {
        let id = hit.id;
        match self {
            Self::Commission => format!("/commissions/{id}"),
            Self::Institution => format!("/institutions/{id}"),
            Self::Meeting => format!("/meetings/{id}"),
            Self::Agreement => format!("/agreements/{id}"),
            Self::Commitment => format!("/commitments/{id}"),
            Self::Activity => format!("/activities/{id}"),
            Self::PlanItem => format!("/plans/{}", hit.page.unwrap_or(id)),
            Self::Duty => format!("/duties/{id}"),
            Self::Indicator => format!("/indicators/{id}"),
            Self::Observation => "/observations".to_owned(),
        }
    }
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct SearchResult {
    /// The kind of the record.
    #[schema(examples("commitment"))]
    pub kind: HitKind,
    /// The id of the record.
    #[schema(value_type = String, format = "uuid", examples("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub id: Uuid,
    /// The code of a commitment, the number of an agreement, the label of an item, or an acronym.
    #[schema(examples("CIGTPE-2023-004"))]
    pub code: Option<String>,
    /// The name or title, or the beginning of the text.
    #[schema(examples("Actualizar el protocolo de derivación"))]
    pub title: String,
    /// The words around the first word that was found.
    #[schema(examples("… actualizar el protocolo de derivación de niñas y niños …"))]
    pub snippet: String,
    /// The day of the session, adoption, activity or observation; the last day of the term or period.
    #[schema(examples("2023-06-30"))]
    pub date: Option<NaiveDate>,
    /// The address of its page.
    #[schema(examples("/commitments/0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub link: String,
    /// The date with the precision of its source, for the page.
    #[serde(skip)]
    pub dates: Vec<PartialDate>,
    #[serde(skip)]
    pub country_code: String,
    #[serde(skip)]
    pub restricted: bool,
}

/// A page of what was found, with its numbers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct SearchPage {
    /// The records: by kind, the newest of a kind first.
    pub items: Vec<SearchResult>,
    /// The value of `cursor` for the next page; null on the last page.
    #[schema(examples("WyJjb21taXRtZW50IiwiMDE5MGE2ZjAtNWMxZS03YTNiLTlkMmUtMmYxYzNiNGE1ZDZlIl0"))]
    pub next_cursor: Option<String>,
    /// The number of records found by kind, at most 1,000 each, whatever `kind` is asked for.
    #[schema(value_type = BTreeMap<String, usize>, examples(json!({"commitment": 12, "meeting": 3})))]
    pub counts: BTreeMap<HitKind, usize>,
    /// False for a kind of which more than 1,000 records were found.
    #[schema(value_type = BTreeMap<String, bool>, examples(json!({"commitment": true, "meeting": true})))]
    pub counts_exact: BTreeMap<HitKind, bool>,
}

/// The first records of a kind, and the number of all that were found.
#[derive(Debug, Clone)]
pub(super) struct KindFound {
    pub kind: HitKind,
    /// At most 1,000.
    pub number: usize,
    pub is_exact: bool,
    pub items: Vec<SearchResult>,
}

/// The sort key of a page: the kind and the id of its last record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Key(pub HitKind, pub Uuid);

impl RestrictedContent for SearchResult {
    fn restricted(&self, found: &mut RestrictedRecords) {
        if self.restricted {
            found.add(self.kind.as_str(), self.id, &self.country_code);
        }
    }
}

crate::restricted_by!(SearchPage: items);

crate::restricted_by!(KindFound: items);
