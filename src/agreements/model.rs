//! The agreement and its rules.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{AgendaItemId, AgreementId, CommissionId, InstitutionId, MeetingId};
use crate::error::Faults;
use crate::evidence::Attachment;
use crate::http::Input;
use crate::i18n::{Lang, text};
use crate::themes::Theme;
use crate::translations::{Translations, check_remarks};

/// The maximum number of votes of one kind.
const MAX_VOTES: i32 = 100_000;

crate::text_enum! {
    /// The kind of agreement.
    AgreementKind {
        MeetingAgreement = "meeting_agreement",
        IntergovernmentalAgreement = "intergovernmental_agreement",
        CooperationAgreement = "cooperation_agreement",
        MemorandumOfUnderstanding = "memorandum_of_understanding",
        LetterOfIntent = "letter_of_intent",
    }
}

crate::text_enum! {
    /// The state of an agreement.
    AgreementStatus {
        Draft = "draft",
        InForce = "in_force",
        Ended = "ended",
    }
}

crate::text_enum! {
    /// The method of adoption.
    AdoptionMethod {
        Unanimity = "unanimity",
        Consensus = "consensus",
        Majority = "majority",
        Unspecified = "unspecified",
    }
}

crate::text_enum! {
    /// The geographical scope.
    Scope {
        National = "national",
        Binational = "binational",
        Regional = "regional",
        Global = "global",
    }
}

/// The adoption of an agreement, with the votes if they were counted.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct Adoption {
    /// The method.
    #[schema(examples("majority"))]
    pub method: AdoptionMethod,
    /// Votes for it.
    #[deserr(default, rename = "for")]
    #[serde(rename = "for")]
    #[schema(examples(7), minimum = 0, maximum = 100_000)]
    pub in_favour: Option<i32>,
    /// Votes against it.
    #[deserr(default)]
    #[schema(examples(1), minimum = 0, maximum = 100_000)]
    pub against: Option<i32>,
    /// Abstentions.
    #[deserr(default)]
    #[schema(examples(1), minimum = 0, maximum = 100_000)]
    pub abstained: Option<i32>,
}

impl Adoption {
    /// Returns the doubts about an agreement by unanimity.
    fn doubts(&self) -> Vec<AgreementFindingCode> {
        let is_unanimous = self.method == AdoptionMethod::Unanimity;
        let doubts = [
            (AgreementFindingCode::UnanimityWithAbstentions, self.abstained.unwrap_or_default() > 0),
            (AgreementFindingCode::UnanimityWithoutFigures, self.in_favour.unwrap_or_default() == 0),
        ];
        doubts.into_iter().filter(|(_, is_doubtful)| is_unanimous && *is_doubtful).map(|(code, _)| code).collect()
    }

    /// Checks that the votes do not contradict the method.
    fn check_consistent(&self, faults: &mut Faults) {
        let known = |votes: Option<i32>| votes.filter(|votes| *votes >= 0);
        let (in_favour, against) = (known(self.in_favour), known(self.against).unwrap_or_default());
        match self.method {
            AdoptionMethod::Unanimity if against > 0 => {
                faults.contradiction("/adoption/against", "votes_against", Vec::new());
            }
            AdoptionMethod::Consensus if against > 0 => {
                faults.contradiction("/adoption/against", "consensus_against", Vec::new());
            }
            AdoptionMethod::Majority if in_favour.is_some_and(|in_favour| in_favour < against) => {
                faults.contradiction("/adoption/against", "no_majority", Vec::new());
            }
            _ => {}
        }
    }

    /// Returns the number of votes counted.
    pub(crate) fn votes(&self) -> i64 {
        [self.in_favour, self.against, self.abstained].into_iter().flatten().map(i64::from).sum()
    }
}

/// A party to an agreement: an institution of the directory, or a name.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct Party {
    /// The institution. Exactly one of this and `name`.
    #[deserr(default)]
    pub institution_id: Option<InstitutionId>,
    /// Its name, if it is not in the directory.
    #[deserr(default)]
    #[schema(examples("Regiones de Aysén y Magallanes"), max_length = 300)]
    pub name: Option<String>,
    /// The side to which it belongs.
    #[deserr(default)]
    #[schema(examples("Chile"), max_length = 200)]
    pub side: Option<String>,
}

/// The content of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct AgreementInput {
    /// The commissions to which it belongs: one, or several of one country.
    #[schema(min_items = 1, max_items = 50)]
    pub commission_ids: Vec<CommissionId>,
    /// The kind of agreement.
    #[schema(examples("meeting_agreement"))]
    pub kind: AgreementKind,
    /// The title.
    #[schema(
        examples("Fortalecer la gestión nacional, regional y local en materia de trabajo infantil"),
        max_length = 500
    )]
    pub title: String,
    /// The meeting at which it was adopted, of at least one of its commissions.
    #[deserr(default)]
    pub meeting_id: Option<MeetingId>,
    /// Its number, as printed.
    #[deserr(default)]
    #[schema(examples("6"), max_length = 60)]
    pub number: Option<String>,
    /// The text of the agreement.
    #[deserr(default)]
    #[schema(
        examples("El MTPE y los gobiernos regionales se obligan a reforzar la gestión contra el trabajo infantil."),
        max_length = 10_000
    )]
    pub text: Option<String>,
    /// The date of its adoption.
    #[deserr(default)]
    #[schema(examples("2023-03"))]
    pub adopted: Option<PartialDate>,
    /// The date of its adoption in the words of the source.
    #[deserr(default)]
    #[schema(examples("marzo de 2023"), max_length = 300)]
    pub when_text: Option<String>,
    /// Its state.
    #[deserr(default = AgreementStatus::InForce)]
    #[schema(examples("in_force"), required = false)]
    pub status: AgreementStatus,
    /// The first day on which it is in force.
    #[deserr(default)]
    #[schema(examples("2023-01-01"))]
    pub in_force_from: Option<NaiveDate>,
    /// The last day on which it is in force.
    #[deserr(default)]
    #[schema(examples("2027-12-31"))]
    pub in_force_to: Option<NaiveDate>,
    /// Its adoption. There are at most as many votes as members with a vote on that day.
    #[deserr(default)]
    pub adoption: Option<Adoption>,
    /// The parties; it is always visible to them.
    #[deserr(default)]
    #[schema(max_items = 200, required = false)]
    pub parties: Vec<Party>,
    /// The themes that it is about.
    #[deserr(default)]
    #[schema(examples(json!(["child_labour"])), required = false)]
    pub themes: Vec<Theme>,
    /// Its geographical scope.
    #[deserr(default)]
    #[schema(examples("binational"))]
    pub scope: Option<Scope>,
    /// The address of its text.
    #[deserr(default)]
    #[schema(examples("https://lc.cx/YusnbE"), max_length = 2000)]
    pub document_url: Option<String>,
    /// The item of its meeting's agenda under which it was adopted.
    #[deserr(default)]
    pub agenda_item_id: Option<AgendaItemId>,
    /// The documents attached to it.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub attachments: Vec<Attachment>,
    /// True if it is visible only to those who may write its record and to its parties.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub restricted: bool,
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
const TRANSLATED: &[&str] =
    &["title", "text", "when_text", "number", "parties/*/name", "parties/*/side", "attachments/*/title"];

impl Input for AgreementInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        if self.commission_ids.is_empty() {
            faults.add("/commission_ids", "too_few");
        }
        faults.distinct("/commission_ids", &self.commission_ids, 50);
        faults.text("/title", &self.title, 500);
        faults.opt_text("/number", self.number.as_ref(), 60);
        faults.opt_text("/text", self.text.as_ref(), 10_000);
        faults.opt_text("/when_text", self.when_text.as_ref(), 300);
        faults.ordered("/in_force_to", self.in_force_from, self.in_force_to);
        if let Some(adoption) = &self.adoption {
            let votes = [("for", adoption.in_favour), ("against", adoption.against), ("abstained", adoption.abstained)];
            for (name, count) in votes {
                if let Some(count) = count {
                    faults.within(&format!("/adoption/{name}"), count, 0, MAX_VOTES);
                }
            }
            adoption.check_consistent(faults);
        }
        faults.items("/parties", self.parties.len(), 200);
        for (n, party) in self.parties.iter().enumerate().take(200) {
            party.check(&format!("/parties/{n}"), faults);
        }
        self.check_parties_differ(faults);
        faults.distinct("/themes", &self.themes, 4);
        faults.url("/document_url", self.document_url.as_ref());
        Attachment::check(&self.attachments, "/attachments", faults);
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

impl AgreementInput {
    fn check_parties_differ(&self, faults: &mut Faults) {
        let mut seen = std::collections::HashSet::new();
        for (n, party) in self.parties.iter().enumerate().take(200) {
            if party.institution_id.is_some_and(|id| !seen.insert(id)) {
                faults.add(format!("/parties/{n}/institution_id"), "duplicate");
            }
        }
    }
}

impl Party {
    fn check(&self, at: &str, faults: &mut Faults) {
        if self.institution_id.is_some() == self.name.is_some() {
            faults.add_with(at, "one_of", vec![("fields", "institution_id, name".into())]);
        }
        faults.opt_line(&format!("{at}/name"), self.name.as_ref(), 300);
        faults.opt_text(&format!("{at}/side"), self.side.as_ref(), 200);
    }
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AgreementFilter {
    /// Only those of this country.
    #[param(example = "PE")]
    pub country_code: Option<String>,
    /// Only those of this commission.
    pub commission_id: Option<CommissionId>,
    /// Only those adopted at this meeting.
    pub meeting_id: Option<MeetingId>,
    /// Only those of this kind.
    #[param(example = "meeting_agreement")]
    pub kind: Option<AgreementKind>,
    /// Only those in this state.
    #[param(example = "in_force")]
    pub status: Option<AgreementStatus>,
    /// Only those about this theme.
    #[param(example = "child_labour")]
    pub theme: Option<Theme>,
    /// Words of the number, title or text; accents and case are ignored.
    #[param(example = "gestion regional")]
    pub q: Option<String>,
    /// The size of a page, 1 to 200.
    #[param(example = 50)]
    pub limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of agreements in the whole list.
    #[param(example = true)]
    pub count: Option<bool>,
}

crate::text_enum! {
    /// The kind of a finding on an agreement.
    AgreementFindingCode {
        /// Adopted by unanimity, with abstentions.
        UnanimityWithAbstentions = "unanimity_with_abstentions",
        /// Adopted by unanimity, without any recorded vote in favour.
        UnanimityWithoutFigures = "unanimity_without_figures",
    }
}

crate::text_enum! {
    /// The severity of a finding on an agreement.
    AgreementFindingSeverity {
        Warning = "warning",
    }
}

/// Doubtful content of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct AgreementFinding {
    /// The kind of the finding.
    #[schema(examples("unanimity_with_abstentions"))]
    pub code: AgreementFindingCode,
    /// The severity.
    #[schema(examples("warning"))]
    pub severity: AgreementFindingSeverity,
    /// The task for the reader: one sentence in the reader's language.
    #[schema(examples("Hay abstenciones en un acuerdo por unanimidad; revise la votación."))]
    pub message: String,
}

/// An agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Agreement {
    /// The agreement's id.
    pub id: AgreementId,
    /// The country of its commissions.
    #[schema(examples("PE"))]
    pub country_code: String,
    #[serde(flatten)]
    pub fields: AgreementInput,
    /// The first day that `adopted` can mean.
    #[schema(examples("2023-03-01"))]
    pub adopted_from: Option<NaiveDate>,
    /// The last day that `adopted` can mean.
    #[schema(examples("2023-03-31"))]
    pub adopted_to: Option<NaiveDate>,
    /// The findings on doubtful content. No operation is refused because of them.
    pub findings: Vec<AgreementFinding>,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
}

impl Agreement {
    /// Creates the record, with the first and the last day of its adoption and its themes in their order.
    pub(crate) fn new(
        id: AgreementId,
        country_code: String,
        mut fields: AgreementInput,
        (created_at, updated_at): (Instant, Instant),
    ) -> Self {
        fields.themes.sort_unstable();
        let (adopted_from, adopted_to) = PartialDate::bounds(fields.adopted.as_ref());
        Self { id, country_code, fields, adopted_from, adopted_to, findings: Vec::new(), created_at, updated_at }
    }

    /// Returns true if the minutes of its meeting have the same content for both.
    pub(crate) fn same_in_minutes(&self, other: &Self) -> bool {
        let (one, two) = (&self.fields, &other.fields);
        (&one.number, &one.title, &one.text) == (&two.number, &two.title, &two.text)
            && (&one.adoption, one.meeting_id) == (&two.adoption, two.meeting_id)
            && one.agenda_item_id == two.agenda_item_id
            && (one.status == AgreementStatus::Draft) == (two.status == AgreementStatus::Draft)
    }

    pub(crate) fn input(&self) -> AgreementInput {
        self.fields.clone()
    }

    /// Adds the findings, in the reader's language.
    pub(crate) fn with_findings(mut self, lang: Lang) -> Self {
        let message = |code: AgreementFindingCode| AgreementFinding {
            code,
            severity: AgreementFindingSeverity::Warning,
            message: text(lang, &format!("agreement-finding-{}", code.as_str().replace('_', "-")), &[]),
        };
        self.findings = self.fields.adoption.iter().flat_map(Adoption::doubts).map(message).collect();
        self
    }
}

crate::restricted_record!(Agreement, "agreement", country_code);
