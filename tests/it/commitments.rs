//! Commitments, assignments, updates, reviews, extensions, the follow-up sheet.

mod bulk;
mod drafts;
mod extensions;
mod fixture;
mod follow_up;
mod life;
mod lists;
mod progress;
mod records;
mod reviews;
