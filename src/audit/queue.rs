//! Entries that a separate thread writes, never the request that they describe: reads of restricted records, exports,
//! fetched files and refused sign-ins.
//!
//! An entry is in the database within two seconds while the database takes writes. The length of the queue is limited.
//! When it is full, or when the program ends before the database took an entry, the whole entry is written to the log
//! of the program as an error, and is counted.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::sign_ins::{self, Refusals};
use super::{Change, record};
use crate::clock::{Clock, Instant, stopwatch};
use crate::db::{Database, Tx, UserId};
use crate::error::Result;

/// The maximum number of entries that wait at a time.
const CAPACITY: usize = 2_000;
/// The maximum number of entries that one transaction writes, so that others do not wait for long.
const BATCH: usize = 200;
/// The time during which entries are gathered before they are written.
const GATHER: Duration = Duration::from_millis(300);
/// The time that the thread waits after the database refused a write.
const AGAIN: Duration = Duration::from_secs(1);
/// The time between two checks for windows that are over, while a window of refused sign-ins is open.
const LOOK: Duration = Duration::from_secs(30);

/// An entry that is written later.
#[derive(Debug, Clone)]
pub struct Entry {
    pub at: Instant,
    pub user: Option<UserId>,
    pub client: Option<IpAddr>,
    pub action: &'static str,
    pub kind: String,
    pub record_id: String,
    pub country: Option<String>,
    pub after: Option<Value>,
}

/// The queue; cheap to clone. Its thread ends with the last clone.
#[derive(Clone, Default)]
pub struct AuditQueue(Arc<Sender>);

#[derive(Default)]
struct Sender(Arc<Shared>);

impl Drop for Sender {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.changed.notify_all();
    }
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    changed: Condvar,
    dropped: AtomicU64,
}

#[derive(Default)]
struct Waiting {
    entries: VecDeque<Entry>,
    refusals: Refusals,
    /// The refused sign-ins that are being written. The entries that are being written stay in the queue until they
    /// are.
    writing: Option<u64>,
    /// The number of turns that were requested, and of turns that are over.
    asked: u64,
    done: u64,
    started: bool,
    closed: bool,
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.refusals.is_empty() && self.writing.is_none()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, waiting: MutexGuard<'s, Waiting>, at_most: Duration) -> MutexGuard<'s, Waiting> {
        self.changed.wait_timeout(waiting, at_most).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Writes everything that waits to the log of the program instead.
    fn give_up(&self, mut waiting: MutexGuard<'_, Waiting>) {
        let entries = std::mem::take(&mut waiting.entries);
        let refused = std::mem::take(&mut waiting.refusals).number() + waiting.writing.unwrap_or_default();
        drop(waiting);
        entries.iter().for_each(|entry| self.drop_entry(entry));
        if refused > 0 {
            self.dropped.fetch_add(refused, Ordering::Relaxed);
            tracing::error!(refused, "refused sign-ins are not in the audit log");
        }
    }

    fn drop_entry(&self, entry: &Entry) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
        let Entry { at, user, client, action, kind, record_id, country, after } = entry;
        let (user, client) = (user.map(|id| id.to_string()), client.map(|address| address.to_string()));
        let after = after.as_ref().map(Value::to_string);
        tracing::error!(%at, user, client, action, kind, record_id, country, after, "not in the audit log");
    }
}

impl AuditQueue {
    /// Starts the thread that writes. A second call does nothing.
    pub fn start(&self, db: Database, clock: Clock) {
        let shared = Arc::clone(&self.0.0);
        if std::mem::replace(&mut shared.lock().started, true) {
            return;
        }
        let writer = Writer { shared, db, clock, windows_open: true };
        if let Err(error) = std::thread::Builder::new().name("audit".to_owned()).spawn(move || writer.run()) {
            tracing::error!(%error, "the audit log cannot be written: no thread");
        }
    }

    /// Adds an entry. When the queue is full, the entry goes to the log of the program.
    pub fn add(&self, entry: Entry) {
        let mut waiting = self.0.0.lock();
        if waiting.entries.len() < CAPACITY {
            waiting.entries.push_back(entry);
            self.0.0.changed.notify_all();
        } else {
            drop(waiting);
            self.0.0.drop_entry(&entry);
        }
    }

    /// Notes a refused sign-in. `account` is the address in the form used for comparison; `user` is the user with that
    /// address, if there is one.
    pub fn sign_in_refused(&self, account: &str, user: Option<UserId>, client: IpAddr, at: Instant) {
        let shared = &self.0.0;
        if shared.lock().refusals.add(account, user, client, at) {
            shared.changed.notify_all();
        } else {
            shared.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Returns the number of entries that could not be written to the audit log since the start.
    pub fn dropped(&self) -> u64 {
        self.0.0.dropped.load(Ordering::Relaxed)
    }

    /// Writes everything that waits, and closes the windows of refused sign-ins that are over. Returns false when
    /// something still waits, for example because the time was too short.
    pub fn flush(&self, at_most: Duration) -> bool {
        let (started, shared) = (stopwatch(), &self.0.0);
        let mut waiting = shared.lock();
        waiting.asked += 1;
        let wanted = waiting.asked;
        shared.changed.notify_all();
        while waiting.done < wanted {
            let Some(left) = at_most.checked_sub(started.elapsed()) else { return false };
            waiting = shared.wait(waiting, left);
        }
        waiting.is_empty()
    }

    /// Writes everything that waits before the program ends. Entries that the database does not take in time go to the
    /// log.
    pub fn close(&self, at_most: Duration) {
        if self.0.0.lock().is_empty() || self.flush(at_most) {
            return;
        }
        self.0.0.give_up(self.0.0.lock());
    }
}

/// The thread that writes.
struct Writer {
    shared: Arc<Shared>,
    db: Database,
    clock: Clock,
    /// True when a window of refused sign-ins may be open.
    windows_open: bool,
}

impl Writer {
    fn run(mut self) {
        while let Some((turn, entries, refusals)) = self.wait_for_work() {
            let written = self.write(&entries, &refusals);
            let failed = written.is_err();
            let mut waiting = self.shared.lock();
            waiting.writing = None;
            if let Err(error) = written {
                tracing::error!(%error, entries = entries.len(), "the audit log could not be written");
                waiting.refusals.join(refusals);
            } else {
                let written = entries.len().min(waiting.entries.len());
                waiting.entries.drain(..written);
                if entries.len() < BATCH {
                    waiting.done = turn;
                }
            }
            if failed && waiting.closed {
                return self.shared.give_up(waiting);
            }
            drop(waiting);
            self.shared.changed.notify_all();
            if failed {
                std::thread::sleep(AGAIN);
            }
        }
    }

    /// Waits for work and returns it: the number of the turn, and what to write in it. Returns None once the queue is
    /// closed and empty.
    fn wait_for_work(&self) -> Option<(u64, Vec<Entry>, Refusals)> {
        let (idle, mut gathering) = (stopwatch(), None);
        let mut waiting = self.shared.lock();
        loop {
            let asked = waiting.asked > waiting.done || waiting.closed;
            let gathered = gathering.is_some_and(|since: std::time::Instant| since.elapsed() >= GATHER);
            if waiting.closed && waiting.is_empty() {
                return None;
            }
            if asked || gathered || (self.windows_open && idle.elapsed() >= LOOK) {
                break;
            }
            if gathering.is_none() && !waiting.is_empty() {
                gathering = Some(stopwatch());
            }
            waiting = self.shared.wait(waiting, if gathering.is_some() { GATHER } else { LOOK });
        }
        let entries = waiting.entries.iter().take(BATCH).cloned().collect();
        let refusals = std::mem::take(&mut waiting.refusals);
        waiting.writing = Some(refusals.number());
        Some((waiting.asked, entries, refusals))
    }

    /// Writes all entries of a turn, or none of them.
    fn write(&mut self, entries: &[Entry], refusals: &Refusals) -> Result<()> {
        let look = !refusals.is_empty() || self.windows_open;
        if entries.is_empty() && !look {
            return Ok(());
        }
        let open = self.db.write(None, self.clock.now(), |tx| {
            entries.iter().try_for_each(|entry| write_entry(tx, entry))?;
            if look { sign_ins::write(tx, refusals) } else { Ok(false) }
        })?;
        self.windows_open = open;
        Ok(())
    }
}

fn write_entry(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    (tx.who, tx.client, tx.recorded_at) = (entry.user, entry.client, entry.at);
    let change =
        Change { action: entry.action, kind: &entry.kind, id: &entry.record_id, country: entry.country.as_deref() };
    record(tx, change, None::<&()>, entry.after.as_ref())
}
