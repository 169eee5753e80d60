//! The mails about commitments: each names the commissions, the session, the agreement, the institutions, the text, the
//! target and the term, then the facts of the event.

use crate::commitments::model::{Assignment, Commitment, Quantity};
use crate::commitments::store::{self, Origin};
use crate::db::{InstitutionId, Tx};
use crate::error::Result;
use crate::i18n::{self, Lang, text};
use crate::mail::{Block, EmailBody};
use crate::notifications::{
    Addressee, Event, RecordKind, RecordRef, RecordScope, addressees_in_secretariat, addressees_of_institutions, notify,
};

/// The content of a mail: the key of its sentence, a further sentence, and facts besides those of the commitment.
pub(super) struct Mail {
    key: &'static str,
    note: Option<&'static str>,
    more_facts: Vec<(&'static str, String)>,
    /// The key of the text of the link, and its path; None for the page of the commitment.
    link: Option<(&'static str, String)>,
}

impl Mail {
    pub(super) fn new(key: &'static str) -> Self {
        Self { key, note: None, more_facts: Vec::new(), link: None }
    }

    pub(super) fn note(self, key: &'static str) -> Self {
        Self { note: Some(key), ..self }
    }

    /// Adds a fact that is known.
    pub(super) fn fact(mut self, label: &'static str, value: Option<String>) -> Self {
        self.more_facts.extend(value.map(|value| (label, value)));
        self
    }

    pub(super) fn link(self, label: &'static str, path: String) -> Self {
        Self { link: Some((label, path)), ..self }
    }
}

/// The reader of a mail: the restricted session or agreement of a commitment is named only to its secretariat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Institution,
    Secretariat,
}

fn about(commitment: &Commitment) -> RecordScope<'_> {
    let fields = &commitment.fields;
    RecordScope {
        country: &commitment.country_code,
        commissions: &fields.commission_ids,
        restricted: fields.restricted,
    }
}

/// Notifies the people of these institutions.
pub(super) fn to_institutions(
    tx: &mut Tx<'_>,
    event: Event,
    commitment: &Commitment,
    to: &[InstitutionId],
    mail: impl Fn(Lang) -> Mail,
) -> Result<()> {
    if tx.silent || to.is_empty() {
        return Ok(());
    }
    let addressees = addressees_of_institutions(tx, about(commitment), to)?;
    send(tx, event, commitment, (Reader::Institution, &addressees), mail)
}

/// Notifies the secretariat of something that concerns an institution.
pub(super) fn to_secretariat(
    tx: &mut Tx<'_>,
    event: Event,
    commitment: &Commitment,
    about_whom: InstitutionId,
    mail: impl Fn(Lang) -> Mail,
) -> Result<()> {
    let addressees = addressees_in_secretariat(tx, about(commitment), &[about_whom])?;
    send(tx, event, commitment, (Reader::Secretariat, &addressees), mail)
}

/// Notifies the people of an institution, and those of the secretariat who are not among them.
pub(super) fn to_institution_and_secretariat(
    tx: &mut Tx<'_>,
    event: Event,
    commitment: &Commitment,
    institution: InstitutionId,
    mail: impl Fn(Lang) -> Mail,
) -> Result<()> {
    let own = addressees_of_institutions(tx, about(commitment), &[institution])?;
    let mut others = addressees_in_secretariat(tx, about(commitment), &[institution])?;
    others.retain(|one| own.iter().all(|known| known.contact.key() != one.contact.key()));
    send(tx, event, commitment, (Reader::Institution, &own), &mail)?;
    send(tx, event, commitment, (Reader::Secretariat, &others), &mail)
}

fn send(
    tx: &mut Tx<'_>,
    event: Event,
    commitment: &Commitment,
    (reader, addressees): (Reader, &[Addressee]),
    mail: impl Fn(Lang) -> Mail,
) -> Result<()> {
    if addressees.is_empty() || commitment.is_draft() {
        return Ok(());
    }
    let origin = store::origin(tx.conn, &commitment.fields)?;
    let record = RecordRef::new(RecordKind::Commitment, commitment.id);
    notify(tx, event, record, about(commitment), addressees, |one| {
        let draft = CommitmentMail { commitment, origin: &origin, reader, addressee: one };
        draft.body(mail(one.contact.language))
    })
}

/// A mail about a commitment to one person.
struct CommitmentMail<'d> {
    commitment: &'d Commitment,
    origin: &'d Origin,
    reader: Reader,
    addressee: &'d Addressee,
}

impl CommitmentMail<'_> {
    fn body(&self, mail: Mail) -> EmailBody {
        let lang = self.addressee.contact.language;
        let code = self.commitment.code.clone();
        let subject = text(lang, &format!("{}-subject", mail.key), &[("code", code)]);
        let mut facts = self.facts();
        facts.extend(mail.more_facts);
        let facts = facts.into_iter().map(|(key, value)| (text(lang, key, &[]), value)).collect();
        let mut blocks: Vec<Block> =
            [Some(mail.key), mail.note].into_iter().flatten().map(|key| Block::Text(text(lang, key, &[]))).collect();
        blocks.push(Block::Facts(facts));
        blocks.push(self.next_step(mail.link));
        EmailBody::new(lang, subject, blocks)
    }

    /// Returns the facts of the commitment, each with the key of its label.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let lang = self.addressee.contact.language;
        let commission = if self.origin.commissions.len() > 1 {
            "commitment-label-commissions"
        } else {
            "commitment-label-commission"
        };
        let names: Vec<&str> = self.addressee.institutions.iter().map(|(_, name)| name.as_str()).collect();
        let facts = [
            ("commitment-label-code", Some(self.commitment.code.clone())),
            (commission, Some(self.origin.commissions.join("; "))),
            ("commitment-label-session", self.session(lang)),
            ("commitment-label-agreement", self.agreement(lang)),
            ("commitment-label-text", Some(self.commitment.fields.text.clone())),
            ("commitment-label-institutions", Some(names.join("; "))),
            ("commitment-label-target", self.targets(lang)),
            ("commitment-label-due", Some(self.terms(lang))),
        ];
        facts.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }

    fn may_name(&self, restricted: bool) -> bool {
        !restricted || self.reader == Reader::Secretariat
    }

    fn session(&self, lang: Lang) -> Option<String> {
        let session = self.origin.session.as_ref().filter(|session| self.may_name(session.restricted))?;
        let args = [("title", session.title.clone()), ("day", i18n::date(lang, &session.on))];
        Some(text(lang, "commitment-session", &args))
    }

    fn agreement(&self, lang: Lang) -> Option<String> {
        let agreement = self.origin.agreement.as_ref().filter(|agreement| self.may_name(agreement.restricted))?;
        let title = agreement.title.clone();
        Some(match &agreement.number {
            Some(number) => text(lang, "commitment-agreement", &[("number", number.clone()), ("title", title)]),
            None => title,
        })
    }

    /// Returns the assignments that the mail is about.
    fn parts(&self) -> impl Iterator<Item = &Assignment> {
        let named = &self.addressee.institutions;
        let own = move |part: &&Assignment| named.iter().any(|(id, _)| *id == part.fields.institution_id);
        self.commitment.assignments.iter().filter(own)
    }

    /// Returns the targets of the institutions, or the one that they share; None without any.
    fn targets(&self, lang: Lang) -> Option<String> {
        let targets = self.parts().filter_map(|part| part.fields.target.as_ref()).map(|target| {
            let quantity = amount(lang, target.quantity);
            text(lang, "commitment-target", &[("quantity", quantity), ("unit", target.unit.clone())])
        });
        joined(targets.collect())
    }

    /// Returns the terms of the institutions' assignments, or the one that they share.
    fn terms(&self, lang: Lang) -> String {
        joined(self.parts().map(|part| term(self.commitment, part, lang)).collect()).unwrap_or_default()
    }

    /// Returns the link to the page where the reader can act. Those without an account write to the secretariat.
    fn next_step(&self, link: Option<(&'static str, String)>) -> Block {
        let addressee = self.addressee;
        let lang = addressee.contact.language;
        let is_address = addressee.contact.user_id.is_none() && !addressee.is_instead();
        if self.reader == Reader::Institution && is_address {
            return Block::Text(text(lang, "commitment-no-account", &[]));
        }
        let (key, path) = link.unwrap_or_else(|| ("commitment-link", format!("/commitments/{}", self.commitment.id)));
        Block::Link(text(lang, key, &[]), path)
    }
}

/// Joins values; equal neighbours count once.
fn joined(mut values: Vec<String>) -> Option<String> {
    values.dedup();
    (!values.is_empty()).then(|| values.join("; "))
}

fn term(commitment: &Commitment, part: &Assignment, lang: Lang) -> String {
    let fields = &commitment.fields;
    match (part.fields.due.as_ref().or(fields.due.as_ref()), part.due_to) {
        (Some(due), _) => i18n::date(lang, due),
        (None, Some(last)) => i18n::day(lang, last),
        (None, None) => fields.due_text.clone().unwrap_or_else(|| text(lang, "commitment-no-term", &[])),
    }
}

/// Writes an amount in the way of the language: `2,5` in Spanish.
pub(super) fn amount(lang: Lang, quantity: Quantity) -> String {
    let written = quantity.to_string();
    match lang {
        Lang::Es => written.replace('.', ","),
        Lang::En => written,
    }
}

/// Notifies an institution of the parts that it hands over or takes over, in commitments of the same commissions.
pub(super) fn handed_over(
    tx: &mut Tx<'_>,
    (event, key): (Event, &'static str),
    institution: InstitutionId,
    given: &[&Commitment],
    reason: &str,
) -> Result<()> {
    let Some(first) = given.first() else { return Ok(()) };
    let addressees = addressees_of_institutions(tx, about(first), &[institution])?;
    notify(tx, event, RecordRef::new(RecordKind::Institution, institution), about(first), &addressees, |one| {
        let lang = one.contact.language;
        let number = [("number", given.len().to_string())];
        let mut facts = vec![(text(lang, "commitments-label-reason", &[]), reason.to_owned())];
        facts.extend(given.iter().map(|commitment| (commitment.code.clone(), commitment.fields.text.clone())));
        let address = format!("/commitments?institution_id={institution}");
        let link = Block::Link(text(lang, "commitments-link", &[]), address);
        let blocks = vec![Block::Text(text(lang, key, &number)), Block::Facts(facts), link];
        EmailBody::new(lang, text(lang, &format!("{key}-subject"), &number), blocks)
    })
}
