//! What is missing in an entry: the editorial rules of the annual report, as far as the activity alone shows it.

use serde::Serialize;
use utoipa::ToSchema;

use super::duplicates::Twin;
use super::input::{ActivityInput, ResultState};
use crate::dates::{PartialDate, Precision};
use crate::db::ActivityId;
use crate::http::personal_data_sentence;
use crate::i18n::{Lang, text};
use crate::personal_data::personal_data;
use crate::text::fold;

crate::text_enum! {
    /// What is missing in an entry.
    FindingCode {
        /// A training without dates, or known less exactly than to the month.
        TrainingWithoutDates = "training_without_dates",
        /// A training without the number of participants.
        TrainingWithoutParticipants = "training_without_participants",
        /// A process without the result that was achieved or is expected.
        ProcessWithoutResult = "process_without_result",
        /// A result that is not there yet, without saying which is expected.
        ExpectedResultMissing = "expected_result_missing",
        /// It serves no item of a plan.
        NoPlanItem = "no_plan_item",
        /// Nothing shows that it took place.
        EvidenceMissing = "evidence_missing",
        /// Another entry has a like title, the same month and a party in common.
        PossibleDuplicate = "possible_duplicate",
        /// Its date lacks the year, or depends on when it was written.
        DateUnclear = "date_unclear",
        /// Its texts seem to tell something about a person.
        PersonalData = "personal_data",
    }
}

crate::text_enum! {
    /// Whether a finding blocks the approval of a report.
    Severity {
        Error = "error",
        Warning = "warning",
    }
}

/// Something that an entry lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Finding {
    /// What is missing.
    #[schema(examples("training_without_participants"))]
    pub code: FindingCode,
    /// How much it matters.
    #[schema(examples("warning"))]
    pub severity: Severity,
    /// What to do, as one sentence in the reader's language.
    #[schema(examples("La capacitación «Taller regional» no indica número de participantes; agréguelo."))]
    pub message: String,
    /// JSON Pointer to the field to mend.
    #[schema(examples("/participants"))]
    pub pointer: String,
    /// The other entry, of a possible duplicate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<ActivityId>,
}

/// What the rules look at, of an entry or of what a report cites.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub is_training: bool,
    pub starts: Option<&'a PartialDate>,
    /// Whether an undated one names the period that it was reported for.
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
    /// Which rules it breaks, in the order of the codes.
    pub fn lacks(&self) -> Vec<FindingCode> {
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

/// What the entry lacks, in the order of the codes.
pub fn findings_of(activity: &ActivityInput, twins: &[Twin], lang: Lang) -> Vec<Finding> {
    let finding = |code, message, pointer: &str, activity_id| Finding {
        code,
        severity: Severity::Warning,
        message,
        pointer: pointer.to_owned(),
        activity_id,
    };
    let say = |code: FindingCode, other: &str| {
        let args = [("title", activity.title.clone()), ("other", other.to_owned())];
        text(lang, &format!("finding-{}", code.as_str().replace('_', "-")), &args)
    };
    let mut found: Vec<Finding> =
        Facts::from(activity).lacks().into_iter().map(|code| finding(code, say(code, ""), field(code), None)).collect();
    let code = FindingCode::PossibleDuplicate;
    found.extend(twins.iter().map(|twin| finding(code, say(code, &twin.title), field(code), Some(twin.id))));
    for (pointer, words) in texts(activity) {
        for kind in personal_data(&words) {
            let message = personal_data_sentence(kind, lang);
            found.push(finding(FindingCode::PersonalData, message, &pointer, None));
        }
    }
    found.sort_by_key(|one| one.code);
    found
}

/// The field that is mended.
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

/// What people write freely, by its place.
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

/// Words of a process that no figure backs (editorial note on results instead of processes).
pub fn tells_a_process(result: &str) -> bool {
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

/// A date without its year, or one that depends on when it was written.
fn is_unclear(words: &str) -> bool {
    let folded = fold([words]);
    let has_year = folded
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && digits.parse().is_ok_and(|year: i32| (1900..=2200).contains(&year)));
    !has_year || is_relative(words)
}

/// Whether a date in these words depends on when they were written.
pub fn is_relative(words: &str) -> bool {
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

#[cfg(test)]
#[path = "findings_tests.rs"]
mod tests;
