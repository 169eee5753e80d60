//! `/meetings/{id}/follow-up`: the follow-up sheet of a session, and its documents.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::parts::state_tag;
use crate::access::CommissionRef;
use crate::commitments::api::{SheetQuery, send_follow_up};
use crate::commitments::document::{SheetRecord, sheet_record};
use crate::commitments::model::{FollowUpItem, FollowUpPart, PreviousSession, Status, Verification};
use crate::dates::PartialDate;
use crate::db::MeetingId;
use crate::error::Result;
use crate::http::Query;
use crate::identity::Visitor;
use crate::meetings::{MeetingTab, meeting_view};
use crate::rendering::DocumentFormat;
use crate::ui::{
    Column, Frame, Segment, Tone, View, date_in_words, day_in_words, empty, long, segments, short_date, short_day,
    table,
};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show).service(document);
}

/// The follow-up sheet of a session
///
/// Permissions: those who may see the session; the sheet has the commitments that the reader may see.
#[get("/meetings/{id}/follow-up")]
pub(crate) async fn show(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let view = |frame: &Frame, record: SheetRecord| view(frame, &record);
    visitor.on_snapshot().page(move |conn, actor| sheet_record(conn, actor, id, now), view).await
}

/// The follow-up sheet as a document
///
/// Permissions: those who may see the session; the sheet has the commitments that the reader may see.
#[get("/meetings/{id}/follow-up/document")]
pub(crate) async fn document(visitor: Visitor, id: Path<MeetingId>, query: Query<SheetQuery>) -> Result<HttpResponse> {
    send_follow_up(visitor.into_caller(), id.into_inner(), query.0).await
}

fn view(frame: &Frame, record: &SheetRecord) -> View {
    let (sheet, country) = (&record.sheet, record.meeting.country_code.as_str());
    let path = format!("/meetings/{}/follow-up/document", record.meeting.id);
    let content = html! {
        div class="list-head" {
            p class="total" { (frame.t("sheet-about")) " " (frame.t_with("sheet-day", &[("day", day_in_words(frame, country, sheet.on).into())])) }
            p {
                (frame.t("sheet-download")) " "
                @for (n, format) in DocumentFormat::ALL.iter().rev().enumerate() {
                    @if n > 0 { " · " }
                    a href={ (path) "?format=" (format.as_str()) } { (frame.word("minutes-format", format.as_str())) }
                }
            }
        }
        @if sheet.items.is_empty() { (empty(&frame.t("sheet-none"), None)) } @else {
            @if !record.commissions.is_empty() { (totals(frame, record)) }
            @for commission in &record.commissions { (of_commission(frame, record, commission)) }
        }
    };
    meeting_view(frame, &record.meeting, MeetingTab::FollowUp, content)
}

/// Draws the number of commitments of each commission in each state.
fn totals(frame: &Frame, record: &SheetRecord) -> Markup {
    let mut columns = vec![Column::new(frame.t("sheet-commission"))];
    columns.extend(Status::ALL.iter().map(|one| Column::new(frame.word("status", one.as_str())).number()));
    columns.push(Column::new(frame.t("sheet-overdue")).number());
    let row = |commission: &CommissionRef| {
        let own: Vec<&FollowUpItem> = items_of(record, commission);
        let place = format!("#sheet-{}", commission.id);
        let mut cells = vec![html! { a href=(place) { (commission.label()) } }];
        let counted = Status::ALL.iter().map(|status| own.iter().filter(|item| item.status == *status).count());
        cells.extend(counted.map(|n| html! { (n) }));
        cells.push(html! { (own.iter().filter(|item| item.overdue).count()) });
        cells
    };
    let rows: Vec<Vec<Markup>> = record.commissions.iter().map(row).collect();
    table(&frame.t("sheet-totals"), &columns, &rows)
}

fn items_of<'r>(record: &'r SheetRecord, commission: &CommissionRef) -> Vec<&'r FollowUpItem> {
    record.sheet.items.iter().filter(|item| item.commission_ids.contains(&commission.id)).collect()
}

fn of_commission(frame: &Frame, record: &SheetRecord, commission: &CommissionRef) -> Markup {
    let own = items_of(record, commission);
    let columns = ["code", "text", "responsible", "due", "status"]
        .map(|name| Column::new(frame.t(&format!("sheet-column-{name}"))));
    let rows: Vec<Vec<Markup>> = own.iter().map(|item| row(frame, record, item)).collect();
    let previous = record.sheet.previous.iter().find(|one| one.commission_id == commission.id);
    html! {
        section class="stack" id={ "sheet-" (commission.id) } {
            h2 { (commission.label()) ": " (frame.t_n("entry-commitments-n", own.len())) }
            p class="small" { (previous_session(frame, record, previous)) }
            @if rows.is_empty() { p { (frame.t("sheet-none-of-commission")) } }
            @else { (table(&frame.t_with("sheet-of", &[("commission", commission.label().into())]), &columns, &rows)) }
        }
    }
}

fn previous_session(frame: &Frame, record: &SheetRecord, previous: Option<&PreviousSession>) -> Markup {
    match previous {
        Some(session) => {
            let day = date_in_words(frame, &record.meeting.country_code, &session.held);
            html! {
                (frame.t("sheet-previous")) " "
                a href={ "/meetings/" (session.meeting_id) } { (session.title) } ", " (day)
            }
        }
        None => html! { (frame.t("sheet-first")) },
    }
}

fn row(frame: &Frame, record: &SheetRecord, item: &FollowUpItem) -> Vec<Markup> {
    vec![
        html! { a class="code" href={ "/commitments/" (item.commitment_id) } { (item.code) } },
        long(frame, &item.text),
        responsible(frame, &item.assignments, item.fulfilled.done),
        due(frame, &record.meeting.country_code, item),
        state_tag(frame, item.status.into()),
    ]
}

/// Draws the progress on the day, and the state of each institution, folded.
fn responsible(frame: &Frame, parts: &[FollowUpPart], done: usize) -> Markup {
    let shown: Vec<Segment> = parts.iter().map(|part| Segment(tone(part))).collect();
    let sentence = frame.t_with("commitments-fulfilled", &[("done", done.into()), ("n", parts.len().into())]);
    let state = |part: &FollowUpPart| match part.verification {
        Verification::Pending => frame.t("commitments-to-review"),
        _ => frame.word("status", part.status.as_str()),
    };
    html! {
        @if parts.is_empty() { span class="small" { (frame.t("commitments-no-parts")) } } @else {
            (segments(&shown, &sentence))
            details class="more" {
                summary { (frame.t("sheet-see-institutions")) }
                ul {
                    @for part in parts {
                        li {
                            (part.institution) ": " (state(part))
                            @if let Some(percent) = part.percent { ", " (percent) " %" }
                            @if part.overdue { ", " strong { (frame.t("sheet-was-overdue")) } }
                        }
                    }
                }
            }
        }
    }
}

fn tone(part: &FollowUpPart) -> Tone {
    match (part.verification, part.status) {
        (Verification::Pending, _) => Tone::Review,
        (Verification::Accepted, _) => Tone::Done,
        _ if part.overdue => Tone::Overdue,
        (_, Status::InProgress) => Tone::Open,
        (_, Status::NotAchieved) => Tone::Overdue,
        _ => Tone::Neutral,
    }
}

fn due(frame: &Frame, country: &str, item: &FollowUpItem) -> Markup {
    let written = item.due.as_deref().and_then(PartialDate::parse).map(|due| short_date(frame, country, &due));
    let words = written.or_else(|| item.due_to.map(short_day)).or_else(|| item.due_text.clone());
    let words = words.unwrap_or_else(|| frame.t("commitments-no-term"));
    html! {
        @if item.overdue { span class="overdue-date" { (words) br; (frame.t("sheet-was-overdue")) } } @else { (words) }
    }
}
