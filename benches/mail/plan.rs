//! Measures planning of a day on which 5,000 assignments are due, with up to a million open ones.

use std::time::{Duration, Instant};

use articula::db::Database;
use articula::testing::reminders::{PlanningTime, queue_due};

use crate::seed;

const INSTITUTIONS: usize = 1_000;
/// Due on the day: 5,000 assignments.
const DUE: usize = 1_250;

/// Prints one line for each number of open assignments.
pub(crate) fn measure(db: &Database) {
    seed::country(db, INSTITUTIONS);
    println!("{}: 5,000 assignments due, of so many open", db.kind());
    println!(
        "| open | first check of all, s | the day's planning, ms | statements | more memory, MiB | nothing due, ms |"
    );
    let mut known = 0;
    for (n, open) in [10_000, 100_000, 1_000_000].into_iter().enumerate() {
        let all = open / 4;
        let due = format!("2030-03-{:02}", 12 + n);
        seed::commitments(db, (known, known + DUE), INSTITUTIONS, &due);
        let mut from = known + DUE;
        while from < all {
            let to = (from + 25_000).min(all);
            seed::commitments(db, (from, to), INSTITUTIONS, "2031-06-30");
            from = to;
        }
        known = all;
        seed::analyse(db, seed::RECORD);
        let (first, _, _) = plan(db, &format!("2030-03-{:02}T12:00:00Z", 4 + n));
        let (day, statements, memory) = plan(db, &format!("2030-03-{:02}T14:00:00Z", 5 + n));
        let (idle, _, _) = plan(db, &format!("2030-03-{:02}T14:01:00Z", 5 + n));
        println!(
            "| {open} | {:.1} | {} | {statements} | {memory:.1} | {:.1} |",
            first.as_secs_f64(),
            day.as_millis(),
            idle.as_secs_f64() * 1000.0
        );
        seed::run(
            db,
            "UPDATE deliveries SET status = 'sent', sent_at = created_at, next_attempt_at = '9999-12-31 00:00:00', leased_until = NULL",
        );
    }
}

/// Returns the time that planning takes, its number of statements, and the most memory that it adds.
fn plan(db: &Database, moment: &str) -> (Duration, u64, f64) {
    let now = articula::clock::Instant::parse(moment).unwrap();
    drop(std::fs::write("/proc/self/clear_refs", "5"));
    let (before, statements, began) = (memory("VmRSS"), db.statements(), Instant::now());
    queue_due(db, PlanningTime::Now(now)).unwrap();
    (began.elapsed(), db.statements() - statements, memory("VmHWM") - before)
}

/// Returns a memory figure of this process, in MiB.
fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let kib: Option<f64> = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    kib.unwrap_or_default() / 1024.0
}
