//! Changes of the contacts of institutions: a representative, a delegate, the address. The slices that make these
//! changes do not import `notifications`: they record the change here, and `notifications` writes the mails
//! afterwards.

use crate::db::{CommissionId, InstitutionId, UserId};

pub(crate) use store::{any, record, take};

crate::text_enum! {
    /// The kind of a change.
    ContactChangeKind {
        /// The address of the institution.
        Address = "address",
        /// A person got a grant as representative.
        RepresentativeAdded = "representative_added",
        /// A person lost a grant as representative.
        RepresentativeRemoved = "representative_removed",
        /// A delegate was entered.
        DelegateAdded = "delegate_added",
        /// A delegate was changed.
        DelegateChanged = "delegate_changed",
        /// A delegate was deleted.
        DelegateRemoved = "delegate_removed",
    }
}

/// A change of the contacts of an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContactChange {
    pub institution: InstitutionId,
    /// The only commission that it concerns.
    pub commission: Option<CommissionId>,
    pub kind: ContactChangeKind,
    pub old_address: Option<String>,
    pub new_address: Option<String>,
    /// The name of the person who is added, changed or removed.
    pub person: Option<String>,
}

/// A recorded change, with the person who made it.
#[derive(Debug, Clone)]
pub(crate) struct RecordedChange {
    pub change: ContactChange,
    pub by: Option<UserId>,
}

mod store {
    use diesel::prelude::*;

    use super::{ContactChange, ContactChangeKind, RecordedChange};
    use crate::clock::new_id;
    use crate::db::schema::contact_changes;
    use crate::db::{CommissionId, Db, InstitutionId, RawId, Tx, UserId};
    use crate::error::Result;

    /// The number of changes that are taken at a time.
    const BATCH: i64 = 100;

    /// Records a change. The program itself (the command line, an import) changes contacts without a mail to anybody.
    pub(crate) fn record(tx: &mut Tx<'_>, change: &ContactChange) -> Result<()> {
        if tx.silent || tx.who.is_none() {
            return Ok(());
        }
        diesel::insert_into(contact_changes::table)
            .values((
                contact_changes::id.eq(RawId(new_id(tx.now))),
                contact_changes::institution_id.eq(change.institution),
                contact_changes::commission_id.eq(change.commission),
                contact_changes::kind.eq(change.kind),
                contact_changes::old_address.eq(&change.old_address),
                contact_changes::new_address.eq(&change.new_address),
                contact_changes::person.eq(&change.person),
                contact_changes::user_id.eq(tx.who),
                contact_changes::created_at.eq(tx.now),
            ))
            .execute(tx.conn)?;
        Ok(())
    }

    /// Returns true if any change is recorded.
    pub(crate) fn any(conn: &mut Db) -> Result<bool> {
        let first = contact_changes::table.select(contact_changes::id).first::<RawId>(conn).optional()?;
        Ok(first.is_some())
    }

    /// Takes the oldest changes away.
    pub(crate) fn take(tx: &mut Tx<'_>) -> Result<Vec<RecordedChange>> {
        type Row = (
            RawId,
            (InstitutionId, Option<CommissionId>, ContactChangeKind),
            (Option<String>, Option<String>, Option<String>),
            Option<UserId>,
        );
        let rows: Vec<Row> = contact_changes::table
            .order(contact_changes::id)
            .limit(BATCH)
            .select((
                contact_changes::id,
                (contact_changes::institution_id, contact_changes::commission_id, contact_changes::kind),
                (contact_changes::old_address, contact_changes::new_address, contact_changes::person),
                contact_changes::user_id,
            ))
            .load(tx.conn)?;
        let ids: Vec<RawId> = rows.iter().map(|row| row.0).collect();
        diesel::delete(contact_changes::table.filter(contact_changes::id.eq_any(ids))).execute(tx.conn)?;
        let recorded = |(_, (institution, commission, kind), (old_address, new_address, person), by): Row| {
            let change = ContactChange { institution, commission, kind, old_address, new_address, person };
            RecordedChange { change, by }
        };
        Ok(rows.into_iter().map(recorded).collect())
    }
}
