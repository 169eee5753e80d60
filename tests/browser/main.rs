//! The pages in a real browser: Chromium with and without scripts, and by keyboard alone. The program runs with its
//! demonstration data. Without ChromeDriver the run says at its end that they did not run; with `ARTICULA_REQUIRE_BROWSER=1` they fail.
//! Pictures of every page are kept in the target folder, under `tmp/pages`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    dead_code,
    reason = "helpers of tests may fail loudly"
)]

#[path = "../it/support/at_the_end.rs"]
mod at_the_end;
mod chrome;
mod demo;
mod journeys;
mod pages;
mod pictures;
mod run;
mod script;
mod sign_in;
mod user;
