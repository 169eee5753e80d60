//! The public view: pages that anybody may read, without an account, a cookie or a session.
//!
//! The whole view is switched on by `ARTICULA_PUBLIC`; a coordinator marks each commission as `public`. While either is
//! missing, every address is a 404 for everybody, also for those who are signed in.
//!
//! * **Shown** of a public commission: its name, the sessions that it held, the agreements of approved minutes, the state
//!   of its commitments by institution in numbers. Of a country with a public commission: the approved reports on plans
//!   known to observers of these commissions.
//! * **Never shown**: persons, attendance, votes, agendas, texts and comments of minutes, evidence, drafts, restricted
//!   records, and anything of a commission that is not public, its name included. The types of the [`model`] have no
//!   place for these.
//! * A text is left out as a whole if it seems to contain personal data, states a count of people below ten, or names a
//!   person or a commission that is not public, by a present or a former name ([`Screen`](model::Screen)). An answer of a
//!   report is left out too if it cites a record that is not public. Nothing tells which records are left out.
//!
//! The visibility rule for an observer of the public commissions decides what may be known. Sessions have no free
//! text: their kind, number and day name them. Admins list and remove the former names that the screen
//! knows. Decision 29 has the reasons.

mod former_names;
mod model;
mod reading;
mod store;
mod web;

pub(crate) use former_names::routes;
pub(crate) use web::pages;
