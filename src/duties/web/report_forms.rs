//! The forms of the page of a report: to report and correct, to review, to waive.

use maud::{Markup, html};

use super::page_record::Reporting;
use super::words;
use crate::duties::model::{DutyField, FieldKind};
use crate::ui::{Field, FormView, Frame, evidence_rows, panel};

/// Draws the form that reports or corrects.
pub(super) fn report(frame: &Frame, form: &FormView, record: &Reporting) -> Markup {
    let fields = &record.target.duty.fields.fields;
    html! {
        form class="stack" method="post" action=(frame.path) enctype="multipart/form-data" {
            (form.begin(frame))
            @if let Some(revision) = record.report.revision { input type="hidden" name="revision" value=(revision); }
            (Field::new(frame, form, "nothing_to_report", frame.t("duties-field-nothing"))
                .hint(frame.t("duties-nothing-hint")).check())
            @if !fields.is_empty() {
                fieldset class="stack" id="values" tabindex="-1" {
                    legend { strong { (frame.t("duties-values")) } }
                    p class="hint" { (frame.t("duties-values-hint")) }
                    @for fault in form.faults_of("values") { p class="fault" { (fault) } }
                    @for field in fields { (value(frame, form, field)) }
                }
            }
            (Field::new(frame, form, "narrative", frame.t("duties-field-narrative")).max(10_000).kept_area(5))
            (evidence_rows(frame, form, &[]))
            @if record.is_writer { (on_behalf(frame, form, record)) }
            div class="form-actions" {
                button class="main" type="submit" { (frame.t("duties-send")) }
                a href={ "/duties/" (record.target.duty.id) } { (frame.t("ui-leave")) }
            }
        }
    }
}

fn on_behalf(frame: &Frame, form: &FormView, record: &Reporting) -> Markup {
    let label = frame.t_with("progress-field-on-behalf", &[("institution", record.institution.as_str().into())]);
    Field::new(frame, form, "on_behalf", label).hint(frame.t("progress-field-on-behalf-hint")).check()
}

fn value(frame: &Frame, form: &FormView, field: &DutyField) -> Markup {
    let label = match (&field.unit, field.kind) {
        (Some(unit), _) => format!("{} ({unit})", field.label),
        (None, FieldKind::Percent) => format!("{} (%)", field.label),
        (None, _) => field.label.clone(),
    };
    let input = Field::new(frame, form, format!("values/{}", field.key), label).unmarked(true);
    match field.kind {
        FieldKind::Count | FieldKind::Percent => input.number(),
        FieldKind::Text => input.max(4000).area(2),
    }
}

/// Draws the form that accepts or returns the newest report.
pub(super) fn review(frame: &Frame, form: &FormView, record: &Reporting) -> Markup {
    let content = html! {
        form class="stack" method="post" action=(frame.path) {
            (form.begin(frame))
            @if let Some(revision) = record.report.revision { p class="small" { (words::revision(frame, revision)) } }
            (Field::new(frame, form, "comment", frame.t("progress-field-comment"))
                .hint(frame.t("duties-comment-hint")).unmarked(true).max(2000).area(3))
            div class="form-actions" id="outcome" tabindex="-1" {
                button class="main" type="submit" name="outcome" value="accepted" { (frame.t("progress-accept")) }
                button type="submit" name="outcome" value="returned" { (frame.t("progress-return")) }
            }
        }
    };
    panel(&frame.t("duties-review"), None, content)
}

/// Draws the form that waives a report that is not there, or withdraws the waiver.
pub(super) fn waiver(frame: &Frame, form: &FormView, record: &Reporting) -> Markup {
    let is_waived = record.report.waiver.is_some();
    html! {
        @if is_waived {
            form class="stack" method="post" action=(frame.path) {
                (form.begin(frame))
                div class="form-actions" {
                    button class="danger" type="submit" name="withdraw" value="true" { (frame.t("duties-withdraw-waiver")) }
                }
            }
        } @else if record.report.revision.is_none() {
            details class="more" open[form.has_faults()] {
                summary { (frame.t("duties-waive")) }
                form class="stack" method="post" action=(frame.path) {
                    (form.begin(frame))
                    p class="hint" { (frame.t("duties-waive-about")) }
                    (Field::new(frame, form, "reason", frame.t("duties-field-reason")).required().max(2000).area(2))
                    div class="form-actions" {
                        button type="submit" name="waive" value="true" { (frame.t("duties-do-waive")) }
                    }
                }
            }
        }
    }
}
