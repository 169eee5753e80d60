//! `/reports/{id}`: the questions of a report with their state and who answers them, and what blocks the approval.

use std::collections::HashMap;

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::downloads::downloads;
use super::parts::{
    changed_notice, findings, guide_link, left_open, question_link, question_path, report_path, state_tag, status_tag,
    titled, zone_of,
};
use crate::access::{CommissionRef, Visibility, commission_refs};
use crate::clock::Instant;
use crate::db::{CommissionId, Db, ReportId};
use crate::error::Result;
use crate::i18n::Lang;
use crate::identity::{Actor, Visitor, user_names};
use crate::reports::answer::Severity;
use crate::reports::draft::load_records;
use crate::reports::model::{QuestionAsked, Report, ReportStatus, Section};
use crate::reports::reading;
use crate::reports::since_confirmation::{ChangedAnswers, ready_answers, renew_findings, unchanged_answers};
use crate::reports::store::{self, Head};
use crate::ui::{Column, Frame, Tone, View, button_link, facts, moment, notice, panel, table};

/// A report as its reader may know it.
struct Shown {
    report: Report,
    assignees: HashMap<CommissionId, CommissionRef>,
    zone: Tz,
    /// The reader coordinates the country and knows the whole report.
    is_whole: bool,
    /// The version that replaces it.
    newer: Option<Head>,
    /// The country has an earlier report.
    has_previous: bool,
    /// The answers whose records changed since they were confirmed.
    changed: ChangedAnswers,
    /// The name of the person who approved it.
    approver: Option<String>,
    /// The number of answers of a new version that are as they were approved and wait for their confirmation.
    unchanged: usize,
}

crate::nothing_restricted!(Shown);

/// A report with the state of its questions
///
/// Permissions: admin; coordinator of the country; secretariat of a commission to which a question is assigned.
#[get("/reports/{id}")]
pub(super) async fn show(visitor: Visitor, id: Path<ReportId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| {
        let visibility = Visibility::of(actor);
        let report = reading::find(conn, &visibility, actor.language, id)?;
        let named: Vec<CommissionId> =
            report.form.questions().filter_map(|asked| asked.assignee_commission_id).collect();
        let is_whole = visibility.knows_country(&report.fields.country_code);
        let mut shown = Shown {
            assignees: commission_refs(conn, &named)?,
            zone: zone_of(conn, &report)?,
            is_whole,
            newer: None,
            has_previous: false,
            changed: ChangedAnswers::new(),
            approver: None,
            unchanged: 0,
            report,
        };
        if is_whole {
            add_history(conn, actor.language, &mut shown, now)?;
        }
        Ok(shown)
    };
    visitor.page(read, |frame, shown| view(frame, &shown)).await
}

/// Adds the state of the records and the other reports of the country, for those who know the whole report.
fn add_history(conn: &mut Db, lang: Lang, shown: &mut Shown, now: Instant) -> Result<()> {
    let report = &mut shown.report;
    shown.newer = store::newer_versions(conn, &[report.id])?.remove(&report.id);
    let fields = &report.fields;
    shown.approver = user_names(conn, report.approved_by)?.into_values().next();
    shown.has_previous = store::last_before(conn, &fields.country_code, fields.period_from)?.is_some();
    if report.status == ReportStatus::Draft {
        let records = load_records(conn, fields, Some(now))?;
        shown.changed = renew_findings(conn, lang, report, &records)?;
        shown.unchanged = unchanged_answers(conn, lang, report, &shown.changed)?.len();
    }
    Ok(())
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let report = &shown.report;
    let body = html! {
        (replaced(frame, shown))
        (obstacles(frame, shown))
        (changed_notice(frame, report, &shown.changed))
        div class="columns" {
            div class="stack" { @for section in &report.form.sections { (questions(frame, shown, section)) } }
            aside { @if shown.is_whole { (downloads(frame, report)) (about(frame, shown)) } }
        }
    };
    let view = View::new(titled(frame, report), body)
        .lead(status_tag(frame, report))
        .above("/reports", frame.t("reports-page"));
    if shown.is_whole { view.actions(next_steps(frame, shown)) } else { view }
}

/// Draws what a coordinator can do next.
fn next_steps(frame: &Frame, shown: &Shown) -> Markup {
    let path = report_path(shown.report.id);
    let link = |page: &str, key: &str, is_main| button_link(&format!("{path}/{page}"), &frame.t(key), is_main);
    html! {
        @if shown.has_previous || shown.report.previous_version_id.is_some() { (link("compare", "reports-do-compare", false)) }
        @if shown.unchanged > 0 {
            (button_link(&format!("{path}/confirmation"), &frame.t_n("reports-do-confirm-unchanged", shown.unchanged), false))
        }
        @if shown.report.status == ReportStatus::Draft {
            (link("drafting", "reports-do-draft", false))
            @let next = shown.report.form.questions().find(|one| one.is_awaited() && one.assignee_commission_id.is_none());
            @let is_ready = !shown.report.form.questions().any(QuestionAsked::is_awaited);
            (link("approval", "reports-do-approve", is_ready))
            @if let Some(next) = next {
                (button_link(&question_path(shown.report.id, &next.key), &frame.t_n("reports-do-go-on", i64::from(next.number)), true))
            }
        } @else if shown.newer.is_none() { (link("versions", "reports-do-version", false)) }
    }
}

/// Draws the link to the version that replaces the report.
fn replaced(frame: &Frame, shown: &Shown) -> Markup {
    html! {
        @if let Some(newer) = &shown.newer {
            @let key = if newer.status == ReportStatus::Approved { "reports-replaced" } else { "reports-being-replaced" };
            (notice(Tone::Soon, html! { p { a href=(report_path(newer.id)) { (frame.t_n(key, newer.version)) } } }))
        }
    }
}

/// Draws the sentence on what the approval waits for.
fn obstacles(frame: &Frame, shown: &Shown) -> Markup {
    let report = &shown.report;
    if report.status != ReportStatus::Draft || !shown.is_whole {
        return html! {};
    }
    let count = |is: &dyn Fn(&QuestionAsked) -> bool| report.form.questions().filter(|asked| is(asked)).count();
    let unanswered = count(&QuestionAsked::lacks_answer);
    let wrong = count(&|asked| asked.blocks() && !asked.lacks_answer());
    let open = count(&|asked| asked.needs_confirmation && !asked.blocks());
    if unanswered + wrong + open == 0 {
        return notice(Tone::Done, html! { p { (frame.t("reports-ready")) } (left_open(frame, report)) });
    }
    let content = html! {
        p { strong { (frame.t("reports-blocked")) } }
        div class="prose" {
            ul {
                @if unanswered > 0 { li { (frame.t_n("reports-blocked-unanswered", unanswered)) } }
                @if wrong > 0 { li { (frame.t_n("reports-blocked-errors", wrong)) } }
                @if open > 0 { li { (frame.t_n("reports-blocked-open", open)) } }
            }
            (awaited(frame, shown))
        }
    };
    notice(Tone::Soon, content)
}

/// The maximum number of open questions that the sentence on the approval links to.
const MOST_AWAITED: usize = 12;

/// Draws the links to the questions that the approval waits for, each with the commission that answers it; nothing while
/// there are many.
fn awaited(frame: &Frame, shown: &Shown) -> Markup {
    let report = &shown.report;
    let open: Vec<&QuestionAsked> = report.form.questions().filter(|asked| asked.is_awaited()).collect();
    if open.len() > MOST_AWAITED {
        return html! {};
    }
    html! {
        p class="small" {
            (frame.t("reports-blocked-questions"))
            @for (n, asked) in open.iter().enumerate() {
                @if n > 0 { "," }
                " " a href=(question_path(report.id, &asked.key)) {
                    span class="unseen" { (frame.t("reports-column-question")) " " } (asked.number)
                }
                @if let Some(assignee) = asked.assignee_commission_id.and_then(|id| shown.assignees.get(&id)) {
                    " (" (assignee.label()) ")"
                }
            }
        }
    }
}

fn questions(frame: &Frame, shown: &Shown, section: &Section) -> Markup {
    let mut columns =
        vec![Column::new(frame.t("reports-column-question")), Column::new(frame.t("reports-column-state"))];
    if shown.is_whole {
        columns.push(Column::new(frame.t("reports-column-assignee")));
    }
    columns.push(Column::new(frame.t("reports-column-findings")));
    let rows: Vec<Vec<Markup>> = section.questions.iter().map(|asked| row(frame, shown, asked)).collect();
    let is_draft = shown.report.status == ReportStatus::Draft;
    let ready = if is_draft { ready_answers(&shown.report, section.key, &shown.changed).len() } else { 0 };
    let together = format!("{}/confirmation?section={}", report_path(shown.report.id), section.key);
    let button = frame.t_n("reports-do-confirm-section", ready);
    let link = (shown.is_whole && ready > 1).then_some((together.as_str(), button.as_str()));
    panel(&section.title, link, table(&section.title, &columns, &rows))
}

fn row(frame: &Frame, shown: &Shown, asked: &QuestionAsked) -> Vec<Markup> {
    let assignee = asked.assignee_commission_id.and_then(|id| shown.assignees.get(&id));
    let (errors, warnings) = (findings(asked, Severity::Error), findings(asked, Severity::Warning));
    let mut cells = vec![
        html! {
            (question_link(shown.report.id, asked))
            @if asked.mandatory { " " span class="small" { (frame.t("reports-mandatory")) } }
        },
        state_tag(frame, &shown.report, asked),
    ];
    if shown.is_whole {
        cells.push(html! { (assignee.map_or_else(|| frame.t("reports-coordinator"), |one| one.label().to_owned())) });
    }
    cells.push(html! {
        @if errors > 0 { strong { (frame.t_n("reports-errors-n", errors)) } br; }
        @if warnings > 0 { (frame.t_n("reports-warnings-n", warnings)) }
    });
    cells
}

/// Draws the facts of a report, and the links that change it.
fn about(frame: &Frame, shown: &Shown) -> Markup {
    let (report, path) = (&shown.report, report_path(shown.report.id));
    let mut rows = vec![(frame.t("reports-version"), html! { (report.version) })];
    let mut add = |key: &str, value: Option<String>| {
        rows.extend(value.map(|value| (frame.t(key), html! { (value) })));
    };
    add("reports-version-reason", report.version_reason.clone());
    add("reports-drafted-at", report.drafted_at.map(|at| moment(at, shown.zone)));
    let approved = |at| match &shown.approver {
        Some(name) => {
            let args = [("at", moment(at, shown.zone).into()), ("name", name.as_str().into())];
            frame.t_with("reports-approved-by", &args)
        }
        None => moment(at, shown.zone),
    };
    add("reports-approved-at", report.approved_at.map(approved));
    add("reports-fingerprint", report.snapshot.as_ref().map(|hash| hash.chars().take(16).collect()));
    if let Some(previous) = report.previous_version_id {
        rows.push((
            frame.t("reports-previous-version"),
            html! { a href=(report_path(previous)) { (frame.t("reports-open-previous")) } },
        ));
    }
    let content = html! {
        (facts(&rows))
        p { (guide_link(frame)) }
        @if report.status == ReportStatus::Draft {
            ul {
                li { a href={ (path) "/edit" } { (frame.t("reports-edit")) } }
                li { a href={ (path) "/removal" } { (frame.t("reports-do-remove")) } }
            }
        }
    };
    panel(&frame.t("reports-about"), None, content)
}
