//! Files: uploaded by those who write records, private, and always sent as attachments.
//!
//! A file is seen by its uploader, by admins, and by whoever sees a record that cites it: a paper of a session, the
//! evidence of an update or of an activity. Its type is judged by its content. Files are neither changed nor deleted.

mod actions;
mod api;
mod model;
mod policy;
mod store;

pub use api::routes;
pub use model::clean_name;
