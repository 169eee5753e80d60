//! The web pages as a browser without a script uses them. `well_formed` checks every page; the other files follow what
//! people do. [`Browser`](crate::support::Browser) signs in, opens pages, and fills and sends their forms.

mod account;
mod activities;
mod administration;
mod agreements;
mod base;
mod commitments;
mod coordinating;
mod directory;
mod duties;
mod forms;
mod held_sessions;
mod help;
mod imports;
mod indicators;
mod meetings;
mod minutes;
mod operation;
mod overview;
mod people;
mod plans;
mod progress;
mod report_answers;
mod reports;
mod second_factor;
mod sizes;
mod start;
mod stored_dates;
mod unchanged;
pub(crate) mod well_formed;

use crate::support::{Browser, Page, Person, World};

/// Opens a page as a person; it keeps the rules of every page.
#[track_caller]
fn open(world: &World, person: &Person<'_>, path: &str) -> Page {
    checked(Browser::of(world, person).open(path))
}

/// Returns a page that keeps the rules of every page.
#[track_caller]
fn checked(page: Page) -> Page {
    well_formed::check(&page);
    page
}
