//! Lists that hang on a record (its commissions, themes, institutions): one query for a whole page of records.

/// Inserts rows in one statement; nothing for none. The enum cannot take a list, each of the two databases can.
#[macro_export]
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr) => {{
        let (conn, rows): (&mut $crate::db::Db, _) = ($conn, $rows);
        if !rows.is_empty() {
            match conn {
                $crate::db::Db::Pg(inner) => {
                    diesel::RunQueryDsl::execute(diesel::insert_into($table).values(rows), inner)?
                }
                $crate::db::Db::Sqlite(inner) => {
                    diesel::RunQueryDsl::execute(diesel::insert_into($table).values(rows), inner)?
                }
            };
        }
        Ok::<(), $crate::error::Error>(())
    }};
}

/// Declares `load` and `replace` for a link table with an owner, a position and a value.
///
/// `load(conn, &[owner]) -> HashMap<owner, Vec<value>>` in order; `replace(conn, owner, &[value])`.
#[macro_export]
macro_rules! ordered_links {
    ($(#[$doc:meta])* $module:ident: $table:ident ($owner:ident: $owner_type:ty, $value:ident: $value_type:ty)) => {
        $(#[$doc])*
        pub mod $module {
            use std::collections::HashMap;

            use diesel::prelude::*;

            use $crate::db::{Db, schema::$table::dsl};
            use $crate::error::Result;

            pub fn load(conn: &mut Db, owners: &[$owner_type]) -> Result<HashMap<$owner_type, Vec<$value_type>>> {
                let mut lists: HashMap<$owner_type, Vec<$value_type>> = HashMap::new();
                if owners.is_empty() {
                    return Ok(lists);
                }
                let links = dsl::$table.order((dsl::$owner, dsl::position)).select((dsl::$owner, dsl::$value));
                let rows: Vec<($owner_type, $value_type)> = $crate::load_among!(conn, links, dsl::$owner, owners)?;
                for (owner, value) in rows {
                    lists.entry(owner).or_default().push(value);
                }
                Ok(lists)
            }

            pub fn insert(conn: &mut Db, owner: $owner_type, values: &[$value_type]) -> Result<()> {
                let rows: Vec<_> = (0_i32..)
                    .zip(values)
                    .map(|(position, value)| (dsl::$owner.eq(owner), dsl::position.eq(position), dsl::$value.eq(value)))
                    .collect();
                $crate::insert_all!(conn, dsl::$table, &rows)
            }

            pub fn replace(conn: &mut Db, owner: $owner_type, values: &[$value_type]) -> Result<()> {
                diesel::delete(dsl::$table.filter(dsl::$owner.eq(owner))).execute(conn)?;
                insert(conn, owner, values)
            }
        }
    };
}

/// The same for a link table without positions: the themes of a record, in the order of the enum.
#[macro_export]
macro_rules! theme_links {
    ($module:ident: $table:ident ($owner:ident: $owner_type:ty)) => {
        pub mod $module {
            use std::collections::HashMap;

            use diesel::prelude::*;

            use $crate::db::{Db, schema::$table::dsl};
            use $crate::error::Result;
            use $crate::themes::Theme;

            pub fn load(conn: &mut Db, owners: &[$owner_type]) -> Result<HashMap<$owner_type, Vec<Theme>>> {
                let mut lists: HashMap<$owner_type, Vec<Theme>> = HashMap::new();
                if owners.is_empty() {
                    return Ok(lists);
                }
                let links = dsl::$table.select((dsl::$owner, dsl::theme));
                let rows: Vec<($owner_type, Theme)> = $crate::load_among!(conn, links, dsl::$owner, owners)?;
                for (owner, theme) in rows {
                    lists.entry(owner).or_default().push(theme);
                }
                lists.values_mut().for_each(|list| list.sort_unstable());
                Ok(lists)
            }

            pub fn insert(conn: &mut Db, owner: $owner_type, themes: &[Theme]) -> Result<()> {
                let rows: Vec<_> = themes.iter().map(|theme| (dsl::$owner.eq(owner), dsl::theme.eq(theme))).collect();
                $crate::insert_all!(conn, dsl::$table, &rows)
            }

            pub fn replace(conn: &mut Db, owner: $owner_type, themes: &[Theme]) -> Result<()> {
                diesel::delete(dsl::$table.filter(dsl::$owner.eq(owner))).execute(conn)?;
                insert(conn, owner, themes)
            }
        }
    };
}
