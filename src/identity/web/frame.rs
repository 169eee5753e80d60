//! The frame of the pages of a person: language, name, role, navigation.

use super::sections::sections;
use crate::http::personal_data_sentence;
use crate::i18n::{Lang, find, text};
use crate::identity::actor::Actor;
use crate::identity::model::Role;
use crate::personal_data::PersonalData;
use crate::ui::{Entry, Frame, Tone};

/// The actions that did less than they were asked for, and left something to be done.
const PARTLY_DONE: &[&str] = &[
    "agreement-saved-same-number",
    "report-answer-empty",
    "report-answer-has-errors",
    "report-answer-open",
    "report-answer-unmarked",
    "report-question-without-secretariat",
];

/// The actions that changed nothing, or may have changed nothing.
const UNCHANGED: &[&str] = &["changes-discarded", "invitation-repeated", "link-asked", "report-question-as-before"];

fn tone_of(done: Option<&str>) -> Tone {
    match done {
        Some(code) if PARTLY_DONE.contains(&code) => Tone::Soon,
        Some(code) if UNCHANGED.contains(&code) => Tone::Neutral,
        _ => Tone::Done,
    }
}

/// The main navigation. Those who review reports have the queue of reviews; others the calendar. Coordinators have the
/// annual reports too.
fn navigation(reviews: bool, coordinates: bool) -> Vec<Entry> {
    let fifth = if reviews { ("/reviews", "web-nav-reviews") } else { ("/calendar", "web-nav-calendar") };
    let all = [
        ("/", "web-nav-start"),
        ("/commitments", "web-nav-commitments"),
        fifth,
        ("/meetings", "web-nav-meetings"),
        ("/agreements", "web-nav-agreements"),
        ("/commissions", "web-nav-commissions"),
    ];
    let reports = coordinates.then_some(("/reports", "reports-page"));
    all.into_iter().chain(reports).map(|(path, key)| Entry { path, key }).collect()
}

/// Returns the frame of a page for a person who is signed in.
pub(super) fn frame_of(actor: &Actor, path: &str, done: Option<&str>) -> Frame {
    let lang = actor.language;
    let role = actor.grants.iter().map(|grant| grant.role).min();
    let has = |roles: &[Role]| actor.grants.iter().any(|grant| roles.contains(&grant.role));
    let reviews = has(&[Role::Admin, Role::Coordinator, Role::Secretariat]);
    let is_code = |code: &&str| code.len() <= 60 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    Frame {
        name: Some(actor.name.clone()),
        place: role.map(|role| text(lang, &format!("web-role-{role}"), &[])),
        navigation: navigation(reviews, has(&[Role::Coordinator])),
        sections: sections(actor),
        done_tone: tone_of(done),
        done: done.filter(is_code).and_then(|code| find(lang, &format!("done-{code}"), &[])),
        ..Frame::signed_out(lang, path)
    }
}

/// Returns the warnings about personal data in what the action before the page saved: `rut.minor_age`.
pub(super) fn warnings_of(lang: Lang, kinds: Option<&str>) -> Vec<String> {
    let is_named = |kind: &&PersonalData| kinds.is_some_and(|kinds| kinds.split('.').any(|own| own == kind.as_str()));
    PersonalData::ALL.iter().filter(is_named).map(|kind| personal_data_sentence(*kind, lang)).collect()
}

/// Returns the frame of the page of an error for a person whose roles could not be loaded.
pub(super) fn frame_of_name(name: String, lang: Lang, path: &str) -> Frame {
    Frame { name: Some(name), navigation: navigation(false, false), ..Frame::signed_out(lang, path) }
}
