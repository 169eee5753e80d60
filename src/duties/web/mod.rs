//! Pages of periodic reports: the list, a duty with its matrix, its form, and the report of an institution on a period.

mod form;
mod import;
mod list;
mod matrix;
mod page_record;
mod panels;
mod report;
mod report_forms;
mod show;
mod shown;
mod words;

use actix_web::web::ServiceConfig;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list::list);
    cfg.service(form::open_new).service(form::create);
    cfg.service(form::open_edit).service(form::change);
    cfg.service(form::open_removal).service(form::remove);
    cfg.service(report::open).service(report::send);
    cfg.service(show::show).service(show::document);
    cfg.service(import::open).service(import::send);
}
