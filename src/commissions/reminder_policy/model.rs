//! What a reminder policy is.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Faults;
use crate::http::Input;

/// When reminders about a commission's commitments go out. What is left out has its default.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReminderPolicy {
    /// How many days before the term; 0 is the day itself.
    #[deserr(default = Self::default().lead_days)]
    #[schema(examples(json!([30, 7, 1, 0])), max_items = 20, required = false)]
    pub lead_days: Vec<i32>,
    /// Every so many days while overdue.
    #[deserr(default = Self::default().overdue_every_days)]
    #[schema(examples(7), minimum = 1, maximum = 365, required = false)]
    pub overdue_every_days: i32,
    /// From so many days overdue the secretariat is told too.
    #[deserr(default = Self::default().escalate_after_days)]
    #[schema(examples(14), minimum = 0, maximum = 3650, required = false)]
    pub escalate_after_days: i32,
    /// The hour of the day, in the commission's time zone, from which mail is sent.
    #[deserr(default = Self::default().send_hour)]
    #[schema(examples(8), minimum = 0, maximum = 23, required = false)]
    pub send_hour: i32,
    /// Whether mail is sent on days that do not work too.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub send_on_non_working_days: bool,
}

impl Default for ReminderPolicy {
    fn default() -> Self {
        Self {
            lead_days: vec![30, 7, 1, 0],
            overdue_every_days: 7,
            escalate_after_days: 14,
            send_hour: 8,
            send_on_non_working_days: false,
        }
    }
}

impl Input for ReminderPolicy {
    fn check(&self, faults: &mut Faults) {
        faults.distinct("/lead_days", &self.lead_days, 20);
        for (n, days) in self.lead_days.iter().enumerate() {
            faults.within(&format!("/lead_days/{n}"), *days, 0, 365);
        }
        faults.within("/overdue_every_days", self.overdue_every_days, 1, 365);
        faults.within("/escalate_after_days", self.escalate_after_days, 0, 3650);
        faults.within("/send_hour", self.send_hour, 0, 23);
    }
}

crate::nothing_restricted!(ReminderPolicy);
