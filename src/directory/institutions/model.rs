//! Institutions, as they are sent and shown.

use deserr::{Deserr, ValuePointerRef};
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::db::InstitutionId;
use crate::error::Faults;
use crate::http::{Input, is_country_code};
use crate::i18n::Lang;
use crate::text::fold_spaces;
use crate::translations::{Translations, check_remarks};

crate::text_enum! {
    /// The part of society that an institution belongs to.
    Sector {
        Government = "government",
        RegionalGovernment = "regional_government",
        LocalGovernment = "local_government",
        AutonomousBody = "autonomous_body",
        Judiciary = "judiciary",
        Employers = "employers",
        Workers = "workers",
        CivilSociety = "civil_society",
        Survivors = "survivors",
        PrivateSector = "private_sector",
        Academia = "academia",
        InternationalOrganization = "international_organization",
        ForeignGovernment = "foreign_government",
    }
}

crate::text_enum! {
    /// The kind of an international partner in the progress report.
    PartnerType {
        PathfinderCountry = "pathfinder_country",
        Ilo = "ilo",
        UnAgency = "un_agency",
        InternationalCso = "international_cso",
        Other = "other",
    }
}

/// The fields of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = InstitutionInput::with_plain_names -> Faults)]
pub(crate) struct InstitutionInput {
    /// The name that people use.
    #[schema(examples("Ministerio de Salud"), max_length = 300)]
    pub name: String,
    /// The part of society that it belongs to.
    #[schema(examples("government"))]
    pub sector: Sector,
    /// Its country, two capital letters; none for international bodies. Need not be a country of the program.
    #[deserr(default)]
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: Option<String>,
    /// Its short name.
    #[deserr(default)]
    #[schema(examples("MINSAL"), max_length = 60)]
    pub acronym: Option<String>,
    /// The name in its founding instrument.
    #[deserr(default)]
    #[schema(examples("Ministerio de Salud"), max_length = 500)]
    pub official_name: Option<String>,
    /// Other spellings and former names; searched like the name.
    #[deserr(default)]
    #[schema(examples(json!(["Minsal"])), max_items = 50, required = false)]
    pub aliases: Vec<String>,
    /// The institution that it is a part of.
    #[deserr(default)]
    pub parent_id: Option<InstitutionId>,
    /// The region, department or municipality that it serves.
    #[deserr(default)]
    #[schema(examples("Huánuco"), max_length = 200)]
    pub territory: Option<String>,
    /// The address to which reminders go when nobody represents it.
    #[deserr(default)]
    #[schema(examples("gabinete@minsal.example"), max_length = 254)]
    pub email: Option<String>,
    /// Its kind among international partners.
    #[deserr(default)]
    #[schema(examples("ilo"))]
    pub partner_type: Option<PartnerType>,
    /// The institution that has replaced it.
    #[deserr(default)]
    pub succeeded_by_id: Option<InstitutionId>,
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
const TRANSLATED: &[&str] = &["name", "official_name", "acronym", "territory"];

impl InstitutionInput {
    /// Removes spaces around names and repeated spaces inside them, so that equal names are equal texts.
    fn with_plain_names(mut self, _: ValuePointerRef<'_>) -> Result<Self, Faults> {
        self.name = fold_spaces(&self.name);
        self.acronym = self.acronym.map(|acronym| fold_spaces(&acronym));
        self.official_name = self.official_name.map(|name| fold_spaces(&name));
        self.aliases = self.aliases.iter().map(|alias| fold_spaces(alias)).collect();
        Ok(self)
    }
}

impl Input for InstitutionInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.line("/name", &self.name, 300);
        if let Some(code) = &self.country_code
            && !is_country_code(code)
        {
            faults.add("/country_code", "invalid_country_code");
        }
        faults.opt_line("/acronym", self.acronym.as_ref(), 60);
        faults.opt_line("/official_name", self.official_name.as_ref(), 500);
        faults.distinct("/aliases", &self.aliases, 50);
        for (n, alias) in self.aliases.iter().enumerate() {
            faults.line(&format!("/aliases/{n}"), alias, 300);
        }
        faults.opt_text("/territory", self.territory.as_ref(), 200);
        faults.email("/email", self.email.as_ref());
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

/// An institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Institution {
    /// The institution's id.
    pub id: InstitutionId,
    #[serde(flatten)]
    pub fields: InstitutionInput,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// Warnings, which block nothing. Only of a single institution, not in lists; left out without any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub warnings: Vec<InstitutionWarning>,
}

crate::text_enum! {
    /// A kind of warning about an institution.
    InstitutionWarningCode {
        /// Another institution of the country has the same name, acronym or alias.
        PossibleDuplicate = "possible_duplicate",
    }
}

/// A warning about an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct InstitutionWarning {
    /// The kind of warning.
    #[schema(examples("possible_duplicate"))]
    pub code: InstitutionWarningCode,
    /// The other institutions.
    pub ids: Vec<InstitutionId>,
}

impl Institution {
    /// Returns the institution with the others that may be the same.
    pub(super) fn with_lookalikes(mut self, ids: Vec<InstitutionId>) -> Self {
        if !ids.is_empty() {
            self.warnings.push(InstitutionWarning { code: InstitutionWarningCode::PossibleDuplicate, ids });
        }
        self
    }

    /// Returns the name in a language.
    pub(crate) fn name_in(&self, lang: Lang) -> &str {
        self.fields.translations.or_original("name", lang, &self.fields.name)
    }

    pub(crate) fn input(&self) -> InstitutionInput {
        self.fields.clone()
    }
}

crate::nothing_restricted!(Institution);
