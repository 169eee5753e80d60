//! The commission itself.

use chrono::NaiveDate;
use chrono_tz::Tz;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::clock::Instant;
use crate::commissions::{OperationalState, QuorumRule};
use crate::dates::PartialDate;
use crate::db::{CommissionId, InstitutionId};
use crate::error::Faults;
use crate::http::Input;
use crate::themes::Theme;
use crate::translations::{Translations, check_remarks};

crate::text_enum! {
    /// The kind of body.
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

/// A legal norm on which a commission is based.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct LegalBasis {
    /// The title of the norm.
    #[schema(examples("Decreto exento 173 de 5 de agosto de 2021"), max_length = 500)]
    pub title: String,
    /// Its number, as printed.
    #[deserr(default)]
    #[schema(examples("173"), max_length = 100)]
    pub number: Option<String>,
    /// The date on which it was issued.
    #[deserr(default)]
    #[schema(examples("2021-08-05"))]
    pub issued: Option<PartialDate>,
    /// The address of its text.
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
    /// Adds the first and the last day that `issued` can mean, for responses.
    pub(super) fn with_days(mut self) -> Self {
        (self.issued_from, self.issued_to) = PartialDate::bounds(self.issued.as_ref());
        self
    }

    /// Removes the fields that are not part of the input.
    fn without_days(self) -> Self {
        Self { issued_from: None, issued_to: None, ..self }
    }
}

/// The content of a commission.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CommissionInput {
    /// Its country. It cannot be changed.
    #[schema(examples("CL"), min_length = 2, max_length = 2)]
    pub country_code: String,
    /// The name in common use.
    #[schema(examples("Mesa Intersectorial sobre Trata de Personas"), max_length = 300)]
    pub name: String,
    /// The kind of body.
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
    /// Other spellings and former names; a search finds them too.
    #[deserr(default)]
    #[schema(examples(json!(["Mesa de Trata"])), max_items = 50, required = false)]
    pub aliases: Vec<String>,
    /// The commission of which it is a part, in the same country.
    #[deserr(default)]
    pub parent_id: Option<CommissionId>,
    /// The themes that it deals with.
    #[deserr(default)]
    #[schema(examples(json!(["human_trafficking"])), required = false)]
    pub themes: Vec<Theme>,
    /// The region, department or municipality in which it works; null for the whole country.
    #[deserr(default)]
    #[schema(examples("Puno"), max_length = 200)]
    pub territory: Option<String>,
    /// Its purpose.
    #[deserr(default)]
    #[schema(examples("Orienta la ejecución del plan nacional contra la trata."), max_length = 10_000)]
    pub function: Option<String>,
    /// The legal norms on which it is based.
    #[deserr(default)]
    #[schema(max_items = 50, required = false)]
    pub legal_basis: Vec<LegalBasis>,
    /// Its state today. Unknown is not the same as inactive. The latest dated entry of its operational states that has
    /// begun decides; the value given at creation holds before the first entry. A change to a different state adds an
    /// entry from the current day in the commission's time zone on, and changes no earlier entry.
    #[deserr(default = OperationalState::Unknown)]
    #[schema(examples("active"), required = false)]
    pub operational_state: OperationalState,
    /// The number of members according to its sources.
    #[deserr(default)]
    #[schema(examples(21), minimum = 0, maximum = 100_000)]
    pub declared_member_count: Option<i32>,
    /// The IANA time zone that determines its current day; by default the time zone of its country.
    #[deserr(default)]
    #[schema(examples("America/Santiago"), max_length = 60)]
    pub time_zone: Option<String>,
    /// The number of voting members that must be present; null if no rule is known.
    #[deserr(default)]
    pub quorum: Option<QuorumRule>,
    /// True if the public view shows its held sessions, the agreements of approved minutes and the state of its
    /// commitments to everybody, where the installation has a public view. Restricted records are never shown.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub public: bool,
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
    "name",
    "official_name",
    "acronym",
    "territory",
    "function",
    "legal_basis/*/title",
    "operational_states/*/source",
];

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
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

/// Filters of the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CommissionFilter {
    /// Only those of this country.
    #[param(example = "CL")]
    pub country_code: Option<String>,
    /// Only those of this kind.
    #[param(example = "roundtable")]
    pub kind: Option<CommissionKind>,
    /// Only the parts of this commission.
    pub parent_id: Option<CommissionId>,
    /// Only those that deal with this theme.
    #[param(example = "child_labour")]
    pub theme: Option<Theme>,
    /// Only those in this state today.
    #[param(example = "active")]
    pub operational_state: Option<OperationalState>,
    /// Only those to which this institution belongs today, in any role.
    pub institution_id: Option<InstitutionId>,
    /// True for the commissions that a secretariat may name in a joint session: the others of its country. With it, only
    /// `country_code`, `kind` and `q` select further.
    #[param(example = true)]
    pub joinable: Option<bool>,
    /// Words of the name, acronym or aliases; accents and case are ignored.
    #[param(example = "trata")]
    pub q: Option<String>,
    /// The size of a page, 1 to 200.
    #[param(example = 50)]
    pub limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    pub count: Option<bool>,
}

/// A commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Commission {
    /// The commission's id.
    pub id: CommissionId,
    /// The content, with the operational state and the time zone that apply today.
    #[serde(flatten)]
    pub fields: CommissionInput,
    /// The institution that leads it today.
    pub lead_institution_id: Option<InstitutionId>,
    /// The institution that is its secretariat today.
    pub secretariat_institution_id: Option<InstitutionId>,
    /// The number of institutions that are lead, secretariat or member today, without guests and observers.
    #[schema(examples(17))]
    pub listed_member_count: i32,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
    #[serde(skip)]
    pub(super) given: InputValues,
}

/// The values given in the input; those that apply today may differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InputValues {
    pub operational_state: OperationalState,
    pub time_zone: Option<String>,
}

impl Commission {
    /// Returns the content as sent: with the given state and time zone, not those that apply today.
    pub fn input(&self) -> CommissionInput {
        let fields = self.fields.clone();
        CommissionInput {
            legal_basis: fields.legal_basis.into_iter().map(LegalBasis::without_days).collect(),
            operational_state: self.given.operational_state,
            time_zone: self.given.time_zone.clone(),
            ..fields
        }
    }
}

crate::nothing_restricted!(Commission);
