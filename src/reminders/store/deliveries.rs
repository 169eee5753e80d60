//! Deliveries, limited to those that the reader may see.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::schema::{commissions, deliveries, delivery_commissions};
use crate::db::{CommissionId, Db, DeliveryId, MultiBackend, UserId, grouped};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::mail::{DeliveryStatus, RETRY_PERIOD};
use crate::text::normalize_email;

/// A queued, sent, failed or dropped mail.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Delivery {
    /// Id of the delivery.
    pub id: DeliveryId,
    /// Kind of mail.
    #[schema(examples("reminder"))]
    pub kind: String,
    /// State of the delivery.
    #[schema(examples("sent"))]
    pub status: DeliveryStatus,
    /// E-mail address of the recipient.
    #[schema(examples("ana.rojas@example.org"))]
    pub address: String,
    /// Name of the recipient.
    #[schema(examples("Ana Rojas"))]
    pub name: Option<String>,
    /// User id of the recipient, if it is a person with an account.
    pub user_id: Option<UserId>,
    /// Commissions that the mail is about.
    pub commission_ids: Vec<CommissionId>,
    /// Day for which the mail was planned.
    #[schema(examples("2023-09-01"))]
    pub day: NaiveDate,
    /// Number of attempts to send it.
    #[schema(examples(1))]
    pub attempts: i32,
    /// Error of the last attempt.
    #[schema(examples("permanent error (550): no such mailbox"))]
    pub last_error: Option<String>,
    /// Time of the next attempt; null once it is sent, failed or dropped.
    pub next_attempt: Option<Instant>,
    /// Time at which the mail server accepted it.
    pub sent_at: Option<Instant>,
    /// Time at which it was queued.
    pub created_at: Instant,
}

/// Filters of a list of deliveries.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub status: Option<DeliveryStatus>,
    /// `None` lists every kind.
    pub kind: Option<String>,
    pub day: Option<NaiveDate>,
    pub commission_id: Option<CommissionId>,
    pub address: Option<String>,
    pub bouncing: bool,
}

diesel::alias!(deliveries as later: Later);

type Row = (
    DeliveryId,
    String,
    DeliveryStatus,
    (String, Option<String>, Option<UserId>),
    NaiveDate,
    (i32, Option<String>, Instant),
    Option<Instant>,
    Instant,
);
#[diesel::dsl::auto_type(no_type_alias)]
fn rows() -> _ {
    deliveries::table.select((
        deliveries::id,
        deliveries::kind,
        deliveries::status,
        (deliveries::address, deliveries::name, deliveries::user_id),
        deliveries::day,
        (deliveries::attempts, deliveries::last_error, deliveries::next_attempt_at),
        deliveries::sent_at,
        deliveries::created_at,
    ))
}

type Condition<'a> =
    Box<dyn BoxableExpression<deliveries::table, MultiBackend, SqlType = diesel::sql_types::Bool> + 'a>;

/// Selects the deliveries of the reader's countries and commissions.
fn visible(visibility: &Visibility) -> Condition<'_> {
    let of_commission = delivery_commissions::table
        .inner_join(commissions::table)
        .filter(delivery_commissions::delivery_id.eq(deliveries::id))
        .filter(
            commissions::id
                .eq_any(&visibility.full_commissions)
                .or(commissions::country_code.eq_any(&visibility.countries)),
        )
        .select(commissions::id);
    let of_country = deliveries::country_code.eq_any(visibility.countries.iter().map(Some));
    Box::new(exists(of_commission).or(of_country.assume_not_null()))
}

/// Returns one page, the newest first.
pub(crate) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &Filter,
    paging: &Paging<DeliveryId>,
) -> Result<Page<Delivery>> {
    let mut query = rows().order(deliveries::id.desc()).into_boxed();
    if !visibility.all {
        query = query.filter(visible(visibility));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(deliveries::kind.eq(kind));
    }
    if let Some(status) = filter.status {
        query = query.filter(deliveries::status.eq(status));
    }
    if let Some(day) = filter.day {
        query = query.filter(deliveries::day.eq(day));
    }
    if let Some(address) = &filter.address {
        query = query.filter(deliveries::recipient.eq(normalize_email(address)));
    }
    if filter.bouncing {
        let accepted = later
            .filter(later.field(deliveries::recipient).eq(deliveries::recipient))
            .filter(later.field(deliveries::status).eq(DeliveryStatus::Sent))
            .filter(later.field(deliveries::id).gt(deliveries::id))
            .select(later.field(deliveries::id));
        query = query.filter(deliveries::status.eq(DeliveryStatus::Failed)).filter(not(exists(accepted)));
    }
    if let Some(id) = filter.commission_id {
        let of = delivery_commissions::table
            .filter(delivery_commissions::delivery_id.eq(deliveries::id))
            .filter(delivery_commissions::commission_id.eq(id))
            .select(delivery_commissions::commission_id);
        query = query.filter(exists(of));
    }
    let total = paging.count(conn, &query)?;
    if let Some(before) = paging.after {
        query = query.filter(deliveries::id.lt(before));
    }
    let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
    let page = Page::cut(rows, paging, |row| row.0).counted(total);
    page.complete(|rows| complete(conn, visibility, rows))
}

/// Adds the commissions of each delivery, but only those whose records the reader may write: the reader may not learn of
/// the other commissions of a recipient.
fn complete(conn: &mut Db, visibility: &Visibility, rows: Vec<Row>) -> Result<Vec<Delivery>> {
    let ids: Vec<DeliveryId> = rows.iter().map(|row| row.0).collect();
    let mut links = delivery_commissions::table
        .inner_join(commissions::table)
        .filter(delivery_commissions::delivery_id.eq_any(&ids))
        .order((delivery_commissions::delivery_id, delivery_commissions::commission_id))
        .select((delivery_commissions::delivery_id, delivery_commissions::commission_id))
        .into_boxed();
    if !visibility.all {
        let own = commissions::id
            .eq_any(&visibility.full_commissions)
            .or(commissions::country_code.eq_any(&visibility.countries));
        links = links.filter(own);
    }
    let links: Vec<(DeliveryId, CommissionId)> = links.load(conn)?;
    let mut commissions = grouped(links);
    let delivery = |(id, kind, status, to, day, tries, sent_at, created_at): Row| {
        let ((address, name, user_id), (attempts, last_error, next)) = (to, tries);
        let waits = matches!(status, DeliveryStatus::Queued | DeliveryStatus::Sending);
        Delivery {
            id,
            kind,
            status,
            address,
            name,
            user_id,
            commission_ids: commissions.remove(&id).unwrap_or_default(),
            day,
            attempts,
            last_error,
            next_attempt: waits.then_some(next),
            sent_at,
            created_at,
        }
    };
    Ok(rows.into_iter().map(delivery).collect())
}

/// Returns a delivery that the reader may see; 404 otherwise.
pub(crate) fn find(conn: &mut Db, visibility: &Visibility, id: DeliveryId) -> Result<Delivery> {
    let mut query = rows().filter(deliveries::id.eq(id)).into_boxed();
    if !visibility.all {
        query = query.filter(visible(visibility));
    }
    let row: Row = query.first(conn)?;
    complete(conn, visibility, vec![row])?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Queues a failed delivery again, for three days from now; returns false when it has not failed.
pub(crate) fn requeue(conn: &mut Db, id: DeliveryId, now: Instant) -> Result<bool> {
    let failed = deliveries::table.filter(deliveries::id.eq(id)).filter(deliveries::status.eq(DeliveryStatus::Failed));
    let changed = diesel::update(failed)
        .set((
            deliveries::status.eq(DeliveryStatus::Queued),
            deliveries::next_attempt_at.eq(now),
            deliveries::expires_at.eq(now.plus(RETRY_PERIOD)),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Returns the country of a delivery, unless it is about several or none.
pub(crate) fn country_of(conn: &mut Db, id: DeliveryId) -> Result<Option<String>> {
    Ok(deliveries::table.filter(deliveries::id.eq(id)).select(deliveries::country_code).first(conn)?)
}

crate::nothing_restricted!(Delivery);
