//! What an [`Actor`] may know and write.
//!
//! * A **coordinator** knows and writes everything of the country, a **secretariat** everything of its commissions.
//! * A **representative** knows the commissions where the institution is a member today, less what is restricted, and
//!   always the records that name the institution. A grant can be bounded to one commission. It then opens only that
//!   commission: everything that a member may read while the institution is a member, and at all times the records of
//!   the commission that name the institution. An **observer** knows one commission, less what is restricted.
//! * A record with several commissions is read and written through any one of them; a commission that a body
//!   names anew must be one that the caller may write for: 403, or 404 where the caller may not know it.
//!
//! [`Visibility`] is the visible-to rule as data: every slice's store turns it into SQL, so that what may not be known
//! is a 404 through every door.

mod chain;
mod store;
mod targets;
mod visibility;

pub use chain::makes_a_cycle;
pub use store::{CommissionRef, commission_refs, country_zone, known_commissions};
pub use targets::{Table, citable_files, known, may_write, of_country, pointed, target_commissions, target_country};
pub use visibility::Visibility;
