//! What planning looks at, the ledger, and the deliveries. Reads commitments, commissions, calendars, delegates and
//! grants (read models).

mod contacts;
mod deliveries;
mod scene;

pub use deliveries::{Delivery, Filter, country_of, find, insert_ledger, list, requeue};
pub use scene::{scene_of, scene_until, zones};
