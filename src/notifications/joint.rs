//! Joint records: the secretariats of the other commissions are notified when a secretariat names their commission.

use uuid::Uuid;

use super::actions::{Addressee, addressees_of_secretariats, notify};
use super::events::{Event, RecordKind, RecordRef};
use super::model::RecordScope;
use crate::access::commission_refs;
use crate::db::{CommissionId, Tx};
use crate::error::Result;
use crate::i18n::text;
use crate::identity::Actor;
use crate::mail::{Block, EmailBody};

/// A session, an agreement or a commitment of several commissions.
pub(crate) struct JointRecord<'a> {
    pub kind: RecordKind,
    pub id: Uuid,
    pub title: &'a str,
    pub country: &'a str,
    pub commissions: &'a [CommissionId],
    /// The commissions that it had before.
    pub before: &'a [CommissionId],
    pub restricted: bool,
}

/// Notifies the secretariats of the commissions that a secretariat has added, except its own commissions.
pub(crate) fn notify_joint(tx: &mut Tx<'_>, actor: &Actor, record: &JointRecord<'_>) -> Result<()> {
    let is_own = |id: &CommissionId| actor.is_secretariat_of(*id);
    let is_new = |id: &&CommissionId| !record.before.contains(id) && !is_own(id);
    let others: Vec<CommissionId> = record.commissions.iter().filter(is_new).copied().collect();
    if tx.silent || others.is_empty() || !record.commissions.iter().any(is_own) {
        return Ok(());
    }
    let scope = RecordScope { country: record.country, commissions: &others, restricted: record.restricted };
    let addressees = addressees_of_secretariats(tx, scope)?;
    let mut known = commission_refs(tx.conn, record.commissions)?;
    let names: Vec<String> = record.commissions.iter().filter_map(|id| known.remove(id)).map(|one| one.name).collect();
    let names = names.join("; ");
    let path = format!("/{}s/{}", record.kind, record.id);
    notify(tx, Event::JointSession, RecordRef::new(record.kind, record.id), scope, &addressees, |one: &Addressee| {
        let lang = one.contact.language;
        let args = [("kind", record.kind.to_string()), ("title", record.title.to_owned())];
        let facts = vec![
            (text(lang, "joint-label-title", &args), record.title.to_owned()),
            (text(lang, "session-label-commissions", &[]), names.clone()),
        ];
        let blocks = vec![
            Block::Text(text(lang, "joint", &args)),
            Block::Facts(facts),
            Block::Link(text(lang, "joint-link", &args), path.clone()),
        ];
        EmailBody::new(lang, text(lang, "joint-subject", &args), blocks)
    })
}
