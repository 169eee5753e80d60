//! The registry: what institutions and commissions did.
//!
//! An activity is a **draft**, then **submitted**, then **validated** by the secretariat; only validated ones stand in
//! the registry of a period. It is placed by its interval (`starts` … `ends`); an undated one by the period that it was
//! reported for, apart from the others. What is missing in an entry is told as findings, which block nothing.
//!
//! **Known** through its commissions, and always to the institutions that organise it or take part; one without
//! commissions to those and the coordinator. **Written** by admins, the country's coordinators and the secretariats of
//! its commissions; an institution writes those that it organises until they are validated, and never validates.

mod actions;
mod api;
mod model;
mod policy;
mod registry;
mod store;

pub use actions::{create as create_activity, update as update_activity};
pub use model::{
    Activity, ActivityInput, ActivityKind, Facts, FindingCode, Likeness, ResultState, is_relative, tells_a_process,
};
pub use registry::{
    RegistryQuery, csv as registry_csv, document as registry_document, read as registry, workbook as registry_workbook,
};
pub use store::all_of_country as activities_of_country;

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    api::routes(cfg);
    registry::routes(cfg);
}
