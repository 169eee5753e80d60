//! The form that enters an agreement of a session with its commitments, all at once.

use maud::{Markup, html};

use super::record::SessionRecord;
use crate::agreements::{AdoptionMethod, agreement_name};
use crate::db::AgreementId;
use crate::themes::Theme;
use crate::ui::{Choice, Field, FormView, Frame, actions};

/// The number of commitments that the form shows at least: agreements of sessions have up to five.
const ROWS: usize = 5;

/// The number of commitments that are open at first; the others are folded.
const OPEN_ROWS: usize = 3;

/// Draws the form, for a new agreement or for commitments of one that exists.
pub(super) fn draw(frame: &Frame, form: &FormView, record: &SessionRecord, agreement: Option<AgreementId>) -> Markup {
    let held = agreement.and_then(|id| record.agreement(id));
    let path = format!("/meetings/{}/agreements", record.meeting.id);
    let title = match held {
        Some(held) => frame.t_with("entry-add-to", &[("name", agreement_name(frame, held).into())]),
        None => frame.t("entry-add-agreement"),
    };
    html! {
        section class="panel" id="entry" {
            h2 { (title) }
            form method="post" action=(path) {
                (form.begin(frame))
                @match held {
                    Some(held) => input type="hidden" name="agreement_id" value=(held.id);,
                    None => (agreement_fields(frame, form, record)),
                }
                h3 { (frame.t("entry-commitments")) }
                (shared(frame, form, record))
                p class="small" { (frame.t("entry-commitments-about")) }
                @for n in 0..form.rows("commitments", ROWS) { (folded_row(frame, form, record, n)) }
                p { button type="submit" name="add" value="commitments" formnovalidate { (frame.t("entry-add-row")) } }
                (field(frame, form, "publish", "entry-publish").hint(frame.t("entry-publish-hint")).check())
                @let leave = frame.t("ui-leave");
                (actions(&frame.t("entry-save"), held.map(|_| (path.as_str(), leave.as_str()))))
            }
        }
    }
}

fn field<'a>(frame: &'a Frame, form: &'a FormView, name: impl Into<String>, key: &str) -> Field<'a> {
    Field::new(frame, form, name, frame.t(key))
}

fn agreement_fields(frame: &Frame, form: &FormView, record: &SessionRecord) -> Markup {
    let items = record.agenda.iter().enumerate();
    let items: Vec<Choice> =
        items.filter_map(|(n, item)| Some(Choice::new(item.id?, format!("{}. {}", n + 1, item.title)))).collect();
    let word = |list: &str, value: &str| Choice::new(value, frame.word(list, value));
    let methods: Vec<Choice> = AdoptionMethod::ALL.iter().map(|one| word("agreements-method", one.as_str())).collect();
    let themes: Vec<Choice> = Theme::ALL.iter().map(|one| word("theme", one.as_str())).collect();
    html! {
        @if !items.is_empty() {
            (field(frame, form, "agenda_item_id", "agreements-item")
                .select(Some(&frame.t("agreements-no-item")), &items))
        }
        div class="fields" { (field(frame, form, "number", "agreements-number").max(60).text()) }
        (field(frame, form, "title", "agreements-title").hint(frame.t("entry-title-hint")).max(500).area(2))
        (field(frame, form, "text", "agreements-text").hint(frame.t("agreements-text-hint")).max(10_000).kept_area(4))
        details class="more" open[has_details(form)] {
            summary { (frame.t("entry-adoption")) }
            div class="stack" {
                (field(frame, form, "adoption/method", "agreements-method")
                    .select(Some(&frame.t("agreements-not-stated")), &methods))
                div class="fields" id="adoption" {
                    (field(frame, form, "adoption/for", "agreements-for").number())
                    (field(frame, form, "adoption/against", "agreements-against").number())
                    (field(frame, form, "adoption/abstained", "agreements-abstained").number())
                }
                (field(frame, form, "themes", "agreements-themes").checks(&themes))
                (field(frame, form, "restricted", "agreements-restricted-field")
                    .hint(frame.t("agreements-restricted-hint")).check())
            }
        }
    }
}

fn has_details(form: &FormView) -> bool {
    let names = ["adoption/method", "adoption/for", "adoption/against", "adoption/abstained", "themes", "restricted"];
    names.iter().any(|name| !form.value(name).is_empty())
        || form.faults.iter().any(|fault| fault.pointer.starts_with("/adoption"))
}

/// Draws a commitment; one that is empty is folded, except the first ones.
fn folded_row(frame: &Frame, form: &FormView, record: &SessionRecord, n: usize) -> Markup {
    let place = format!("commitments/{n}/");
    let is_filled = form.fields.0.iter().any(|(name, value)| name.starts_with(&place) && !value.is_empty())
        || form.faults.iter().any(|fault| fault.pointer.starts_with(&format!("/{place}")));
    let number = n + 1;
    html! {
        @if n < OPEN_ROWS { (row(frame, form, record, n)) } @else {
            details class="more" open[is_filled] {
                summary { (frame.t_n("entry-commitment-n", number)) }
                (row(frame, form, record, n))
            }
        }
    }
}

/// Draws the term and the institutions of all commitments that have none of their own.
fn shared(frame: &Frame, form: &FormView, record: &SessionRecord) -> Markup {
    let (name, legend) = (|part: &str| format!("shared/{part}"), frame.t("entry-shared"));
    html! {
        fieldset class="row" {
            legend { (legend) }
            p class="hint wide" { (frame.t("entry-shared-about")) }
            (field(frame, form, name("due"), "entry-due").date(&record.meeting.country_code))
            (field(frame, form, name("due_text"), "entry-due-text").hint(frame.t("entry-due-text-hint")).max(500)
                .text())
            (responsible(frame, form, record, &name))
            (single(frame, form, record, (&name, &legend)))
        }
    }
}

fn row(frame: &Frame, form: &FormView, record: &SessionRecord, n: usize) -> Markup {
    let name = |part: &str| format!("commitments/{n}/{part}");
    let legend = frame.t_n("entry-commitment-n", n + 1);
    let own = ["due_text", "members_of", "sectors", "institution_ids", "others"].map(name);
    let is_own = own.iter().any(|name| !form.value(name).is_empty() || !form.faults_of(name).is_empty());
    html! {
        fieldset class="row" {
            legend { (legend) }
            (field(frame, form, name("text"), "entry-commitment-text").max(10_000).area(3))
            (field(frame, form, name("due"), "entry-own-due").hint(frame.t("entry-own-due-hint"))
                .date(&record.meeting.country_code))
            details class="more wide" open[is_own] {
                summary { (frame.t("entry-own-responsible")) span class="unseen" { ": " (legend) } }
                div class="stack" {
                    (field(frame, form, name("due_text"), "entry-due-text").hint(frame.t("entry-due-text-hint")).max(500)
                        .text())
                    (responsible(frame, form, record, &name))
                    (single(frame, form, record, (&name, &legend)))
                }
            }
        }
    }
}

/// Draws the choice of all members of a commission, and of those of a part of society.
fn responsible(frame: &Frame, form: &FormView, record: &SessionRecord, name: &dyn Fn(&str) -> String) -> Markup {
    let members: Vec<Choice> = record
        .members
        .iter()
        .filter_map(|(id, members)| {
            let label = record.commissions.iter().find(|one| one.id == *id)?.label();
            let args = [("commission", label.into()), ("n", members.len().into())];
            (!members.is_empty()).then(|| Choice::new(id, frame.t_with("entry-all-members", &args)))
        })
        .collect();
    let sector = |(sector, n): &(crate::directory::Sector, usize)| {
        let word = frame.word("report-sector", sector.as_str());
        Choice::new(sector.as_str(), frame.t_with("entry-sector", &[("sector", word.into()), ("n", (*n).into())]))
    };
    let sectors: Vec<Choice> = record.sectors().iter().map(sector).collect();
    html! {
        @if !members.is_empty() { (field(frame, form, name("members_of"), "entry-responsible").hint(frame.t("entry-responsible-hint")).checks(&members)) }
        @if !sectors.is_empty() { (field(frame, form, name("sectors"), "entry-sectors").checks(&sectors)) }
    }
}

/// Draws the choice of single institutions, folded unless some are chosen.
fn single(
    frame: &Frame,
    form: &FormView,
    record: &SessionRecord,
    (name, legend): (&dyn Fn(&str) -> String, &str),
) -> Markup {
    let all: Vec<Choice> = record.all_members().into_iter().map(|(name, id)| Choice::new(id, name)).collect();
    let is_used = ["institution_ids", "others"].map(name).iter().any(|name| !form.value(name).is_empty());
    html! {
        details class="more wide" open[is_used] {
            summary { (frame.t("entry-single")) span class="unseen" { ": " (legend) } }
            div class="stack" {
                @if !all.is_empty() { (field(frame, form, name("institution_ids"), "entry-institutions").checks(&all)) }
                (field(frame, form, name("others"), "entry-others").hint(frame.t("entry-others-hint")).area(2))
            }
        }
    }
}
