//! The editorial rules of the annual report, as far as they can be checked on the activity alone, and the comparison of
//! activities that may be the same.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::input::{ActivityInput, ResultState};
use crate::dates::{PartialDate, Precision};
use crate::db::{ActivityId, InstitutionId};
use crate::http::personal_data_sentence;
use crate::i18n::{Lang, text};
use crate::personal_data::personal_data;
use crate::text::fold;

crate::text_enum! {
    /// The kind of a finding.
    FindingCode {
        /// A training without a date that is exact to the month.
        TrainingWithoutDates = "training_without_dates",
        /// A training without the number of participants.
        TrainingWithoutParticipants = "training_without_participants",
        /// A process without an achieved or expected result.
        ProcessWithoutResult = "process_without_result",
        /// A result that is partial or expected, without the expected result.
        ExpectedResultMissing = "expected_result_missing",
        /// The activity contributes to no item of a plan.
        NoPlanItem = "no_plan_item",
        /// The activity has no evidence.
        EvidenceMissing = "evidence_missing",
        /// Another activity has a similar title, the same month and an institution in common.
        PossibleDuplicate = "possible_duplicate",
        /// The date lacks the year, or depends on the day on which it was written.
        DateUnclear = "date_unclear",
        /// The texts seem to contain personal data.
        PersonalData = "personal_data",
    }
}

crate::text_enum! {
    /// The severity of a finding: an error blocks the approval of a report.
    Severity {
        Error = "error",
        Warning = "warning",
    }
}

/// Missing or doubtful content of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Finding {
    /// The kind of the finding.
    #[schema(examples("training_without_participants"))]
    pub code: FindingCode,
    /// The severity.
    #[schema(examples("warning"))]
    pub severity: Severity,
    /// The task for the reader: one sentence in the reader's language.
    #[schema(examples("La capacitación «Taller regional» no indica número de participantes; agréguelo."))]
    pub message: String,
    /// The JSON Pointer to the field to correct.
    #[schema(examples("/participants"))]
    pub pointer: String,
    /// The other activity, for a possible duplicate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<ActivityId>,
}

/// The data that the rules check: of an activity, or of a record that a report cites.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub is_training: bool,
    pub starts: Option<&'a PartialDate>,
    /// True when an activity without a date has the period that it was reported for.
    pub has_period: bool,
    pub when_text: Option<&'a str>,
    pub has_headcount: bool,
    pub result: Option<&'a str>,
    pub has_expected_result: bool,
    pub result_state: Option<ResultState>,
    pub serves_a_plan: bool,
    pub has_evidence: bool,
}

impl Facts<'_> {
    /// Returns the rules that are broken, in the order of the codes.
    pub(crate) fn lacks(&self) -> Vec<FindingCode> {
        FindingCode::ALL.iter().copied().filter(|code| self.breaks(*code)).collect()
    }

    fn breaks(&self, code: FindingCode) -> bool {
        match code {
            FindingCode::TrainingWithoutDates => self.is_training && !self.is_dated_to_the_month(),
            FindingCode::TrainingWithoutParticipants => self.is_training && !self.has_headcount,
            FindingCode::ProcessWithoutResult => self.result.map_or(!self.has_expected_result, tells_a_process),
            FindingCode::ExpectedResultMissing => {
                let open = matches!(self.result_state, Some(ResultState::Partial | ResultState::Expected));
                open && !self.has_expected_result
            }
            FindingCode::NoPlanItem => !self.serves_a_plan,
            FindingCode::EvidenceMissing => !self.has_evidence,
            FindingCode::DateUnclear => match self.when_text {
                Some(words) => self.starts.is_some() && is_unclear(words),
                None => self.starts.is_none() && !self.has_period,
            },
            FindingCode::PossibleDuplicate | FindingCode::PersonalData => false,
        }
    }

    fn is_dated_to_the_month(&self) -> bool {
        self.starts.is_some_and(|starts| matches!(starts.precision(), Precision::Day | Precision::Month))
    }
}

impl<'a> From<&'a ActivityInput> for Facts<'a> {
    fn from(activity: &'a ActivityInput) -> Self {
        Self {
            is_training: activity.kind.is_training(),
            starts: activity.starts.as_ref(),
            has_period: activity.period.is_some(),
            when_text: activity.when_text.as_deref(),
            has_headcount: activity.headcount().is_some(),
            result: activity.result.as_deref(),
            has_expected_result: activity.expected_result.is_some(),
            result_state: activity.result_state,
            serves_a_plan: !activity.plan_item_ids.is_empty(),
            has_evidence: !activity.evidence.is_empty(),
        }
    }
}

/// Returns the findings of an activity, in the order of the codes.
pub(super) fn findings_of(activity: &ActivityInput, duplicates: &[Duplicate], lang: Lang) -> Vec<Finding> {
    let finding = |code, message, pointer: &str, activity_id| Finding {
        code,
        severity: Severity::Warning,
        message,
        pointer: pointer.to_owned(),
        activity_id,
    };
    let message = |code: FindingCode, other: &str| {
        let args = [("title", activity.title.clone()), ("other", other.to_owned())];
        text(lang, &format!("finding-{}", code.as_str().replace('_', "-")), &args)
    };
    let mut found: Vec<Finding> = Facts::from(activity)
        .lacks()
        .into_iter()
        .map(|code| finding(code, message(code, ""), field(code), None))
        .collect();
    let code = FindingCode::PossibleDuplicate;
    found
        .extend(duplicates.iter().map(|other| finding(code, message(code, &other.title), field(code), Some(other.id))));
    for (pointer, words) in texts(activity) {
        for kind in personal_data(&words) {
            found.push(finding(FindingCode::PersonalData, personal_data_sentence(kind, lang), &pointer, None));
        }
    }
    found.sort_by_key(|one| one.code);
    found
}

/// Returns the pointer to the field to correct.
fn field(code: FindingCode) -> &'static str {
    match code {
        FindingCode::TrainingWithoutDates => "/starts",
        FindingCode::TrainingWithoutParticipants => "/participants",
        FindingCode::ProcessWithoutResult => "/result",
        FindingCode::ExpectedResultMissing => "/expected_result",
        FindingCode::NoPlanItem => "/plan_item_ids",
        FindingCode::EvidenceMissing => "/evidence",
        FindingCode::DateUnclear => "/when_text",
        FindingCode::PossibleDuplicate | FindingCode::PersonalData => "/title",
    }
}

/// Returns the free texts of an activity with their pointers.
fn texts(activity: &ActivityInput) -> Vec<(String, String)> {
    let audience = activity.participants.as_ref().and_then(|participants| participants.audience.as_ref());
    let fields = [
        ("/title", Some(&activity.title)),
        ("/description", activity.description.as_ref()),
        ("/result", activity.result.as_ref()),
        ("/expected_result", activity.expected_result.as_ref()),
        ("/when_text", activity.when_text.as_ref()),
        ("/participants/audience", audience),
        ("/source", activity.source.as_ref()),
    ];
    let mut texts: Vec<(String, String)> =
        fields.into_iter().filter_map(|(at, words)| Some((at.to_owned(), words?.clone()))).collect();
    for (n, entry) in activity.evidence.iter().enumerate() {
        texts.push((format!("/evidence/{n}/title"), entry.title.clone()));
    }
    texts
}

/// Returns true if the result describes a process without any figure (editorial note on results instead of processes).
pub(crate) fn tells_a_process(result: &str) -> bool {
    const PROCESS: [&str; 6] = [
        "se realizaron coordinaciones",
        "se estuvo revisando",
        "se mantuvo",
        "continuar",
        "reuniones de coordinacion",
        "se viene realizando",
    ];
    let folded = fold([result]);
    PROCESS.iter().any(|words| folded.contains(words)) && !folded.contains(|c: char| c.is_ascii_digit())
}

/// Returns true if a date lacks the year, or depends on the day on which it was written.
fn is_unclear(words: &str) -> bool {
    let folded = fold([words]);
    let has_year = folded
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && digits.parse().is_ok_and(|year: i32| (1900..=2200).contains(&year)));
    !has_year || is_relative(words)
}

/// Returns true if a date in these words depends on the day on which they were written.
pub(crate) fn is_relative(words: &str) -> bool {
    const RELATIVE: [&str; 14] = [
        "este ano",
        "ano pasado",
        "proximo ano",
        "ano en curso",
        "este mes",
        "mes pasado",
        "proximo mes",
        "actualmente",
        "recientemente",
        "proximamente",
        "a la fecha",
        "this year",
        "last year",
        "next year",
    ];
    let folded = fold([words]);
    RELATIVE.iter().any(|relative| folded.contains(relative))
}

/// An activity that may be the same as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Duplicate {
    pub restricted: bool,
    pub id: ActivityId,
    pub title: String,
}

/// The data by which two activities are compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Likeness<'a> {
    pub title: &'a str,
    pub starts_from: Option<NaiveDate>,
    pub parties: &'a [InstitutionId],
}

/// The similarity of two titles, from 0 to 1, from which they count as alike: a word more or less makes no difference.
const ALIKE: f64 = 0.8;

impl Likeness<'_> {
    /// Returns true if both may be the same activity: the same month, an institution in common and a similar title.
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        let month = |one: &Self| one.starts_from.map(|day| (day.year(), day.month()));
        month(self).is_some_and(|own| month(other) == Some(own))
            && self.parties.iter().any(|party| other.parties.contains(party))
            && strsim::sorensen_dice(&fold([self.title]), &fold([other.title])) >= ALIKE
    }
}

#[cfg(test)]
#[path = "findings_tests.rs"]
mod tests;
