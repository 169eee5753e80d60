//! The mails about periodic reports: a report to review, a report that was returned.

use super::actions::Cell;
use super::model::{Duty, DutyReport, DutyReview, DutyState};
use crate::dates::PartialDate;
use crate::db::Tx;
use crate::error::Result;
use crate::i18n::{self, Lang, text};
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

/// Notifies the secretariat of a report that awaits its review.
pub(super) fn reported(tx: &mut Tx<'_>, cell: &Cell, report: &DutyReport) -> Result<()> {
    let addressees = addressees_in_secretariat(tx, about(&cell.duty), &[cell.institution])?;
    notify(tx, Event::DutyReported, record(&cell.duty), about(&cell.duty), &addressees, |one| {
        let lang = one.contact.language;
        let state = text(lang, state_key(report.state), &[]);
        let mut facts = facts(one, &cell.duty, &cell.period);
        facts.push((text(lang, "duty-label-state", &[]), state));
        facts.extend(
            report.fields.narrative.clone().map(|narrative| (text(lang, "duty-label-narrative", &[]), narrative)),
        );
        mail(lang, "duty-reported", &cell.duty, facts, ("duty-link-review", path(cell)))
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
        mail(lang, "duty-imported", duty, facts, ("duty-link-matrix", format!("/duties/{}", duty.id)))
    })
}

/// Notifies the institution of a report that was returned.
pub(super) fn returned(tx: &mut Tx<'_>, cell: &Cell, review: &DutyReview) -> Result<()> {
    let addressees = addressees_of_institutions(tx, about(&cell.duty), &[cell.institution])?;
    notify(tx, Event::DutyReturned, record(&cell.duty), about(&cell.duty), &addressees, |one| {
        let lang = one.contact.language;
        let mut facts = facts(one, &cell.duty, &cell.period);
        facts.extend(review.fields.comment.clone().map(|comment| (text(lang, "duty-label-comment", &[]), comment)));
        mail(lang, "duty-returned", &cell.duty, facts, ("duty-link-correct", path(cell)))
    })
}

fn state_key(state: DutyState) -> &'static str {
    match state {
        DutyState::Zero => "duties-state-zero",
        DutyState::Nothing => "duties-state-nothing",
        _ => "duties-state-reported",
    }
}

fn path(cell: &Cell) -> String {
    format!("/duties/{}/reports/{}/{}", cell.duty.id, cell.institution, cell.period)
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

fn mail(
    lang: Lang,
    key: &'static str,
    duty: &Duty,
    facts: Vec<(String, String)>,
    (link, path): (&'static str, String),
) -> EmailBody {
    let title: String = duty.fields.title.chars().take(150).collect();
    let subject = text(lang, &format!("{key}-subject"), &[("title", title)]);
    let link = Block::Link(text(lang, link, &[]), path);
    EmailBody::new(lang, subject, vec![Block::Text(text(lang, key, &[])), Block::Facts(facts), link])
}
