//! Commitments, assignments, updates, reviews, extensions, the follow-up sheet.
