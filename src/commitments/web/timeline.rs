//! The history of a commitment in words.

use maud::{Markup, html};
use serde_json::Value;

use super::part_history;
use crate::commitments::model::{Commitment, HistoryEvent};
use crate::commitments::store::ImportOfCommitment;
use crate::dates::PartialDate;
use crate::db::{AssignmentId, InstitutionId, unique};
use crate::directory::InstitutionNames;
use crate::ui::{Event, Frame, date_in_words, long, moment, timeline};

/// Draws events of a commitment, the newest first. The first event of an import states the import.
pub(super) fn draw(
    frame: &Frame,
    (commitment, imports): (&Commitment, &[ImportOfCommitment]),
    names: &InstitutionNames,
    events: &[HistoryEvent],
) -> Markup {
    let shown: Vec<&HistoryEvent> = events.iter().filter(|event| !is_of_term(event)).collect();
    let import_of = |n: usize, event: &HistoryEvent| {
        let is_first = shown.get(n + 1).is_none_or(|earlier| earlier.at != event.at);
        imports.iter().find(|one| is_first && one.at == event.at)
    };
    let drawn: Vec<Event> = shown
        .iter()
        .enumerate()
        .map(|(n, event)| drawn(frame, commitment, names, (event, import_of(n, event))))
        .collect();
    timeline(&drawn)
}

/// Draws the import of an event: a link for those who may open its page.
fn import(frame: &Frame, import: &ImportOfCommitment) -> Markup {
    html! {
        p class="small" {
            @if import.may_open {
                (frame.t("commitments-event-imported")) " " a href={ "/imports/" (import.id) } { (import.file_name) }
            } @else { (frame.t("commitments-event-imported-plain")) }
        }
    }
}

fn drawn(
    frame: &Frame,
    commitment: &Commitment,
    names: &InstitutionNames,
    (event, imported): (&HistoryEvent, Option<&ImportOfCommitment>),
) -> Event {
    let by = event.imported_by.as_ref().map(|one| one.name.as_str());
    let by = by.or_else(|| event.by.as_ref().map(|one| one.name.as_str()));
    let when = [Some(moment(event.at, commitment.zone)), by.map(str::to_owned)];
    let notes: Vec<String> =
        before(frame, commitment, event).into_iter().chain(part_history::detail_of(event)).collect();
    Event {
        title: html! { (title(frame, commitment, names, event)) },
        when: when.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        detail: (!notes.is_empty() || imported.is_some()).then(|| {
            html! {
                @for note in &notes { (long(frame, note)) }
                @if let Some(imported) = imported { (import(frame, imported)) }
            }
        }),
    }
}

fn title(frame: &Frame, commitment: &Commitment, names: &InstitutionNames, event: &HistoryEvent) -> String {
    let country = commitment.country_code.as_str();
    let what = match event.kind.as_str() {
        "created" => frame.t("commitments-event-created"),
        "published" => frame.t("commitments-event-published"),
        "changed" => changed(frame, event),
        "term_changed" => term(frame, country, event),
        "assignment_added" => frame.t("commitments-event-added"),
        "assignment_changed" => frame.t("commitments-event-part-changed"),
        "assignment_removed" => frame.t("commitments-event-removed"),
        _ => part_history::title_of(frame, country, event),
    };
    match institution_of(commitment, event).and_then(|id| names.get(&id)) {
        Some(name) => format!("{name}: {what}"),
        None => what,
    }
}

/// Returns the institution of the part that changed; None when it is not known any more.
fn institution_of(commitment: &Commitment, event: &HistoryEvent) -> Option<InstitutionId> {
    let id: AssignmentId = event.assignment_id?;
    let present = commitment.assignments.iter().find(|part| part.id == id).map(|part| part.fields.institution_id);
    present.or_else(|| named_in(event))
}

/// Returns the institution that the details of an event name.
pub(super) fn named_in(event: &HistoryEvent) -> Option<InstitutionId> {
    event.data.get("institution_id").and_then(Value::as_str).and_then(|id| id.parse().ok())
}

/// Returns true if the event changed nothing but the term, which the next event describes in detail.
fn is_of_term(event: &HistoryEvent) -> bool {
    let fields = changed_fields(event);
    event.kind == "changed" && !fields.is_empty() && fields.iter().all(|name| ["due", "due_rule"].contains(name))
}

/// Returns the fields that changed.
fn changed_fields(event: &HistoryEvent) -> Vec<&str> {
    let keys = |side: &str| event.data.get(side).and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
    unique(keys("before").chain(keys("after")).map(|key| base_of(key)))
}

/// Names the fields that changed.
fn changed(frame: &Frame, event: &HistoryEvent) -> String {
    let words: Vec<String> = changed_fields(event).iter().map(|name| frame.word("commitments-field", name)).collect();
    frame.t_with("commitments-event-changed", &[("fields", words.join(", ").into())])
}

/// Returns the field to which the bounds of a date belong.
fn base_of(key: &str) -> &str {
    if ["due_from", "due_to"].contains(&key) { "due" } else { key }
}

fn term(frame: &Frame, country: &str, event: &HistoryEvent) -> String {
    let cause = event.data.get("cause").and_then(Value::as_str).unwrap_or("entered");
    match term_of(frame, country, event, "after") {
        Some(date) => frame.t_with(&format!("commitments-event-term-{cause}"), &[("date", date.into())]),
        None => frame.t("commitments-event-term-removed"),
    }
}

/// Returns the former term of an event that changed one.
fn before(frame: &Frame, commitment: &Commitment, event: &HistoryEvent) -> Option<String> {
    let is_term = event.kind == "term_changed";
    let date = is_term.then(|| term_of(frame, &commitment.country_code, event, "before")).flatten()?;
    Some(frame.t_with("commitments-event-before", &[("date", date.into())]))
}

fn term_of(frame: &Frame, country: &str, event: &HistoryEvent, side: &str) -> Option<String> {
    let term = event.data.get(side)?;
    let text = ["due", "due_to"].iter().find_map(|name| term.get(*name).and_then(Value::as_str))?;
    PartialDate::parse(text).map(|date| date_in_words(frame, country, &date))
}
