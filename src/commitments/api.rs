//! `/commitments` and what hangs on them.

mod assignments;
mod calendar;
mod commitments;
mod follow_up;
mod progress;

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    commitments::routes(cfg);
    assignments::routes(cfg);
    progress::routes(cfg);
    follow_up::routes(cfg);
    calendar::routes(cfg);
}
