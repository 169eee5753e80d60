//! The calendar feed of a person: the sessions, due dates and periodic
//! reports that its owner may see at the moment of the request. The
//! secret token in its address is enough to read it, because calendar programs cannot sign in. The page shows the same
//! by month.

mod api;
mod feed;
mod months;
mod store;
mod web;

pub(crate) use api::routes;
pub(crate) use web::pages;
