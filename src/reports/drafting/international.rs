//! International partners by type, with the work done with each; initiatives beyond the country.

use super::answer_builder::{AnswerBuilder, running};
use super::context::Context;
use super::participation::{Participation, by_institution, joined};
use crate::agreements::Scope;
use crate::db::{ActivityId, InstitutionId};
use crate::directory::PartnerType;
use crate::rendering::escape_line;
use crate::reports::answer::{AnswerRow, SourceKind};
use crate::reports::records::{Activity, Agreement};
use crate::reports::words::sentence;
use crate::text::name_key;

/// Returns the international partners, in the order of the options, then by name. A body without a type is no partner
/// that the question asks for.
fn partners<'a>(context: &Context<'a>) -> Vec<(&'static str, InstitutionId, Participation<'a>)> {
    let partner = |(id, work): (InstitutionId, Participation<'a>)| {
        let institution = context.institution(id)?;
        let acts = !work.activities.is_empty() || !work.agreements.is_empty() || !work.commissions.is_empty();
        let is_partner = institution.is_international(&context.records.country_code) && acts;
        institution.partner_type.filter(|_| is_partner).map(|kind| (option(kind), id, work))
    };
    let all = joined(context, by_institution(context, |one| one.holds_on(context.to)));
    let mut partners: Vec<_> = all.into_iter().filter_map(partner).collect();
    let rank = |option: &str| OPTIONS.iter().position(|one| *one == option);
    partners.sort_by_key(|(option, id, _)| (rank(option), name_key(original_name(context, *id))));
    partners
}

fn original_name<'a>(context: &Context<'a>, id: InstitutionId) -> &'a str {
    context.original.institution_name(id)
}

const OPTIONS: &[&str] = &["pathfinder_countries", "ilo", "un_agencies", "intl_cso", "other"];

fn option(partner: PartnerType) -> &'static str {
    match partner {
        PartnerType::PathfinderCountry => "pathfinder_countries",
        PartnerType::Ilo => "ilo",
        PartnerType::UnAgency => "un_agencies",
        PartnerType::InternationalCso => "intl_cso",
        PartnerType::Other => "other",
    }
}

/// `intl_partner_types`: the types of all partners of the period.
pub(super) fn types(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let mut others = Vec::new();
    for (option, id, work) in partners(context) {
        answer.choose(option);
        let name = context.records.institution_name(id);
        answer.cite(SourceKind::Institution, id, name);
        work.be_basis(context, &mut answer);
        if option == "other" {
            others.push(name.to_owned());
        }
    }
    if !others.is_empty() {
        answer.other(sentence(&others.join("; ")));
    }
    answer
}

/// `intl_partner_detail`: one row per partner, or per partners of one type that did the same: the commissions that they
/// follow, and their activities, described here or named with the question that describes them.
pub(super) fn detail(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let mut groups: Vec<(&'static str, Vec<InstitutionId>, Participation<'_>)> = Vec::new();
    for (option, id, work) in partners(context) {
        let ids = |one: &Participation<'_>| -> Vec<_> { one.activities.iter().map(|activity| activity.id).collect() };
        let same = |group: &&mut (&'static str, Vec<InstitutionId>, Participation<'_>)| {
            group.0 == option && ids(&group.2) == ids(&work) && group.2.commissions == work.commissions
        };
        match groups.iter_mut().find(same) {
            Some((_, members, _)) => members.push(id),
            None => groups.push((option, vec![id], work)),
        }
    }
    let mut told: Vec<ActivityId> = Vec::new();
    for (option, members, work) in groups {
        let names: Vec<String> = members.iter().map(|id| context.records.institution_name(*id).to_owned()).collect();
        context.muted.borrow_mut().clone_from(&members);
        let described = description(context, &mut answer, (&work, members.len()), &mut told);
        context.muted.borrow_mut().clear();
        answer.row(AnswerRow {
            partner: Some(context.words.list(&names)),
            partner_type: Some(option.to_owned()),
            description: Some(described),
            ..AnswerRow::default()
        });
        for id in members {
            answer.cite(SourceKind::Institution, id, context.records.institution_name(id));
        }
    }
    rest(context, &mut answer, &told);
    answer
}

/// The number of words up to which the title of an initiative is here too.
const LONG_TITLE: usize = 10;

/// Returns true if the question on initiatives beyond the country describes an activity.
fn is_beyond(context: &Context<'_>, activity: &Activity) -> bool {
    let place = context.main_questions.activity(activity.id).and_then(|place| context.asked.get(place));
    place.is_some_and(|asked| asked.question.key == "regional_initiatives_detail")
}

fn description(
    context: &Context<'_>,
    answer: &mut AnswerBuilder,
    (work, partners): (&Participation<'_>, usize),
    told: &mut Vec<ActivityId>,
) -> String {
    let mut parts = Vec::new();
    let seats: Vec<String> = work.commissions.iter().filter_map(|id| context.commission(*id)).collect();
    if !seats.is_empty() {
        let args = [("names", context.words.list(&seats))];
        parts.push(sentence(&context.count_with("draft-accompanies", partners, &args)));
    }
    let here = context.current.get();
    let is_new = |one: &&&Activity| context.main_questions.activity(one.id) == Some(here) && !told.contains(&one.id);
    let new: Vec<&Activity> = work.activities.iter().filter(is_new).copied().collect();
    let mut own = AnswerBuilder::default();
    context.describe_all(&mut own, &new);
    told.extend(new.iter().map(|one| one.id));
    let own = own.finish();
    parts.extend(own.words.text.iter().map(|text| running(text)));
    let named: Vec<&Activity> =
        work.activities.iter().copied().filter(|one| !new.iter().any(|own| own.id == one.id)).collect();
    let is_initiative = |one: &&Activity| one.title.split_whitespace().count() > LONG_TITLE && is_beyond(context, one);
    let (initiatives, named): (Vec<&Activity>, Vec<&Activity>) = named.into_iter().partition(is_initiative);
    let mut list = context.grouped_references(answer, &named);
    let is_loose = |one: &&&Agreement| !context.main_questions.has_source(one.id);
    list.extend(work.agreements.iter().filter(is_loose).map(|one| escape_line(&one.title)));
    initiatives.iter().for_each(|one| answer.cite_activity(one));
    list.extend(initiatives.first().map(|one| context.referred(one, context.say("draft-initiatives", &[]))));
    if !list.is_empty() {
        parts.push(sentence(&list.join("; ")));
    }
    own.sources.into_iter().for_each(|source| answer.cite(source.kind, source.id, &source.label));
    work.cite(context, answer);
    parts.join(" ")
}

/// Tells what belongs to this question and was done with bodies that are no partner of a type.
fn rest(context: &Context<'_>, answer: &mut AnswerBuilder, told: &[ActivityId]) {
    let left: Vec<&Activity> = context.of_this_question().into_iter().filter(|one| !told.contains(&one.id)).collect();
    context.describe_all(answer, &left);
    context.describe_agreements(answer, |_| true);
}

fn is_beyond_the_country(scope: Option<Scope>) -> bool {
    matches!(scope, Some(Scope::Regional | Scope::Global))
}

fn of_initiatives<'a>(context: &Context<'a>) -> (Vec<&'a Activity>, Vec<&'a Agreement>) {
    let counts =
        |one: &&Agreement| is_beyond_the_country(one.scope) && context.main_questions.agreement(one.id).is_some();
    let activities = context.activities().filter(|one| is_beyond_the_country(one.scope)).collect();
    (activities, context.records.agreements.iter().filter(counts).collect())
}

/// `regional_initiatives_flag`: yes when the records have one; without any, the question stays open.
pub(super) fn initiatives_flag(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let (activities, agreements) = of_initiatives(context);
    if !activities.is_empty() || !agreements.is_empty() {
        answer.choose("yes");
    }
    activities.into_iter().for_each(|one| answer.cite_activity(one));
    agreements.into_iter().for_each(|one| answer.cite_agreement(one));
    answer
}

/// `regional_initiatives_detail`: regional and global initiatives.
pub(super) fn initiatives(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    context.describe_all(&mut answer, &context.of_this_question());
    context.describe_agreements(&mut answer, |_| true);
    let here = context.current.get();
    let (activities, _) = of_initiatives(context);
    let elsewhere: Vec<&Activity> =
        activities.into_iter().filter(|one| context.main_questions.activity(one.id) != Some(here)).collect();
    if !elsewhere.is_empty() {
        let told: Vec<String> = elsewhere.iter().map(|one| context.described_elsewhere(one)).collect();
        answer.paragraph(&told.join(" "));
        elsewhere.iter().for_each(|one| answer.cite_activity(one));
    }
    answer
}
