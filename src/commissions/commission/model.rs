//! What a commission is.

use chrono::NaiveDate;
use chrono_tz::Tz;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::commissions::{OperationalState, QuorumRule};
use crate::dates::PartialDate;
use crate::db::{CommissionId, InstitutionId};
use crate::error::Faults;
use crate::http::Input;
use crate::themes::Theme;

crate::text_enum! {
    /// What kind of body it is.
    CommissionKind {
        AdvisoryCommission = "advisory_commission",
        MultisectoralCommission = "multisectoral_commission",
        IntergovernmentalCommission = "intergovernmental_commission",
        Committee = "committee",
        RegionalCommittee = "regional_committee",
        Roundtable = "roundtable",
        Subcommission = "subcommission",
        Council = "council",
        Network = "network",
        Team = "team",
        WorkingGroup = "working_group",
    }
}

/// A norm that a commission rests on.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct LegalBasis {
    /// What the norm is called.
    #[schema(examples("Decreto exento 173 de 5 de agosto de 2021"), max_length = 500)]
    pub title: String,
    /// Its number, as printed.
    #[deserr(default)]
    #[schema(examples("173"), max_length = 100)]
    pub number: Option<String>,
    /// When it was issued.
    #[deserr(default)]
    #[schema(examples("2021-08-05"))]
    pub issued: Option<PartialDate>,
    /// Where it can be read.
    #[deserr(default)]
    #[schema(examples("https://www.bcn.cl/leychile/navegar?idNorma=1163612"), max_length = 2000)]
    pub url: Option<String>,
    /// The first day that `issued` can mean; read-only, ignored when sent.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(read_only, examples("2021-08-05"))]
    pub issued_from: Option<NaiveDate>,
    /// The last day that `issued` can mean; read-only, ignored when sent.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(read_only, examples("2021-08-05"))]
    pub issued_to: Option<NaiveDate>,
}

impl LegalBasis {
    /// As it is shown, with the bounds of its date.
    pub(super) fn bounded(mut self) -> Self {
        self.issued_from = self.issued.as_ref().map(PartialDate::from);
        self.issued_to = self.issued.as_ref().map(PartialDate::to);
        self
    }

    /// As it was sent.
    fn unbounded(self) -> Self {
        Self { issued_from: None, issued_to: None, ..self }
    }
}

/// What a commission is made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CommissionInput {
    /// Its country. Never changes.
    #[schema(examples("CL"), min_length = 2, max_length = 2)]
    pub country_code: String,
    /// The name that people use.
    #[schema(examples("Mesa Intersectorial sobre Trata de Personas"), max_length = 300)]
    pub name: String,
    /// What kind of body it is.
    #[schema(examples("roundtable"))]
    pub kind: CommissionKind,
    /// Its short name; the codes of its commitments begin with it.
    #[deserr(default)]
    #[schema(examples("MITP"), max_length = 60)]
    pub acronym: Option<String>,
    /// The name in its founding instrument.
    #[deserr(default)]
    #[schema(examples("Mesa Intersectorial sobre Trata de Personas"), max_length = 500)]
    pub official_name: Option<String>,
    /// Other spellings and former names; searched like the name.
    #[deserr(default)]
    #[schema(examples(json!(["Mesa de Trata"])), max_items = 50, required = false)]
    pub aliases: Vec<String>,
    /// The commission that it is a part of, in the same country.
    #[deserr(default)]
    pub parent_id: Option<CommissionId>,
    /// The matters that it deals with.
    #[deserr(default)]
    #[schema(examples(json!(["human_trafficking"])), required = false)]
    pub themes: Vec<Theme>,
    /// The region, department or municipality that it works in; none: the whole country.
    #[deserr(default)]
    #[schema(examples("Puno"), max_length = 200)]
    pub territory: Option<String>,
    /// What it is for.
    #[deserr(default)]
    #[schema(examples("Orienta la ejecución del plan nacional contra la trata."), max_length = 10_000)]
    pub function: Option<String>,
    /// The norms that it rests on.
    #[deserr(default)]
    #[schema(max_items = 50, required = false)]
    pub legal_basis: Vec<LegalBasis>,
    /// Whether it works at present. Unknown is not inactive. The latest dated entry of its operational states that
    /// has begun decides; what is sent on entering holds before the first. A change to another state than today's
    /// adds an entry from the commission's today on, and changes no earlier one.
    #[deserr(default = OperationalState::Unknown)]
    #[schema(examples("active"), required = false)]
    pub operational_state: OperationalState,
    /// How many members its sources say that it has.
    #[deserr(default)]
    #[schema(examples(21), minimum = 0, maximum = 100_000)]
    pub declared_member_count: Option<i32>,
    /// The IANA time zone that decides which day it is for it; by default its country's.
    #[deserr(default)]
    #[schema(examples("America/Santiago"), max_length = 60)]
    pub time_zone: Option<String>,
    /// How many voting members must be present; none: no rule is known.
    #[deserr(default)]
    pub quorum: Option<QuorumRule>,
}

impl Input for CommissionInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.line("/name", &self.name, 300);
        faults.opt_line("/acronym", self.acronym.as_ref(), 60);
        faults.opt_line("/official_name", self.official_name.as_ref(), 500);
        faults.distinct("/aliases", &self.aliases, 50);
        for (n, alias) in self.aliases.iter().enumerate() {
            faults.line(&format!("/aliases/{n}"), alias, 300);
        }
        faults.distinct("/themes", &self.themes, Theme::ALL.len());
        faults.opt_text("/territory", self.territory.as_ref(), 200);
        faults.opt_text("/function", self.function.as_ref(), 10_000);
        faults.items("/legal_basis", self.legal_basis.len(), 50);
        for (n, basis) in self.legal_basis.iter().enumerate() {
            faults.text(&format!("/legal_basis/{n}/title"), &basis.title, 500);
            faults.opt_text(&format!("/legal_basis/{n}/number"), basis.number.as_ref(), 100);
            faults.url(&format!("/legal_basis/{n}/url"), basis.url.as_ref());
        }
        if let Some(count) = self.declared_member_count {
            faults.within("/declared_member_count", count, 0, 100_000);
        }
        if self.time_zone.as_ref().is_some_and(|zone| zone.parse::<Tz>().is_err()) {
            faults.add("/time_zone", "invalid_time_zone");
        }
        if let Some(quorum) = &self.quorum {
            quorum.check("/quorum", faults);
        }
    }
}

/// A commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Commission {
    /// The commission's id.
    pub id: CommissionId,
    /// As it is today: the operational state and the time zone are those that hold.
    #[serde(flatten)]
    pub fields: CommissionInput,
    /// The institution that leads it today.
    pub lead_institution_id: Option<InstitutionId>,
    /// The institution that is its secretariat today.
    pub secretariat_institution_id: Option<InstitutionId>,
    /// How many institutions lead it, are its secretariat or are members today; guests and observers aside.
    #[schema(examples(17))]
    pub listed_member_count: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    #[serde(skip)]
    pub(super) stated: Stated,
}

/// What was stated with the commission, where something else may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stated {
    pub operational_state: OperationalState,
    pub time_zone: Option<String>,
}

impl Commission {
    /// What was sent: the stated state and time zone, not those that hold.
    pub fn input(&self) -> CommissionInput {
        let fields = self.fields.clone();
        CommissionInput {
            legal_basis: fields.legal_basis.into_iter().map(LegalBasis::unbounded).collect(),
            operational_state: self.stated.operational_state,
            time_zone: self.stated.time_zone.clone(),
            ..fields
        }
    }
}

crate::nothing_restricted!(Commission);
