//! The pages of the roles: what each role does in a week, step by step.

use crate::identity::Role;

/// The help of one role.
pub struct RoleHelp {
    pub role: Role,
    /// The end of its address, and the beginning of the names of its steps.
    pub name: &'static str,
    pub steps: &'static [Step],
    /// The names of the guides for this role.
    pub(crate) guides: &'static [&'static str],
}

/// One step. Its heading is the text `help-{name}`, its explanation `help-{name}-text`.
pub struct Step {
    /// The name of the step and of its picture.
    pub name: &'static str,
    /// The address of the page; a name in braces is the id of a record: `/meetings/{held}/attendance`.
    pub page: &'static str,
    /// The key of the name of the page.
    pub title: &'static str,
    /// The keys of the fields and buttons that the picture shows.
    pub words: &'static [&'static str],
    /// The element at which the picture begins, as a CSS selector.
    pub from: &'static str,
}

impl Step {
    /// Returns an address that leads to the page without naming a record: the page itself, or its list.
    pub(crate) fn link(&self) -> String {
        match self.page.contains('{') {
            false => self.page.split('?').next().unwrap_or_default().to_owned(),
            true => self.page.split('/').take(2).collect::<Vec<_>>().join("/"),
        }
    }
}

const fn step(
    name: &'static str,
    page: &'static str,
    title: &'static str,
    words: &'static [&'static str],
    from: &'static str,
) -> Step {
    Step { name, page, title, words, from }
}

/// The whole page, with the navigation; and its content alone.
const PAGE: &str = "body";
const MAIN: &str = "main";

/// The help of each role.
pub const ROLES: &[RoleHelp] = &[
    RoleHelp {
        role: Role::Secretariat,
        name: "secretariat",
        steps: SECRETARIAT,
        guides: &["first-week", "sessions", "reminders", "import"],
    },
    RoleHelp { role: Role::Representative, name: "institution", steps: INSTITUTION, guides: &["reporting"] },
    RoleHelp { role: Role::Coordinator, name: "coordinator", steps: COORDINATOR, guides: &["report", "first-week"] },
    RoleHelp { role: Role::Observer, name: "observer", steps: OBSERVER, guides: &[] },
    RoleHelp { role: Role::Admin, name: "administrator", steps: ADMINISTRATOR, guides: &["operation", "reminders"] },
];

const SECRETARIAT: &[Step] = &[
    step(
        "secretariat-start",
        "/",
        "start-title",
        &[
            "start-reason-review-pending",
            "start-verb-review-pending",
            "start-reason-extension-pending",
            "start-verb-extension-pending",
        ],
        PAGE,
    ),
    step(
        "secretariat-convocation",
        "/meetings/{meeting}/convocation",
        "meetings-convene",
        &["meetings-agenda-edit", "meetings-unreached-title"],
        MAIN,
    ),
    step(
        "secretariat-attendance",
        "/meetings/{held}/attendance",
        "meetings-tab-attendance",
        &["meetings-all-present", "meetings-mark-present", "meetings-mark-excused"],
        "main form",
    ),
    step(
        "secretariat-agreements",
        "/meetings/{held}/agreements",
        "meetings-tab-agreements",
        &["entry-add-agreement", "agreements-item", "agreements-text", "entry-adoption"],
        "main .panel:has(> form)",
    ),
    step(
        "secretariat-minutes",
        "/meetings/{held}/minutes",
        "meetings-tab-minutes",
        &["minutes-text", "minutes-save", "ui-preview"],
        "main form",
    ),
    step(
        "secretariat-review",
        "/reviews/{update}",
        "progress-review-title",
        &[
            "progress-promised",
            "progress-reported",
            "progress-evidence",
            "progress-field-comment",
            "progress-accept",
            "progress-return",
        ],
        "main .side-by-side",
    ),
    step(
        "secretariat-list",
        "/commitments",
        "commitments-title",
        &["commitments-institution", "commitments-due", "commitments-more-filters", "commitments-matrix"],
        MAIN,
    ),
];

const INSTITUTION: &[Step] = &[
    step(
        "institution-start",
        "/",
        "start-title",
        &[
            "start-reason-due-soon",
            "start-verb-due-soon",
            "start-reason-session-upcoming",
            "start-verb-session-upcoming",
        ],
        PAGE,
    ),
    step(
        "institution-report",
        "/commitments/{commitment}/assignments/{part}/report",
        "progress-report-title",
        &["progress-question-status", "progress-question-done"],
        "main form fieldset",
    ),
    step(
        "institution-extension",
        "/commitments/{commitment}/assignments/{part}/extension",
        "progress-extension-title",
        &["progress-field-requested", "progress-field-reason", "progress-extension-send"],
        MAIN,
    ),
    step(
        "institution-reply",
        "/meetings/{convened}/replies/{institution}",
        "meetings-reply-title",
        &["meetings-reply-attends", "meetings-reply-excused", "meetings-reply-person", "meetings-reply-send"],
        MAIN,
    ),
    step(
        "institution-activity",
        "/activities/new",
        "activities-new",
        &["activities-title", "activities-kind", "activities-commissions"],
        MAIN,
    ),
    step(
        "institution-mails",
        "/me/notifications",
        "account-tab-notifications",
        &["account-events-progress", "account-timing-immediate"],
        MAIN,
    ),
];

const COORDINATOR: &[Step] = &[
    step(
        "coordinator-overview",
        "/overview?country_code=PE",
        "overview-page",
        &["overview-commissions", "overview-column-soon", "overview-column-overdue", "overview-column-review"],
        MAIN,
    ),
    step(
        "coordinator-activities",
        "/activities/validation",
        "activities-validation",
        &["activities-validate", "activities-look"],
        MAIN,
    ),
    step(
        "coordinator-report",
        "/reports/{report}",
        "reports-page",
        &["reports-blocked", "reports-column-state", "reports-column-assignee", "reports-do-approve"],
        MAIN,
    ),
    step(
        "coordinator-question",
        "/reports/{report}/questions/highlights",
        "reports-field-text",
        &["reports-save-answer", "reports-findings"],
        "main form",
    ),
    step("coordinator-approval", "/reports/{report}/approval", "reports-approval-title", &["reports-blocked"], MAIN),
    step(
        "coordinator-people",
        "/people/new",
        "people-invite-title",
        &["people-email", "people-role", "people-represented"],
        MAIN,
    ),
];

const OBSERVER: &[Step] = &[
    step(
        "observer-sessions",
        "/meetings",
        "meetings-title",
        &["meetings-next", "meetings-past", "meetings-year"],
        PAGE,
    ),
    step(
        "observer-commitments",
        "/commitments",
        "commitments-title",
        &["commitments-institution", "commitments-status", "commitments-due", "commitments-xlsx"],
        MAIN,
    ),
    step("observer-search", "/search?q=estrategia", "search-title", &["search-words"], MAIN),
    step(
        "observer-calendar",
        "/me/calendar",
        "account-calendar-title",
        &["account-calendar-make", "account-calendar-how"],
        MAIN,
    ),
];

const ADMINISTRATOR: &[Step] = &[
    step(
        "administrator-people",
        "/people/new",
        "people-invite-title",
        &["people-email", "people-role-coordinator", "people-role-secretariat"],
        MAIN,
    ),
    step(
        "administrator-holidays",
        "/countries/{country}/calendar/holidays",
        "calendar-load",
        &["calendar-from-year", "calendar-to-year"],
        MAIN,
    ),
    step(
        "administrator-mails",
        "/deliveries",
        "deliveries-page",
        &["deliveries-bouncing", "deliveries-preview", "deliveries-address", "deliveries-state"],
        MAIN,
    ),
    step(
        "administrator-changes",
        "/audit-log?kind=commitment",
        "audit-page",
        &["audit-kind", "audit-action", "audit-from", "audit-to"],
        MAIN,
    ),
    step("administrator-settings", "/settings", "settings-page", &["settings-brand", "settings-mail"], MAIN),
];
