//! Activities of institutions and commissions, and the registry of a period.
//!
//! An activity is a **draft**, then **submitted**, then **validated** by the secretariat; the registry of a period has
//! only validated ones. Its interval (`starts` … `ends`) decides the period; activities without a date are listed
//! separately, by the period that they were reported for. Missing content of an activity is shown as findings, which
//! block nothing.
//!
//! An activity is **visible** through its commissions, and always to the institutions that organise it or take part;
//! one without commissions, to those and the coordinator. It is **written** by admins, the country's coordinators and
//! the secretariats of its commissions. An institution writes those that it organises until they are validated, and
//! never validates. Those who validate may also send an activity back with a reason: it is a draft again until it is
//! submitted again.

mod actions;
mod api;
mod model;
mod policy;
mod registry;
mod store;
mod web;

pub(crate) use actions::{create as create_activity, update as update_activity};
pub(crate) use model::{
    Activity, ActivityInput, ActivityKind, ActivityStatus, Facts, FindingCode, Likeness, Participants, ResultState,
    is_relative, tells_a_process,
};
pub(crate) use registry::{
    RegistryQuery, csv as registry_csv, document as registry_document, read as registry, workbook as registry_workbook,
};
pub(crate) use store::{
    all_of_country as activities_of_country, search as search_activities, search_count as count_activities_found,
    visible_ids as known_activities,
};

pub(crate) use web::pages;

/// Mounts every route of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    api::routes(cfg);
    registry::routes(cfg);
}
