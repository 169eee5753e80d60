//! The mails about periodic reports: an institution is asked for them, a report awaits review, a report was returned or
//! waived.

use super::actions::InstitutionPeriod;
use super::model::{Duty, DutyReport, DutyReview, DutyState, DutyWaiver};
use crate::dates::PartialDate;
use crate::db::{InstitutionId, Tx};
use crate::error::Result;
use crate::i18n::{self, Lang, text, text_with, word};
use crate::mail::{Block, EmailBody};
use crate::notifications::{
    Addressee, Event, RecordKind, RecordRef, RecordScope, addressees_in_secretariat, addressees_of_institutions, notify,
};

fn about(duty: &Duty) -> RecordScope<'_> {
    RecordScope {
        country: &duty.country_code,
        commissions: &duty.fields.commission_ids,
        restricted: duty.fields.restricted,
    }
}

fn record(duty: &Duty) -> RecordRef {
    RecordRef::new(RecordKind::Duty, duty.id)
}

/// Notifies institutions that they are asked for reports; `first_of` returns the first period that some of them are asked for.
pub(super) fn asked(
    tx: &mut Tx<'_>,
    duty: &Duty,
    institutions: &[InstitutionId],
    first_of: impl Fn(&[InstitutionId]) -> PartialDate,
) -> Result<()> {
    let addressees = addressees_of_institutions(tx, about(duty), institutions)?;
    notify(tx, Event::DutyAsked, record(duty), about(duty), &addressees, |one| {
        let lang = one.contact.language;
        let period = &first_of(&one.institutions.iter().map(|(id, _)| *id).collect::<Vec<_>>());
        let mut facts = facts(one, duty, period);
        facts.push((text(lang, "duty-label-every", &[]), word(lang, "duties-every", duty.fields.every.as_str())));
        facts.push((text(lang, "duty-label-due", &[]), i18n::day(lang, duty.due_day(period))));
        mail(lang, "duty-asked", short(duty), facts, ("duty-link-asked", format!("/duties/{}", duty.id)))
    })
}

/// Notifies the secretariat of a report that awaits its review.
pub(super) fn reported(tx: &mut Tx<'_>, target: &InstitutionPeriod, report: &DutyReport) -> Result<()> {
    let addressees = addressees_in_secretariat(tx, about(&target.duty), &[target.institution])?;
    notify(tx, Event::DutyReported, record(&target.duty), about(&target.duty), &addressees, |one| {
        let lang = one.contact.language;
        let state = text(lang, state_key(report.state), &[]);
        let mut facts = facts(one, &target.duty, &target.period);
        facts.push((text(lang, "duty-label-state", &[]), state));
        if report.revision > 1 {
            let number = [("n", (report.revision - 1).into())];
            facts.push((text(lang, "duty-label-revision", &[]), text_with(lang, "duties-correction", &number)));
        }
        facts.extend(
            report.fields.narrative.clone().map(|narrative| (text(lang, "duty-label-narrative", &[]), narrative)),
        );
        mail(lang, "duty-reported", titled(target, lang), facts, ("duty-link-review", path(target)))
    })
}

/// Notifies the secretariat of the reports of an imported matrix, which await their review.
pub(super) fn imported(tx: &mut Tx<'_>, duty: &Duty, reports: usize) -> Result<()> {
    let addressees = addressees_in_secretariat(tx, about(duty), &[])?;
    notify(tx, Event::DutyReported, record(duty), about(duty), &addressees, |one| {
        let lang = one.contact.language;
        let facts = vec![
            (text(lang, "duty-label-title", &[]), duty.fields.title.clone()),
            (text(lang, "duty-label-reports", &[]), reports.to_string()),
        ];
        mail(lang, "duty-imported", short(duty), facts, ("duty-link-matrix", format!("/duties/{}", duty.id)))
    })
}

/// Notifies the institution of a report that was returned.
pub(super) fn returned(tx: &mut Tx<'_>, target: &InstitutionPeriod, review: &DutyReview) -> Result<()> {
    let addressees = addressees_of_institutions(tx, about(&target.duty), &[target.institution])?;
    notify(tx, Event::DutyReturned, record(&target.duty), about(&target.duty), &addressees, |one| {
        let lang = one.contact.language;
        let mut facts = facts(one, &target.duty, &target.period);
        facts.extend(review.fields.comment.clone().map(|comment| (text(lang, "duty-label-comment", &[]), comment)));
        mail(lang, "duty-returned", titled(target, lang), facts, ("duty-link-correct", path(target)))
    })
}

/// Notifies the institution that it is released from the report on a period, or that the release was withdrawn.
pub(super) fn waived(tx: &mut Tx<'_>, target: &InstitutionPeriod, waiver: &DutyWaiver) -> Result<()> {
    let key = if waiver.withdrawn_at.is_some() { "duty-waiver-withdrawn" } else { "duty-waived" };
    let addressees = addressees_of_institutions(tx, about(&target.duty), &[target.institution])?;
    notify(tx, Event::DutyWaived, record(&target.duty), about(&target.duty), &addressees, |one| {
        let lang = one.contact.language;
        let mut facts = facts(one, &target.duty, &target.period);
        facts.push((text(lang, "duty-label-reason", &[]), waiver.reason.clone()));
        mail(lang, key, titled(target, lang), facts, ("duty-link-report", path(target)))
    })
}

fn state_key(state: DutyState) -> &'static str {
    match state {
        DutyState::Zero => "duties-state-zero",
        DutyState::Nothing => "duties-state-nothing",
        _ => "duties-state-reported",
    }
}

fn path(target: &InstitutionPeriod) -> String {
    format!("/duties/{}/reports/{}/{}", target.duty.id, target.institution, target.period)
}

/// Returns the facts that every mail has: the report, the institutions and the period.
fn facts(one: &Addressee, duty: &Duty, period: &PartialDate) -> Vec<(String, String)> {
    let lang = one.contact.language;
    let names: Vec<&str> = one.institutions.iter().map(|(_, name)| name.as_str()).collect();
    [
        ("duty-label-title", duty.fields.title.clone()),
        ("duty-label-institution", names.join("; ")),
        ("duty-label-period", i18n::date(lang, period)),
    ]
    .map(|(key, value)| (text(lang, key, &[]), value))
    .to_vec()
}

/// Returns the title of a duty as a subject has room for it.
fn short(duty: &Duty) -> String {
    duty.fields.title.chars().take(150).collect()
}

/// Returns the title of a duty with the period, so that the mails about two periods have two subjects.
fn titled(target: &InstitutionPeriod, lang: Lang) -> String {
    format!("{} ({})", short(&target.duty), i18n::date(lang, &target.period))
}

fn mail(
    lang: Lang,
    key: &'static str,
    title: String,
    facts: Vec<(String, String)>,
    (link, path): (&'static str, String),
) -> EmailBody {
    let subject = text(lang, &format!("{key}-subject"), &[("title", title)]);
    let link = Block::Link(text(lang, link, &[]), path);
    EmailBody::new(lang, subject, vec![Block::Text(text(lang, key, &[])), Block::Facts(facts), link])
}
