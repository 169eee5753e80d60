//! The calendar feed of a person: the sessions and due dates that its owner may see at the moment of the request. The
//! secret token in its address is enough to read it, because calendar programs cannot sign in.

mod api;
mod feed;
mod store;

pub(crate) use api::routes;
