//! A report with its questions and answers.

use std::collections::HashSet;

use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, FindingCounts, ReportFindingCode, Severity};
use super::form_wording::Wording;
use super::questionnaire::{QuestionType, SectionKey, question_of};
use crate::clock::Instant;
use crate::db::{CommissionId, PlanId, PlanItemId, ReportId, UserId};
use crate::error::Faults;
use crate::http::Input;
use crate::identity::{Actor, Role};

crate::text_enum! {
    /// The questionnaire that a report follows.
    Template { Alliance87Annual = "alliance87-annual" }
}

crate::text_enum! {
    /// A report is a draft until it is approved.
    ReportStatus { Draft = "draft", Approved = "approved" }
}

crate::text_enum! {
    /// The office for which a person approves a report. Its document names no person, because it may be public.
    ApprovingOffice { Coordinator = "coordinator", Administration = "administration" }
}

impl ApprovingOffice {
    /// Returns the office of a person who may approve the reports of this country.
    pub(super) fn of(actor: &Actor, country: &str) -> Self {
        let of_country = |code: Option<&str>| code == Some(country);
        let coordinates =
            actor.grants.iter().any(|one| one.role == Role::Coordinator && of_country(one.country_code.as_deref()));
        if coordinates { Self::Coordinator } else { Self::Administration }
    }
}

/// The fields of a new report.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, Deserialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReportInput {
    /// The country that reports.
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: String,
    /// The questionnaire that it follows.
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
    /// The country reports for the first time: the section on next steps is left out.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub first_report: bool,
}

impl ReportInput {
    /// Returns the name of the files of a version of the report, without extension.
    pub(super) fn file_stem(&self, version: i32) -> String {
        let country = self.country_code.to_lowercase();
        format!("{country}-{}-{}-v{version}", self.period_from, self.period_to)
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
pub(super) struct Report {
    /// The report's id.
    pub id: ReportId,
    /// The title of its document, in the reader's language.
    #[schema(examples("Informe de progreso anual: Chile, mayo a diciembre de 2023"))]
    pub title: String,
    #[serde(flatten)]
    pub fields: ReportInput,
    /// Draft or approved.
    pub status: ReportStatus,
    /// The version of the country's report on this period, from 1.
    #[schema(examples(1))]
    pub version: i32,
    /// The approved report that this version replaces.
    pub previous_version_id: Option<ReportId>,
    /// The reason for the new version.
    #[schema(examples("El Ministerio corrigió la cifra de participantes."))]
    pub version_reason: Option<String>,
    /// The time of the last drafting: drafts, sources and changes since an edit are of that moment.
    pub drafted_at: Option<Instant>,
    /// Time of approval.
    pub approved_at: Option<Instant>,
    /// The user that approved it.
    pub approved_by: Option<UserId>,
    /// The SHA-256 of the frozen copy from which an approved report is read.
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub snapshot: Option<String>,
    /// It was approved before its documents were kept: they are those of its frozen copy, as made after the upgrade.
    #[schema(examples(false))]
    pub frozen_on_upgrade: bool,
    /// The number of findings of its answers.
    pub finding_counts: FindingCounts,
    #[serde(flatten)]
    pub form: Form,
    /// The names on the cover at the time of approval.
    #[serde(skip)]
    pub cover: Option<Cover>,
    /// Time of creation.
    pub created_at: Instant,
    /// Time of the last change.
    pub updated_at: Instant,
}

/// The facts of the cover at the time of approval, and the form's own wording, if it was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cover {
    pub country: String,
    pub roadmap: String,
    pub wording: Option<Wording>,
    pub commissions: Vec<String>,
    pub office: Option<ApprovingOffice>,
}

/// The fields of a new version of an approved report.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = ReportVersionInput)]
pub(super) struct VersionInput {
    /// The reason for the new version.
    #[schema(examples("El Ministerio corrigió la cifra de participantes."), max_length = 2000)]
    pub reason: String,
}

impl Input for VersionInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 2000);
    }
}

impl Report {
    /// Leaves title, period, status and these questions, without the notes on records that only the coordinator may know.
    pub(super) fn with_questions_only(mut self, keys: &HashSet<String>) -> Self {
        for section in &mut self.form.sections {
            section.questions.retain(|asked| keys.contains(&asked.key));
            for asked in &mut section.questions {
                asked.answer.findings.retain(|finding| finding.code != ReportFindingCode::RecordGap);
                asked.answer.changed_since_edit.clear();
            }
        }
        self.form.sections.retain(|section| !section.questions.is_empty());
        Self {
            previous_version_id: None,
            version_reason: None,
            approved_by: None,
            snapshot: None,
            finding_counts: self.form.finding_counts(),
            ..self
        }
    }

    pub(super) fn input(&self) -> ReportInput {
        self.fields.clone()
    }
}

/// The questionnaire with its answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Form {
    /// The parts of the questionnaire, in order.
    pub sections: Vec<Section>,
}

impl Form {
    pub fn questions(&self) -> impl Iterator<Item = &QuestionAsked> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    pub fn question(&self, key: &str) -> Option<&QuestionAsked> {
        self.questions().find(|question| question.key == key)
    }

    /// Returns true if the question on which it depends has an answer that asks for this one, or no answer yet: the
    /// partners of a country without any are not asked for.
    pub(super) fn asks_for(&self, asked: &QuestionAsked) -> bool {
        let condition = question_of(&asked.key).and_then(|question| question.depends_on);
        condition.is_none_or(|(key, choice)| {
            let chosen = self.question(key).map(|other| other.answer.choices.as_slice()).unwrap_or_default();
            chosen.is_empty() || chosen.iter().any(|one| one == choice)
        })
    }

    /// Counts the findings of all questions.
    pub(super) fn finding_counts(&self) -> FindingCounts {
        let mut counts = FindingCounts::default();
        for finding in self.questions().flat_map(|asked| &asked.answer.findings) {
            match finding.severity {
                Severity::Error => counts.error += 1,
                Severity::Warning => counts.warning += 1,
            }
        }
        counts
    }
}

/// One part of the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Section {
    /// The key of the section.
    #[schema(examples("s1_priorities"))]
    pub key: SectionKey,
    /// Its title in the reader's language.
    #[schema(examples("Avances en las prioridades de la hoja de ruta"))]
    pub title: String,
    /// Its questions, in order.
    pub questions: Vec<QuestionAsked>,
}

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportQuestion)]
pub struct QuestionAsked {
    /// The key for its answer; that of a repeated question names its plan item: `priority_progress:{plan_item_id}`.
    #[schema(examples("overall_rating"))]
    pub key: String,
    /// Its number in this report, from 1.
    #[schema(examples(8))]
    pub number: u32,
    /// Its wording in the reader's language.
    #[schema(examples("En conjunto, ¿cuánto se ha progresado en las prioridades de la hoja de ruta?"))]
    pub title: String,
    /// The type of answer. A single choice may have a text too: the comment.
    #[serde(rename = "type")]
    pub kind: QuestionType,
    /// The available choices; of a question with rows, the types or levels that a row may name.
    pub options: Vec<ChoiceOption>,
    /// The country's form marks it as mandatory.
    pub mandatory: bool,
    /// The priority or next step that it is about, for the two repeated questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_item_id: Option<PlanItemId>,
    /// The title of that priority or next step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(examples("Información y Conocimiento"))]
    pub plan_item_title: Option<String>,
    /// The commission whose secretariat answers it; null when the coordinator does.
    pub assignee_commission_id: Option<CommissionId>,
    /// The approval waits until a person confirms the answer. False for an empty answer to a question that is neither
    /// mandatory nor asked for by the answer to another one.
    #[serde(default)]
    #[schema(examples(true))]
    pub needs_confirmation: bool,
    /// The answer.
    pub answer: Answer,
}

impl QuestionAsked {
    /// Returns true if the approval waits for an answer to it.
    pub(super) fn lacks_answer(&self) -> bool {
        let missing = [ReportFindingCode::MandatoryEmpty, ReportFindingCode::ItemMissing];
        self.answer.findings.iter().any(|finding| missing.contains(&finding.code))
    }

    /// Returns true if the approval waits for its answer or for the confirmation of it.
    pub(super) fn is_awaited(&self) -> bool {
        self.needs_confirmation || self.blocks()
    }

    /// Returns true if its answer has words and no option is marked, where one is to be marked.
    pub(super) fn lacks_choice(&self) -> bool {
        let has_words = self.answer.text.as_ref().is_some_and(|text| !text.trim().is_empty());
        self.kind == QuestionType::SingleChoice && self.answer.choices.is_empty() && has_words
    }

    /// Returns true if a page confirms its answer: it has no errors, and an option is marked.
    pub(super) fn may_be_confirmed(&self) -> bool {
        !self.blocks() && !self.lacks_choice()
    }

    /// Returns true if its answer has a finding that blocks the approval.
    pub(super) fn blocks(&self) -> bool {
        self.answer.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// One of a question's choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportOption)]
pub struct ChoiceOption {
    /// The code to send.
    #[schema(examples("great"))]
    pub key: String,
    /// Its name in the reader's language.
    #[schema(examples("Mucho progreso"))]
    pub label: String,
}

crate::nothing_restricted!(Report, QuestionAsked);
