//! Reads of reports: the report with its answers, one question, the document, the comparison, the frozen copy, and the
//! suggestions for a plan.

use super::answer::AnswerState;
use super::comparison::{Comparison, compare};
use super::findings;
use super::form::form_of;
use super::model::{Cover, Form, QuestionAsked, Report, ReportInput};
use super::records::{Item, Roadmap, activities_of, commitments_of, items, items_of};
use super::snapshots::Snapshot;
use super::snapshots::store::{frozen, snapshot as load_snapshot};
use super::store::{self, Head};
use super::stored_answers::Answers;
use super::stored_answers::store::{answers_of, answers_of_all};
use super::suggestions::{Evidence, Suggestions, suggest};
use super::words::Words;
use crate::access::{Visibility, country_zone};
use crate::clock::Instant;
use crate::db::{Db, PlanId, ReportId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::i18n::Lang;
use crate::plans::PlanItemKind;

/// The content of a report's document: stored, or drafted without storing it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ReportContent {
    #[serde(flatten)]
    pub fields: ReportInput,
    #[serde(flatten)]
    pub form: Form,
    #[serde(skip)]
    pub country_name: String,
    #[serde(skip)]
    pub roadmap_title: String,
}

crate::nothing_restricted!(ReportContent);

/// A draft with everything that its form is made from.
pub(super) struct LoadedDraft {
    pub head: Head,
    pub roadmap: Roadmap,
    pub answers: Answers,
}

impl LoadedDraft {
    pub(super) fn load(conn: &mut Db, head: Head) -> Result<Self> {
        let answers = answers_of(conn, head.id)?;
        let roadmap = Roadmap { title: String::new(), items: items(conn, head.roadmap_id)? };
        Ok(Self { head, roadmap, answers })
    }

    pub(super) fn form(&self, lang: Lang) -> Form {
        form_of(&self.head.fields(), &self.roadmap, &self.answers, lang)
    }

    pub(super) fn report(self, lang: Lang) -> Report {
        let form = self.form(lang);
        report_of(self.head, form, None)
    }
}

pub(super) fn report_of(head: Head, form: Form, cover: Option<Cover>) -> Report {
    Report {
        id: head.id,
        fields: head.fields(),
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

/// Loads a report as its reader sees it.
pub(super) fn find(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId) -> Result<Report> {
    let head = store::find(conn, visibility, id)?;
    complete(conn, lang, vec![head])?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Loads one page of reports, each with its questions and answers.
pub(super) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    lang: Lang,
    country: Option<&str>,
    paging: &Paging<ReportId>,
) -> Result<Page<Report>> {
    let page = store::list(conn, visibility, country, paging)?;
    Ok(Page { items: complete(conn, lang, page.items)?, next_cursor: page.next_cursor })
}

/// Adds questions and answers to reports, in three queries for any number. Approved ones are read from the frozen copy.
fn complete(conn: &mut Db, lang: Lang, heads: Vec<Head>) -> Result<Vec<Report>> {
    let ids: Vec<ReportId> = heads.iter().map(|head| head.id).collect();
    let plans: Vec<PlanId> = heads.iter().map(|head| head.roadmap_id).collect();
    let mut answers = answers_of_all(conn, &ids)?;
    let items = items_of(conn, &plans)?;
    let names: Vec<&String> = heads.iter().filter_map(|head| head.snapshot.as_ref()).collect();
    let frozen = frozen(conn, &names)?;
    let complete = |head: Head| match head.snapshot.as_ref().and_then(|name| frozen.get(name)) {
        Some(frozen) => {
            let form = frozen.forms.get(&lang).cloned().unwrap_or_default();
            let cover = Cover { country: frozen.country.clone(), roadmap: frozen.roadmap.clone() };
            report_of(head, form, Some(cover))
        }
        None => {
            let items = items.get(&head.roadmap_id).cloned().unwrap_or_default();
            let answers = answers.remove(&head.id).unwrap_or_default();
            LoadedDraft { head, roadmap: Roadmap { title: String::new(), items }, answers }.report(lang)
        }
    };
    Ok(heads.into_iter().map(complete).collect())
}

/// Loads one question of a report with its answer.
pub(super) fn question(
    conn: &mut Db,
    visibility: &Visibility,
    lang: Lang,
    id: ReportId,
    key: &str,
) -> Result<QuestionAsked> {
    let report = find(conn, visibility, lang, id)?;
    report.form.question(key).cloned().ok_or_else(|| Code::NotFound.into())
}

/// Loads a report with the names on its cover: today's, or those at the time of approval.
pub(super) fn content(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId) -> Result<ReportContent> {
    let Report { fields, form, cover, .. } = find(conn, visibility, lang, id)?;
    let (country_name, roadmap_title) = match cover {
        Some(cover) => (cover.country, cover.roadmap),
        None => (store::country_name(conn, &fields.country_code)?, store::plan_title(conn, fields.roadmap_id)?),
    };
    Ok(ReportContent { fields, form, country_name, roadmap_title })
}

/// Compares a report with the country's last one before it.
pub(super) fn comparison(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId) -> Result<Comparison> {
    let report = find(conn, visibility, lang, id)?;
    let last = store::last_before(conn, &report.fields.country_code, report.fields.period_from)?;
    let previous = last.map(|head| find(conn, visibility, lang, head.id)).transpose()?;
    Ok(compare(previous.as_ref(), &report))
}

/// Loads the frozen copy of an approved report; a draft has none.
pub(super) fn snapshot(conn: &mut Db, visibility: &Visibility, id: ReportId) -> Result<Snapshot> {
    let sha256 = store::find(conn, visibility, id)?.snapshot.ok_or(Code::NotFound)?;
    let report = load_snapshot(conn, &sha256)?;
    let records = report.get("records").and_then(|name| name.as_str()).unwrap_or_default();
    let records = load_snapshot(conn, records)?;
    Ok(Snapshot { sha256, report, records })
}

/// Suggests a status for each next step of a plan, as of today, from the records that the reader may see.
pub(super) fn suggestions(
    conn: &mut Db,
    visibility: &Visibility,
    lang: Lang,
    id: PlanId,
    now: Instant,
) -> Result<Suggestions> {
    let plan = crate::plans::find_plan(conn, visibility, id)?;
    let country = plan.fields.country_code;
    let today = country_zone(conn, &country)?.map_or_else(|| now.utc().date_naive(), |zone| now.day_in(zone));
    let roadmap = Roadmap { title: plan.fields.title, items: items(conn, id)? };
    let mut activities = activities_of(conn, &country)?;
    let mut commitments = commitments_of(conn, &country)?;
    activities.retain(|one| {
        let parties: Vec<_> = one.parties().collect();
        visibility.knows_record(&country, &one.commission_ids, one.restricted, &parties)
    });
    commitments.retain(|one| {
        let responsible: Vec<_> = one.assignments.iter().map(|assignment| assignment.institution_id).collect();
        visibility.knows_record(&country, &one.commission_ids, one.restricted, &responsible)
    });
    let words = Words { lang, country: &country };
    let suggestion = |item: &Item| {
        let branch = roadmap.branch(item.step.id);
        let until = item.step.period_to.map_or(today, |end| end.min(today));
        let evidence = Evidence::gather(&activities, &commitments, &branch, (item.step.period_from, until));
        suggest(item, &evidence, today, words)
    };
    Ok(Suggestions { items: roadmap.items_of(PlanItemKind::NextStep).map(suggestion).collect() })
}

/// A question of a draft report that a coordinator is to settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QuestionToSettle {
    pub report: ReportId,
    pub country_code: String,
    pub key: String,
    pub title: String,
    /// True when it is mandatory and has no answer; false when its answer has findings that block the approval.
    pub is_open: bool,
    pub since: Instant,
}

/// Returns the questions of the draft reports of these countries that block the approval, in a constant number of
/// queries.
pub(crate) fn questions_to_settle(conn: &mut Db, countries: &[String], lang: Lang) -> Result<Vec<QuestionToSettle>> {
    let heads = store::drafts(conn, countries)?;
    let mut questions = Vec::new();
    for report in complete(conn, lang, heads)? {
        let blocking = report.form.questions().filter(|asked| asked.is_open() || asked.blocks());
        questions.extend(blocking.map(|asked| QuestionToSettle {
            report: report.id,
            country_code: report.fields.country_code.clone(),
            key: asked.key.clone(),
            title: asked.title.clone(),
            is_open: asked.is_open(),
            since: report.drafted_at.unwrap_or(report.created_at),
        }));
    }
    Ok(questions)
}

/// The state of a draft report in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportProgress {
    pub report: ReportId,
    pub questions_by_state: std::collections::BTreeMap<AnswerState, usize>,
    pub blocking_findings: usize,
}

/// Returns the state of the country's newest report that is not approved; None without one.
pub(crate) fn report_progress(conn: &mut Db, country: &str, lang: Lang) -> Result<Option<ReportProgress>> {
    let newest = store::drafts(conn, &[country.to_owned()])?.pop();
    let report = complete(conn, lang, newest.into_iter().collect())?.pop();
    Ok(report.map(|report| {
        let mut questions_by_state = std::collections::BTreeMap::new();
        for asked in report.form.questions() {
            *questions_by_state.entry(asked.answer.state).or_default() += 1;
        }
        ReportProgress { report: report.id, questions_by_state, blocking_findings: report.finding_counts.error }
    }))
}
