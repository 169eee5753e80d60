//! The audit log: changes, sign-ins, reads of restricted records; and the log of the program.

mod entries;
mod program_log;
mod reads;
mod sign_ins;

use serde_json::Value;

use crate::support::{Person, World};

/// Returns the newest entries of an action, after all waiting entries are written.
fn entries_of(world: &World, reader: &Person<'_>, filter: &str) -> Vec<Value> {
    assert!(world.state.audit.flush(std::time::Duration::from_secs(20)), "the audit log was not written");
    reader.get(&format!("/audit-log?limit=50&{filter}")).expect(200).items().to_vec()
}
