//! `/activities/{id}`, and its removal.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::{status_tag, when};
use crate::access::Visibility;
use crate::activities::api::{find_with_findings, for_reader};
use crate::activities::model::{Activity, ActivityStatus};
use crate::activities::registry::RecordNames;
use crate::activities::{actions, policy, registry, store};
use crate::clock::Instant;
use crate::db::{ActivityId, Db, Tx};
use crate::error::{Code, Result};
use crate::http::Fields;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::ui::{
    FormView, Frame, Tone, View, button_link, confirmation, danger_link, description, facts, notice, panel, prose,
    short_day,
};

/// An activity as it is shown.
struct Shown {
    activity: Activity,
    names: RecordNames,
    may_change: bool,
    may_send_back: bool,
}

crate::restricted_by!(Shown: activity);

/// An activity
///
/// Permissions: those who may see the activity.
#[get("/activities/{id}")]
pub(crate) async fn show(visitor: Visitor, id: Path<ActivityId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let read = move |conn: &mut Db, actor: &Actor| {
        let activity = for_reader(find_with_findings(conn, actor, id, actor.language)?, actor);
        let names = registry::names(conn, &Visibility::of(actor), &[&activity], actor.language)?;
        let validates = policy::may_validate(actor, &activity.fields);
        Ok(Shown {
            may_change: policy::require_writer(actor, &activity.fields).is_ok(),
            may_send_back: validates && activity.fields.status != ActivityStatus::Draft,
            activity,
            names,
        })
    };
    visitor.page(read, |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let (activity, fields) = (&shown.activity, &shown.activity.fields);
    let body = html! {
        p { (status_tag(frame, fields.status)) }
        (returned(frame, activity))
        (facts(&rows(frame, shown)))
        @for (key, text) in [("activities-description", &fields.description), ("activities-result", &fields.result), ("activities-expected-result", &fields.expected_result)] {
            @if let Some(text) = text { (panel(&frame.t(key), None, prose(text))) }
        }
        @if !fields.evidence.is_empty() { (panel(&frame.t("activities-evidence"), None, evidence(frame, activity))) }
        @if shown.may_change && !activity.findings.is_empty() {
            (panel(&frame.t("activities-findings"), None, findings(frame, activity)))
        }
        @if let Some(note) = &fields.note { (panel(&frame.t("web-note"), None, prose(note))) }
    };
    let path = format!("/activities/{}", activity.id);
    let acts = html! {
        @let awaits = shown.may_send_back && fields.status == ActivityStatus::Submitted;
        @if awaits { (button_link(&frame.onward("/activities/validation"), &frame.t("start-verb-activity-to-validate"), true)) }
        @if shown.may_change { (button_link(&frame.onward(&format!("{path}/edit")), &frame.t("activities-edit"), !awaits)) }
        @if shown.may_send_back { (button_link(&frame.onward(&format!("{path}/return")), &frame.t("activities-return"), false)) }
        @if shown.may_change && fields.status != ActivityStatus::Validated {
            (danger_link(&frame.onward(&format!("{path}/removal")), &frame.t("activities-removal")))
        }
    };
    View::new(fields.title.clone(), body).above("/activities", frame.t("activities")).actions(acts)
}

fn returned(frame: &Frame, activity: &Activity) -> Markup {
    let reason = activity.returned_reason.as_deref().filter(|_| activity.fields.status == ActivityStatus::Draft);
    html! {
        @if let Some(reason) = reason {
            (notice(Tone::Soon, html! { p { strong { (frame.t("activities-returned")) } } (prose(reason)) }))
        }
    }
}

fn rows(frame: &Frame, shown: &Shown) -> Vec<(String, Markup)> {
    let fields = &shown.activity.fields;
    let themes: Vec<String> = fields.themes.iter().map(|theme| frame.word("theme", theme.as_str())).collect();
    let all = [
        ("activities-kind", frame.word("activity-kind", fields.kind.as_str())),
        ("activities-when", when(frame, &shown.activity)),
        ("activities-territories", fields.territories.join(", ")),
        ("activities-commissions", shown.names.joined(&fields.commission_ids)),
        ("activities-parties-organizers", shown.names.joined(&fields.organizer_ids)),
        ("activities-parties-partners", shown.names.joined(&fields.partner_ids)),
        ("activities-participants", people(frame, &shown.activity)),
        ("activities-themes", themes.join("; ")),
        ("activities-plan-items", shown.names.joined(&fields.plan_item_ids)),
        ("activities-source", fields.source.clone().unwrap_or_default()),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| description(frame.t(key), text)).collect()
}

fn people(frame: &Frame, activity: &Activity) -> String {
    let Some(own) = &activity.fields.participants else { return String::new() };
    let counts = [("activities-n-total", own.total), ("activities-n-women", own.women), ("activities-n-men", own.men)];
    let mut parts: Vec<String> =
        counts.into_iter().filter_map(|(key, count)| Some(frame.t_n(key, i64::from(count?)))).collect();
    parts.extend(own.audience.clone());
    parts.join(", ")
}

fn evidence(frame: &Frame, activity: &Activity) -> Markup {
    html! {
        ul {
            @for one in &activity.fields.evidence {
                li {
                    @match (&one.url, one.file_id) {
                        (Some(url), _) => { a href=(url) rel="noopener noreferrer" { (one.title) } },
                        (None, Some(id)) => { a href={ "/files/" (id) } { (one.title) } },
                        (None, None) => { (one.title) },
                    }
                    @if let Some(kind) = &one.kind { " (" (kind) ")" }
                    @if let Some(day) = one.dated_from { ", " (short_day(day)) }
                    @if one.url.is_none() && one.file_id.is_none() { " " span class="small" { (frame.t("activities-no-file")) } }
                }
            }
        }
    }
}

fn findings(frame: &Frame, activity: &Activity) -> Markup {
    html! {
        div class="prose" {
            p { (frame.t("activities-findings-hint")) }
            ul {
                @for one in &activity.findings {
                    li {
                        @match one.activity_id {
                            Some(id) if id != activity.id => { a href={ "/activities/" (id) } { (one.message) } },
                            _ => { (one.message) },
                        }
                    }
                }
            }
        }
    }
}

/// The page that asks for confirmation before an activity is removed
///
/// Permissions: as for changing it.
#[get("/activities/{id}/removal")]
pub(crate) async fn open_removal(visitor: Visitor, id: Path<ActivityId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Remove an activity
///
/// Permissions: as for changing it; 409 for a validated one.
#[post("/activities/{id}/removal")]
pub(crate) async fn remove(submission: Submission, id: Path<ActivityId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

#[derive(Clone)]
struct Removal(ActivityId);

impl FormPage for Removal {
    type Record = Activity;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Activity> {
        let activity = store::find(conn, &Visibility::of(actor), self.0)?;
        policy::require_writer(actor, &activity.fields)?;
        if activity.fields.status == ActivityStatus::Validated { Err(Code::InUse.into()) } else { Ok(activity) }
    }

    fn fields(&self, record: &Activity) -> Fields {
        Fields::of(&record.input())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Activity, _: NoFields) -> Result<String> {
        actions::delete(tx, actor, record)?;
        Ok("/activities?done=activity-removed".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Activity) -> View {
        let path = format!("/activities/{}", self.0);
        let what = frame.t_with("activities-removal-what", &[("title", record.fields.title.as_str().into())]);
        let content = html! { p { (what) } };
        let body = confirmation(frame, form, content, ("activities-removal", true), (&path, "ui-unchanged"));
        View::new(frame.t("activities-removal"), body)
            .above("/activities", frame.t("activities"))
            .above(path.clone(), record.fields.title.clone())
    }
}
