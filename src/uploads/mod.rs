//! Files: uploaded by those who write records, private, and always sent as attachments.
//!
//! A file is visible to its uploader, to admins, and to everybody who may read a record that cites it: a document of a meeting, the
//! evidence of an update or of an activity. Its type is determined from its content; programs and scripts are refused.
//! A file is never changed. Its uploader may delete it as long as no record cites it; a file that nobody has cited for
//! 30 days is removed. The uploads of one person have a quota.

mod actions;
mod api;
mod model;
mod store;
mod web;

pub(crate) use actions::{remove_uncited, without_record};
pub(crate) use api::routes;
pub(crate) use web::{keep_files, own_file, pages};
