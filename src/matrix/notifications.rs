//! The mail about an imported matrix that leaves reports awaiting review.

use super::changes::CommitmentChange;
use super::model::MatrixImport;
use super::progress::Action;
use crate::commitments::ReportedStatus;
use crate::db::{CommissionId, Tx, unique};
use crate::error::Result;
use crate::i18n::{text, text_with};
use crate::mail::{Block, EmailBody};
use crate::notifications::{Event, RecordKind, RecordRef, RecordScope, addressees_in_secretariat, notify};

/// Notifies the secretariats of the reports that await review, each person once, without the person who imports.
pub(super) fn reports_await_review(tx: &mut Tx<'_>, import: &MatrixImport, changes: &[CommitmentChange]) -> Result<()> {
    let mut commissions: Vec<CommissionId> = Vec::new();
    let mut reports = 0_usize;
    for change in changes {
        let completes = |action: &Action| match action {
            Action::Report(report) => report.status == ReportedStatus::Completed,
            Action::Cancel(_) => false,
        };
        let waiting = change.steps.iter().filter(|step| completes(&step.action)).count();
        reports += waiting;
        if waiting > 0 {
            commissions.extend(&change.input.commission_ids);
        }
    }
    let commissions = unique(commissions);
    if reports == 0 {
        return Ok(());
    }
    // The number reveals nothing about restricted commitments, and everybody who is notified may see them.
    let scope = RecordScope { country: &import.country_code, commissions: &commissions, restricted: false };
    let people = addressees_in_secretariat(tx, scope, &[])?;
    let record = RecordRef::new(RecordKind::Import, import.id);
    notify(tx, Event::MatrixImported, record, scope, &people, |one| {
        let lang = one.contact.language;
        let args = [("file", import.file_name.as_str().into()), ("count", reports.into())];
        let blocks = vec![
            Block::Text(text_with(lang, "matrix-imported", &args)),
            Block::Link(text(lang, "matrix-imported-link", &[]), "/reviews".to_owned()),
        ];
        EmailBody::new(lang, text_with(lang, "matrix-imported-subject", &args), blocks)
    })
}
