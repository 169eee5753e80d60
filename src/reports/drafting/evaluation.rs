//! The evaluation of progress: the reports and registers that it rests on, its difficulties, and the parties that took
//! part.

use super::answer_builder::{AnswerBuilder, running};
use super::context::{Context, capital};
use super::grammar::{contracted, head_noun, noun_phrase};
use super::joining::joined_alike;
use super::main_question::tells_of_monitoring;
use super::overlap::sentences;
use super::progress::by_theme;
use super::{duties, measures, observations};
use crate::activities::ActivityKind;
use crate::db::unique;
use crate::rendering::escape_line;
use crate::reports::answer::{AnswerRow, SourceKind};
use crate::reports::records::{Activity, Commission, Commitment, OtherPlan};
use crate::reports::words::sentence;
use crate::text::fold_words;

/// `evaluation_tools`: reports on the progress and studies of it; without any, the registers of the commissions under their
/// plans. Both are of the type "others".
pub(super) fn tools(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let own = context.of_this_question();
    let detail = context.asked.iter().position(|one| one.question.key == "evaluation_tools_detail");
    let elsewhere = |one: &&Activity| detail.is_some() && context.main_questions.activity(one.id) == detail;
    let elsewhere: Vec<&Activity> = context.activities().filter(elsewhere).collect();
    let mut further = duties::tools(context, &mut answer);
    further.extend(measures::tool(context));
    if own.is_empty() && elsewhere.is_empty() {
        registers(context, &mut answer, further);
        return answer;
    }
    answer.choose("other");
    let mut told = AnswerBuilder::default();
    context.describe_all(&mut told, &own);
    let told = told.finish();
    let lines = told.words.text.iter().flat_map(|text| text.lines()).map(running).collect::<Vec<_>>();
    let mut parts = joined_alike(&lines, |list| context.enumerate(list));
    if own.is_empty() {
        parts.push(sentence(&context.grouped_references(&mut answer, &elsewhere).join("; ")));
    } else {
        let is_system = |one: &&Activity| head_noun(context.original_title(one)) == "sistema";
        parts.extend(elsewhere.iter().copied().filter(is_system).map(|one| context.described_elsewhere(one)));
        elsewhere.iter().for_each(|one| answer.cite_activity(one));
    }
    parts.extend(further);
    answer.other(parts.join(" "));
    told.sources.into_iter().for_each(|source| answer.cite(source.kind, source.id, &source.label));
    answer
}

/// Names the registers of the commissions and the question that describes them, without reports on the progress.
fn registers(context: &Context<'_>, answer: &mut AnswerBuilder, further: Vec<String>) {
    let bodies = registering(context);
    if bodies.is_empty() {
        if !further.is_empty() {
            answer.choose("other");
            answer.other(further.join(" "));
        }
        return;
    }
    answer.choose("other");
    let register = context.say("draft-registers", &[]);
    let detail = context.asked.iter().find(|one| one.question.key == "evaluation_tools_detail");
    let register = sentence(&match detail {
        Some(asked) => context.say("draft-reference", &[("title", register), ("n", asked.number.to_string())]),
        None => register,
    });
    answer.other([register].into_iter().chain(further).collect::<Vec<_>>().join(" "));
    bodies.iter().for_each(|one| answer.cite_commission(one));
}

/// Returns the commissions whose activities are registered: those with members, if any has them.
fn registering<'a>(context: &Context<'a>) -> Vec<&'a Commission> {
    let ids = unique(context.activities().flat_map(|one| one.commission_ids.iter().copied()));
    let kept: Vec<&Commission> =
        context.records.commissions.iter().filter(|one| ids.contains(&one.id) && one.parent_id.is_none()).collect();
    let has_members = |one: &&Commission| {
        context.records.memberships.iter().any(|member| member.commission_id == one.id && member.is_plain_member())
    };
    let bodies: Vec<&Commission> = kept.iter().copied().filter(has_members).collect();
    if bodies.is_empty() { kept } else { bodies }
}

/// Names each commission with the plan or strategy under which its register is kept.
fn registers_by_plan(context: &Context<'_>, answer: &mut AnswerBuilder) {
    let bodies = registering(context);
    let mut named = Vec::new();
    for body in &bodies {
        let Some(plan) = plan_of(context, body) else { continue };
        answer.cite(SourceKind::Plan, plan.id, &plan.title);
        answer.cite_commission(body);
        let name = context.commission(body.id).unwrap_or_default();
        let args = [("name", name), ("plan", escape_line(&noun_phrase(&plan.title, context.words.lang).text))];
        named.push(context.say("draft-register-of", &args));
    }
    if !named.is_empty() {
        let list = context.enumerate(&named);
        answer.paragraph(&contracted(&sentence(&context.say("draft-registers-of", &[("list", list)]))));
    }
}

/// Returns the plan of a commission that was in force in the period, else the last one that had begun.
fn plan_of<'a>(context: &Context<'a>, commission: &Commission) -> Option<&'a OtherPlan> {
    let begun = |plan: &&OtherPlan| {
        let starts = plan.starts.as_ref().is_some_and(|day| day.from() <= context.to);
        plan.commission_ids.contains(&commission.id) && starts
    };
    let rank = |plan: &&OtherPlan| {
        let ends = plan.ends.as_ref().map(|day| day.to());
        (ends.is_none_or(|day| day >= context.from), plan.starts.as_ref().map(|day| day.from()))
    };
    context.records.plans.iter().filter(begun).max_by_key(rank)
}

/// `evaluation_tools_detail`: studies, the follow-up of agreements, and systems in which progress is entered; without any,
/// the plans under which the commissions keep their registers.
pub(super) fn tools_detail(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let own = context.of_this_question();
    let tools = context.asked.iter().position(|one| one.question.key == "evaluation_tools");
    let has_reports =
        context.activities().any(|one| tools.is_some() && context.main_questions.activity(one.id) == tools);
    if own.is_empty() && !has_reports {
        registers_by_plan(context, &mut answer);
    }
    by_theme(context, &mut answer, &own);
    answer
}

/// `evidence_challenges`: difficulties in collecting evidence, and the commitments to report.
pub(super) fn evidence_challenges(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    observations::about_evidence(context, &mut answer);
    let original = |one: &Commitment| context.original.commitments.iter().find(|own| own.id == one.id);
    let is_to_report = |one: &&Commitment| {
        let words = fold_words(original(one).map_or("", |own| own.text.as_str()));
        let loose = one.agreement_id.is_none() && one.meeting_id.is_none();
        loose && words.split(' ').any(|word| ["informes", "reportes", "reportar"].contains(&word))
    };
    let list: Vec<&Commitment> =
        context.commitments().filter(is_to_report).filter(|one| context.first_commitment(one.id)).collect();
    context.describe_commitments(&mut answer, 0, &list);
    duties::gaps(context, &mut answer);
    answer
}

/// `stakeholder_involvement`: parties outside the state that took part in following up, with what they assisted in. Who
/// only assists takes no part in the evaluation. Levels of participation are not on record: a person marks them.
pub(super) fn stakeholders(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let outside = |id: &crate::db::InstitutionId| context.institution(*id).is_some_and(|one| !one.is_of_a_state());
    let monitors = |one: &&Activity| tells_of_monitoring(context.original_title(one));
    let original = |one: &Activity| context.original.activities.iter().find(|own| own.id == one.id);
    let follows_up = |one: &&Activity| {
        let description = original(one).and_then(|own| own.description.as_deref()).unwrap_or_default();
        one.kind == ActivityKind::Coordination && tells_of_following_up(description)
    };
    let with_outsiders = |one: &&Activity| one.parties().any(|id| outside(&id));
    let mut found: Vec<&Activity> = context.activities().filter(with_outsiders).filter(monitors).collect();
    if found.is_empty() {
        found = context.activities().filter(with_outsiders).filter(follows_up).collect();
    }
    let mut rows: Vec<(Vec<crate::db::InstitutionId>, Vec<&Activity>)> = Vec::new();
    for activity in found {
        let parties = unique(activity.parties().filter(outside));
        match rows.iter_mut().find(|(ids, _)| *ids == parties) {
            Some((_, own)) => own.push(activity),
            None => rows.push((parties, vec![activity])),
        }
    }
    let assists = |one: &&Activity| one.kind == ActivityKind::TechnicalAssistance;
    for activity in context.activities().filter(with_outsiders).filter(assists) {
        let is_part = |ids: &[crate::db::InstitutionId]| activity.parties().filter(outside).all(|id| ids.contains(&id));
        if let Some((_, own)) = rows.iter_mut().find(|(ids, _)| is_part(ids))
            && !own.iter().any(|one| one.id == activity.id)
        {
            own.push(activity);
        }
    }
    for (parties, own) in rows {
        let names: Vec<String> =
            parties.iter().filter_map(|id| context.institution(*id)).map(|one| one.name.clone()).collect();
        for id in &parties {
            answer.cite(SourceKind::Institution, id, context.records.institution_name(*id));
        }
        let (telling, others): (Vec<&Activity>, Vec<&Activity>) =
            own.iter().copied().partition(|one| following_up(context, one).is_some());
        let mut parts: Vec<String> = Vec::new();
        for activity in telling {
            answer.cite_activity(activity);
            parts.extend(
                following_up(context, activity)
                    .map(|text| sentence(&context.referred(activity, text.trim_end_matches('.').to_owned()))),
            );
        }
        parts.push(sentence(&context.grouped_references(&mut answer, &others).join("; ")));
        parts.retain(|part| !part.is_empty());
        let involvement = parts.join(" ");
        answer.row(AnswerRow {
            stakeholder: Some(context.words.list(&names)),
            involvement: Some(involvement),
            ..AnswerRow::default()
        });
    }
    answer
}

/// Returns the clause of a description that states how the parties follow up.
fn following_up(context: &Context<'_>, activity: &Activity) -> Option<String> {
    let original = context.original_of(activity).description.as_deref().map(clauses).unwrap_or_default();
    let at = original.iter().position(|one| tells_of_following_up(one))?;
    let own = activity.description.as_deref().map(clauses).unwrap_or_default();
    let clause = own.get(at).filter(|_| own.len() == original.len())?;
    Some(capital(&escape_line(clause)))
}

/// Returns the clauses of a text: its sentences, divided at semicolons.
fn clauses(text: &str) -> Vec<&str> {
    sentences(text).into_iter().flat_map(|sentence| sentence.split("; ")).collect()
}

/// Returns true if a description states that somebody follows up or watches.
fn tells_of_following_up(description: &str) -> bool {
    const VERBS: &[&str] = &["siguen", "sigue", "vigilan", "vigila", "monitorean", "monitorea", "evaluan", "evalua"];
    fold_words(description).split(' ').any(|word| VERBS.contains(&word))
}
