//! What an agenda is made of.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::CommissionId;
use crate::error::Faults;
use crate::http::Input;

/// An agenda has at most so many items.
pub const MOST: usize = 200;

crate::text_enum! {
    /// What an item is on the agenda for.
    AgendaKind {
        Information = "information",
        Discussion = "discussion",
        Decision = "decision",
        FollowUp = "follow_up",
    }
}

/// One item of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AgendaItemInput {
    /// What it is about.
    #[schema(examples("Seguimiento de los acuerdos de la sesión anterior"), max_length = 500)]
    pub title: String,
    /// What it is on the agenda for.
    #[schema(examples("follow_up"))]
    pub kind: AgendaKind,
    /// Who presents it.
    #[deserr(default)]
    #[schema(examples("Secretaría técnica"), max_length = 300)]
    pub presenter: Option<String>,
    /// The commission whose item it is, in a joint session.
    #[deserr(default)]
    pub commission_id: Option<CommissionId>,
}

impl Input for AgendaItemInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 500);
        faults.opt_line("/presenter", self.presenter.as_ref(), 300);
    }
}
