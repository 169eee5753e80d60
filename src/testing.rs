//! The functions of slices that tests and benchmarks call directly: set-up that the API has no call for, the clock moved
//! forward, pure rules with their data in the database. Everything else is tested through the API.

/// Roles and accounts.
pub mod identity {
    pub use crate::identity::{Actor, Grant, NewUser, Role, access_token, add_user, start_session};
}

/// What an actor may see.
pub mod access {
    pub use crate::access::Visibility;
}

/// Working days.
pub mod directory {
    pub use crate::directory::working_calendar;
}

/// Seats, votes and reminder policies on a day.
pub mod commissions {
    pub use crate::commissions::{
        Capacity, ReminderPolicy, commission, quorum_rules, reminder_policies, speakers, voters_on,
    };
}

/// One run of the reminders.
pub mod reminders {
    pub use crate::reminders::{Summary, When, as_of, queue_due, run};
}

/// The drafted report.
pub mod reports {
    pub use crate::reports::draft;
}

/// Imports of datasets.
pub mod datasets {
    pub use crate::datasets::import_dataset;
}

/// Imports of follow-up matrices.
pub mod matrix {
    pub use crate::matrix::{Matrices, MatrixReport, Target, import_matrices, read_matrices, refused_matrices};
}
