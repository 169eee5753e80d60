//! The pages of this slice.

use actix_web::web::ServiceConfig;

use super::{countries, institutions};

/// Mounts the pages of countries and institutions.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    institutions::pages(cfg);
    countries::web::pages(cfg);
}
