//! Two databases, one set of queries.

mod among;
mod asynchronous;
mod conn;
mod database;
pub mod dispatch;
pub mod links;
mod migrate;
mod pool;
mod ready;
pub mod schema;
pub mod types;
mod watch;

pub use among::among;
pub use conn::{Db, MultiBackend, Tx};
pub use database::{Database, WRITE_WAIT};
pub use pool::sqlite_path;
pub use types::*;
