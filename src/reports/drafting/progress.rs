//! `priority_progress`: what was done for a priority, by theme; agreements, sessions and the state of regional
//! committees; then what happened before the period, and what other questions describe.

use std::collections::BTreeMap;

use super::answer_builder::AnswerBuilder;
use super::context::{Context, capital, order};
use crate::activities::ActivityKind;
use crate::commissions::{MemberRole, OperationalState};
use crate::db::CommissionId;
use crate::directory::Sector;
use crate::plans::PlanItemKind;
use crate::rendering::escape_line;
use crate::reports::answer::SourceKind;
use crate::reports::questionnaire::Step;
use crate::reports::records::{Activity, Commission, Commitment, Item};
use crate::reports::words::sentence;
use crate::themes::Theme;

pub(super) fn priority(context: &Context<'_>, step: &Step) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let branch = context.records.roadmap.branch(step.id);
    let linked = |one: &&Activity| one.counts() && one.serves(&branch);
    let (before, own): (Vec<&Activity>, Vec<&Activity>) =
        context.of_this_question().into_iter().partition(|one| is_background(context, one));
    let mut background: Vec<&Activity> = context.records.activities.iter().filter(linked).collect();
    background.retain(|one| !one.meets(context.from, context.to));
    background.extend(before);
    background.sort_by_key(|one| order(one));
    let elsewhere =
        |one: &&Activity| linked(one) && context.main_questions.activity(one.id) != Some(context.current.get());
    let elsewhere: Vec<&Activity> = context.activities().filter(elsewhere).collect();
    states(context, &mut answer, step);
    by_theme(context, &mut answer, &own);
    if has_several_themes(context, &own)
        && context.agreements_of_this_question().iter().any(|one| !context.main_questions.has_source(one.id))
    {
        answer.paragraph(&context.say("draft-agreements", &[]));
    }
    context.tell_agreements(&mut answer);
    let commissions = commissions(context, &own, &branch);
    context.tell_sessions(&mut answer, &commissions);
    moving(context, &mut answer, &branch);
    indicators(context, &mut answer, &commissions);
    if !background.is_empty() {
        answer.paragraph(&context.say("draft-background", &[]));
        context.tell_by_instrument(&mut answer, &background);
    }
    if !elsewhere.is_empty() {
        let list = context.grouped_references(&mut answer, &elsewhere).join("; ");
        answer.paragraph(&sentence(&context.say("draft-elsewhere", &[("list", list)])));
    }
    if !answer.is_empty() {
        answer.cite(SourceKind::PlanItem, step.id, &step.title);
    }
    answer
}

/// Returns whether only the validity of a norm or of a recognition reaches into the period.
fn is_background(context: &Context<'_>, activity: &Activity) -> bool {
    use ActivityKind::{LegalInstrument, Protocol, Recognition};
    let is_valid = matches!(activity.kind, LegalInstrument | Protocol | Recognition);
    is_valid && activity.starts.as_ref().is_some_and(|starts| starts.to() < context.from)
}

/// Describes activities in groups by theme, with a heading per group if there are several.
pub(super) fn by_theme(context: &Context<'_>, answer: &mut AnswerBuilder, activities: &[&Activity]) {
    let mut groups: BTreeMap<(bool, bool, Vec<Theme>), Vec<&Activity>> = BTreeMap::new();
    for activity in activities {
        let themes = themes_of(context, activity);
        groups.entry((themes.is_empty(), themes.len() > 1, themes)).or_default().push(activity);
    }
    let headed = groups.len() > 1;
    for ((_, _, themes), group) in groups {
        if headed && !themes.is_empty() {
            answer.paragraph(&format!("**{}**", capital(&context.themes(&themes))));
        } else if headed {
            answer.paragraph(&format!("**{}**", context.say("draft-no-theme", &[])));
        }
        context.tell_all(answer, &group);
    }
}

/// Returns whether activities are told in several groups.
fn has_several_themes(context: &Context<'_>, activities: &[&Activity]) -> bool {
    let mut themes: Vec<Vec<Theme>> = activities.iter().map(|one| themes_of(context, one)).collect();
    themes.sort_unstable();
    themes.dedup();
    themes.len() > 1
}

/// Returns the themes under which an activity is described: of several, that of its commissions if it is one.
pub(super) fn themes_of(context: &Context<'_>, activity: &Activity) -> Vec<Theme> {
    if activity.themes.len() < 2 {
        return activity.themes.clone();
    }
    let known = |id: &CommissionId| context.records.commission(*id);
    let mut of_bodies: Vec<Theme> =
        activity.commission_ids.iter().filter_map(known).flat_map(|one| one.themes.iter().copied()).collect();
    of_bodies.sort_unstable();
    of_bodies.dedup();
    match of_bodies.as_slice() {
        [one] if activity.themes.contains(one) => of_bodies,
        _ => activity.themes.clone(),
    }
}

/// Returns the commissions of the activities and commitments for a priority.
fn commissions(context: &Context<'_>, own: &[&Activity], branch: &[crate::db::PlanItemId]) -> Vec<CommissionId> {
    let mut ids: Vec<CommissionId> = own.iter().flat_map(|one| one.commission_ids.iter().copied()).collect();
    let served = context.commitments().filter(|one| one.serves(branch));
    ids.extend(served.flat_map(|one| one.commission_ids.iter().copied()));
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Lists commitments without agreement or session that were completed or reported on in the period.
fn moving(context: &Context<'_>, answer: &mut AnswerBuilder, branch: &[crate::db::PlanItemId]) {
    let fulfilled = |one: &Commitment| one.completed_on().is_some_and(|day| day >= context.from && day <= context.to);
    let is_told = |one: &&Commitment| {
        let loose = one.agreement_id.is_none() && one.meeting_id.is_none();
        one.serves(branch) && loose && (fulfilled(one) || one.reported_in(context.from, context.to))
    };
    let list: Vec<&Commitment> =
        context.commitments().filter(is_told).filter(|one| context.first_commitment(one.id)).collect();
    context.tell_commitments(answer, 0, &list);
}

/// Describes the plans with indicators of the commissions: each objective with its actions and their indicators.
fn indicators(context: &Context<'_>, answer: &mut AnswerBuilder, commissions: &[CommissionId]) {
    for plan in &context.records.plans {
        let is_theirs = plan.commission_ids.iter().any(|id| commissions.contains(id));
        let measures = plan.items.iter().any(|item| item.kind == PlanItemKind::Indicator);
        if !is_theirs || !measures || !context.first_mention(plan.id) {
            continue;
        }
        answer.bullet(0, &format!("{}:", escape_line(&plan.title)));
        answer.cite(SourceKind::Plan, plan.id, &plan.title);
        let of = |parent: Option<crate::db::PlanItemId>, indicators: bool| -> Vec<&Item> {
            let fits = |item: &&Item| item.parent_id == parent && (item.kind == PlanItemKind::Indicator) == indicators;
            plan.items.iter().filter(fits).collect()
        };
        let measured = |item: &Item| {
            let own: Vec<String> =
                of(Some(item.step.id), true).iter().map(|one| escape_line(&one.step.title)).collect();
            let title = escape_line(&item.step.title);
            match own.is_empty() {
                true => title,
                false => {
                    let args = [("title", title), ("list", own.join("; "))];
                    context.count_with("draft-indicators", own.len(), &args)
                }
            }
        };
        for objective in of(None, false) {
            let label = objective.step.label.as_deref().map(|label| format!("{}: ", escape_line(label)));
            let below: Vec<String> = of(Some(objective.step.id), false).into_iter().map(&measured).collect();
            let head = format!("{}{}", label.unwrap_or_default(), measured(objective));
            let text = if below.is_empty() { head } else { format!("{head} → {}", below.join("; ")) };
            answer.bullet(1, &sentence(&text));
        }
    }
}

/// Writes the states of the regional committees that the priority names by their acronym.
fn states(context: &Context<'_>, answer: &mut AnswerBuilder, step: &Step) {
    for (_, family) in context.records.families() {
        let stem = stem(&family);
        if stem.len() < 3 || !step.title.contains(&stem) {
            continue;
        }
        answer.paragraph(&family_states(context, &stem, &family));
        for commission in family {
            answer.cite_commission(commission);
        }
    }
}

/// Names the active, inactive and unknown committees of a family on the last day of the period; states the norms that
/// they rest on and their secretariats.
fn family_states(context: &Context<'_>, name: &str, family: &[&Commission]) -> String {
    let of = |state: OperationalState| -> Vec<String> {
        let those = family.iter().filter(|one| one.state_on(context.to) == state);
        those.map(|one| escape_line(one.territory.as_deref().unwrap_or(one.label()))).collect()
    };
    let states = [
        ("draft-state-active", OperationalState::Active),
        ("draft-state-inactive", OperationalState::Inactive),
        ("draft-state-unknown", OperationalState::Unknown),
    ];
    let mut counted = Vec::new();
    for (key, state) in states {
        let names = of(state);
        if !names.is_empty() {
            counted.push(context.count_with(key, names.len(), &[("names", context.words.list(&names))]));
        }
    }
    let args =
        [("day", context.words.end(context.to)), ("name", escape_line(name)), ("states", context.enumerate(&counted))];
    let mut parts = vec![sentence(&context.count_with("draft-states", family.len(), &args))];
    let founded = family.iter().filter(|one| !one.legal_bases.is_empty()).count();
    if founded > 0 {
        let key = if founded == family.len() { "draft-states-norms-all" } else { "draft-states-norms" };
        parts.push(context.count_with(key, founded, &[]));
    }
    let keeps = |one: &&Commission| {
        context.records.memberships.iter().any(|member| {
            let is_regional =
                context.institution(member.institution_id).is_some_and(|own| own.sector == Sector::RegionalGovernment);
            member.commission_id == one.id && member.role == MemberRole::Secretariat && is_regional
        })
    };
    if family.iter().all(keeps) {
        parts.push(context.say("draft-states-secretariats", &[]));
    }
    parts.join(" ")
}

/// Returns the common start of the acronyms of a family: `CDRPETI` of `CDRPETI-Áncash`, `CDRPETI-Puno`.
pub(super) fn stem(family: &[&Commission]) -> String {
    let mut acronyms = family.iter().filter_map(|one| one.acronym.as_deref());
    let Some(first) = acronyms.next() else { return String::new() };
    let mut length = first.len();
    for other in acronyms {
        let shared = first.char_indices().zip(other.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
        length = length.min(shared.unwrap_or(first.len().min(other.len())));
    }
    first.get(..length).unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned()
}
