//! The fields of the forms that enter and change a commitment.

use maud::{Markup, html};

use super::form::live_parts;
use super::links::Editing;
use crate::commitments::model::AssignmentRole;
use crate::dates::TermUnit;
use crate::storage::FILE_LIMIT;
use crate::themes::Theme;
use crate::ui::{Choice, Field, FormView, Frame};

/// Draws the form for a new commitment.
pub(super) fn new(frame: &Frame, form: &FormView, record: &Editing) -> Markup {
    html! {
        form method="post" action=(frame.path) enctype="multipart/form-data" {
            (form.begin(frame))
            // Enter in a field sends the form; without this button it would remove a row.
            button class="unseen" type="submit" tabindex="-1" aria-hidden="true" { (frame.t("commitments-save")) }
            (main_fields(frame, form, record))
            (parts(frame, form, record))
            (completion(frame, form))
            (further(frame, form, record))
            p class="small" { (frame.t("commitments-new-mails")) }
            div class="form-actions" {
                button class="main" type="submit" { (frame.t("commitments-new-submit")) }
                button type="submit" name="status" value="draft" { (frame.t("commitments-save-draft")) }
                a href="/commitments" { (frame.t("ui-leave")) }
            }
        }
    }
}

/// Draws the form that changes a commitment. Its parts have forms of their own.
pub(super) fn edit(frame: &Frame, form: &FormView, record: &Editing) -> Markup {
    let commitment = record.commitment.as_ref();
    let path = commitment.map(|one| format!("/commitments/{}", one.id)).unwrap_or_default();
    let has_term = commitment.is_some_and(|one| one.due_to.is_some());
    let is_mailed = commitment.is_some_and(|one| !one.is_draft() && live_parts(one) > 0);
    html! {
        form method="post" action=(frame.path) enctype="multipart/form-data" {
            (form.begin(frame))
            // Enter in a field sends the form; without this button it would remove a row.
            button class="unseen" type="submit" tabindex="-1" aria-hidden="true" { (frame.t("commitments-save")) }
            (main_fields(frame, form, record))
            @if has_term {
                @let hint = if is_mailed { "commitments-correction-mailed" } else { "commitments-correction-hint" };
                (Field::new(frame, form, "correction_reason", frame.t("commitments-correction-reason"))
                    .hint(frame.t(hint))
                    .max(2000).area(2))
            }
            (completion(frame, form))
            (further(frame, form, record))
            div class="form-actions" {
                button class="main" type="submit" { (frame.t("commitments-save")) }
                a href=(path) { (frame.t("ui-leave")) }
            }
        }
    }
}

fn main_fields(frame: &Frame, form: &FormView, record: &Editing) -> Markup {
    let choices = &record.choices;
    let commissions: Vec<Choice> = choices.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    html! {
        // Those that the person may not know have no code to show.
        @for id in form.fields.all("depends_on_ids") { input type="hidden" name="depends_on_ids" value=(id); }
        (field("text", "commitments-text").hint(frame.t("commitments-text-hint")).required().max(10_000).kept_area(4))
        (field("commission_ids", "commitments-commissions").required().checks(&commissions))
        div class="fields" {
            (source(frame, form, record, "meeting_id"))
            (source(frame, form, record, "agreement_id"))
        }
        (field("due", "commitments-due").date(choices.country()))
        (counted_term(frame, form, record))
    }
}

/// Draws the choice of a session or an agreement; the present one is among the choices.
fn source(frame: &Frame, form: &FormView, record: &Editing, name: &'static str) -> Markup {
    let (key, listed, present): (_, Vec<(String, String)>, _) = if name == "meeting_id" {
        let listed = record.choices.sessions.iter().map(|(id, title)| (id.to_string(), title.clone()));
        let present = record.meeting.as_ref().map(|one| (one.id.to_string(), one.fields.title.clone()));
        ("commitments-session", listed.collect(), present)
    } else {
        let listed = record.choices.agreements.iter().map(|(id, title)| (id.to_string(), title.clone()));
        let present = record.agreement.as_ref().map(|one| (one.id.to_string(), one.fields.title.clone()));
        ("commitments-agreement", listed.collect(), present)
    };
    let mut choices: Vec<Choice> = listed.iter().map(|(id, title)| Choice::new(id, short(title))).collect();
    if let Some((id, title)) = present.filter(|(id, _)| !listed.iter().any(|(own, _)| own == id)) {
        choices.insert(0, Choice::new(id, short(&title)));
    }
    let is_unlisted = !form.value(name).is_empty() && !choices.iter().any(|one| one.value == form.value(name));
    html! {
        @if is_unlisted {
            input type="hidden" name=(name) value=(form.value(name));
        } @else {
            (Field::new(frame, form, name, frame.t(key)).select(Some(&frame.t("commitments-nothing")), &choices))
        }
    }
}

/// Returns the beginning of a title, so that a list of choices stays narrow.
fn short(title: &str) -> String {
    crate::text::shortened(title, 90)
}

/// Draws the term that is counted from a day, folded away, and the words of the source.
fn counted_term(frame: &Frame, form: &FormView, record: &Editing) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let units: Vec<Choice> =
        TermUnit::ALL.iter().map(|unit| Choice::new(unit, frame.word("commitments-unit", unit.as_str()))).collect();
    let names = ["due_rule/count", "due_rule/unit", "due_rule/from", "due_text"];
    let has_faults = names.iter().chain(&["due_rule"]).any(|name| !form.faults_of(name).is_empty());
    let is_open = has_faults || names.iter().any(|name| !form.value(name).is_empty());
    html! {
        details class="more" id="due_rule" open[is_open] {
            summary { (frame.t("commitments-counted")) }
            div class="stack" {
                (faults(form, "due_rule"))
                div class="fields" {
                    (field("due_rule/count", "commitments-rule-count").number())
                    (field("due_rule/unit", "commitments-rule-unit")
                        .select(Some(&frame.t("commitments-choose")), &units))
                    (field("due_rule/from", "commitments-rule-from").date(record.choices.country()))
                }
                (field("due_text", "commitments-due-text").hint(frame.t("commitments-due-text-hint")).max(500).text())
            }
        }
    }
}

/// Draws the rows of institutions, and the choice of all members of a commission.
fn parts(frame: &Frame, form: &FormView, record: &Editing) -> Markup {
    let commissions: Vec<Choice> =
        record.choices.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    html! {
        h2 { (frame.t("commitments-institutions")) }
        (Field::new(frame, form, "members_of", frame.t("commitments-members-of"))
            .hint(frame.t("commitments-members-hint")).select(Some(&frame.t("commitments-nobody")), &commissions))
        @for n in 0..form.rows("assignments", 2) { (part(frame, form, record, n)) }
        p {
            button type="submit" name="add" value="assignments" formnovalidate { (frame.t("commitments-add-row")) }
        }
    }
}

fn part(frame: &Frame, form: &FormView, record: &Editing, n: usize) -> Markup {
    let field = |name: &str, key: &str| Field::new(frame, form, format!("assignments/{n}/{name}"), frame.t(key));
    let number = n + 1;
    html! {
        fieldset class="row" {
            legend { (frame.t_n("commitments-row", number)) }
            div class="wide" {
                (record.choices.institution(frame, field("institution_id", "commitments-institution")))
            }
            div class="fields wide" {
                (field("role", "commitments-role").required().select(None, &roles(frame)))
                (field("due", "commitments-own-due").hint(frame.t("commitments-own-due-hint"))
                    .date(record.choices.country()))
            }
            div class="fields wide" {
                (field("target/quantity", "commitments-target-quantity").number())
                (field("target/unit", "commitments-target-unit").max(100).text())
            }
            button type="submit" name="remove" value={ "assignments/" (n) } formnovalidate {
                (frame.t("commitments-remove-row")) span class="unseen" { " " (number) }
            }
        }
    }
}

/// Returns the roles of an institution.
pub(super) fn roles(frame: &Frame) -> Vec<Choice> {
    AssignmentRole::ALL.iter().map(|role| Choice::new(role, super::parts::role_word(frame, *role))).collect()
}

fn completion(frame: &Frame, form: &FormView) -> Markup {
    let rules = ["all", "any", "at_least"].map(|rule| Choice::new(rule, frame.word("commitments-choose-rule", rule)));
    html! {
        (Field::new(frame, form, "completion_rule", frame.t("commitments-completion")).required().radios(&rules))
        (Field::new(frame, form, "completion_rule/at_least", frame.t("commitments-at-least"))
            .hint(frame.t("commitments-at-least-hint")).number())
    }
}

/// The fields that are rarely filled in.
const RARE: [&str; 10] = [
    "agenda_item_id",
    "themes",
    "plan_item_ids",
    "follow_up_institution_id",
    "beneficiary_ids",
    "beneficiaries",
    "depends_on",
    "restricted",
    "note",
    "attachments/0/title",
];

/// Draws what is rarely filled in, folded: item of the agenda, themes, plan items, other institutions and commitments,
/// documents, access.
fn further(frame: &Frame, form: &FormView, record: &Editing) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let themes: Vec<Choice> =
        Theme::ALL.iter().map(|one| Choice::new(one, frame.word("theme", one.as_str()))).collect();
    let items: Vec<Choice> = record.choices.plan_items.iter().map(|(id, title)| Choice::new(id, title)).collect();
    let unlisted = form.fields.all("plan_item_ids").filter(|id| !items.iter().any(|one| one.value == *id));
    let is_open = RARE.iter().any(|name| !form.value(name).is_empty() || !form.faults_of(name).is_empty());
    html! {
        details class="more" open[is_open || form.fields.rows("attachments") > 0] {
            summary { (frame.t("commitments-further")) }
            div class="stack" {
                @for id in unlisted { input type="hidden" name="plan_item_ids" value=(id); }
                (agenda_item(frame, form, record))
                (field("themes", "commitments-themes").checks(&themes))
                @if !items.is_empty() { (field("plan_item_ids", "commitments-plan-items").checks(&items)) }
                (record.choices.institution(frame, field("follow_up_institution_id", "commitments-followed-by")))
                (beneficiaries(frame, form, record))
                (field("depends_on", "commitments-depends-on").hint(frame.t("commitments-depends-on-hint")).area(2))
                (attachments(frame, form))
                (field("restricted", "commitments-restrict").hint(frame.t("commitments-restricted-about")).check())
                (field("note", "web-note").hint(frame.t("web-note-hint")).max(4000).area(2))
            }
        }
    }
}

/// Draws the choice of an item of the session's agenda.
fn agenda_item(frame: &Frame, form: &FormView, record: &Editing) -> Markup {
    let items = record.agenda.iter().enumerate();
    let items: Vec<Choice> =
        items.filter_map(|(n, item)| Some(Choice::new(item.id?, format!("{}. {}", n + 1, item.title)))).collect();
    let held = form.value("agenda_item_id");
    let is_unlisted = !held.is_empty() && !items.iter().any(|item| item.value == held);
    html! {
        @if is_unlisted && form.faults_of("agenda_item_id").is_empty() {
            input type="hidden" name="agenda_item_id" value=(held);
        }
        @if !items.is_empty() || !form.faults_of("agenda_item_id").is_empty() {
            (Field::new(frame, form, "agenda_item_id", frame.t("agreements-item"))
                .select(Some(&frame.t("agreements-no-item")), &items))
        } @else if record.meeting.is_none() {
            p class="hint" { (frame.t("commitments-item-later")) }
        }
    }
}

/// Draws the institutions that benefit: check boxes, or names where there are many.
fn beneficiaries(frame: &Frame, form: &FormView, record: &Editing) -> Markup {
    let choices = &record.choices;
    let field = |name: &'static str| Field::new(frame, form, name, frame.t("commitments-beneficiaries"));
    let all: Vec<Choice> = choices.institutions.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let unlisted = form.fields.all("beneficiary_ids").filter(|id| !all.iter().any(|one| one.value == *id));
    html! {
        @if choices.are_typed() { (field("beneficiaries").hint(frame.t("entry-others-hint")).area(2)) } @else {
            @for id in unlisted { input type="hidden" name="beneficiary_ids" value=(id); }
            @if !all.is_empty() { (field("beneficiary_ids").checks(&all)) }
        }
    }
}

fn attachments(frame: &Frame, form: &FormView) -> Markup {
    let megabytes = FILE_LIMIT / (1024 * 1024);
    html! {
        h2 { (frame.t("commitments-attachments")) }
        p class="hint" { (frame.t_n("commitments-file-limit", megabytes)) }
        @for n in 0..form.rows("attachments", 1) {
            @let at = |name: &str| format!("attachments/{n}/{name}");
            @let field = |name: &str, key: &str| Field::new(frame, form, at(name), frame.t(key));
            fieldset class="row" id={ "attachments-" (n) } {
                legend { (frame.t_n("commitments-document-row", n + 1)) }
                (faults(form, &format!("attachments/{n}")))
                (field("title", "commitments-document-title").max(500).text())
                (field("url", "commitments-document-url").max(2000).text())
                (field("file", "commitments-document-file").file())
                button type="submit" name="remove" value={ "attachments/" (n) } formnovalidate {
                    (frame.t("commitments-remove-row")) span class="unseen" { " " (n + 1) }
                }
            }
        }
        p {
            button type="submit" name="add" value="attachments" formnovalidate { (frame.t("commitments-add-document")) }
        }
    }
}

/// Draws the faults of several fields together.
fn faults(form: &FormView, name: &str) -> Markup {
    html! { @for fault in form.faults_of(name) { p class="fault wide" { (fault) } } }
}
