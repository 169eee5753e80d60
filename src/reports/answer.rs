//! An answer: its text and choices, its sources, its findings, and the rules for an answer that a person sends.

use std::collections::HashMap;

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::db::UserId;
use crate::error::Faults;
use crate::http::Input;
use crate::reports::questionnaire::Question;

crate::text_enum! {
    /// The state of an answer.
    #[derive(Default)]
    AnswerState {
        /// There is none yet.
        #[default]
        Empty = "empty",
        /// Drafted from the records.
        Drafted = "drafted",
        /// Written by a person, in this version of the report or in an earlier one; to be confirmed.
        Edited = "edited",
        /// Written or confirmed by a person.
        Confirmed = "confirmed",
        /// Part of an approved report.
        Approved = "approved",
    }
}

crate::text_enum! {
    /// Kinds of record that an answer can cite.
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

/// An answer of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportAnswer)]
pub struct Answer {
    /// Markdown. A drafted text is in the reader's language, an edited one as it was written.
    #[schema(examples("Se actualizó el protocolo de atención a víctimas."))]
    pub text: Option<String>,
    /// The codes chosen.
    #[schema(examples(json!(["great"])))]
    pub choices: Vec<String>,
    /// The meaning of the choice "others".
    #[schema(examples("Registro de actividades"))]
    pub other_text: Option<String>,
    /// One row per partner or party.
    pub rows: Vec<AnswerRow>,
    /// `empty`, `drafted`, `edited`, `confirmed` or `approved`.
    pub state: AnswerState,
    /// The person who confirmed it; null before.
    pub confirmed_by: Option<ReportPerson>,
    /// Time of the confirmation; null before.
    pub confirmed_at: Option<Instant>,
    /// The records that it cites; an edited answer keeps those of its draft.
    pub sources: Vec<Source>,
    /// Its problems, errors first.
    pub findings: Vec<Finding>,
    /// Changes of the records between the confirmation and the last drafting; the answer may need them too.
    pub changed_since_edit: Vec<ChangedSource>,
}

/// The person who confirmed an answer or commented on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportPerson {
    /// The person's id.
    pub id: UserId,
    /// The person's name.
    #[schema(examples("Ana Soto"))]
    pub name: String,
}

crate::text_enum! {
    /// The change of a source since a person's edit.
    ChangeKind {
        /// A new draft would cite it.
        Added = "added",
        /// A new draft would no longer cite it.
        Removed = "removed",
        /// Its content has changed.
        Changed = "changed",
    }
}

/// A record that has changed since a person edited the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportChangedSource)]
pub struct ChangedSource {
    /// The kind of change.
    pub change: ChangeKind,
    #[serde(flatten)]
    pub source: Source,
}

/// Compares the sources of two drafts, each with its fingerprint.
pub(super) fn changed_sources(then: &[(Source, String)], now: &[(Source, String)]) -> Vec<ChangedSource> {
    type Fingerprints<'a> = HashMap<(SourceKind, &'a str), &'a String>;
    fn by_record(list: &[(Source, String)]) -> Fingerprints<'_> {
        list.iter().map(|(source, fingerprint)| ((source.kind, source.id.as_str()), fingerprint)).collect()
    }
    fn find<'a>(known: &Fingerprints<'a>, one: &Source) -> Option<&'a String> {
        known.get(&(one.kind, one.id.as_str())).copied()
    }
    let (old, new) = (by_record(then), by_record(now));
    let changed = |change, source: &Source| ChangedSource { change, source: source.clone() };
    let of_now = now.iter().filter_map(|(source, fingerprint)| match find(&old, source) {
        None => Some(changed(ChangeKind::Added, source)),
        Some(before) => (before != fingerprint).then(|| changed(ChangeKind::Changed, source)),
    });
    let removed = then.iter().filter(|(one, _)| find(&new, one).is_none());
    of_now.chain(removed.map(|(one, _)| changed(ChangeKind::Removed, one))).collect()
}

/// A record that an answer cites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportSource)]
pub struct Source {
    /// The kind of record.
    pub kind: SourceKind,
    /// Its id.
    #[schema(format = "uuid", examples("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub id: String,
    /// The name or title of the record.
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
    /// The type of partner: one of the question's options.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("ilo"))]
    pub partner_type: Option<String>,
    /// The work done with the partner.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("Apoyo al seguimiento de la estrategia nacional."), max_length = 10_000)]
    pub description: Option<String>,
    /// The party's name.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("Central Unitaria de Trabajadores"), max_length = 300)]
    pub stakeholder: Option<String>,
    /// The party's contribution.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("Asistió a dos sesiones de la CETI."), max_length = 10_000)]
    pub involvement: Option<String>,
    /// The party's levels of participation, of those that the question offers.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(examples(json!(["informed"])), max_items = 4, required = false)]
    pub participation_level: Vec<String>,
}

/// A person's answer; it replaces the draft as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct AnswerInput {
    /// Markdown, in the language of the report.
    #[deserr(default)]
    #[schema(examples("Se actualizó el protocolo de atención a víctimas."), max_length = 50_000)]
    pub text: Option<String>,
    /// The codes chosen, of those that the question offers.
    #[deserr(default)]
    #[schema(examples(json!(["great"])), max_items = 20, required = false)]
    pub choices: Vec<String>,
    /// The meaning of the choice "others".
    #[deserr(default)]
    #[schema(examples("Registro de actividades"), max_length = 2000)]
    pub other_text: Option<String>,
    /// One row per partner or party, for the questions that take rows.
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

/// The question whose rows name parties and levels; the rows of the others name partners and types.
const STAKEHOLDERS: &str = "stakeholder_involvement";

/// Returns true if the rows of a question name parties and levels, and not partners and types.
pub(super) fn takes_parties(key: &str) -> bool {
    key == STAKEHOLDERS
}

/// Checks that the question takes such an answer. The number of choices is a finding, not a fault: it does not block
/// saving.
pub(super) fn check(question: &Question, input: &AnswerInput, faults: &mut Faults) {
    if question.is_choice() {
        for (n, choice) in input.choices.iter().enumerate() {
            offered(question, choice, &format!("/choices/{n}"), faults);
        }
    } else {
        faults.items("/choices", input.choices.len(), 0);
    }
    if !question.has_rows() {
        faults.items("/rows", input.rows.len(), 0);
        return;
    }
    for (n, row) in input.rows.iter().enumerate() {
        check_row(question, row, &format!("/rows/{n}"), faults);
    }
}

fn check_row(question: &Question, row: &AnswerRow, at: &str, faults: &mut Faults) {
    let of_partners = [
        ("partner", row.partner.is_some()),
        ("partner_type", row.partner_type.is_some()),
        ("description", row.description.is_some()),
    ];
    let of_parties = [
        ("stakeholder", row.stakeholder.is_some()),
        ("involvement", row.involvement.is_some()),
        ("participation_level", !row.participation_level.is_empty()),
    ];
    let parties = takes_parties(question.key);
    let (own, foreign) = if parties { (of_parties, of_partners) } else { (of_partners, of_parties) };
    let (name, named) = own[0];
    if !named {
        faults.add(format!("{at}/{name}"), "required");
    }
    for (field, _) in foreign.iter().filter(|(_, there)| *there) {
        faults.add_with(format!("{at}/{field}"), "not_together", vec![("field", name.to_owned())]);
    }
    if let Some(kind) = row.partner_type.as_ref().filter(|_| !parties) {
        offered(question, kind, &format!("{at}/partner_type"), faults);
    }
    for (n, level) in row.participation_level.iter().enumerate().filter(|_| parties) {
        offered(question, level, &format!("{at}/participation_level/{n}"), faults);
    }
}

fn offered(question: &Question, option: &str, at: &str, faults: &mut Faults) {
    if !question.offers(option) {
        faults.add_with(at, "not_a_choice", vec![("allowed", question.options.join(", "))]);
    }
}

/// Returns the text key of a kind of record.
pub(super) fn source_key(kind: SourceKind) -> String {
    format!("report-source-{}", kind.as_str().replace('_', "-"))
}

crate::text_enum! {
    /// Problems of an answer. The first four are errors, which block approval.
    ReportFindingCode {
        /// A mandatory question has no answer.
        MandatoryEmpty = "mandatory_empty",
        /// More than one choice is marked, and the question takes one.
        ChoiceNotSingle = "choice_not_single",
        /// "Not applicable" is marked together with other choices.
        ExclusiveChoiceMixed = "exclusive_choice_mixed",
        /// A priority or next step has no answer.
        ItemMissing = "item_missing",
        /// A cited record lies outside the period, or began before it.
        OutsidePeriod = "outside_period",
        /// A means of verification has a date after the period.
        EvidenceAfterPeriod = "evidence_after_period",
        /// Declared and listed numbers differ.
        CountMismatch = "count_mismatch",
        /// "Others" is marked without naming them.
        OtherWithoutText = "other_without_text",
        /// No choice is marked, and the question takes one.
        ChoiceUnmarked = "choice_unmarked",
        /// The types of partner marked are not those of the partners named.
        PartnerTypeMismatch = "partner_type_mismatch",
        /// The question is answered though its condition is not met, or not answered though it is.
        ConditionUnmet = "condition_unmet",
        /// One of the themes of Target 8.7 is not mentioned.
        ThemeWithoutEntry = "theme_without_entry",
        /// The text contains words of the form instead of an answer.
        TemplateResidue = "template_residue",
        /// A need of support names nobody who should provide it.
        AddresseeMissing = "addressee_missing",
        /// A party has no level of participation.
        LevelMissing = "level_missing",
        /// Trainings have no dates.
        TrainingWithoutDates = "training_without_dates",
        /// Trainings have no number of participants.
        TrainingWithoutParticipants = "training_without_participants",
        /// A process has no result.
        ProcessWithoutResult = "process_without_result",
        /// A result is still open, and no expected result is given.
        ExpectedResultMissing = "expected_result_missing",
        /// An activity serves no item of a plan.
        NoPlanItem = "no_plan_item",
        /// There is no means of verification.
        EvidenceMissing = "evidence_missing",
        /// Two records may be the same.
        PossibleDuplicate = "possible_duplicate",
        /// A date has no year, or depends on the day of writing.
        DateUnclear = "date_unclear",
        /// The answer seems to contain personal data.
        PersonalData = "personal_data",
        /// Facts for something that a person decides: a status, the rating, an answer of the last report.
        ForDecision = "for_decision",
        /// The records lack something: a validation, a report, a responsible institution, or they contain a remark.
        RecordGap = "record_gap",
        /// Records that the draft shows in their own language, because they have no translation.
        TranslationMissing = "translation_missing",
    }
}

impl ReportFindingCode {
    pub fn severity(self) -> Severity {
        match self {
            Self::MandatoryEmpty | Self::ChoiceNotSingle | Self::ExclusiveChoiceMixed | Self::ItemMissing => {
                Severity::Error
            }
            _ => Severity::Warning,
        }
    }
}

crate::text_enum! {
    /// The weight of a finding: an error must be corrected before approval.
    Severity { Error = "error", Warning = "warning" }
}

/// A problem of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportFinding)]
pub struct Finding {
    /// The rule that is broken.
    #[schema(examples("mandatory_empty"))]
    pub code: ReportFindingCode,
    /// The weight of the finding.
    #[schema(examples("error"))]
    pub severity: Severity,
    /// A sentence in the reader's language that says what to do.
    #[schema(examples("La pregunta es obligatoria; respóndala."))]
    pub message: String,
    /// JSON Pointer into the answer, as it is sent.
    #[schema(examples("/text"))]
    pub pointer: String,
    /// The records to correct, if the problem is in them.
    pub records: Vec<Source>,
    /// The sentence before and after the titles of the records, for pages, which have links to them; None if it has no
    /// titles.
    #[serde(skip)]
    pub around: Option<(String, String)>,
    /// True if the problem is in records that the draft cites.
    #[serde(skip)]
    pub of_records: bool,
}

/// The number of findings of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportFindingCounts)]
pub(super) struct FindingCounts {
    /// Number of errors; a report with errors cannot be approved.
    #[schema(examples(2))]
    pub error: usize,
    /// Number of warnings; they do not block approval.
    #[schema(examples(14))]
    pub warning: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::questionnaire::QUESTIONS;

    fn faults(key: &str, input: &AnswerInput) -> Vec<(String, &'static str)> {
        let question = QUESTIONS.iter().find(|question| question.key == key).unwrap();
        let mut faults = Faults::default();
        check(question, input, &mut faults);
        faults.list.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn a_narrative_takes_neither_choices_nor_rows() {
        let input =
            AnswerInput { choices: vec!["yes".into()], rows: vec![AnswerRow::default()], ..AnswerInput::default() };
        assert_eq!(faults("highlights", &input), [("/choices".into(), "too_many"), ("/rows".into(), "too_many")]);
    }

    #[test]
    fn a_choice_is_one_of_those_offered() {
        let input = AnswerInput { choices: vec!["great".into(), "superb".into()], ..AnswerInput::default() };
        assert_eq!(faults("overall_rating", &input), [("/choices/1".into(), "not_a_choice")]);
    }

    #[test]
    fn rows_name_what_their_question_is_about() {
        let row = AnswerRow { partner: Some("OIT".into()), partner_type: Some("ilo".into()), ..AnswerRow::default() };
        let input = AnswerInput { rows: vec![row], ..AnswerInput::default() };
        assert!(faults("intl_partner_detail", &input).is_empty());
        assert_eq!(faults("national_partner_detail", &input), [("/rows/0/partner_type".into(), "not_a_choice")]);
        let wrong = faults("stakeholder_involvement", &input);
        assert!(wrong.contains(&("/rows/0/stakeholder".into(), "required")), "{wrong:?}");
        assert!(wrong.contains(&("/rows/0/partner".into(), "not_together")), "{wrong:?}");
    }
}
