//! Two databases, one set of queries.

mod among;
mod conn;
pub mod dispatch;
pub mod links;
mod migrate;
pub mod schema;
pub mod types;

pub use among::among;
pub use conn::{Database, Db, MultiBackend, Tx, sqlite_path};
pub use types::*;
