//! Commitments, assignments, updates, reviews, extensions, the follow-up sheet.

mod extensions;
mod fixture;
mod follow_up;
mod life;
mod progress;
mod records;
mod reviews;
