//! `/agreements/{id}`: one agreement with its commitments.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use maud::{Markup, html};

use super::of_meeting::commitment_items;
use super::parts::document;
use crate::access::{CommissionRef, Visibility, known_commissions, may_write};
use crate::agreements::{Agreement, AgreementKind, adoption_words, agreement, agreement_name, agreement_status_tag};
use crate::clock::Instant;
use crate::commitments::model::Commitment;
use crate::commitments::store;
use crate::db::{AgreementId, Db};
use crate::directory::{InstitutionNames, institution_names};
use crate::error::Result;
use crate::identity::{Actor, Visitor};
use crate::meetings::{AgendaItemInput, Meeting, agenda_of_meetings, meetings_by_id};
use crate::ui::{
    Frame, Tone, View, button_link, danger_link, date_in_words, day_in_words, description, empty, facts, panel, prose,
    tag,
};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show);
}

/// An agreement as it is shown.
struct Shown {
    agreement: Agreement,
    /// The session, if the reader may know it.
    meeting: Option<Meeting>,
    item: Option<AgendaItemInput>,
    commissions: Vec<CommissionRef>,
    names: InstitutionNames,
    commitments: Vec<Commitment>,
    is_writer: bool,
    today: NaiveDate,
}

crate::restricted_by!(Shown: agreement, meeting, commitments);

/// An agreement
///
/// Permissions: members and observers of its commissions; of a restricted one, secretariats of its commissions,
/// coordinator, admin and its parties.
#[get("/agreements/{id}")]
pub(crate) async fn show(visitor: Visitor, id: Path<AgreementId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    visitor.page(move |conn, actor| load(conn, actor, id, now), |frame, shown| view(frame, &shown)).await
}

fn load(conn: &mut Db, actor: &Actor, id: AgreementId, now: Instant) -> Result<Shown> {
    let visibility = Visibility::of(actor);
    let agreement = agreement(conn, &visibility, id)?;
    let fields = &agreement.fields;
    let meeting = match fields.meeting_id {
        Some(meeting) => meetings_by_id(conn, &visibility, &[meeting])?.remove(&meeting),
        None => None,
    };
    let mut item = None;
    if let (Some(meeting), Some(wanted)) = (&meeting, fields.agenda_item_id) {
        let agenda = agenda_of_meetings(conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default();
        item = agenda.into_iter().find(|one| one.id == Some(wanted));
    }
    let commissions = known_commissions(conn, &visibility, &fields.commission_ids)?;
    Ok(Shown {
        names: institution_names(conn, fields.parties.iter().filter_map(|party| party.institution_id))?,
        commitments: store::of_agreement(conn, &visibility, id, now)?,
        is_writer: may_write(actor, &agreement.country_code, &fields.commission_ids),
        today: commissions.first().map_or_else(|| now.utc().date_naive(), |lead| lead.today(now)),
        agreement,
        meeting,
        item,
        commissions,
    })
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let fields = &shown.agreement.fields;
    let body = html! {
        div class="columns" {
            div {
                @if let Some(text) = &fields.text {
                    section class="panel" { h2 { (frame.t("agreements-text")) } (prose(text)) }
                }
                (commitments(frame, shown))
            }
            aside { (about(frame, shown)) (attachments(frame, shown)) }
        }
    };
    let lead = html! {
        (agreement_status_tag(frame, fields.status))
        @if fields.restricted { " " (tag(Tone::Soon, &frame.t("agreements-restricted"))) }
        @if let Some(meeting) = &shown.meeting { " " (meeting.fields.title) }
    };
    let view = View::new(agreement_name(frame, &shown.agreement), body)
        .lead(lead)
        .above("/agreements", frame.t("web-nav-agreements"));
    if shown.is_writer { view.actions(writer_actions(frame, shown)) } else { view }
}

fn writer_actions(frame: &Frame, shown: &Shown) -> Markup {
    let id = shown.agreement.id;
    html! {
        (button_link(&frame.onward(&format!("/agreements/{id}/edit")), &frame.t("agreements-edit"), false))
        @if shown.commitments.is_empty() {
            (danger_link(&format!("/agreements/{id}/removal"), &frame.t("agreements-do-remove")))
        } @else {
            (button_link(&add_path(shown), &frame.t("entry-add-commitments"), false))
        }
    }
}

/// Returns the address at which commitments are added: the page of the session, else the form of a commitment.
fn add_path(shown: &Shown) -> String {
    let id = shown.agreement.id;
    match &shown.meeting {
        Some(meeting) => format!("/meetings/{}/agreements?agreement_id={id}#entry", meeting.id),
        None => format!("/commitments/new?agreement_id={id}"),
    }
}

fn commitments(frame: &Frame, shown: &Shown) -> Markup {
    let (add, text) = (add_path(shown), frame.t("entry-add-commitments"));
    let all: Vec<&Commitment> = shown.commitments.iter().collect();
    html! {
        section class="panel" {
            div class="panel-head" { h2 { (frame.t_n("entry-commitments-n", all.len())) } }
            @if all.is_empty() {
                (empty(&frame.t("agreements-no-commitments"), shown.is_writer.then_some((add.as_str(), text.as_str()))))
            } @else { (commitment_items(frame, shown.today, &all)) }
        }
    }
}

fn about(frame: &Frame, shown: &Shown) -> Markup {
    let (fields, country) = (&shown.agreement.fields, shown.agreement.country_code.as_str());
    let labels: Vec<&str> = shown.commissions.iter().map(CommissionRef::label).collect();
    let mut rows = vec![description(frame.t("agreements-commissions"), labels.join(", "))];
    if fields.kind != AgreementKind::MeetingAgreement {
        rows.push(description(frame.t("agreements-kind"), frame.word("agreements-kind", fields.kind.as_str())));
    }
    if let Some(meeting) = &shown.meeting {
        let path = format!("/meetings/{}", meeting.id);
        rows.push((frame.t("agreements-session"), html! { a href=(path) { (meeting.fields.title) } }));
    }
    rows.extend(shown.item.as_ref().map(|item| description(frame.t("agreements-item"), item.title.as_str())));
    rows.extend(
        fields.adoption.as_ref().map(|it| description(frame.t("agreements-method"), adoption_words(frame, it))),
    );
    let adopted = fields.adopted.as_ref().map(|day| date_in_words(frame, country, day));
    rows.extend(
        adopted.or_else(|| fields.when_text.clone()).map(|day| description(frame.t("agreements-adopted"), day)),
    );
    for (key, day) in
        [("agreements-in-force-from", fields.in_force_from), ("agreements-in-force-to", fields.in_force_to)]
    {
        rows.extend(day.map(|day| description(frame.t(key), day_in_words(frame, country, day))));
    }
    rows.extend(
        fields.scope.map(|scope| description(frame.t("agreements-scope"), frame.word("scope", scope.as_str()))),
    );
    if !fields.themes.is_empty() {
        let themes: Vec<String> = fields.themes.iter().map(|one| frame.word("theme", one.as_str())).collect();
        rows.push(description(frame.t("agreements-themes"), themes.join(", ")));
    }
    if !fields.parties.is_empty() {
        rows.push((frame.t("agreements-parties"), parties(frame, shown)));
    }
    if let Some(url) = &fields.document_url {
        rows.push((frame.t("agreements-document-url"), html! { a href=(url) rel="noreferrer" { (url) } }));
    }
    panel(&frame.t("agreements-about"), None, facts(&rows))
}

/// The number of parties that are listed without folding them.
const OPEN_PARTIES: usize = 6;

fn parties(frame: &Frame, shown: &Shown) -> Markup {
    let known = |party: &crate::agreements::Party| {
        party.name.clone().or_else(|| shown.names.get(&party.institution_id?).cloned()).unwrap_or_default()
    };
    let all = &shown.agreement.fields.parties;
    let list = html! {
        ul {
            @for party in all {
                li { (known(party)) @if let Some(side) = &party.side { span class="small" { " (" (side) ")" } } }
            }
        }
    };
    html! {
        @if all.len() <= OPEN_PARTIES { (list) } @else {
            details class="more" { summary { (frame.t_n("agreements-parties-n", all.len())) } (list) }
        }
    }
}

fn attachments(frame: &Frame, shown: &Shown) -> Markup {
    let all = &shown.agreement.fields.attachments;
    html! {
        @if !all.is_empty() {
            section class="panel" {
                h2 { (frame.t("agreements-attachments")) }
                ul { @for one in all { li { (document(&one.title, one.file_id, one.url.as_deref())) } } }
            }
        }
    }
}
