//! Import and export of the data of a country as one JSON document: for people who keep their data elsewhere, for moving
//! between installations, and for the examples.
//!
//! A record has a `key` chosen by its author; other records name it by that key. Keys are stored per kind and country
//! (`dataset_keys`; institutions of no or another country under the scope `*`, so that all countries share one record),
//! so that an import can be repeated: an existing record is updated if it differs. Records created over the API have
//! their id as key. All faults of a file are reported together, and with any fault nothing is written. The import uses
//! the actions of the slices and sends no mail.
//!
//! The `history` of a commitment is replayed on import (`docs/datasets.md`). `keys` finds records by key, `references`
//! lists the fields with keys, `import` and `export` do the rest.
//!
//! An admin, or the coordinator of the dataset's country, imports and exports it. Files, users and reports are left out.

mod actions;
mod api;
mod export;
mod import;
mod keys;
mod model;
mod references;
mod store;

pub use actions::import_dataset;
pub(crate) use actions::{export_country, require_any_import};
pub(crate) use api::{import_body, routes};
pub(crate) use model::{Dataset, ImportReport, Kind, KindCounts, Outcome};
pub(crate) use store::one_import_at_a_time;
