//! Lists that belong to the records of one country, such as the commissions of its activities: one query each.

use std::collections::HashMap;

/// Loads the values of a link table for the records of one country, by owner and in order.
macro_rules! links {
    ($conn:expr, $country:expr, $table:ident ($owner:ident, $value:ident) of $parent:ident) => {
        links!($conn, $country, $table ($owner, $value) by position of $parent)
    };
    ($conn:expr, $country:expr, themes $table:ident ($owner:ident) of $parent:ident) => {
        links!($conn, $country, $table ($owner, theme) by theme of $parent)
    };
    ($conn:expr, $country:expr, $table:ident ($owner:ident, $value:ident) by $order:ident of $parent:ident) => {{
        use $crate::db::schema::$table;
        let rows: Vec<(_, _)> = $table::table
            .inner_join($parent::table)
            .filter($parent::country_code.eq($country))
            .order(($table::$owner, $table::$order))
            .select(($table::$owner, $table::$value))
            .load($conn)?;
        $crate::db::grouped(rows)
    }};
}

pub(super) use links;

/// Takes out the owner's list; empty when there is none.
pub(super) fn take<K: Eq + std::hash::Hash, V>(lists: &mut HashMap<K, Vec<V>>, key: &K) -> Vec<V> {
    lists.remove(key).unwrap_or_default()
}
