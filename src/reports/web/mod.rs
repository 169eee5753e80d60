//! Pages of the annual report: the list, the index of a report's questions, the editor of an answer, the comparison with
//! the last report, the approval, and the downloads.

mod approval;
mod assignee;
mod cited;
mod comments;
mod compare;
mod decisions;
mod downloads;
mod form;
mod list;
mod parts;
mod plan;
mod question;
mod question_beside;
mod question_form;
mod show;
mod unchanged;

use actix_web::web::ServiceConfig;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list::list).service(form::open_new).service(form::create).service(form::open).service(form::update);
    cfg.service(downloads::report_document)
        .service(downloads::answers_document)
        .service(downloads::comparison_document);
    cfg.service(plan::show)
        .service(show::show)
        .service(compare::compare)
        .service(approval::open)
        .service(approval::approve);
    cfg.service(decisions::open_drafting).service(decisions::draft_again);
    cfg.service(decisions::open_version).service(decisions::create_version);
    cfg.service(decisions::open_removal).service(decisions::remove);
    cfg.service(question::show).service(question::send).service(question::send_confirmation);
    cfg.service(decisions::open_going_back).service(decisions::go_back);
    cfg.service(unchanged::open).service(unchanged::confirm);
    cfg.service(assignee::open).service(assignee::assign);
    cfg.service(comments::open).service(comments::create);
}
