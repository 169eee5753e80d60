//! Creates, changes, drafts, answers and approves reports.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use super::answer::{self, Answer, AnswerInput, AnswerState, ReportPerson, Severity, Source};
use super::cover::commissions_of;
use super::draft::{check_roadmap, drafts, load_records};
use super::figures::Figures;
use super::form::with_questions;
use super::model::{ApprovingOffice, Form, QuestionAsked, Report, ReportInput, ReportStatus, VersionInput};
use super::one_per_period::refuse_second;
use super::questionnaire::{Asked, SectionKey, question_of};
use super::reading::{LoadedDraft, report_of};
use super::records::Records;
use super::scope;
use super::sharing::{notify_answered, store::copy_assignees};
use super::since_confirmation::{changed_answers, ready_answers, unchanged_answers};
use super::snapshots::store::insert_snapshot;
use super::snapshots::{Contents, Frozen, freeze, sha256};
use super::store::{self, Head};
use super::stored_answers::store::{copy_answers, drop_confirmations, put_answer, put_draft, replace_drafts};
use super::stored_answers::{AnswerWords, Confirmation, DraftEvidence, StoredAnswer, Wording};
use super::wording::wordings_of;
use crate::access::{may_coordinate, target_country};
use crate::audit::{self, Change};
use crate::clock::new_id;
use crate::db::{CommissionId, Db, ReportId, Tx};
use crate::error::{Code, Error, Result};
use crate::i18n::Lang;
use crate::identity::Actor;
use crate::notifications::{RecordKind, RecordRef, RecordScope, withdraw};

/// Creates a report and drafts its answers; 409 when the country has one on this period.
pub(super) fn create(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, input: ReportInput) -> Result<Report> {
    let mut faults = tx.faults();
    target_country(tx.conn, actor, &input.country_code, &mut faults)?;
    check_roadmap(tx.conn, &input, &mut faults)?;
    faults.into_result()?;
    refuse_second(tx, &input, None)?;
    let head = Head::new(new_id(tx.now), input, tx.now);
    store::insert(tx.conn, &head)?;
    write_drafts(tx, &head)?;
    created(tx, lang, head)
}

/// Changes period, roadmap or form. Answers that no person has edited are drafted again; every answer is to be confirmed
/// again when one of these fields changes.
pub(super) fn update(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, id: ReportId, input: ReportInput) -> Result<Report> {
    let before = editable(tx, actor, id)?;
    let head = &before.head;
    let mut faults = tx.faults();
    if input.country_code != head.country_code {
        faults.add_comparison("/country_code", "other_country", Vec::new());
    }
    check_roadmap(tx.conn, &input, &mut faults)?;
    faults.into_result()?;
    if (head.period_from, head.period_to) != (input.period_from, input.period_to) {
        refuse_second(tx, &input, Some(head))?;
    }
    let head = Head { drafted_at: Some(tx.now), updated_at: tx.now, ..head.clone().with_fields(input) };
    if head.fields() != before.head.fields() {
        drop_confirmations(tx.conn, id)?;
    }
    draft_again(tx, lang, before, head)
}

pub(super) fn delete(tx: &mut Tx<'_>, actor: &Actor, report: Report) -> Result<()> {
    let draft = editable(tx, actor, report.id)?;
    let country = store::country_name(tx.conn, &draft.head.country_code)?;
    let commissions: Vec<CommissionId> = draft.assignees.values().copied().collect();
    let before = draft.report(actor.language, &country);
    store::delete(tx.conn, before.id)?;
    audit::deleted(tx, "report", before.id, Some(&before.fields.country_code), &before)?;
    let scope = RecordScope { country: &before.fields.country_code, commissions: &commissions, restricted: false };
    withdraw(tx, RecordRef::new(RecordKind::Report, before.id), scope, &before.title)
}

/// Drafts the answers that no person has edited again.
pub(super) fn redraft(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, id: ReportId) -> Result<Report> {
    let before = editable(tx, actor, id)?;
    let head = Head { drafted_at: Some(tx.now), updated_at: tx.now, ..before.head.clone() };
    draft_again(tx, lang, before, head)
}

/// Returns an answer as the audit log records it: without findings, which are derived.
fn audited(key: &str, stored: &StoredAnswer, lang: Lang) -> Value {
    let state = if stored.confirmed.is_some() { AnswerState::Confirmed } else { stored.state };
    let Answer { text, choices, other_text, rows, sources, confirmed_by, confirmed_at, .. } = stored.in_language(lang);
    json!({
        "key": key, "state": state, "text": text, "choices": choices, "other_text": other_text, "rows": rows,
        "sources": sources, "confirmed_by": confirmed_by, "confirmed_at": confirmed_at,
    })
}

/// The confirmation of an answer that is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Confirming {
    /// Confirmed, also with errors.
    Always,
    /// Confirmed unless it has errors or lacks an option.
    WithoutErrors,
    /// Left to be confirmed.
    Later,
}

/// Saves a person's answer: it replaces the draft and keeps its sources. The audit log records this answer alone.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    lang: Lang,
    (id, key): (ReportId, &str),
    (input, confirming): (AnswerInput, Confirming),
) -> Result<QuestionAsked> {
    let mut draft = editable_answer(tx, actor, id, key)?;
    let question = question_of(key).ok_or(Code::NotFound)?;
    let mut faults = tx.faults();
    answer::check(question, &input, &mut faults);
    faults.into_result()?;
    let old = draft.answers.remove(key).unwrap_or_else(StoredAnswer::empty);
    let evidence = evidence_shown(tx, &draft, key, &old)?;
    let mut stored = StoredAnswer {
        state: AnswerState::Edited,
        confirmed: Some(confirmation(tx, actor)),
        choices: input.choices,
        sources: joined(&old.sources, evidence.sources.iter().map(|(source, _)| source)),
        basis: joined(&old.basis, &evidence.basis),
        wording: Wording::Own(AnswerWords { text: input.text, other_text: input.other_text, rows: input.rows }),
        edited_on: Some(evidence.sources.clone()),
        evidence,
    };
    let is_confirmed = match confirming {
        Confirming::Always => true,
        Confirming::WithoutErrors => may_be_confirmed(&mut draft, lang, key, &stored),
        Confirming::Later => false,
    };
    if !is_confirmed {
        stored.confirmed = None;
    }
    put_answer(tx.conn, id, key, &stored, tx.now)?;
    answered(tx, actor, lang, draft, key, "updated", (&old, stored))
}

/// Returns the sources of an answer and of the draft that it may be written from, each once: a person's answer keeps those
/// that it was written from, however often it is saved.
fn joined<'s>(own: &'s [Source], drafted: impl IntoIterator<Item = &'s Source>) -> Vec<Source> {
    let mut known = HashSet::new();
    let all = own.iter().chain(drafted);
    all.filter(|one| known.insert((one.kind, one.id.as_str()))).cloned().collect()
}

/// Returns true if a page confirms an answer in a report.
fn may_be_confirmed(draft: &mut LoadedDraft, lang: Lang, key: &str, stored: &StoredAnswer) -> bool {
    draft.answers.insert(key.to_owned(), stored.clone());
    draft.form(lang).question(key).is_some_and(QuestionAsked::may_be_confirmed)
}

/// Returns the evidence that a person saw beside an answer: that of the records as they are now, which the page compares with
/// those of the last drafting.
fn evidence_shown(tx: &mut Tx<'_>, draft: &LoadedDraft, key: &str, old: &StoredAnswer) -> Result<DraftEvidence> {
    let fields = draft.head.fields();
    let records = load_records(tx.conn, &fields, Some(tx.now))?;
    let drafted = drafts(&records, &fields).into_iter().find(|(own, _)| own == key);
    Ok(drafted.map_or_else(|| old.evidence.clone(), |(_, now)| now.evidence))
}

/// Confirms the present answer, a draft or a person's, or that a question needs none. The person who confirms last is the
/// person who confirmed it.
pub(super) fn confirm(
    tx: &mut Tx<'_>,
    actor: &Actor,
    lang: Lang,
    (id, key): (ReportId, &str),
) -> Result<QuestionAsked> {
    let mut draft = editable_answer(tx, actor, id, key)?;
    let old = draft.answers.remove(key).unwrap_or_else(StoredAnswer::empty);
    let evidence = evidence_shown(tx, &draft, key, &old)?;
    let stored = StoredAnswer {
        confirmed: Some(confirmation(tx, actor)),
        edited_on: Some(evidence.sources.clone()),
        evidence,
        ..old.clone()
    };
    put_answer(tx.conn, id, key, &stored, tx.now)?;
    answered(tx, actor, lang, draft, key, "confirmed", (&old, stored))
}

/// Confirms several answers: those of a section that are ready, or those of a new version that are as they were approved,
/// have no errors, and whose records have not changed since. The audit log records each. Returns their number.
pub(super) fn confirm_together(
    tx: &mut Tx<'_>,
    actor: &Actor,
    lang: Lang,
    id: ReportId,
    section: Option<SectionKey>,
) -> Result<usize> {
    let mut draft = editable(tx, actor, id)?;
    let report = report_of(draft.head.clone(), (lang, ""), draft.form(lang), None);
    let records = load_records(tx.conn, &report.fields, Some(tx.now))?;
    let changed = changed_answers(tx.conn, &report, &records)?;
    let keys = match section {
        Some(section) => ready_answers(&report, section, &changed),
        None => unchanged_answers(tx.conn, lang, &report, &changed)?,
    };
    for key in &keys {
        let old = draft.answers.remove(key).unwrap_or_else(StoredAnswer::empty);
        let confirmed = Some(confirmation(tx, actor));
        let stored = StoredAnswer { confirmed, edited_on: Some(old.evidence.sources.clone()), ..old.clone() };
        put_answer(tx.conn, id, key, &stored, tx.now)?;
        record_answer(tx, lang, &draft.head, (key, "confirmed"), (&old, &stored))?;
    }
    draft.head.updated_at = tx.now;
    store::update(tx.conn, &draft.head)?;
    Ok(keys.len())
}

fn confirmation(tx: &Tx<'_>, actor: &Actor) -> Confirmation {
    Confirmation { by: tx.who.map(|id| ReportPerson { id, name: actor.name.clone() }), at: tx.now }
}

/// Notes the change of an answer in the report and the audit log, and notifies the coordinators of one that a commission
/// confirmed; returns the question.
fn answered(
    tx: &mut Tx<'_>,
    actor: &Actor,
    lang: Lang,
    mut draft: LoadedDraft,
    key: &str,
    action: &'static str,
    (old, new): (&StoredAnswer, StoredAnswer),
) -> Result<QuestionAsked> {
    draft.head.updated_at = tx.now;
    store::update(tx.conn, &draft.head)?;
    record_answer(tx, lang, &draft.head, (key, action), (old, &new))?;
    let is_news = new.confirmed.is_some() && (old.confirmed.is_none() || !new.says_the_same(old));
    draft.answers.insert(key.to_owned(), new);
    if is_news && !may_coordinate(actor, &draft.head.country_code) {
        notify_answered(tx, &draft, key)?;
    }
    draft.form(lang).question(key).cloned().ok_or_else(|| Code::NotFound.into())
}

/// Records the change of an answer in the audit log.
fn record_answer(
    tx: &mut Tx<'_>,
    lang: Lang,
    head: &Head,
    (key, action): (&str, &'static str),
    (old, new): (&StoredAnswer, &StoredAnswer),
) -> Result<()> {
    let (before, after) = (audited(key, old, lang), audited(key, new, lang));
    let (id, country) = (head.id.to_string(), Some(head.country_code.as_str()));
    audit::record(tx, Change { action, kind: "report", id: &id, country }, Some(&before), Some(&after))
}

/// Drafts one answer again from the present records. The answer or confirmation of a person is dropped; an equal draft
/// changes nothing.
pub(super) fn drop_answer(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, (id, key): (ReportId, &str)) -> Result<()> {
    let mut draft = editable_answer(tx, actor, id, key)?;
    let old = draft.answers.remove(key);
    let fields = draft.head.fields();
    let records = load_records(tx.conn, &fields, Some(tx.now))?;
    let drafted = drafts(&records, &fields).into_iter().find(|(drafted, _)| drafted == key);
    let (_, new) = drafted.ok_or(Code::NotFound)?;
    let is_unchanged = old.as_ref().map_or(!new.is_to_store(), |old| *old == new);
    if is_unchanged {
        return Ok(());
    }
    let old = old.unwrap_or_else(StoredAnswer::empty);
    put_draft(tx.conn, id, key, &new, tx.now)?;
    answered(tx, actor, lang, draft, key, "updated", (&old, new)).map(drop)
}

/// Approves a report and freezes it with the records that it cites. 409 while an answer has an error, with the numbers
/// of the questions, and while answers wait for their confirmation, with their keys.
pub(super) fn approve(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, id: ReportId) -> Result<Report> {
    let draft = editable(tx, actor, id)?;
    let forms: BTreeMap<Lang, Form> = Lang::ALL.iter().map(|lang| (*lang, draft.form(*lang))).collect();
    let before = forms.get(&lang).cloned().unwrap_or_default();
    refuse_errors(&before)?;
    refuse_unconfirmed(&before)?;
    let head = draft.head;
    let records = load_records(tx.conn, &head.fields(), Some(tx.now))?;
    let cited = cited(&records, &before).to_string();
    let names = names_of(tx.conn, &head, (&records.country_name, &records.roadmap.title))?;
    let commissions_in = |lang: &Lang| (*lang, commissions_of(&records.in_language(*lang), &before));
    let commissions = Lang::ALL.iter().map(commissions_in).filter(|(_, names)| !names.is_empty()).collect();
    let frozen = Frozen {
        office: Some(ApprovingOffice::of(actor, &head.country_code)),
        commissions,
        fields: head.fields(),
        version: head.version,
        wordings: wordings_of(tx.conn, head.template)?,
        figures: Some(Figures::of(&records, (head.period_from, head.period_to))),
        country: records.country_name,
        roadmap: records.roadmap.title,
        names,
        drafted_at: head.drafted_at,
        approved_at: tx.now,
        approved_by: tx.who,
        forms: forms.into_iter().map(|(lang, form)| (lang, freeze(form))).collect(),
        records: sha256(&cited),
    };
    let text = frozen.canonical()?;
    let snapshot = sha256(&text);
    insert_snapshot(tx.conn, &frozen.records, &cited, tx.now)?;
    insert_snapshot(tx.conn, &snapshot, &text, tx.now)?;
    let before = report_of(head.clone(), (lang, &frozen.names_in(lang).0), before, None);
    let head = Head {
        status: ReportStatus::Approved,
        approved_at: Some(tx.now),
        approved_by: tx.who,
        snapshot: Some(snapshot),
        updated_at: tx.now,
        ..head
    };
    store::update(tx.conn, &head)?;
    let after = report_of(head, (lang, ""), freeze(before.form.clone()), Some(frozen.cover_in(lang)));
    let country = Some(after.fields.country_code.as_str());
    let change = Change { action: "approved", kind: "report", id: &id.to_string(), country };
    audit::record(tx, change, Some(&before), Some(&after))?;
    Ok(after)
}

/// Returns the records that the answers cite: kind, id, label and content.
fn cited(records: &Records, form: &Form) -> Value {
    let mut sources: Vec<&Source> = form.questions().flat_map(|asked| &asked.answer.sources).collect();
    sources.sort_unstable_by_key(|source| (source.kind, source.id.as_str()));
    sources.dedup_by(|one, other| (one.kind, &one.id) == (other.kind, &other.id));
    let contents = Contents::of(records, sources.iter().copied());
    let each = |source: &&Source| {
        let content = contents.get(source).cloned().unwrap_or_default();
        json!({"kind": source.kind, "id": source.id, "label": source.label, "content": content})
    };
    sources.iter().map(each).collect()
}

fn refuse_errors(form: &Form) -> Result<()> {
    let wrong = form
        .questions()
        .filter(|asked| asked.answer.findings.iter().any(|finding| finding.severity == Severity::Error));
    let numbers: Vec<String> = wrong.map(|asked| asked.number.to_string()).collect();
    if numbers.is_empty() {
        Ok(())
    } else {
        Err(Error::new(Code::ReportHasErrors).arg("questions", numbers.join(", ")))
    }
}

fn refuse_unconfirmed(form: &Form) -> Result<()> {
    let keys: Vec<&str> =
        form.questions().filter(|asked| asked.needs_confirmation).map(|asked| asked.key.as_str()).collect();
    if keys.is_empty() { Ok(()) } else { Err(Error::new(Code::Unconfirmed).arg("keys", keys.join(", "))) }
}

/// Creates a draft with the answers of an approved report; a report has one newer version at most.
pub(super) fn create_version(
    tx: &mut Tx<'_>,
    actor: &Actor,
    lang: Lang,
    id: ReportId,
    input: VersionInput,
) -> Result<Report> {
    let old = scope::lock(tx, actor, id)?;
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
        ..Head::new(new_id(tx.now), old.fields(), tx.now)
    };
    store::insert(tx.conn, &head)?;
    copy_answers(tx.conn, id, head.id, tx.now)?;
    copy_assignees(tx.conn, id, head.id, tx.now)?;
    created(tx, lang, head)
}

/// Loads and locks a draft that the caller may change: 404, 403, or 409 when the report is approved.
fn editable(tx: &mut Tx<'_>, actor: &Actor, id: ReportId) -> Result<LoadedDraft> {
    let head = scope::lock(tx, actor, id)?;
    draft_of(tx, head)
}

/// Loads and locks a draft one of whose questions the caller may answer.
fn editable_answer(tx: &mut Tx<'_>, actor: &Actor, id: ReportId, key: &str) -> Result<LoadedDraft> {
    let head = scope::lock_question(tx, actor, id, key)?;
    let draft = draft_of(tx, head)?;
    let asks = |asked: &[Asked<'_>]| asked.iter().any(|one| one.key == key);
    if with_questions(&draft.head.fields(), &draft.roadmap, asks) { Ok(draft) } else { Err(Code::NotFound.into()) }
}

fn draft_of(tx: &mut Tx<'_>, head: Head) -> Result<LoadedDraft> {
    match head.status {
        ReportStatus::Approved => Err(Code::ReportApproved.into()),
        ReportStatus::Draft => LoadedDraft::load(tx.conn, head),
    }
}

/// Returns the names of the country and of the roadmap in each language in which one of them has a translation.
fn names_of(conn: &mut Db, head: &Head, own: (&str, &str)) -> Result<BTreeMap<Lang, (String, String)>> {
    let mut names = BTreeMap::new();
    for lang in Lang::ALL {
        let country = store::country_name_in(conn, &head.country_code, *lang)?;
        let roadmap = store::plan_title(conn, head.roadmap_id, *lang)?;
        if (country.as_str(), roadmap.as_str()) != own {
            names.insert(*lang, (country, roadmap));
        }
    }
    Ok(names)
}

fn write_drafts(tx: &mut Tx<'_>, head: &Head) -> Result<()> {
    let fields = head.fields();
    let drafts = drafts(&load_records(tx.conn, &fields, Some(tx.now))?, &fields);
    replace_drafts(tx.conn, head.id, &drafts, tx.now)
}

fn draft_again(tx: &mut Tx<'_>, lang: Lang, before: LoadedDraft, head: Head) -> Result<Report> {
    let country = store::country_name_in(tx.conn, &head.country_code, lang)?;
    let before = before.report(lang, &country);
    store::update(tx.conn, &head)?;
    write_drafts(tx, &head)?;
    let after = LoadedDraft::load(tx.conn, head)?.report(lang, &country);
    audit::updated(tx, "report", after.id, Some(&after.fields.country_code), &before, &after)?;
    Ok(after)
}

fn created(tx: &mut Tx<'_>, lang: Lang, head: Head) -> Result<Report> {
    let country = store::country_name_in(tx.conn, &head.country_code, lang)?;
    let report = LoadedDraft::load(tx.conn, head)?.report(lang, &country);
    audit::created(tx, "report", report.id, Some(&report.fields.country_code), &report)?;
    Ok(report)
}
