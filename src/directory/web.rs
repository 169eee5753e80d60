//! The pages of this slice.

use actix_web::web::ServiceConfig;
use maud::{Markup, html};

use super::countries::country_names;
use super::{countries, institutions};
use crate::access::CommissionRef;
use crate::db::Db;
use crate::error::Result;
use crate::ui::{Choice, Column, Frame};

/// Mounts the pages of countries and institutions.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    institutions::pages(cfg);
    countries::web::pages(cfg);
}

/// The column with the country of the records of a list, for readers who may know commissions of several countries.
pub(crate) struct CountryColumn(Vec<(String, String)>);

impl CountryColumn {
    /// Loads the names of the countries of the commissions that a reader may know.
    pub(crate) fn of(conn: &mut Db, commissions: &[CommissionRef]) -> Result<Self> {
        let mut countries = country_names(conn)?;
        countries.retain(|(code, _)| commissions.iter().any(|one| one.country_code == *code));
        Ok(Self(if countries.len() > 1 { countries } else { Vec::new() }))
    }

    /// Adds the heading, if the reader needs the column.
    pub(crate) fn add_to(&self, frame: &Frame, columns: &mut Vec<Column>) {
        if !self.0.is_empty() {
            columns.push(Column::new(frame.t("directory-country")));
        }
    }

    /// Adds the cell of a record, if the reader needs the column.
    pub(crate) fn add_cell(&self, code: &str, cells: &mut Vec<Markup>) {
        if !self.0.is_empty() {
            let name = self.0.iter().find(|(own, _)| own == code).map_or(code, |(_, name)| name.as_str());
            cells.push(html! { (name) });
        }
    }
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
