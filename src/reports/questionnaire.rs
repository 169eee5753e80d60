//! The questionnaire of the annual progress report on Target 8.7, as data: 2 repeated questions (one for each priority,
//! one for each next step) and 25 that are asked once. Numbers are computed: a country with three priorities and one
//! next step has 29 questions, and one with nine and nine has 43. Wording: `locales/*/questionnaire.ftl`.

use chrono::NaiveDate;

use crate::db::PlanItemId;
use crate::i18n::{Lang, text};

crate::text_enum! {
    /// A part of the questionnaire.
    SectionKey {
        Priorities = "s1_priorities",
        NextSteps = "s2_next_steps",
        Overall = "s3_overall",
        Evaluation = "s4_evaluation",
        International = "s5_international",
        National = "s6_national",
        Outlook = "s7_outlook",
    }
}

crate::text_enum! {
    /// The type of answer of a question.
    QuestionType {
        Narrative = "narrative",
        SingleChoice = "single_choice",
        MultipleChoice = "multiple_choice",
        Rows = "rows",
    }
}

/// The number of times that a report asks a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    Once,
    /// Once for each priority of the roadmap.
    EachPriority,
    /// Once for each next step whose period shares a day with the report's.
    EachNextStep,
}

/// The repetitions of a question that a country's form marks as mandatory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mandatory {
    Every,
    /// Only the first of a repeated question.
    First,
}

/// One question of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Question {
    pub key: &'static str,
    pub section: SectionKey,
    pub kind: QuestionType,
    pub repeat: Repeat,
    /// The codes of its choices; of a question with rows, the types or levels that a row may name.
    pub options: &'static [&'static str],
    /// The option that excludes all others.
    pub exclusive: Option<&'static str>,
    /// The question and the choice that must be marked there for this one to be asked.
    pub depends_on: Option<(&'static str, &'static str)>,
    mandatory: &'static [(&'static str, Mandatory)],
}

use QuestionType::{MultipleChoice, Narrative, Rows, SingleChoice};
use SectionKey::{Evaluation, International, National, NextSteps, Outlook, Overall, Priorities};

const fn ask(key: &'static str, section: SectionKey, kind: QuestionType) -> Question {
    Question {
        key,
        section,
        kind,
        repeat: Repeat::Once,
        options: &[],
        exclusive: None,
        depends_on: None,
        mandatory: &[],
    }
}

impl Question {
    const fn options(mut self, options: &'static [&'static str]) -> Self {
        self.options = options;
        self
    }

    const fn excluding(mut self, option: &'static str) -> Self {
        self.exclusive = Some(option);
        self
    }

    const fn only_if(mut self, key: &'static str, choice: &'static str) -> Self {
        self.depends_on = Some((key, choice));
        self
    }

    const fn each(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    const fn mandatory(mut self, countries: &'static [(&'static str, Mandatory)]) -> Self {
        self.mandatory = countries;
        self
    }

    /// Returns true if the country's form marks this question, or its `position`-th repetition (from 0).
    ///
    /// In the forms of 2023, Chile marks the questions 1–3, 5, 9, 20, 24, 26 and 28, Peru marks 1, 23, 32, 38 and 42.
    /// The asterisks of Chile's 18 and 22 belong to the hint that follows them and are not marks.
    pub(super) fn is_mandatory(&self, country: &str, position: usize) -> bool {
        self.mandatory.iter().any(|(code, mark)| *code == country && (*mark == Mandatory::Every || position == 0))
    }

    pub(super) fn has_rows(&self) -> bool {
        self.kind == Rows
    }

    pub(super) fn is_choice(&self) -> bool {
        matches!(self.kind, SingleChoice | MultipleChoice)
    }

    pub(super) fn offers(&self, option: &str) -> bool {
        self.options.contains(&option)
    }
}

const CL: (&str, Mandatory) = ("CL", Mandatory::Every);
const PE: (&str, Mandatory) = ("PE", Mandatory::Every);
const PE_FIRST: (&str, Mandatory) = ("PE", Mandatory::First);
const YES_NO: &[&str] = &["yes", "no"];

/// The template `alliance87-annual`, in order.
pub(super) const QUESTIONS: &[Question] = &[
    ask("priority_progress", Priorities, Narrative).each(Repeat::EachPriority).mandatory(&[CL, PE_FIRST]),
    ask("next_step_status", NextSteps, SingleChoice).each(Repeat::EachNextStep).options(&[
        "not_achieved",
        "planned",
        "in_progress",
        "completed",
    ]),
    ask("next_period_priorities", NextSteps, Narrative).mandatory(&[CL]),
    ask("anticipated_challenges", NextSteps, Narrative),
    ask("support_needed", NextSteps, Narrative),
    ask("overall_rating", Overall, SingleChoice).options(&["none", "little", "some", "great"]),
    ask("highlights", Overall, Narrative).mandatory(&[CL, PE]),
    ask("other_success_flag", Overall, SingleChoice).options(&["yes", "no", "not_applicable"]),
    ask("other_success_detail", Overall, Narrative).only_if("other_success_flag", "yes"),
    ask("difficulties", Overall, Narrative),
    ask("overcoming_lessons", Overall, Narrative),
    ask("evaluation_tools", Evaluation, MultipleChoice)
        .options(&[
            "surveys",
            "case_studies",
            "focus_groups",
            "interviews",
            "anecdotal",
            "third_party",
            "not_applicable",
            "other",
        ])
        .excluding("not_applicable"),
    ask("evaluation_tools_detail", Evaluation, Narrative),
    ask("evidence_challenges", Evaluation, Narrative),
    ask("stakeholder_involvement", Evaluation, Rows).options(&["informed", "consulted", "implementing", "validating"]),
    ask("intl_partner_types", International, MultipleChoice)
        .options(&["pathfinder_countries", "ilo", "un_agencies", "intl_cso", "other"])
        .mandatory(&[PE]),
    ask("intl_partner_detail", International, Rows).options(&[
        "pathfinder_countries",
        "ilo",
        "un_agencies",
        "intl_cso",
        "other",
    ]),
    ask("regional_initiatives_flag", International, SingleChoice).options(&["yes", "no", "unknown"]).mandatory(&[CL]),
    ask("regional_initiatives_detail", International, Narrative).only_if("regional_initiatives_flag", "yes"),
    ask("national_partner_types", National, MultipleChoice).options(NATIONAL),
    ask("national_partner_detail", National, Rows).options(NATIONAL),
    ask("national_collab_increased", National, SingleChoice).options(YES_NO).mandatory(&[CL, PE]),
    ask("national_collab_improvement", National, Narrative).only_if("national_collab_increased", "yes"),
    ask("pathfinder_useful", Outlook, SingleChoice).options(YES_NO).mandatory(&[CL]),
    ask("pathfinder_impact", Outlook, Narrative).only_if("pathfinder_useful", "yes"),
    ask("roadmap_review_needed", Outlook, SingleChoice).options(YES_NO).mandatory(&[CL, PE]),
    ask("roadmap_update_scope", Outlook, MultipleChoice)
        .options(&["priorities", "objectives", "other"])
        .only_if("roadmap_review_needed", "yes"),
];

const NATIONAL: &[&str] = &["private_sector", "employers", "workers", "local_cso", "ministries", "survivors"];

/// Returns the template's question of a key: `priority_progress:{id}` belongs to `priority_progress`.
pub(super) fn question_of(key: &str) -> Option<&'static Question> {
    let base = key.split(':').next().unwrap_or_default();
    QUESTIONS.iter().find(|question| question.key == base)
}

/// A priority or next step, as far as a question needs it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Step {
    pub id: PlanItemId,
    /// The label printed on the roadmap; two items may have the same.
    pub label: Option<String>,
    pub title: String,
    pub period_from: Option<NaiveDate>,
    pub period_to: Option<NaiveDate>,
}

impl Step {
    /// Returns true if its period shares a day with this one; an item without a period always does.
    pub(super) fn meets(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.period_from.is_none_or(|start| start <= to) && self.period_to.is_none_or(|end| end >= from)
    }
}

/// A question at its position in one report.
#[derive(Debug, Clone)]
pub(super) struct Asked<'a> {
    pub question: &'static Question,
    /// `priority_progress:{plan_item_id}` where it repeats, else the question's key.
    pub key: String,
    pub number: u32,
    /// The number of the repetition, from 1.
    pub position: usize,
    pub mandatory: bool,
    pub step: Option<&'a Step>,
}

/// Returns the numbered questions of a country's report. A first report has no section 2.
pub(super) fn questions<'a>(
    country: &str,
    first_report: bool,
    priorities: &'a [Step],
    steps: &'a [Step],
) -> Vec<Asked<'a>> {
    let mut asked: Vec<Asked<'a>> = Vec::new();
    for question in QUESTIONS.iter().filter(|question| !(first_report && question.section == NextSteps)) {
        let repeated: Vec<Option<&Step>> = match question.repeat {
            Repeat::Once => vec![None],
            Repeat::EachPriority => priorities.iter().map(Some).collect(),
            Repeat::EachNextStep => steps.iter().map(Some).collect(),
        };
        for (position, step) in repeated.into_iter().enumerate() {
            asked.push(Asked {
                question,
                key: step.map_or_else(|| question.key.to_owned(), |step| format!("{}:{}", question.key, step.id)),
                number: u32::try_from(asked.len() + 1).unwrap_or(u32::MAX),
                position: position + 1,
                mandatory: question.is_mandatory(country, position),
                step,
            });
        }
    }
    asked
}

/// Returns the name of an option.
pub(super) fn option_label(question: &str, option: &str, lang: Lang) -> String {
    text(lang, &text_key(&text_key("option", question), option), &[])
}

/// Returns the key of a text, such as `section-s1-priorities`.
pub(super) fn text_key(kind: &str, code: &str) -> String {
    format!("{kind}-{}", code.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, find};

    fn steps(count: usize) -> Vec<Step> {
        (0..count)
            .map(|n| Step {
                id: uuid::Uuid::from_u128(n as u128).into(),
                label: None,
                title: String::new(),
                period_from: None,
                period_to: None,
            })
            .collect()
    }

    fn marked(country: &str, priorities: usize, next: usize) -> Vec<u32> {
        let (priorities, next) = (steps(priorities), steps(next));
        let asked = questions(country, false, &priorities, &next);
        asked.iter().filter(|asked| asked.mandatory).map(|asked| asked.number).collect()
    }

    #[test]
    fn two_questions_repeat_and_twenty_five_stand_once() {
        assert_eq!(QUESTIONS.len(), 27);
        assert_eq!(questions("CL", false, &steps(3), &steps(1)).len(), 29);
        assert_eq!(questions("PE", false, &steps(9), &steps(9)).len(), 43);
    }

    #[test]
    fn each_country_marks_its_own_questions() {
        assert_eq!(marked("CL", 3, 1), [1, 2, 3, 5, 9, 20, 24, 26, 28]);
        assert_eq!(marked("PE", 9, 9), [1, 23, 32, 38, 42]);
        assert!(marked("UY", 3, 1).is_empty());
    }

    #[test]
    fn a_first_report_has_no_second_section() {
        let (priorities, next) = (steps(2), steps(2));
        let asked = questions("CL", true, &priorities, &next);
        assert!(asked.iter().all(|asked| asked.question.section != NextSteps));
        assert_eq!(asked.iter().map(|asked| asked.number).collect::<Vec<_>>(), (1..=24).collect::<Vec<_>>());
    }

    #[test]
    fn both_languages_word_every_question_and_option() {
        for lang in Lang::ALL {
            for section in SectionKey::ALL {
                let key = format!("section-{}", section.as_str().replace('_', "-"));
                assert!(find(*lang, &key, &[]).is_some(), "{key} in {lang}");
            }
            for question in QUESTIONS {
                let key = format!("question-{}", question.key.replace('_', "-"));
                assert!(find(*lang, &key, &[]).is_some(), "{key} in {lang}");
                for option in question.options {
                    let key = format!("{}-{}", key.replace("question-", "option-"), option.replace('_', "-"));
                    assert!(find(*lang, &key, &[]).is_some(), "{key} in {lang}");
                }
            }
        }
    }
}
