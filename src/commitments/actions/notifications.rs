//! The notifications about commitments, to their institutions or to the secretariat.

use crate::commitments::model::{
    Assignment, Commitment, DecisionOutcome, Extension, ReportedStatus, ReviewOutcome, Update,
};
use crate::db::{CommissionId, InstitutionId, Tx};
use crate::error::Result;
use crate::i18n::{self, Lang, text};
use crate::identity::Actor;
use crate::mail::{Block, EmailBody};
use crate::notifications::{
    Addressee, Event, JointRecord, RecordRef, RecordScope, addressees_in_secretariat, addressees_of_institutions,
    notify, notify_joint,
};

fn about(commitment: &Commitment) -> RecordScope<'_> {
    let fields = &commitment.fields;
    RecordScope {
        country: &commitment.country_code,
        commissions: &fields.commission_ids,
        restricted: fields.restricted,
    }
}

fn record(commitment: &Commitment) -> RecordRef {
    RecordRef::new("commitment", commitment.id)
}

/// Tells the secretariats of the commissions that a secretariat has named anew.
pub(super) fn joint(tx: &mut Tx<'_>, actor: &Actor, commitment: &Commitment, before: &[CommissionId]) -> Result<()> {
    let words: String = commitment.fields.text.chars().take(150).collect();
    let record = JointRecord {
        kind: "commitment",
        id: commitment.id.into(),
        title: &format!("{} {words}", commitment.code),
        country: &commitment.country_code,
        commissions: &commitment.fields.commission_ids,
        before,
        restricted: commitment.fields.restricted,
    };
    notify_joint(tx, actor, &record)
}

/// Notifies institutions of their new assignments.
pub(super) fn assigned(tx: &mut Tx<'_>, commitment: &Commitment, to: &[InstitutionId]) -> Result<()> {
    let addressees = addressees_of_institutions(tx, about(commitment), to)?;
    notify(tx, Event::NewCommitment, record(commitment), about(commitment), &addressees, |one| {
        let message = Message { key: "commitment-new", more_facts: Vec::new() };
        message.draft(commitment, one)
    })
}

/// Notifies the secretariat of a completion that waits for its review; nobody of other reports.
pub(super) fn reported(tx: &mut Tx<'_>, commitment: &Commitment, update: &Update) -> Result<()> {
    if update.fields.status != ReportedStatus::Completed {
        return Ok(());
    }
    let institution = commitment.assignment(update.assignment_id)?.fields.institution_id;
    let addressees = addressees_in_secretariat(tx, about(commitment), &[institution])?;
    notify(tx, Event::CompletionReview, record(commitment), about(commitment), &addressees, |one| {
        let more_facts = vec![("commitment-label-narrative", update.fields.narrative.clone())];
        Message { key: "commitment-review", more_facts }.draft(commitment, one)
    })
}

/// Notifies the institution of a returned completion; nobody of an accepted one.
pub(super) fn reviewed(tx: &mut Tx<'_>, commitment: &Commitment, update: &Update) -> Result<()> {
    let Some(review) = update.review.as_ref().filter(|review| review.outcome == ReviewOutcome::Returned) else {
        return Ok(());
    };
    let institution = commitment.assignment(update.assignment_id)?.fields.institution_id;
    let addressees = addressees_of_institutions(tx, about(commitment), &[institution])?;
    notify(tx, Event::UpdateReturned, record(commitment), about(commitment), &addressees, |one| {
        let more_facts = review.comment.iter().map(|comment| ("commitment-label-comment", comment.clone())).collect();
        Message { key: "commitment-returned", more_facts }.draft(commitment, one)
    })
}

/// Notifies the institution of the decision on its request for more time.
pub(super) fn decided(tx: &mut Tx<'_>, commitment: &Commitment, extension: &Extension) -> Result<()> {
    let Some(decision) = &extension.decision else { return Ok(()) };
    let institution = commitment.assignment(extension.assignment_id)?.fields.institution_id;
    let addressees = addressees_of_institutions(tx, about(commitment), &[institution])?;
    notify(tx, Event::ExtensionDecided, record(commitment), about(commitment), &addressees, |one| {
        let asked = i18n::date(one.contact.language, &extension.fields.requested_due);
        let mut more_facts = vec![("commitment-label-requested", asked)];
        more_facts.extend(decision.comment.iter().map(|comment| ("commitment-label-comment", comment.clone())));
        let key = match decision.outcome {
            DecisionOutcome::Granted => "commitment-granted",
            DecisionOutcome::Refused => "commitment-refused",
        };
        Message { key, more_facts }.draft(commitment, one)
    })
}

/// The content of a mail: the key of its sentence, and facts besides those of the commitment.
struct Message {
    key: &'static str,
    more_facts: Vec<(&'static str, String)>,
}

impl Message {
    fn draft(self, commitment: &Commitment, addressee: &Addressee) -> EmailBody {
        let lang = addressee.contact.language;
        let code = commitment.code.clone();
        let subject = text(lang, &format!("{}-subject", self.key), &[("code", code.clone())]);
        let names: Vec<&str> = addressee.institutions.iter().map(|(_, name)| name.as_str()).collect();
        let mut facts = vec![
            ("commitment-label-code", code),
            ("commitment-label-text", commitment.fields.text.clone()),
            ("commitment-label-institutions", names.join("; ")),
            ("commitment-label-due", due(commitment, addressee, lang)),
        ];
        facts.extend(self.more_facts);
        let facts = facts.into_iter().map(|(key, value)| (text(lang, key, &[]), value)).collect();
        let link = Block::Link(text(lang, "commitment-link", &[]), format!("/commitments/{}", commitment.id));
        EmailBody::new(lang, subject, vec![Block::Text(text(lang, self.key, &[])), Block::Facts(facts), link])
    }
}

/// Returns the terms of the institutions' assignments, or the one that they share.
fn due(commitment: &Commitment, addressee: &Addressee, lang: Lang) -> String {
    let own = |part: &&Assignment| addressee.institutions.iter().any(|(id, _)| *id == part.fields.institution_id);
    let mut terms: Vec<String> =
        commitment.assignments.iter().filter(own).map(|part| term(commitment, part, lang)).collect();
    terms.dedup();
    terms.join("; ")
}

fn term(commitment: &Commitment, part: &Assignment, lang: Lang) -> String {
    let fields = &commitment.fields;
    match (part.fields.due.as_ref().or(fields.due.as_ref()), part.due_to) {
        (Some(due), _) => i18n::date(lang, due),
        (None, Some(last)) => i18n::day(lang, last),
        (None, None) => fields.due_text.clone().unwrap_or_else(|| text(lang, "commitment-no-term", &[])),
    }
}
