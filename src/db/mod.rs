//! Two databases, one set of queries: SQLite and PostgreSQL behind the enum [`Db`].

mod asynchronous;
mod conn;
mod copy;
mod count;
mod database;
mod delayed;
pub mod dispatch;
mod lists;
mod maintenance;
mod pool;
pub(crate) mod prepared;
pub(crate) mod raw;
pub mod schema;
pub(crate) mod search;
mod transaction;
pub mod types;
mod watch;

pub use conn::{Db, MultiBackend};
pub use copy::remove_abandoned_copies;
pub use count::Countable;
pub use database::Database;
pub use delayed::LaterRow;
pub use lists::{STREAMED_ROWS, among, grouped, unique};
pub use pool::observe_statements;
pub use transaction::Tx;
pub use types::*;
