//! The form of an attendance list: one row for each person or institution, marked with one click.

use maud::{Markup, html};

use super::super::attendance::{AttendanceCapacity, AttendanceSheet, AttendanceStatus};
use super::super::model::Meeting;
use super::attendance::Record;
use super::local_time::{local_hour, written_hour};
use super::{choice, name_of, only_fault};
use crate::clock::Instant;
use crate::db::InstitutionId;
use crate::directory::{InstitutionName, InstitutionNames};
use crate::error::Faults;
use crate::http::Fields;
use crate::i18n::zone_time;
use crate::text::{fold, name_key};
use crate::ui::{Choice, Field, FormView, Frame, Tone, notice};

/// The fields of a row that are hours.
const HOURS: [&str; 2] = ["arrived_at", "left_at"];

/// Returns the rows of the form: the entries of the list and the members of the day without one, by institution.
pub(super) fn rows_of(sheet: &AttendanceSheet, names: &InstitutionNames, meeting: &Meeting) -> Fields {
    let stored = sheet.items.iter().map(|item| (item.institution_id, Fields::of(item)));
    let proposed = sheet.proposed.iter().map(|one| (one.institution_id, Fields::of(one)));
    let mut rows: Vec<(InstitutionId, Fields)> = stored.chain(proposed).collect();
    rows.sort_by_cached_key(|(id, _)| (name_key(name_of(names, *id)), *id));
    let mut fields = Fields::default();
    for (n, (_, row)) in rows.into_iter().enumerate() {
        for (name, value) in row.0 {
            let hour = Instant::parse(&value).filter(|_| HOURS.contains(&name.as_str()));
            let value = hour.map_or(value, |at| written_hour(at, meeting.only_day(), meeting.zone()));
            fields.push(format!("{n}/{name}"), value);
        }
    }
    fields
}

/// Replaces the hours of a row by moments as the API reads them. A text that cannot be read is the only fault of its
/// field.
pub(super) fn read_hours(fields: &mut Fields, row: usize, meeting: &Meeting, faults: &mut Faults) {
    for name in HOURS.map(|name| format!("{row}/{name}")) {
        let Some(typed) = fields.get(&name).filter(|typed| !typed.trim().is_empty()) else { continue };
        match local_hour(typed, meeting.only_day(), meeting.zone()) {
            Some(at) => fields.set(&name, at),
            None => {
                only_fault(faults, &format!("/{name}"), "unread_hour");
                fields.remove(&name);
            }
        }
    }
}

/// Marks as present every row without a mark.
pub(super) fn with_all_present(fields: &mut Fields) {
    for status in (0..fields.rows("")).map(|row| format!("{row}/status")) {
        if fields.get(&status).unwrap_or_default().is_empty() {
            fields.set(&status, AttendanceStatus::Present);
        }
    }
    fields.remove("all");
}

/// Returns the institution with this name, else the only one with this acronym.
pub(super) fn known_institution(institutions: &[InstitutionName], typed: &str) -> Option<InstitutionId> {
    let wanted = fold([typed]);
    let named = institutions.iter().find(|one| fold([one.name.as_str()]) == wanted);
    let mut short = institutions.iter().filter(|one| one.acronym.as_deref().is_some_and(|own| fold([own]) == wanted));
    let only = short.next().filter(|_| short.next().is_none());
    named.or(only).filter(|_| !wanted.is_empty()).map(|one| one.id)
}

/// Draws the form. `is_filled` is true when the rows without a mark were just marked, and nothing is saved.
pub(super) fn draw(frame: &Frame, form: &FormView, record: &Record, is_filled: bool) -> Markup {
    let rows = form.rows("", 0);
    let groups = groups(form, rows);
    let n = groups.iter().filter(|(id, _)| id.is_some()).count();
    html! {
        form method="post" action=(frame.path) {
            (form.begin(frame))
            @if is_filled { (filled(frame)) }
            div class="list-head" {
                p { (frame.t_n("meetings-attendance-members", n)) }
                div class="actions" {
                    button type="button" hidden data-mark-all="present" data-text=(frame.t("meetings-all-present-done")) {
                        (frame.t("meetings-all-present"))
                    }
                    noscript { button type="submit" name="all" value="present" { (frame.t("meetings-all-present")) } }
                }
            }
            @let zone = zone_time(frame.lang, record.meeting.zone());
            p class="small" {
                (frame.t("meetings-all-present-about")) " "
                (frame.t_with("meetings-hours-hint", &[("zone", zone.into())])) " "
                a href={ "/meetings/" (record.meeting.id) "/attendance/document?format=pdf" } {
                    (frame.t("meetings-attendance-document"))
                }
            }
            @if rows > 0 { (table(frame, form, record, &groups)) }
            div class="actions" {
                button type="submit" name="add" value="" formnovalidate { (frame.t("meetings-attendance-add")) }
            }
            div class="form-actions" {
                button class="main" type="submit" { (frame.t("meetings-attendance-save")) }
                a href={ "/meetings/" (record.meeting.id) } { (frame.t("ui-leave")) }
            }
        }
    }
}

/// Draws the sentence that the marks made by the button are not saved.
fn filled(frame: &Frame) -> Markup {
    let sentence = html! {
        p role="status" tabindex="-1" data-focus="true" { (frame.t("meetings-all-present-done")) }
    };
    notice(Tone::Soon, sentence)
}

/// Puts the rows of one institution together; a row whose institution is typed is a group of its own.
fn groups(form: &FormView, rows: usize) -> Vec<(Option<InstitutionId>, Vec<usize>)> {
    let mut groups: Vec<(Option<InstitutionId>, Vec<usize>)> = Vec::new();
    for row in 0..rows {
        let id: Option<InstitutionId> = form.value(&format!("{row}/institution_id")).parse().ok();
        match groups.last_mut() {
            Some((last, own)) if last.is_some() && *last == id => own.push(row),
            _ => groups.push((id, vec![row])),
        }
    }
    groups
}

fn table(frame: &Frame, form: &FormView, record: &Record, groups: &[(Option<InstitutionId>, Vec<usize>)]) -> Markup {
    let titles = [
        frame.t("meetings-column-institution"),
        frame.t("meetings-column-attendance"),
        frame.t("meetings-column-capacity"),
        frame.t("meetings-column-person"),
    ];
    html! {
        div class="table attendance" {
            table role="table" {
                caption class="unseen" { (frame.t("meetings-attendance-caption")) }
                thead role="rowgroup" {
                    tr role="row" { @for title in &titles { th scope="col" role="columnheader" { (title) } } }
                }
                @for (id, rows) in groups {
                    @let counted = id.map(|id| counted_in(record, id)).filter(|list| !list.is_empty());
                    tbody role="rowgroup" data-commissions=[counted] {
                        @for n in rows { (row(frame, form, record, *n, &titles)) }
                    }
                }
            }
        }
    }
}

/// Returns the commissions in which an institution has a vote on the day.
fn counted_in(record: &Record, id: InstitutionId) -> String {
    let ids = record.meeting.fields.commission_ids.iter();
    let own = ids.filter(|commission| record.voters.get(commission).is_some_and(|voters| voters.contains(&id)));
    own.map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn row(frame: &Frame, form: &FormView, record: &Record, n: usize, titles: &[String; 4]) -> Markup {
    let [_, attendance, capacity, person] = titles;
    let id: Option<InstitutionId> = form.value(&format!("{n}/institution_id")).parse().ok();
    let name = id.map_or_else(
        || frame.t_with("meetings-row-new", &[("n", (n + 1).into())]),
        |id| name_of(&record.names, id).to_owned(),
    );
    html! {
        tr role="row" id={ "row-" (n) } {
            th scope="row" role="rowheader" {
                (institution(frame, form, record, (n, id), &name))
                @for fault in form.faults_of(&n.to_string()) { p class="fault" { (fault) } }
            }
            td role="cell" data-title=(attendance) { (statuses(frame, form, n, &name)) }
            td role="cell" data-title=(capacity) { (capacities(frame, form, n, &name)) }
            td role="cell" data-title=(person) {
                (persons(frame, form, record, (n, id), &name))
                (hours(frame, form, n, &name))
            }
        }
    }
}

/// Draws the name of the institution with its id, or the field in which it is typed.
fn institution(
    frame: &Frame,
    form: &FormView,
    record: &Record,
    (n, id): (usize, Option<InstitutionId>),
    name: &str,
) -> Markup {
    let field = |part: &str| format!("{n}/{part}");
    let is_guest = id.is_none_or(|id| !record.members.contains(&id));
    html! {
        @if id.is_some() {
            (name)
            input type="hidden" name=(field("institution_id")) value=(form.value(&field("institution_id")));
        } @else {
            @let names: Vec<String> = record.institutions.iter().map(|one| one.name.clone()).collect();
            @let label = frame.t("meetings-column-institution");
            (Field::new(frame, form, field("institution"), label).required().suggested(&names))
        }
        @if is_guest || form.value(&field("capacity")) == AttendanceCapacity::Guest.as_str() {
            button class="link small" type="submit" name="remove" value=(n) formnovalidate {
                (frame.t("meetings-row-remove")) span class="unseen" { ": " (name) }
            }
        }
    }
}

/// Returns true for a row that was just added and has nothing in it.
fn is_new(form: &FormView, n: usize) -> bool {
    form.fields.get(&format!("{n}/new")).is_some()
}

fn statuses(frame: &Frame, form: &FormView, n: usize, name: &str) -> Markup {
    let (field, id) = (format!("{n}/status"), format!("row-{n}-status"));
    let is_guest = form.value(&format!("{n}/capacity")) == AttendanceCapacity::Guest.as_str();
    html! {
        fieldset class="group" {
            legend class="unseen" { (frame.t_with("meetings-attendance-of", &[("name", name.into())])) }
            @for (at, status) in AttendanceStatus::ALL.iter().enumerate() {
                @let own = if at == 0 { id.clone() } else { format!("{id}-{at}") };
                @let is_chosen = form.has(&field, status.as_str()) || (at == 0 && is_new(form, n));
                div class="choice" {
                    input type="radio" id=(own) name=(field) value=(status) checked[is_chosen]
                        data-counts=[is_guest.then_some("false")];
                    label for=(own) { (frame.word("meetings-mark", status.as_str())) }
                }
            }
            @let own = format!("{id}-none");
            div class="choice" {
                input type="radio" id=(own) name=(field) value="" checked[form.value(&field).is_empty() && !is_new(form, n)];
                label for=(own) { (frame.t("meetings-mark-none")) }
            }
        }
    }
}

/// Draws the hours of arrival and leaving of those present, folded away while there are none.
fn hours(frame: &Frame, form: &FormView, n: usize, name: &str) -> Markup {
    let [arrived, left] = HOURS.map(|hour| format!("{n}/{hour}"));
    let has_content =
        [&arrived, &left].iter().any(|hour| !form.value(hour).is_empty() || !form.faults_of(hour).is_empty());
    if !has_content && !form.has(&format!("{n}/status"), AttendanceStatus::Present.as_str()) {
        return html! {};
    }
    html! {
        details class="more" open[has_content] {
            summary { (frame.t("meetings-hours")) span class="unseen" { ": " (name) } }
            div class="fields" {
                (Field::new(frame, form, arrived, frame.t("meetings-arrived-at")).day_and_time())
                (Field::new(frame, form, left, frame.t("meetings-left-at")).day_and_time())
            }
        }
    }
}

fn capacities(frame: &Frame, form: &FormView, n: usize, name: &str) -> Markup {
    let choices: Vec<Choice> =
        AttendanceCapacity::ALL.iter().map(|capacity| choice(frame, "capacity", capacity.as_str())).collect();
    let (field, label) = (format!("{n}/capacity"), frame.t_with("meetings-capacity-of", &[("name", name.into())]));
    let guest = FormView::opened(Fields::default().with(&field, AttendanceCapacity::Guest), String::new());
    let form = if is_new(form, n) { &guest } else { form };
    Field::new(frame, form, field, label).label_unseen().select(Some(&frame.t("meetings-not-stated")), &choices)
}

fn persons(
    frame: &Frame,
    form: &FormView,
    record: &Record,
    (n, id): (usize, Option<InstitutionId>),
    name: &str,
) -> Markup {
    let label = frame.t_with("meetings-person-of", &[("name", name.into())]);
    let field = Field::new(frame, form, format!("{n}/person"), label).label_unseen().max(300);
    let delegates = id.and_then(|id| record.delegates.get(&id)).map_or(&[][..], Vec::as_slice);
    if delegates.len() > 1 { field.suggested(delegates) } else { field.text() }
}
