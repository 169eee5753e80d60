//! `/registry`.

use actix_web::http::header;
use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::model::{Registry, RegistryQuery};
use crate::access::Reach;
use crate::db::CommissionId;
use crate::error::{Error, Result};
use crate::http::Query;
use crate::i18n::Lang;
use crate::identity::Caller;
use crate::themes::Theme;

/// The route of the registry.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show);
}

/// How the registry is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    #[default]
    Json,
    Csv,
}

/// Which registry is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ShowQuery {
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
    /// Only what stands in this commission's record.
    commission_id: Option<CommissionId>,
    /// Only what touches this matter.
    #[param(example = "child_labour")]
    theme: Option<Theme>,
    /// How it is written: `json` (default) or `csv`.
    #[serde(default)]
    #[param(inline, example = "json")]
    format: Format,
}

impl ShowQuery {
    fn read(self) -> Result<(RegistryQuery, Format)> {
        let missing = |name: &str| Error::bad_query("missing", name);
        let (from, to) = (self.from.ok_or_else(|| missing("from"))?, self.to.ok_or_else(|| missing("to"))?);
        if from > to {
            return Err(Error::bad_query("order", "from"));
        }
        let query = RegistryQuery {
            country_code: self.country_code,
            from,
            to,
            commission_id: self.commission_id,
            theme: self.theme,
        };
        Ok((query, self.format))
    }
}

/// The registry of a period
///
/// Validated activities whose interval meets the period, those without dates apart, and figures over both. Unpaged.
/// As CSV: UTF-8 with a byte order mark, headings in the language of `Accept-Language`.
///
/// Permissions: anyone signed in; what the caller may know of it.
#[utoipa::path(tag = "activities", params(ShowQuery), responses(
    (status = 200, description = "The registry", content((Registry = "application/json"), (String = "text/csv")))
))]
#[get("/api/v1/registry")]
pub async fn show(caller: Caller, lang: Lang, query: Query<ShowQuery>) -> Result<HttpResponse> {
    let (query, format) = query.0.read()?;
    let caller = caller.on_snapshot();
    if format == Format::Json {
        return caller
            .calculate(move |conn, actor| Ok(super::read(conn, &Reach::of(actor), &query)?.told_in(lang)))
            .await;
    }
    let name = format!("articula-{}-{}-{}.csv", query.country_code, query.from, query.to);
    let table =
        caller.read(move |conn, actor| super::to_csv(&super::read(conn, &Reach::of(actor), &query)?, lang)).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(table))
}
