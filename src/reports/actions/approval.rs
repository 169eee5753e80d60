//! Signing a report off, and beginning a new version of one that is signed off.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::sketch::record_of;
use super::{complete, editable, form_of};
use crate::audit::{self, Change};
use crate::clock::new_id;
use crate::db::{ReportId, Tx};
use crate::error::{Code, Error, Result};
use crate::i18n::Lang;
use crate::identity::Actor;
use crate::reports::findings::Severity;
use crate::reports::frozen::{Frozen, freeze};
use crate::reports::model::{Report, ReportStatus, Source, VersionInput};
use crate::reports::records::{Contents, Records, fingerprint};
use crate::reports::store::{self, Head};

/// Freezes the report and the records that it cites. 409 while an answer has an error, with the questions to mend.
pub fn approve(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, id: ReportId) -> Result<Report> {
    let (head, before) = editable(tx, actor, lang, id)?;
    refuse_errors(&before)?;
    let records = record_of(tx.conn, &head.fields)?;
    let answers = store::answers_of(tx.conn, &[id])?.remove(&id).unwrap_or_default();
    let forms: BTreeMap<Lang, _> = Lang::ALL
        .iter()
        .map(|lang| (*lang, freeze(form_of(&head.fields, &records.roadmap, &answers, *lang))))
        .collect();
    let cited = cited(&records, &before).to_string();
    let frozen = Frozen {
        fields: head.fields.clone(),
        version: head.version,
        country: records.country_name.clone(),
        roadmap: records.roadmap.title.clone(),
        drafted_at: head.drafted_at,
        approved_at: tx.now,
        approved_by: tx.who,
        forms,
        records: fingerprint(&cited),
    };
    let text = frozen.canonical()?;
    let snapshot = fingerprint(&text);
    store::keep_snapshot(tx.conn, &frozen.records, &cited, tx.now)?;
    store::keep_snapshot(tx.conn, &snapshot, &text, tx.now)?;
    let head = Head {
        status: ReportStatus::Approved,
        approved_at: Some(tx.now),
        approved_by: tx.who,
        snapshot: Some(snapshot),
        updated_at: tx.now,
        ..head
    };
    store::update(tx.conn, &head)?;
    let after = complete(tx.conn, lang, vec![head.clone()])?.pop().ok_or(Code::NotFound)?;
    let change =
        Change { action: "approved", kind: "report", id: &id.to_string(), country: Some(&head.fields.country_code) };
    audit::record(tx, change, Some(&before), Some(&after))?;
    Ok(after)
}

/// The records that the answers rest on, as they are: kind, id, label, and what the record says.
fn cited(records: &Records, report: &Report) -> Value {
    let mut sources: Vec<&Source> = report.form.questions().flat_map(|asked| &asked.answer.sources).collect();
    sources.sort_unstable_by_key(|source| (source.kind, source.id.as_str()));
    sources.dedup_by(|one, other| (one.kind, &one.id) == (other.kind, &other.id));
    let contents = Contents::of(records, sources.iter().copied());
    let each = |source: &&Source| {
        let content = contents.get(source).cloned().unwrap_or_default();
        json!({"kind": source.kind, "id": source.id, "label": source.label, "content": content})
    };
    sources.iter().map(each).collect()
}

fn refuse_errors(report: &Report) -> Result<()> {
    let wrong = report
        .form
        .questions()
        .filter(|asked| asked.answer.findings.iter().any(|finding| finding.severity == Severity::Error));
    let numbers: Vec<String> = wrong.map(|asked| asked.number.to_string()).collect();
    if numbers.is_empty() {
        Ok(())
    } else {
        Err(Error::new(Code::ReportHasErrors).arg("questions", numbers.join(", ")))
    }
}

/// A draft that begins with the answers of an approved report; one at a time.
pub fn begin_version(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, id: ReportId, input: VersionInput) -> Result<Report> {
    crate::db::dispatch::lock_row(tx.conn, "reports", id)?;
    let old = store::find(tx.conn, &crate::access::Visibility::of(actor), id)?;
    crate::access::require_coordinator(actor, &old.fields.country_code)?;
    tx.faults().into_result()?;
    if old.status != ReportStatus::Approved {
        return Err(Code::ReportNotApproved.into());
    }
    if store::has_newer_version(tx.conn, id)? {
        return Err(Code::ReportHasNewerVersion.into());
    }
    let head = Head {
        version: old.version + 1,
        previous_version_id: Some(id),
        version_reason: Some(input.reason),
        drafted_at: old.drafted_at,
        ..Head::begun(new_id(tx.now), old.fields, tx.now)
    };
    store::insert(tx.conn, &head)?;
    store::copy_answers(tx.conn, id, head.id, tx.now)?;
    let report = complete(tx.conn, lang, vec![head.clone()])?.pop().ok_or(Code::NotFound)?;
    audit::created(tx, "report", head.id, Some(&head.fields.country_code), &report)?;
    Ok(report)
}
