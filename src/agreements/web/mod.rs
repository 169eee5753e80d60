//! Pages of agreements: the list, and the forms that make a new one and change one. The page of one agreement shows
//! its commitments, so it is in their slice.

mod fields;
mod form;
mod list;
mod removal;
mod words;

use actix_web::web::ServiceConfig;

pub(crate) use words::{adoption_words, agreement_name, status_tag};

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list::list);
    cfg.service(removal::open_removal).service(removal::remove);
    cfg.service(form::open_new).service(form::create).service(form::open).service(form::update);
}
