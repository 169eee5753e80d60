//! Notices: notifications that wait for the mail of the day or of the week, because their reader chose so. The slice
//! that writes these mails takes the waiting notices into a delivery; the text is read again when the mail is sent, so
//! that a notice that is dropped meanwhile is left out, and so is one of a record that its reader may no longer see.

use super::events::{Event, RecordKind};
use crate::clock::Instant;
use crate::db::{RawId, UserId};
use crate::mail::{EmailBody, Recipient};

pub(crate) use store::{Timed, attach, insert, of_mails, purge, remove, waiting};

/// A notice that waits for a mail.
#[derive(Debug, Clone)]
pub(crate) struct WaitingNotice {
    pub id: RawId,
    pub to: Recipient,
    /// The country whose day and calendar count.
    pub country: Option<String>,
    pub created_at: Instant,
}

/// A notice that is a part of a mail.
#[derive(Debug, Clone)]
pub(crate) struct AttachedNotice {
    pub id: RawId,
    pub event: Event,
    pub reader: UserId,
    /// The record that it is about, as in [`RecordRef`](super::RecordRef).
    pub record_kind: RecordKind,
    pub record_id: RawId,
    pub body: EmailBody,
}

mod store {
    use std::collections::HashMap;

    use diesel::prelude::*;

    use super::{AttachedNotice, WaitingNotice};
    use crate::clock::{Instant, new_id};
    use crate::db::schema::{deliveries, notices, users};
    use crate::db::{Db, DeliveryId, RawId, Tx, UserId};
    use crate::error::{Error, Result};
    use crate::i18n::Lang;
    use crate::mail::{DeliveryStatus, EmailBody, Recipient};
    use crate::notifications::events::{Event, RecordKind, RecordRef};
    use crate::notifications::preferences::Timing;

    /// The event, the person and the timing of a new notice.
    pub(crate) struct Timed<'a> {
        pub event: Event,
        pub to: &'a Recipient,
        pub user: UserId,
        pub timing: Timing,
        pub country: &'a str,
    }

    pub(crate) fn insert(tx: &mut Tx<'_>, notice: &Timed<'_>, about: RecordRef, body: &EmailBody) -> Result<()> {
        diesel::insert_into(notices::table)
            .values((
                notices::id.eq(RawId(new_id(tx.now))),
                notices::event.eq(notice.event),
                notices::timing.eq(notice.timing),
                notices::recipient.eq(notice.to.key()),
                notices::user_id.eq(notice.user),
                notices::country_code.eq(notice.country),
                notices::record_kind.eq(about.kind),
                notices::record_id.eq(RawId(about.id)),
                notices::payload.eq(serde_json::to_string(body).map_err(Error::internal)?),
                notices::created_at.eq(tx.now),
            ))
            .execute(tx.conn)?;
        Ok(())
    }

    /// Returns the notices of enabled people that are in no mail yet, in the order in which they were written.
    pub(crate) fn waiting(conn: &mut Db, timing: Timing) -> Result<Vec<WaitingNotice>> {
        type Row = (RawId, (UserId, String, String, Lang), Option<String>, Instant);
        let rows: Vec<Row> = notices::table
            .inner_join(users::table)
            .filter(notices::timing.eq(timing))
            .filter(notices::delivery_id.is_null())
            .filter(users::disabled.eq(false))
            .order(notices::id)
            .select((
                notices::id,
                (users::id, users::email, users::name, users::language),
                notices::country_code,
                notices::created_at,
            ))
            .load(conn)?;
        let notice = |(id, (user, address, name, language), country, created_at): Row| {
            let to = Recipient { address, name: Some(name), user_id: Some(user), language };
            WaitingNotice { id, to, country, created_at }
        };
        Ok(rows.into_iter().map(notice).collect())
    }

    /// Makes these notices a part of a mail.
    pub(crate) fn attach(conn: &mut Db, ids: &[RawId], delivery: DeliveryId) -> Result<()> {
        diesel::update(notices::table.filter(notices::id.eq_any(ids)))
            .set(notices::delivery_id.eq(delivery))
            .execute(conn)?;
        Ok(())
    }

    /// Returns the notices in each of these mails, in the order in which they were written.
    pub(crate) fn of_mails(conn: &mut Db, mails: &[DeliveryId]) -> Result<HashMap<DeliveryId, Vec<AttachedNotice>>> {
        type Row = (DeliveryId, RawId, Event, UserId, (RecordKind, RawId), String);
        let rows: Vec<Row> = notices::table
            .filter(notices::delivery_id.eq_any(mails.iter().map(Some)))
            .order(notices::id)
            .select((
                notices::delivery_id.assume_not_null(),
                notices::id,
                notices::event,
                notices::user_id,
                (notices::record_kind, notices::record_id),
                notices::payload,
            ))
            .load(conn)?;
        let mut found: HashMap<DeliveryId, Vec<AttachedNotice>> = HashMap::new();
        for (delivery, id, event, reader, (record_kind, record_id), payload) in rows {
            let body = serde_json::from_str(&payload).map_err(Error::internal)?;
            let notice = AttachedNotice { id, event, reader, record_kind, record_id, body };
            found.entry(delivery).or_default().push(notice);
        }
        Ok(found)
    }

    /// Deletes notices that are not sent.
    pub(crate) fn remove(conn: &mut Db, ids: &[RawId]) -> Result<()> {
        diesel::delete(notices::table.filter(notices::id.eq_any(ids))).execute(conn)?;
        Ok(())
    }

    /// Deletes the notices about a record that are in no mail that was sent; with `only`, those to these recipients.
    pub(in crate::notifications) fn drop_waiting(
        conn: &mut Db,
        about: RecordRef,
        only: Option<&[String]>,
    ) -> Result<()> {
        let queued = deliveries::table
            .filter(deliveries::status.eq(DeliveryStatus::Queued))
            .filter(deliveries::id.nullable().eq(notices::delivery_id))
            .select(deliveries::id);
        let untold = notices::table
            .filter(notices::record_id.eq(RawId(about.id)))
            .filter(notices::record_kind.eq(about.kind))
            .filter(notices::delivery_id.is_null().or(diesel::dsl::exists(queued)));
        let mut untold = untold.select(notices::id).into_boxed();
        if let Some(recipients) = only {
            untold = untold.filter(notices::recipient.eq_any(recipients));
        }
        let ids: Vec<RawId> = untold.load(conn)?;
        diesel::delete(notices::table.filter(notices::id.eq_any(ids))).execute(conn)?;
        Ok(())
    }

    /// Returns the people who were notified of a record by a mail of the day or of the week.
    pub(in crate::notifications) fn notified_people(conn: &mut Db, about: RecordRef) -> Result<Vec<UserId>> {
        Ok(notices::table
            .filter(notices::record_id.eq(RawId(about.id)))
            .filter(notices::record_kind.eq(about.kind))
            .filter(notices::delivery_id.is_not_null())
            .select(notices::user_id)
            .distinct()
            .load(conn)?)
    }

    /// Deletes the notices of mails that are about to be purged. A notice may be some days older than its mail.
    pub(crate) fn purge(tx: &mut Tx<'_>, before: Instant) -> Result<()> {
        let old = notices::table
            .filter(notices::created_at.lt(before.plus(chrono::TimeDelta::days(7))))
            .filter(notices::delivery_id.is_not_null());
        diesel::delete(old).execute(tx.conn)?;
        Ok(())
    }
}

pub(super) use store::{drop_waiting, notified_people};
