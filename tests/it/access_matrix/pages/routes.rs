//! The table of the pages, and the pages that the program serves.

mod administration;
mod served;
mod work;

use std::collections::BTreeSet;

pub(super) use served::served;

use super::super::table::{self, ANYBODY, Cells, READ, SIGNED_IN};

/// One page: method and path, the kind of its target, the call of the API with the same permissions, and the marks.
pub(super) struct PageRow {
    pub route: &'static str,
    pub on: &'static str,
    /// Empty for a page with marks of its own.
    pub like: &'static str,
    pub cells: Cells,
}

impl PageRow {
    pub(super) fn method(&self) -> &'static str {
        self.route.split(' ').next().unwrap()
    }

    pub(super) fn path(&self) -> &'static str {
        self.route.split(' ').nth(1).unwrap()
    }

    /// Returns the first noun of the path.
    pub(super) fn noun(&self) -> &'static str {
        self.path().split(['/', '.']).nth(1).unwrap()
    }

    /// Returns true if an address is one of this page.
    pub(super) fn fits(&self, address: &str) -> bool {
        let asked = address.split(['?', '#']).next().unwrap_or_default();
        let (own, asked): (Vec<_>, Vec<_>) = (self.path().split('/').collect(), asked.split('/').collect());
        let fits = |(own, asked): (&&str, &&str)| {
            own == asked || (own.ends_with("id}") && is_id(asked)) || (own.starts_with('{') && !own.ends_with("id}"))
        };
        own.len() == asked.len() && own.iter().zip(&asked).all(fits)
    }
}

fn is_id(part: &str) -> bool {
    part.len() == 36 && part.bytes().filter(|byte| *byte == b'-').count() == 4
}

/// Returns an address with `{}` for ids and numbers: addresses with the same pattern lead to the same page.
pub(super) fn pattern(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let plain =
        |part: &str| if is_id(part) || part.bytes().any(|byte| byte.is_ascii_digit()) { "{}" } else { part }.to_owned();
    let path = path.split('/').map(plain).collect::<Vec<_>>().join("/");
    let named = |pair: &str| {
        pair.split_once('=').map_or_else(|| plain(pair), |(name, value)| format!("{name}={}", plain(value)))
    };
    let query: BTreeSet<String> = query.split('&').filter(|pair| !pair.is_empty()).map(named).collect();
    if query.is_empty() { path } else { format!("{path}?{}", query.into_iter().collect::<Vec<_>>().join("&")) }
}

/// Returns the fields without which a form means nothing.
pub(super) fn fields<'a>(path: &str, unknown: &'a str) -> Vec<(&'static str, &'a str)> {
    match path {
        "/sign-in" => vec![("email", unknown), ("password", "otra")],
        "/me/language" => vec![("language", "es")],
        "/me/calendar" => vec![("action", "make")],
        "/me/second-factor" => vec![("action", "begin")],
        "/me/notifications" => vec![("events/new_commitment", "daily")],
        "/me/drafts" => vec![("page", "/me")],
        _ => Vec::new(),
    }
}

/// The permissions of a page: those of a call of the API, or marks of its own.
enum Marks {
    Like(&'static str),
    Own(Cells),
}
use Marks::{Like, Own};

/// Forms of new records and the queue of those who review: a page names no record, so its existence is no secret, and
/// those who write nowhere get a page that states it.
const WRITERS: Cells = ["222FFFU", "-", "-", "-"];
/// The form of a new record of a country: for those who coordinate one.
const COORDINATORS: Cells = ["22FFFFU", "-", "-", "-"];
/// Administration is a page not found for those who have no role in it.
const WRITTEN: Cells = ["222NNNU", "-", "-", "-"];
const COORDINATED: Cells = ["22NNNNU", "-", "-", "-"];
/// The session that a form ends must be one's own.
const OF_NOBODY: Cells = ["NNNNNNU", "-", "-", "-"];
/// The world of this test has no public view: its pages do not exist for anybody. `tests/it/public` has the others.
const SWITCHED_OFF: Cells = ["NNNNNNN", "-", "-", "-"];
/// Signing out leads everybody to the sign-in page.
const AWAY: Cells = ["UUUUUUU", "-", "-", "-"];

/// Returns every page.
pub(super) fn rows() -> Vec<PageRow> {
    let calls = table::rows();
    let cells_of = |call: &str| {
        let found = calls.iter().find(|row| row.call == call);
        found.unwrap_or_else(|| panic!("the table of calls has no {call}")).cells
    };
    let mut rows = Vec::new();
    let mut on = |on: &'static str, pages: &[(&'static [&'static str], Marks)]| {
        for (routes, marks) in pages {
            let (like, cells) = match marks {
                Like(call) => (*call, cells_of(call)),
                Own(cells) => ("", *cells),
            };
            rows.extend(routes.iter().map(|route| PageRow { route, on, like, cells }));
        }
    };
    for (kind, pages) in administration::PAGES.iter().chain(work::PAGES) {
        on(kind, pages);
    }
    on(
        "none",
        &[
            (&["GET /assets/{name}", "GET /favicon.ico", "GET /robots.txt"], Own(ANYBODY)),
            (&["GET /help", "GET /help/{role}", "GET /help/guides/{name}"], Own(ANYBODY)),
            (&["GET /accessibility", "GET /privacy"], Own(ANYBODY)),
            (&["GET /sign-in", "POST /sign-in", "GET /password", "POST /password"], Own(ANYBODY)),
            (&["GET /invitation", "POST /invitation"], Own(ANYBODY)),
            (&["POST /sign-out"], Own(AWAY)),
            // Tests are debug builds; in others, only admins see it.
            (&["GET /ui"], Own(SIGNED_IN)),
            (&["GET /"], Like("GET /api/v1/me/pending")),
            (&["GET /me", "POST /me"], Like("PATCH /api/v1/me")),
            (&["GET /me/language", "POST /me/language", "POST /me/drafts"], Like("PATCH /api/v1/me")),
            (&["GET /me/password", "POST /me/password"], Like("PATCH /api/v1/me")),
            (&["GET /me/sessions"], Like("GET /api/v1/me/sessions")),
            (&["GET /me/notifications", "POST /me/notifications"], Like("PUT /api/v1/me/notifications")),
            (&["GET /me/calendar", "POST /me/calendar"], Like("POST /api/v1/me/calendar-token")),
            (&["GET /me/second-factor", "POST /me/second-factor"], Like("POST /api/v1/me/second-factor")),
            (&["GET /me/tokens", "POST /me/tokens"], Like("POST /api/v1/me/tokens")),
            (&["GET /commitments", "POST /commitments"], Like("GET /api/v1/commitments")),
            (&["GET /commitments.xlsx", "GET /commitments.csv"], Like("GET /api/v1/commitments")),
            (&["GET /follow-up-matrix.xlsx"], Like("GET /api/v1/follow-up-matrix")),
            (&["GET /imports"], Like("GET /api/v1/imports")),
            (&["GET /imports/new", "POST /imports/new"], Own(WRITERS)),
            (&["GET /commitments/new", "POST /commitments/new", "GET /reviews"], Own(WRITERS)),
            (&["GET /meetings"], Like("GET /api/v1/meetings")),
            (&["GET /meetings/new", "POST /meetings/new"], Own(WRITERS)),
            (&["GET /agreements"], Like("GET /api/v1/agreements")),
            (&["GET /agreements/new", "POST /agreements/new"], Own(WRITERS)),
            (&["GET /institutions"], Like("GET /api/v1/institutions")),
            (&["GET /commissions"], Like("GET /api/v1/commissions")),
            (&["GET /search"], Like("GET /api/v1/search")),
            (&["GET /compliance/document"], Like("GET /api/v1/compliance/document")),
            (&["GET /calendar"], Like("GET /api/v1/meetings")),
            (&["GET /deliveries", "GET /deliveries/preview"], Own(WRITTEN)),
            (&["GET /audit-log", "GET /countries"], Own(COORDINATED)),
            (&["GET /countries/new", "POST /countries/new"], Own(["2FNNNNU", "-", "-", "-"])),
            (&["GET /settings"], Own(["2NNNNNU", "-", "-", "-"])),
            (&["GET /former-names"], Like("GET /api/v1/former-names")),
            (&["GET /public"], Own(SWITCHED_OFF)),
        ],
    );
    on("commission", &[(&["GET /public/commissions/{id}"], Own(SWITCHED_OFF))]);
    on("meeting", &[(&["GET /public/meetings/{id}"], Own(SWITCHED_OFF))]);
    on("report", &[(&["GET /public/reports/{id}", "GET /public/reports/{id}/document"], Own(SWITCHED_OFF))]);
    on("session", &[(&["POST /me/sessions"], Own(OF_NOBODY))]);
    on(
        "country",
        &[
            (&["GET /countries/{code}/edit", "POST /countries/{code}/edit"], Own(["2FNNNNU", "-", "2NNNNNU", "-"])),
            (
                &[
                    "GET /countries/{code}/calendar",
                    "POST /countries/{code}/calendar",
                    "GET /countries/{code}/calendar/holidays",
                    "POST /countries/{code}/calendar/holidays",
                ],
                Own(["22NNNNU", "-", "2NNNNNU", "-"]),
            ),
        ],
    );
    on(
        "former name",
        &[(
            &["GET /former-names/{id}/removal", "POST /former-names/{id}/removal"],
            Like("DELETE /api/v1/former-names/{id}"),
        )],
    );
    on(
        "failed delivery",
        &[
            (&["GET /deliveries/{id}"], Like("GET /api/v1/reminders/deliveries/{id}")),
            (
                &["GET /deliveries/{id}/retry", "POST /deliveries/{id}/retry"],
                Like("POST /api/v1/reminders/deliveries/{id}/retry"),
            ),
        ],
    );
    on("institution", &[(&["GET /institutions/{id}"], Like("GET /api/v1/institutions/{id}"))]);
    on(
        "commission",
        &[
            (&["GET /imports/template"], Like("GET /api/v1/imports/template")),
            (&["GET /commissions/{id}"], Like("GET /api/v1/commissions/{id}")),
        ],
    );
    on(
        "import",
        &[
            (&["GET /imports/{id}"], Like("GET /api/v1/imports/{id}")),
            (&["GET /imports/{id}/undo", "POST /imports/{id}/undo"], Like("POST /api/v1/imports/{id}/undo")),
        ],
    );
    on(
        "in commission",
        &[
            (&["GET /commissions/{id}/members"], Like("GET /api/v1/commissions/{id}/memberships")),
            (&["GET /commissions/{id}/members/document"], Like("GET /api/v1/commissions/{id}/members/document")),
            (&["GET /commissions/{id}/attendance/document"], Like("GET /api/v1/commissions/{id}/attendance/document")),
            (&["GET /commissions/{id}/delegates"], Like("GET /api/v1/commissions/{id}/delegates")),
            (&["GET /commissions/{id}/states"], Like("GET /api/v1/commissions/{id}/operational-states")),
            (&["GET /commissions/{id}/reminders"], Like("GET /api/v1/commissions/{id}/reminder-policy")),
        ],
    );
    on(
        "meeting",
        &[
            (&["GET /meetings/{id}", "GET /meetings/{id}/calendar.ics"], Like("GET /api/v1/meetings/{id}")),
            (&["GET /meetings/{id}/edit", "POST /meetings/{id}/edit"], Like("PATCH /api/v1/meetings/{id}")),
            (&["GET /meetings/{id}/removal", "POST /meetings/{id}/removal"], Like("DELETE /api/v1/meetings/{id}")),
            (&["GET /meetings/{id}/agenda"], Like("GET /api/v1/meetings/{id}/agenda")),
            (&["POST /meetings/{id}/agenda"], Like("PUT /api/v1/meetings/{id}/agenda")),
            (&["GET /meetings/{id}/attendance"], Like("GET /api/v1/meetings/{id}/attendance")),
            (&["POST /meetings/{id}/attendance"], Like("PUT /api/v1/meetings/{id}/attendance")),
            (&["GET /meetings/{id}/agreements"], Like("GET /api/v1/meetings/{id}")),
            (&["POST /meetings/{id}/agreements"], Like("PATCH /api/v1/meetings/{id}")),
            (
                &["GET /meetings/{id}/publication", "POST /meetings/{id}/publication"],
                Like("POST /api/v1/meetings/{id}/publication"),
            ),
            (&["GET /meetings/{id}/follow-up"], Like("GET /api/v1/meetings/{id}/follow-up")),
            (&["GET /meetings/{id}/follow-up/document"], Like("GET /api/v1/meetings/{id}/follow-up/document")),
            (&["GET /meetings/{id}/convocation/document"], Like("GET /api/v1/meetings/{id}/convocation/document")),
            (&["GET /meetings/{id}/attendance/document"], Like("GET /api/v1/meetings/{id}/attendance/document")),
            (&["GET /meetings/{id}/documents"], Like("GET /api/v1/meetings/{id}/documents")),
            (&["POST /meetings/{id}/documents"], Like("POST /api/v1/meetings/{id}/documents")),
            (
                &["GET /meetings/{id}/cancellation", "POST /meetings/{id}/cancellation"],
                Like("POST /api/v1/meetings/{id}/cancellation"),
            ),
            // Before the first text, the form to those who write it; to other readers of the session, that it is not
            // available yet.
            (&["GET /meetings/{id}/minutes"], Own(READ)),
            (&["POST /meetings/{id}/minutes"], Like("PUT /api/v1/meetings/{id}/minutes")),
            (&["GET /meetings/{id}/minutes/template"], Like("GET /api/v1/meetings/{id}/minutes/template")),
        ],
    );
    on(
        "coming meeting",
        &[
            (
                &["GET /meetings/{id}/convocation", "POST /meetings/{id}/convocation"],
                Like("POST /api/v1/meetings/{id}/convocation"),
            ),
            (
                &["GET /meetings/{id}/agenda/proposals/new", "POST /meetings/{id}/agenda/proposals/new"],
                Like("POST /api/v1/meetings/{id}/agenda/proposals"),
            ),
        ],
    );
    on(
        "invited institution",
        &[(
            &["GET /meetings/{id}/replies/{institution_id}", "POST /meetings/{id}/replies/{institution_id}"],
            Like("PUT /api/v1/meetings/{id}/replies/{institution_id}"),
        )],
    );
    on(
        "agenda proposal",
        &[(
            &[
                "GET /meetings/{id}/agenda/proposals/{proposal_id}/decision",
                "POST /meetings/{id}/agenda/proposals/{proposal_id}/decision",
            ],
            Like("PUT /api/v1/meetings/{id}/agenda/proposals/{proposal_id}/decision"),
        )],
    );
    on(
        "joint meeting",
        &[(
            &[
                "GET /meetings/{id}/commissions/{commission_id}/withdrawal",
                "POST /meetings/{id}/commissions/{commission_id}/withdrawal",
            ],
            Like("POST /api/v1/meetings/{id}/commissions/{commission_id}/withdrawal"),
        )],
    );
    on(
        "minutes",
        &[
            // A draft looks like no text at all to those who may not know it.
            (&["GET /meetings/{id}/minutes"], Own(READ)),
            (&["GET /meetings/{id}/minutes/document"], Like("GET /api/v1/meetings/{id}/minutes/document")),
            (
                &["GET /meetings/{id}/minutes/circulation", "POST /meetings/{id}/minutes/circulation"],
                Like("POST /api/v1/meetings/{id}/minutes/circulation"),
            ),
        ],
    );
    on(
        "circulated minutes",
        &[
            (&["GET /meetings/{id}/minutes"], Own(READ)),
            (
                &["GET /meetings/{id}/minutes/approval", "POST /meetings/{id}/minutes/approval"],
                Like("POST /api/v1/meetings/{id}/minutes/approval"),
            ),
            (&["GET /meetings/{id}/minutes/comments"], Like("GET /api/v1/meetings/{id}/minutes/comments")),
            (&["POST /meetings/{id}/minutes/comments"], Like("POST /api/v1/meetings/{id}/minutes/comments")),
        ],
    );
    on(
        "approved minutes",
        &[
            (&["GET /meetings/{id}/minutes", "GET /meetings/{id}/minutes/comments"], Own(READ)),
            (
                &["GET /meetings/{id}/minutes/rectification", "POST /meetings/{id}/minutes/rectification"],
                Like("POST /api/v1/meetings/{id}/minutes/rectifications"),
            ),
        ],
    );
    on(
        "meeting document",
        &[
            (&["GET /meetings/{id}/documents"], Like("GET /api/v1/meetings/{id}/documents")),
            (
                &[
                    "GET /meetings/{id}/documents/{document_id}/edit",
                    "POST /meetings/{id}/documents/{document_id}/edit",
                ],
                Like("PATCH /api/v1/meetings/{id}/documents/{document_id}"),
            ),
            (
                &[
                    "GET /meetings/{id}/documents/{document_id}/removal",
                    "POST /meetings/{id}/documents/{document_id}/removal",
                ],
                Like("DELETE /api/v1/meetings/{id}/documents/{document_id}"),
            ),
        ],
    );
    on(
        "agreement",
        &[
            (&["GET /agreements/{id}"], Like("GET /api/v1/agreements/{id}")),
            (&["GET /agreements/{id}/edit", "POST /agreements/{id}/edit"], Like("PATCH /api/v1/agreements/{id}")),
            (
                &["GET /agreements/{id}/removal", "POST /agreements/{id}/removal"],
                Like("DELETE /api/v1/agreements/{id}"),
            ),
        ],
    );
    on(
        "commitment",
        &[
            (&["GET /commitments/{id}"], Like("GET /api/v1/commitments/{id}")),
            (&["GET /commitments/{id}/edit", "POST /commitments/{id}/edit"], Like("PATCH /api/v1/commitments/{id}")),
            (
                &["GET /commitments/{id}/removal", "POST /commitments/{id}/removal"],
                Like("DELETE /api/v1/commitments/{id}"),
            ),
            (
                &["GET /commitments/{id}/assignments/new", "POST /commitments/{id}/assignments/new"],
                Like("POST /api/v1/commitments/{id}/assignments"),
            ),
        ],
    );
    on(
        "draft commitment",
        &[(
            &["GET /commitments/{id}/publication", "POST /commitments/{id}/publication"],
            Like("POST /api/v1/commitments/{id}/publication"),
        )],
    );
    on(
        "assignment",
        &[
            (
                &["GET /commitments/{id}/assignments/{aid}/report", "POST /commitments/{id}/assignments/{aid}/report"],
                Like("POST /api/v1/commitments/{id}/assignments/{aid}/updates"),
            ),
            (
                &[
                    "GET /commitments/{id}/assignments/{aid}/extension",
                    "POST /commitments/{id}/assignments/{aid}/extension",
                ],
                Like("POST /api/v1/commitments/{id}/assignments/{aid}/extensions"),
            ),
            (
                &[
                    "GET /commitments/{id}/assignments/{aid}/cancellation",
                    "POST /commitments/{id}/assignments/{aid}/cancellation",
                ],
                Like("POST /api/v1/commitments/{id}/assignments/{aid}/cancellation"),
            ),
        ],
    );
    for (like, routes) in [
        (
            "PATCH /api/v1/commitments/{id}/assignments/{aid}",
            &["GET /commitments/{id}/assignments/{aid}/edit", "POST /commitments/{id}/assignments/{aid}/edit"],
        ),
        (
            "DELETE /api/v1/commitments/{id}/assignments/{aid}",
            &["GET /commitments/{id}/assignments/{aid}/removal", "POST /commitments/{id}/assignments/{aid}/removal"],
        ),
    ] {
        on("assignment", &[(routes, Like(like))]);
    }
    on(
        "cancelled assignment",
        &[(
            &[
                "GET /commitments/{id}/assignments/{aid}/reopening",
                "POST /commitments/{id}/assignments/{aid}/reopening",
            ],
            Like("POST /api/v1/commitments/{id}/assignments/{aid}/reopening"),
        )],
    );
    for kind in ["update", "reviewed update"] {
        on(kind, &[(&["GET /reviews/{id}", "POST /reviews/{id}"], Like("PUT /api/v1/updates/{id}/review"))]);
    }
    on(
        "extension",
        &[
            // The people of the institution see its request too.
            (&["GET /extensions/{id}"], Like("POST /api/v1/commitments/{id}/assignments/{aid}/extensions")),
            (&["POST /extensions/{id}"], Like("PUT /api/v1/extensions/{id}/decision")),
        ],
    );
    on("file", &[(&["GET /files/{id}"], Like("GET /api/v1/files/{id}"))]);
    rows
}
