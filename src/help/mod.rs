//! The help: a page for each role, with pictures of the real pages, and the guides of `docs/guide`.
//!
//! Anybody may read it, also without an account. [`steps`] lists what each role does in a week: for each step the page,
//! and the fields and buttons that the text under its picture names, by the keys of their texts, so that a changed text
//! changes here too. A test opens each page as its role and finds every name on it. [`pictures`] holds the pictures, which
//! `just pictures` takes of the demonstration; a new step begins with empty files, which that command replaces.

mod guides;
mod pictures;
mod steps;
mod web;

pub use steps::{ROLES, RoleHelp, Step};
pub(crate) use web::{pages, picture};
