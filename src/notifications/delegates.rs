//! Entering and changing delegates over the API: the secretariat is notified when an institution does it itself.

use chrono::NaiveDate;

use super::actions::{Addressee, addressees_in_secretariat, notify};
use super::events::{Event, RecordKind, RecordRef};
use super::model::RecordScope;
use crate::access::{CommissionRef, commission_refs, may_write};
use crate::commissions::{Delegate, DelegateInput, create_delegate, update_delegate};
use crate::db::{CommissionId, DelegateId, Tx};
use crate::directory::institution_names;
use crate::error::Result;
use crate::i18n::{self, Lang, text, word};
use crate::identity::{Actor, users_by_id};
use crate::mail::{Block, EmailBody};

pub(crate) use api::routes;

pub(super) fn create(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    input: DelegateInput,
) -> Result<Delegate> {
    let delegate = create_delegate(tx, actor, commission, input)?;
    notify_secretariat(tx, actor, &delegate, "created")?;
    Ok(delegate)
}

pub(super) fn update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (commission, id): (CommissionId, DelegateId),
    input: DelegateInput,
) -> Result<Delegate> {
    let delegate = update_delegate(tx, actor, commission, id, input)?;
    notify_secretariat(tx, actor, &delegate, "updated")?;
    Ok(delegate)
}

/// Notifies the secretariat of a delegate, unless the person who acts may write in the commission.
fn notify_secretariat(tx: &mut Tx<'_>, actor: &Actor, delegate: &Delegate, change: &'static str) -> Result<()> {
    let own = [delegate.commission_id];
    let Some(commission) = commission_refs(tx.conn, &own)?.remove(&delegate.commission_id) else { return Ok(()) };
    if may_write(actor, &commission.country_code, &own) {
        return Ok(());
    }
    let id = delegate.fields.institution_id;
    let institution = institution_names(tx.conn, [id])?.remove(&id).unwrap_or_default();
    let user = users_by_id(tx.conn, delegate.fields.user_id.as_slice())?.pop();
    let person = match user {
        Some(user) => DelegateInput { name: Some(user.name), email: Some(user.email), ..delegate.fields.clone() },
        None => delegate.fields.clone(),
    };
    let scope = RecordScope { country: &commission.country_code, commissions: &own, restricted: false };
    let addressees = addressees_in_secretariat(tx, scope, &[id])?;
    notify(
        tx,
        Event::ContactChanged,
        RecordRef::new(RecordKind::Institution, id),
        scope,
        &addressees,
        |one: &Addressee| compose(one.contact.language, &commission, (institution.as_str(), change), &person),
    )
}

fn compose(
    lang: Lang,
    commission: &CommissionRef,
    (institution, change): (&str, &'static str),
    person: &DelegateInput,
) -> EmailBody {
    let args = [
        ("change", change.to_owned()),
        ("institution", institution.to_owned()),
        ("commission", commission.label().to_owned()),
    ];
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| i18n::day(lang, day));
    let dated = person.from.is_some() || person.to.is_some();
    let facts = [
        ("reply-label-institution", Some(institution.to_owned())),
        ("delegate-label-person", person.name.clone()),
        ("delegate-label-capacity", Some(word(lang, "capacity", person.capacity.as_str()))),
        ("delegate-label-email", person.email.clone()),
        ("delegate-label-period", dated.then(|| format!("{} – {}", day(person.from), day(person.to)))),
    ];
    let facts = facts.into_iter().filter_map(|(key, value)| Some((text(lang, key, &[]), value?))).collect();
    let link = Block::Link(text(lang, "delegate-link", &[]), format!("/commissions/{}", commission.id));
    let blocks = vec![Block::Text(text(lang, "delegate-changed", &args)), Block::Facts(facts), link];
    EmailBody::new(lang, text(lang, "delegate-changed-subject", &args), blocks)
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, patch, post};

    use super::{CommissionId, Delegate, DelegateId, DelegateInput};
    use crate::commissions::delegate_to_change;
    use crate::db::Tx;
    use crate::error::Result;
    use crate::http::{Body, Patch};
    use crate::identity::{Actor, Caller};

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(create).service(update);
    }

    /// Create a delegate
    ///
    /// The secretariat is notified when the institution enters a delegate.
    ///
    /// Permissions: the commission's secretariat; coordinator of its country; admin; representatives of the institution
    /// while it is a member.
    #[utoipa::path(tag = "commissions", request_body = DelegateInput, responses((status = 201, description = "Created", body = Delegate)))]
    #[post("/api/v1/commissions/{id}/delegates")]
    pub(crate) async fn create(
        caller: Caller,
        id: Path<CommissionId>,
        body: Body<DelegateInput>,
    ) -> Result<HttpResponse> {
        let location =
            |delegate: &Delegate| format!("/api/v1/commissions/{}/delegates/{}", delegate.commission_id, delegate.id);
        caller.create(body, location, move |tx, actor, input| super::create(tx, actor, *id, input)).await
    }

    /// Change a delegate
    ///
    /// A delegate who has left gets a last day. The secretariat is notified when the institution makes the change.
    ///
    /// Permissions: the commission's secretariat; coordinator of its country; admin; representatives of the institution
    /// while it is a member.
    #[utoipa::path(tag = "commissions", request_body = DelegateInput, responses((status = 200, description = "Changed", body = Delegate)))]
    #[patch("/api/v1/commissions/{id}/delegates/{delegate_id}")]
    pub(crate) async fn update(
        caller: Caller,
        path: Path<(CommissionId, DelegateId)>,
        patch: Patch,
    ) -> Result<HttpResponse> {
        let ids = path.into_inner();
        let load = move |tx: &mut Tx<'_>, actor: &Actor| delegate_to_change(tx, actor, ids.0, ids.1);
        let save = move |tx: &mut Tx<'_>, actor: &Actor, input| super::update(tx, actor, ids, input);
        caller.patch(patch, load, Delegate::input, save).await
    }
}
