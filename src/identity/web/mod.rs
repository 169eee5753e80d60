//! Pages: signing in and out, the own account; the reader of every page, and the forms that all slices build on.

mod account;
mod calendar;
mod error_frame;
mod frame;
mod opening;
mod own_password;
mod password;
mod people;
mod refusal;
mod second_factor;
mod second_step;
mod sections;
mod sessions;
mod sign_in;
mod statements;
mod submission;
mod tokens;
mod visitor;

use actix_web::web::ServiceConfig;

pub(crate) use account::account_tabs;
pub(crate) use error_frame::frame_of_error;
pub(crate) use sign_in::{DEMO_PASSWORD, DEMO_PEOPLE};
pub(crate) use submission::{FormPage, NoFields, Submission};
pub(crate) use visitor::Visitor;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(sign_in::show).service(sign_in::sign_in).service(sign_in::sign_out);
    cfg.service(password::show).service(password::send_password);
    cfg.service(password::show_invitation).service(password::accept_invitation);
    cfg.service(account::show).service(account::save).service(account::save_draft);
    cfg.service(account::choose_language).service(account::leave_language);
    cfg.service(own_password::show).service(own_password::change);
    cfg.service(sessions::list).service(sessions::end);
    cfg.service(calendar::show).service(calendar::change);
    cfg.service(second_factor::show).service(second_factor::change);
    cfg.service(tokens::show).service(tokens::change);
    people::pages(cfg);
    cfg.service(statements::accessibility).service(statements::privacy);
}
