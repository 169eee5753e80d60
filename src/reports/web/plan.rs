//! `/plans/{id}`: a plan as a tree, with what the records contain under each item, and the suggested statuses.

use std::collections::HashMap;

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::parts::report_path;
use crate::db::{Db, PlanId, PlanItemId};
use crate::error::Result;
use crate::identity::{Actor, Visitor};
use crate::indicators::latest_in_words;
use crate::plans::ItemStatus;
use crate::reports::plan_record::{ItemRecord, PlanRecord, ReportedStatus, plan_record};
use crate::reports::suggestions::Suggestion;
use crate::ui::{
    Frame, Tone, View, button_link, danger_link, description, empty, facts, panel, prose, short_day, short_period, tag,
};

/// A plan with what the records contain about its items
///
/// Permissions: those who may see the plan.
#[get("/plans/{id}")]
pub(super) async fn show(visitor: Visitor, id: Path<PlanId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| plan_record(conn, actor, id, now);
    visitor.on_snapshot().page(read, |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &PlanRecord) -> View {
    let path = format!("/plans/{}", shown.plan.id);
    let new = frame.t("plans-item-new");
    let body = html! {
        div class="columns" {
            div {
                @if shown.items.is_empty() {
                    (empty(&frame.t("plans-no-items"), shown.is_own.then_some((&format!("{path}/items/new"), &new))))
                } @else { (panel(&frame.t("plans-items"), None, tree(frame, shown))) }
            }
            aside { (about(frame, shown)) }
        }
    };
    let view = View::new(shown.plan.fields.title.as_str(), body).above("/plans", frame.t("plans-page"));
    if !shown.is_own {
        return view;
    }
    view.actions(html! {
        (button_link(&format!("{path}/items/new"), &new, true))
        (button_link(&format!("{path}/edit"), &frame.t("plans-edit"), false))
        (danger_link(&format!("{path}/removal"), &frame.t("plans-do-remove")))
    })
}

fn about(frame: &Frame, shown: &PlanRecord) -> Markup {
    let fields = &shown.plan.fields;
    let period = short_period(frame, &fields.country_code, [fields.starts.as_ref(), fields.ends.as_ref()]);
    let labels: Vec<&str> = shown.commissions.iter().map(|one| one.label()).collect();
    let followed = if labels.is_empty() { frame.t("plans-whole-country") } else { labels.join(", ") };
    let mut rows = vec![
        description(frame.t("plans-column-kind"), frame.word("plans-kind", fields.kind.as_str())),
        description(frame.t("plans-column-period"), period),
        description(frame.t("plans-column-commissions"), followed),
    ];
    if let Some(note) = fields.note.as_ref().filter(|_| shown.is_own) {
        rows.push(description(frame.t("plans-field-note"), note.as_str()));
    }
    let content = html! {
        (facts(&rows))
        @if !shown.is_own { p class="hint" { (frame.t("plans-kept-by")) } }
    };
    panel(&frame.t("plans-about"), None, content)
}

/// The maximum indentation, in levels.
const DEEPEST: usize = 4;

/// Draws the items as a list, each after its parent, indented by its depth.
fn tree(frame: &Frame, shown: &PlanRecord) -> Markup {
    html! {
        ul class="tree" {
            @for (depth, one) in in_tree_order(&shown.items) {
                li id={ "item-" (one.item.id) } class={ "depth-" (depth.min(DEEPEST)) } { (item(frame, shown, one)) }
            }
        }
    }
}

/// Returns the items with their depth, each after its parent. Items whose parent is missing are at the top.
fn in_tree_order(items: &[ItemRecord]) -> Vec<(usize, &ItemRecord)> {
    let is_known = |id: PlanItemId| items.iter().any(|one| one.item.id == id);
    let mut below: HashMap<Option<PlanItemId>, Vec<&ItemRecord>> = HashMap::new();
    for one in items.iter().rev() {
        below.entry(one.item.fields.parent_id.filter(|id| is_known(*id))).or_default().push(one);
    }
    let mut waiting: Vec<(usize, &ItemRecord)> =
        below.remove(&None).unwrap_or_default().into_iter().map(|one| (0, one)).collect();
    let mut ordered = Vec::new();
    while let Some((depth, one)) = waiting.pop() {
        ordered.push((depth, one));
        let children = below.remove(&Some(one.item.id)).unwrap_or_default();
        waiting.extend(children.into_iter().map(|child| (depth + 1, child)));
    }
    ordered
}

fn status_tag(frame: &Frame, status: ItemStatus) -> Markup {
    let tone = match status {
        ItemStatus::Completed => Tone::Done,
        ItemStatus::InProgress => Tone::Open,
        ItemStatus::Planned => Tone::Neutral,
        ItemStatus::NotAchieved => Tone::Overdue,
    };
    tag(tone, &frame.word("plans-status", status.as_str()))
}

fn item(frame: &Frame, shown: &PlanRecord, one: &ItemRecord) -> Markup {
    let (fields, id) = (&one.item.fields, one.item.id);
    let days: Vec<String> = [fields.period_from, fields.period_to].into_iter().flatten().map(short_day).collect();
    let names: Vec<&str> =
        fields.responsible_ids.iter().filter_map(|id| shown.institutions.get(id)).map(String::as_str).collect();
    html! {
        p {
            @if let Some(label) = &fields.label { strong { (label) } ": " }
            (fields.title) " "
            @match fields.status {
                Some(status) => { (status_tag(frame, status)) },
                None => { (tag(Tone::Neutral, &frame.t("plans-status-unknown"))) },
            }
        }
        p class="small" {
            (frame.word("plans-item-kind", fields.kind.as_str()))
            @if !days.is_empty() { " · " (days.join(" – ")) }
            @if !names.is_empty() { " · " (names.join(", ")) }
        }
        @if let Some(comment) = &fields.comment { (prose(comment)) }
        (records(frame, one))
        @if !one.indicators.is_empty() { (indicators(frame, one)) }
        @if let Some(reported) = one.reported.as_ref().filter(|reported| fields.status != Some(reported.status)) {
            (of_report(frame, reported, shown.is_own))
        }
        @if let Some(suggestion) = &one.suggestion { (suggested(frame, suggestion)) }
        @if shown.is_own {
            @let path = format!("/plans/{}/items/{id}", shown.plan.id);
            p class="small" {
                a href=(frame.onward(&format!("{path}/edit"))) { (frame.t("plans-item-change")) span class="unseen" { " " (fields.title) } } " · "
                a href={ (path) "/removal" } { (frame.t("plans-item-remove")) span class="unseen" { " " (fields.title) } } " · "
                a href={ "/indicators/new?plan_item_id=" (id) } { (frame.t("indicators-add")) span class="unseen" { " " (fields.title) } }
            }
        }
    }
}

/// Draws the number of records that name the item, as links to them.
fn records(frame: &Frame, one: &ItemRecord) -> Markup {
    let id = one.item.id;
    html! {
        @if one.commitments + one.activities > 0 {
            p class="small" {
                @if one.commitments > 0 {
                    a href={ "/commitments?plan_item_id=" (id) } { (frame.t_n("plans-commitments-n", one.commitments)) }
                }
                @if one.commitments > 0 && one.activities > 0 { " · " }
                @if one.activities > 0 {
                    a href={ "/activities?status=validated&plan_item_id=" (id) } { (frame.t_n("plans-activities-n", one.activities)) }
                }
            }
        }
    }
}

/// Draws the indicators of an item, each with its last known value.
fn indicators(frame: &Frame, one: &ItemRecord) -> Markup {
    html! {
        p class="small" { (frame.t("indicators-of-item")) ":" }
        ul class="small" {
            @for found in &one.indicators {
                li {
                    a href={ "/indicators/" (found.indicator.id) } { (found.indicator.fields.name) }
                    ": " (latest_in_words(frame, found))
                }
            }
        }
    }
}

/// Draws the status that an approved report states of a next step, when the plan states another one or none.
fn of_report(frame: &Frame, reported: &ReportedStatus, may_change: bool) -> Markup {
    html! {
        div class="suggestion" {
            p {
                a href=(report_path(reported.report)) { (reported.title) } ": " (status_tag(frame, reported.status))
            }
            @if may_change { p class="small" { (frame.t("plans-reported-about")) } }
        }
    }
}

/// Draws the suggested status of a next step with its reasons, unless a person has set the same status.
fn suggested(frame: &Frame, suggestion: &Suggestion) -> Markup {
    let status = suggestion.suggested_status;
    html! {
        @if suggestion.status != Some(status) {
            div class="suggestion" {
                p { (frame.t("plans-suggested")) " " (status_tag(frame, status)) }
                ul class="small" { @for reason in &suggestion.reasons { li { (reason.message) } } }
            }
        }
    }
}
