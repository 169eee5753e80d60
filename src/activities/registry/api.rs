//! `/registry`.

use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Registry, RegistryQuery, csv, document, read, workbook};
use crate::access::Visibility;
use crate::db::{CommissionId, Db};
use crate::directory::country_language;
use crate::error::Result;
use crate::http::{Query, QueryPeriod};
use crate::i18n::{Lang, text};
use crate::identity::{Actor, Caller};
use crate::rendering::{self, DocumentFormat, FileBytes, Separator, file_stem, send_document, send_file};
use crate::themes::Theme;

/// Registers the route of the registry.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show);
}

crate::text_enum! {
    /// A format of the registry.
    RegistryFormat { Json = "json", Csv = "csv", Xlsx = "xlsx", Markdown = "md", Docx = "docx", Pdf = "pdf" }
}

/// The query of the registry.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RegistryParameters {
    /// The country, two capital letters.
    #[param(example = "CL")]
    country_code: String,
    /// The period's first day.
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    #[param(required, example = "2023-05-01")]
    from: Option<NaiveDate>,
    /// The period's last day.
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    #[param(required, example = "2023-12-31")]
    to: Option<NaiveDate>,
    /// Only activities in this commission's record.
    commission_id: Option<CommissionId>,
    /// Only activities of this theme.
    #[param(example = "child_labour")]
    theme: Option<Theme>,
    /// The format: `json` (the default), `csv`, `xlsx`, `md`, `docx` or `pdf`.
    #[param(inline, example = "xlsx")]
    format: Option<RegistryFormat>,
    /// The separator of the cells of a CSV: `comma` (the default), or `semicolon`, which Excel in Spanish expects.
    #[param(inline, example = "semicolon")]
    separator: Option<Separator>,
    /// The language: `es` or `en`; by default that of the country for documents, that of `Accept-Language` for the rest.
    #[param(inline, example = "es")]
    lang: Option<Lang>,
}

impl RegistryParameters {
    /// Asks for another format.
    pub(crate) fn in_format(self, format: RegistryFormat) -> Self {
        Self { format: Some(format), ..self }
    }

    fn read(&self) -> Result<RegistryQuery> {
        let QueryPeriod { from, to } = QueryPeriod::read(self.from, self.to)?;
        Ok(RegistryQuery {
            country_code: self.country_code.clone(),
            from,
            to,
            commission_id: self.commission_id,
            theme: self.theme,
        })
    }
}

/// The registry of a period
///
/// Validated activities whose interval meets the period, a separate list of those without dates, and figures over both.
/// Unpaged. As CSV: UTF-8 with a byte order mark, headings in the language of `Accept-Language`. As XLSX: one sheet each
/// for activities, those without dates, totals and explanations. As a document: figures, charts and one line for each
/// activity with organiser, result, evidence, women and men, up to 2,000 activities.
///
/// Permissions: anyone signed in; the activities that the caller may know.
#[utoipa::path(tag = "activities", params(RegistryParameters), responses(
    (status = 200, description = "The registry", content(
        (Registry = "application/json"), (String = "text/csv"), (String = "text/markdown"), (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    )),
    (status = 409, description = "Too many activities for a document", body = crate::http::Problem),
    (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")
))]
#[get("/api/v1/registry")]
pub(crate) async fn show(caller: Caller, lang: Lang, query: Query<RegistryParameters>) -> Result<HttpResponse> {
    send_registry(caller, lang, query.0).await
}

/// Returns the name of the file of a registry, without extension.
fn registry_stem(query: &RegistryQuery, lang: Lang) -> String {
    let of = text(lang, "registry-file", &[]);
    file_stem(&[&of, &query.country_code, &query.from.to_string(), &query.to.to_string()])
}

/// Sends the registry in the format that is asked for.
pub(crate) async fn send_registry(caller: Caller, lang: Lang, sent: RegistryParameters) -> Result<HttpResponse> {
    let (asked, lang) = (sent.lang, sent.lang.unwrap_or(lang));
    let (query, separator) = (sent.read()?, sent.separator.unwrap_or(Separator::Comma));
    let (stem, named) = (registry_stem(&query, lang), query.clone());
    let (caller, wanted) = (caller.on_snapshot(), sent.format.unwrap_or(RegistryFormat::Json));
    if wanted != RegistryFormat::Json {
        caller.count(&caller.state.limits.documents)?;
    }
    let exports = |caller: Caller| caller.exporting("registry", Some(&sent.country_code));
    let format = match wanted {
        RegistryFormat::Json => {
            let read = move |conn: &mut Db, actor: &Actor| {
                Ok(read(conn, &Visibility::of(actor), &query, lang)?.with_findings(lang))
            };
            return caller.calculate(read).await;
        }
        RegistryFormat::Csv => {
            let write = move |conn: &mut Db, actor: &Actor| {
                csv(conn, &Visibility::of(actor), &query, lang, separator, &|_, _| ())
            };
            let (file, _) = exports(caller).read(write).await?;
            return send_file(file, rendering::CSV, &format!("{stem}.csv"));
        }
        RegistryFormat::Xlsx => {
            let write =
                move |conn: &mut Db, actor: &Actor| workbook(conn, &Visibility::of(actor), &query, lang, &|_, _| ());
            let (file, _) = exports(caller).read(write).await?;
            return send_file(file, rendering::XLSX, &format!("{stem}.xlsx"));
        }
        RegistryFormat::Markdown => DocumentFormat::Markdown,
        RegistryFormat::Docx => DocumentFormat::Docx,
        RegistryFormat::Pdf => DocumentFormat::Pdf,
    };
    let read = move |conn: &mut Db, actor: &Actor| {
        let lang = asked.or_else(|| country_language(conn, &query.country_code).ok()).unwrap_or(lang);
        document(conn, &Visibility::of(actor), &query, lang)
    };
    let (document, _) = caller.read(read).await?;
    let stem = if document.lang == lang { stem } else { registry_stem(&named, document.lang) };
    send_document(document, format, &stem).await
}
