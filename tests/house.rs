//! Rules over the source text (`docs/STYLE.md`, `docs/ARCHITECTURE.md`): which module may import which, where each library may be
//! named, names and prose, migrations. Every failure says what to do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::type_complexity,
    reason = "helpers of tests may fail loudly"
)]

#[path = "house/captions.rs"]
mod captions;
#[path = "house/data.rs"]
mod data;
#[path = "house/evidence.rs"]
mod evidence;
#[path = "house/layout.rs"]
mod layout;
#[path = "house/libraries.rs"]
mod libraries;
#[path = "house/prose.rs"]
mod prose;
#[path = "house/repository.rs"]
mod repository;
#[path = "house/source.rs"]
mod source;
