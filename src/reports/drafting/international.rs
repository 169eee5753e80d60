//! Partners from outside, by type, with what was done with each; initiatives beyond the country.

use std::collections::BTreeMap;

use super::frame::Frame;
use super::sheet::Sheet;
use crate::db::{CommissionId, InstitutionId};
use crate::directory::PartnerType;
use crate::reports::model::{AnswerRow, SourceKind};
use crate::reports::records::{Activity, Agreement, Meeting};
use crate::reports::words::{plain, sentence};

/// What joins one partner to the country's work in the period.
#[derive(Default)]
struct Shared<'a> {
    activities: Vec<&'a Activity>,
    agreements: Vec<&'a Agreement>,
    meetings: Vec<&'a Meeting>,
    commissions: Vec<CommissionId>,
}

/// The partners from outside, in the order of the options, then by name.
fn partners<'a>(frame: &Frame<'a>) -> Vec<(&'static str, InstitutionId, Shared<'a>)> {
    let mut shared: BTreeMap<InstitutionId, Shared<'a>> = BTreeMap::new();
    for activity in frame.activities() {
        for id in activity.parties() {
            shared.entry(id).or_default().activities.push(activity);
        }
    }
    for agreement in frame.agreements() {
        for id in &agreement.party_ids {
            shared.entry(*id).or_default().agreements.push(agreement);
        }
    }
    for meeting in frame.meetings() {
        for (id, _) in &meeting.present {
            shared.entry(*id).or_default().meetings.push(meeting);
        }
    }
    for membership in frame.records.memberships.iter().filter(|one| one.holds_on(frame.to)) {
        shared.entry(membership.institution_id).or_default().commissions.push(membership.commission_id);
    }
    let mut partners: Vec<_> = shared
        .into_iter()
        .filter_map(|(id, shared)| {
            let institution = frame.records.institutions.get(&id)?;
            let outside = institution.is_international(&frame.records.country_code);
            outside.then(|| (option(institution.partner_type), id, shared))
        })
        .collect();
    let rank = |option: &str| OPTIONS.iter().position(|one| *one == option);
    partners.sort_by_key(|(option, id, _)| (rank(option), frame.records.institution_name(*id)));
    partners
}

const OPTIONS: &[&str] = &["pathfinder_countries", "ilo", "un_agencies", "intl_cso", "other"];

/// The box of the questionnaire for a partner; one without a type is among the others.
fn option(partner: Option<PartnerType>) -> &'static str {
    match partner {
        Some(PartnerType::PathfinderCountry) => "pathfinder_countries",
        Some(PartnerType::Ilo) => "ilo",
        Some(PartnerType::UnAgency) => "un_agencies",
        Some(PartnerType::InternationalCso) => "intl_cso",
        Some(PartnerType::Other) | None => "other",
    }
}

/// `intl_partner_types`: the union of the types of all partners of the period.
pub fn types(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let mut others = Vec::new();
    for (option, id, _) in partners(frame) {
        sheet.choose(option);
        let name = frame.records.institution_name(id);
        sheet.cite(SourceKind::Institution, id, name);
        if option == "other" {
            others.push(name.to_owned());
        }
    }
    if !others.is_empty() {
        sheet.other(others.join("; "));
    }
    sheet
}

/// `intl_partner_detail`: a row a partner; an activity shared by several is told at each, by title and date alone.
pub fn detail(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    for (option, id, shared) in partners(frame) {
        let name = frame.records.institution_name(id);
        sheet.row(AnswerRow {
            partner: Some(name.to_owned()),
            partner_type: Some(option.to_owned()),
            description: Some(description(frame, &shared)),
            ..AnswerRow::default()
        });
        sheet.cite(SourceKind::Institution, id, name);
        shared.activities.iter().for_each(|one| frame.cite_activity(&mut sheet, one));
        shared.agreements.iter().for_each(|one| frame.cite_agreement(&mut sheet, one));
        shared.meetings.iter().for_each(|one| frame.cite_meeting(&mut sheet, one));
        for commission in shared.commissions.iter().filter_map(|id| frame.records.commission(*id)) {
            sheet.cite(SourceKind::Commission, commission.id, commission.label());
        }
    }
    sheet
}

fn description(frame: &Frame<'_>, shared: &Shared<'_>) -> String {
    let mut parts = Vec::new();
    if !shared.commissions.is_empty() {
        let value = frame.commissions(&shared.commissions);
        parts.push(sentence(&frame.say("draft-sits-in", &[("value", value)])));
    }
    if !shared.activities.is_empty() {
        let titles: Vec<String> = shared.activities.iter().map(|one| frame.brief(one)).collect();
        parts.push(sentence(&frame.say("draft-took-part", &[("titles", titles.join("; "))])));
    }
    if !shared.agreements.is_empty() {
        let titles: Vec<String> = shared.agreements.iter().map(|one| agreement_brief(frame, one)).collect();
        parts.push(sentence(&frame.say("draft-party-to", &[("titles", titles.join("; "))])));
    }
    if !shared.meetings.is_empty() {
        let titles: Vec<String> = shared.meetings.iter().map(|one| plain(&one.title)).collect();
        parts.push(sentence(&frame.say("draft-attended", &[("titles", titles.join("; "))])));
    }
    parts.join(" ")
}

fn agreement_brief(frame: &Frame<'_>, agreement: &Agreement) -> String {
    match &agreement.adopted {
        Some(day) => format!("{} ({})", plain(&agreement.title), frame.words.date(day)),
        None => plain(&agreement.title),
    }
}

fn reaches_beyond(scope: Option<&str>) -> bool {
    matches!(scope, Some("regional" | "global"))
}

/// `regional_initiatives_flag`: yes when the record holds one; that it holds none does not mean no.
pub fn initiatives_flag(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    for activity in frame.activities().filter(|one| reaches_beyond(one.scope.as_deref())) {
        sheet.choose("yes");
        frame.cite_activity(&mut sheet, activity);
    }
    for agreement in frame.agreements().filter(|one| reaches_beyond(one.scope.as_deref())) {
        sheet.choose("yes");
        frame.cite_agreement(&mut sheet, agreement);
    }
    sheet
}

/// `regional_initiatives_detail`: regional and global ones, then what binds two countries.
pub fn initiatives(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let binational = |scope: Option<&str>| scope == Some("binational");
    scoped(frame, &mut sheet, "draft-initiatives", reaches_beyond);
    scoped(frame, &mut sheet, "draft-binational", binational);
    sheet
}

fn scoped(frame: &Frame<'_>, sheet: &mut Sheet, key: &str, fits: impl Fn(Option<&str>) -> bool) {
    let activities: Vec<&Activity> = frame.activities().filter(|one| fits(one.scope.as_deref())).collect();
    let agreements: Vec<&Agreement> = frame.agreements().filter(|one| fits(one.scope.as_deref())).collect();
    if activities.is_empty() && agreements.is_empty() {
        return;
    }
    sheet.paragraph(&frame.say(key, &[]));
    for activity in activities {
        sheet.bullet(0, &frame.tell(activity));
        frame.cite_activity(sheet, activity);
    }
    for agreement in agreements {
        sheet.bullet(0, &frame.agreement(agreement));
        frame.cite_agreement(sheet, agreement);
    }
}
