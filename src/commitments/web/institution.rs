//! `/institutions/{id}`: an institution, and its open duties in all commissions, overdue ones first.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::parts::{ShownTerm, part_tag};
use crate::access::{CommissionRef, may_write_anywhere};
use crate::commissions::{Delegate, Membership};
use crate::commitments::institution_page::{self, Duties, InstitutionPage};
use crate::commitments::model::Commitment;
use crate::commitments::policy;
use crate::db::{CommissionId, Db, InstitutionId};
use crate::error::Result;
use crate::identity::{Actor, Visitor};
use crate::ui::{
    Column, Frame, Tone, View, button_link, description, empty, facts, long, notice, panel, short_day, table,
};

/// An institution
///
/// Permissions: anyone signed in; memberships, delegates and commitments to those who may see them, addresses of
/// delegates to those who may write the commission and to the representatives of the institution.
#[get("/institutions/{id}")]
pub(crate) async fn show(visitor: Visitor, id: Path<InstitutionId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| institution_page::read(conn, actor, id, now);
    visitor.page(read, |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &InstitutionPage) -> View {
    let fields = &shown.institution.fields;
    let has_duties = [&shown.overdue, &shown.open, &shown.awaiting].iter().any(|duties| duties.count > 0);
    let id = shown.institution.id;
    let body = html! {
        (warnings(frame, shown))
        div class="columns" {
            div class="stack" {
                (list(frame, shown, &shown.overdue, ("directory-overdue", &format!("institution_id={id}&overdue=true"))))
                (list(frame, shown, &shown.open, (
                    "directory-open",
                    &format!("institution_id={id}&part_status=planned,in_progress&overdue=false"),
                )))
                (list(frame, shown, &shown.awaiting, (
                    "directory-awaiting",
                    &format!("institution_id={id}&awaiting_review=true"),
                )))
                @if !has_duties { (empty(&frame.t("directory-no-duties"), None)) }
                @if !shown.reports.is_empty() { (reports(frame, shown)) }
            }
            aside class="stack" {
                (panel(&frame.t("directory-about"), None, about(frame, shown)))
                (panel(&frame.t("directory-memberships"), None, memberships(frame, shown)))
                (panel(&frame.t("directory-delegates"), None, delegates(frame, shown)))
            }
        }
    };
    let lead = html! {
        @if let Some(acronym) = &fields.acronym { span class="code" { (acronym) } " · " }
        (frame.word("report-sector", fields.sector.as_str()))
        @if let Some(territory) = &fields.territory { " · " (territory) }
    };
    View::new(fields.name.clone(), body)
        .lead(lead)
        .above("/commissions", frame.t("web-nav-commissions"))
        .above("/institutions", frame.t("directory-institutions"))
        .actions(html! {
            (button_link(&format!("/commitments?institution_id={id}"), &frame.t("web-nav-commitments"), false))
            @if shown.may_change {
                (button_link(&format!("/institutions/{id}/edit"), &frame.t("admin-institution-edit"), false))
            }
            @if may_write_anywhere(&shown.actor) && shown.overdue.count + shown.open.count > 0 {
                (button_link(&format!("/institutions/{id}/handover"), &frame.t("admin-handover"), false))
            }
        })
}

/// Draws what those who may write should know: nobody can be mailed, or the institution may be entered twice.
fn warnings(frame: &Frame, shown: &InstitutionPage) -> Markup {
    let unreachable: Vec<&str> = shown.unreachable.iter().map(CommissionRef::label).collect();
    let alike: Vec<InstitutionId> =
        shown.institution.warnings.iter().flat_map(|warning| warning.ids.iter().copied()).collect();
    html! {
        @if !unreachable.is_empty() {
            (notice(Tone::Overdue, html! {
                p { strong {
                    (frame.t_with("directory-unreachable", &[("commissions", unreachable.join(", ").into())])) "."
                } }
                p { (frame.t("directory-unreachable-next")) }
                (remedies(frame, shown))
            }))
        }
        @if shown.may_change && !alike.is_empty() {
            (notice(Tone::Soon, html! {
                p { (frame.t("directory-alike")) }
                ul { @for id in &alike { li { (other(shown, *id)) } } }
            }))
        }
    }
}

/// Draws the links to the forms that enter somebody to notify: a delegate, or a person with an account.
fn remedies(frame: &Frame, shown: &InstitutionPage) -> Markup {
    html! {
        p class="actions" {
            @for one in &shown.unreachable {
                (button_link(
                    &format!("/commissions/{}/delegates/new", one.id),
                    &frame.t_with("admin-delegate-new-in", &[("commission", one.label().into())]),
                    false,
                ))
            }
            (button_link("/people/new", &frame.t("people-invite"), false))
        }
    }
}

fn other(shown: &InstitutionPage, id: InstitutionId) -> Markup {
    html! {
        @if let Some(one) = shown.others.get(&id) { a href={ "/institutions/" (id) } { (one.fields.name) } }
    }
}

fn about(frame: &Frame, shown: &InstitutionPage) -> Markup {
    let fields = &shown.institution.fields;
    let mut rows = Vec::new();
    if let Some(name) = &fields.official_name {
        rows.push(description(frame.t("directory-official-name"), name.clone()));
    }
    if !fields.aliases.is_empty() {
        rows.push(description(frame.t("directory-aliases"), fields.aliases.join(" · ")));
    }
    if let Some(id) = fields.parent_id {
        rows.push((frame.t("directory-parent"), other(shown, id)));
    }
    if let Some(id) = fields.succeeded_by_id {
        rows.push((frame.t("directory-successor"), other(shown, id)));
    }
    if let Some(kind) = fields.partner_type {
        rows.push(description(frame.t("directory-partner"), frame.word("directory-partner", kind.as_str())));
    }
    if let Some(country) = &shown.country {
        rows.push(description(frame.t("directory-country"), country.clone()));
    }
    if let Some(address) = &fields.email {
        rows.push((frame.t("directory-email"), html! { a href={ "mailto:" (address) } { (address) } }));
    }
    facts(&rows)
}

/// Draws the commissions of the institution: first those of today, then the former ones.
fn memberships(frame: &Frame, shown: &InstitutionPage) -> Markup {
    let is_current = |one: &&Membership| {
        let commission = shown.commissions.get(&one.commission_id);
        commission.is_some_and(|commission| one.fields.holds_on(commission.today(shown.now)))
    };
    let (current, former): (Vec<&Membership>, Vec<&Membership>) = shown.memberships.iter().partition(is_current);
    html! {
        @if shown.memberships.is_empty() { p { (frame.t("directory-no-memberships")) } }
        @if !current.is_empty() { ul { @for one in &current { (membership(frame, shown, one)) } } }
        @if !former.is_empty() {
            details class="more" {
                summary { (frame.t("directory-former")) " (" (former.len()) ")" }
                ul { @for one in &former { (membership(frame, shown, one)) } }
            }
        }
    }
}

fn membership(frame: &Frame, shown: &InstitutionPage, one: &Membership) -> Markup {
    let fields = &one.fields;
    let day = |day| short_day(day);
    let period = match (fields.from.map(day), fields.to.map(day)) {
        (Some(from), Some(to)) => Some(frame.t_with("commission-from-to", &[("from", from.into()), ("to", to.into())])),
        (Some(from), None) => Some(frame.t_with("commission-from", &[("from", from.into())])),
        (None, Some(to)) => Some(frame.t_with("commission-to", &[("to", to.into())])),
        (None, None) => fields.when_text.clone(),
    };
    html! {
        li {
            (commission(shown, one.commission_id))
            br;
            span class="small" {
                (frame.word("member-role", fields.role.as_str()))
                @if let Some(period) = period { " · " (period) }
            }
        }
    }
}

fn commission(shown: &InstitutionPage, id: CommissionId) -> Markup {
    html! {
        @if let Some(one) = shown.commissions.get(&id) { a href={ "/commissions/" (id) } { (one.name) } }
    }
}

fn delegates(frame: &Frame, shown: &InstitutionPage) -> Markup {
    html! {
        @if shown.delegates.is_empty() { p { (frame.t("directory-no-delegates")) } } @else {
            ul { @for one in &shown.delegates { (delegate(frame, shown, one)) } }
        }
    }
}

fn delegate(frame: &Frame, shown: &InstitutionPage, one: &Delegate) -> Markup {
    let fields = &one.fields;
    let label = shown.commissions.get(&one.commission_id).map(CommissionRef::label);
    html! {
        li {
            (fields.name.as_deref().unwrap_or("—"))
            br;
            span class="small" {
                (frame.word("capacity", fields.capacity.as_str()))
                @if let Some(label) = label { " · " (label) }
                @if let Some(position) = &fields.position { " · " (position) }
                @if let Some(address) = &fields.email { " · " a href={ "mailto:" (address) } { (address) } }
            }
        }
    }
}

/// Draws the periodic reports that the institution is asked for, with the numbers of the periods that have begun.
fn reports(frame: &Frame, shown: &InstitutionPage) -> Markup {
    let columns = [
        Column::new(frame.t("duties-column-title")),
        Column::new(frame.t("duties-column-every")),
        Column::new(frame.t("directory-reports-received")).number(),
        Column::new(frame.t("directory-reports-missing")).number(),
        Column::new(frame.t("directory-reports-expected")).number(),
    ];
    let rows = shown.reports.iter().map(|record| {
        let (duty, counts) = (&record.duty, record.counts(record.duty.today(shown.now)));
        vec![
            html! { a href={ "/duties/" (duty.id) } { (duty.fields.title) } },
            html! { (frame.word("duties-every", duty.fields.every.as_str())) },
            html! { (counts.answered()) },
            html! { (counts.missing) },
            html! { (counts.expected) },
        ]
    });
    let (rows, title): (Vec<Vec<Markup>>, String) = (rows.collect(), frame.t("duties-page"));
    let all = format!("/duties?institution_id={}", shown.institution.id);
    html! {
        section class="panel" {
            div class="panel-head" {
                h2 { (title) " " span class="count" { (rows.len()) } }
                a href=(all) { (frame.t_n("start-see-all", rows.len())) span class="unseen" { ": " (title) } }
            }
            (table(&title, &columns, &rows))
        }
    }
}

/// Draws the duties of a kind as a table, with a link to the whole list.
fn list(frame: &Frame, shown: &InstitutionPage, duties: &Duties, (key, query): (&str, &str)) -> Markup {
    let columns = ["directory-commitment", "directory-text", "directory-term", "directory-state"]
        .map(|key| Column::new(frame.t(key)));
    let rows: Vec<Vec<Markup>> = duties.items.iter().map(|one| duty(frame, shown, one)).collect();
    html! {
        @if duties.count > 0 {
            section class="panel" {
                div class="panel-head" {
                    h2 { (frame.t(key)) " " span class="count" { (duties.count) } }
                    a href={ "/commitments?" (query) } {
                        (frame.t_n("start-see-all", duties.count)) span class="unseen" { ": " (frame.t(key)) }
                    }
                }
                (table(&frame.t(key), &columns, &rows))
            }
        }
    }
}

fn duty(frame: &Frame, shown: &InstitutionPage, one: &Commitment) -> Vec<Markup> {
    let own = one.part_of(shown.institution.id);
    let today = one.today(shown.now);
    let labels: Vec<&str> =
        one.fields.commission_ids.iter().filter_map(|id| shown.commissions.get(id)).map(CommissionRef::label).collect();
    let reports = own.filter(|part| {
        part.progress.status.is_open() && policy::represents(&shown.actor, one, part.fields.institution_id)
    });
    vec![
        html! {
            a href={ "/commitments/" (one.id) } class="code" { (one.code) }
            br;
            span class="small" { (labels.join(", ")) }
        },
        long(frame, &one.fields.text),
        html! { @if let Some(part) = own { (ShownTerm::of_part(one, part, today).draw(frame)) } },
        html! {
            @if let Some(part) = own { (part_tag(frame, part)) }
            @if let Some(part) = reports {
                " " a class="button" href={ "/commitments/" (one.id) "/assignments/" (part.id) "/report" } {
                    (frame.t("directory-own-report")) span class="unseen" { ": " (one.code) }
                }
            }
        },
    ]
}
