//! The pages of this slice.

use actix_web::web::ServiceConfig;

use super::{countries, institutions};
use crate::access::CommissionRef;
use crate::ui::Choice;

/// Mounts the pages of countries and institutions.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    institutions::pages(cfg);
    countries::web::pages(cfg);
}

/// Returns commissions as choices. With several countries (code and name), the commissions of each country are
/// together, in the order of the countries, and each names its country.
pub(crate) fn commission_choices(countries: &[(String, String)], commissions: &[CommissionRef]) -> Vec<Choice> {
    let choice = |one: &CommissionRef| Choice::new(one.id, one.label());
    if countries.len() < 2 {
        return commissions.iter().map(choice).collect();
    }
    let of = |(code, name): &(String, String)| {
        let own: Vec<Choice> =
            commissions.iter().filter(|one| one.country_code == *code).map(|one| choice(one).hint(name)).collect();
        own
    };
    countries.iter().flat_map(of).collect()
}
