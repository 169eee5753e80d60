//! National partners: their seats in commissions by sector, and changes since the year before.

use chrono::NaiveDate;

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use super::participation::{Participation, by_institution};
use super::progress::{family_states, stem};
use crate::commissions::{MemberRole, OperationalState};
use crate::db::{CommissionId, InstitutionId};
use crate::directory::Sector;
use crate::rendering::escape_line;
use crate::reports::answer::{AnswerRow, SourceKind};
use crate::reports::records::{Commission, Institution, Membership};
use crate::reports::words::sentence;

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

/// Returns the national institutions with a seat in a commission or a part in an activity.
fn partners<'a>(context: &Context<'a>) -> Vec<(InstitutionId, &'a Institution, Participation<'a>)> {
    let partner = |(id, mut work): (InstitutionId, Participation<'a>)| {
        let institution = context.records.institutions.get(&id)?;
        let takes_part = !work.commissions.is_empty() || !work.activities.is_empty();
        let mut seen: Vec<CommissionId> = Vec::new();
        work.commissions.retain(|id| {
            let is_new = !seen.contains(id);
            seen.push(*id);
            is_new
        });
        let is_national = !institution.is_international(&context.records.country_code);
        (takes_part && is_national).then_some((id, institution, work))
    };
    let all = by_institution(context, |one| one.meets(context.from, context.to));
    all.into_iter().filter_map(partner).collect()
}

/// `national_partner_types`: the sectors with a seat in a commission or a part in an activity.
pub(super) fn types(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let mut without_box: Vec<String> = Vec::new();
    let mut found: Vec<&'static str> = Vec::new();
    for (id, institution, _) in partners(context) {
        answer.cite(SourceKind::Institution, id, &institution.name);
        match option(institution.sector) {
            Some(option) => found.push(option),
            None => {
                let name = context.say(&sector_key(institution.sector), &[]);
                if !without_box.contains(&name) {
                    without_box.push(name);
                }
            }
        }
    }
    let order = ["private_sector", "employers", "workers", "local_cso", "ministries", "survivors"];
    order.iter().filter(|option| found.contains(option)).for_each(|option| answer.choose(option));
    if !without_box.is_empty() {
        let value = context.words.list(&without_box);
        answer.paragraph(&sentence(&context.say("draft-without-box", &[("value", value)])));
    }
    answer
}

fn sector_key(sector: Sector) -> String {
    format!("report-sector-{}", sector.as_str().replace('_', "-"))
}

/// `national_partner_detail`: the members of each commission by sector, and one row per partner.
pub(super) fn detail(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let today: Vec<&Membership> = context.records.memberships.iter().filter(|one| one.holds_on(context.to)).collect();
    let listed: Vec<&&Membership> = today.iter().filter(|one| one.is_plain_member()).collect();
    if !listed.is_empty() {
        let mut distinct: Vec<_> = listed.iter().map(|one| one.institution_id).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let args = [
            ("memberships", context.count("draft-memberships", listed.len())),
            ("institutions", context.count("draft-institutions", distinct.len())),
            ("day", context.words.day(context.to)),
        ];
        answer.paragraph(&context.say("draft-members-sum", &args));
    }
    let families = context.records.families();
    for commission in &context.records.commissions {
        let of_family = families.iter().any(|(_, family)| family.iter().any(|one| one.id == commission.id));
        let own: Vec<&Membership> = today.iter().copied().filter(|one| one.commission_id == commission.id).collect();
        if !of_family && !own.is_empty() {
            members(context, &mut answer, commission, &own);
        }
    }
    for (parent, family) in families {
        let stem = stem(&family);
        let name = if stem.len() < 3 { parent.label().to_owned() } else { stem };
        answer.paragraph(&family_states(context, &name, &family));
    }
    rows(context, &mut answer);
    answer
}

fn members(context: &Context<'_>, answer: &mut AnswerBuilder, commission: &Commission, own: &[&Membership]) {
    let name = match &commission.acronym {
        Some(acronym) => format!("{} ({})", escape_line(&commission.name), escape_line(acronym)),
        None => escape_line(&commission.name),
    };
    let listed: Vec<&&Membership> = own.iter().filter(|one| one.is_plain_member()).collect();
    let mut head = format!("**{name}**");
    if !listed.is_empty() {
        head = format!("{head}: {}", sentence(&context.count("draft-members", listed.len())));
    }
    if let Some(declared) = commission.declared_members().filter(|declared| *declared != listed.len()) {
        head = format!("{head} {}", context.count("draft-members-declared", declared));
    }
    if let Some(function) = &commission.function {
        head = format!("{head} {}", sentence(&escape_line(function)));
    }
    answer.paragraph(&head);
    answer.cite_commission(commission);
    let names = |fits: &dyn Fn(&Membership) -> bool| -> Vec<String> {
        let those = own.iter().filter(|one| fits(one));
        those.map(|one| escape_line(context.records.institution_name(one.institution_id))).collect()
    };
    let mut line = |label: String, names: Vec<String>| {
        if !names.is_empty() {
            answer.bullet(0, &format!("{label} ({}): {}.", context.number(names.len()), names.join("; ")));
        }
    };
    line(context.say("draft-role-lead", &[]), names(&|one| one.role == MemberRole::Lead));
    line(context.say("draft-role-secretariat", &[]), names(&|one| one.role == MemberRole::Secretariat));
    for sector in Sector::ALL {
        let of_sector = |one: &Membership| {
            let institution = context.records.institutions.get(&one.institution_id);
            one.is_plain_member() && institution.is_some_and(|institution| institution.sector == *sector)
        };
        line(context.say(&sector_key(*sector), &[]), names(&of_sector));
    }
    line(context.say("draft-role-guest", &[]), names(&|one| one.is_guest()));
}

/// Adds one row per partner with its commissions and activities.
fn rows(context: &Context<'_>, answer: &mut AnswerBuilder) {
    for (id, institution, work) in partners(context) {
        let took_part = match work.activities.len() {
            0..=5 => work.took_part(context),
            many => Some(context.count("draft-took-part-count", many)),
        };
        let sentences: Vec<String> = [work.seats(context), took_part].into_iter().flatten().collect();
        answer.row(AnswerRow {
            partner: Some(institution.name.clone()),
            partner_type: option(institution.sector).map(str::to_owned),
            description: Some(sentences.join(" ")),
            ..AnswerRow::default()
        });
        answer.cite(SourceKind::Institution, id, &institution.name);
        work.cite_activities(answer);
    }
}

/// `national_collab_increased`: figures of this period and of the same months a year before; marks no choice.
pub(super) fn compared(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let back = |day: NaiveDate| day.checked_sub_months(chrono::Months::new(12)).unwrap_or(day);
    let before = Context::new(context.records, context.words.lang, back(context.from), back(context.to));
    let figures = [
        ("draft-compare-members", members_on(context), members_on(&before)),
        ("draft-compare-meetings", context.meetings().count(), before.meetings().count()),
        ("draft-compare-attendance", mean_attendance(context), mean_attendance(&before)),
        ("draft-compare-joint", joint(context), joint(&before)),
        ("draft-compare-agreements", context.agreements().count(), before.agreements().count()),
    ];
    if figures.iter().all(|(_, now, then)| now + then == 0) {
        return answer;
    }
    answer.paragraph(&context.say("draft-compare", &[("period", context.period()), ("before", before.period())]));
    for (key, now, then) in figures.into_iter().filter(|(_, now, then)| now + then > 0) {
        answer.bullet(0, &context.say(key, &[("now", context.number(now)), ("then", context.number(then))]));
    }
    context.meetings().for_each(|one| answer.cite_meeting(one));
    context.agreements().for_each(|one| answer.cite_agreement(one));
    context.activities().filter(|one| one.commission_ids.len() > 1).for_each(|one| answer.cite_activity(one));
    answer
}

fn members_on(context: &Context<'_>) -> usize {
    context.records.memberships.iter().filter(|one| one.holds_on(context.to)).count()
}

/// Returns the average number of institutions present at a meeting, rounded down.
fn mean_attendance(context: &Context<'_>) -> usize {
    let counted: Vec<usize> = context.meetings().map(|one| one.present.len()).filter(|n| *n > 0).collect();
    counted.iter().sum::<usize>().checked_div(counted.len()).unwrap_or(0)
}

fn joint(context: &Context<'_>) -> usize {
    context.activities().filter(|one| one.commission_ids.len() > 1).count()
}

/// `national_collab_improvement`: new memberships, commissions active again, and agreements of the period.
pub(super) fn improvement(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let begun = |one: &&Membership| one.from.is_some_and(|from| from >= context.from && from <= context.to);
    for commission in &context.records.commissions {
        let new: Vec<&Membership> =
            context.records.memberships.iter().filter(begun).filter(|one| one.commission_id == commission.id).collect();
        if !new.is_empty() {
            let ids: Vec<_> = new.iter().map(|one| one.institution_id).collect();
            let args = [("commission", escape_line(commission.label())), ("names", context.institutions(&ids))];
            answer.bullet(0, &sentence(&context.say("draft-new-members", &args)));
            answer.cite_commission(commission);
        }
        if revived(context, commission) {
            answer.bullet(0, &context.say("draft-revived", &[("commission", escape_line(commission.label()))]));
            answer.cite_commission(commission);
        }
    }
    if context.agreements().next().is_some() {
        answer.paragraph(&context.say("draft-agreements", &[]));
    }
    context.list_agreements(&mut answer, context.agreements());
    let mut joint = context.activities().filter(|one| one.commission_ids.len() > 1).peekable();
    if joint.peek().is_some() {
        answer.paragraph(&context.say("draft-joint", &[]));
    }
    for activity in joint {
        let commissions = context.commissions(&activity.commission_ids);
        answer.bullet(0, &sentence(&format!("{}: {commissions}", context.brief(activity))));
        answer.cite_activity(activity);
    }
    answer
}

/// Returns whether an inactive commission became active in the period.
fn revived(context: &Context<'_>, commission: &Commission) -> bool {
    let states = &commission.states;
    states.iter().zip(states.iter().skip(1)).any(|((_, before), (since, after))| {
        *before == OperationalState::Inactive
            && *after == OperationalState::Active
            && *since >= context.from
            && *since <= context.to
    })
}
