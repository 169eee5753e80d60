//! `priority_progress`: what was done for a priority, by theme, commission and kind; what lies outside the period
//! stands apart and is never dropped.

use std::collections::BTreeMap;

use super::frame::{Frame, capital};
use super::sheet::Sheet;
use crate::db::PlanItemId;
use crate::reports::model::SourceKind;
use crate::reports::questionnaire::Step;
use crate::reports::records::{Activity, Commission, Commitment};
use crate::reports::words::plain;
use crate::themes::Theme;

/// The order in which kinds of activity are told: results first, talk last.
const KINDS: &[&str] = &[
    "legal_instrument",
    "protocol",
    "recognition",
    "milestone",
    "publication",
    "survey",
    "study",
    "training",
    "workshop",
    "seminar",
    "course",
    "talk",
    "campaign",
    "commemoration",
    "inspection_operation",
    "technical_assistance",
    "exchange",
    "coordination",
    "meeting",
    "other",
];

/// What the record knows of one priority, parted by whether it may be counted.
struct Linked<'a> {
    inside: Vec<&'a Activity>,
    outside: Vec<&'a Activity>,
    undated: Vec<&'a Activity>,
    unvalidated: usize,
    restricted: usize,
}

impl<'a> Linked<'a> {
    fn with(frame: &Frame<'a>, branch: &[PlanItemId]) -> Self {
        let mut linked =
            Self { inside: Vec::new(), outside: Vec::new(), undated: Vec::new(), unvalidated: 0, restricted: 0 };
        let of_branch = |one: &&Activity| one.plan_item_ids.iter().any(|id| branch.contains(id));
        for activity in frame.records.activities.iter().filter(of_branch) {
            let meets = activity.meets(frame.from, frame.to);
            match (activity.counts(), activity.span().is_some()) {
                (false, _) if activity.status == "validated" => linked.restricted += usize::from(meets),
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

pub fn priority(frame: &Frame<'_>, step: &Step) -> Sheet {
    let mut sheet = Sheet::default();
    let branch = frame.records.roadmap.branch(step.id);
    let linked = Linked::with(frame, &branch);
    let promised: Vec<&Commitment> =
        frame.commitments().filter(|one| one.plan_item_ids.iter().any(|id| branch.contains(id))).collect();
    if linked.inside.is_empty() && (!linked.outside.is_empty() || !linked.undated.is_empty()) {
        sheet.paragraph(&frame.say("draft-progress-none", &[("period", frame.period())]));
    }
    if !linked.inside.is_empty() {
        sheet.paragraph(&summary(frame, &linked.inside));
        groups(frame, &mut sheet, &linked.inside);
    }
    agreements(frame, &mut sheet, &promised);
    commitments(frame, &mut sheet, &promised);
    states(frame, &mut sheet, step);
    apart(frame, &mut sheet, "draft-outside", &linked.outside);
    apart(frame, &mut sheet, "draft-undated-apart", &linked.undated);
    if linked.unvalidated > 0 {
        sheet.paragraph(&frame.count("draft-unvalidated", linked.unvalidated));
    }
    if linked.restricted > 0 {
        sheet.paragraph(&frame.count("draft-restricted", linked.restricted));
    }
    if !sheet.is_empty() {
        sheet.cite(SourceKind::PlanItem, step.id, &step.title);
    }
    sheet
}

/// How many activities, how often, how many trainings, how many people; and how many records do not say.
pub fn summary(frame: &Frame<'_>, activities: &[&Activity]) -> String {
    let args = |n: usize| ("activities", frame.count("draft-activities", n));
    let mut parts = Vec::new();
    let first = [("period", frame.period()), args(activities.len())];
    let (times, silent) = occurrences(activities);
    let once_each = times == activities.len() && silent == 0;
    let all_silent = silent == activities.len();
    parts.push(match once_each || all_silent {
        true => frame.say("draft-progress-sum", &first),
        false => {
            let [period, activities] = first;
            let times = ("times", frame.count("draft-occurrences", times));
            frame.say("draft-progress-sum-times", &[period, activities, times])
        }
    });
    if all_silent && silent > 1 {
        parts.push(frame.say("draft-occurrences-none", &[]));
    } else if silent > 0 {
        parts.push(frame.count("draft-occurrences-silent", silent));
    }
    let trainings: Vec<&Activity> = activities.iter().copied().filter(|one| one.is_training()).collect();
    if !trainings.is_empty() {
        parts.push(frame.count("draft-trainings", trainings.len()));
        parts.extend(people(frame, &trainings));
    }
    parts.join(" ")
}

/// How many took part in trainings, and how many of these do not state it.
fn people(frame: &Frame<'_>, trainings: &[&Activity]) -> Option<String> {
    let stated: Vec<usize> = trainings.iter().filter_map(|one| one.participants.headcount()).collect();
    let silent = trainings.len() - stated.len();
    let total = stated.iter().sum();
    if stated.is_empty() {
        let key = if silent == 1 { "draft-people-unstated-single" } else { "draft-people-unstated-all" };
        return Some(frame.say(key, &[]));
    }
    let sum = frame.count("draft-people", total);
    match silent {
        0 => Some(sum),
        _ => Some(format!("{sum} {}", frame.count("draft-people-unstated", silent))),
    }
}

/// The sum of stated occurrences, and how many records state none.
fn occurrences(activities: &[&Activity]) -> (usize, usize) {
    let stated = activities.iter().filter_map(|one| one.occurrences).map(|n| usize::try_from(n).unwrap_or(0)).sum();
    (stated, activities.iter().filter(|one| one.occurrences.is_none()).count())
}

type GroupKey = (bool, Vec<Theme>, bool, Vec<usize>);

fn groups(frame: &Frame<'_>, sheet: &mut Sheet, activities: &[&Activity]) {
    let mut groups: BTreeMap<GroupKey, Vec<&Activity>> = BTreeMap::new();
    for activity in activities {
        let places: Vec<usize> = activity
            .commission_ids
            .iter()
            .filter_map(|id| frame.records.commissions.iter().position(|one| one.id == *id))
            .collect();
        let key = (activity.themes.is_empty(), activity.themes.clone(), places.is_empty(), places);
        groups.entry(key).or_default().push(activity);
    }
    for group in groups.into_values() {
        let Some(first) = group.first() else { continue };
        sheet.paragraph(&heading(frame, first));
        for kind in KINDS {
            let mut of_kind: Vec<&Activity> = group.iter().copied().filter(|one| one.kind == *kind).collect();
            of_kind.sort_by_key(|one| (one.span(), one.id));
            kind_list(frame, sheet, kind, &of_kind);
        }
    }
}

/// `**Trabajo forzoso · CAMTRAFOR**`
fn heading(frame: &Frame<'_>, activity: &Activity) -> String {
    let theme = match activity.themes.as_slice() {
        [] => frame.say("draft-no-theme", &[]),
        themes => frame.themes(themes),
    };
    match activity.commission_ids.as_slice() {
        [] => format!("**{}**", capital(&theme)),
        ids => format!("**{} · {}**", capital(&theme), frame.commissions(ids)),
    }
}

fn kind_list(frame: &Frame<'_>, sheet: &mut Sheet, kind: &str, activities: &[&Activity]) {
    if activities.is_empty() {
        return;
    }
    let name = frame.say(&format!("report-kind-{}", kind.replace('_', "-")), &[]);
    sheet.bullet(0, &format!("{name} ({}):", frame.number(activities.len())));
    for activity in activities {
        sheet.bullet(1, &frame.tell(activity));
        frame.cite_activity(sheet, activity);
    }
}

fn agreements(frame: &Frame<'_>, sheet: &mut Sheet, promised: &[&Commitment]) {
    let ids: Vec<_> = promised.iter().filter_map(|one| one.agreement_id).collect();
    let adopted: Vec<_> = frame.agreements().filter(|one| ids.contains(&one.id)).collect();
    if adopted.is_empty() {
        return;
    }
    sheet.paragraph(&frame.say("draft-agreements", &[]));
    for agreement in adopted {
        sheet.bullet(0, &frame.agreement(agreement));
        frame.cite_agreement(sheet, agreement);
    }
}

/// Commitments fulfilled in the period, and those that were reported on and are still open.
fn commitments(frame: &Frame<'_>, sheet: &mut Sheet, promised: &[&Commitment]) {
    let fulfilled = |one: &Commitment| one.completed_on().is_some_and(|day| day >= frame.from && day <= frame.to);
    let (done, others): (Vec<&Commitment>, Vec<&Commitment>) = promised.iter().copied().partition(|one| fulfilled(one));
    let moving: Vec<_> =
        others.into_iter().filter(|one| one.is_open() && one.reported_in(frame.from, frame.to)).collect();
    for (key, list) in [("draft-commitments-done", done), ("draft-commitments-moving", moving)] {
        if !list.is_empty() {
            sheet.paragraph(&frame.say(key, &[]));
        }
        for commitment in list {
            sheet.bullet(0, &frame.commitment(commitment));
            frame.cite_commitment(sheet, commitment);
        }
    }
}

/// The table of states of the regional committees that the priority names by their acronym.
fn states(frame: &Frame<'_>, sheet: &mut Sheet, step: &Step) {
    for (_, family) in frame.records.families() {
        let stem = stem(&family);
        if stem.len() < 3 || !step.title.contains(&stem) {
            continue;
        }
        sheet.paragraph(&family_states(frame, &stem, &family));
        for commission in family {
            sheet.cite(SourceKind::Commission, commission.id, commission.label());
        }
    }
}

/// How many committees of a family are active, inactive or unknown on the last day of the period, and which.
pub fn family_states(frame: &Frame<'_>, name: &str, family: &[&Commission]) -> String {
    let of = |state: &str| -> Vec<String> {
        let those = family.iter().filter(|one| one.state_on(frame.to) == state);
        those.map(|one| plain(one.territory.as_deref().unwrap_or(one.label()))).collect()
    };
    let day = frame.words.day(frame.to);
    let head = [("day", day), ("name", plain(name)), ("n", frame.number(family.len()))];
    let mut parts = vec![frame.say("draft-states", &head)];
    for (state, key) in [("active", "draft-state-active"), ("inactive", "draft-state-inactive")] {
        let names = of(state);
        parts.push(frame.count(key, names.len()));
        if state == "inactive" && !names.is_empty() {
            parts.push(format!("({})", frame.words.list(&names)));
        }
    }
    let unknown = of("unknown");
    if !unknown.is_empty() {
        parts.push(frame.count("draft-state-unknown", unknown.len()));
        parts.push(format!("({})", frame.words.list(&unknown)));
    }
    format!("{}.", parts.join(" "))
}

/// What the acronyms of a family begin with: `CDRPETI` of `CDRPETI-Áncash`, `CDRPETI-Puno`.
pub fn stem(family: &[&Commission]) -> String {
    let mut acronyms = family.iter().filter_map(|one| one.acronym.as_deref());
    let Some(first) = acronyms.next() else { return String::new() };
    let mut length = first.len();
    for other in acronyms {
        let shared = first.char_indices().zip(other.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
        length = length.min(shared.unwrap_or(first.len().min(other.len())));
    }
    first.get(..length).unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn apart(frame: &Frame<'_>, sheet: &mut Sheet, key: &str, activities: &[&Activity]) {
    if activities.is_empty() {
        return;
    }
    sheet.paragraph(&frame.say(key, &[("period", frame.period())]));
    for activity in activities {
        sheet.bullet(0, &frame.tell(activity));
        frame.cite_activity(sheet, activity);
    }
}
