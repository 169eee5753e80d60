//! The web pages as a browser without a script uses them. `well_formed` checks every page; the other files follow what
//! people do. [`Browser`](crate::support::Browser) signs in, opens pages, and fills and sends their forms.

mod account;
mod agreements;
mod base;
mod commitments;
mod directory;
mod forms;
mod meetings;
mod minutes;
mod progress;
mod start;
pub(crate) mod well_formed;
