//! The pages outside the main navigation, which are linked at the foot of every page.

use crate::identity::actor::Actor;
use crate::identity::model::Role;
use crate::ui::Entry;

/// Returns the pages that the roles of a person open.
pub(super) fn sections(actor: &Actor) -> Vec<Entry> {
    let has = |roles: &[Role]| actor.grants.iter().any(|grant| roles.contains(&grant.role));
    let everybody = [
        ("/overview", "overview-page"),
        ("/activities", "activities"),
        ("/registry", "registry-page"),
        ("/plans", "plans-page"),
        ("/duties", "duties-page"),
        ("/calendar", "web-nav-calendar"),
        ("/institutions", "directory-institutions"),
    ];
    let mut all = everybody.to_vec();
    if has(&[Role::Admin, Role::Coordinator, Role::Secretariat]) {
        all.extend([("/reports", "reports-page"), ("/imports", "imports-page"), ("/deliveries", "deliveries-page")]);
    }
    if has(&[Role::Admin, Role::Coordinator]) {
        all.extend([("/countries", "countries-page"), ("/audit-log", "audit-page")]);
    }
    if has(&[Role::Admin]) {
        all.push(("/settings", "settings-page"));
    }
    all.into_iter().map(|(path, key)| Entry { path, key }).collect()
}
