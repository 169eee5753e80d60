//! Datasets in and out: one JSON document of one country, for people who keep their data elsewhere, for moving
//! between installations, and for the examples.
//!
//! A record has a `key` of its author's; other records name it by that key. Keys are remembered per kind and
//! country (`dataset_keys`; institutions of no or another country under the scope `*`, so that shared bodies are one
//! record for all), which makes an import repeatable: what is there is updated when it differs, else left alone.
//! Records made over the API go by their id. All faults of a file are told at once and nothing is written unless
//! all is well. Import writes through the slices' own actions and sends no mail.
//!
//! What happened to a commitment is told in its `history`, and an import does it again (`docs/datasets.md`).
//!
//! A person's **calendar feed** is read with the token of its address alone: the sessions and terms that its owner may
//! know at that moment.
//!
//! **Follow-up matrices** as secretariats keep them in spreadsheets are brought in by `sheets`.
//!
//! An admin, or the coordinator of the dataset's country, imports and exports datasets; files, users and reports stay.

mod actions;
mod api;
mod book;
mod export;
mod feed;
mod import;
mod model;
mod references;
mod sheets;
mod store;

pub use actions::{export_country, import_dataset};
pub use api::routes;
pub use model::ImportReport;
pub use sheets::{Matrices, MatrixReport, Target, import_matrices, read_matrices, refused_matrices};
