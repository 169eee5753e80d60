//! International partners by type, with the work done with each; initiatives beyond the country.

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use super::participation::{Participation, by_institution};
use crate::agreements::Scope;
use crate::db::InstitutionId;
use crate::directory::PartnerType;
use crate::reports::answer::{AnswerRow, SourceKind};
use crate::reports::records::{Activity, Agreement};

/// Returns the international partners, in the order of the options, then by name.
fn partners<'a>(context: &Context<'a>) -> Vec<(&'static str, InstitutionId, Participation<'a>)> {
    let partner = |(id, participation): (InstitutionId, Participation<'a>)| {
        let institution = context.records.institutions.get(&id)?;
        let is_international = institution.is_international(&context.records.country_code);
        is_international.then(|| (option(institution.partner_type), id, participation))
    };
    let all = by_institution(context, |one| one.holds_on(context.to));
    let mut partners: Vec<_> = all.into_iter().filter_map(partner).collect();
    let rank = |option: &str| OPTIONS.iter().position(|one| *one == option);
    partners.sort_by_key(|(option, id, _)| (rank(option), context.records.institution_name(*id)));
    partners
}

const OPTIONS: &[&str] = &["pathfinder_countries", "ilo", "un_agencies", "intl_cso", "other"];

/// Returns the option for a partner; one without a type is among the others.
fn option(partner: Option<PartnerType>) -> &'static str {
    match partner {
        Some(PartnerType::PathfinderCountry) => "pathfinder_countries",
        Some(PartnerType::Ilo) => "ilo",
        Some(PartnerType::UnAgency) => "un_agencies",
        Some(PartnerType::InternationalCso) => "intl_cso",
        Some(PartnerType::Other) | None => "other",
    }
}

/// `intl_partner_types`: the types of all partners of the period.
pub(super) fn types(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let mut others = Vec::new();
    for (option, id, _) in partners(context) {
        answer.choose(option);
        let name = context.records.institution_name(id);
        answer.cite(SourceKind::Institution, id, name);
        if option == "other" {
            others.push(name.to_owned());
        }
    }
    if !others.is_empty() {
        answer.other(others.join("; "));
    }
    answer
}

/// `intl_partner_detail`: one row per partner; an activity of several partners appears with each, by title and dates.
pub(super) fn detail(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    for (option, id, work) in partners(context) {
        let name = context.records.institution_name(id);
        let sentences = [work.seats(context), work.took_part(context), work.party_to(context), work.attended(context)];
        let sentences: Vec<String> = sentences.into_iter().flatten().collect();
        answer.row(AnswerRow {
            partner: Some(name.to_owned()),
            partner_type: Some(option.to_owned()),
            description: Some(sentences.join(" ")),
            ..AnswerRow::default()
        });
        answer.cite(SourceKind::Institution, id, name);
        work.cite_activities(&mut answer);
        work.agreements.iter().for_each(|one| answer.cite_agreement(one));
        work.cite_meetings(&mut answer);
        let commissions = work.commissions.iter().filter_map(|id| context.records.commission(*id));
        commissions.for_each(|one| answer.cite_commission(one));
    }
    answer
}

fn is_beyond_the_country(scope: Option<Scope>) -> bool {
    matches!(scope, Some(Scope::Regional | Scope::Global))
}

/// `regional_initiatives_flag`: yes when the records have one; without any, the question stays open.
pub(super) fn initiatives_flag(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    for activity in context.activities().filter(|one| is_beyond_the_country(one.scope)) {
        answer.choose("yes");
        answer.cite_activity(activity);
    }
    for agreement in context.agreements().filter(|one| is_beyond_the_country(one.scope)) {
        answer.choose("yes");
        answer.cite_agreement(agreement);
    }
    answer
}

/// `regional_initiatives_detail`: regional and global initiatives, then binational ones.
pub(super) fn initiatives(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let binational = |scope: Option<Scope>| scope == Some(Scope::Binational);
    scoped(context, &mut answer, "draft-initiatives", is_beyond_the_country);
    scoped(context, &mut answer, "draft-binational", binational);
    answer
}

fn scoped(context: &Context<'_>, answer: &mut AnswerBuilder, key: &str, fits: impl Fn(Option<Scope>) -> bool) {
    let activities: Vec<&Activity> = context.activities().filter(|one| fits(one.scope)).collect();
    let agreements: Vec<&Agreement> = context.agreements().filter(|one| fits(one.scope)).collect();
    if activities.is_empty() && agreements.is_empty() {
        return;
    }
    answer.paragraph(&context.say(key, &[]));
    context.list_activities(answer, activities);
    context.list_agreements(answer, agreements);
}
