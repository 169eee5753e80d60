//! Beginning, changing, drafting and answering reports; approving them.

mod approval;
mod sketch;

use std::collections::HashMap;

use super::answers;
use super::findings;
use super::form::{Kept, Wording, fill};
use super::frozen::Frozen;
use super::model::{AnswerInput, AnswerState, Cover, Form, QuestionAsked, Report, ReportInput, ReportStatus};
use super::policy;
use super::questionnaire::{Asked, questions};
use super::records::Roadmap;
use super::store::{self, Head};
use super::words::Words;
use crate::access::{Visibility, target_country};
use crate::audit;
use crate::clock::new_id;
use crate::db::{Db, PlanId, ReportId, Tx};
use crate::error::{Code, Faults, Result};
use crate::http::{Page, Paging};
use crate::i18n::Lang;
use crate::identity::Actor;
pub use approval::{approve, begin_version};
use sketch::drafts;
pub use sketch::{Sketch, sketch};

/// A report as its reader sees it.
pub fn find(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId) -> Result<Report> {
    let head = store::find(conn, visibility, id)?;
    complete(conn, lang, vec![head])?.pop().ok_or_else(|| Code::NotFound.into())
}

/// One page of reports, each with its questions and answers.
pub fn list(
    conn: &mut Db,
    visibility: &Visibility,
    lang: Lang,
    country: Option<&str>,
    paging: &Paging<ReportId>,
) -> Result<Page<Report>> {
    let page = store::list(conn, visibility, country, paging)?;
    Ok(Page { items: complete(conn, lang, page.items)?, next_cursor: page.next_cursor })
}

/// Puts questions and answers to reports: three queries for however many. What is approved is read from its frozen copy.
fn complete(conn: &mut Db, lang: Lang, heads: Vec<Head>) -> Result<Vec<Report>> {
    let ids: Vec<ReportId> = heads.iter().map(|head| head.id).collect();
    let plans: Vec<PlanId> = heads.iter().map(|head| head.fields.roadmap_id).collect();
    let mut answers = store::answers_of(conn, &ids)?;
    let items = store::items_of(conn, &plans)?;
    let frozen = store::frozen_of(conn, &heads)?;
    let complete = |head: Head| match head.snapshot.as_ref().and_then(|name| frozen.get(name)) {
        Some(frozen) => signed(head, frozen, lang),
        None => {
            let items = items.get(&head.fields.roadmap_id).cloned().unwrap_or_default();
            let roadmap = Roadmap { title: String::new(), items };
            let answers = answers.remove(&head.id).unwrap_or_default();
            let form = form_of(&head.fields, &roadmap, &answers, lang);
            report_of(head, form, None)
        }
    };
    Ok(heads.into_iter().map(complete).collect())
}

/// An approved report as it was signed.
fn signed(head: Head, frozen: &Frozen, lang: Lang) -> Report {
    let form = frozen.forms.get(&lang).cloned().unwrap_or(Form { sections: Vec::new() });
    let cover = Cover { country: frozen.country.clone(), roadmap: frozen.roadmap.clone() };
    report_of(head, form, Some(cover))
}

fn report_of(head: Head, form: Form, cover: Option<Cover>) -> Report {
    Report {
        id: head.id,
        fields: head.fields,
        status: head.status,
        version: head.version,
        previous_version_id: head.previous_version_id,
        version_reason: head.version_reason,
        drafted_at: head.drafted_at,
        approved_at: head.approved_at,
        approved_by: head.approved_by,
        snapshot: head.snapshot,
        finding_counts: findings::count(form.questions()),
        form,
        cover,
        created_at: head.created_at,
        updated_at: head.updated_at,
    }
}

fn form_of(fields: &ReportInput, roadmap: &Roadmap, answers: &HashMap<String, Kept>, lang: Lang) -> Form {
    let period = (fields.period_from, fields.period_to);
    let words = Words { lang, country: &fields.country_code };
    with_questions(fields, roadmap, |asked| fill(words, period, asked, answers))
}

fn with_questions<T>(fields: &ReportInput, roadmap: &Roadmap, f: impl FnOnce(&[Asked<'_>]) -> T) -> T {
    let priorities = roadmap.priorities();
    let steps = roadmap.next_steps(fields.period_from, fields.period_to);
    f(&questions(&fields.country_code, fields.first_report, &priorities, &steps))
}

pub fn create(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, input: ReportInput) -> Result<Report> {
    let mut faults = tx.faults();
    target_country(tx.conn, actor, &input.country_code, &mut faults)?;
    check_roadmap(tx.conn, &input, &mut faults)?;
    faults.into_result()?;
    let head = Head::begun(new_id(tx.now), input, tx.now);
    store::insert(tx.conn, &head)?;
    write_drafts(tx, &head)?;
    let report = find(tx.conn, &Visibility::everything(), lang, head.id)?;
    audit::created(tx, "report", head.id, Some(&head.fields.country_code), &report)?;
    Ok(report)
}

/// Changes period, roadmap or form; what no person has edited is drafted anew.
pub fn update(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, id: ReportId, input: ReportInput) -> Result<Report> {
    let (head, before) = editable(tx, actor, lang, id)?;
    let mut faults = tx.faults();
    if input.country_code != head.fields.country_code {
        faults.add_comparison("/country_code", "other_country", Vec::new());
    }
    check_roadmap(tx.conn, &input, &mut faults)?;
    faults.into_result()?;
    let head = Head { fields: input, drafted_at: Some(tx.now), updated_at: tx.now, ..head };
    store::update(tx.conn, &head)?;
    write_drafts(tx, &head)?;
    changed(tx, lang, &head, &before)
}

pub fn delete(tx: &mut Tx<'_>, actor: &Actor, report: Report) -> Result<()> {
    let (head, before) = editable(tx, actor, actor.language, report.id)?;
    store::delete(tx.conn, head.id)?;
    audit::deleted(tx, "report", head.id, Some(&head.fields.country_code), &before)
}

/// Drafts anew what no person has edited.
pub fn redraft(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, id: ReportId) -> Result<Report> {
    let (head, before) = editable(tx, actor, lang, id)?;
    let head = Head { drafted_at: Some(tx.now), updated_at: tx.now, ..head };
    store::update(tx.conn, &head)?;
    write_drafts(tx, &head)?;
    changed(tx, lang, &head, &before)
}

/// A person's answer takes the place of the draft, which is not offered again; the sources stay.
pub fn answer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    lang: Lang,
    (id, key): (ReportId, &str),
    input: AnswerInput,
) -> Result<QuestionAsked> {
    let (head, before) = editable(tx, actor, lang, id)?;
    let roadmap = Roadmap { items: store::items(tx.conn, head.fields.roadmap_id)?, ..Roadmap::default() };
    let question = with_questions(&head.fields, &roadmap, |asked| {
        asked.iter().find(|asked| asked.key == key).map(|asked| asked.question)
    });
    let mut faults = tx.faults();
    answers::check(question.ok_or(Code::NotFound)?, &input, &mut faults);
    faults.into_result()?;
    let reading = store::answers_of(tx.conn, &[id])?
        .remove(&id)
        .and_then(|mut answers| answers.remove(key))
        .map(|kept| kept.reading)
        .unwrap_or_default();
    let kept = Kept {
        state: AnswerState::Edited,
        choices: input.choices,
        sources: reading.sources.iter().map(|(source, _)| source.clone()).collect(),
        wording: Wording::Own { text: input.text, other_text: input.other_text, rows: input.rows },
        edited_on: Some(reading.sources.clone()),
        reading,
    };
    store::put_answer(tx.conn, id, key, &kept, tx.now)?;
    let head = Head { updated_at: tx.now, ..head };
    store::update(tx.conn, &head)?;
    let report = changed(tx, lang, &head, &before)?;
    report.form.question(key).cloned().ok_or_else(|| Code::NotFound.into())
}

/// The report that a person may change now: 404, 403, or 409 when it is approved.
fn editable(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, id: ReportId) -> Result<(Head, Report)> {
    crate::db::dispatch::lock_row(tx.conn, "reports", id)?;
    let head = store::find(tx.conn, &Visibility::of(actor), id)?;
    policy::permit(actor, &head.fields.country_code)?;
    if head.status == ReportStatus::Approved {
        return Err(Code::ReportApproved.into());
    }
    let report = complete(tx.conn, lang, vec![head.clone()])?.pop().ok_or(Code::NotFound)?;
    Ok((head, report))
}

fn changed(tx: &mut Tx<'_>, lang: Lang, head: &Head, before: &Report) -> Result<Report> {
    let after = complete(tx.conn, lang, vec![head.clone()])?.pop().ok_or(Code::NotFound)?;
    audit::updated(tx, "report", head.id, Some(&head.fields.country_code), before, &after)?;
    Ok(after)
}

/// The roadmap is a plan of that kind, of the country.
fn check_roadmap(conn: &mut Db, input: &ReportInput, faults: &mut Faults) -> Result<()> {
    match store::plan_of(conn, input.roadmap_id)? {
        Some((country, _)) if country != input.country_code => {
            faults.add_comparison("/roadmap_id", "other_country", Vec::new())
        }
        Some((_, kind)) if kind == "roadmap" => {}
        _ => faults.add("/roadmap_id", "unknown_reference"),
    }
    Ok(())
}

fn write_drafts(tx: &mut Tx<'_>, head: &Head) -> Result<()> {
    let (_, drafts) = drafts(tx.conn, &head.fields)?;
    store::replace_drafts(tx.conn, head.id, &drafts, tx.now)
}
