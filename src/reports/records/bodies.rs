//! Institutions and commissions as drafting reads them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::db::{CommissionId, InstitutionId};
use crate::directory::{PartnerType, Sector};

#[derive(Debug, Clone, Serialize)]
pub struct Institution {
    pub name: String,
    pub sector: Sector,
    pub country_code: Option<String>,
    pub partner_type: Option<PartnerType>,
}

impl Institution {
    /// A partner from outside: an international body, or one of another country.
    pub fn is_international(&self, country: &str) -> bool {
        self.partner_type.is_some()
            || matches!(self.sector, Sector::InternationalOrganization | Sector::ForeignGovernment)
            || self.country_code.as_deref().is_some_and(|code| code != country)
    }

    /// A body of a state, the country's own or another's, at any level.
    pub fn is_of_a_state(&self) -> bool {
        matches!(
            self.sector,
            Sector::Government
                | Sector::RegionalGovernment
                | Sector::LocalGovernment
                | Sector::AutonomousBody
                | Sector::Judiciary
                | Sector::ForeignGovernment
        )
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Commission {
    pub id: CommissionId,
    pub name: String,
    pub acronym: Option<String>,
    pub kind: String,
    pub parent_id: Option<CommissionId>,
    pub territory: Option<String>,
    pub function: Option<String>,
    /// The state that it has without any dated one.
    pub state: String,
    /// Dated states: the first day that each can mean, oldest first.
    pub states: Vec<(NaiveDate, String)>,
    pub declared_member_count: Option<i32>,
}

impl Commission {
    /// The acronym, else the name.
    pub fn label(&self) -> &str {
        self.acronym.as_deref().unwrap_or(&self.name)
    }

    /// `active`, `inactive` or `unknown` on that day: the latest dated state that had begun, else the undated one.
    pub fn state_on(&self, day: NaiveDate) -> &str {
        let dated = self.states.iter().rev().find(|(since, _)| *since <= day);
        dated.map_or(self.state.as_str(), |(_, state)| state.as_str())
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Membership {
    pub commission_id: CommissionId,
    pub institution_id: InstitutionId,
    pub role: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Membership {
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| to >= day)
    }

    pub fn leads(&self) -> bool {
        matches!(self.role.as_str(), "lead" | "secretariat")
    }

    pub fn is_guest(&self) -> bool {
        matches!(self.role.as_str(), "guest" | "observer")
    }
}
