//! `priority_progress`: the state of regional committees; what was done for a priority, by theme and subject, with the
//! agreements and sessions of the bodies that did it; then what happened before the period, and what other questions
//! describe.

use std::collections::BTreeMap;

use super::answer_builder::AnswerBuilder;
use super::context::{Context, capital};
use super::measures::measured;
use super::subjects::Subject;
use crate::commissions::{MemberRole, OperationalState};
use crate::db::{CommissionId, unique};
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
    let own = context.of_this_question();
    let is_other = |one: &&Activity| !one.meets(context.from, context.to) && !context.is_of_last_report(one);
    let before = context.records.activities.iter().filter(linked).filter(is_other);
    let told: Vec<&Activity> = own.iter().copied().chain(before).collect();
    let elsewhere =
        |one: &&Activity| linked(one) && context.main_questions.activity(one.id) != Some(context.current.get());
    let elsewhere: Vec<&Activity> = context.activities().filter(elsewhere).collect();
    states(context, &mut answer, step);
    let work = Work { context, title: &step.title, bodies: commissions(context, &own, &branch) };
    let has_agreements = work.describe(&mut answer, &told);
    if has_agreements {
        answer.paragraph(&context.say("draft-agreements", &[]));
    }
    context.describe_agreements(&mut answer, |_| true);
    context.describe_sessions(&mut answer, &work.bodies);
    moving(context, &mut answer, &branch);
    measured(context, &mut answer, &branch);
    indicators(context, &mut answer, &work.bodies);
    if !elsewhere.is_empty() {
        let list = context.grouped_references(&mut answer, &elsewhere).join("; ");
        answer.paragraph(&sentence(&context.say("draft-elsewhere", &[("list", list)])));
    }
    if !answer.is_empty() {
        answer.cite(SourceKind::PlanItem, step.id, &step.title);
    }
    answer
}

/// The work for a priority, with the commissions that do it.
struct Work<'a, 'c> {
    context: &'a Context<'c>,
    title: &'a str,
    bodies: Vec<CommissionId>,
}

impl Work<'_, '_> {
    /// Describes activities by theme and subject, with the decisions of the bodies that did them; what was before the
    /// period is with its subject, else at the end. Returns true if themes have headings and agreements are left.
    fn describe(&self, answer: &mut AnswerBuilder, activities: &[&Activity]) -> bool {
        let deciding: Vec<CommissionId> =
            self.bodies.iter().copied().filter(|body| self.context.has_decisions(*body)).collect();
        let subjects = self.context.subjects(activities, self.title, &deciding);
        let is_old = |subject: &Subject<'_>| subject.activities.iter().all(|one| self.context.is_background(one));
        let (old, own): (Vec<Subject<'_>>, Vec<Subject<'_>>) = subjects.into_iter().partition(is_old);
        let mut groups: BTreeMap<(bool, bool, Vec<Theme>), Vec<Subject<'_>>> = BTreeMap::new();
        for subject in own {
            let themes = subject.activities.first().map(|one| themes_of(self.context, one)).unwrap_or_default();
            groups.entry((themes.is_empty(), themes.len() > 1, themes)).or_default().push(subject);
        }
        let headed = groups.len() > 1;
        for ((_, _, themes), group) in groups {
            head(self.context, answer, headed, &themes);
            self.describe_subjects(answer, group);
        }
        let background: Vec<&Activity> = old.into_iter().flat_map(|one| one.activities).collect();
        self.context.describe_by_instrument(answer, &background);
        headed && self.context.has_agreements_left()
    }

    /// Describes subjects. Those of bodies with decisions: results, agreements, then the rest; sessions come first.
    fn describe_subjects(&self, answer: &mut AnswerBuilder, subjects: Vec<Subject<'_>>) {
        let mut plain = Vec::new();
        for subject in subjects {
            if subject.bodies.is_empty() {
                plain.push(subject);
                continue;
            }
            self.context.describe_subjects(answer, &std::mem::take(&mut plain));
            let (results, others) = subject.results_first();
            if self.context.has_agreements_of(&subject.bodies) {
                self.context.describe_subjects(answer, &[results]);
                self.context.describe_agreements(answer, |one| self.context.is_of_bodies(one, &subject.bodies));
                self.context.describe_sessions(answer, &subject.bodies);
                self.context.describe_subjects(answer, &[others]);
            } else {
                self.context.describe_sessions(answer, &subject.bodies);
                self.context.describe_subjects(answer, std::slice::from_ref(&subject));
            }
            indicators(self.context, answer, &subject.bodies);
        }
        self.context.describe_subjects(answer, &plain);
    }
}

/// Writes the heading of a group of themes, if there are several groups.
fn head(context: &Context<'_>, answer: &mut AnswerBuilder, headed: bool, themes: &[Theme]) {
    match (headed, themes.is_empty()) {
        (false, _) => {}
        (true, false) => answer.paragraph(&format!("**{}**", capital(&context.themes(themes)))),
        (true, true) => answer.paragraph(&format!("**{}**", context.say("draft-no-theme", &[]))),
    }
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
        head(context, answer, headed, &themes);
        context.describe_all(answer, &group);
    }
}

/// Returns the themes under which an activity is described: of several, that of its commissions if it is one.
pub(super) fn themes_of(context: &Context<'_>, activity: &Activity) -> Vec<Theme> {
    if activity.themes.len() < 2 {
        return activity.themes.clone();
    }
    let known = |id: &CommissionId| context.records.commission(*id);
    let of_bodies = unique(activity.commission_ids.iter().filter_map(known).flat_map(|one| one.themes.iter().copied()));
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
    unique(ids)
}

/// Lists commitments without agreement or session that were completed or reported on in the period.
fn moving(context: &Context<'_>, answer: &mut AnswerBuilder, branch: &[crate::db::PlanItemId]) {
    let fulfilled = |one: &Commitment| one.completed_on().is_some_and(|day| day >= context.from && day <= context.to);
    let is_described = |one: &&Commitment| {
        let loose = one.agreement_id.is_none() && one.meeting_id.is_none();
        one.serves(branch) && loose && (fulfilled(one) || one.reported_in(context.from, context.to))
    };
    let list: Vec<&Commitment> =
        context.commitments().filter(is_described).filter(|one| context.first_commitment(one.id)).collect();
    context.describe_commitments(answer, 0, &list);
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
        let secretariats = context.say("draft-states-secretariats", &[]);
        match parts.get(1).map(|norms| norms.trim_end_matches('.').to_owned()) {
            Some(norms) => {
                parts.truncate(1);
                let args = [("first", norms), ("second", context.continued(&secretariats))];
                parts.push(context.say("draft-both", &args));
            }
            None => parts.push(secretariats),
        }
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
