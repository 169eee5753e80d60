//! Lists that hang on the records of one country: one query each.

use std::collections::HashMap;

/// What hangs on the records of one country, by owner and in order.
macro_rules! links {
    ($conn:expr, $country:expr, $table:ident ($owner:ident, $value:ident) of $parent:ident) => {{
        use crate::db::schema::$table;
        let rows: Vec<(_, _)> = $table::table
            .inner_join($parent::table)
            .filter($parent::country_code.eq($country))
            .order(($table::$owner, $table::position))
            .select(($table::$owner, $table::$value))
            .load($conn)?;
        $crate::reports::store::links::grouped(rows)
    }};
    ($conn:expr, $country:expr, themes $table:ident ($owner:ident) of $parent:ident) => {{
        use crate::db::schema::$table;
        let rows: Vec<(_, _)> = $table::table
            .inner_join($parent::table)
            .filter($parent::country_code.eq($country))
            .order(($table::$owner, $table::theme))
            .select(($table::$owner, $table::theme))
            .load($conn)?;
        $crate::reports::store::links::grouped(rows)
    }};
}

pub(super) use links;

/// The values of each owner, in the order in which they came.
pub(super) fn grouped<K: Eq + std::hash::Hash, V>(rows: Vec<(K, V)>) -> HashMap<K, Vec<V>> {
    let mut lists: HashMap<K, Vec<V>> = HashMap::new();
    for (owner, value) in rows {
        lists.entry(owner).or_default().push(value);
    }
    lists
}

/// The owner's list, taken out; empty when there is none.
pub(super) fn take<K: Eq + std::hash::Hash, V>(lists: &mut HashMap<K, Vec<V>>, key: &K) -> Vec<V> {
    lists.remove(key).unwrap_or_default()
}
