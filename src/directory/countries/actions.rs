//! Entering, changing and removing countries; setting a calendar.

use super::model::{CalendarDay, Country, CountryInput, check_calendar};
use super::store;
use crate::access::{require, require_coordinator};
use crate::audit;
use crate::db::Tx;
use crate::error::{Code, Result};
use crate::identity::Actor;

pub fn create(tx: &mut Tx<'_>, actor: &Actor, input: CountryInput) -> Result<Country> {
    require(actor.is_admin())?;
    if store::exists(tx.conn, &input.code)? {
        return Err(Code::Duplicate.into());
    }
    let country = Country { fields: input, created_at: tx.now, updated_at: tx.now };
    store::insert(tx.conn, &country)?;
    let code = country.fields.code.as_str();
    audit::created(tx, "country", code, Some(code), &country)?;
    Ok(country)
}

/// Changes everything but the code.
pub fn update(tx: &mut Tx<'_>, actor: &Actor, code: &str, input: CountryInput) -> Result<Country> {
    let before = store::find(tx.conn, code)?;
    require(actor.is_admin())?;
    let mut faults = tx.faults();
    if input.code != code {
        faults.add("/code", "fixed");
    }
    faults.into_result()?;
    let after = Country { fields: input, updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, &after)?;
    audit::updated(tx, "country", code, Some(code), &before, &after)?;
    Ok(after)
}

/// 409 `in_use` when anything but its calendar depends on it.
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, country: Country) -> Result<()> {
    require(actor.is_admin())?;
    let code = country.fields.code.as_str();
    store::delete(tx.conn, code)?;
    audit::deleted(tx, "country", code, Some(code), &country)
}

/// Replaces the whole calendar of a country and answers it in order of date.
///
/// Terms that were reckoned from the former calendar are not touched here: whoever opens the transaction lets
/// the owner of the terms follow.
pub fn put_calendar(tx: &mut Tx<'_>, actor: &Actor, code: &str, days: Vec<CalendarDay>) -> Result<Vec<CalendarDay>> {
    store::find(tx.conn, code)?;
    require_coordinator(actor, code)?;
    let mut faults = tx.faults();
    check_calendar(&days, &mut faults);
    faults.into_result()?;
    let before = store::calendar(tx.conn, code)?;
    store::replace_calendar(tx.conn, code, &days, tx.now)?;
    let after = store::calendar(tx.conn, code)?;
    if before != after {
        audit::updated(tx, "calendar", code, Some(code), &before, &after)?;
    }
    Ok(after)
}
