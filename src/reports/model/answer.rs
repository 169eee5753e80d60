//! What is answered, where it comes from, and what a person sends.

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::Faults;
use crate::http::Input;
use crate::reports::findings::Finding;

crate::text_enum! {
    /// Where an answer comes from: nobody yet, the record, or a person.
    AnswerState { Empty = "empty", Drafted = "drafted", Edited = "edited", Approved = "approved" }
}

crate::text_enum! {
    /// Kinds of record that an answer can rest on.
    SourceKind {
        Activity = "activity",
        Agreement = "agreement",
        Commission = "commission",
        Commitment = "commitment",
        Institution = "institution",
        Meeting = "meeting",
        Observation = "observation",
        Plan = "plan",
        PlanItem = "plan_item",
        Report = "report",
    }
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportAnswer)]
pub struct Answer {
    /// Markdown. A drafted text is in the reader's language, an edited one as it was written.
    #[schema(examples("Se actualizó el protocolo de atención a víctimas."))]
    pub text: Option<String>,
    /// The codes chosen.
    #[schema(examples(json!(["great"])))]
    pub choices: Vec<String>,
    /// What "others" stands for.
    #[schema(examples("Registro de actividades"))]
    pub other_text: Option<String>,
    /// One row a partner or party.
    pub rows: Vec<AnswerRow>,
    /// Where it comes from.
    pub state: AnswerState,
    /// The records that it rests on; an edited answer keeps those of its draft.
    pub sources: Vec<Source>,
    /// What is wrong with it, errors first.
    pub findings: Vec<Finding>,
    /// What has changed in the record between a person's edit and the last drafting: the answer may want it too.
    pub changed_since_edit: Vec<ChangedSource>,
}

impl Default for AnswerState {
    /// Nobody has answered.
    fn default() -> Self {
        Self::Empty
    }
}

crate::text_enum! {
    /// How a source has changed since a person's edit.
    ChangeKind {
        /// The draft would cite it now.
        Added = "added",
        /// The draft would cite it no more.
        Removed = "removed",
        /// It says something else now.
        Changed = "changed",
    }
}

/// A record that has changed since a person edited the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportChangedSource)]
pub struct ChangedSource {
    /// How it has changed.
    pub change: ChangeKind,
    #[serde(flatten)]
    pub source: Source,
}

/// What has changed between two readings of the record, each a list of sources with their fingerprints.
pub fn changed_sources(then: &[(Source, String)], now: &[(Source, String)]) -> Vec<ChangedSource> {
    let find = |list: &'_ [(Source, String)], one: &Source| {
        list.iter().find(|(source, _)| source.kind == one.kind && source.id == one.id).map(|(_, print)| print.clone())
    };
    let told = |change, source: &Source| ChangedSource { change, source: source.clone() };
    let mut changed = Vec::new();
    for (source, print) in now {
        match find(then, source) {
            None => changed.push(told(ChangeKind::Added, source)),
            Some(before) if before != *print => changed.push(told(ChangeKind::Changed, source)),
            Some(_) => {}
        }
    }
    changed
        .extend(then.iter().filter(|(one, _)| find(now, one).is_none()).map(|(one, _)| told(ChangeKind::Removed, one)));
    changed
}

/// A record that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportSource)]
pub struct Source {
    /// What kind of record it is.
    pub kind: SourceKind,
    /// Its id.
    #[schema(format = "uuid", examples("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub id: String,
    /// What people call it.
    #[schema(examples("Firma del MOU entre Chile y Bolivia sobre trata de personas"))]
    pub label: String,
}

/// A partner (`partner`, `partner_type`, `description`) or a party that took part in the evaluation
/// (`stakeholder`, `involvement`, `participation_level`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserr, Serialize, Deserialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[serde(default)]
pub struct AnswerRow {
    /// The partner's name.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("Organización Internacional del Trabajo"), max_length = 300)]
    pub partner: Option<String>,
    /// Which of the question's options the partner is.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("ilo"))]
    pub partner_type: Option<String>,
    /// What was done with the partner.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("Apoyo al seguimiento de la estrategia nacional."), max_length = 10_000)]
    pub description: Option<String>,
    /// The party's name.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("Central Unitaria de Trabajadores"), max_length = 300)]
    pub stakeholder: Option<String>,
    /// What the party did.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("Asistió a dos sesiones de la CETI."), max_length = 10_000)]
    pub involvement: Option<String>,
    /// Which of the question's levels of participation hold.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(examples(json!(["informed"])), max_items = 4, required = false)]
    pub participation_level: Vec<String>,
}

/// A person's answer; it takes the place of the draft as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AnswerInput {
    /// Markdown, in the language of the report.
    #[deserr(default)]
    #[schema(examples("Se actualizó el protocolo de atención a víctimas."), max_length = 50_000)]
    pub text: Option<String>,
    /// The codes chosen, of those that the question offers.
    #[deserr(default)]
    #[schema(examples(json!(["great"])), max_items = 20, required = false)]
    pub choices: Vec<String>,
    /// What "others" stands for.
    #[deserr(default)]
    #[schema(examples("Registro de actividades"), max_length = 2000)]
    pub other_text: Option<String>,
    /// One row a partner or party, for the questions that take rows.
    #[deserr(default)]
    #[schema(max_items = 500, required = false)]
    pub rows: Vec<AnswerRow>,
}

impl Input for AnswerInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.opt_text("/text", self.text.as_ref(), 50_000);
        faults.distinct("/choices", &self.choices, 20);
        faults.opt_text("/other_text", self.other_text.as_ref(), 2000);
        faults.items("/rows", self.rows.len(), 500);
        for (n, row) in self.rows.iter().enumerate().take(500) {
            let names = [("partner", &row.partner), ("stakeholder", &row.stakeholder)];
            for (field, name) in names {
                faults.opt_text(&format!("/rows/{n}/{field}"), name.as_ref(), 300);
            }
            let texts = [("description", &row.description), ("involvement", &row.involvement)];
            for (field, text) in texts {
                faults.opt_text(&format!("/rows/{n}/{field}"), text.as_ref(), 10_000);
            }
            faults.distinct(&format!("/rows/{n}/participation_level"), &row.participation_level, 4);
        }
    }
}
