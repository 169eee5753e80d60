//! Sends the mail that is due.

use std::collections::HashMap;

use super::JobContext;
use crate::db::MeetingId;
use crate::error::Result;
use crate::mail::{self, Attachment, Composed, LeasedDelivery, SendRun, send_due};
use crate::notifications::Event;
use crate::reminders::{self, PlanningTime};
use crate::{identity, minutes};

pub(super) fn run(context: &JobContext<'_>) -> Result<()> {
    let state = context.state;
    let run = SendRun {
        db: &state.db,
        mailer: context.mailer,
        now: &|| state.now(),
        kind: None,
        compose: &|batch| compose(context, batch),
        should_continue: context.should_continue,
        on_failure: &identity::withdraw_link,
    };
    send_due(&run, &mut |result| state.metrics.mailed(result.outcome.as_str()))
}

/// Composes the mails of a batch: digests and one-time links from the present state, all others as they were queued.
fn compose(context: &JobContext<'_>, batch: &[LeasedDelivery]) -> Result<Vec<Composed>> {
    let (state, url) = (context.state, &context.state.config.public_url);
    let mut present = reminders::compose(&state.db, url, PlanningTime::Now(state.now()), batch)?;
    if batch.iter().any(identity::contains_link) {
        let site = (url.as_str(), state.config.brand.name.as_str());
        present.extend(state.db.write(None, state.now(), |tx| identity::compose_links(tx, site, batch))?);
    }
    let mut actas = HashMap::new();
    let compose = |delivery: &LeasedDelivery| match present.remove(&delivery.id) {
        Some(composed) => composed,
        None => with_acta(context, &mut actas, delivery, mail::compose(context.mailer, url, delivery)),
    };
    Ok(batch.iter().map(compose).collect())
}

/// The actas of the sessions of a batch, each made once.
type Actas = HashMap<MeetingId, Option<Attachment>>;

/// Attaches the acta to a mail that circulates minutes. A mail whose acta cannot be made is sent with its link alone.
fn with_acta(context: &JobContext<'_>, actas: &mut Actas, delivery: &LeasedDelivery, composed: Composed) -> Composed {
    let id = delivery.record_id.filter(|_| delivery.kind == Event::MinutesCirculated.as_str()).map(MeetingId::from);
    let (mut email, id) = match (composed, id) {
        (Composed::Email(email), Some(id)) => (email, id),
        (other, _) => return other,
    };
    let acta = actas.entry(id).or_insert_with(|| {
        let found = minutes::attached_acta(&context.state.db, context.state.now(), id).unwrap_or_else(|error| {
            tracing::error!(meeting = %id, %error, "the acta was not attached to its mails");
            None
        });
        found.map(|(name, content)| Attachment { name, media_type: "application/pdf".to_owned(), content })
    });
    email.attachments.extend(acta.clone());
    Composed::Email(email)
}
