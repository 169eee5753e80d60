//! Functions of slices that tests and benchmarks call directly: set-up for which the API has no call, reminders of another
//! day, rules with their data in the database. Everything else is tested through the API.

/// Roles, accounts and sign-in sessions.
pub mod identity {
    pub use crate::identity::{
        Actor, Grant, NewUser, Role, access_token, add_user, start_browser_session, start_session,
    };
}

/// Visibility of records.
pub mod access {
    pub use crate::access::Visibility;
}

/// Working days.
pub mod directory {
    pub use crate::directory::working_calendar;
}

/// Commissions, members with votes, quorum rules and reminder policies.
pub mod commissions {
    pub use crate::commissions::{ReminderPolicy, commission, quorum_rules, reminder_policies, voters_on};
}

/// Freezing minutes after an upgrade.
pub mod minutes {
    pub use crate::minutes::freeze_approved;
}

/// Planning and sending reminders.
pub mod reminders {
    pub use crate::reminders::{PlanningTime, RunSummary, planning_day, queue_due, run};
}

/// Drafting a report, and making the files of approved ones.
pub mod reports {
    pub use crate::reports::{draft, render_waiting};
}

/// Imports of datasets.
pub mod datasets {
    pub use crate::datasets::import_dataset;
}

/// Imports of follow-up matrices.
pub mod matrix {
    pub use crate::matrix::{
        EqualName, Matrices, MatrixReport, Target, equal_names, import_matrices, read_matrices, refused_matrices,
    };
}

/// The steps of the help, and the texts that they name.
pub mod help {
    pub use crate::help::{ROLES, RoleHelp, Step};
}
