//! Pages: signing in and out, the own account; the reader of every page, and the forms that all slices build on.

mod frame;
mod sign_in;
mod submission;
mod visitor;

use actix_web::web::ServiceConfig;

pub(crate) use submission::{FormPage, Nothing, Submission};
pub(crate) use visitor::{ReaderLanguage, Visitor};

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(sign_in::show).service(sign_in::sign_in).service(sign_in::sign_out);
}
