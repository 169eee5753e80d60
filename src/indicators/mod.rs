//! Indicators of items of plans: what is measured, from which baseline, towards which targets, with its values.
//!
//! A value is that of a period, for one territory or for the total. A second value for the same period and territory is a
//! correction: the newest revision counts, and all are kept. A correction without a number takes the value back. A period
//! that nobody measured has no value, which is never zero. A total is calculated from other values only if the indicator
//! states how (`Aggregation`).
//!
//! Those who may write the plan (the coordinator, admins) may **write** its indicators. Representatives of a
//! responsible institution may **record values** too. An indicator is **visible** to those who may see its plan, and to
//! the responsible institutions.

mod actions;
mod api;
mod document;
mod model;
mod spreadsheet;
mod store;
mod web;
mod wording;

pub(crate) use actions::{
    create as create_indicator, import_value as import_indicator_value, update as update_indicator,
};
pub(crate) use api::routes;
pub(crate) use model::{Indicator, IndicatorInput, IndicatorValue, IndicatorValueInput, MeasuredIndicator};
pub(crate) use store::{
    of_country as indicators_of_country, of_plans_measured as indicators_of_plans, search as search_indicators,
    search_count as count_indicators_found, values_of_country as indicator_values_of_country,
};
pub(crate) use web::{latest_in_words, pages};
pub(crate) use wording::with_unit as value_with_unit;
