//! One commission: its summary, its operational states, its reminders.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::list::state_tag;
use super::{row_link, tab_view, tabs_of};
use crate::commissions::QuorumRule;
use crate::commissions::model::LegalBasis;
use crate::commissions::read_models::{self, Lacking, Record, Reminders, States, name_of};
use crate::db::{CommissionId, Db, InstitutionId};
use crate::error::Result;
use crate::identity::{Actor, Visitor};
use crate::ui::{
    Column, Frame, Tone, View, button_link, date_in_words, description, empty, facts, notice, panel, prose, short_date,
    table,
};

/// A commission
///
/// Permissions: those who may see the commission.
#[get("/commissions/{id}")]
pub(crate) async fn show(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| read_models::record(conn, actor, id, now);
    visitor.page(read, |frame, shown| summary(frame, &shown)).await
}

/// The operational states of a commission
///
/// Permissions: those who may see the commission.
#[get("/commissions/{id}/states")]
pub(crate) async fn states(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| read_models::states(conn, actor, id, now);
    visitor.page(read, |frame, shown| states_view(frame, &shown)).await
}

/// The reminder policy of a commission
///
/// Permissions: those who may see the commission.
#[get("/commissions/{id}/reminders")]
pub(crate) async fn reminders(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let read = move |conn: &mut Db, actor: &Actor| read_models::reminders(conn, actor, id);
    visitor.page(read, |frame, shown| reminders_view(frame, &shown)).await
}

fn summary(frame: &Frame, shown: &Record) -> View {
    let (id, fields) = (shown.commission.id, &shown.commission.fields);
    let body = html! {
        (tabs_of(frame, id, ""))
        @if let Some(lacking) = shown.lacks { (first_step(frame, id, lacking)) }
        div class="columns" {
            div class="stack" {
                (panel(&frame.t("commission-about"), None, about(frame, shown)))
                @if !fields.legal_basis.is_empty() {
                    (panel(&frame.t("commission-basis"), None, bases(frame, &fields.country_code, &fields.legal_basis)))
                }
            }
            aside class="stack" {
                (panel(&frame.t("commission-work"), None, links(frame, id)))
                @if !shown.parts.is_empty() { (panel(&frame.t("commission-parts"), None, parts(shown))) }
            }
        }
    };
    let lead = html! {
        @if let Some(acronym) = &fields.acronym { span class="code" { (acronym) } " · " }
        (frame.word("commission-kind", fields.kind.as_str()))
        @if let Some(territory) = &fields.territory { " · " (territory) }
        " " (state_tag(frame, fields.operational_state))
    };
    let view = View::new(fields.name.clone(), body).lead(lead).above("/commissions", frame.t("web-nav-commissions"));
    if !shown.may_change {
        return view;
    }
    view.actions(button_link(&format!("/commissions/{id}/edit"), &frame.t("admin-commission-edit"), false))
}

/// Draws what a new commission needs: its members, and people of its secretariat if there are none.
fn first_step(frame: &Frame, id: CommissionId, lacking: Lacking) -> Markup {
    let step = match lacking {
        Lacking::Members => "commission-step-members",
        Lacking::MembersAndSecretariat => "commission-step-members-secretariat",
    };
    notice(
        Tone::Open,
        html! {
            p { strong { (frame.t("meetings-next-step")) } " " (frame.t(step)) }
            p class="actions" {
                (button_link(&format!("/commissions/{id}/members/new"), &frame.t("admin-member-new"), true))
                @if lacking == Lacking::MembersAndSecretariat {
                    " " (button_link("/people/new", &frame.t("people-invite"), false))
                }
            }
        },
    )
}

fn about(frame: &Frame, shown: &Record) -> Markup {
    let (commission, fields) = (&shown.commission, &shown.commission.fields);
    let mut rows = Vec::new();
    let institution =
        |id: InstitutionId| html! { a href={ "/institutions/" (id) } { (name_of(&shown.institutions, id)) } };
    if let Some(id) = commission.lead_institution_id {
        rows.push((frame.word("member-role", "lead"), institution(id)));
    }
    if let Some(id) = commission.secretariat_institution_id {
        rows.push((frame.word("member-role", "secretariat"), institution(id)));
    }
    rows.push((
        frame.t("commission-members"),
        html! {
            a href={ "/commissions/" (commission.id) "/members" } {
                (frame.t_n("commission-members-number", i64::from(commission.listed_member_count)))
            }
            @if let Some(declared) = fields.declared_member_count.filter(|own| *own != commission.listed_member_count) {
                " " span class="small" { (frame.t_n("commission-declared", i64::from(declared))) }
            }
        },
    ));
    if let Some(quorum) = &fields.quorum {
        rows.push(description(frame.t("commission-quorum"), quorum_in_words(frame, quorum)));
    }
    if let Some(name) = &fields.official_name {
        rows.push(description(frame.t("directory-official-name"), name.clone()));
    }
    if !fields.aliases.is_empty() {
        rows.push(description(frame.t("directory-aliases"), fields.aliases.join(" · ")));
    }
    if let Some(parent) = &shown.parent {
        rows.push((frame.t("commission-parent"), html! { a href={ "/commissions/" (parent.id) } { (parent.name) } }));
    }
    if !fields.themes.is_empty() {
        let themes: Vec<String> = fields.themes.iter().map(|theme| frame.word("theme", theme.as_str())).collect();
        rows.push(description(frame.t("commission-themes"), themes.join(", ")));
    }
    if fields.public {
        rows.push(description(frame.t("commission-public"), frame.t("commission-public-shown")));
    }
    html! {
        @if let Some(function) = &fields.function { (prose(function)) }
        (facts(&rows))
    }
}

fn quorum_in_words(frame: &Frame, rule: &QuorumRule) -> String {
    let key = if rule.strict { "commission-quorum-more-than" } else { "commission-quorum-at-least" };
    let first = frame.t_with(key, &[("share", rule.fraction.to_string().into())]);
    let Some(second) = &rule.second_call else { return first };
    let share = second.fraction.to_string();
    let second = match second.minimum {
        Some(minimum) => frame
            .t_with("commission-quorum-second-minimum", &[("share", share.into()), ("n", i64::from(minimum).into())]),
        None => frame.t_with("commission-quorum-second", &[("share", share.into())]),
    };
    format!("{first} {second}")
}

fn bases(frame: &Frame, country: &str, bases: &[LegalBasis]) -> Markup {
    html! {
        ul {
            @for basis in bases {
                li {
                    @if let Some(url) = &basis.url { a href=(url) rel="noreferrer" { (basis.title) } }
                    @else { (basis.title) }
                    @if let Some(number) = &basis.number { " · " (frame.t_with("commission-number", &[("number", number.as_str().into())])) }
                    @if let Some(issued) = &basis.issued { " · " (date_in_words(frame, country, issued)) }
                }
            }
        }
    }
}

fn links(frame: &Frame, id: CommissionId) -> Markup {
    let of = |list: &str| format!("/{list}?commission_id={id}");
    html! {
        p class="actions" {
            (button_link(&of("commitments"), &frame.t("web-nav-commitments"), false))
            (button_link(&of("meetings"), &frame.t("web-nav-meetings"), false))
            (button_link(&of("agreements"), &frame.t("web-nav-agreements"), false))
            (button_link(&of("calendar"), &frame.t("web-nav-calendar"), false))
        }
    }
}

fn parts(shown: &Record) -> Markup {
    html! {
        ul {
            @for part in &shown.parts {
                li {
                    a href={ "/commissions/" (part.id) } { (part.fields.name) }
                    @if let Some(territory) = &part.fields.territory { " · " (territory) }
                }
            }
        }
    }
}

fn states_view(frame: &Frame, shown: &States) -> View {
    let country = shown.commission.country_code.as_str();
    let mut columns = ["commission-state-since", "commission-state", "commission-state-source"]
        .map(|key| Column::new(frame.t(key)))
        .to_vec();
    if shown.may_change {
        columns.push(Column::new(frame.t("admin-action")));
    }
    let rows: Vec<Vec<Markup>> = shown
        .states
        .iter()
        .map(|entry| {
            let since = short_date(frame, country, &entry.fields.since);
            let mut cells = vec![
                html! {
                    (since)
                    @if entry.since_from > shown.today { " " span class="small" { (frame.t("commission-state-to-come")) } }
                },
                state_tag(frame, entry.fields.state),
                html! { (entry.fields.source.as_deref().unwrap_or("—")) },
            ];
            if shown.may_change {
                let path = format!("/commissions/{}/states/{}/edit", entry.commission_id, entry.id);
                cells.push(row_link(frame, &path, "admin-change", &since));
            }
            cells
        })
        .collect();
    let body = html! {
        p class="prose" { (frame.t("commission-states-about")) }
        @if rows.is_empty() { (empty(&frame.t("commission-no-states"), None)) }
        @else { (table(&frame.t("commission-states"), &columns, &rows)) }
    };
    let view = tab_view(frame, &shown.commission, ("/states", "commission-states-of"), body);
    if !shown.may_change {
        return view;
    }
    let path = format!("/commissions/{}/states/new", shown.commission.id);
    view.actions(button_link(&path, &frame.t("admin-state-new"), true))
}

fn reminders_view(frame: &Frame, shown: &Reminders) -> View {
    let policy = &shown.policy;
    let days = |key: &str, days: i32| frame.t_n(key, i64::from(days));
    let list = |days: &[i32]| {
        let words = days.iter().map(|day| frame.t_n("reminders-days-before", i64::from(*day)));
        if days.is_empty() { frame.t("reminders-never") } else { words.collect::<Vec<_>>().join(", ") }
    };
    let hour = format!("{:02}:00", policy.send_hour);
    let on = if policy.send_on_non_working_days { "reminders-all-days" } else { "reminders-working-days" };
    let rows = [
        description(frame.t("reminders-lead"), list(&policy.lead_days)),
        description(frame.t("reminders-overdue"), days("reminders-every-days", policy.overdue_every_days)),
        description(frame.t("reminders-secretariat"), days("reminders-after-days", policy.escalate_after_days)),
        description(
            frame.t("reminders-coordinator"),
            days("reminders-after-days", policy.escalate_to_coordinator_after_days),
        ),
        description(frame.t("reminders-review"), days("reminders-waiting-days", policy.review_after_days)),
        description(frame.t("reminders-sessions"), list(&policy.meeting_reminder_days)),
        description(frame.t("reminders-hour"), frame.t_with(on, &[("time", hour.into())])),
    ];
    let body = panel(&frame.t("reminders-title"), None, html! { p { (frame.t("reminders-about")) } (facts(&rows)) });
    let view = tab_view(frame, &shown.commission, ("/reminders", "commission-reminders-of"), body);
    if !shown.may_change {
        return view;
    }
    let path = format!("/commissions/{}/reminders/edit", shown.commission.id);
    view.actions(button_link(&path, &frame.t("admin-reminders-edit"), false))
}
