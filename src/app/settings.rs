//! The settings that are in force, without secrets.

pub(super) mod web;
