//! `/meetings/{id}/agenda`: the items in order, and the items that institutions propose.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::super::agenda::{AgendaItemInput, AgendaKind, MAX_ITEMS, put_agenda};
use super::super::convocation::convened_institutions;
use super::super::minutes::minutes_approved;
use super::super::model::Meeting;
use super::super::proposals::{self, AgendaProposal, ProposalStatus};
use super::super::{agenda_of_meetings, scope};
use super::edit::mailed;
use super::show::first_page;
use super::{MeetingTab, choice, commissions_of, meeting_view, name_of};
use crate::access::{CommissionRef, may_write, require_writer};
use crate::clock::Instant;
use crate::db::{Db, MeetingId, Tx};
use crate::directory::{InstitutionNames, institution_names};
use crate::error::Result;
use crate::http::{Fields, List, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Choice, Field, FormView, Frame, Tone, View, button_link, empty, long, notice, panel, prose, tag};

/// The agenda of a session
///
/// Permissions: those who may see the session.
#[get("/meetings/{id}/agenda")]
pub(super) async fn open(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(AgendaPage { id: id.into_inner(), is_sent: false }).await
}

/// Set the agenda
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/agenda")]
pub(super) async fn replace(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    submission.handle(AgendaPage { id: id.into_inner(), is_sent: true }).await
}

#[derive(Debug, Clone)]
struct AgendaPage {
    id: MeetingId,
    /// True for a form that was sent: only those who may write the meeting may send it.
    is_sent: bool,
}

struct Record {
    meeting: Meeting,
    commissions: Vec<CommissionRef>,
    items: Vec<AgendaItemInput>,
    /// The proposals that the reader may see.
    proposals: Vec<AgendaProposal>,
    names: InstitutionNames,
    may_write: bool,
    may_propose: bool,
    is_closed: bool,
    now: Instant,
}

crate::restricted_by!(Record: meeting);

impl FormPage for AgendaPage {
    type Record = Record;
    type Input = List<AgendaItemInput, MAX_ITEMS>;

    fn shape(&self) -> Shape {
        Shape { rows: &[("", &["title", "outcome", "id"])], ignored: &["*/new"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        let meeting = scope::visible(conn, actor, self.id)?;
        let ids = meeting.fields.commission_ids.clone();
        if self.is_sent {
            require_writer(actor, &meeting.country_code, &ids)?;
        }
        let proposals = proposals::list_visible(conn, actor, &meeting, &first_page())?.items;
        let convened = convened_institutions(conn, &meeting, now)?;
        let represents = convened.iter().any(|one| actor.is_representative_of(*one, &ids));
        Ok(Record {
            commissions: commissions_of(conn, &ids)?,
            items: agenda_of_meetings(conn, &[self.id])?.remove(&self.id).unwrap_or_default(),
            names: institution_names(conn, proposals.iter().map(|one| one.institution_id))?,
            proposals,
            may_write: may_write(actor, &meeting.country_code, &ids),
            may_propose: represents && meeting.require_before_start(now).is_ok(),
            is_closed: minutes_approved(conn, self.id)?,
            meeting,
            now,
        })
    }

    fn fields(&self, record: &Record) -> Fields {
        Fields::of(&record.items)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, List(items): Self::Input) -> Result<String> {
        put_agenda(tx, actor, self.id, items)?;
        Ok(format!("/meetings/{}/agenda?done=agenda-saved", self.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let is_form = record.may_write && (!record.is_closed || form.has_faults());
        let content = html! {
            @if record.may_write && record.is_closed {
                (notice(Tone::Done, html! { p { (frame.t("meetings-closed")) } }))
            }
            (proposals_panel(frame, record))
            @if is_form { (draw(frame, form, record)) } @else { (list(frame, record)) }
        };
        let view = meeting_view(frame, &record.meeting, MeetingTab::Agenda, content);
        if !record.may_propose {
            return view;
        }
        let path = format!("/meetings/{}/agenda/proposals/new", self.id);
        view.actions(button_link(&path, &frame.t("meetings-propose"), true))
    }
}

/// Draws the form: one group of fields for each item, with buttons that move and remove it.
fn draw(frame: &Frame, form: &FormView, record: &Record) -> Markup {
    let rows = form.rows("", 1);
    html! {
        form method="post" action=(frame.path) {
            (form.begin(frame))
            // The Enter key sends the first button of a form.
            button type="submit" hidden { (frame.t("meetings-agenda-save")) }
            (mailed(frame, &record.meeting, record.now, "meetings-agenda-mails"))
            @for n in 0..rows { (row(frame, form, record, n, rows)) }
            div class="actions" {
                button type="submit" name="add" value="" formnovalidate { (frame.t("meetings-agenda-add")) }
            }
            div class="form-actions" {
                button class="main" type="submit" { (frame.t("meetings-agenda-save")) }
                a href={ "/meetings/" (record.meeting.id) } { (frame.t("ui-leave")) }
            }
        }
    }
}

fn row(frame: &Frame, form: &FormView, record: &Record, n: usize, rows: usize) -> Markup {
    let name = |part: &str| format!("{n}/{part}");
    let field = |part: &str, key: &str| Field::new(frame, form, name(part), frame.t(key));
    let kinds: Vec<Choice> = AgendaKind::ALL.iter().map(|kind| choice(frame, "agenda", kind.as_str())).collect();
    let number = frame.t_with("meetings-item", &[("n", (n + 1).into())]);
    let (id, commission, outcome) = (name("id"), name("commission_id"), name("outcome"));
    let commissions: Vec<Choice> = record.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    html! {
        fieldset class="row" {
            legend { (number) }
            @if !form.value(&id).is_empty() { input type="hidden" name=(id) value=(form.value(&id)); }
            @if record.commissions.len() < 2 && !form.value(&commission).is_empty() {
                input type="hidden" name=(commission) value=(form.value(&commission));
            }
            div class="wide" { (field("title", "meetings-item-title").required().max(500).text()) }
            (field("kind", "meetings-item-kind").required().select(None, &kinds))
            (field("presenter", "meetings-item-presenter").max(300).text())
            @if record.commissions.len() > 1 {
                @let all = frame.t("meetings-all-commissions");
                (field("commission_id", "meetings-commission").select(Some(&all), &commissions))
            }
            details class="more wide" open[!form.value(&outcome).is_empty()] {
                summary { (frame.t("meetings-item-outcome")) span class="unseen" { ": " (number) } }
                (field("outcome", "meetings-item-outcome").max(10_000).kept_area(3))
            }
            @if rows > 1 {
                div class="actions wide" {
                    @if n > 0 { (move_button(frame, "up", n, &number)) }
                    @if n + 1 < rows { (move_button(frame, "down", n, &number)) }
                }
            }
            @if rows > 1 || !form.value(&name("title")).is_empty() {
                button class="link" type="submit" name="remove" value=(n) formnovalidate {
                    (frame.t("meetings-row-remove")) span class="unseen" { ": " (number) }
                }
            }
        }
    }
}

fn move_button(frame: &Frame, way: &'static str, n: usize, number: &str) -> Markup {
    html! {
        button type="submit" name=(way) value=(n) formnovalidate {
            span aria-hidden="true" { (if way == "up" { "↑ " } else { "↓ " }) }
            (frame.t(if way == "up" { "meetings-item-up" } else { "meetings-item-down" }))
            span class="unseen" { ": " (number) }
        }
    }
}

/// Draws the agenda for those who read it.
fn list(frame: &Frame, record: &Record) -> Markup {
    if record.items.is_empty() {
        return empty(&frame.t("meetings-agenda-none"), None);
    }
    let of_commission = |item: &AgendaItemInput| {
        let own = item.commission_id.filter(|_| record.commissions.len() > 1)?;
        record.commissions.iter().find(|one| one.id == own).map(|one| one.label().to_owned())
    };
    let about = |item: &AgendaItemInput| {
        let kind = super::capitalized(&frame.word("agenda", item.kind.as_str()));
        let parts = [Some(kind), item.presenter.clone(), of_commission(item)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let content = html! {
        ul class="items" {
            @for (n, item) in record.items.iter().enumerate() {
                li {
                    div {
                        p class="what" { (n + 1) ". " (item.title) }
                        p class="small" { (about(item)) }
                        @if let Some(outcome) = &item.outcome { (prose(outcome)) }
                    }
                }
            }
        }
    };
    panel(&frame.t("meetings-agenda-items"), None, content)
}

/// Draws the proposals that the reader may see; a pending one has a link to its decision.
fn proposals_panel(frame: &Frame, record: &Record) -> Markup {
    if record.proposals.is_empty() {
        return html! {};
    }
    let content = html! {
        ul class="items" {
            @for one in &record.proposals {
                li {
                    div {
                        @let state = frame.word("meetings-proposal", one.status.as_str());
                        p class="what" { (one.title) " " (tag(tone(one.status), &state)) }
                        p class="small" { (name_of(&record.names, one.institution_id)) }
                        div { (long(frame, &one.reason)) }
                        @if let Some(reason) = &one.decision_reason {
                            @let args = [("reason", reason.as_str().into())];
                            p class="small" { (frame.t_with("meetings-proposal-reason-given", &args)) }
                        }
                    }
                    @if record.may_write && one.status == ProposalStatus::Pending {
                        @let path = format!("/meetings/{}/agenda/proposals/{}/decision", one.meeting_id, one.id);
                        a class="button" href=(path) {
                            (frame.t("meetings-proposal-decide")) span class="unseen" { ": " (one.title) }
                        }
                    }
                }
            }
        }
    };
    panel(&frame.t("meetings-proposals"), None, content)
}

const fn tone(status: ProposalStatus) -> Tone {
    match status {
        ProposalStatus::Pending => Tone::Review,
        ProposalStatus::Accepted => Tone::Done,
        ProposalStatus::Declined => Tone::Neutral,
    }
}
