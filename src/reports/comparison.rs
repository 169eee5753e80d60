//! This year's report beside last year's: what was promised as next steps, and what became of it.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{ChoiceOption, QuestionAsked, Report, ReportStatus};
use super::questionnaire::QuestionType;
use crate::db::{PlanItemId, ReportId};

/// What was promised, what became of it, and how the choices differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportComparison)]
pub struct Comparison {
    /// The country's last report before this one; null when there is none.
    pub previous: Option<PreviousReport>,
    /// What the last report announced for this period: its answer to `next_period_priorities`.
    #[schema(examples("Aprobar el protocolo intersectorial."))]
    pub promised: Option<String>,
    /// How many next steps of this report stand in each state.
    pub totals: Totals,
    /// The next steps of either report.
    pub next_steps: Vec<StepCompared>,
    /// Every question with boxes that stands once.
    pub choices: Vec<ChoiceCompared>,
}

/// The report that this one follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PreviousReport {
    /// Its id.
    pub id: ReportId,
    /// First day of its period.
    #[schema(examples("2022-05-01"))]
    pub period_from: NaiveDate,
    /// Last day of its period.
    #[schema(examples("2023-04-30"))]
    pub period_to: NaiveDate,
    /// Whether it is approved.
    pub status: ReportStatus,
}

/// Next steps by state; one with none or several marks is undecided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportStepTotals)]
pub struct Totals {
    /// Done.
    #[schema(examples(1))]
    pub completed: usize,
    /// Under way.
    #[schema(examples(7))]
    pub in_progress: usize,
    /// Not begun.
    #[schema(examples(1))]
    pub planned: usize,
    /// Given up, or its time is over.
    #[schema(examples(0))]
    pub not_achieved: usize,
    /// Not answered.
    #[schema(examples(0))]
    pub undecided: usize,
}

/// One next step in both reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportStepCompared)]
pub struct StepCompared {
    /// The next step.
    pub plan_item_id: Option<PlanItemId>,
    /// The question about it, in the reader's language.
    #[schema(examples("Próximo paso 1: «Segunda edición del reconocimiento». ¿En qué estado se encuentra?"))]
    pub title: String,
    /// What the last report said; null when it did not ask.
    pub before: Option<Said>,
    /// What this report says; null when it does not ask.
    pub now: Option<Said>,
}

/// What a report says of a next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportStepSaid)]
pub struct Said {
    /// The states marked.
    pub choices: Vec<ChoiceOption>,
    /// The comment.
    #[schema(examples("El modelo rige en seis gobiernos locales."))]
    pub text: Option<String>,
}

/// A question with boxes in both reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportChoiceCompared)]
pub struct ChoiceCompared {
    /// Which question.
    #[schema(examples("overall_rating"))]
    pub key: String,
    /// Its wording in the reader's language.
    #[schema(examples("En conjunto, ¿cuánto se ha progresado en las prioridades de la hoja de ruta?"))]
    pub title: String,
    /// What the last report marked.
    pub before: Vec<ChoiceOption>,
    /// What this report marks.
    pub now: Vec<ChoiceOption>,
    /// Whether the two differ.
    #[schema(examples(true))]
    pub changed: bool,
}

pub fn compare(previous: Option<&Report>, report: &Report) -> Comparison {
    let before = |key: &str| previous.and_then(|previous| previous.form.question(key));
    let steps = |report: &Report| -> Vec<QuestionAsked> {
        report.form.questions().filter(|one| is_step(one)).cloned().collect()
    };
    let now = steps(report);
    let mut next_steps: Vec<StepCompared> = now
        .iter()
        .map(|asked| StepCompared {
            plan_item_id: asked.plan_item_id,
            title: asked.title.clone(),
            before: before(&asked.key).map(said),
            now: Some(said(asked)),
        })
        .collect();
    let gone = previous.map(steps).unwrap_or_default();
    next_steps.extend(gone.iter().filter(|one| now.iter().all(|asked| asked.key != one.key)).map(|asked| {
        StepCompared {
            plan_item_id: asked.plan_item_id,
            title: asked.title.clone(),
            before: Some(said(asked)),
            now: None,
        }
    }));
    let choices = report.form.questions().filter(|asked| has_boxes(asked) && !is_step(asked)).map(|asked| {
        let (before, now) = (before(&asked.key).map(marked).unwrap_or_default(), marked(asked));
        ChoiceCompared { key: asked.key.clone(), title: asked.title.clone(), changed: before != now, before, now }
    });
    Comparison {
        previous: previous.map(|one| PreviousReport {
            id: one.id,
            period_from: one.fields.period_from,
            period_to: one.fields.period_to,
            status: one.status,
        }),
        promised: before("next_period_priorities").and_then(|asked| asked.answer.text.clone()),
        totals: totals(&now),
        choices: choices.collect(),
        next_steps,
    }
}

fn is_step(asked: &QuestionAsked) -> bool {
    asked.key.starts_with("next_step_status")
}

fn has_boxes(asked: &QuestionAsked) -> bool {
    matches!(asked.kind, QuestionType::SingleChoice | QuestionType::MultipleChoice)
}

fn said(asked: &QuestionAsked) -> Said {
    Said { choices: marked(asked), text: asked.answer.text.clone() }
}

fn marked(asked: &QuestionAsked) -> Vec<ChoiceOption> {
    asked.options.iter().filter(|option| asked.answer.choices.contains(&option.key)).cloned().collect()
}

fn totals(steps: &[QuestionAsked]) -> Totals {
    let mut totals = Totals::default();
    for step in steps {
        let place = match step.answer.choices.as_slice() {
            [one] => match one.as_str() {
                "completed" => &mut totals.completed,
                "in_progress" => &mut totals.in_progress,
                "planned" => &mut totals.planned,
                "not_achieved" => &mut totals.not_achieved,
                _ => &mut totals.undecided,
            },
            _ => &mut totals.undecided,
        };
        *place += 1;
    }
    totals
}

crate::nothing_restricted!(Comparison);
