//! The records that can be chosen in the form of an activity.

use crate::access::{CommissionRef, Visibility, visible_commissions};
use crate::activities::model::Activity;
use crate::db::{Db, InstitutionId, PlanItemId, unique};
use crate::directory::{TypedInstitutions, country_names};
use crate::error::Result;
use crate::identity::{Actor, Role};
use crate::plans::plan_item_choices;

/// The maximum number of plan items that the form lists.
const MOST_PLAN_ITEMS: usize = 80;

/// The choices of the form.
pub(super) struct Choices {
    pub commissions: Vec<CommissionRef>,
    /// Code and name of the countries.
    pub countries: Vec<(String, String)>,
    pub institutions: TypedInstitutions,
    pub plan_items: Vec<(PlanItemId, String)>,
}

impl Choices {
    /// Loads the choices of a person, and the records that the activity already names.
    pub(super) fn load(conn: &mut Db, actor: &Actor, activity: Option<&Activity>) -> Result<Self> {
        let visibility = Visibility::of(actor);
        let mut commissions = visible_commissions(conn, &visibility)?;
        let own = activity.map(|own| own.fields.country_code.as_str());
        let countries = countries_of(conn, actor, &commissions, own)?;
        commissions.retain(|one| own.is_none_or(|own| one.country_code == own));
        let codes: Vec<String> = countries.iter().map(|(code, _)| code.clone()).collect();
        let mut named: Vec<InstitutionId> = activity.iter().flat_map(|own| own.fields.parties()).collect();
        named.extend(represented(actor));
        let institutions = TypedInstitutions::load(conn, &codes, &named)?;
        let of_plans: Vec<String> =
            codes.iter().filter(|code| own.is_none_or(|own| *code == own)).take(2).cloned().collect();
        let mut plan_items = plan_item_choices(conn, &visibility, &of_plans)?;
        plan_items.truncate(MOST_PLAN_ITEMS);
        Ok(Self { commissions, countries, institutions, plan_items })
    }

    /// Returns the country whose month names are used in dates.
    pub(super) fn country(&self) -> &str {
        self.countries.first().map_or("", |(code, _)| code)
    }
}

/// Returns code and name of the countries of a person's commissions and grants, and of one more.
pub(super) fn countries_of(
    conn: &mut Db,
    actor: &Actor,
    commissions: &[CommissionRef],
    another: Option<&str>,
) -> Result<Vec<(String, String)>> {
    let mut countries = country_names(conn)?;
    countries.retain(|(code, _)| {
        commissions.iter().any(|one| one.country_code == *code)
            || actor.grants.iter().any(|grant| grant.country_code.as_ref() == Some(code))
            || another == Some(code.as_str())
    });
    Ok(countries)
}

/// An activity with the choices of its form.
pub(super) struct Record {
    pub activity: Option<Activity>,
    pub choices: Choices,
    /// True when the person may validate the activity.
    pub validates: bool,
    /// The institutions that the person represents.
    pub own: Vec<InstitutionId>,
}

crate::restricted_by!(Record: activity);

/// Returns the institutions that a person represents.
pub(super) fn represented(actor: &Actor) -> Vec<InstitutionId> {
    let grants = actor.grants.iter().filter(|grant| grant.role == Role::Representative);
    unique(grants.filter_map(|grant| grant.institution_id))
}
