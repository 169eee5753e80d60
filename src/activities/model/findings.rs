//! What is missing in an entry: the editorial rules of the annual report, as far as the activity alone shows it.

use serde::Serialize;
use utoipa::ToSchema;

use super::input::{ActivityInput, ResultState};
use crate::dates::Precision;
use crate::db::dispatch::fold;
use crate::i18n::{Lang, text};

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
        /// Its date lacks the year, or depends on when it was written.
        DateUnclear = "date_unclear",
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
    /// The same as one sentence in the reader's language.
    #[schema(examples("La capacitación «Taller regional» no indica número de participantes."))]
    pub message: String,
}

/// What the entry lacks, in the order of the codes.
pub fn findings_of(activity: &ActivityInput, lang: Lang) -> Vec<Finding> {
    let missing = FindingCode::ALL.iter().filter(|code| lacks(activity, **code));
    missing
        .map(|code| {
            let key = format!("finding-{}", code.as_str().replace('_', "-"));
            let message = text(lang, &key, &[("title", activity.title.clone())]);
            Finding { code: *code, severity: Severity::Warning, message }
        })
        .collect()
}

fn lacks(activity: &ActivityInput, code: FindingCode) -> bool {
    let training = activity.kind.is_training();
    match code {
        FindingCode::TrainingWithoutDates => training && !is_dated_to_the_month(activity),
        FindingCode::TrainingWithoutParticipants => training && activity.headcount().is_none(),
        FindingCode::ProcessWithoutResult => match &activity.result {
            Some(result) => tells_a_process(result),
            None => activity.expected_result.is_none(),
        },
        FindingCode::ExpectedResultMissing => {
            let open = matches!(activity.result_state, Some(ResultState::Partial | ResultState::Expected));
            open && activity.expected_result.is_none()
        }
        FindingCode::NoPlanItem => activity.plan_item_ids.is_empty(),
        FindingCode::EvidenceMissing => activity.evidence.is_empty(),
        FindingCode::DateUnclear => match &activity.when_text {
            Some(words) => activity.starts.is_some() && is_unclear(words),
            None => activity.starts.is_none() && activity.period.is_none(),
        },
    }
}

fn is_dated_to_the_month(activity: &ActivityInput) -> bool {
    activity.starts.as_ref().is_some_and(|starts| matches!(starts.precision(), Precision::Day | Precision::Month))
}

/// Words of a process that no figure backs (editorial note on results instead of processes).
fn tells_a_process(result: &str) -> bool {
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
    let has_year = folded
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && digits.parse().is_ok_and(|year: i32| (1900..=2200).contains(&year)));
    !has_year || RELATIVE.iter().any(|relative| folded.contains(relative))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::parse;

    fn codes(fields: serde_json::Value) -> Vec<&'static str> {
        let mut body = serde_json::json!({
            "country_code": "CL", "kind": "study", "title": "Estudio", "result": "Un estudio publicado.",
            "starts": "2023-08", "plan_item_ids": ["0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"],
            "evidence": [{"title": "El estudio"}],
        });
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let input: ActivityInput = parse(body).unwrap();
        findings_of(&input, Lang::Es).iter().map(|finding| finding.code.as_str()).collect()
    }

    #[test]
    fn a_complete_entry_lacks_nothing() {
        assert_eq!(codes(serde_json::json!({})), [""; 0]);
        let training = serde_json::json!({"kind": "training", "participants": {"women": 3, "men": 4}});
        assert_eq!(codes(training), [""; 0]);
    }

    #[test]
    fn a_training_owes_its_dates_and_its_participants() {
        let told =
            codes(serde_json::json!({"kind": "workshop", "starts": "2023", "participants": {"audience": "Equipos"}}));
        assert_eq!(told, ["training_without_dates", "training_without_participants"]);
    }

    #[test]
    fn results_are_told_rather_than_processes() {
        let process = ["process_without_result"];
        assert_eq!(codes(serde_json::json!({"result": null})), process);
        assert_eq!(codes(serde_json::json!({"result": "Se realizaron coordinaciones con las regiones."})), process);
        assert_eq!(codes(serde_json::json!({"result": "Se mantuvo el registro de 25 entidades."})), [""; 0]);
        assert_eq!(codes(serde_json::json!({"result": null, "expected_result": "Cifras por región."})), [""; 0]);
        assert_eq!(codes(serde_json::json!({"result_state": "partial"})), ["expected_result_missing"]);
    }

    #[test]
    fn a_date_without_its_year_is_to_be_confirmed() {
        let unclear = ["date_unclear"];
        assert_eq!(codes(serde_json::json!({"when_text": "22 de agosto"})), unclear);
        assert_eq!(codes(serde_json::json!({"when_text": "a finales de este año (2023)"})), unclear);
        assert_eq!(codes(serde_json::json!({"starts": null})), unclear);
        assert_eq!(codes(serde_json::json!({"when_text": "durante 2023"})), [""; 0]);
    }

    #[test]
    fn nothing_shown_and_nothing_served_is_told() {
        let told = codes(serde_json::json!({"plan_item_ids": [], "evidence": []}));
        assert_eq!(told, ["no_plan_item", "evidence_missing"]);
    }

    /// Every id of an example as an id, so that its records can be read as bodies.
    fn as_body(record: &serde_json::Value) -> serde_json::Value {
        let lists = [
            ("commissions", "commission_ids"),
            ("organizers", "organizer_ids"),
            ("partners", "partner_ids"),
            ("plan_items", "plan_item_ids"),
            ("commitments", "commitment_ids"),
        ];
        let mut body = record.as_object().unwrap().clone();
        body.remove("key");
        for (name, field) in lists {
            let keys = body.remove(name).and_then(|keys| keys.as_array().cloned()).unwrap_or_default();
            let ids: Vec<_> = (1..=keys.len()).map(|n| uuid::Uuid::from_u128(n as u128).to_string()).collect();
            body.insert(field.to_owned(), ids.into());
        }
        body.insert("country_code".to_owned(), "CL".into());
        body.into()
    }

    #[test]
    fn the_activities_of_the_examples_can_be_read() {
        for text in
            [include_str!("../../../examples/chile-2023.json"), include_str!("../../../examples/peru-2023.json")]
        {
            let dataset: serde_json::Value = serde_json::from_str(text).unwrap();
            for record in dataset["activities"].as_array().unwrap() {
                let read: crate::error::Result<ActivityInput> = parse(as_body(record));
                assert!(read.is_ok(), "{}: {:?}", record["key"], read.err().map(|error| error.faults));
            }
        }
    }
}
