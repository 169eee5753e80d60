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
use crate::text::hex;

const ACTION: &str = "sign_in_refused";
const USER: &str = "user";
const ADDRESS: &str = "account";
/// The time during which refused sign-ins of an account and client are counted together.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// The maximum number of entries of a day (UTC) for accounts, and for addresses without a user.
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
    hex(&Sha256::digest(address.as_bytes()))
}

/// The refused sign-ins that are not written yet, counted by account and client.
#[derive(Debug, Default)]
pub(super) struct Refusals(HashMap<(Account, IpAddr), (Instant, i32)>);

impl Refusals {
    /// Counts one refusal. Returns false when there is no space for another account and client.
    pub(super) fn add(&mut self, address: &str, user: Option<UserId>, client: IpAddr, at: Instant) -> bool {
        self.count((Account::of(address, user), client), (at, 1))
    }

    /// Adds the counts of another set.
    pub(super) fn join(&mut self, others: Self) {
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

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of refused sign-ins.
    pub(super) fn number(&self) -> u64 {
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
pub(super) fn write(tx: &mut Tx<'_>, refusals: &Refusals) -> Result<bool> {
    dispatch::lock_name(tx.conn, ACTION)?;
    let mut allowance = Allowance::of_the_day(tx)?;
    close_windows(tx, &mut allowance)?;
    let mut left_out = 0;
    for ((account, client), counted) in &refusals.0 {
        if !count(tx, account, *client, *counted, &mut allowance)? {
            left_out += counted.1;
        }
    }
    if left_out > 0 {
        tracing::warn!(
            left_out,
            most = MOST_A_DAY,
            "the audit log has the maximum number of refused sign-ins for today"
        );
    }
    let open: Option<String> = refused_sign_ins::table.select(refused_sign_ins::account).first(tx.conn).optional()?;
    Ok(open.is_some())
}

/// The numbers of entries that may still be written today. Addresses without a user cannot use up those of accounts.
struct Allowance {
    users: i64,
    unknown: i64,
}

impl Allowance {
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

    /// Subtracts one entry; returns false when no more entries may be written.
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
    allowance: &mut Allowance,
) -> Result<bool> {
    let client = client.to_string();
    let window = refused_sign_ins::table.find((&account.id, &client));
    let counted = diesel::update(window).set(refused_sign_ins::further.eq(refused_sign_ins::further + number));
    if counted.execute(tx.conn)? == 1 {
        return Ok(true);
    }
    let (account, is_user) = (account.id.clone(), account.is_user);
    let window = Window { account, client, is_user, since: at, further: number - 1 };
    if !write_entry(tx, &window, 1, allowance)? {
        return Ok(false);
    }
    diesel::insert_into(refused_sign_ins::table).values(&window).execute(tx.conn)?;
    Ok(true)
}

/// Removes the windows that are over; a window with more than its first refusal becomes an entry.
fn close_windows(tx: &mut Tx<'_>, allowance: &mut Allowance) -> Result<()> {
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
        write_entry(tx, &last, number, allowance)?;
    }
    Ok(())
}

/// Writes an entry at the moment of the window; returns false when the maximum of the day is reached.
fn write_entry(tx: &mut Tx<'_>, window: &Window, number: i32, allowance: &mut Allowance) -> Result<bool> {
    if !allowance.take(window.is_user) {
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
    fn unknown_addresses_do_not_use_up_the_entries_of_accounts() {
        let mut allowance = Allowance { users: 1, unknown: 1 };
        assert!(allowance.take(false) && !allowance.take(false) && !allowance.take(false));
        assert!(allowance.take(true) && !allowance.take(true));
    }
}
