//! Declares how a kind of record is entered, where its slice does it in the usual way.

/// `entered!(Type: Input, Kind::X, SHAPE, all, create(with or without owner), update, { more items })`.
macro_rules! entered {
    ($type:ty: $input:ty, $kind:ident, $shape:ident, $all:expr, $create:expr, $update:expr $(, { $($more:item)* })?) => {
        impl $crate::datasets::import::Entered for $type {
            const KIND: $crate::datasets::model::Kind = $crate::datasets::model::Kind::$kind;
            const SHAPE: &'static $crate::datasets::references::Shape = &$crate::datasets::references::$shape;
            type Input = $input;
            type Output = Self;

            fn id(record: &Self) -> uuid::Uuid {
                record.id.into()
            }

            fn input(record: &Self) -> $input {
                record.input()
            }

            fn all(
                conn: &mut $crate::db::Db,
                country: &str,
                now: $crate::clock::Instant,
            ) -> $crate::error::Result<Vec<Self>> {
                ($all)(conn, country, now)
            }

            fn create(
                tx: &mut $crate::db::Tx<'_>,
                actor: &$crate::identity::Actor,
                owner: uuid::Uuid,
                input: $input,
                aside: &$crate::datasets::model::Fields,
            ) -> $crate::error::Result<Self> {
                ($create)(tx, actor, owner, input, aside)
            }

            fn update(
                tx: &mut $crate::db::Tx<'_>,
                actor: &$crate::identity::Actor,
                (owner, id): (uuid::Uuid, uuid::Uuid),
                input: $input,
            ) -> $crate::error::Result<Self> {
                ($update)(tx, actor, owner, id, input)
            }

            $($($more)*)?
        }
    };
}

pub(super) use entered;
