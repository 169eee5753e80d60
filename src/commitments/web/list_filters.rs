//! The form of filters of the list, and the filters in force.

use maud::{Markup, html};

use super::filters::{OPEN, UNKNOWN_INSTITUTION, term_choice};
use super::list::{Listed, address};
use super::parts::status_word;
use crate::commitments::model::{CommitmentStatus, Status, Verification};
use crate::http::Fields;
use crate::themes::Theme;
use crate::ui::{Choice, Field, FormView, Frame, short_day};

/// The number of institutions up to which the form lists them; more are typed.
pub(super) const LISTED: usize = 15;

/// The filters that have no field and are kept when the form is sent.
const KEPT: [&str; 5] = ["agreement_id", "meeting_id", "plan_item_id", "awaiting_review", "sort"];

/// The filters that are folded away.
const FOLDED: [&str; 5] = ["part_status", "part_verification", "theme", "due_after", "due_before"];

/// Draws the form of filters. Its fields have the names of the API's filters, but for a typed name of an institution.
pub(super) fn filter_form(frame: &Frame, listed: &Listed) -> Markup {
    let form = FormView { fields: fields_of(listed), ..FormView::default() };
    let field = |name: &str, key: &str| Field::new(frame, &form, name, frame.t(key));
    let (all, all_of_them) = (frame.t("commitments-filter-all"), frame.t("commitments-filter-all-of-them"));
    let commissions: Vec<Choice> = listed.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    html! {
        form class="filters" data-auto="true" method="get" action="/commitments" {
            @for name in KEPT {
                @if let Some(value) = listed.parameters.get(name) { input type="hidden" name=(name) value=(value); }
            }
            (field("commission_id", "commitments-commission").select(Some(&all_of_them), &commissions))
            (institution(frame, listed, &form))
            (field("status", "commitments-status").select(Some(&all), &statuses(frame, listed)))
            (field("overdue", "commitments-due").select(Some(&all), &terms(frame)))
            (field("q", "commitments-words").max(200).text())
            button type="submit" { (frame.t("commitments-apply")) }
            (more(frame, listed, &form))
        }
    }
}

fn more(frame: &Frame, listed: &Listed, form: &FormView) -> Markup {
    let field = |name: &str, key: &str| Field::new(frame, form, name, frame.t(key));
    let all = frame.t("commitments-filter-all");
    let mut parts = vec![Choice::new(OPEN, frame.t("commitments-parts-open"))];
    parts.extend(Status::ALL.iter().map(|one| Choice::new(one, frame.word("status", one.as_str()))));
    let verifications = [Verification::Pending, Verification::Accepted, Verification::Returned]
        .map(|one| Choice::new(one, frame.word("commitments-verification", one.as_str())));
    let themes: Vec<Choice> =
        Theme::ALL.iter().map(|one| Choice::new(one, frame.word("theme", one.as_str()))).collect();
    let countries = countries(listed);
    let is_open = FOLDED.iter().any(|name| !form.value(name).is_empty()) || !form.value("country_code").is_empty();
    html! {
        details open[is_open] {
            summary { (frame.t("commitments-more-filters")) }
            div class="fields" {
                (field("part_status", "commitments-part-status").hint(frame.t("commitments-part-status-hint"))
                    .select(Some(&all), &parts))
                (field("part_verification", "commitments-part-verification")
                    .hint(frame.t("commitments-part-verification-hint")).select(Some(&all), &verifications))
                (field("theme", "commitments-theme").select(Some(&all), &themes))
                (field("due_after", "commitments-due-after").text())
                (field("due_before", "commitments-due-before").text())
                @if countries.len() > 1 {
                    @let choices: Vec<Choice> = countries.iter().map(|code| Choice::new(code, code.as_str())).collect();
                    (field("country_code", "commitments-country").select(Some(&all), &choices))
                }
            }
        }
    }
}

/// Returns the values of the fields: the filters in force.
fn fields_of(listed: &Listed) -> Fields {
    let mut fields = Fields(listed.parameters.all().to_vec());
    let choice = term_choice(&listed.parameters, listed.today).to_owned();
    if ["soon", "until_soon"].contains(&choice.as_str()) {
        fields.remove("due_after");
        fields.remove("due_before");
    }
    fields.set("overdue", choice);
    for name in ["due_after", "due_before"] {
        if let Some(day) = fields.get(name).and_then(crate::dates::parse_day) {
            fields.set(name, short_day(day));
        }
    }
    let typed = match (listed.parameters.get(UNKNOWN_INSTITUTION), listed.filter.institution_id) {
        (Some(typed), _) => Some(typed.to_owned()),
        (None, Some(id)) => listed.names.get(&id).cloned(),
        (None, None) => None,
    };
    if let Some(typed) = typed {
        fields.set("institution", typed);
    }
    fields
}

fn institution(frame: &Frame, listed: &Listed, form: &FormView) -> Markup {
    let label = frame.t("commitments-institution");
    if listed.members.len() > LISTED {
        let names: Vec<String> = listed.members.iter().map(|(_, name)| name.clone()).collect();
        return Field::new(frame, form, "institution", label).max(300).suggested(&names);
    }
    let mut choices: Vec<Choice> = listed.members.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let chosen = listed.filter.institution_id.filter(|id| !listed.members.iter().any(|(own, _)| own == id));
    if let Some((id, name)) = chosen.and_then(|id| Some((id, listed.names.get(&id)?))) {
        choices.push(Choice::new(id, name));
    }
    Field::new(frame, form, "institution_id", label).select(Some(&frame.t("commitments-filter-all-of-them")), &choices)
}

fn statuses(frame: &Frame, listed: &Listed) -> Vec<Choice> {
    let mut choices = vec![Choice::new(OPEN, frame.t("commitments-open"))];
    let known = CommitmentStatus::ALL.iter().filter(|one| listed.may_write || **one != CommitmentStatus::Draft);
    choices.extend(known.map(|one| Choice::new(one, status_word(frame, *one))));
    choices
}

fn terms(frame: &Frame) -> Vec<Choice> {
    ["true", "soon", "until_soon", "false"]
        .map(|value| Choice::new(value, frame.word("commitments-term", value)))
        .to_vec()
}

fn countries(listed: &Listed) -> Vec<String> {
    let mut codes: Vec<String> = listed.commissions.iter().map(|one| one.country_code.clone()).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// Returns the filters in force, each with the address of the list without it.
pub(super) fn chips_of(frame: &Frame, listed: &Listed) -> Vec<(String, String)> {
    let mut chips = Vec::new();
    let choice = term_choice(&listed.parameters, listed.today);
    let is_near = ["soon", "until_soon"].contains(&choice);
    if is_near {
        chips.push((frame.word("commitments-term", choice), without(listed, &["due_after", "due_before"])));
    }
    for (name, value) in listed.parameters.all() {
        let is_day = ["due_after", "due_before"].contains(&name.as_str());
        if let Some(text) = chip(frame, listed, name, value).filter(|_| !(is_near && is_day)) {
            chips.push((text, without(listed, &[name])));
        }
    }
    chips
}

fn without(listed: &Listed, names: &[&str]) -> String {
    let all: Vec<&str> = names.iter().copied().chain(["cursor"]).collect();
    address(&listed.parameters.changed(&all, &[]))
}

/// Returns the words for a filter; None for what is no filter.
fn chip(frame: &Frame, listed: &Listed, name: &str, value: &str) -> Option<String> {
    let each = |word: &dyn Fn(&str) -> String| value.split(',').map(word).collect::<Vec<_>>().join(", ");
    let day = || crate::dates::parse_day(value).map_or_else(|| value.to_owned(), short_day);
    let with = |key: &str, value: String| frame.t_with(key, &[("value", value.into())]);
    let source = || listed.sources.iter().find(|(own, _)| *own == name).map(|(_, title)| title.clone());
    Some(match name {
        "commission_id" => {
            let known = listed.commissions.iter().find(|one| Some(one.id) == listed.filter.commission_id);
            with("commitments-chip-commission", known.map(|one| one.label().to_owned()).unwrap_or_default())
        }
        "institution_id" => {
            let id = listed.filter.institution_id?;
            let name = listed.names.get(&id).cloned()?;
            if listed.own.contains(&id) { with("commitments-chip-own", name) } else { name }
        }
        "status" if value == OPEN => frame.t("commitments-open"),
        "status" => each(&|one| one.parse().map_or_else(|_| one.to_owned(), |one| status_word(frame, one))),
        "overdue" => frame.word("commitments-term", value),
        "awaiting_review" => frame.word("commitments-awaiting", value),
        "part_status" => with("commitments-chip-part", each(&|one| frame.word("status", one))),
        "part_verification" => with("commitments-chip-review", frame.word("commitments-verification", value)),
        "theme" => frame.word("theme", value),
        "due_after" => with("commitments-chip-after", day()),
        "due_before" => with("commitments-chip-before", day()),
        "country_code" => value.to_owned(),
        "q" => with("commitments-chip-words", value.to_owned()),
        "agreement_id" => with("commitments-chip-agreement", source().unwrap_or_default()),
        "meeting_id" => with("commitments-chip-session", source().unwrap_or_default()),
        "plan_item_id" => with("commitments-chip-plan-item", source().unwrap_or_default()),
        _ => return None,
    })
}
