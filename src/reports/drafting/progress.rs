//! `priority_progress`: activities for a priority by theme, commission and kind. Activities outside the period are listed
//! under their own heading.

use std::collections::BTreeMap;

use super::answer_builder::AnswerBuilder;
use super::context::{Context, capital};
use crate::activities::ActivityKind;
use crate::commissions::OperationalState;
use crate::db::PlanItemId;
use crate::rendering::escape_line;
use crate::reports::answer::SourceKind;
use crate::reports::questionnaire::Step;
use crate::reports::records::{Activity, Commission, Commitment};
use crate::themes::Theme;

/// Kinds of activity in the order of the text: results first, meetings last.
const KINDS: &[ActivityKind] = &[
    ActivityKind::LegalInstrument,
    ActivityKind::Protocol,
    ActivityKind::Recognition,
    ActivityKind::Milestone,
    ActivityKind::Publication,
    ActivityKind::Survey,
    ActivityKind::Study,
    ActivityKind::Training,
    ActivityKind::Workshop,
    ActivityKind::Seminar,
    ActivityKind::Course,
    ActivityKind::Talk,
    ActivityKind::Campaign,
    ActivityKind::Commemoration,
    ActivityKind::InspectionOperation,
    ActivityKind::TechnicalAssistance,
    ActivityKind::Exchange,
    ActivityKind::Coordination,
    ActivityKind::Meeting,
    ActivityKind::Other,
];

/// The activities for one priority, by whether they count.
struct Linked<'a> {
    inside: Vec<&'a Activity>,
    outside: Vec<&'a Activity>,
    undated: Vec<&'a Activity>,
    unvalidated: usize,
    restricted: usize,
}

impl<'a> Linked<'a> {
    fn with(context: &Context<'a>, branch: &[PlanItemId]) -> Self {
        let mut linked =
            Self { inside: Vec::new(), outside: Vec::new(), undated: Vec::new(), unvalidated: 0, restricted: 0 };
        for activity in context.records.activities.iter().filter(|one| one.serves(branch)) {
            let meets = activity.meets(context.from, context.to);
            match (activity.counts(), activity.span().is_some()) {
                (false, _) if activity.is_validated() => linked.restricted += usize::from(meets),
                (false, _) => linked.unvalidated += usize::from(meets),
                (true, true) if meets => linked.inside.push(activity),
                (true, true) => linked.outside.push(activity),
                (true, false) => linked.undated.push(activity),
            }
        }
        linked.outside.sort_by_key(|one| one.span());
        linked
    }
}

pub(super) fn priority(context: &Context<'_>, step: &Step) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let branch = context.records.roadmap.branch(step.id);
    let linked = Linked::with(context, &branch);
    let served: Vec<&Commitment> = context.commitments().filter(|one| one.serves(&branch)).collect();
    if linked.inside.is_empty() && (!linked.outside.is_empty() || !linked.undated.is_empty()) {
        answer.paragraph(&context.say("draft-progress-none", &[("period", context.period())]));
    }
    if !linked.inside.is_empty() {
        answer.paragraph(&summary(context, &linked.inside));
        groups(context, &mut answer, &linked.inside);
    }
    agreements(context, &mut answer, &served);
    commitments(context, &mut answer, &served);
    states(context, &mut answer, step);
    list_apart(context, &mut answer, "draft-outside", &linked.outside);
    list_apart(context, &mut answer, "draft-undated-apart", &linked.undated);
    if linked.unvalidated > 0 {
        answer.paragraph(&context.count("draft-unvalidated", linked.unvalidated));
    }
    if linked.restricted > 0 {
        answer.paragraph(&context.count("draft-restricted", linked.restricted));
    }
    if !answer.is_empty() {
        answer.cite(SourceKind::PlanItem, step.id, &step.title);
    }
    answer
}

/// Counts activities, occurrences, trainings and participants, and the records that do not state them.
pub(super) fn summary(context: &Context<'_>, activities: &[&Activity]) -> String {
    let args = |n: usize| ("activities", context.count("draft-activities", n));
    let mut parts = Vec::new();
    let first = [("period", context.period()), args(activities.len())];
    let (times, silent) = occurrences(activities);
    let once_each = times == activities.len() && silent == 0;
    let all_silent = silent == activities.len();
    parts.push(match once_each || all_silent {
        true => context.say("draft-progress-sum", &first),
        false => {
            let [period, activities] = first;
            let times = ("times", context.count("draft-occurrences", times));
            context.say("draft-progress-sum-times", &[period, activities, times])
        }
    });
    if all_silent && silent > 1 {
        parts.push(context.say("draft-occurrences-none", &[]));
    } else if silent > 0 {
        parts.push(context.count("draft-occurrences-silent", silent));
    }
    let trainings: Vec<&Activity> = activities.iter().copied().filter(|one| one.kind.is_training()).collect();
    if !trainings.is_empty() {
        parts.push(context.count("draft-trainings", trainings.len()));
        parts.extend(people(context, &trainings));
    }
    parts.join(" ")
}

/// Counts the participants of trainings, and the trainings that do not state them.
fn people(context: &Context<'_>, trainings: &[&Activity]) -> Option<String> {
    let stated: Vec<usize> = trainings.iter().filter_map(|one| one.headcount()).collect();
    let silent = trainings.len() - stated.len();
    let total = stated.iter().sum();
    if stated.is_empty() {
        let key = if silent == 1 { "draft-people-unstated-single" } else { "draft-people-unstated-all" };
        return Some(context.say(key, &[]));
    }
    let sum = context.count("draft-people", total);
    match silent {
        0 => Some(sum),
        _ => Some(format!("{sum} {}", context.count("draft-people-unstated", silent))),
    }
}

/// Returns the sum of stated occurrences, and the number of records that state none.
fn occurrences(activities: &[&Activity]) -> (usize, usize) {
    let stated = activities.iter().filter_map(|one| one.occurrences).map(|n| usize::try_from(n).unwrap_or(0)).sum();
    (stated, activities.iter().filter(|one| one.occurrences.is_none()).count())
}

type GroupKey = (bool, Vec<Theme>, bool, Vec<usize>);

fn groups(context: &Context<'_>, answer: &mut AnswerBuilder, activities: &[&Activity]) {
    let mut groups: BTreeMap<GroupKey, Vec<&Activity>> = BTreeMap::new();
    for activity in activities {
        let places: Vec<usize> = activity
            .commission_ids
            .iter()
            .filter_map(|id| context.records.commissions.iter().position(|one| one.id == *id))
            .collect();
        let key = (activity.themes.is_empty(), activity.themes.clone(), places.is_empty(), places);
        groups.entry(key).or_default().push(activity);
    }
    for group in groups.into_values() {
        let Some(first) = group.first() else { continue };
        answer.paragraph(&heading(context, first));
        for kind in KINDS {
            let mut of_kind: Vec<&Activity> = group.iter().copied().filter(|one| one.kind == *kind).collect();
            of_kind.sort_by_key(|one| (one.span(), one.id));
            kind_list(context, answer, *kind, &of_kind);
        }
    }
}

/// Writes `**Trabajo forzoso · CAMTRAFOR**`.
fn heading(context: &Context<'_>, activity: &Activity) -> String {
    let theme = match activity.themes.as_slice() {
        [] => context.say("draft-no-theme", &[]),
        themes => context.themes(themes),
    };
    match activity.commission_ids.as_slice() {
        [] => format!("**{}**", capital(&theme)),
        ids => format!("**{} · {}**", capital(&theme), context.commissions(ids)),
    }
}

fn kind_list(context: &Context<'_>, answer: &mut AnswerBuilder, kind: ActivityKind, activities: &[&Activity]) {
    if activities.is_empty() {
        return;
    }
    let name = context.say(&format!("report-kind-{}", kind.as_str().replace('_', "-")), &[]);
    answer.bullet(0, &format!("{name} ({}):", context.number(activities.len())));
    for activity in activities {
        answer.bullet(1, &context.describe(activity));
        answer.cite_activity(activity);
    }
}

fn agreements(context: &Context<'_>, answer: &mut AnswerBuilder, commitments: &[&Commitment]) {
    let ids: Vec<_> = commitments.iter().filter_map(|one| one.agreement_id).collect();
    let adopted: Vec<_> = context.agreements().filter(|one| ids.contains(&one.id)).collect();
    if adopted.is_empty() {
        return;
    }
    answer.paragraph(&context.say("draft-agreements", &[]));
    context.list_agreements(answer, adopted);
}

/// Lists commitments completed in the period, and open ones with progress reports in it.
fn commitments(context: &Context<'_>, answer: &mut AnswerBuilder, commitments: &[&Commitment]) {
    let fulfilled = |one: &Commitment| one.completed_on().is_some_and(|day| day >= context.from && day <= context.to);
    let (done, others): (Vec<&Commitment>, Vec<&Commitment>) =
        commitments.iter().copied().partition(|one| fulfilled(one));
    let moving: Vec<_> =
        others.into_iter().filter(|one| one.status.is_open() && one.reported_in(context.from, context.to)).collect();
    for (key, list) in [("draft-commitments-done", done), ("draft-commitments-moving", moving)] {
        context.list_commitments(answer, |_| context.say(key, &[]), &list);
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

/// Counts the active, inactive and unknown committees of a family on the last day of the period; names those not active.
pub(super) fn family_states(context: &Context<'_>, name: &str, family: &[&Commission]) -> String {
    let of = |state: OperationalState| -> Vec<String> {
        let those = family.iter().filter(|one| one.state_on(context.to) == state);
        those.map(|one| escape_line(one.territory.as_deref().unwrap_or(one.label()))).collect()
    };
    let day = context.words.day(context.to);
    let head = [("day", day), ("name", escape_line(name)), ("n", context.number(family.len()))];
    let mut parts = vec![context.say("draft-states", &head)];
    parts.push(context.count("draft-state-active", of(OperationalState::Active).len()));
    let inactive = of(OperationalState::Inactive);
    parts.push(context.count("draft-state-inactive", inactive.len()));
    if !inactive.is_empty() {
        parts.push(format!("({})", context.words.list(&inactive)));
    }
    let unknown = of(OperationalState::Unknown);
    if !unknown.is_empty() {
        parts.push(context.count("draft-state-unknown", unknown.len()));
        parts.push(format!("({})", context.words.list(&unknown)));
    }
    format!("{}.", parts.join(" "))
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

fn list_apart(context: &Context<'_>, answer: &mut AnswerBuilder, key: &str, activities: &[&Activity]) {
    if activities.is_empty() {
        return;
    }
    answer.paragraph(&context.say(key, &[("period", context.period())]));
    context.list_activities(answer, activities.iter().copied());
}
