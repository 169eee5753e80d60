//! The frame of the pages of a person: language, name, role, navigation.

use crate::i18n::{find, text};
use crate::identity::actor::Actor;
use crate::identity::model::Role;
use crate::ui::{Entry, Frame};

/// The main navigation, at most six entries. Those who review reports have the queue of reviews; others the calendar.
fn navigation(actor: &Actor) -> Vec<Entry> {
    let reviews =
        actor.grants.iter().any(|grant| [Role::Admin, Role::Coordinator, Role::Secretariat].contains(&grant.role));
    let fifth = if reviews { ("/reviews", "web-nav-reviews") } else { ("/calendar", "web-nav-calendar") };
    [
        ("/", "web-nav-start"),
        ("/commitments", "web-nav-commitments"),
        fifth,
        ("/meetings", "web-nav-meetings"),
        ("/agreements", "web-nav-agreements"),
        ("/commissions", "web-nav-commissions"),
    ]
    .into_iter()
    .map(|(path, key)| Entry { path, key })
    .collect()
}

/// Returns the frame of a page for a person who is signed in.
pub(super) fn frame_of(actor: &Actor, path: &str, done: Option<&str>) -> Frame {
    let lang = actor.language;
    let role = actor.grants.iter().map(|grant| grant.role).min();
    let is_code = |code: &&str| code.len() <= 60 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    Frame {
        name: Some(actor.name.clone()),
        place: role.map(|role| text(lang, &format!("web-role-{role}"), &[])),
        navigation: navigation(actor),
        done: done.filter(is_code).and_then(|code| find(lang, &format!("done-{code}"), &[])),
        ..Frame::signed_out(lang, path)
    }
}
