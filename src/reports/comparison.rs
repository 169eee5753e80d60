//! Compares a report with the country's last one: announced next steps and their status, and choices.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::figures::{FigureKey, Figures};
use super::model::{ChoiceOption, QuestionAsked, Report, ReportStatus};
use super::questionnaire::QuestionType;
use crate::db::{PlanItemId, ReportId};
use crate::i18n::{Lang, text};
use crate::plans::ItemStatus;

/// A report beside the country's last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportComparison)]
pub(super) struct Comparison {
    /// The country's last report before this one; null when there is none.
    pub previous: Option<PreviousReport>,
    /// The last report's announcement for this period: its answer to `next_period_priorities`.
    #[schema(examples("Aprobar el protocolo intersectorial."))]
    pub promised: Option<String>,
    /// The number of next steps of this report by status.
    pub totals: Totals,
    /// The next steps of either report.
    pub next_steps: Vec<StepCompared>,
    /// Every question with choices that is asked once.
    pub choices: Vec<ChoiceCompared>,
    /// Members, institutions, sessions and activities, counted in the same way in both reports.
    pub figures: Vec<FigureCompared>,
}

/// A figure of both reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportFigureCompared)]
pub(super) struct FigureCompared {
    /// `members`, `institutions`, `sessions` or `activities`.
    #[schema(examples("members"))]
    pub key: FigureKey,
    /// Its name in the reader's language.
    #[schema(examples("Integrantes de las comisiones al último día del período"))]
    pub label: String,
    /// Its value in the last report; null when it is not known.
    #[schema(examples(53))]
    pub before: Option<usize>,
    /// Its value in this report; null when it is not known.
    #[schema(examples(55))]
    pub now: Option<usize>,
}

/// The report that this one follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct PreviousReport {
    /// Its id.
    pub id: ReportId,
    /// First day of its period.
    #[schema(examples("2022-05-01"))]
    pub period_from: NaiveDate,
    /// Last day of its period.
    #[schema(examples("2023-04-30"))]
    pub period_to: NaiveDate,
    /// Draft or approved.
    pub status: ReportStatus,
}

/// Next steps by status; one without a mark, or with several, is undecided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportStepTotals)]
pub(super) struct Totals {
    /// Done.
    #[schema(examples(1))]
    pub completed: usize,
    /// In progress.
    #[schema(examples(7))]
    pub in_progress: usize,
    /// Not started.
    #[schema(examples(1))]
    pub planned: usize,
    /// Given up, or its period is over.
    #[schema(examples(0))]
    pub not_achieved: usize,
    /// Not answered.
    #[schema(examples(0))]
    pub undecided: usize,
}

/// One next step in both reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportStepCompared)]
pub(super) struct StepCompared {
    /// The next step.
    pub plan_item_id: Option<PlanItemId>,
    /// The question about it, in the reader's language.
    #[schema(examples("Próximo paso 1: «Segunda edición del reconocimiento». ¿En qué estado se encuentra?"))]
    pub title: String,
    /// The last report's answer; null when it did not ask.
    pub before: Option<StepAnswer>,
    /// This report's answer; null when it does not ask.
    pub now: Option<StepAnswer>,
}

/// A report's answer about a next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportStepSaid)]
pub(super) struct StepAnswer {
    /// The statuses marked.
    pub choices: Vec<ChoiceOption>,
    /// The text of the option "Others".
    #[serde(skip)]
    pub other: Option<String>,
    /// The comment.
    #[schema(examples("El modelo rige en seis gobiernos locales."))]
    pub text: Option<String>,
}

/// A question with choices in both reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportChoiceCompared)]
pub(super) struct ChoiceCompared {
    /// The key of the question.
    #[schema(examples("overall_rating"))]
    pub key: String,
    /// Its wording in the reader's language.
    #[schema(examples("En conjunto, ¿cuánto se ha progresado en las prioridades de la hoja de ruta?"))]
    pub title: String,
    /// The choices of the last report.
    pub before: Vec<ChoiceOption>,
    /// The choices of this report.
    pub now: Vec<ChoiceOption>,
    /// Both reports have choices, and these differ.
    #[schema(examples(true))]
    pub changed: bool,
    /// The texts of the option "Others", of the last report and of this one.
    #[serde(skip)]
    pub others: [Option<String>; 2],
}

/// Compares the figures of two reports.
pub(super) fn compare_figures(before: Option<Figures>, now: Option<Figures>, lang: Lang) -> Vec<FigureCompared> {
    let compared = |key: &FigureKey| FigureCompared {
        key: *key,
        label: text(lang, &format!("report-figure-{key}"), &[]),
        before: before.map(|figures| figures.get(*key)),
        now: now.map(|figures| figures.get(*key)),
    };
    FigureKey::ALL.iter().map(compared).collect()
}

pub(super) fn compare(previous: Option<&Report>, report: &Report, figures: Vec<FigureCompared>) -> Comparison {
    let before = |key: &str| previous.and_then(|previous| previous.form.question(key));
    let steps = |report: &Report| -> Vec<QuestionAsked> {
        report.form.questions().filter(|one| is_step(one)).cloned().collect()
    };
    let compared = |asked: &QuestionAsked, before: Option<StepAnswer>, now: Option<StepAnswer>| StepCompared {
        plan_item_id: asked.plan_item_id,
        title: asked.title.clone(),
        before,
        now,
    };
    let now = steps(report);
    let of_now = now.iter().map(|asked| compared(asked, before(&asked.key).map(step_answer), Some(step_answer(asked))));
    let old = previous.map(steps).unwrap_or_default();
    let gone = old.iter().filter(|one| now.iter().all(|asked| asked.key != one.key));
    let next_steps = of_now.chain(gone.map(|asked| compared(asked, Some(step_answer(asked)), None))).collect();
    let choices = report.form.questions().filter(|asked| has_choices(asked) && !is_step(asked)).map(|asked| {
        let earlier = before(&asked.key);
        let (before, now) = (earlier.map(marked).unwrap_or_default(), marked(asked));
        let changed = before != now && !before.is_empty() && !now.is_empty();
        let others = [earlier, Some(asked)].map(|one| one.and_then(|one| one.answer.other_text.clone()));
        ChoiceCompared { key: asked.key.clone(), title: asked.title.clone(), changed, before, now, others }
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
        figures,
        next_steps,
    }
}

fn is_step(asked: &QuestionAsked) -> bool {
    asked.key.starts_with("next_step_status")
}

fn has_choices(asked: &QuestionAsked) -> bool {
    matches!(asked.kind, QuestionType::SingleChoice | QuestionType::MultipleChoice)
}

fn step_answer(asked: &QuestionAsked) -> StepAnswer {
    StepAnswer { choices: marked(asked), other: asked.answer.other_text.clone(), text: asked.answer.text.clone() }
}

fn marked(asked: &QuestionAsked) -> Vec<ChoiceOption> {
    asked.options.iter().filter(|option| asked.answer.choices.contains(&option.key)).cloned().collect()
}

fn totals(steps: &[QuestionAsked]) -> Totals {
    let mut totals = Totals::default();
    for step in steps {
        let status = match step.answer.choices.as_slice() {
            [one] => one.parse().ok(),
            _ => None,
        };
        let total = match status {
            Some(ItemStatus::Completed) => &mut totals.completed,
            Some(ItemStatus::InProgress) => &mut totals.in_progress,
            Some(ItemStatus::Planned) => &mut totals.planned,
            Some(ItemStatus::NotAchieved) => &mut totals.not_achieved,
            None => &mut totals.undecided,
        };
        *total += 1;
    }
    totals
}

crate::nothing_restricted!(Comparison);
