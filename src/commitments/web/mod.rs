//! Pages of commitments: the follow-up list, one commitment, and the forms that enter and change commitments and their
//! parts.

mod calendar;
mod choices;
mod confirmations;
mod decision;
mod detail;
mod detail_facts;
mod downloads;
mod extension;
mod filters;
mod follow_up;
mod form;
mod form_parts;
mod form_view;
mod handover;
mod institution;
mod links;
mod list;
mod list_filters;
mod mailed;
mod of_agreement;
mod of_meeting;
mod part_form;
mod part_history;
mod parts;
mod progress;
mod report;
mod review;
mod reviews;
mod reviews_periodic;
mod timeline;
mod withdrawal;

use actix_web::web::ServiceConfig;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    list::pages(cfg);
    downloads::pages(cfg);
    form::pages(cfg);
    part_form::pages(cfg);
    confirmations::pages(cfg);
    of_meeting::pages(cfg);
    of_agreement::pages(cfg);
    follow_up::pages(cfg);
    withdrawal::pages(cfg);
    calendar::pages(cfg);
    cfg.service(institution::show).service(handover::open).service(handover::hand_over);
    detail::pages(cfg);
    cfg.service(report::show).service(report::send).service(extension::show).service(extension::send);
    cfg.service(reviews::show).service(review::show).service(review::send);
    cfg.service(decision::show).service(decision::send);
}
