//! Pages of indicators: an indicator with its series, its form, and the form of a value. The page of a plan, which lists the
//! indicators of its items, is in the slice `reports`.

mod form;
mod show;
mod value_form;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use crate::db::IndicatorId;
use crate::error::Result;
use crate::http::Query;
use crate::i18n::Words;
use crate::identity::Visitor;
use crate::indicators::api::{IndicatorDocumentQuery, send_document_of};
use crate::indicators::model::MeasuredIndicator;
use crate::indicators::wording::with_unit;
use crate::ui::{Frame, short_date};

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(form::open_new).service(form::create);
    cfg.service(form::open_edit).service(form::change);
    cfg.service(form::open_removal).service(form::remove);
    cfg.service(value_form::open).service(value_form::save_value);
    cfg.service(show::show).service(document);
}

/// The series of an indicator as a document or a workbook
///
/// Permissions: those who may see the indicator.
#[get("/indicators/{id}/document")]
async fn document(
    visitor: Visitor,
    id: Path<IndicatorId>,
    query: Query<IndicatorDocumentQuery>,
) -> Result<HttpResponse> {
    send_document_of(visitor.into_caller(), id.into_inner(), query.0).await
}

/// Returns the last known value of an indicator with its unit and period: `21,4 % (2023)`.
pub(crate) fn latest_in_words(frame: &Frame, found: &MeasuredIndicator) -> String {
    let indicator = &found.indicator;
    let words = Words { lang: frame.lang, country: &indicator.country_code };
    let Some((point, value)) = found.latest.as_ref().and_then(|point| Some((point, point.value?))) else {
        return frame.t("indicators-unknown");
    };
    let value = with_unit(words, value, &indicator.fields.unit);
    let period = short_date(frame, &indicator.country_code, &point.period);
    frame.t_with("indicators-value-of-year", &[("value", value.into()), ("year", period.into())])
}
