//! What an activity is made of.

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

crate::text_enum! {
    /// What kind of activity it is.
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
    /// Trainings owe their dates and the number of participants (annual report, editorial notes).
    pub fn is_training(self) -> bool {
        matches!(self, Self::Training | Self::Workshop | Self::Seminar | Self::Course | Self::Talk)
    }
}

crate::text_enum! {
    /// Whether the result is there.
    ResultState {
        Achieved = "achieved",
        Partial = "partial",
        Expected = "expected",
    }
}

crate::text_enum! {
    /// Where an entry stands on its way into the registry.
    ActivityStatus {
        Draft = "draft",
        Submitted = "submitted",
        Validated = "validated",
    }
}

/// The period that an undated activity was reported for; an open end is left out.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct Period {
    /// Its first day.
    #[deserr(default)]
    #[schema(examples("2023-05-01"))]
    pub from: Option<NaiveDate>,
    /// Its last day.
    #[deserr(default)]
    #[schema(examples("2023-12-31"))]
    pub to: Option<NaiveDate>,
}

/// Who took part, as far as it was counted.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct Participants {
    /// How many in all; not less than women and men together.
    #[deserr(default)]
    #[schema(examples(75), minimum = 0, maximum = 1_000_000_000)]
    pub total: Option<i32>,
    /// How many women.
    #[deserr(default)]
    #[schema(examples(40), minimum = 0, maximum = 1_000_000_000)]
    pub women: Option<i32>,
    /// How many men.
    #[deserr(default)]
    #[schema(examples(35), minimum = 0, maximum = 1_000_000_000)]
    pub men: Option<i32>,
    /// Who they were.
    #[deserr(default)]
    #[schema(examples("Integrantes de la CAMTRAFOR"), max_length = 1000)]
    pub audience: Option<String>,
}

impl Participants {
    /// How many took part: the total, else women and men together; None when nobody counted.
    pub fn headcount(&self) -> Option<i64> {
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
            faults.within("/participants/total", i64::from(total), self.women_and_men(), 1_000_000_000);
        }
        faults.opt_text("/participants/audience", self.audience.as_ref(), 1000);
    }
}

/// What an activity is made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ActivityInput {
    /// The country whose registry it enters.
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: String,
    /// What kind of activity it is.
    #[schema(examples("training"))]
    pub kind: ActivityKind,
    /// What it is called.
    #[schema(examples("Capacitación sobre trabajo forzoso"), max_length = 500)]
    pub title: String,
    /// The commissions in whose record it stands, all of its country.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub commission_ids: Vec<CommissionId>,
    /// What was done.
    #[deserr(default)]
    #[schema(examples("Jornada para equipos regionales."), max_length = 10_000)]
    pub description: Option<String>,
    /// What came of it.
    #[deserr(default)]
    #[schema(examples("Equipos de cinco regiones capacitados."), max_length = 10_000)]
    pub result: Option<String>,
    /// What is to come of it.
    #[deserr(default)]
    #[schema(examples("Equipos de las dieciséis regiones capacitados."), max_length = 10_000)]
    pub expected_result: Option<String>,
    /// Whether the result is there.
    #[deserr(default)]
    #[schema(examples("partial"))]
    pub result_state: Option<ResultState>,
    /// When it began, or when it was.
    #[deserr(default)]
    #[schema(examples("2023-08-22"))]
    pub starts: Option<PartialDate>,
    /// When it ended; only with `starts`, and not before it.
    #[deserr(default)]
    #[schema(examples("2023-08-24"))]
    pub ends: Option<PartialDate>,
    /// The source's own words for the date.
    #[deserr(default)]
    #[schema(examples("22 de agosto de 2023"), max_length = 500)]
    pub when_text: Option<String>,
    /// For an undated activity: the period that it was reported for.
    #[deserr(default)]
    pub period: Option<Period>,
    /// Regions, provinces, municipalities where it took place.
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
    /// Who took part, as far as it was counted.
    #[deserr(default)]
    pub participants: Option<Participants>,
    /// How many times it took place; null when the number is not stated.
    #[deserr(default = Some(1))]
    #[schema(examples(1), default = 1, minimum = 1, maximum = 1_000_000)]
    pub occurrences: Option<i32>,
    /// How far it reaches.
    #[deserr(default)]
    #[schema(examples("national"))]
    pub scope: Option<Scope>,
    /// The matters that it touches.
    #[deserr(default)]
    #[schema(examples(json!(["forced_labour"])), required = false)]
    pub themes: Vec<Theme>,
    /// The items of plans that it serves.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub plan_item_ids: Vec<PlanItemId>,
    /// The commitments that it serves.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub commitment_ids: Vec<CommitmentId>,
    /// What shows that it took place.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub evidence: Vec<Evidence>,
    /// One of the achievements that the report puts first.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub highlight: bool,
    /// Known only to secretariats, the coordinator, and the institutions that it names.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub restricted: bool,
    /// Where the entry was taken from.
    #[deserr(default)]
    #[schema(examples("Informe de progreso anual de Chile, pregunta 1"), max_length = 1000)]
    pub source: Option<String>,
    /// Where it stands on its way into the registry; validated by the secretariat.
    #[deserr(default = ActivityStatus::Draft)]
    #[schema(examples("submitted"), default = "draft", required = false)]
    pub status: ActivityStatus,
}

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

    /// The days that it may have taken: none when it is undated.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let starts = self.starts.as_ref()?;
        Some((starts.from(), self.ends.as_ref().unwrap_or(starts).to()))
    }

    /// Those that organised it and those that took part.
    pub fn parties(&self) -> impl Iterator<Item = InstitutionId> {
        self.organizer_ids.iter().chain(&self.partner_ids).copied()
    }

    /// How many took part; None when nobody counted.
    pub fn headcount(&self) -> Option<i64> {
        self.participants.as_ref().and_then(Participants::headcount)
    }
}
