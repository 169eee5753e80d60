//! Files: uploaded by those who write records, private, and always sent as attachments.
//!
//! A file is visible to its uploader, to admins, and to whoever sees a record that cites it: a paper of a session, the
//! evidence of an update or of an activity. Its type is determined from its content; programs and scripts are refused.
//! A file is never changed. Its uploader may delete it as long as no record cites it; a file that nobody has cited for
//! 30 days is removed. The uploads of one person have a quota.

mod actions;
mod api;
mod model;
mod policy;
mod store;

pub use actions::{remove_uncited, without_record};
pub use api::routes;
pub use model::clean_name;
