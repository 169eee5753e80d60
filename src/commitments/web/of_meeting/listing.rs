//! The agreements and commitments of a session under the items of its agenda.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::record::SessionRecord;
use crate::agreements::{Agreement, adoption_words, agreement_name, agreement_status_tag};
use crate::commitments::model::Commitment;
use crate::commitments::web::parts::{ShownTerm, progress, state_tag};
use crate::db::AgendaItemId;
use crate::meetings::AgendaItemInput;
use crate::ui::{Frame, Tone, button_link, empty, long, notice, prose, tag};

/// Draws what the session decided.
pub(super) fn draw(frame: &Frame, record: &SessionRecord) -> Markup {
    let path = format!("/meetings/{}/agreements", record.meeting.id);
    let drafts = record.commitments.iter().filter(|one| one.is_draft()).count();
    html! {
        @if record.agreements.is_empty() && record.commitments.is_empty() {
            (empty(&frame.t(if record.is_writer { "entry-none-yet" } else { "entry-none" }), None))
        } @else {
            div class="list-head" { p class="total" { (summary(frame, record)) } }
        }
        @if drafts > 0 { (drafts_notice(frame, record, drafts)) }
        @if record.is_writer && record.is_minutes_approved {
            (notice(Tone::Done, html! { p { (frame.t("entry-minutes-approved")) } }))
        }
        @for (n, item) in record.agenda.iter().enumerate() { (item_section(frame, record, &path, n + 1, item)) }
        @let (agreements, loose) = (record.agreements_of(None), record.loose_commitments_of(None));
        @if !agreements.is_empty() || !loose.is_empty() {
            section class="stack" {
                h2 { (frame.t(if record.agenda.is_empty() { "web-nav-agreements" } else { "entry-without-item" })) }
                (decided(frame, record, &path, &agreements, &loose))
            }
        }
    }
}

/// Draws the number of drafts, with the link to their publication.
fn drafts_notice(frame: &Frame, record: &SessionRecord, n: usize) -> Markup {
    let key = if record.is_minutes_approved { "entry-drafts-left-n" } else { "entry-drafts-n" };
    let publication = format!("/meetings/{}/publication", record.meeting.id);
    notice(
        Tone::Soon,
        html! {
            p { (frame.t_n(key, n)) }
            @if record.is_writer { p { (button_link(&publication, &frame.t_n("entry-publish-drafts", n), false)) } }
        },
    )
}

fn summary(frame: &Frame, record: &SessionRecord) -> String {
    let agreements = frame.t_n("entry-agreements-n", record.agreements.len());
    format!("{agreements} · {}", frame.t_n("entry-commitments-n", record.commitments.len()))
}

/// Draws an item of the agenda with its agreements and commitments. Readers see only items that have some.
fn item_section(frame: &Frame, record: &SessionRecord, path: &str, number: usize, item: &AgendaItemInput) -> Markup {
    let (agreements, loose) = (record.agreements_of(item.id), record.loose_commitments_of(item.id));
    let is_empty = agreements.is_empty() && loose.is_empty();
    html! {
        @if record.is_writer || !is_empty {
            section class="stack" {
                h2 { (number) ". " (item.title) }
                (decided(frame, record, path, &agreements, &loose))
                @if let Some(id) = item.id.filter(|_| record.is_writer) {
                    p { (add_to_item(frame, path, id, &item.title)) }
                }
            }
        }
    }
}

fn add_to_item(frame: &Frame, path: &str, id: AgendaItemId, title: &str) -> Markup {
    html! {
        a href={ (path) "?agenda_item_id=" (id) "#entry" } {
            (frame.t("entry-add-here")) span class="unseen" { ": " (title) }
        }
    }
}

fn decided(
    frame: &Frame,
    record: &SessionRecord,
    path: &str,
    agreements: &[&Agreement],
    loose: &[&Commitment],
) -> Markup {
    html! {
        @for one in agreements { (agreement(frame, record, path, one)) }
        @if !loose.is_empty() { div class="panel" { (commitments(frame, record.today, loose)) } }
    }
}

fn agreement(frame: &Frame, record: &SessionRecord, path: &str, one: &Agreement) -> Markup {
    let own = record.commitments_of(one.id);
    let name = agreement_name(frame, one);
    html! {
        section class="panel" id={ "agreement-" (one.id) } {
            div class="panel-head" {
                h3 { a href={ "/agreements/" (one.id) } { (name) } }
                span {
                    (agreement_status_tag(frame, one.fields.status))
                    @if one.fields.restricted { " " (tag(Tone::Soon, &frame.t("agreements-restricted"))) }
                }
            }
            @if let Some(adoption) = &one.fields.adoption { p class="small" { (adoption_words(frame, adoption)) } }
            @if let Some(text) = &one.fields.text { (prose(text)) }
            @if own.is_empty() { p class="small" { (frame.t("entry-no-commitments")) } }
            @else { (commitments(frame, record.today, &own)) }
            @if record.is_writer {
                p {
                    a href={ (path) "?agreement_id=" (one.id) "#entry" } {
                        (frame.t("entry-add-commitments")) span class="unseen" { ": " (name) }
                    }
                }
            }
        }
    }
}

/// Draws commitments: state, text, progress and term.
pub(in crate::commitments::web) fn commitments(frame: &Frame, today: NaiveDate, all: &[&Commitment]) -> Markup {
    html! {
        ul class="items" {
            @for one in all {
                li {
                    div {
                        p class="what" {
                            a class="code" href={ "/commitments/" (one.id) } { (one.code) } " "
                            (state_tag(frame, one.status))
                            @if one.fields.restricted { " " (tag(Tone::Soon, &frame.t("agreements-restricted"))) }
                        }
                        (long(frame, &one.fields.text))
                        p class="small" { (progress(frame, one)) }
                    }
                    div { (ShownTerm::of(one, today).draw(frame)) }
                }
            }
        }
    }
}
