//! What a report is: its questions in their places, and an answer to each.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::questionnaire::{QuestionType, SectionKey};
use crate::clock::Instant;
use crate::db::{PlanId, PlanItemId, ReportId};
use crate::error::Faults;
use crate::http::Input;

crate::text_enum! {
    /// The form that a report follows.
    Template { Alliance87Annual = "alliance87-annual" }
}

crate::text_enum! {
    /// A report is drafted and edited until it is approved.
    ReportStatus { Draft = "draft", Approved = "approved" }
}

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

/// What a report is begun with.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReportInput {
    /// The country that reports.
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: String,
    /// The form that it follows.
    #[schema(examples("alliance87-annual"))]
    pub template: Template,
    /// First day of the period reported on.
    #[schema(examples("2023-05-01"))]
    pub period_from: NaiveDate,
    /// Last day of the period reported on.
    #[schema(examples("2023-12-31"))]
    pub period_to: NaiveDate,
    /// The roadmap whose priorities and next steps are reported on: a plan of kind `roadmap` of the country.
    pub roadmap_id: PlanId,
    /// Whether the country reports for the first time: the section on next steps is left out.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub first_report: bool,
}

impl ReportInput {
    /// What a file of the report is called, before the dot.
    pub fn file_stem(&self) -> String {
        format!("{}-{}-{}", self.country_code.to_lowercase(), self.period_from, self.period_to)
    }
}

impl Input for ReportInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/country_code", &self.country_code, 2);
        faults.ordered("/period_to", Some(self.period_from), Some(self.period_to));
    }
}

/// A report with its questions and answers, worded in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Report {
    /// The report's id.
    pub id: ReportId,
    #[serde(flatten)]
    pub fields: ReportInput,
    /// A draft until it is approved.
    pub status: ReportStatus,
    #[serde(flatten)]
    pub form: Form,
    /// When it was begun.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Report {
    pub fn input(&self) -> ReportInput {
        self.fields.clone()
    }
}

/// The questionnaire filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Form {
    /// The parts of the questionnaire, in order.
    pub sections: Vec<Section>,
}

impl Form {
    pub fn question(&self, key: &str) -> Option<&QuestionAsked> {
        self.sections.iter().flat_map(|section| &section.questions).find(|question| question.key == key)
    }
}

/// One part of the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Section {
    /// Which part it is.
    #[schema(examples("s1_priorities"))]
    pub key: SectionKey,
    /// Its title in the reader's language.
    #[schema(examples("Avances en las prioridades de la hoja de ruta"))]
    pub title: String,
    /// Its questions, in order.
    pub questions: Vec<QuestionAsked>,
}

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportQuestion)]
pub struct QuestionAsked {
    /// What its answer is put to; a repeated question names its plan item: `priority_progress:{plan_item_id}`.
    #[schema(examples("overall_rating"))]
    pub key: String,
    /// Its number in this report, from 1.
    #[schema(examples(8))]
    pub number: u32,
    /// Its wording in the reader's language.
    #[schema(examples("En conjunto, ¿cuánto se ha progresado en las prioridades de la hoja de ruta?"))]
    pub title: String,
    /// How it is answered. A single choice may carry a text too: the comment.
    #[serde(rename = "type")]
    pub kind: QuestionType,
    /// What may be chosen; of a question with rows, the kinds or levels that a row may name.
    pub options: Vec<ChoiceOption>,
    /// Whether the country's form marks it as mandatory.
    pub mandatory: bool,
    /// The priority or next step that it is about, for the two that repeat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_item_id: Option<PlanItemId>,
    /// Its answer.
    pub answer: Answer,
}

/// One of a question's choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportOption)]
pub struct ChoiceOption {
    /// The code to send.
    #[schema(examples("great"))]
    pub key: String,
    /// Its name in the reader's language.
    #[schema(examples("Mucho progreso"))]
    pub label: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
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
    /// What is wrong with it: `mandatory_empty`, `choice_not_single` and `exclusive_choice_mixed` are errors;
    /// `choice_unmarked`, `other_without_text`, `condition_unmet` and `addressee_missing` are warnings.
    pub findings: Vec<Finding>,
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

crate::text_enum! {
    /// How much a finding matters: an error must be mended before approval.
    Severity { Error = "error", Warning = "warning" }
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportFinding)]
pub struct Finding {
    /// Which rule it breaks.
    #[schema(examples("mandatory_empty"))]
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// A sentence in the reader's language.
    #[schema(examples("La pregunta es obligatoria y no tiene respuesta."))]
    pub message: String,
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
