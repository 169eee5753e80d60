//! Partners within the country: who sits in which commission, by part of society, and how that changed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::frame::Frame;
use super::progress::{family_states, stem};
use super::sheet::Sheet;
use crate::db::{CommissionId, InstitutionId};
use crate::directory::Sector;
use crate::reports::model::{AnswerRow, SourceKind};
use crate::reports::records::{Activity, Commission, Institution, Membership};
use crate::reports::words::{plain, sentence};

/// The box of the questionnaire for a part of society; some have none.
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

fn national<'a>(frame: &Frame<'a>, id: InstitutionId) -> Option<&'a Institution> {
    let institution = frame.records.institutions.get(&id)?;
    (!institution.is_international(&frame.records.country_code)).then_some(institution)
}

fn holds_in_period(frame: &Frame<'_>, one: &Membership) -> bool {
    one.from.is_none_or(|from| from <= frame.to) && one.to.is_none_or(|to| to >= frame.from)
}

/// What each national institution has to do with the work of the period.
#[derive(Default)]
struct Share<'a> {
    commissions: Vec<CommissionId>,
    activities: Vec<&'a Activity>,
}

fn shares<'a>(frame: &Frame<'a>) -> BTreeMap<InstitutionId, Share<'a>> {
    let mut shares: BTreeMap<InstitutionId, Share<'a>> = BTreeMap::new();
    for membership in frame.records.memberships.iter().filter(|one| holds_in_period(frame, one)) {
        let commissions = &mut shares.entry(membership.institution_id).or_default().commissions;
        if !commissions.contains(&membership.commission_id) {
            commissions.push(membership.commission_id);
        }
    }
    for activity in frame.activities() {
        for id in activity.parties() {
            shares.entry(id).or_default().activities.push(activity);
        }
    }
    shares.retain(|id, _| national(frame, *id).is_some());
    shares
}

/// `national_partner_types`: the parts of society that sit in a commission or took part in an activity.
pub fn types(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let mut without_box: Vec<String> = Vec::new();
    let mut found: Vec<&'static str> = Vec::new();
    for id in shares(frame).into_keys() {
        let Some(institution) = national(frame, id) else { continue };
        sheet.cite(SourceKind::Institution, id, &institution.name);
        match option(institution.sector) {
            Some(option) => found.push(option),
            None => {
                let name = frame.say(&sector_key(institution.sector), &[]);
                if !without_box.contains(&name) {
                    without_box.push(name);
                }
            }
        }
    }
    let order = ["private_sector", "employers", "workers", "local_cso", "ministries", "survivors"];
    order.iter().filter(|option| found.contains(option)).for_each(|option| sheet.choose(option));
    if !without_box.is_empty() {
        let value = frame.words.list(&without_box);
        sheet.paragraph(&sentence(&frame.say("draft-without-box", &[("value", value)])));
    }
    sheet
}

fn sector_key(sector: Sector) -> String {
    format!("report-sector-{}", sector.as_str().replace('_', "-"))
}

/// `national_partner_detail`: the members of each commission by part of society, and a row a partner.
pub fn detail(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let today: Vec<&Membership> = frame.records.memberships.iter().filter(|one| one.holds_on(frame.to)).collect();
    let listed: Vec<&&Membership> = today.iter().filter(|one| !one.leads() && !one.is_guest()).collect();
    if !listed.is_empty() {
        let mut distinct: Vec<_> = listed.iter().map(|one| one.institution_id).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let args = [
            ("memberships", frame.count("draft-memberships", listed.len())),
            ("institutions", frame.count("draft-institutions", distinct.len())),
            ("day", frame.words.day(frame.to)),
        ];
        sheet.paragraph(&frame.say("draft-members-sum", &args));
    }
    let families = frame.records.families();
    for commission in &frame.records.commissions {
        let of_family = families.iter().any(|(_, family)| family.iter().any(|one| one.id == commission.id));
        let own: Vec<&Membership> = today.iter().copied().filter(|one| one.commission_id == commission.id).collect();
        if !of_family && !own.is_empty() {
            members(frame, &mut sheet, commission, &own);
        }
    }
    for (parent, family) in families {
        let stem = stem(&family);
        let name = if stem.len() < 3 { parent.label().to_owned() } else { stem };
        sheet.paragraph(&family_states(frame, &name, &family));
    }
    rows(frame, &mut sheet);
    sheet
}

fn members(frame: &Frame<'_>, sheet: &mut Sheet, commission: &Commission, own: &[&Membership]) {
    let name = match &commission.acronym {
        Some(acronym) => format!("{} ({})", plain(&commission.name), plain(acronym)),
        None => plain(&commission.name),
    };
    let listed: Vec<&&Membership> = own.iter().filter(|one| !one.leads() && !one.is_guest()).collect();
    let mut head = format!("**{name}**");
    if !listed.is_empty() {
        head = format!("{head}: {}", sentence(&frame.count("draft-members", listed.len())));
    }
    if let Some(declared) = commission.declared_member_count.and_then(|n| usize::try_from(n).ok())
        && declared != listed.len()
    {
        head = format!("{head} {}", frame.count("draft-members-declared", declared));
    }
    if let Some(function) = &commission.function {
        head = format!("{head} {}", sentence(&plain(function)));
    }
    sheet.paragraph(&head);
    sheet.cite(SourceKind::Commission, commission.id, commission.label());
    let names = |fits: &dyn Fn(&Membership) -> bool| -> Vec<String> {
        let those = own.iter().filter(|one| fits(one));
        those.map(|one| plain(frame.records.institution_name(one.institution_id))).collect()
    };
    let mut line = |label: String, names: Vec<String>| {
        if !names.is_empty() {
            sheet.bullet(0, &format!("{label} ({}): {}.", frame.number(names.len()), names.join("; ")));
        }
    };
    line(frame.say("draft-role-lead", &[]), names(&|one| one.role == "lead"));
    line(frame.say("draft-role-secretariat", &[]), names(&|one| one.role == "secretariat"));
    for sector in Sector::ALL {
        let of_sector = |one: &Membership| {
            let institution = frame.records.institutions.get(&one.institution_id);
            !one.leads() && !one.is_guest() && institution.is_some_and(|institution| institution.sector == *sector)
        };
        line(frame.say(&sector_key(*sector), &[]), names(&of_sector));
    }
    line(frame.say("draft-role-guest", &[]), names(&|one| one.is_guest()));
}

/// A row a partner: where it sits and in how many activities it took part.
fn rows(frame: &Frame<'_>, sheet: &mut Sheet) {
    for (id, share) in shares(frame) {
        let Some(institution) = national(frame, id) else { continue };
        let mut parts = Vec::new();
        if !share.commissions.is_empty() {
            let value = frame.commissions(&share.commissions);
            parts.push(sentence(&frame.say("draft-sits-in", &[("value", value)])));
        }
        match share.activities.as_slice() {
            [] => {}
            few if few.len() <= 5 => {
                let titles: Vec<String> = few.iter().map(|one| frame.brief(one)).collect();
                parts.push(sentence(&frame.say("draft-took-part", &[("titles", titles.join("; "))])));
            }
            many => parts.push(frame.count("draft-took-part-count", many.len())),
        }
        sheet.row(AnswerRow {
            partner: Some(institution.name.clone()),
            partner_type: option(institution.sector).map(str::to_owned),
            description: Some(parts.join(" ")),
            ..AnswerRow::default()
        });
        sheet.cite(SourceKind::Institution, id, &institution.name);
        share.activities.iter().for_each(|one| frame.cite_activity(sheet, one));
    }
}

/// `national_collab_increased`: figures of this period beside those of the same months a year before; no verdict.
pub fn compared(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let back = |day: NaiveDate| day.checked_sub_months(chrono::Months::new(12)).unwrap_or(day);
    let before = Frame::new(frame.records, frame.words.lang, back(frame.from), back(frame.to));
    let figures = [
        ("draft-compare-members", members_on(frame), members_on(&before)),
        ("draft-compare-meetings", frame.meetings().count(), before.meetings().count()),
        ("draft-compare-attendance", mean_attendance(frame), mean_attendance(&before)),
        ("draft-compare-joint", joint(frame), joint(&before)),
        ("draft-compare-agreements", frame.agreements().count(), before.agreements().count()),
    ];
    if figures.iter().all(|(_, now, then)| now + then == 0) {
        return sheet;
    }
    sheet.paragraph(&frame.say("draft-compare", &[("period", frame.period()), ("before", before.period())]));
    for (key, now, then) in figures.into_iter().filter(|(_, now, then)| now + then > 0) {
        sheet.bullet(0, &frame.say(key, &[("now", frame.number(now)), ("then", frame.number(then))]));
    }
    frame.meetings().for_each(|one| frame.cite_meeting(&mut sheet, one));
    frame.agreements().for_each(|one| frame.cite_agreement(&mut sheet, one));
    frame.activities().filter(|one| one.commission_ids.len() > 1).for_each(|one| frame.cite_activity(&mut sheet, one));
    sheet
}

fn members_on(frame: &Frame<'_>) -> usize {
    frame.records.memberships.iter().filter(|one| one.holds_on(frame.to)).count()
}

/// Institutions present at a session, on average, rounded down.
fn mean_attendance(frame: &Frame<'_>) -> usize {
    let counted: Vec<usize> = frame.meetings().map(|one| one.present.len()).filter(|n| *n > 0).collect();
    counted.iter().sum::<usize>().checked_div(counted.len()).unwrap_or(0)
}

fn joint(frame: &Frame<'_>) -> usize {
    frame.activities().filter(|one| one.commission_ids.len() > 1).count()
}

/// `national_collab_improvement`: memberships begun, commissions set in motion, agreements signed in the period.
pub fn improvement(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let begun = |one: &&Membership| one.from.is_some_and(|from| from >= frame.from && from <= frame.to);
    for commission in &frame.records.commissions {
        let new: Vec<&Membership> =
            frame.records.memberships.iter().filter(begun).filter(|one| one.commission_id == commission.id).collect();
        if !new.is_empty() {
            let ids: Vec<_> = new.iter().map(|one| one.institution_id).collect();
            let args = [("commission", plain(commission.label())), ("names", frame.institutions(&ids))];
            sheet.bullet(0, &sentence(&frame.say("draft-new-members", &args)));
            sheet.cite(SourceKind::Commission, commission.id, commission.label());
        }
        if revived(frame, commission) {
            sheet.bullet(0, &frame.say("draft-revived", &[("commission", plain(commission.label()))]));
            sheet.cite(SourceKind::Commission, commission.id, commission.label());
        }
    }
    if frame.agreements().next().is_some() {
        sheet.paragraph(&frame.say("draft-agreements", &[]));
    }
    for agreement in frame.agreements() {
        sheet.bullet(0, &frame.agreement(agreement));
        frame.cite_agreement(&mut sheet, agreement);
    }
    let mut joint = frame.activities().filter(|one| one.commission_ids.len() > 1).peekable();
    if joint.peek().is_some() {
        sheet.paragraph(&frame.say("draft-joint", &[]));
    }
    for activity in joint {
        let commissions = frame.commissions(&activity.commission_ids);
        sheet.bullet(0, &sentence(&format!("{}: {commissions}", frame.brief(activity))));
        frame.cite_activity(&mut sheet, activity);
    }
    sheet
}

/// Whether a commission known to be inactive became active in the period.
fn revived(frame: &Frame<'_>, commission: &Commission) -> bool {
    let states = &commission.states;
    states.iter().zip(states.iter().skip(1)).any(|((_, before), (since, after))| {
        before == "inactive" && after == "active" && *since >= frame.from && *since <= frame.to
    })
}
