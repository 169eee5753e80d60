//! Reviews in a file. They are kept when the command line or an admin imports the file, and otherwise left out, so that
//! nobody can accept by file a report that the same person imports.

use super::Import;
use super::history::Known;
use super::parts::{Part, fixed};
use crate::clock::Instant;
use crate::commitments::{ReviewInput, import_review};
use crate::datasets::book::Named;
use crate::datasets::model::Kind;
use crate::datasets::references::UPDATE;
use crate::db::Tx;
use crate::error::Result;

impl Import {
    /// Returns whether this import keeps the reviews of its file.
    pub fn keeps_reviews(&self) -> bool {
        self.actor.is_admin()
    }

    /// Returns whether a review of this part was left out; a reopening then finds nothing that is closed.
    pub fn was_left_unreviewed(&self, part: Option<&Part>) -> bool {
        !self.keeps_reviews() && part.is_some_and(|part| part.updates.iter().any(|update| update.outcome.is_some()))
    }

    /// Takes a review, or notes that it was left out. A review that already exists is never changed.
    pub fn keep_review(
        &mut self,
        tx: &mut Tx<'_>,
        (place, at): (&str, Option<Instant>),
        key: &str,
        review: ReviewInput,
        known: &Known,
    ) -> Result<()> {
        let Named::Known(id) = self.book.named(Kind::Update, key) else { return Ok(()) };
        let held = known.updates.get(&id).and_then(|update| update.review.as_ref());
        if held.is_some_and(|held| (held.outcome, &held.comment) == (review.outcome, &review.comment)) {
            return Ok(());
        }
        if !self.keeps_reviews() {
            self.report.leave_aside(format!("{place}/review"), "review_left_out");
            return Ok(());
        }
        let saved = match held {
            Some(_) => Err(fixed("/review")),
            None => tx.attempt(|tx| {
                let (who, moment) = ((&self.actor, &self.importer), at.unwrap_or(tx.now));
                tx.as_of(moment, |tx| import_review(tx, who, id.into(), review, at.is_none()))
            }),
        };
        self.told(&UPDATE, place, saved).map(|_| ())
    }
}
