//! The dataset, and the report of an import.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::audit::RestrictedRecords;
use crate::error::Fault;
use crate::http::describe;
use crate::i18n::Lang;

/// The version of the document that this program reads and writes.
pub(super) const VERSION: i64 = 1;

crate::text_enum! {
    /// The kind of a record of a dataset; keys are unique within it.
    Kind {
        Country = "country",
        Institution = "institution",
        Commission = "commission",
        OperationalState = "operational_state",
        Membership = "membership",
        Delegate = "delegate",
        Plan = "plan",
        PlanItem = "plan_item",
        Indicator = "indicator",
        IndicatorValue = "indicator_value",
        Duty = "duty",
        DutyReport = "duty_report",
        DutyWaiver = "duty_waiver",
        Meeting = "meeting",
        Agreement = "agreement",
        Commitment = "commitment",
        Assignment = "assignment",
        Update = "update",
        Extension = "extension",
        Activity = "activity",
        Observation = "observation",
    }
}

crate::text_enum! {
    /// The action of an entry in the `history` of a commitment.
    HistoryAction {
        /// An institution was added later.
        Assigned = "assigned",
        Reported = "reported",
        Reviewed = "reviewed",
        ExtensionRequested = "extension_requested",
        ExtensionDecided = "extension_decided",
        ExtensionWithdrawn = "extension_withdrawn",
        /// The commitment's term, or a part's own, was corrected.
        TermCorrected = "term_corrected",
        Cancelled = "cancelled",
        Reopened = "reopened",
    }
}

/// The fields of a record, by name.
pub(super) type Fields = Map<String, Value>;

/// The data of a country, in the order in which the sections depend on each other.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Dataset {
    /// The version of the document.
    #[schema(examples(1))]
    pub articula: i64,
    /// `{code, name, time_zone, locale, calendar}`.
    #[schema(example = json!({"code": "PE", "name": "Perú", "time_zone": "America/Lima", "locale": "es-PE"}), value_type = Object)]
    pub country: Fields,
    /// Institutions of the country, and others that a record names.
    #[schema(example = json!([{"key": "mtpe", "name": "Ministerio de Trabajo y Promoción del Empleo", "sector": "government"}]), value_type = Vec<Object>)]
    pub institutions: Vec<Record>,
    /// Commissions with their reminder policy, operational states, memberships and delegates.
    #[schema(example = json!([{"key": "cpeti", "name": "Comité Directivo Nacional", "kind": "committee", "acronym": "CPETI"}]), value_type = Vec<Object>)]
    pub commissions: Vec<Record>,
    /// Memberships outside their commission; the export nests them in their commissions.
    #[schema(example = json!([{"key": "cpeti-mtpe", "commission": "cpeti", "institution": "mtpe", "role": "lead"}]), value_type = Vec<Object>)]
    pub memberships: Vec<Record>,
    /// Representatives of institutions in commissions.
    #[schema(example = json!([{"key": "ana", "commission": "cpeti", "institution": "mtpe", "capacity": "principal", "name": "Ana Rojas", "email": "ana.rojas@example.org"}]), value_type = Vec<Object>)]
    pub delegates: Vec<Record>,
    /// Plans with their items.
    #[schema(example = json!([{"key": "hoja-de-ruta", "kind": "roadmap", "title": "Hoja de ruta", "items": [{"key": "prioridad-1", "kind": "priority", "title": "Fortalecer la inspección"}]}]), value_type = Vec<Object>)]
    pub plans: Vec<Record>,
    /// Indicators of items of plans, with their values in the order of recording.
    #[schema(example = json!([{"key": "autorizaciones", "plan_item": "prioridad-1", "name": "Distritos con autorizaciones registradas", "unit": "%", "values": [{"period": "2022", "value": 12.5}]}]), value_type = Vec<Object>)]
    pub indicators: Vec<Record>,
    /// Duties to report, with their `reports` in the order of receipt, and their `waivers`.
    #[schema(example = json!([{"key": "informe-trimestral", "commissions": ["cpeti"], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q1", "institutions": ["mtpe"], "reports": [{"institution": "mtpe", "period": "2023-Q1", "nothing_to_report": true, "received_at": "2023-04-10T15:00:00Z"}]}]), value_type = Vec<Object>)]
    pub duties: Vec<Record>,
    /// Sessions with agenda, attendance, minutes (`status`, `circulated_at`, `approved_at`) and documents.
    #[schema(example = json!([{"key": "cpeti-1", "commissions": ["cpeti"], "kind": "ordinary", "title": "I sesión ordinaria", "held": "2023-03"}]), value_type = Vec<Object>)]
    pub meetings: Vec<Record>,
    /// Agreements: decisions of sessions and signed agreements.
    #[schema(example = json!([{"key": "acuerdo-6", "commissions": ["cpeti"], "kind": "meeting_agreement", "title": "Registro de adolescentes", "meeting": "cpeti-1"}]), value_type = Vec<Object>)]
    pub agreements: Vec<Record>,
    /// Commitments with their assignments (`updates`, `extensions`, `first_term`, `cancelled`) and their `history`.
    #[schema(example = json!([{"key": "capacitar", "commissions": ["cpeti"], "text": "Capacitar a los inspectores", "due": "2023-Q2", "assignments": [{"institution": "mtpe"}]}]), value_type = Vec<Object>)]
    pub commitments: Vec<Record>,
    /// Activities of the registry.
    #[schema(example = json!([{"key": "taller", "kind": "workshop", "title": "Taller para inspectores", "commissions": ["cpeti"], "starts": "2023-06"}]), value_type = Vec<Object>)]
    pub activities: Vec<Record>,
    /// Challenges, lessons, support needs and successes.
    #[schema(example = json!([{"key": "reto-1", "kind": "challenge", "text": "Rotación del personal capacitado"}]), value_type = Vec<Object>)]
    pub observations: Vec<Record>,
    /// The restricted records in the dataset.
    #[serde(skip)]
    pub restricted: RestrictedRecords,
}

crate::restricted_by!(Dataset: restricted);

/// A record of an export: its key, then its fields.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Record {
    pub key: String,
    #[serde(flatten)]
    pub fields: Fields,
}

/// The number of records of one kind by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    /// Created.
    #[schema(examples(46))]
    pub created: u32,
    /// Changed, because the file has other values.
    #[schema(examples(0))]
    pub updated: u32,
    /// Not changed.
    #[schema(examples(0))]
    pub unchanged: u32,
    /// Rejected, because of a fault in them or in a record that they name.
    #[schema(examples(0))]
    pub rejected: u32,
}

/// The result of an import, or of its dry run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct ImportReport {
    /// True for a dry run, which writes nothing.
    #[schema(examples(false))]
    pub dry_run: bool,
    /// The number of records by kind and outcome, in the order of the import.
    #[schema(value_type = Object, example = json!({"institution": {"created": 46, "updated": 0, "unchanged": 0, "rejected": 0}}))]
    pub counts: KindCounts,
    /// Every fault, with its place in the document and its `value`. With any fault nothing is written.
    #[schema(value_type = Vec<Object>, example = json!([{"pointer": "/commitments/3/due", "code": "invalid_partial_date", "value": "2023-13"}]))]
    #[serde(serialize_with = "no_faults")]
    pub faults: Vec<Fault>,
    /// Remarks that are not faults: values that the actor may not write, which were skipped, and records that
    /// contradict themselves, which were imported as they are.
    pub notes: Vec<Note>,
    #[serde(skip)]
    pub skipped: Vec<Fault>,
}

/// A value of a file that was skipped, or that contradicts another value of its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Note {
    /// The place in the document, a JSON Pointer.
    #[schema(examples("/institutions/4/email"))]
    pub pointer: String,
    /// The reason: `not_yours_to_change`, `review_left_out`, `reopening_left_out`, `contradictory`.
    #[schema(examples("not_yours_to_change"))]
    pub code: &'static str,
    /// The reason in words.
    #[schema(examples("The institution belongs to no country or to another one: only an administrator changes it."))]
    pub detail: String,
}

impl ImportReport {
    /// Adds the notes in words.
    pub fn in_language(mut self, lang: Lang) -> Self {
        let notes = self.skipped.iter().map(|fault| describe(fault, lang));
        self.notes = notes.map(|one| Note { pointer: one.pointer, code: one.code, detail: one.detail }).collect();
        self
    }

    /// Notes that the value at this place was skipped.
    pub fn skip(&mut self, pointer: impl Into<String>, code: &'static str) {
        self.skipped.push(Fault::new(pointer, code, Vec::new()));
    }
}

/// The counts of each kind, in the order in which the kinds were first counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KindCounts(Vec<(Kind, Counts)>);

impl Serialize for KindCounts {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (kind, counts) in &self.0 {
            map.serialize_entry(kind, counts)?;
        }
        map.end()
    }
}

impl KindCounts {
    pub fn count(&mut self, kind: Kind, outcome: Outcome) {
        if self.0.iter().all(|(known, _)| *known != kind) {
            self.0.push((kind, Counts::default()));
        }
        for (_, counts) in self.0.iter_mut().filter(|(known, _)| *known == kind) {
            match outcome {
                Outcome::Created => counts.created += 1,
                Outcome::Updated => counts.updated += 1,
                Outcome::Unchanged => counts.unchanged += 1,
                Outcome::Rejected => counts.rejected += 1,
            }
        }
    }

    /// Returns each kind with its counts.
    pub fn iter(&self) -> impl Iterator<Item = &(Kind, Counts)> {
        self.0.iter()
    }

    /// Returns the sum of all kinds.
    pub fn total(&self) -> Counts {
        self.0.iter().fold(Counts::default(), |sum, (_, counts)| Counts {
            created: sum.created + counts.created,
            updated: sum.updated + counts.updated,
            unchanged: sum.unchanged + counts.unchanged,
            rejected: sum.rejected + counts.rejected,
        })
    }
}

/// Writes an empty list: faults are a problem (422), and a successful answer has none.
fn no_faults<S: Serializer>(_: &[Fault], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(std::iter::empty::<()>())
}

/// The outcome of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Created,
    Updated,
    Unchanged,
    Rejected,
}
