//! Whose day it is for a commitment.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use crate::db::schema::{commissions, commitments, countries};

diesel::define_sql_function! {
    /// The first that is there.
    fn coalesce(first: Nullable<Text>, second: Text) -> Text;
}

/// The time zone of the lead commission, else of its country. A subquery and no join, so that the order of the
/// index on terms is kept and only the rows of the page are looked up.
#[diesel::dsl::auto_type]
pub fn zone() -> _ {
    commissions::table
        .inner_join(countries::table)
        .filter(commissions::id.eq(commitments::lead_commission_id))
        .select(coalesce(commissions::time_zone, countries::time_zone))
        .single_value()
}
