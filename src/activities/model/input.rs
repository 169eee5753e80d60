//! An activity as it is sent.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::agreements::Scope;
use crate::dates::{PartialDate, in_range};
use crate::db::{CommissionId, CommitmentId, InstitutionId, PlanItemId};
use crate::error::Faults;
use crate::evidence::Evidence;
use crate::http::Input;
use crate::themes::Theme;
use crate::translations::{Translations, check_remarks};

crate::text_enum! {
    /// The kind of activity.
    ActivityKind {
        Training = "training",
        Workshop = "workshop",
        Seminar = "seminar",
        Course = "course",
        Talk = "talk",
        Campaign = "campaign",
        Commemoration = "commemoration",
        InspectionOperation = "inspection_operation",
        TechnicalAssistance = "technical_assistance",
        Coordination = "coordination",
        Study = "study",
        Survey = "survey",
        Publication = "publication",
        LegalInstrument = "legal_instrument",
        Protocol = "protocol",
        Exchange = "exchange",
        Meeting = "meeting",
        Recognition = "recognition",
        Milestone = "milestone",
        Other = "other",
    }
}

impl ActivityKind {
    /// Returns true if it is a training, which must have dates and the number of participants (annual report, editorial
    /// notes).
    pub fn is_training(self) -> bool {
        matches!(self, Self::Training | Self::Workshop | Self::Seminar | Self::Course | Self::Talk)
    }
}

crate::text_enum! {
    /// The state of the result.
    ResultState {
        Achieved = "achieved",
        Partial = "partial",
        Expected = "expected",
    }
}

crate::text_enum! {
    /// The status of an activity on its way into the registry.
    ActivityStatus {
        Draft = "draft",
        Submitted = "submitted",
        Validated = "validated",
    }
}

/// The period that an activity without a date was reported for; an open end is left out.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct Period {
    /// The first day.
    #[deserr(default)]
    #[schema(examples("2023-05-01"))]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[deserr(default)]
    #[schema(examples("2023-12-31"))]
    pub to: Option<NaiveDate>,
}

/// The participants, as far as they were counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct Participants {
    /// The number in total; not less than women and men together.
    #[deserr(default)]
    #[schema(examples(75), minimum = 0, maximum = 1_000_000_000)]
    pub total: Option<i32>,
    /// The number of women.
    #[deserr(default)]
    #[schema(examples(40), minimum = 0, maximum = 1_000_000_000)]
    pub women: Option<i32>,
    /// The number of men.
    #[deserr(default)]
    #[schema(examples(35), minimum = 0, maximum = 1_000_000_000)]
    pub men: Option<i32>,
    /// A description of the participants.
    #[deserr(default)]
    #[schema(examples("Integrantes de la CAMTRAFOR"), max_length = 1000)]
    pub audience: Option<String>,
}

impl Participants {
    /// Returns the number of participants: the total, else women and men together; None when they were not counted.
    pub(crate) fn headcount(&self) -> Option<i64> {
        let counted = self.women.is_some() || self.men.is_some();
        self.total.map(i64::from).or_else(|| counted.then(|| self.women_and_men()))
    }

    fn women_and_men(&self) -> i64 {
        i64::from(self.women.unwrap_or(0)) + i64::from(self.men.unwrap_or(0))
    }

    fn check(&self, faults: &mut Faults) {
        let figures = [("total", self.total), ("women", self.women), ("men", self.men)];
        for (name, count) in figures {
            if let Some(count) = count {
                faults.within(&format!("/participants/{name}"), count, 0, 1_000_000_000);
            }
        }
        if let Some(total) = self.total.filter(|total| *total >= 0)
            && self.women_and_men() > i64::from(total)
        {
            faults.contradiction("/participants/total", "more_than_total", Vec::new());
        }
        faults.opt_text("/participants/audience", self.audience.as_ref(), 1000);
    }
}

/// An activity as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct ActivityInput {
    /// The country of the registry.
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: String,
    /// The kind of activity.
    #[schema(examples("training"))]
    pub kind: ActivityKind,
    /// The title.
    #[schema(examples("Capacitación sobre trabajo forzoso"), max_length = 500)]
    pub title: String,
    /// The commissions of the activity, all of its country.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub commission_ids: Vec<CommissionId>,
    /// The description of the activity.
    #[deserr(default)]
    #[schema(examples("Jornada para equipos regionales."), max_length = 10_000)]
    pub description: Option<String>,
    /// The achieved result.
    #[deserr(default)]
    #[schema(examples("Equipos de cinco regiones capacitados."), max_length = 10_000)]
    pub result: Option<String>,
    /// The expected result.
    #[deserr(default)]
    #[schema(examples("Equipos de las dieciséis regiones capacitados."), max_length = 10_000)]
    pub expected_result: Option<String>,
    /// The state of the result.
    #[deserr(default)]
    #[schema(examples("partial"))]
    pub result_state: Option<ResultState>,
    /// The date, or the date of the beginning.
    #[deserr(default)]
    #[schema(examples("2023-08-22"))]
    pub starts: Option<PartialDate>,
    /// The date of the end; only with `starts`, and not before it.
    #[deserr(default)]
    #[schema(examples("2023-08-24"))]
    pub ends: Option<PartialDate>,
    /// The words of the source for the date.
    #[deserr(default)]
    #[schema(examples("22 de agosto de 2023"), max_length = 500)]
    pub when_text: Option<String>,
    /// The period that an activity without a date was reported for.
    #[deserr(default)]
    pub period: Option<Period>,
    /// The regions, provinces or municipalities of the activity.
    #[deserr(default)]
    #[schema(examples(json!(["Huánuco"])), max_items = 200, required = false)]
    pub territories: Vec<String>,
    /// The institutions that organised it.
    #[deserr(default)]
    #[schema(max_items = 200, required = false)]
    pub organizer_ids: Vec<InstitutionId>,
    /// The institutions that took part.
    #[deserr(default)]
    #[schema(max_items = 200, required = false)]
    pub partner_ids: Vec<InstitutionId>,
    /// The participants, as far as they were counted.
    #[deserr(default)]
    pub participants: Option<Participants>,
    /// The number of times that it took place; null when the number is not stated.
    #[deserr(default = Some(1))]
    #[schema(examples(1), default = 1, minimum = 1, maximum = 1_000_000)]
    pub occurrences: Option<i32>,
    /// The territorial scope.
    #[deserr(default)]
    #[schema(examples("national"))]
    pub scope: Option<Scope>,
    /// The themes of the activity.
    #[deserr(default)]
    #[schema(examples(json!(["forced_labour"])), required = false)]
    pub themes: Vec<Theme>,
    /// The items of plans that it contributes to.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub plan_item_ids: Vec<PlanItemId>,
    /// The commitments that it contributes to.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub commitment_ids: Vec<CommitmentId>,
    /// The evidence that it took place.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub evidence: Vec<Evidence>,
    /// True for one of the main achievements, which the report lists first.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub highlight: bool,
    /// True when only the secretariats, the coordinator and the institutions that it names may see it.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub restricted: bool,
    /// The source of the entry.
    #[deserr(default)]
    #[schema(examples("Informe de progreso anual de Chile, pregunta 1"), max_length = 1000)]
    pub source: Option<String>,
    /// The status on the way into the registry; the secretariat validates.
    #[deserr(default = ActivityStatus::Draft)]
    #[schema(examples("submitted"), default = "draft", required = false)]
    pub status: ActivityStatus,
    /// A remark for those who may change the record; nobody else reads it, and no document prints it.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("La fuente no da la fecha exacta."), max_length = 4000)]
    pub note: Option<String>,
    /// The texts of the record in other languages.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Translations::is_empty")]
    #[schema(required = false)]
    pub translations: Translations,
}

/// The free texts that can be translated.
const TRANSLATED: &[&str] = &[
    "title",
    "description",
    "result",
    "expected_result",
    "when_text",
    "territories/*",
    "participants/audience",
    "evidence/*/title",
    "evidence/*/kind",
];

impl Input for ActivityInput {
    const REFERS: bool = true;
    const KEEPS_NULL: &'static [&'static str] = &["occurrences"];

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 500);
        for (pointer, text, max) in [
            ("/description", &self.description, 10_000),
            ("/result", &self.result, 10_000),
            ("/expected_result", &self.expected_result, 10_000),
            ("/when_text", &self.when_text, 500),
            ("/source", &self.source, 1000),
        ] {
            faults.opt_text(pointer, text.as_ref(), max);
        }
        self.check_dates(faults);
        faults.distinct("/territories", &self.territories, 200);
        for (n, territory) in self.territories.iter().take(200).enumerate() {
            faults.text(&format!("/territories/{n}"), territory, 200);
        }
        faults.distinct("/commission_ids", &self.commission_ids, 100);
        faults.distinct("/organizer_ids", &self.organizer_ids, 200);
        faults.distinct("/partner_ids", &self.partner_ids, 200);
        faults.distinct("/themes", &self.themes, Theme::ALL.len());
        faults.distinct("/plan_item_ids", &self.plan_item_ids, 100);
        faults.distinct("/commitment_ids", &self.commitment_ids, 100);
        if let Some(participants) = &self.participants {
            participants.check(faults);
        }
        if let Some(occurrences) = self.occurrences {
            faults.within("/occurrences", occurrences, 1, 1_000_000);
        }
        Evidence::check(&self.evidence, "/evidence", faults);
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

impl ActivityInput {
    fn check_dates(&self, faults: &mut Faults) {
        if self.ends.is_some() && self.starts.is_none() {
            faults.add_with("/ends", "needs", vec![("field", "starts".to_owned())]);
        }
        faults.ordered("/ends", self.starts.as_ref().map(PartialDate::from), self.ends.as_ref().map(PartialDate::to));
        let Some(period) = &self.period else { return };
        for (pointer, day) in [("/period/from", period.from), ("/period/to", period.to)] {
            if day.is_some_and(|day| !in_range(day)) {
                faults.add(pointer, "invalid_date");
            }
        }
        if period.from.is_none() && period.to.is_none() {
            faults.add("/period", "too_few");
        }
        faults.ordered("/period/to", period.from, period.to);
    }

    /// Returns the first and the last day that it can have taken; None without a date.
    pub(crate) fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let starts = self.starts.as_ref()?;
        Some((starts.from(), self.ends.as_ref().unwrap_or(starts).to()))
    }

    /// Returns the institutions that organised it and those that took part.
    pub(crate) fn parties(&self) -> impl Iterator<Item = InstitutionId> {
        self.organizer_ids.iter().chain(&self.partner_ids).copied()
    }

    /// Returns the number of participants; None when they were not counted.
    pub(crate) fn headcount(&self) -> Option<i64> {
        self.participants.as_ref().and_then(Participants::headcount)
    }
}
