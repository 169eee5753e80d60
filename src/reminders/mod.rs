//! Reminders of due dates: one mail per person per day, and no step is sent to a person twice.
//!
//! Every open assignment with a due date has **steps**: some days before, the day itself, then every so many days
//! while it is overdue, according to the reminder policy of its lead commission. Nothing is sent on a non-working
//! day, unless the policy allows it. If several steps have passed by then, only the latest is sent.
//!
//! **Recipients**: the institution's delegates in the commission today, else its representatives, else its own address,
//! else the secretariat, with the reason; from some days overdue the secretariat too, and later the coordinator. A person
//! who may not see the record gets no reminder of it.
//!
//! **Planning** ([`actions::plan_batch`]) takes the assignments whose next check has come (table `reminder_agenda`), a
//! batch per transaction. It records the step for each recipient, one row per (assignment, due date, step, recipient)
//! in table `reminder_ledger`, and sets the next check. The rows that belong to a delivery are the contents of its
//! mail. The mail waits for the sending hour; steps that are reached before it is sent are added to it.
//!
//! **Triggers of the database** (migrations 0014, 0024 and 0032) put open assignments at the front, to be checked at once:
//!
//! * a new open assignment, or one that is opened, closed or gets another due date;
//! * a commitment: another status, due date, lead commission, restricted or not, or the publication of a draft;
//! * a reminder policy that is set: the assignments of which the commission is the lead;
//! * a delegate that is added, changed or removed, and a representative's grant that is given or withdrawn: all
//!   assignments of the institution;
//! * another e-mail address of the institution.
//!
//! The program itself does the same for steps that were removed from a mail (below). Other changes (memberships, grants
//! of a secretariat or a coordinator, calendars, disabled people) have no trigger. They take effect at the next check:
//! at the next step, at the next known change of delegates, or the next day while nobody can be reminded.
//!
//! **When the mail is sent** its contents are composed from the present state ([`compose`]). A reminder that is no longer
//! right (completed, cancelled, extended, another recipient) is left out, its row is deleted, and the assignment is
//! checked at once. A notice of a record that its reader may no longer see is deleted too.
//!
//! **The mail of the day** also has the notices that waited for it (`notifications`), and what awaits a review or a
//! decision, of which the secretariat is reminded every so many days ([`people`], table `waiting_ledger`). On Monday, or
//! the next working day, secretariats and coordinators get a **summary** of what waits for them. Each person is planned
//! once a day (table `planned_days`). Those convened are reminded of a **session** some days before ([`sessions`]).
//!
//! **Periodic reports** that an institution owes ([`duties`]) are parts of the mail of the day too, by the same policy and
//! for the same recipients, without the escalations: what is missing is pending work of the secretariats. Each duty is
//! planned once a day (`duties.reminded_on`), on the days on which its first commission sends; the step of each report
//! is recorded for each recipient, one row per (duty, institution, period, day of the step, recipient) in table
//! `duty_reminders`. When the mail is sent, a report that arrived or was waived meanwhile, or that is no longer for its
//! reader, is left out, its row is deleted, and the duty is planned again.
//!
//! In the 48 hours after the mail that announces an assignment nothing else is sent about it: steps before the due date
//! are skipped, others wait.
//!
//! Secretariats see the deliveries and the preview of their commissions, coordinators those of the country, admins all;
//! they may retry a failed delivery.

mod actions;
mod api;
mod duties;
mod email;
mod model;
mod people;
mod present_notices;
mod run;
mod run_summary;
mod sessions;
mod store;
mod summary;
mod web;

pub(crate) use api::routes;
pub use model::PlanningTime;
pub(crate) use run::compose;
pub use run::{planning_day, queue_due, run};
pub use run_summary::RunSummary;
pub(crate) use web::pages;
