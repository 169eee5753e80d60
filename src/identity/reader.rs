//! The person who reads a page, kept for the page of an error, so that the database is not read a second time.

use std::sync::{Arc, OnceLock};

use super::actor::Actor;

/// Holds the person of a request once a transaction of the request has loaded the person. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reader(Arc<OnceLock<Actor>>);

impl Reader {
    /// Keeps the person, unless that is done already.
    pub(super) fn note(reader: Option<&Self>, actor: &Actor) {
        if let Some(Self(kept)) = reader {
            kept.get_or_init(|| actor.clone());
        }
    }

    /// Returns the person; None when no transaction has begun.
    pub(super) fn actor(&self) -> Option<&Actor> {
        self.0.get()
    }
}
