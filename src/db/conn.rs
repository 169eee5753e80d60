//! The connection enum.

use diesel::{Connection, PgConnection, SqliteConnection};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Db {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// The type that manages the transactions of a connection.
pub(super) type TxManager = <Db as Connection>::TransactionManager;
