//! `/meetings/{id}`: the summary of a meeting and what comes next.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::super::agenda::AgendaItemInput;
use super::super::attendance::{AttendanceSheet, AttendanceStatus, attendance_sheet};
use super::super::convocation::convened_institutions;
use super::super::minutes::minutes_progress;
use super::super::model::{Meeting, MeetingStatus};
use super::super::next_step::{Facts, MinutesProgress, NextStep, next_step};
use super::super::proposals::{self, ProposalStatus};
use super::super::replies::{self, MeetingReply, ReplyKind};
use super::super::{agenda_of_meetings, scope};
use super::attendance::{Place, quorum_boxes};
use super::downloads::{Downloads, downloads};
use super::{MeetingTab, commissions_of, meeting_view, minutes_state, name_of, when_in_words};
use crate::access::{CommissionRef, may_write};
use crate::clock::Instant;
use crate::db::{Db, InstitutionId, MeetingId};
use crate::directory::{InstitutionNames, institution_names};
use crate::error::Result;
use crate::http::Paging;
use crate::identity::{Actor, Visitor};
use crate::ui::{
    Frame, Tone, View, button_link, day_in_words, description, empty, facts, moment, notice, panel, prose,
};

/// The content of the summary.
struct Summary {
    meeting: Meeting,
    commissions: Vec<CommissionRef>,
    agenda: Vec<AgendaItemInput>,
    sheet: AttendanceSheet,
    /// The number of institutions that the meeting convenes.
    convened: usize,
    /// Those of them that the reader represents.
    own: Vec<InstitutionId>,
    /// The replies that the reader may see.
    replies: Vec<MeetingReply>,
    pending_proposals: usize,
    minutes: Option<MinutesProgress>,
    downloads: Downloads,
    names: InstitutionNames,
    may_write: bool,
    now: Instant,
}

crate::restricted_by!(Summary: meeting);

/// A session
///
/// Permissions: those who may see the session.
#[get("/meetings/{id}")]
pub(super) async fn show(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    visitor.page(move |conn, actor| load(conn, actor, id, now), |frame, shown| view(frame, &shown)).await
}

fn load(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<Summary> {
    let meeting = scope::visible(conn, actor, id)?;
    let ids = &meeting.fields.commission_ids;
    let may_write = may_write(actor, &meeting.country_code, ids);
    let convened = convened_institutions(conn, &meeting, now)?;
    let own = convened.iter().copied().filter(|one| actor.is_representative_of(*one, ids)).collect::<Vec<_>>();
    let replies = replies::list_visible(conn, actor, &meeting, &first_page())?.items;
    let proposals = proposals::list_visible(conn, actor, &meeting, &first_page())?.items;
    let named = own.iter().copied().chain(replies.iter().map(|reply| reply.institution_id));
    Ok(Summary {
        commissions: commissions_of(conn, ids)?,
        agenda: agenda_of_meetings(conn, &[id])?.remove(&id).unwrap_or_default(),
        sheet: attendance_sheet(conn, &meeting)?,
        convened: convened.len(),
        names: institution_names(conn, named)?,
        own,
        replies,
        pending_proposals: proposals.iter().filter(|one| one.status == ProposalStatus::Pending).count(),
        minutes: minutes_progress(conn, id)?,
        downloads: Downloads::load(conn, &meeting, may_write, now)?,
        may_write,
        now,
        meeting,
    })
}

/// Returns the first 200 records of a list.
pub(super) fn first_page<K>() -> Paging<K> {
    Paging::first(200)
}

impl Summary {
    fn has_begun(&self) -> bool {
        self.meeting.require_before_start(self.now).is_err()
    }

    fn is_cancelled(&self) -> bool {
        self.meeting.fields.status == MeetingStatus::Cancelled
    }

    /// Returns true if the reader may change the agenda and the attendance: approved minutes state them for good.
    fn may_edit_record(&self) -> bool {
        self.may_write && self.minutes.as_ref().is_none_or(|minutes| minutes.status != "approved")
    }

    fn path(&self, below: &str) -> String {
        format!("/meetings/{}/{below}", self.meeting.id)
    }
}

fn view(frame: &Frame, shown: &Summary) -> View {
    let content = html! {
        (what_comes_next(frame, shown))
        div class="columns" {
            div {
                (own_replies(frame, shown))
                (about(frame, shown))
                (agenda(frame, shown))
                (all_replies(frame, shown))
            }
            aside {
                (attendance(frame, shown))
                (documents(frame, shown))
            }
        }
    };
    let view = meeting_view(frame, &shown.meeting, MeetingTab::Summary, content);
    if !shown.may_write {
        return view;
    }
    let may_convene = shown.meeting.convened_at.is_some() && shown.meeting.require_convenable(shown.now).is_ok();
    view.actions(html! {
        (button_link(&frame.onward(&shown.path("edit")), &frame.t("meetings-edit"), false))
        @if may_convene { (button_link(&shown.path("convocation"), &frame.t("meetings-convene-again"), false)) }
        @if !shown.is_cancelled() && !shown.meeting.is_over(shown.now) {
            a class="button danger" href=(shown.path("cancellation")) { (frame.t("meetings-cancel")) }
        }
    })
}

/// Draws what the secretariat does next: one sentence and one button.
fn what_comes_next(frame: &Frame, shown: &Summary) -> Markup {
    if !shown.may_write || shown.is_cancelled() {
        return html! {};
    }
    let step = step(shown);
    let blanks = shown.minutes.as_ref().map_or(0, |minutes| minutes.blanks);
    let until = shown.minutes.as_ref().and_then(|minutes| minutes.comments_until);
    let until = until.map(|day| day_in_words(frame, &shown.meeting.country_code, day)).unwrap_or_default();
    let args = [
        ("replies", shown.replies.len().into()),
        ("convened", shown.convened.into()),
        ("blanks", blanks.into()),
        ("day", until.into()),
    ];
    let (key, button) = (format!("meetings-step-{}", step.name()), format!("meetings-step-{}-button", step.name()));
    notice(
        Tone::Open,
        html! {
            p { strong { (frame.t("meetings-next-step")) } " " (frame.t_with(&key, &args)) }
            p { (button_link(&shown.path(step.page()), &frame.t(&button), true)) }
        },
    )
}

/// Returns the next step of the session.
fn step(shown: &Summary) -> NextStep {
    next_step(&Facts {
        today: shown.now.day_in(shown.meeting.zone()),
        has_begun: shown.has_begun(),
        is_attended: shown.sheet.items.iter().any(|item| item.status == AttendanceStatus::Present),
        has_agenda: !shown.agenda.is_empty(),
        has_proposals: shown.pending_proposals > 0,
        is_convened: shown.meeting.convened_at.is_some(),
        may_be_convened: shown.meeting.require_convenable(shown.now).is_ok(),
        minutes: shown.minutes.as_ref(),
    })
}

fn about(frame: &Frame, shown: &Summary) -> Markup {
    let fields = &shown.meeting.fields;
    let zone = shown.meeting.zone();
    let kind = super::capitalized(&frame.word("meeting-kind", fields.kind.as_str()));
    let kind = match fields.ordinal {
        Some(ordinal) => frame.t_with("meetings-kind-ordinal", &[("kind", kind.into()), ("ordinal", ordinal.into())]),
        None => kind,
    };
    let commissions: Vec<String> = shown.commissions.iter().map(|one| one.name.clone()).collect();
    let mut rows = vec![
        (frame.t("meetings-commissions"), html! { @for name in &commissions { p { (name) } } }),
        description(frame.t("meetings-kind"), kind),
        description(frame.t("meetings-when"), when_in_words(frame, &shown.meeting)),
    ];
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            rows.push(description(frame.t(key), value));
        }
    };
    add("meetings-place", fields.place.clone());
    add("meetings-modality", fields.modality.map(|one| frame.word("meeting-modality", one.as_str())));
    add("meetings-convened-at", shown.meeting.convened_at.map(|at| moment(at, zone)));
    add("meetings-started-at", fields.started_at.map(|at| moment(at, zone)));
    add("meetings-ended-at", fields.ended_at.map(|at| moment(at, zone)));
    add("meetings-call", fields.call.map(|call| frame.word("meetings-call", call.as_str())));
    if let Some(url) = &fields.url {
        rows.push((frame.t("meetings-url"), link(url)));
    }
    panel(&frame.t("meetings-about"), None, facts(&rows))
}

/// Draws an address that somebody has typed; as a link if it is one of the web.
pub(super) fn link(url: &str) -> Markup {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    html! { @if is_web { a href=(url) rel="noreferrer" { (url) } } @else { (url) } }
}

fn agenda(frame: &Frame, shown: &Summary) -> Markup {
    let path = shown.path("agenda");
    let text = frame.t(if shown.may_edit_record() { "meetings-agenda-edit" } else { "meetings-agenda-open" });
    let content = html! {
        @if shown.agenda.is_empty() { (empty(&frame.t("meetings-agenda-none"), None)) } @else {
            ul class="items" {
                @for (n, item) in shown.agenda.iter().enumerate() {
                    li {
                        div {
                            p class="what" { (n + 1) ". " (item.title) }
                            @if let Some(presenter) = &item.presenter { p class="small" { (presenter) } }
                        }
                    }
                }
            }
        }
    };
    panel(&frame.t("meetings-tab-agenda"), Some((&path, &text)), content)
}

/// Draws the reply of each institution that the reader represents.
fn own_replies(frame: &Frame, shown: &Summary) -> Markup {
    if shown.own.is_empty() || shown.has_begun() || shown.meeting.convened_at.is_none() {
        return html! {};
    }
    let content = html! {
        ul class="items" {
            @for id in &shown.own {
                @let reply = shown.replies.iter().find(|reply| reply.institution_id == *id);
                li {
                    div {
                        p class="what" { (name_of(&shown.names, *id)) }
                        @let words = reply.map(|reply| reply_in_words(frame, reply));
                        p class="small" { (words.unwrap_or_else(|| frame.t("meetings-reply-none"))) }
                    }
                    (button_link(
                        &shown.path(&format!("replies/{id}")),
                        &frame.t(if reply.is_some() { "meetings-reply-change" } else { "meetings-reply" }),
                        reply.is_none(),
                    ))
                }
            }
        }
    };
    panel(&frame.t("meetings-own-reply"), None, content)
}

/// Returns a reply as a sentence: the answer and the person.
pub(super) fn reply_in_words(frame: &Frame, reply: &MeetingReply) -> String {
    let key = match reply.fields.reply {
        ReplyKind::Attends => "meetings-reply-attends",
        ReplyKind::Excused => "meetings-reply-excused",
    };
    let word = frame.t(key);
    match &reply.fields.person {
        Some(person) => format!("{word}: {person}"),
        None => word,
    }
}

/// Draws the replies of all institutions, for those who may write the meeting.
fn all_replies(frame: &Frame, shown: &Summary) -> Markup {
    if !shown.may_write || (shown.replies.is_empty() && shown.meeting.convened_at.is_none()) {
        return html! {};
    }
    let n = shown.replies.len();
    let total = shown.convened;
    let content = html! {
        p { (frame.t_with("meetings-replies-count", &[("n", n.into()), ("total", total.into())])) }
        @if !shown.replies.is_empty() {
            ul class="items" {
                @for reply in &shown.replies {
                    li {
                        div {
                            p class="what" { (name_of(&shown.names, reply.institution_id)) }
                            p class="small" { (reply_in_words(frame, reply)) }
                            @if let Some(note) = &reply.fields.note { (prose(note)) }
                        }
                    }
                }
            }
        }
    };
    panel(&frame.t("meetings-replies"), None, content)
}

fn attendance(frame: &Frame, shown: &Summary) -> Markup {
    let path = shown.path("attendance");
    let text = frame.t(if shown.may_edit_record() { "meetings-attendance-edit" } else { "meetings-attendance-open" });
    let content = html! {
        @if shown.sheet.items.is_empty() { p { (frame.t("meetings-attendance-none")) } } @else {
            div class="stack" { (quorum_boxes(frame, &shown.commissions, &shown.sheet.quorum, Place::Panel)) }
        }
    };
    panel(&frame.t("meetings-tab-attendance"), Some((&path, &text)), content)
}

fn documents(frame: &Frame, shown: &Summary) -> Markup {
    let path = shown.path("documents");
    let state = shown.minutes.as_ref().map(|minutes| minutes.status.as_str());
    let content = html! {
        @if shown.has_begun() || shown.minutes.is_some() {
            p {
                @let key = minutes_state(state, shown.may_write).map_or("meetings-tab-minutes", |(_, key)| key);
                a href=(shown.path("minutes")) { (frame.t(key)) }
            }
        }
        (downloads(frame, shown.meeting.id, &shown.downloads))
        p { a href=(shown.path("calendar.ics")) { (frame.t("meetings-ics")) } }
    };
    panel(&frame.t("meetings-tab-documents"), Some((&path, &frame.t("meetings-documents-open"))), content)
}

#[cfg(test)]
mod tests {
    use crate::i18n::{Lang, text_with};

    #[test]
    fn the_number_of_replies_agrees_with_its_words() {
        for (n, total, words) in [
            (0, 1, "La institución convocada no ha respondido."),
            (1, 1, "La institución convocada ha respondido."),
            (0, 5, "Ninguna de las 5 instituciones ha respondido."),
            (1, 5, "1 de 5 instituciones ha respondido."),
            (2, 5, "2 de 5 instituciones han respondido."),
        ] {
            let args = [("n", n.into()), ("total", total.into())];
            assert_eq!(text_with(Lang::Es, "meetings-replies-count", &args), words);
        }
    }
}
