//! What planning looks at, the agenda, the ledger, and the deliveries. Reads commitments, commissions, calendars,
//! delegates and grants (read models).

mod agenda;
mod deliveries;
mod ledger;
mod scene;

pub use agenda::{CheckPosition, due, due_within, forget, look_at};
pub use deliveries::{Delivery, Filter, country_of, find, list, requeue};
pub use ledger::{
    Row as RecordedStep, WaitingEmail, extend, insert as insert_ledger, of_deliveries, recent, release, strike,
    supersede as supersede_ledger, waiting,
};
pub use scene::{scene, scene_with_ledger, zones};
