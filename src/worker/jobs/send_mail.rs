//! Sends the mail that is due.

use std::collections::HashMap;

use super::JobContext;
use crate::db::MeetingId;
use crate::error::Result;
use crate::mail::{self, Attachment, Composed, LeasedDelivery, SendRun, send_due};
use crate::notifications::Event;
use crate::reminders::{self, PlanningTime};
use crate::{identity, meetings, minutes};

pub(super) fn run(context: &JobContext<'_>) -> Result<()> {
    let state = context.state;
    let run = SendRun {
        db: &state.db,
        mailer: context.mailer,
        now: &|| state.now(),
        kind: None,
        sent_at: None,
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
    let mut documents = HashMap::new();
    let compose = |delivery: &LeasedDelivery| match present.remove(&delivery.id) {
        Some(composed) => composed,
        None => with_document(context, &mut documents, delivery, mail::compose(context.mailer, url, delivery)),
    };
    Ok(batch.iter().map(compose).collect())
}

/// The documents of the sessions of a batch, each made once.
type Documents = HashMap<(Event, MeetingId), Option<Attachment>>;

/// Attaches the acta to a mail that circulates minutes, and the convocation to an invitation. A mail whose document cannot
/// be made is sent with its link alone.
fn with_document(
    context: &JobContext<'_>,
    documents: &mut Documents,
    delivery: &LeasedDelivery,
    composed: Composed,
) -> Composed {
    let carries = [Event::MinutesCirculated, Event::Convocation].into_iter().find(|one| delivery.kind == one.as_str());
    let (mut email, event, id) = match (composed, carries, delivery.record_id) {
        (Composed::Email(email), Some(event), Some(id)) => (email, event, MeetingId::from(id)),
        (other, ..) => return other,
    };
    let document = documents.entry((event, id)).or_insert_with(|| {
        let (db, now) = (&context.state.db, context.state.now());
        let found = match event {
            Event::Convocation => meetings::attached_convocation(db, now, id),
            _ => minutes::attached_acta(db, now, id),
        };
        let found = found.unwrap_or_else(|error| {
            tracing::error!(meeting = %id, %error, "the document was not attached to its mails");
            None
        });
        found.map(|(name, content)| Attachment { name, media_type: "application/pdf".to_owned(), content })
    });
    email.attachments.extend(document.clone());
    Composed::Email(email)
}
