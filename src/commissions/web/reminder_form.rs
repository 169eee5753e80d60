//! The form of the reminder policy of a commission.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use deserr::Deserr;
use maud::html;
use serde::Serialize;

use super::below;
use crate::access::CommissionRef;
use crate::clock::Instant;
use crate::commissions::reminder_policy::{ReminderPolicy, reminder_policies, set_reminder_policy};
use crate::commissions::scope;
use crate::db::{CommissionId, Db, Tx};
use crate::error::{Faults, Result};
use crate::http::{Fields, Input, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Choice, Field, FormView, Frame, View, actions};

/// The form of the reminder policy
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[get("/commissions/{id}/reminders/edit")]
pub(super) async fn open(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    visitor.form(Policy(id.into_inner())).await
}

/// Change the reminder policy
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[post("/commissions/{id}/reminders/edit")]
pub(super) async fn update(submission: Submission, id: Path<CommissionId>) -> Result<HttpResponse> {
    submission.handle(Policy(id.into_inner())).await
}

const SHAPE: Shape = Shape {
    lists: &["lead_days", "meeting_reminder_days"],
    numbers: &[
        "overdue_every_days",
        "escalate_after_days",
        "review_after_days",
        "escalate_to_coordinator_after_days",
        "send_hour",
    ],
    flags: &["send_on_non_working_days"],
    dates: &[],
    rows: &[],
    ignored: &[],
};

/// The days before a term that the form offers, besides those of the policy.
const LEAD_DAYS: [i32; 10] = [90, 60, 45, 30, 15, 10, 7, 3, 1, 0];
/// The days before a session that the form offers, besides those of the policy.
const MEETING_DAYS: [i32; 6] = [15, 7, 3, 2, 1, 0];

/// The policy as the form sends it: a list without any checked box is empty.
#[derive(Debug, Clone, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
struct PolicyInput {
    #[deserr(default)]
    lead_days: Vec<String>,
    overdue_every_days: i32,
    escalate_after_days: i32,
    review_after_days: i32,
    escalate_to_coordinator_after_days: i32,
    #[deserr(default)]
    meeting_reminder_days: Vec<String>,
    send_hour: i32,
    #[deserr(default)]
    send_on_non_working_days: bool,
}

impl PolicyInput {
    fn policy(&self) -> ReminderPolicy {
        let days = |marked: &[String]| marked.iter().filter_map(|day| day.parse().ok()).collect();
        ReminderPolicy {
            lead_days: days(&self.lead_days),
            overdue_every_days: self.overdue_every_days,
            escalate_after_days: self.escalate_after_days,
            review_after_days: self.review_after_days,
            escalate_to_coordinator_after_days: self.escalate_to_coordinator_after_days,
            meeting_reminder_days: days(&self.meeting_reminder_days),
            send_hour: self.send_hour,
            send_on_non_working_days: self.send_on_non_working_days,
        }
    }
}

impl Input for PolicyInput {
    fn check(&self, faults: &mut Faults) {
        self.policy().check(faults);
    }
}

#[derive(Debug, Clone)]
struct Policy(CommissionId);

struct Record {
    commission: CommissionRef,
    policy: ReminderPolicy,
}

crate::nothing_restricted!(Record);

impl FormPage for Policy {
    type Record = Record;
    type Input = PolicyInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let commission = scope::writable_by_secretariat(conn, actor, self.0)?;
        let policy = reminder_policies(conn, &[self.0])?.remove(&self.0).unwrap_or_default();
        Ok(Record { commission, policy })
    }

    fn fields(&self, record: &Record) -> Fields {
        Fields::of(&record.policy)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, input: PolicyInput) -> Result<String> {
        set_reminder_policy(tx, actor, self.0, input.policy())?;
        Ok(format!("/commissions/{}/reminders?done=reminders-changed", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
        let lead = days(frame, &LEAD_DAYS, &record.policy.lead_days);
        let meeting = days(frame, &MEETING_DAYS, &record.policy.meeting_reminder_days);
        let hours: Vec<Choice> = (0..24).map(|hour| Choice::new(hour, format!("{hour:02}:00"))).collect();
        let back = format!("/commissions/{}/reminders", self.0);
        let body = html! {
            form method="post" action=(frame.path) {
                (form.begin(frame))
                (field("lead_days", "reminders-lead").hint(frame.t("admin-lead-hint")).checks(&lead))
                (field("overdue_every_days", "reminders-overdue").hint(frame.t("admin-overdue-hint")).required().number())
                (field("escalate_after_days", "reminders-secretariat").hint(frame.t("admin-escalate-hint")).required()
                    .number())
                (field("escalate_to_coordinator_after_days", "reminders-coordinator")
                    .hint(frame.t("admin-escalate-hint")).required().number())
                (field("review_after_days", "reminders-review").hint(frame.t("admin-review-hint")).required().number())
                (field("meeting_reminder_days", "reminders-sessions").checks(&meeting))
                (field("send_hour", "reminders-hour").hint(frame.t("admin-hour-hint")).required().select(None, &hours))
                (field("send_on_non_working_days", "admin-non-working").check())
                (actions(&frame.t("admin-save"), Some((&back, &frame.t("ui-leave")))))
            }
        };
        below(frame, &record.commission, ("/reminders", "commission-reminders"), "admin-reminders-edit", body)
    }
}

/// Returns the days that can be marked, the earliest first: those that the form offers and those of the policy.
fn days(frame: &Frame, offered: &[i32], own: &[i32]) -> Vec<Choice> {
    let mut all: Vec<i32> = offered.iter().chain(own).copied().collect();
    all.sort_unstable_by(|one, other| other.cmp(one));
    all.dedup();
    all.iter().map(|day| Choice::new(day, frame.t_n("reminders-days-before", i64::from(*day)))).collect()
}
