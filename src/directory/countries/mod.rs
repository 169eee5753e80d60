//! Countries and the days on which they do not work.
//!
//! A country's calendar is data that people edit: the program ships none. What was reckoned from it (open terms)
//! is reckoned anew by the slice that owns the term: [`put_calendar`] is an action on an open transaction, so
//! that slice's own action can follow it in the same transaction and see the new days.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{create as create_country, put_calendar, update as update_country};
pub use api::routes;
pub use model::{CalendarDay, Country, CountryCode, CountryInput, DayKind};
pub use store::{calendar, find as country, working_calendar};
