//! Commitments, assignments, updates, reviews, extensions, the follow-up sheet.

mod follow_up;
mod life;
mod progress;
mod records;
mod scene;
