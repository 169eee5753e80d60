//! Refused sign-ins in the audit log. The first refusal for an account and client within a quarter of an hour becomes
//! an entry at once. The others become one entry, with their number, when the quarter of an hour is over. An attack
//! cannot fill the log: a day has at most 10,000 such entries.

use std::collections::HashMap;
use std::net::IpAddr;

use chrono::{Days, NaiveTime, TimeDelta};
use diesel::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Change, record};
use crate::clock::Instant;
use crate::db::schema::{audit_log, refused_sign_ins};
use crate::db::{Tx, UserId, dispatch};
use crate::error::Result;

const ACTION: &str = "sign_in_refused";
const USER: &str = "user";
const ADDRESS: &str = "account";
/// How long refused sign-ins of an account and client are counted together.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// The most entries of a day, in UTC, of accounts; and as many of addresses that nobody has.
const MOST_A_DAY: i64 = 10_000;
/// The maximum number of pairs of account and client that are kept in memory at a time.
const MOST_WAITING: usize = 10_000;

/// The account whose sign-in was refused: a user, or an address without a user, of which only the hash is kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Account {
    is_user: bool,
    id: String,
}

impl Account {
    fn of(address: &str, user: Option<UserId>) -> Self {
        match user {
            Some(user) => Self { is_user: true, id: user.to_string() },
            None => Self { is_user: false, id: hash_of(address) },
        }
    }

    fn kind(&self) -> &'static str {
        if self.is_user { USER } else { ADDRESS }
    }
}

fn hash_of(address: &str) -> String {
    Sha256::digest(address.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The refused sign-ins that are not written yet, counted by account and client.
#[derive(Debug, Default)]
pub struct Refusals(HashMap<(Account, IpAddr), (Instant, i32)>);

impl Refusals {
    /// Counts one refusal. Returns false when there is no room for another account and client.
    pub fn add(&mut self, address: &str, user: Option<UserId>, client: IpAddr, at: Instant) -> bool {
        self.count((Account::of(address, user), client), (at, 1))
    }

    /// Adds the counts of another set.
    pub fn join(&mut self, others: Self) {
        for (of, counted) in others.0 {
            self.count(of, counted);
        }
    }

    fn count(&mut self, of: (Account, IpAddr), (at, number): (Instant, i32)) -> bool {
        if self.0.len() >= MOST_WAITING && !self.0.contains_key(&of) {
            return false;
        }
        let known = self.0.entry(of).or_insert((at, 0));
        *known = (known.0.min(at), known.1.saturating_add(number));
        true
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns how many sign-ins were refused.
    pub fn number(&self) -> u64 {
        self.0.values().map(|(_, number)| u64::from(number.unsigned_abs())).sum()
    }
}

/// The sign-ins of an account from a client that were refused since a moment, without the first one.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refused_sign_ins)]
struct Window {
    account: String,
    client: String,
    is_user: bool,
    since: Instant,
    further: i32,
}

/// Writes refused sign-ins and closes the windows that are over. Returns true while a window is open.
pub fn write(tx: &mut Tx<'_>, refusals: &Refusals) -> Result<bool> {
    dispatch::lock_name(tx.conn, ACTION)?;
    let mut room = Room::of_the_day(tx)?;
    close_windows(tx, &mut room)?;
    let mut left_out = 0;
    for ((account, client), counted) in &refusals.0 {
        if !count(tx, account, *client, *counted, &mut room)? {
            left_out += counted.1;
        }
    }
    if left_out > 0 {
        tracing::warn!(left_out, most = MOST_A_DAY, "the audit log takes no more refused sign-ins today");
    }
    let open: Option<String> = refused_sign_ins::table.select(refused_sign_ins::account).first(tx.conn).optional()?;
    Ok(open.is_some())
}

/// The entries that the day still takes: addresses that nobody has cannot use up the room of the accounts.
struct Room {
    users: i64,
    unknown: i64,
}

impl Room {
    fn of_the_day(tx: &mut Tx<'_>) -> Result<Self> {
        let day = tx.now.utc().date_naive();
        let start = |ahead| day.checked_add_days(Days::new(ahead)).unwrap_or(day).and_time(NaiveTime::MIN);
        let mut left = |kind: &str| -> Result<i64> {
            let of_the_day = audit_log::table
                .filter(audit_log::action.eq(ACTION))
                .filter(audit_log::kind.eq(kind))
                .filter(audit_log::at.ge(Instant::from(start(0))))
                .filter(audit_log::at.lt(Instant::from(start(1))));
            Ok(MOST_A_DAY - of_the_day.count().get_result::<i64>(tx.conn)?)
        };
        Ok(Self { users: left(USER)?, unknown: left(ADDRESS)? })
    }

    /// Takes the room of one entry; false when there is none.
    fn take(&mut self, is_user: bool) -> bool {
        let left = if is_user { &mut self.users } else { &mut self.unknown };
        *left -= 1;
        *left >= 0
    }
}

/// Counts refused sign-ins in their window; the first of a window becomes an entry. Returns false when the maximum of
/// the day is reached.
fn count(
    tx: &mut Tx<'_>,
    account: &Account,
    client: IpAddr,
    (at, number): (Instant, i32),
    room: &mut Room,
) -> Result<bool> {
    let client = client.to_string();
    let window = refused_sign_ins::table.find((&account.id, &client));
    let counted = diesel::update(window).set(refused_sign_ins::further.eq(refused_sign_ins::further + number));
    if counted.execute(tx.conn)? == 1 {
        return Ok(true);
    }
    let (account, is_user) = (account.id.clone(), account.is_user);
    let window = Window { account, client, is_user, since: at, further: number - 1 };
    if !write_entry(tx, &window, 1, room)? {
        return Ok(false);
    }
    diesel::insert_into(refused_sign_ins::table).values(&window).execute(tx.conn)?;
    Ok(true)
}

/// Removes the windows that are over; one that counted more than its first becomes an entry.
fn close_windows(tx: &mut Tx<'_>, room: &mut Room) -> Result<()> {
    let over = tx.now.plus(-WINDOW);
    let closed: Vec<Window> = refused_sign_ins::table
        .filter(refused_sign_ins::since.le(over))
        .order((refused_sign_ins::since, refused_sign_ins::account, refused_sign_ins::client))
        .select(Window::as_select())
        .load(tx.conn)?;
    diesel::delete(refused_sign_ins::table.filter(refused_sign_ins::since.le(over))).execute(tx.conn)?;
    for window in closed.into_iter().filter(|window| window.further > 0) {
        let number = window.further;
        let last = Window { since: window.since.plus(WINDOW), ..window };
        write_entry(tx, &last, number, room)?;
    }
    Ok(())
}

/// Writes an entry at the moment of the window; false when the day takes no more.
fn write_entry(tx: &mut Tx<'_>, window: &Window, number: i32, room: &mut Room) -> Result<bool> {
    if !room.take(window.is_user) {
        return Ok(false);
    }
    let account = Account { is_user: window.is_user, id: window.account.clone() };
    (tx.who, tx.client, tx.recorded_at) = (None, window.client.parse().ok(), window.since);
    let change = Change { action: ACTION, kind: account.kind(), id: &account.id, country: None };
    record(tx, change, None::<&()>, Some(&json!({ "number": number })))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_addresses_do_not_take_the_room_of_accounts() {
        let mut room = Room { users: 1, unknown: 1 };
        assert!(room.take(false) && !room.take(false) && !room.take(false));
        assert!(room.take(true) && !room.take(true));
    }
}
