//! Two databases, one set of queries.

mod among;
mod asynchronous;
mod conn;
mod copy;
mod database;
pub mod dispatch;
mod later;
pub mod links;
mod migrate;
mod pool;
mod ready;
mod remembered;
pub mod schema;
pub mod types;
mod watch;

pub use among::among;
pub use conn::{Db, MultiBackend, Tx};
pub use copy::remove_abandoned_copies;
pub use database::{Database, WRITE_WAIT};
pub use later::LaterRow;
pub use pool::sqlite_path;
pub use types::*;
