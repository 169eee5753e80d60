//! Reads of reports: the report with its answers, one question, the document, the comparison, the frozen copy, and the
//! suggestions for a plan.

use super::answer::AnswerState;
use super::comparison::{Comparison, compare, compare_figures};
use super::content::{Issue, ReportContent, report_title};
use super::draft::load_records;
use super::figures::Figures;
use super::form::form_of;
use super::model::{Cover, Form, QuestionAsked, Report};
use super::records::{Activity, Commitment, Item, Roadmap, activities_of, commitments_of, items, items_of};
use super::scope::ReportScope;
use super::sharing::store::{Assignees, assignees_of, assignees_of_all};
use super::snapshots::Snapshot;
use super::snapshots::store::{frozen, kept_files, snapshot as load_snapshot};
use super::store::{self, Head};
use super::stored_answers::Answers;
use super::stored_answers::store::{answers_of, answers_of_all};
use super::suggestions::{Evidence, Suggestions, suggest};
use super::wording;
use super::words::Words;
use crate::access::{Visibility, country_day};
use crate::clock::Instant;
use crate::db::{CommissionId, Db, PlanId, ReportId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::i18n::Lang;
use crate::plans::PlanItemKind;

/// A draft with everything that its form is made from.
pub(super) struct LoadedDraft {
    pub head: Head,
    pub roadmap: Roadmap,
    pub answers: Answers,
    pub assignees: Assignees,
}

impl LoadedDraft {
    pub(super) fn load(conn: &mut Db, head: Head) -> Result<Self> {
        let answers = answers_of(conn, head.id)?;
        let assignees = assignees_of(conn, head.id)?;
        let roadmap = Roadmap { title: String::new(), items: items(conn, head.roadmap_id)? };
        Ok(Self { head, roadmap, answers, assignees })
    }

    pub(super) fn form(&self, lang: Lang) -> Form {
        let mut form = form_of(&self.head.fields(), &self.roadmap, &self.answers, lang);
        for asked in form.sections.iter_mut().flat_map(|section| &mut section.questions) {
            asked.assignee_commission_id = self.assignees.get(&asked.key).copied();
        }
        form
    }

    /// Returns the report; `country` is the country's name.
    pub(super) fn report(self, lang: Lang, country: &str) -> Report {
        let form = self.form(lang);
        report_of(self.head, (lang, country), form, None)
    }
}

/// Joins the parts of a report; `country` is the country's name today.
pub(super) fn report_of(head: Head, (lang, country): (Lang, &str), form: Form, cover: Option<Cover>) -> Report {
    let name = cover.as_ref().map_or(country, |cover| cover.country.as_str());
    Report {
        id: head.id,
        title: report_title(&head.fields(), name, lang),
        fields: head.fields(),
        status: head.status,
        version: head.version,
        previous_version_id: head.previous_version_id,
        version_reason: head.version_reason,
        drafted_at: head.drafted_at,
        approved_at: head.approved_at,
        approved_by: head.approved_by,
        snapshot: head.snapshot,
        frozen_on_upgrade: head.frozen_on_upgrade,
        finding_counts: form.finding_counts(),
        form,
        cover,
        created_at: head.created_at,
        updated_at: head.updated_at,
    }
}

/// Loads a report as its reader sees it: the whole, or the questions assigned to the reader's commissions.
pub(super) fn find(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId) -> Result<Report> {
    let head = store::head(conn, id)?;
    complete(conn, visibility, lang, vec![head])?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Loads a whole report; 404 for all but admins and the coordinators of the country.
pub(super) fn find_whole(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId) -> Result<Report> {
    store::find(conn, visibility, id)?;
    find(conn, visibility, lang, id)
}

/// Loads one page of reports, each with its questions and answers.
pub(super) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    lang: Lang,
    country: Option<&str>,
    paging: &Paging<ReportId>,
) -> Result<Page<Report>> {
    store::list(conn, visibility, country, paging)?.complete(|heads| complete(conn, visibility, lang, heads))
}

/// Adds questions and answers to reports, in the same number of queries for any number, and leaves out what the reader
/// may not know. Approved ones are read from the frozen copy.
fn complete(conn: &mut Db, visibility: &Visibility, lang: Lang, heads: Vec<Head>) -> Result<Vec<Report>> {
    if heads.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ReportId> = heads.iter().map(|head| head.id).collect();
    let plans: Vec<PlanId> = heads.iter().map(|head| head.roadmap_id).collect();
    let mut answers = answers_of_all(conn, &ids)?;
    let mut assignees = assignees_of_all(conn, &ids)?;
    let items = items_of(conn, &plans)?;
    let codes: Vec<&str> = heads.iter().map(|head| head.country_code.as_str()).collect();
    let countries = store::country_names(conn, &codes, lang)?;
    let names: Vec<&String> = heads.iter().filter_map(|head| head.snapshot.as_ref()).collect();
    let frozen = frozen(conn, &names)?;
    let complete = |head: Head| {
        let assignees = assignees.remove(&head.id).unwrap_or_default();
        let scope = ReportScope::of(visibility, &head.country_code, &assignees)?;
        let country = countries.get(&head.country_code).cloned().unwrap_or_default();
        let report = match head.snapshot.as_ref().and_then(|name| frozen.get(name)) {
            Some(frozen) => {
                let form = frozen.forms.get(&lang).cloned().unwrap_or_default();
                report_of(head, (lang, &country), form, Some(frozen.cover_in(lang)))
            }
            None => {
                let items = items.get(&head.roadmap_id).cloned().unwrap_or_default();
                let answers = answers.remove(&head.id).unwrap_or_default();
                let roadmap = Roadmap { title: String::new(), items };
                LoadedDraft { head, roadmap, answers, assignees }.report(lang, &country)
            }
        };
        Some(scope.limit(report))
    };
    Ok(heads.into_iter().filter_map(complete).collect())
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

/// Loads a whole report with the names on its cover: today's, or those at the time of approval. The commissions of a
/// draft are added when its document is written.
pub(super) fn content(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId) -> Result<ReportContent> {
    let report = find_whole(conn, visibility, lang, id)?;
    let Report { fields, form, cover, version, version_reason: reason, approved_at, snapshot, .. } = report;
    let approved_on = approved_at.map(|at| country_day(conn, &fields.country_code, at)).transpose()?;
    let office = cover.as_ref().and_then(|cover| cover.office);
    let issue = Some(Issue { version, approved_on, office, snapshot, reason });
    let Some(Cover { country: country_name, roadmap: roadmap_title, wording, commissions, .. }) = cover else {
        let country_name = store::country_name_in(conn, &fields.country_code, lang)?;
        let roadmap_title = store::plan_title(conn, fields.roadmap_id, lang)?;
        let commissions = Vec::new();
        let mut content =
            ReportContent { fields, form, country_name, roadmap_title, commissions, issue, form_texts: None };
        wording::word(conn, &mut content, lang)?;
        return Ok(content);
    };
    let mut content = ReportContent { fields, form, country_name, roadmap_title, commissions, issue, form_texts: None };
    if let Some(wording) = wording {
        wording::word_with(&wording, &mut content, lang);
    }
    Ok(content)
}

/// Returns the language of a country's documents.
pub(super) fn language_of(conn: &mut Db, country: &str) -> Result<Lang> {
    Ok(Lang::of_tag(&crate::directory::country(conn, country)?.fields.locale).unwrap_or(Lang::Es))
}

/// Compares a report with the country's last one before it.
pub(super) fn comparison(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId) -> Result<Comparison> {
    let report = find_whole(conn, visibility, lang, id)?;
    let last = store::last_before(conn, &report.fields.country_code, report.fields.period_from)?;
    let previous = last.map(|head| find(conn, visibility, lang, head.id)).transpose()?;
    let now = figures_of(conn, &report)?;
    let before = previous.as_ref().map(|previous| figures_of(conn, previous)).transpose()?.flatten();
    Ok(compare(previous.as_ref(), &report, compare_figures(before, now, lang)))
}

/// Returns the figures of a report: of an approved one, those of its frozen copy, if it has any.
fn figures_of(conn: &mut Db, report: &Report) -> Result<Option<Figures>> {
    if let Some(name) = &report.snapshot {
        return Ok(frozen(conn, &[name])?.remove(name).and_then(|frozen| frozen.figures));
    }
    let period = (report.fields.period_from, report.fields.period_to);
    Ok(Some(Figures::of(&load_records(conn, &report.fields, None)?, period)))
}

/// Loads the frozen copy of an approved report; a draft has none.
pub(super) fn snapshot(conn: &mut Db, visibility: &Visibility, id: ReportId) -> Result<Snapshot> {
    let sha256 = store::find(conn, visibility, id)?.snapshot.ok_or(Code::NotFound)?;
    let report = load_snapshot(conn, &sha256)?;
    let records = report.get("records").and_then(|name| name.as_str()).unwrap_or_default();
    let records = load_snapshot(conn, records)?;
    Ok(Snapshot { sha256, report, records, files: kept_files(conn, id)? })
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
    let today = country_day(conn, &country, now)?;
    let roadmap = Roadmap { title: plan.fields.title, items: items(conn, id)? };
    let (activities, commitments) = records_for(conn, visibility, &country)?;
    let words = Words { lang, country: &country };
    let suggestion = |item: &Item| {
        let branch = roadmap.branch(item.step.id);
        let until = item.step.period_to.map_or(today, |end| end.min(today));
        let evidence = Evidence::gather(&activities, &commitments, &branch, (item.step.period_from, until));
        suggest(item, &evidence, today, words)
    };
    Ok(Suggestions { items: roadmap.items_of(PlanItemKind::NextStep).map(suggestion).collect() })
}

/// Loads the activities and the commitments of a country that the reader may see.
pub(super) fn records_for(
    conn: &mut Db,
    visibility: &Visibility,
    country: &str,
) -> Result<(Vec<Activity>, Vec<Commitment>)> {
    let mut activities = activities_of(conn, country)?;
    let mut commitments = commitments_of(conn, country)?;
    activities.retain(|one| {
        let parties: Vec<_> = one.parties().collect();
        visibility.knows_record(country, &one.commission_ids, one.restricted, &parties)
    });
    commitments.retain(|one| {
        let responsible: Vec<_> = one.assignments.iter().map(|assignment| assignment.institution_id).collect();
        visibility.knows_record(country, &one.commission_ids, one.restricted, &responsible)
    });
    Ok((activities, commitments))
}

/// A question of a draft report that somebody is to settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QuestionToSettle {
    /// The commission to which it is assigned.
    pub commission: Option<CommissionId>,
    pub key: String,
    pub number: u32,
    pub title: String,
    /// True when its answer is to be confirmed; false when it is, and has findings that block the approval.
    pub is_open: bool,
}

/// A draft report that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WaitingReport {
    pub id: ReportId,
    pub country_code: String,
    pub title: String,
    pub drafted_at: Instant,
    pub updated_at: Instant,
    /// The questions that block the approval, and those assigned to a commission of the reader that nobody has confirmed.
    pub questions: Vec<QuestionToSettle>,
    /// The reader coordinates the country, and nothing blocks the approval.
    pub is_ready: bool,
}

/// Returns the draft reports of these countries, and those with questions assigned to these commissions, with what waits
/// in each, in a constant number of queries.
pub(crate) fn waiting_reports(
    conn: &mut Db,
    countries: Vec<String>,
    commissions: Vec<CommissionId>,
    lang: Lang,
) -> Result<Vec<WaitingReport>> {
    let heads = store::drafts(conn, &countries, &commissions)?;
    let visibility = Visibility { countries, full_commissions: commissions, ..Visibility::default() };
    let reports = complete(conn, &visibility, lang, heads)?;
    Ok(reports.iter().map(|report| WaitingReport::of(report, &visibility)).collect())
}

impl WaitingReport {
    fn of(report: &Report, visibility: &Visibility) -> Self {
        let mut questions = Vec::new();
        for asked in report.form.questions() {
            let is_own = asked.assignee_commission_id.is_some_and(|id| visibility.full_commissions.contains(&id));
            let is_open = asked.needs_confirmation || (is_own && asked.answer.state != AnswerState::Confirmed);
            if is_open || asked.is_awaited() {
                questions.push(QuestionToSettle {
                    commission: asked.assignee_commission_id,
                    key: asked.key.clone(),
                    number: asked.number,
                    title: asked.title.clone(),
                    is_open,
                });
            }
        }
        Self {
            id: report.id,
            country_code: report.fields.country_code.clone(),
            title: report.title.clone(),
            drafted_at: report.drafted_at.unwrap_or(report.created_at),
            updated_at: report.updated_at,
            is_ready: !report.form.questions().any(QuestionAsked::is_awaited)
                && visibility.knows_country(&report.fields.country_code),
            questions,
        }
    }
}

/// The questions of a draft report that commissions answer, and how many of them are answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AssignedQuestions {
    pub report: ReportId,
    pub title: String,
    pub all: usize,
    pub answered: usize,
}

/// Returns the draft reports of these countries with questions that commissions answer, in a constant number of queries.
pub(crate) fn assigned_questions(conn: &mut Db, countries: &[String], lang: Lang) -> Result<Vec<AssignedQuestions>> {
    let heads = store::drafts(conn, countries, &[])?;
    let visibility = Visibility { countries: countries.to_vec(), ..Visibility::default() };
    let count = |report: &Report| {
        let assigned = || report.form.questions().filter(|asked| asked.assignee_commission_id.is_some());
        let answered = assigned().filter(|asked| asked.answer.state == AnswerState::Confirmed).count();
        AssignedQuestions { report: report.id, title: report.title.clone(), all: assigned().count(), answered }
    };
    let mut found: Vec<_> = complete(conn, &visibility, lang, heads)?.iter().map(count).collect();
    found.retain(|one| one.all > 0);
    Ok(found)
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
    let newest = store::drafts(conn, &[country.to_owned()], &[])?.pop();
    let report = complete(conn, &Visibility::everything(), lang, newest.into_iter().collect())?.pop();
    Ok(report.map(|report| {
        let mut questions_by_state = std::collections::BTreeMap::new();
        for asked in report.form.questions() {
            *questions_by_state.entry(asked.answer.state).or_default() += 1;
        }
        ReportProgress { report: report.id, questions_by_state, blocking_findings: report.finding_counts.error }
    }))
}
