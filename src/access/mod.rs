//! The records that an [`Actor`](crate::identity::Actor) may know and write.
//!
//! * A **coordinator** knows and writes everything of the country, a **secretariat** everything of its commissions.
//! * A **representative** knows the commissions where the institution is a member today, less what is restricted, and
//!   always the records that name the institution. A grant can be bounded to one commission. It then opens only that
//!   commission: everything that a member may read while the institution is a member, and at all times the records of
//!   the commission that name the institution. An **observer** knows one commission, less what is restricted.
//! * A record with several commissions is read and written through any one of them. A commission that a body names
//!   anew must be one that the caller may write for, or be named together with one of the same country that the caller
//!   may write for (a joint record): else 403, or 404 where the caller may not know it.
//!
//! [`Visibility`] is the rule for reading as data. The store of each slice turns it into SQL, so that a record that
//! may not be known is a 404 for every kind of request. The rules for writing are pairs of functions: `may_*` returns a
//! boolean, `require_*` refuses with 403.

mod conditions;
mod hits;
mod references;
mod rights;
mod store;
mod visibility;

pub(crate) use conditions::CurrentDays;
pub(crate) use hits::{COUNTED_ROWS, Hit, HitPaging, MOST_COUNTED};
pub(crate) use references::{
    check_attachments, check_countries, check_files, check_institutions, makes_a_cycle, new_references, same_country,
    target_commissions, target_country,
};
pub(crate) use rights::{
    may_coordinate, may_coordinate_anywhere, may_write, may_write_anywhere, require_coordinator, require_writer,
};
pub(crate) use store::{
    CommissionRef, commission_refs, country_day, country_zone, current_days, known_commissions, visible_commissions,
};
pub use visibility::Visibility;

pub(crate) use crate::identity::require;
