//! Compliance with the commitments of a country whose term ends in a period, by institution and by commission.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::store::Scope;
use crate::access::{CommissionRef, Visibility, country_day, current_days, visible_commissions};
use crate::audit::RestrictedRecords;
use crate::clock::Instant;
use crate::db::raw::Dialect;
use crate::db::{CommissionId, Db, InstitutionId};
use crate::directory::{CountryInput, country, country_language, institutions_by_id};
use crate::error::Result;
use crate::http::{Query, QueryPeriod};
use crate::i18n::{self, Lang, text, word};
use crate::identity::{Actor, Caller};
use crate::rendering::{
    Block, Column, Document, DocumentFormat, FileBytes, Frame, Table, file_stem, one_line, send_document,
};
use crate::text::fold;
use crate::translations::Translations;

pub(super) use api::{ComplianceDocumentQuery, routes, send_compliance};

/// Compliance in a period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Compliance {
    /// The country.
    #[schema(examples("CL"))]
    pub country_code: String,
    /// The first day.
    #[schema(examples("2023-01-01"))]
    pub from: NaiveDate,
    /// The last day.
    #[schema(examples("2023-12-31"))]
    pub to: NaiveDate,
    /// All parts of institutions whose term ends in the period, and the commitments without an institution.
    pub total: ComplianceFigures,
    /// The commitments without an institution whose term ends in the period, each counted as one part.
    pub without_institution: ComplianceFigures,
    /// By institution, in the order of their names.
    pub institutions: Vec<InstitutionCompliance>,
    /// By commission, in the order of their names. A part counts in each commission of its commitment.
    pub commissions: Vec<CommissionCompliance>,
    #[serde(skip)]
    country: CountryInput,
    /// The day of the figures, in the country's zone.
    #[serde(skip)]
    today: NaiveDate,
}

crate::nothing_restricted!(Compliance);

/// The figures of an institution.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct InstitutionCompliance {
    /// The institution.
    pub institution_id: InstitutionId,
    /// Its name.
    #[schema(examples("Ministerio de Salud"))]
    pub institution: String,
    /// Its name in other languages.
    #[serde(skip)]
    translations: Translations,
    #[serde(flatten)]
    pub figures: ComplianceFigures,
}

/// The figures of a commission.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CommissionCompliance {
    /// The commission.
    pub commission_id: CommissionId,
    /// Its name.
    #[schema(examples("Comisión para la erradicación del trabajo infantil"))]
    pub commission: String,
    /// Its name in other languages.
    #[serde(skip)]
    translations: Translations,
    #[serde(flatten)]
    pub figures: ComplianceFigures,
}

/// Figures over parts of institutions in commitments. Cancelled parts are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ComplianceFigures {
    /// The number of parts.
    #[schema(examples(12))]
    pub parts: i32,
    /// Completed, and accepted by somebody else.
    #[schema(examples(7))]
    pub completed: i32,
    /// Those of them that were completed within their term.
    #[schema(examples(5))]
    pub on_time: i32,
    /// Reported as completed, waiting for the review.
    #[schema(examples(1))]
    pub to_review: i32,
    /// In progress or planned, before the end of the term.
    #[schema(examples(1))]
    pub open: i32,
    /// In progress or planned, after the end of the term.
    #[schema(examples(2))]
    pub overdue: i32,
    /// Reported as not achieved.
    #[schema(examples(1))]
    pub not_achieved: i32,
}

impl ComplianceFigures {
    pub(super) fn join(&mut self, other: Self) {
        self.parts += other.parts;
        self.completed += other.completed;
        self.on_time += other.on_time;
        self.to_review += other.to_review;
        self.open += other.open;
        self.overdue += other.overdue;
        self.not_achieved += other.not_achieved;
    }
}

/// Returns the compliance of a country, in a constant number of statements.
fn read(
    conn: &mut Db,
    actor: &Actor,
    country_code: String,
    (period, now): (QueryPeriod, Instant),
) -> Result<Compliance> {
    let visibility = Visibility::of(actor);
    let country = country(conn, &country_code)?.fields;
    let today = country_day(conn, &country_code, now)?;
    let scope = Scope {
        sql: Dialect::of(conn),
        visibility: &visibility,
        country: &country_code,
        commission: None,
        year: None,
        as_of: today,
        now,
        days: current_days(conn, now)?,
    };
    let by_institution = scope.compliance_of_institutions(conn, period)?;
    let mut by_commission: HashMap<CommissionId, ComplianceFigures> =
        scope.compliance_of_commissions(conn, period)?.into_iter().collect();
    let (without_institution, unassigned) = scope.compliance_of_unassigned(conn, period)?;
    unassigned.into_iter().for_each(|(id, figures)| by_commission.entry(id).or_default().join(figures));
    let mut total = without_institution;
    by_institution.iter().for_each(|(_, figures)| total.join(*figures));
    let institutions = named_institutions(conn, by_institution)?;
    let mut commissions = visible_commissions(conn, &visibility)?;
    commissions.retain(|one| one.country_code == country_code);
    let commission = |one: CommissionRef| {
        let figures = by_commission.get(&one.id).copied()?;
        Some(CommissionCompliance {
            commission_id: one.id,
            commission: one.name,
            translations: one.translations,
            figures,
        })
    };
    let mut commissions: Vec<CommissionCompliance> = commissions.into_iter().filter_map(commission).collect();
    commissions.sort_by_cached_key(|one| fold([one.commission.as_str()]));
    let QueryPeriod { from, to } = period;
    Ok(Compliance { country_code, from, to, total, without_institution, institutions, commissions, country, today })
}

/// Adds the names of institutions, and sorts by them.
fn named_institutions(
    conn: &mut Db,
    figures: Vec<(InstitutionId, ComplianceFigures)>,
) -> Result<Vec<InstitutionCompliance>> {
    let ids: Vec<InstitutionId> = figures.iter().map(|(id, _)| *id).collect();
    let names = institutions_by_id(conn, &ids)?;
    let institution = |(institution_id, figures)| InstitutionCompliance {
        institution_id,
        institution: names.get(&institution_id).map(|one| one.fields.name.clone()).unwrap_or_default(),
        translations: names.get(&institution_id).map(|one| one.fields.translations.clone()).unwrap_or_default(),
        figures,
    };
    let mut institutions: Vec<InstitutionCompliance> = figures.into_iter().map(institution).collect();
    institutions.sort_by_cached_key(|one| fold([one.institution.as_str()]));
    Ok(institutions)
}

fn document(compliance: &Compliance, lang: Lang) -> Document {
    let say = |key: &str| text(lang, key, &[]);
    let country = compliance.country.translations.or_original("name", lang, &compliance.country.name);
    let title = text(lang, "compliance-title", &[("country", one_line(country))]);
    let days = [
        ("from", i18n::day(lang, compliance.from)),
        ("to", i18n::day(lang, compliance.to)),
        ("day", i18n::day(lang, compliance.today)),
    ];
    let extent = text(lang, "compliance-extent", &days);
    let columns = |first: &str| {
        let mut columns = vec![Column::text(say(first), 12)];
        let figures = ["parts", "completed", "on-time", "to-review", "open", "overdue", "not-achieved", "share"];
        let share = |name: &str| if name == "share" { 5 } else { 4 };
        columns.extend(figures.iter().map(|name| Column::figures(say(&format!("compliance-{name}")), share(name))));
        columns
    };
    let cells = |name: &str, figures: &ComplianceFigures| {
        let ComplianceFigures { parts, completed, on_time, to_review, open, overdue, not_achieved } = *figures;
        let mut cells = vec![one_line(name)];
        cells.extend([parts, completed, on_time, to_review, open, overdue, not_achieved].map(|n| n.to_string()));
        let judged = parts - open;
        let share = || format!("{} %", (completed * 100 + judged / 2) / judged);
        cells.push(if judged > 0 { share() } else { "—".to_owned() });
        cells
    };
    let total = || cells(&say("compliance-total"), &compliance.total);
    let mut blocks = vec![Block::paragraph(extent.clone())];
    if compliance.total.parts == 0 {
        blocks.push(Block::paragraph(say("compliance-none")));
    } else {
        let institutions = compliance.institutions.iter();
        let name =
            |one: &InstitutionCompliance| one.translations.or_original("name", lang, &one.institution).to_owned();
        let mut rows: Vec<_> = institutions.map(|one| cells(&name(one), &one.figures)).collect();
        if compliance.without_institution.parts > 0 {
            rows.push(cells(&say("compliance-without-institution"), &compliance.without_institution));
        }
        blocks.push(Block::heading(1, say("compliance-by-institution")));
        blocks.push(Block::Table(Table::new(columns("compliance-institution"), rows).with_total(total())));
        let rows = compliance
            .commissions
            .iter()
            .map(|one| cells(one.translations.or_original("name", lang, &one.commission), &one.figures))
            .collect();
        blocks.push(Block::heading(1, say("compliance-by-commission")));
        blocks.push(Block::Table(Table::new(columns("compliance-commission"), rows)));
        blocks.push(Block::note(text(
            lang,
            "compliance-explained",
            &[("state", word(lang, "verification", "pending"))],
        )));
    }
    Document {
        lang,
        region: Some(compliance.country_code.clone()),
        contents: None,
        landscape: true,
        frame: Frame { head: Some(title.clone()), foot: Some(extent), ..Frame::default() },
        title,
        blocks,
    }
}

mod api {
    use actix_web::{HttpResponse, get};

    use super::*;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(show).service(show_document);
    }

    /// The extent of the figures.
    #[derive(Debug, Deserialize, IntoParams)]
    #[serde(deny_unknown_fields)]
    #[into_params(parameter_in = Query)]
    pub(crate) struct ComplianceQuery {
        /// The country.
        #[param(example = "CL")]
        country_code: String,
        /// The first day.
        #[serde(default, deserialize_with = "crate::dates::query_day")]
        #[param(required, example = "2023-01-01")]
        from: Option<NaiveDate>,
        /// The last day.
        #[serde(default, deserialize_with = "crate::dates::query_day")]
        #[param(required, example = "2023-12-31")]
        to: Option<NaiveDate>,
    }

    /// The extent of the figures, and the format of the document.
    #[derive(Debug, Deserialize, IntoParams)]
    #[serde(deny_unknown_fields)]
    #[into_params(parameter_in = Query)]
    pub(crate) struct ComplianceDocumentQuery {
        /// The country.
        #[param(example = "CL")]
        country_code: String,
        /// The first day.
        #[serde(default, deserialize_with = "crate::dates::query_day")]
        #[param(required, example = "2023-01-01")]
        from: Option<NaiveDate>,
        /// The last day.
        #[serde(default, deserialize_with = "crate::dates::query_day")]
        #[param(required, example = "2023-12-31")]
        to: Option<NaiveDate>,
        /// `md` (the default), `docx` or `pdf`.
        #[param(inline, example = "pdf")]
        format: Option<DocumentFormat>,
        /// The language: `es` or `en`; by default that of the country.
        #[param(inline, example = "es")]
        lang: Option<Lang>,
    }

    /// Show the compliance of a period
    ///
    /// The parts of institutions in commitments whose term ends in the period, by their state today: by institution and by
    /// commission. Counts only what the caller may see; commissions that the caller may not know are left out.
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "overview", params(ComplianceQuery), responses(
        (status = 200, description = "The figures", body = Compliance),
        (status = 404, description = "No such country", body = crate::http::Problem, content_type = "application/problem+json")
    ))]
    #[get("/api/v1/compliance")]
    pub(crate) async fn show(caller: Caller, query: Query<ComplianceQuery>) -> Result<HttpResponse> {
        let Query(ComplianceQuery { country_code, from, to }) = query;
        let (days, now) = (QueryPeriod::read(from, to)?, caller.state.now());
        caller.on_snapshot().calculate(move |conn, actor| read(conn, actor, country_code, (days, now))).await
    }

    /// The compliance of a period as a document
    ///
    /// By institution and by commission; as Markdown, DOCX or PDF (PDF/UA).
    ///
    /// Permissions: anyone signed in; counts only what the caller may see.
    #[utoipa::path(tag = "overview", params(ComplianceDocumentQuery), responses((status = 200, description = "The figures", content(
        (String = "text/markdown"), (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    )), (status = 404, description = "No such country", body = crate::http::Problem, content_type = "application/problem+json"), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
    #[get("/api/v1/compliance/document")]
    pub(crate) async fn show_document(caller: Caller, query: Query<ComplianceDocumentQuery>) -> Result<HttpResponse> {
        send_compliance(caller, query.0).await
    }

    /// Sends the document to a caller.
    pub(crate) async fn send_compliance(caller: Caller, query: ComplianceDocumentQuery) -> Result<HttpResponse> {
        caller.count(&caller.state.limits.documents)?;
        let ComplianceDocumentQuery { country_code, from, to, format, lang } = query;
        let (days, now) = (QueryPeriod::read(from, to)?, caller.state.now());
        let caller = caller.on_snapshot();
        let read = caller.read(move |conn, actor| {
            let figures = read(conn, actor, country_code, (days, now))?;
            let lang = lang.map_or_else(|| country_language(conn, &figures.country_code), Ok)?;
            Ok((document(&figures, lang), RestrictedRecords::default()))
        });
        let (document, _) = read.await?;
        let stem = file_stem(&[&document.title, &days.from.to_string(), &days.to.to_string()]);
        send_document(document, format.unwrap_or(DocumentFormat::Markdown), &stem).await
    }
}
