//! The facts of a commitment: fulfilment, term, target, origin, and what it belongs to.

use maud::{Markup, html};

use super::detail::Shown;
use super::parts::{ShownTerm, document, progress, rule_words, state_tag, target_words, to_review, waiting_tags};
use crate::commitments::model::{Commitment, DueRule, Target};
use crate::ui::{
    Frame, Tone, date_in_words, day_in_words, description, due_in_words, facts, short_date, short_day, tag,
};

/// Draws the main facts of a commitment: fulfilment, term, target, origin, documents, access.
pub(super) fn facts_of(frame: &Frame, shown: &Shown) -> Markup {
    let fields = &shown.commitment.fields;
    let mut rows = vec![
        (frame.t("commitments-fulfilment"), fulfilment(frame, &shown.commitment)),
        (frame.t("commitments-due"), term(frame, shown)),
    ];
    rows.extend(
        common_target(&shown.commitment)
            .map(|target| description(frame.t("commitments-goal"), target_words(frame, target))),
    );
    rows.extend(origin(frame, shown));
    if !fields.attachments.is_empty() {
        rows.push((frame.t("commitments-attachments"), attachments(shown)));
    }
    if fields.restricted {
        rows.push((
            frame.t("commitments-restricted"),
            html! {
                (tag(Tone::Soon, &frame.t("commitments-restricted-tag"))) " " (frame.t("commitments-restricted-about"))
            },
        ));
    }
    facts(&rows)
}

/// Draws the other facts of a commitment: what it belongs to, and the institutions that it names besides its parts.
pub(super) fn further_facts_of(frame: &Frame, shown: &Shown) -> Markup {
    let fields = &shown.commitment.fields;
    let mut rows = Vec::new();
    if !shown.commissions.is_empty() {
        rows.push((frame.t("commitments-commission"), commissions(shown)));
    }
    if !shown.plan_items.is_empty() {
        rows.push((frame.t("commitments-plan-items"), plan_items(shown)));
    }
    if !fields.themes.is_empty() {
        let words: Vec<String> = fields.themes.iter().map(|one| frame.word("theme", one.as_str())).collect();
        rows.push(description(frame.t("commitments-theme"), words.join(", ")));
    }
    let name = |id| shown.institutions.get(id).cloned().unwrap_or_default();
    rows.extend(
        fields.follow_up_institution_id.as_ref().map(|id| description(frame.t("commitments-followed-by"), name(id))),
    );
    if !fields.beneficiary_ids.is_empty() {
        let names: Vec<String> = fields.beneficiary_ids.iter().map(name).collect();
        rows.push((frame.t("commitments-beneficiaries"), institutions(frame, &names)));
    }
    if !shown.depends_on.is_empty() {
        rows.push((frame.t("commitments-depends-on"), dependencies(shown)));
    }
    html! { @if !rows.is_empty() { (facts(&rows)) } }
}

/// The number of institutions that are named without folding them.
const OPEN_NAMES: usize = 6;

fn institutions(frame: &Frame, names: &[String]) -> Markup {
    html! {
        @if names.len() <= OPEN_NAMES { (names.join("; ")) } @else {
            details class="more" {
                summary { (frame.t_n("commitments-institutions-n", names.len())) }
                ul { @for name in names { li { (name) } } }
            }
        }
    }
}

fn fulfilment(frame: &Frame, commitment: &Commitment) -> Markup {
    let overdue = commitment.assignments.iter().filter(|part| part.overdue).count();
    html! {
        p { (progress(frame, commitment)) " " (state_tag(frame, commitment.status)) (waiting_tags(frame, commitment)) }
        @if overdue > 0 && to_review(commitment) < commitment.assignments.len() {
            p class="small" { (frame.t_n("commitments-n-overdue", overdue)) }
        }
        p class="small" { (rule_words(frame, commitment.fields.completion_rule)) }
    }
}

/// Draws the term in words, with its last day and the distance from today.
fn term(frame: &Frame, shown: &Shown) -> Markup {
    let commitment = &shown.commitment;
    let (country, fields) = (commitment.country_code.as_str(), &commitment.fields);
    let Some(to) = commitment.due_to else {
        return ShownTerm::of(commitment, commitment.today(shown.now)).draw(frame);
    };
    let words = match &fields.due {
        Some(due) if due.from() != due.to() => {
            let words = date_in_words(frame, country, due);
            frame.t_with("commitments-term-until", &[("term", words.into()), ("day", short_day(to).into())])
        }
        _ => day_in_words(frame, country, to),
    };
    let today = commitment.today(shown.now);
    let is_open = commitment.derived_status().is_open();
    html! {
        @if is_open {
            @let class = if to < today { Some("overdue-date") } else { None };
            span class=[class] { (words) ", " (due_in_words(frame, to, today)) }
        } @else { (words) }
        @if let Some(rule) = &fields.due_rule { p class="small" { (rule_of_term(frame, country, rule)) } }
        @if let Some(text) = &fields.due_text { p class="small" { (frame.quoted(text)) } }
        @if commitment.due_unchecked { p class="small" { (frame.t("commitments-term-unchecked")) } }
    }
}

fn rule_of_term(frame: &Frame, country: &str, rule: &DueRule) -> String {
    let unit = frame.word("commitments-unit", rule.unit.as_str());
    let day = day_in_words(frame, country, rule.from);
    let args = [("n", rule.count.into()), ("unit", unit.into()), ("day", day.into())];
    frame.t_with("commitments-counted-term", &args)
}

/// Returns the target that all institutions have in common.
fn common_target(commitment: &Commitment) -> Option<&Target> {
    let first = commitment.assignments.first()?.fields.target.as_ref()?;
    commitment.assignments.iter().all(|part| part.fields.target.as_ref() == Some(first)).then_some(first)
}

fn origin(frame: &Frame, shown: &Shown) -> Vec<(String, Markup)> {
    let mut rows = Vec::new();
    if let Some(meeting) = &shown.meeting {
        let day = short_date(frame, &meeting.country_code, &meeting.held_on());
        rows.push((
            frame.t("commitments-session"),
            html! {
                a href={ "/meetings/" (meeting.id) } { (meeting.fields.title) } ", " (day)
            },
        ));
    }
    rows.extend(shown.item.as_ref().map(|item| description(frame.t("agreements-item"), item.as_str())));
    if let Some(agreement) = &shown.agreement {
        rows.push((frame.t("commitments-agreement"), html! {
            a href={ "/agreements/" (agreement.id) } {
                @if let Some(number) = &agreement.fields.number { (frame.t("commitments-number")) " " (number) ": " }
                (agreement.fields.title)
            }
        }));
    }
    rows
}

fn commissions(shown: &Shown) -> Markup {
    html! {
        @for (n, one) in shown.commissions.iter().enumerate() {
            @if n > 0 { ", " }
            a href={ "/commissions/" (one.id) } { (one.label()) }
        }
    }
}

fn plan_items(shown: &Shown) -> Markup {
    html! {
        ul {
            @for item in &shown.plan_items {
                li {
                    a href={ "/plans/" (item.plan_id) } {
                        @if let Some(label) = &item.fields.label { (label) ": " }
                        (item.fields.title)
                    }
                }
            }
        }
    }
}

fn dependencies(shown: &Shown) -> Markup {
    html! {
        ul { @for one in &shown.depends_on { li { a href={ "/commitments/" (one.id) } { (one.code) } } } }
    }
}

fn attachments(shown: &Shown) -> Markup {
    html! {
        ul {
            @for one in &shown.commitment.fields.attachments {
                li { (document(&one.title, one.file_id, one.url.as_deref())) }
            }
        }
    }
}
