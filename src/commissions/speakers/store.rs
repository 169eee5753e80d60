//! Delegates of today with where mail reaches them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;

use crate::clock::Instant;
use crate::commissions::Capacity;
use crate::db::schema::{commissions, countries, delegates, users};
use crate::db::{CommissionId, Db, DelegateId, InstitutionId, UserId};
use crate::error::Result;
use crate::i18n::Lang;

/// A delegate of today, principal or alternate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    pub delegate_id: DelegateId,
    pub capacity: Capacity,
    /// None for a person who does not sign in.
    pub user_id: Option<UserId>,
    pub name: String,
    /// None where no address is known.
    pub email: Option<String>,
    /// The user's language; None for a person who does not sign in.
    pub language: Option<Lang>,
}

type UserRow = (String, String, Lang, bool);
type Row = (
    (DelegateId, CommissionId, InstitutionId, Capacity, Option<UserId>, Option<String>, Option<String>),
    (Option<NaiveDate>, Option<NaiveDate>),
    Option<UserRow>,
    (Option<String>, String),
);

/// The delegates of today, principals before alternates, of each of these institutions in these commissions.
/// Today is the commission's own; disabled users speak for nobody. One query, whatever the number of pairs.
pub fn speakers(
    conn: &mut Db,
    pairs: &[(CommissionId, InstitutionId)],
    now: Instant,
) -> Result<HashMap<(CommissionId, InstitutionId), Vec<Speaker>>> {
    let wanted: HashSet<_> = pairs.iter().copied().collect();
    let bodies: HashSet<_> = pairs.iter().map(|(commission, _)| *commission).collect();
    let rows: Vec<Row> = delegates::table
        .inner_join(commissions::table.inner_join(countries::table))
        .left_join(users::table)
        .filter(delegates::commission_id.eq_any(bodies))
        .order((delegates::capacity.desc(), delegates::id))
        .select((
            (
                delegates::id,
                delegates::commission_id,
                delegates::institution_id,
                delegates::capacity,
                delegates::user_id,
                delegates::name,
                delegates::email,
            ),
            (delegates::from_date, delegates::to_date),
            (users::name, users::email, users::language, users::disabled).nullable(),
            (commissions::time_zone, countries::time_zone),
        ))
        .load(conn)?;
    let mut all: HashMap<_, Vec<_>> = HashMap::new();
    for ((delegate_id, commission, institution, capacity, user_id, name, email), (from, to), user, zones) in rows {
        let today = now.day_in(zones.0.as_deref().unwrap_or(&zones.1).parse().unwrap_or(Tz::UTC));
        let speaks = from.is_none_or(|from| from <= today) && to.is_none_or(|to| today <= to);
        if !speaks || !wanted.contains(&(commission, institution)) || user.as_ref().is_some_and(|user| user.3) {
            continue;
        }
        let (name, email, language) = match user {
            Some((name, email, language, _)) => (name, Some(email), Some(language)),
            None => (name.unwrap_or_default(), email, None),
        };
        let speaker = Speaker { delegate_id, capacity, user_id, name, email, language };
        all.entry((commission, institution)).or_default().push(speaker);
    }
    Ok(all)
}
