//! The document, and what an import tells.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::error::Fault;
use crate::http::describe;
use crate::i18n::Lang;

/// The version of the document that this program reads and writes.
pub const VERSION: i64 = 1;

crate::text_enum! {
    /// What a record of a dataset is; keys are unique within it.
    Kind {
        Country = "country",
        Institution = "institution",
        Commission = "commission",
        OperationalState = "operational_state",
        Membership = "membership",
        Delegate = "delegate",
        Plan = "plan",
        PlanItem = "plan_item",
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
    /// What happened to a commitment, as its `history` in a dataset tells it.
    Act {
        /// An institution was added later.
        Assigned = "assigned",
        Reported = "reported",
        Reviewed = "reviewed",
        ExtensionRequested = "extension_requested",
        ExtensionDecided = "extension_decided",
        /// A term that was entered wrongly: the commitment's, or the one of an institution's own.
        TermCorrected = "term_corrected",
        Cancelled = "cancelled",
        Reopened = "reopened",
    }
}

/// The fields of a record, by name.
pub type Fields = Map<String, Value>;

/// One country's data as it is written out: sections in the order in which they depend on each other.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Dataset {
    /// The version of the document.
    #[schema(examples(1))]
    pub articula: i64,
    /// `{code, name, time_zone, locale, calendar}`.
    #[schema(example = json!({"code": "PE", "name": "Perú", "time_zone": "America/Lima", "locale": "es-PE"}), value_type = Object)]
    pub country: Fields,
    /// Institutions of the country, and those of others that a record names.
    #[schema(example = json!([{"key": "mtpe", "name": "Ministerio de Trabajo y Promoción del Empleo", "sector": "government"}]), value_type = Vec<Object>)]
    pub institutions: Vec<Record>,
    /// Commissions with their reminder policy, operational states, memberships and delegates.
    #[schema(example = json!([{"key": "cpeti", "name": "Comité Directivo Nacional", "kind": "committee", "acronym": "CPETI"}]), value_type = Vec<Object>)]
    pub commissions: Vec<Record>,
    /// Memberships that stand alone; the export nests them in their commissions.
    #[schema(example = json!([{"key": "cpeti-mtpe", "commission": "cpeti", "institution": "mtpe", "role": "lead"}]), value_type = Vec<Object>)]
    pub memberships: Vec<Record>,
    /// People who speak for institutions in commissions.
    #[schema(example = json!([{"key": "ana", "commission": "cpeti", "institution": "mtpe", "capacity": "principal", "name": "Ana Rojas", "email": "ana.rojas@example.org"}]), value_type = Vec<Object>)]
    pub delegates: Vec<Record>,
    /// Plans with their items.
    #[schema(example = json!([{"key": "hoja-de-ruta", "kind": "roadmap", "title": "Hoja de ruta", "items": [{"key": "prioridad-1", "kind": "priority", "title": "Fortalecer la inspección"}]}]), value_type = Vec<Object>)]
    pub plans: Vec<Record>,
    /// Sessions with agenda, attendance, minutes (`status`, `circulated_at`, `approved_at`) and documents.
    #[schema(example = json!([{"key": "cpeti-1", "commissions": ["cpeti"], "kind": "ordinary", "title": "I sesión ordinaria", "held": "2023-03"}]), value_type = Vec<Object>)]
    pub meetings: Vec<Record>,
    /// What was decided or signed.
    #[schema(example = json!([{"key": "acuerdo-6", "commissions": ["cpeti"], "kind": "meeting_agreement", "title": "Registro de adolescentes", "meeting": "cpeti-1"}]), value_type = Vec<Object>)]
    pub agreements: Vec<Record>,
    /// Commitments with their assignments (`updates`, `extensions`, `first_term`, `cancelled`) and their `history`.
    #[schema(example = json!([{"key": "capacitar", "commissions": ["cpeti"], "text": "Capacitar a los inspectores", "due": "2023-Q2", "assignments": [{"institution": "mtpe"}]}]), value_type = Vec<Object>)]
    pub commitments: Vec<Record>,
    /// The registry.
    #[schema(example = json!([{"key": "taller", "kind": "workshop", "title": "Taller para inspectores", "commissions": ["cpeti"], "starts": "2023-06"}]), value_type = Vec<Object>)]
    pub activities: Vec<Record>,
    /// Challenges, lessons, support needs and successes.
    #[schema(example = json!([{"key": "reto-1", "kind": "challenge", "text": "Rotación del personal capacitado"}]), value_type = Vec<Object>)]
    pub observations: Vec<Record>,
    /// The restricted records in the dataset.
    #[serde(skip)]
    pub restricted: RestrictedRecords,
}

impl RestrictedContent for Dataset {
    fn restricted(&self, found: &mut RestrictedRecords) {
        found.join(&self.restricted);
    }
}

/// One record as it is written out: its key, then its fields.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    pub key: String,
    #[serde(flatten)]
    pub fields: Fields,
}

/// What became of the records of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    /// Entered.
    #[schema(examples(46))]
    pub created: u32,
    /// Changed, because the file says something else.
    #[schema(examples(0))]
    pub updated: u32,
    /// Left alone.
    #[schema(examples(0))]
    pub unchanged: u32,
    /// Not taken, because of a fault in them or in what they name.
    #[schema(examples(0))]
    pub rejected: u32,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct ImportReport {
    /// Nothing was written: it was only tried.
    #[schema(examples(false))]
    pub dry_run: bool,
    /// By kind of record, in the order in which they were read.
    #[schema(value_type = Object, example = json!({"institution": {"created": 46, "updated": 0, "unchanged": 0, "rejected": 0}}))]
    pub counts: KindCounts,
    /// Every fault, with its place in the document and what stands there (`value`). Nothing is written when there is one.
    #[schema(value_type = Vec<Object>, example = json!([{"pointer": "/commitments/3/due", "code": "invalid_partial_date", "value": "2023-13"}]))]
    #[serde(serialize_with = "no_faults")]
    pub faults: Vec<Fault>,
    /// Values of the file that the caller may not write. They were left aside and are no fault.
    pub notes: Vec<Note>,
    #[serde(skip)]
    pub left_aside: Vec<Fault>,
}

/// A value of a file that was left aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Note {
    /// Its place in the document, a JSON Pointer.
    #[schema(examples("/institutions/4/email"))]
    pub pointer: String,
    /// Why: `not_yours_to_change`, `review_left_out`, `reopening_left_out`.
    #[schema(examples("not_yours_to_change"))]
    pub code: &'static str,
    /// The reason in words.
    #[schema(examples("The institution belongs to no country or to another one: only an administrator changes it."))]
    pub detail: String,
}

impl ImportReport {
    /// Adds the notes in words, in this language.
    pub fn told_in(mut self, lang: Lang) -> Self {
        let notes = self.left_aside.iter().map(|fault| describe(fault, lang));
        self.notes = notes.map(|one| Note { pointer: one.pointer, code: one.code, detail: one.detail }).collect();
        self
    }

    /// Notes that the value at this place was left aside.
    pub fn leave_aside(&mut self, pointer: impl Into<String>, code: &'static str) {
        self.left_aside.push(Fault { pointer: pointer.into(), code, args: Vec::new() });
    }
}

/// What became of the records of each kind, in the order in which the kinds were counted first.
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

    /// Each kind with its counts.
    pub fn iter(&self) -> impl Iterator<Item = &(Kind, Counts)> {
        self.0.iter()
    }

    /// The counts of all kinds together.
    pub fn total(&self) -> Counts {
        self.0.iter().fold(Counts::default(), |sum, (_, counts)| Counts {
            created: sum.created + counts.created,
            updated: sum.updated + counts.updated,
            unchanged: sum.unchanged + counts.unchanged,
            rejected: sum.rejected + counts.rejected,
        })
    }
}

/// Faults are told as a problem (422); an answer that carries a report has none.
fn no_faults<S: Serializer>(_: &[Fault], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(std::iter::empty::<()>())
}

/// What happened to one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Created,
    Updated,
    Unchanged,
    Rejected,
}
