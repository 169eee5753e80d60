//! The people who get summaries, the days that were planned for them, and the steps of its reminders. Reads
//! users and grants (read models).

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;
use uuid::Uuid;

use super::settings;
use crate::clock::{Instant, new_id};
use crate::commissions::ReminderPolicy;
use crate::dates::WorkingCalendar;
use crate::db::schema::{calendar_days, grants, planned_days, users, waiting_ledger};
use crate::db::{CommissionId, Db, DeliveryId, RawId, Tx, UserId};
use crate::error::Result;
use crate::i18n::Lang;
use crate::identity::Role;
use crate::mail::Recipient;
use crate::notifications::{Timing, WaitingNotice, waiting_notices};
use crate::reminders::model::{CommissionSettings, Person, PlanningTime, WaitingStep};

/// Returns the settings of countries: their time zone and calendar, with the default policy.
pub(in crate::reminders) fn country_settings(
    conn: &mut Db,
    moment: Instant,
) -> Result<HashMap<String, CommissionSettings>> {
    let zones = super::country_zones(conn)?;
    let day = moment.utc().date_naive();
    let (from, to) = (day.checked_sub_days(super::CALENDAR_DAYS), day.checked_add_days(super::CALENDAR_DAYS));
    let days: Vec<(String, NaiveDate)> = calendar_days::table
        .filter(calendar_days::date.between(from.unwrap_or(day), to.unwrap_or(day)))
        .filter(calendar_days::territory.is_null())
        .select((calendar_days::country_code, calendar_days::date))
        .load(conn)?;
    let settings = |(code, zone): (String, Tz)| {
        let off = days.iter().filter(|(of, _)| *of == code).map(|(_, day)| *day);
        let calendar = WorkingCalendar::new(off);
        (code, CommissionSettings { zone, policy: ReminderPolicy::default(), calendar })
    };
    Ok(zones.into_iter().map(settings).collect())
}

/// The roles of a person while the people are put together.
#[derive(Default)]
struct Roles {
    secretariat_of: Vec<CommissionId>,
    countries: Vec<String>,
    country: Option<String>,
}

/// Returns the people for whom a new day has begun since the last one that was planned: secretariats, coordinators,
/// and people with notices that wait for the summary of the week.
pub(in crate::reminders) fn due_people(conn: &mut Db, time: PlanningTime) -> Result<Vec<Person>> {
    type Row = (UserId, Role, Option<String>, Option<CommissionId>);
    let granted: Vec<Row> = grants::table
        .filter(grants::role.eq_any([Role::Coordinator, Role::Secretariat]))
        .order(grants::id)
        .select((grants::user_id, grants::role, grants::country_code, grants::commission_id))
        .load(conn)?;
    let mut roles: BTreeMap<UserId, Roles> = BTreeMap::new();
    for (user, _, country, commission) in granted {
        let own = roles.entry(user).or_default();
        own.secretariat_of.extend(commission);
        own.countries.extend(country);
    }
    for WaitingNotice { to, country, .. } in waiting_notices(conn, Timing::Weekly)? {
        if let Some(id) = to.user_id {
            let own = roles.entry(id).or_default();
            own.country = own.country.take().or(country);
        }
    }
    let commissions: HashSet<CommissionId> =
        roles.values().flat_map(|own| own.secretariat_of.iter().copied()).collect();
    let of_commissions = settings(conn, &commissions.into_iter().collect::<Vec<_>>(), time.moment())?;
    let of_countries = country_settings(conn, time.moment())?;
    let planned = planned_days_of(conn, &roles.keys().copied().collect::<Vec<_>>())?;
    let accounts = accounts(conn, &roles.keys().copied().collect::<Vec<_>>())?;
    let person = |(to, created_at): (Recipient, Instant)| {
        let id = to.user_id?;
        let own = roles.remove(&id)?;
        let country = own.countries.first().or(own.country.as_ref()).cloned();
        let of_commission = own.secretariat_of.first().and_then(|id| of_commissions.get(id));
        let settings = of_commission.or_else(|| of_countries.get(country.as_ref()?))?.clone();
        let (secretariat_of, countries, planned) = (own.secretariat_of, own.countries, planned.get(&id).copied());
        let person = Person { id, to, created_at, secretariat_of, countries, country, settings, planned };
        let today = time.today(person.settings.zone);
        person.planned.is_none_or(|day| day < today).then_some(person)
    };
    Ok(accounts.into_iter().filter_map(person).collect())
}

fn accounts(conn: &mut Db, ids: &[UserId]) -> Result<Vec<(Recipient, Instant)>> {
    type Row = (UserId, String, String, Lang, Instant);
    let rows: Vec<Row> = users::table
        .filter(users::id.eq_any(ids))
        .filter(users::disabled.eq(false))
        .order(users::id)
        .select((users::id, users::email, users::name, users::language, users::created_at))
        .load(conn)?;
    let account = |(id, address, name, language, created_at): Row| {
        (Recipient { address, name: Some(name), user_id: Some(id), language }, created_at)
    };
    Ok(rows.into_iter().map(account).collect())
}

fn planned_days_of(conn: &mut Db, ids: &[UserId]) -> Result<HashMap<UserId, NaiveDate>> {
    let subjects: Vec<RawId> = ids.iter().map(|id| RawId((*id).into())).collect();
    let rows: Vec<(UserId, NaiveDate)> = planned_days::table
        .filter(planned_days::subject_id.eq_any(subjects))
        .select((planned_days::subject_id, planned_days::day))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Returns the last day that was planned for a person.
pub(in crate::reminders) fn planned_day(conn: &mut Db, id: UserId) -> Result<Option<NaiveDate>> {
    Ok(planned_days_of(conn, &[id])?.remove(&id))
}

pub(in crate::reminders) fn set_planned_day(conn: &mut Db, id: UserId, day: NaiveDate) -> Result<()> {
    diesel::delete(planned_days::table.filter(planned_days::subject_id.eq(id))).execute(conn)?;
    diesel::insert_into(planned_days::table)
        .values((planned_days::subject_id.eq(id), planned_days::day.eq(day)))
        .execute(conn)?;
    Ok(())
}

/// Returns those of these commissions that have an enabled person as secretariat.
pub(in crate::reminders) fn with_secretariat(conn: &mut Db, ids: &[CommissionId]) -> Result<HashSet<CommissionId>> {
    let rows: Vec<Option<CommissionId>> = grants::table
        .inner_join(users::table)
        .filter(grants::role.eq(Role::Secretariat))
        .filter(grants::commission_id.eq_any(ids.iter().map(|id| Some(*id))))
        .filter(users::disabled.eq(false))
        .select(grants::commission_id)
        .distinct()
        .load(conn)?;
    Ok(rows.into_iter().flatten().collect())
}

/// Returns the steps that are recorded for a recipient of these records.
pub(in crate::reminders) fn recorded_waiting(
    conn: &mut Db,
    recipient: &str,
    records: &[Uuid],
) -> Result<HashSet<(String, Uuid, i32)>> {
    let records: Vec<RawId> = records.iter().map(|id| RawId(*id)).collect();
    let rows: Vec<(String, RawId, i32)> = waiting_ledger::table
        .filter(waiting_ledger::record_id.eq_any(records))
        .filter(waiting_ledger::recipient.eq(recipient))
        .select((waiting_ledger::kind, waiting_ledger::record_id, waiting_ledger::step))
        .load(conn)?;
    Ok(rows.into_iter().map(|(kind, id, step)| (kind, id.0, step)).collect())
}

/// Records steps for a recipient as part of a mail.
pub(in crate::reminders) fn record_waiting(
    tx: &mut Tx<'_>,
    delivery: DeliveryId,
    recipient: &str,
    steps: &[WaitingStep],
) -> Result<()> {
    let now = tx.now;
    let row = |step: &WaitingStep| {
        (
            waiting_ledger::id.eq(RawId(new_id(now))),
            waiting_ledger::kind.eq(step.kind),
            waiting_ledger::record_id.eq(RawId(step.id)),
            waiting_ledger::step.eq(step.step),
            waiting_ledger::recipient.eq(recipient.to_owned()),
            waiting_ledger::delivery_id.eq(delivery),
        )
    };
    crate::insert_all!(tx.conn, waiting_ledger::table, &steps.iter().map(row).collect::<Vec<_>>())
}

/// Returns the waiting records that each of these mails contains.
pub(in crate::reminders) fn waiting_of(
    conn: &mut Db,
    mails: &[DeliveryId],
) -> Result<HashMap<DeliveryId, HashSet<Uuid>>> {
    let rows: Vec<(DeliveryId, RawId)> = waiting_ledger::table
        .filter(waiting_ledger::delivery_id.eq_any(mails.iter().map(Some)))
        .select((waiting_ledger::delivery_id.assume_not_null(), waiting_ledger::record_id))
        .load(conn)?;
    let mut records: HashMap<DeliveryId, HashSet<Uuid>> = HashMap::new();
    for (mail, record) in rows {
        records.entry(mail).or_default().insert(record.0);
    }
    Ok(records)
}
