//! Pages of plans, their items and observations: the lists, and the forms that make, change and remove them. The page of
//! one plan shows what the reports read in the records, so it is in their slice.

mod item_form;
mod list;
mod observation_form;
mod observations;
mod plan_form;

use actix_web::web::ServiceConfig;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list::list);
    cfg.service(plan_form::open_new).service(plan_form::create);
    cfg.service(plan_form::open_edit).service(plan_form::change);
    cfg.service(plan_form::open_removal).service(plan_form::remove);
    cfg.service(item_form::open_new).service(item_form::create);
    cfg.service(item_form::open_edit).service(item_form::change);
    cfg.service(item_form::open_removal).service(item_form::remove);
    cfg.service(observations::list);
    cfg.service(observation_form::open_new).service(observation_form::create);
    cfg.service(observation_form::open_edit).service(observation_form::change);
    cfg.service(observation_form::open_removal).service(observation_form::remove);
}
