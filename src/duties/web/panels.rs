//! The state of a period, its newest report, and the history of both.

use maud::{Markup, html};

use super::page_record::Reporting;
use super::words;
use crate::clock::Instant;
use crate::duties::model::{DutyCell, DutyOutcome, DutyReport, DutyReview, DutyState, DutyVerification, DutyWaiver};
use crate::identity::Person;
use crate::ui::{Event, Frame, description, evidence_list, facts, moment, panel, prose, short_day, timeline};

/// Draws the state of the period with the newest report, and the reason for which it was returned or waived.
pub(super) fn state(frame: &Frame, record: &Reporting) -> Markup {
    let report = &record.report;
    let cell = DutyCell { state: report.state, late: report.late, verification: report.verification };
    let returned = report.reviews.last().filter(|review| Some(review.revision) == report.revision);
    let content = html! {
        p { (words::state(frame, &cell)) }
        @if let Some(comment) = returned.and_then(|review| review.fields.comment.as_ref()) {
            p { strong { (frame.t("duties-review-comment")) } }
            (prose(comment))
        }
        @if let Some(waiver) = &report.waiver {
            p { strong { (frame.t("duties-waived-because")) } }
            (prose(&waiver.reason))
        }
        @if let Some(newest) = report.newest() { (content_of(frame, record, newest)) }
        @if report.verification == Some(DutyVerification::Pending) && record.is_writer && !record.may_review() {
            p class="small" { (frame.t("duties-reviewed-by-another")) }
        }
    };
    panel(&frame.t("duties-state"), None, content)
}

/// Draws the values, the description and the evidence of a report.
fn content_of(frame: &Frame, record: &Reporting, report: &DutyReport) -> Markup {
    let duty = &record.target.duty;
    let fact = |field: &crate::duties::model::DutyField| {
        let value = report.fields.values.get(&field.key);
        description(field.label.clone(), words::value(frame, duty, (field.kind, field.unit.as_deref()), value))
    };
    let values: Vec<_> = duty.fields.fields.iter().map(fact).collect();
    html! {
        @if report.fields.nothing_to_report { p { (frame.word("duties-state", DutyState::Nothing.as_str())) } }
        @if !report.fields.nothing_to_report && !values.is_empty() { (facts(&values)) }
        @if let Some(narrative) = &report.fields.narrative { (prose(narrative)) }
        @if !report.fields.evidence.is_empty() { (evidence_list(frame, &duty.country_code, &report.fields.evidence)) }
    }
}

/// Draws the duty, and the day on which the report is due.
pub(super) fn about(frame: &Frame, record: &Reporting) -> Markup {
    let duty = &record.target.duty;
    let path = format!("/duties/{}", duty.id);
    let rows = [
        (frame.t("duties-column-title"), html! { a href=(path) { (duty.fields.title) } }),
        description(frame.t("duties-institution"), record.institution.as_str()),
        description(frame.t("duties-period"), words::period(frame, duty, &record.target.period)),
        description(frame.t("duties-due"), short_day(record.report.due_to)),
    ];
    panel(&frame.t("duties-about"), None, facts(&rows))
}

fn name_of(person: &Person) -> &str {
    &person.name
}

/// Draws the reports, reviews and waivers, the oldest first.
pub(super) fn history(frame: &Frame, record: &Reporting) -> Markup {
    let zone = record.target.duty.zone;
    let mut events: Vec<(Instant, Event)> = Vec::new();
    let mut add = |at: Instant, title: String, by: Option<&str>, detail: Option<Markup>| {
        let by = by.map(|name| format!(", {name}")).unwrap_or_default();
        let when = format!("{}{by}", moment(at, zone));
        events.push((at, Event { title: html! { (title) }, when, detail }));
    };
    for report in &record.report.revisions {
        let key = if report.revision == 1 { "duties-event-reported" } else { "duties-event-corrected" };
        // The newest report is shown above.
        let is_replaced = record.report.revision != Some(report.revision);
        let content = is_replaced.then(|| content_of(frame, record, report));
        let title = match (report.fields.on_behalf, report.imported_by.is_some()) {
            (_, true) => frame.t_with("duties-event-in-file", &[("event", frame.t(key).into())]),
            (true, false) => frame.t_with("duties-event-on-behalf", &[("event", frame.t(key).into())]),
            (false, false) => frame.t(key),
        };
        let importer = report.imported_by.as_ref().map(|importer| importer.name.as_str());
        add(report.received_at, title, report.author.as_ref().map(|author| author.name.as_str()).or(importer), content);
    }
    for DutyReview { fields, reviewed_by, reviewed_at, .. } in &record.report.reviews {
        let key = match fields.outcome {
            DutyOutcome::Accepted => "duties-event-accepted",
            DutyOutcome::Returned => "duties-event-returned",
        };
        add(*reviewed_at, frame.t(key), reviewed_by.as_ref().map(name_of), fields.comment.as_deref().map(prose));
    }
    for waiver in &record.report.waivers {
        let DutyWaiver { reason, waived_by, waived_at, withdrawn_by, withdrawn_at, .. } = waiver;
        add(*waived_at, frame.t("duties-event-waived"), waived_by.as_ref().map(name_of), Some(prose(reason)));
        if let Some(at) = withdrawn_at {
            add(*at, frame.t("duties-event-waiver-withdrawn"), withdrawn_by.as_ref().map(name_of), None);
        }
    }
    events.sort_by_key(|(at, _)| *at);
    let events: Vec<Event> = events.into_iter().map(|(_, event)| event).collect();
    if events.is_empty() {
        return html! {};
    }
    panel(&frame.t("duties-history"), None, timeline(&events))
}
