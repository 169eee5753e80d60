//! What can be wrong with a report: the codes, how much each matters, and how a finding reads.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::reports::model::Source;

crate::text_enum! {
    /// What is wrong with an answer. The first four are errors, which block approval.
    ReportFindingCode {
        /// A mandatory question without an answer.
        MandatoryEmpty = "mandatory_empty",
        /// More than one mark where one is asked for.
        ChoiceNotSingle = "choice_not_single",
        /// "Not applicable" beside other marks.
        ExclusiveChoiceMixed = "exclusive_choice_mixed",
        /// A priority or next step that nobody has answered.
        ItemMissing = "item_missing",
        /// Something cited lies outside the period, or began before it.
        OutsidePeriod = "outside_period",
        /// A means of verification that bears a date after the period.
        EvidenceAfterPeriod = "evidence_after_period",
        /// Declared and listed numbers differ.
        CountMismatch = "count_mismatch",
        /// "Others" is marked and not named.
        OtherWithoutText = "other_without_text",
        /// No mark where one is asked for.
        ChoiceUnmarked = "choice_unmarked",
        /// The kinds of partners marked are not those of the partners named.
        PartnerTypeMismatch = "partner_type_mismatch",
        /// Answered though its condition does not hold, or not answered though it does.
        ConditionUnmet = "condition_unmet",
        /// One of the matters of Target 8.7 is not spoken of.
        ThemeWithoutEntry = "theme_without_entry",
        /// Words of the form stand where an answer should.
        TemplateResidue = "template_residue",
        /// A need of support that nobody is asked to meet.
        AddresseeMissing = "addressee_missing",
        /// A party without its level of participation.
        LevelMissing = "level_missing",
        /// Trainings without dates.
        TrainingWithoutDates = "training_without_dates",
        /// Trainings without the number of participants.
        TrainingWithoutParticipants = "training_without_participants",
        /// A process without its result.
        ProcessWithoutResult = "process_without_result",
        /// A result that is not there yet, without saying which is expected.
        ExpectedResultMissing = "expected_result_missing",
        /// Something that serves no item of a plan.
        NoPlanItem = "no_plan_item",
        /// Nothing shows what is said.
        EvidenceMissing = "evidence_missing",
        /// Two records that may be one.
        PossibleDuplicate = "possible_duplicate",
        /// A date without its year, or one that depends on when it was written.
        DateUnclear = "date_unclear",
        /// The answer seems to tell something about a person.
        PersonalData = "personal_data",
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
    /// How much a finding matters: an error must be mended before approval.
    Severity { Error = "error", Warning = "warning" }
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportFinding)]
pub struct Finding {
    /// Which rule it breaks.
    #[schema(examples("mandatory_empty"))]
    pub code: ReportFindingCode,
    /// How much it matters.
    #[schema(examples("error"))]
    pub severity: Severity,
    /// What to do, as a sentence in the reader's language.
    #[schema(examples("La pregunta es obligatoria; respóndala."))]
    pub message: String,
    /// JSON Pointer into the answer that is put to the question.
    #[schema(examples("/text"))]
    pub pointer: String,
    /// The records to mend, where the fault is theirs.
    pub records: Vec<Source>,
}

/// How many findings a report has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportFindingCounts)]
pub struct FindingCounts {
    /// Errors: while there is one, the report cannot be approved.
    #[schema(examples(2))]
    pub error: usize,
    /// Warnings: they block nothing.
    #[schema(examples(14))]
    pub warning: usize,
}
