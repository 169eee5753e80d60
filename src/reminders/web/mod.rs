//! `/deliveries`: the mails that were sent, that wait and that failed, with their reasons; the mails of a day.

mod address;
mod list;
mod preview;
mod record;
mod words;

use actix_web::web::ServiceConfig;

use crate::access::{Visibility, may_write_anywhere, visible_commissions};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Code, Result};
use crate::identity::Actor;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    // The preview has a fixed address, which must not be read as the id of a delivery.
    cfg.service(list::list).service(preview::show).service(record::show);
    cfg.service(record::ask).service(record::retry);
}

/// Refuses with 404 everybody except admins, coordinators and secretariats.
fn require_role(actor: &Actor) -> Result<()> {
    if may_write_anywhere(actor) { Ok(()) } else { Err(Code::NotFound.into()) }
}

/// Returns the time zone of the reader: that of the first commission that the reader writes.
fn zone_of(conn: &mut Db, actor: &Actor) -> Result<chrono_tz::Tz> {
    let own = visible_commissions(conn, &Visibility::writable_by(actor))?;
    Ok(own.first().map_or(chrono_tz::Tz::UTC, |commission| commission.zone))
}

/// Returns the present day of the reader.
fn today_of(conn: &mut Db, actor: &Actor, now: Instant) -> Result<chrono::NaiveDate> {
    Ok(now.day_in(zone_of(conn, actor)?))
}
