//! National partners: the members of each commission by sector, the work with them, and what is new.

use super::answer_builder::AnswerBuilder;
use super::context::{Context, capital};
use super::grammar::{body_name, contracted};
use super::joining::predicate;
use super::participation::{Participation, by_institution};
use crate::commissions::{MemberRole, OperationalState};
use crate::db::InstitutionId;
use crate::directory::Sector;
use crate::rendering::escape_line;
use crate::reports::answer::SourceKind;
use crate::reports::records::{Activity, Commission, Institution, Membership};
use crate::reports::words::sentence;

/// The number of members of a sector from which regional governments are only counted.
const MANY: usize = 8;

/// Returns the option for a sector; some have none.
fn option(sector: Sector) -> Option<&'static str> {
    match sector {
        Sector::Government => Some("ministries"),
        Sector::Employers => Some("employers"),
        Sector::Workers => Some("workers"),
        Sector::CivilSociety => Some("local_cso"),
        Sector::Survivors => Some("survivors"),
        Sector::PrivateSector => Some("private_sector"),
        _ => None,
    }
}

/// Returns the national institutions with a seat in a commission, a part in an activity or in an agreement.
fn partners<'a>(context: &Context<'a>) -> Vec<(InstitutionId, &'a Institution, Participation<'a>)> {
    let partner = |(id, work): (InstitutionId, Participation<'a>)| {
        let institution = context.institution(id)?;
        let acts = !work.commissions.is_empty() || !work.activities.is_empty() || !work.agreements.is_empty();
        let is_national = !institution.is_international(&context.records.country_code);
        (acts && is_national).then_some((id, institution, work))
    };
    let all = by_institution(context, |one| one.meets(context.from, context.to));
    all.into_iter().filter_map(partner).collect()
}

/// `national_partner_types`: the sectors of the partners.
pub(super) fn types(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let mut found: Vec<&'static str> = Vec::new();
    for (id, institution, work) in partners(context) {
        if let Some(option) = option(institution.sector) {
            answer.cite(SourceKind::Institution, id, &institution.name);
            work.be_basis(context, &mut answer);
            found.push(option);
        }
    }
    let order = ["private_sector", "employers", "workers", "local_cso", "ministries", "survivors"];
    order.iter().filter(|option| found.contains(option)).for_each(|option| answer.choose(option));
    answer
}

/// `national_partner_detail`: the work with partners that belongs to no priority, the agreements with them, and the members
/// of each commission by sector, as far as they are not named.
pub(super) fn detail(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let own = context.of_this_question();
    let (of_partners, others): (Vec<&Activity>, Vec<&Activity>) =
        own.iter().copied().partition(|one| work_of_partners(context, one).is_some());
    for activity in of_partners {
        answer.bullet(0, &work_of_partners(context, activity).unwrap_or_default());
        answer.cite_activity(activity);
    }
    context.describe_all(&mut answer, &others);
    context.describe_agreements(&mut answer, |_| true);
    let mut named: Vec<InstitutionId> = own.iter().flat_map(|one| one.parties()).collect();
    let today: Vec<&Membership> = context.records.memberships.iter().filter(|one| one.holds_on(context.to)).collect();
    let families = context.records.families();
    for commission in &context.records.commissions {
        let of_family = families.iter().any(|(_, family)| family.iter().any(|one| one.id == commission.id));
        let members: Vec<&Membership> =
            today.iter().copied().filter(|one| one.commission_id == commission.id).collect();
        let is_new = |one: &&Membership| one.is_plain_member() && !named.contains(&one.institution_id);
        let told_before = own.iter().any(|one| one.commission_ids.contains(&commission.id));
        let new: Vec<&Membership> = match told_before {
            true => members.iter().copied().filter(is_new).collect(),
            false => members.iter().copied().filter(|one| one.is_plain_member()).collect(),
        };
        if !of_family && !new.is_empty() && has_partners(context, &members, &new) {
            answer.paragraph(&body(context, commission, &members, &new));
            answer.cite_commission(commission);
            named.extend(new.iter().map(|one| one.institution_id));
        }
    }
    answer
}

/// Writes what partners do in a commission, if the description goes on about them: `En el comité, A y B, organizaciones de
/// empleadores, opinan sobre los planes.`
fn work_of_partners(context: &Context<'_>, activity: &Activity) -> Option<String> {
    let is_whole = activity.result.is_none() && activity.starts.is_none() && activity.evidence.is_empty();
    let [body] = activity.commission_ids.as_slice() else { return None };
    let description = activity.description.as_deref().filter(|_| is_whole && activity.partner_ids.len() > 1)?;
    let predicate = predicate(description, context.lang())?;
    let sectors: Vec<Sector> =
        activity.partner_ids.iter().filter_map(|id| context.institution(*id)).map(|one| one.sector).collect();
    let of_state = |id: &InstitutionId| context.institution(*id).is_some_and(Institution::is_of_a_state);
    let first = sectors.first().filter(|first| sectors.iter().all(|one| one == *first));
    let sector = match first {
        _ if activity.partner_ids.iter().all(of_state) => String::new(),
        Some(Sector::CivilSociety) => format!(", {},", context.say("draft-civil-society", &[])),
        Some(sector) => {
            let name = context.say(&format!("report-sector-{}", sector.as_str().replace('_', "-")), &[]);
            format!(", {},", context.continued(&name))
        }
        None => return None,
    };
    let names = format!("{}{sector}", context.institutions(&activity.partner_ids));
    let args = [
        ("body", context.commission(*body)?),
        ("names", names),
        ("text", escape_line(predicate.trim_end_matches('.'))),
    ];
    Some(contracted(&sentence(&context.say("draft-work-of-partners", &args))))
}

/// Returns true if a body has members other than parts of the body that leads it, and is not mostly of regional
/// governments.
fn has_partners(context: &Context<'_>, members: &[&Membership], new: &[&Membership]) -> bool {
    let leads: Vec<InstitutionId> =
        members.iter().filter(|one| one.role == MemberRole::Lead).map(|one| one.institution_id).collect();
    let is_regional = |one: &&&Membership| {
        context.institution(one.institution_id).is_some_and(|own| own.sector == Sector::RegionalGovernment)
    };
    let is_part = |id: InstitutionId| context.superiors(id).iter().any(|above| leads.contains(above));
    let regional = new.iter().filter(is_regional).count();
    regional * 2 <= new.len() && new.iter().any(|member| !is_part(member.institution_id))
}

/// Writes one body: who leads it, what it does, and its members by sector.
fn body(context: &Context<'_>, commission: &Commission, members: &[&Membership], new: &[&Membership]) -> String {
    let with_role = |role: MemberRole| -> Vec<InstitutionId> {
        members.iter().filter(|one| one.role == role).map(|one| one.institution_id).collect()
    };
    let name = escape_line(&capital(&body_name(&commission.name, context.lang())));
    let leads = with_role(MemberRole::Lead);
    let head = match leads.is_empty() {
        true => name,
        false => context.say("draft-led-by", &[("name", name), ("lead", context.institutions(&leads))]),
    };
    let mut sectors = Vec::new();
    for sector in Sector::ALL {
        let own: Vec<InstitutionId> = new
            .iter()
            .map(|one| one.institution_id)
            .filter(|id| context.institution(*id).is_some_and(|one| one.sector == *sector))
            .collect();
        if own.is_empty() {
            continue;
        }
        let label = context.say(&format!("report-sector-{}", sector.as_str().replace('_', "-")), &[]);
        let names: Vec<String> = own.iter().map(|id| escape_line(context.records.institution_name(*id))).collect();
        sectors.push(match *sector == Sector::RegionalGovernment && own.len() > MANY {
            true => sentence(&format!("{} ({})", label, context.number(own.len()))),
            false => sentence(&format!("{}: {}", label, names.join(", "))),
        });
    }
    let mut parts = vec![format!("**{head}.**")];
    if let Some(function) = &commission.function {
        parts.push(escape_line(&context.fresh(&sentence(function))));
    }
    parts.extend(sectors);
    parts.retain(|part| !part.is_empty());
    contracted(&parts.join(" "))
}

/// `national_collab_improvement`: courses and other work with new partners, new memberships, commissions active again, and
/// what several commissions did together.
pub(super) fn improvement(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    context.describe_all(&mut answer, &context.of_this_question());
    let begun = |one: &&Membership| one.from.is_some_and(|from| from >= context.from && from <= context.to);
    for commission in &context.records.commissions {
        let new: Vec<InstitutionId> = context
            .records
            .memberships
            .iter()
            .filter(begun)
            .filter(|one| one.commission_id == commission.id)
            .map(|one| one.institution_id)
            .collect();
        let name = context.commission(commission.id).unwrap_or_default();
        if !new.is_empty() {
            let args = [("commission", name.clone()), ("names", context.institutions(&new))];
            answer.bullet(0, &sentence(&contracted(&context.count_with("draft-new-members", new.len(), &args))));
            answer.cite_commission(commission);
        }
        if revived(context, commission) {
            answer.bullet(0, &capital(&context.say("draft-revived", &[("commission", name)])));
            answer.cite_commission(commission);
        }
    }
    let joint: Vec<&Activity> = context.activities().filter(|one| is_joint(context, one)).collect();
    for activity in joint {
        answer.bullet(0, &context.described_elsewhere(activity));
        answer.cite_activity(activity);
    }
    answer
}

/// Returns true if several commissions did it together and alone; a commission and its own part are one.
fn is_joint(context: &Context<'_>, activity: &Activity) -> bool {
    let known = |id: &crate::db::CommissionId| context.records.commission(*id);
    let bodies: Vec<&Commission> = activity.commission_ids.iter().filter_map(known).collect();
    let is_part = |one: &&&Commission| {
        let is_group = one.kind == crate::commissions::CommissionKind::WorkingGroup;
        is_group || one.parent_id.is_some_and(|parent| bodies.iter().any(|other| other.id == parent))
    };
    let is_foreign = |id: InstitutionId| {
        context.institution(id).is_some_and(|one| one.is_international(&context.records.country_code))
    };
    bodies.iter().filter(|one| !is_part(one)).count() > 1 && !activity.parties().any(is_foreign)
}

/// Returns true if an inactive commission became active in the period.
fn revived(context: &Context<'_>, commission: &Commission) -> bool {
    let states = &commission.states;
    states.iter().zip(states.iter().skip(1)).any(|((_, before), (since, after))| {
        *before == OperationalState::Inactive
            && *after == OperationalState::Active
            && *since >= context.from
            && *since <= context.to
    })
}
