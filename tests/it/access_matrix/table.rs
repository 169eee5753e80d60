//! The table. Columns of a mark: admin, coordinator of Chile, secretariat of commission A, representative of a member
//! of A, observer of A, a person without grants, a person who is not signed in.
//!
//! `2` done, `U` 401, `F` 403, `N` 404, `C` 409 (permitted, but refused by the present state). A dash: there is no such
//! case.

/// Returns the marks of two representatives with bounded grants. The grant of the first is bounded to commission A: the
/// marks are those of a representative of the same member of A with an unbounded grant. The grant of the second is
/// bounded to another commission of Chile: in A it gives the rights of a person without grants.
pub(super) fn bounded_marks(call: &str, cell: &str) -> String {
    let mark = |column| cell.chars().nth(column).unwrap();
    let elsewhere = if call == "POST /api/v1/files" { mark(3) } else { mark(5) };
    [mark(3), elsewhere].iter().collect()
}

/// One call, the kind of its target, and the marks for own, shared, foreign and restricted records.
pub(super) struct Row {
    pub call: &'static str,
    pub on: &'static str,
    pub cells: [&'static str; 4],
}

pub(super) type Cells = [&'static str; 4];

/// Everybody who is signed in.
pub(super) const SIGNED_IN: Cells = ["222222U", "-", "-", "-"];
/// Everybody, signed in or not.
pub(super) const ANYBODY: Cells = ["2222222", "-", "-", "-"];
/// Read by the people of the commission; restricted records by its secretariat, the coordinator and admins.
pub(super) const READ: Cells = ["22222NU", "22222NU", "2NNNNNU", "222NNNU"];
/// Written by the secretariat.
const KEEP: Cells = ["222FFNU", "222FFNU", "2NNNNNU", "222NNNU"];
/// A new record in the commission: the commission itself is known, for every record.
const ENTER: Cells = ["222FFNU", "222FFNU", "2NNNNNU", "222FFNU"];
/// Parts of a commission, which are never restricted.
const OF_COMMISSION: Cells = ["22222NU", "22222NU", "2NNNNNU", "-"];
const KEEP_OF_COMMISSION: Cells = ["222FFNU", "222FFNU", "2NNNNNU", "-"];
/// Written by the coordinator, read by the people of the commission.
const STEER: Cells = ["22FFFNU", "22FFFNU", "2NNNNNU", "-"];
/// The commissions themselves; the shared one is another one of the same country.
const COMMISSION: Cells = ["22222NU", "22NNNNU", "2NNNNNU", "-"];
const STEER_COMMISSION: Cells = ["22FFFNU", "22NNNNU", "2NNNNNU", "-"];
/// Draft minutes and draft commitments, known only to those who write them.
pub(super) const DRAFT: Cells = ["222NNNU", "222NNNU", "2NNNNNU", "222NNNU"];
/// Imports: of the coordinator, and of the person who imported, who has no column.
const BROUGHT_IN: Cells = ["22NNNNU", "22NNNNU", "2NNNNNU", "-"];
/// Done by its author alone, who has no column.
const OF_AUTHOR: Cells = ["FFFFFNU", "FFFFFNU", "FNNNNNU", "FFFNNNU"];
/// Reports: of the coordinator.
const REPORT: Cells = ["22NNNNU", "-", "2NNNNNU", "-"];
/// Answers of reports: of the coordinator, and of the secretariat of the commission to which the question is assigned;
/// the shared one is assigned to nobody.
const ANSWER: Cells = ["222NNNU", "22NNNNU", "2NNNNNU", "-"];

/// Returns every call of the API.
pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let mut on = |on: &'static str, calls: &[(&'static str, Cells)]| {
        rows.extend(calls.iter().map(|(call, cells)| Row { call, on, cells: *cells }));
    };
    on(
        "none",
        &[
            ("GET /healthz", ANYBODY),
            ("GET /readyz", ANYBODY),
            ("GET /metrics", ANYBODY),
            ("GET /api/openapi.json", ANYBODY),
            ("GET /api/docs/", ANYBODY),
            ("POST /api/v1/auth/login", ["UUUUUUU", "-", "-", "-"]),
            ("POST /api/v1/auth/refresh", ["UUUUUUU", "-", "-", "-"]),
            ("POST /api/v1/auth/logout", ANYBODY),
            ("POST /api/v1/auth/sign-in-link", ["UUUUUUU", "-", "-", "-"]),
            ("POST /api/v1/auth/password-reset", ANYBODY),
            ("POST /api/v1/auth/password-reset/confirm", ["UUUUUUU", "-", "-", "-"]),
            ("GET /api/v1/me", SIGNED_IN),
            ("GET /api/v1/me/sessions", SIGNED_IN),
            ("GET /api/v1/me/notifications", SIGNED_IN),
            ("PUT /api/v1/me/notifications", SIGNED_IN),
            ("POST /api/v1/me/calendar-token", SIGNED_IN),
            ("DELETE /api/v1/me/calendar-token", SIGNED_IN),
            // Nobody has begun one yet; `second_factor.rs` confirms one.
            ("POST /api/v1/me/second-factor/confirmation", ["NNNNNNU", "-", "-", "-"]),
            ("GET /api/v1/me/second-factor", SIGNED_IN),
            ("POST /api/v1/me/second-factor", SIGNED_IN),
            ("DELETE /api/v1/me/second-factor", SIGNED_IN),
            ("GET /api/v1/me/tokens", SIGNED_IN),
            ("POST /api/v1/me/tokens", SIGNED_IN),
            ("PATCH /api/v1/me", SIGNED_IN),
            ("GET /api/v1/countries", SIGNED_IN),
            ("GET /api/v1/institutions", SIGNED_IN),
            ("GET /api/v1/commissions", SIGNED_IN),
            ("GET /api/v1/meetings", SIGNED_IN),
            ("GET /api/v1/agreements", SIGNED_IN),
            ("GET /api/v1/commitments", SIGNED_IN),
            ("GET /api/v1/updates", SIGNED_IN),
            ("GET /api/v1/extensions", SIGNED_IN),
            ("GET /api/v1/plans", SIGNED_IN),
            ("GET /api/v1/observations", SIGNED_IN),
            ("GET /api/v1/duties", SIGNED_IN),
            ("GET /api/v1/indicators", SIGNED_IN),
            ("GET /api/v1/activities", SIGNED_IN),
            ("GET /api/v1/reports", SIGNED_IN),
            ("GET /api/v1/users", SIGNED_IN),
            ("POST /api/v1/users", ["222FFFU", "-", "2NNFFFU", "-"]),
            ("POST /api/v1/countries", ["2FFFFFU", "-", "-", "-"]),
            ("POST /api/v1/institutions", ["222FFFU", "-", "2FFFFFU", "-"]),
            ("POST /api/v1/commissions", ["22FFFFU", "-", "2FFFFFU", "-"]),
            ("POST /api/v1/meetings", ENTER),
            ("POST /api/v1/agreements", ENTER),
            ("POST /api/v1/commitments", ENTER),
            ("POST /api/v1/plans", ["22FFFFU", "-", "2FFFFFU", "-"]),
            ("POST /api/v1/observations", ["222FFFU", "-", "2FFFFFU", "-"]),
            ("POST /api/v1/duties", ENTER),
            ("POST /api/v1/activities", ["2222FNU", "222FFNU", "2NNNNNU", "222FFNU"]),
            ("POST /api/v1/reports", ["22FFFFU", "-", "2FFFFFU", "-"]),
            ("POST /api/v1/files", ["2222FFU", "-", "-", "-"]),
            ("GET /api/v1/registry", SIGNED_IN),
            ("GET /api/v1/follow-up-matrix", SIGNED_IN),
            ("GET /api/v1/export", ["22FFFFU", "-", "2FFFFFU", "-"]),
            ("POST /api/v1/imports", ["22FFFFU", "-", "2FFFFFU", "-"]),
            ("GET /api/v1/imports", SIGNED_IN),
            ("GET /api/v1/reminders/preview", SIGNED_IN),
            ("GET /api/v1/reminders/deliveries", SIGNED_IN),
            ("GET /api/v1/audit-log", SIGNED_IN),
            ("GET /api/v1/former-names", ["2NNNNNU", "-", "-", "-"]),
            ("GET /api/v1/me/pending", SIGNED_IN),
            ("GET /api/v1/overview", SIGNED_IN),
            ("GET /api/v1/compliance", SIGNED_IN),
            ("GET /api/v1/compliance/document", SIGNED_IN),
            ("GET /api/v1/search", SIGNED_IN),
        ],
    );
    on(
        "country",
        &[
            ("GET /api/v1/countries/{code}", ["222222U", "-", "222222U", "-"]),
            ("PATCH /api/v1/countries/{code}", ["2FFFFFU", "-", "2FFFFFU", "-"]),
            ("GET /api/v1/countries/{code}/calendar", ["222222U", "-", "222222U", "-"]),
            ("PUT /api/v1/countries/{code}/calendar", ["22FFFFU", "-", "2FFFFFU", "-"]),
            ("POST /api/v1/countries/{code}/calendar/holidays", ["22FFFFU", "-", "2FFFFFU", "-"]),
        ],
    );
    on("new country", &[("DELETE /api/v1/countries/{code}", ["2FFFFFU", "-", "-", "-"])]);
    on(
        "institution",
        &[
            // The shared one belongs to no country.
            ("GET /api/v1/institutions/{id}", ["222222U", "222222U", "222222U", "-"]),
            ("PATCH /api/v1/institutions/{id}", ["222FFFU", "2FFFFFU", "2FFFFFU", "-"]),
            ("DELETE /api/v1/institutions/{id}", ["222FFFU", "2FFFFFU", "2FFFFFU", "-"]),
            // Only the parts that the caller may write change hands.
            ("POST /api/v1/institutions/{id}/handover", ["222FFFU", "222FFFU", "222FFFU", "-"]),
        ],
    );
    on(
        "commission",
        &[
            ("GET /api/v1/commissions/{id}", COMMISSION),
            ("PATCH /api/v1/commissions/{id}", STEER_COMMISSION),
            ("GET /api/v1/imports/template", ["222FFNU", "22NNNNU", "2NNNNNU", "-"]),
        ],
    );
    on("new commission", &[("DELETE /api/v1/commissions/{id}", ["-", "22NNNNU", "2NNNNNU", "-"])]);
    on(
        "in commission",
        &[
            ("GET /api/v1/commissions/{id}/memberships", OF_COMMISSION),
            ("GET /api/v1/commissions/{id}/members", OF_COMMISSION),
            ("GET /api/v1/commissions/{id}/members/document", OF_COMMISSION),
            ("GET /api/v1/commissions/{id}/attendance", OF_COMMISSION),
            ("GET /api/v1/commissions/{id}/attendance/document", OF_COMMISSION),
            ("POST /api/v1/commissions/{id}/memberships", KEEP_OF_COMMISSION),
            ("GET /api/v1/commissions/{id}/delegates", OF_COMMISSION),
            // An institution enters and changes its own delegates.
            ("POST /api/v1/commissions/{id}/delegates", ["2222FNU", "222FFNU", "2NNNNNU", "-"]),
            ("GET /api/v1/commissions/{id}/next-ordinal", OF_COMMISSION),
            ("GET /api/v1/commissions/{id}/operational-states", OF_COMMISSION),
            ("POST /api/v1/commissions/{id}/operational-states", STEER),
            ("GET /api/v1/commissions/{id}/reminder-policy", OF_COMMISSION),
            ("PUT /api/v1/commissions/{id}/reminder-policy", KEEP_OF_COMMISSION),
        ],
    );
    on(
        "membership",
        &[
            ("GET /api/v1/commissions/{id}/memberships/{membership_id}", OF_COMMISSION),
            ("PATCH /api/v1/commissions/{id}/memberships/{membership_id}", KEEP_OF_COMMISSION),
            ("DELETE /api/v1/commissions/{id}/memberships/{membership_id}", KEEP_OF_COMMISSION),
        ],
    );
    on(
        "delegate",
        &[
            ("GET /api/v1/commissions/{id}/delegates/{delegate_id}", OF_COMMISSION),
            ("PATCH /api/v1/commissions/{id}/delegates/{delegate_id}", ["2222FNU", "222FFNU", "2NNNNNU", "-"]),
            ("DELETE /api/v1/commissions/{id}/delegates/{delegate_id}", KEEP_OF_COMMISSION),
        ],
    );
    on(
        "state",
        &[
            ("GET /api/v1/commissions/{id}/operational-states/{state_id}", OF_COMMISSION),
            ("PATCH /api/v1/commissions/{id}/operational-states/{state_id}", STEER),
            ("DELETE /api/v1/commissions/{id}/operational-states/{state_id}", STEER),
        ],
    );
    on(
        "meeting",
        &[
            ("GET /api/v1/meetings/{id}", READ),
            ("PATCH /api/v1/meetings/{id}", KEEP),
            ("DELETE /api/v1/meetings/{id}", KEEP),
            ("GET /api/v1/meetings/{id}/agenda", READ),
            ("PUT /api/v1/meetings/{id}/agenda", KEEP),
            ("GET /api/v1/meetings/{id}/attendance", READ),
            ("PUT /api/v1/meetings/{id}/attendance", KEEP),
            ("GET /api/v1/meetings/{id}/attendance/document", KEEP),
            ("GET /api/v1/meetings/{id}/convocation", READ),
            // It was never convened: there is only a draft.
            ("GET /api/v1/meetings/{id}/convocation/document", DRAFT),
            ("PUT /api/v1/meetings/{id}/minutes", KEEP),
            ("GET /api/v1/meetings/{id}/minutes/template", KEEP),
            ("GET /api/v1/meetings/{id}/documents", READ),
            // Every member of the commission is convened.
            ("POST /api/v1/meetings/{id}/documents", ["2222FNU", "2222FNU", "2NNNNNU", "222NNNU"]),
            ("GET /api/v1/meetings/{id}/replies", READ),
            ("GET /api/v1/meetings/{id}/agenda/proposals", READ),
            ("POST /api/v1/meetings/{id}/cancellation", KEEP),
            ("POST /api/v1/meetings/{id}/publication", KEEP),
            ("GET /api/v1/meetings/{id}/follow-up", READ),
            ("GET /api/v1/meetings/{id}/follow-up/document", READ),
        ],
    );
    on(
        "coming meeting",
        &[
            ("POST /api/v1/meetings/{id}/convocation", KEEP),
            ("POST /api/v1/meetings/{id}/agenda/proposals", ["FFF2FNU", "FFF2FNU", "FNNNNNU", "FFFNNNU"]),
        ],
    );
    on(
        "invited institution",
        &[("PUT /api/v1/meetings/{id}/replies/{institution_id}", ["FFF2FNU", "FFFFFNU", "FNNNNNU", "FFFNNNU"])],
    );
    on(
        "meeting reply",
        &[("GET /api/v1/meetings/{id}/replies/{institution_id}", ["2222NNU", "222NNNU", "2NNNNNU", "222NNNU"])],
    );
    on(
        "agenda proposal",
        &[
            ("GET /api/v1/meetings/{id}/agenda/proposals/{proposal_id}", ["2222NNU", "222NNNU", "2NNNNNU", "222NNNU"]),
            (
                "PUT /api/v1/meetings/{id}/agenda/proposals/{proposal_id}/decision",
                ["222FNNU", "222NNNU", "2NNNNNU", "222NNNU"],
            ),
        ],
    );
    on("joint meeting", &[("POST /api/v1/meetings/{id}/commissions/{commission_id}/withdrawal", KEEP)]);
    on(
        "minutes",
        &[
            ("GET /api/v1/meetings/{id}/minutes", DRAFT),
            ("GET /api/v1/meetings/{id}/minutes/document", DRAFT),
            ("POST /api/v1/meetings/{id}/minutes/circulation", KEEP),
        ],
    );
    on(
        "circulated minutes",
        &[
            ("POST /api/v1/meetings/{id}/minutes/approval", KEEP),
            ("GET /api/v1/meetings/{id}/minutes/comments", READ),
            ("POST /api/v1/meetings/{id}/minutes/comments", ["2222FNU", "2222FNU", "2NNNNNU", "222NNNU"]),
        ],
    );
    on("minutes comment", &[("GET /api/v1/meetings/{id}/minutes/comments/{comment_id}", READ)]);
    on(
        "approved minutes",
        &[
            ("GET /api/v1/meetings/{id}/minutes/versions", READ),
            ("POST /api/v1/meetings/{id}/minutes/rectifications", KEEP),
        ],
    );
    on(
        "meeting document",
        &[
            ("GET /api/v1/meetings/{id}/documents/{document_id}", READ),
            ("PATCH /api/v1/meetings/{id}/documents/{document_id}", KEEP),
            ("DELETE /api/v1/meetings/{id}/documents/{document_id}", KEEP),
        ],
    );
    on(
        "agreement",
        &[
            ("GET /api/v1/agreements/{id}", READ),
            ("PATCH /api/v1/agreements/{id}", KEEP),
            ("DELETE /api/v1/agreements/{id}", KEEP),
        ],
    );
    on(
        "commitment",
        &[
            ("GET /api/v1/commitments/{id}", READ),
            ("PATCH /api/v1/commitments/{id}", KEEP),
            ("DELETE /api/v1/commitments/{id}", KEEP),
            ("GET /api/v1/commitments/{id}/history", READ),
            ("GET /api/v1/commitments/{id}/assignments", READ),
            ("POST /api/v1/commitments/{id}/assignments", KEEP),
        ],
    );
    on("draft commitment", &[("POST /api/v1/commitments/{id}/publication", DRAFT)]);
    on(
        "assignment",
        &[
            ("GET /api/v1/commitments/{id}/assignments/{aid}", READ),
            ("PATCH /api/v1/commitments/{id}/assignments/{aid}", KEEP),
            ("DELETE /api/v1/commitments/{id}/assignments/{aid}", KEEP),
            ("GET /api/v1/commitments/{id}/assignments/{aid}/updates", READ),
            ("GET /api/v1/commitments/{id}/assignments/{aid}/extensions", READ),
            ("POST /api/v1/commitments/{id}/assignments/{aid}/cancellation", KEEP),
            ("POST /api/v1/commitments/{id}/assignments/{aid}/updates", ["2222FNU", "222FFNU", "2NNNNNU", "222NNNU"]),
            (
                "POST /api/v1/commitments/{id}/assignments/{aid}/extensions",
                ["2222FNU", "222FFNU", "2NNNNNU", "222NNNU"],
            ),
        ],
    );
    on("cancelled assignment", &[("POST /api/v1/commitments/{id}/assignments/{aid}/reopening", KEEP)]);
    on("update", &[("GET /api/v1/updates/{id}", READ), ("PUT /api/v1/updates/{id}/review", KEEP)]);
    on("reviewed update", &[("DELETE /api/v1/updates/{id}/review", OF_AUTHOR)]);
    on(
        "extension",
        &[
            ("GET /api/v1/extensions/{id}", READ),
            ("PUT /api/v1/extensions/{id}/decision", KEEP),
            ("POST /api/v1/extensions/{id}/withdrawal", KEEP),
        ],
    );
    on(
        "plan",
        &[
            ("GET /api/v1/plans/{id}", OF_COMMISSION),
            ("PATCH /api/v1/plans/{id}", STEER),
            ("DELETE /api/v1/plans/{id}", STEER),
            ("GET /api/v1/plans/{id}/items", OF_COMMISSION),
            ("POST /api/v1/plans/{id}/items", STEER),
            ("GET /api/v1/plans/{id}/suggestions", OF_COMMISSION),
        ],
    );
    on(
        "plan item",
        &[
            ("GET /api/v1/plans/{id}/items/{item_id}", OF_COMMISSION),
            ("PATCH /api/v1/plans/{id}/items/{item_id}", STEER),
            ("DELETE /api/v1/plans/{id}/items/{item_id}", STEER),
            ("POST /api/v1/indicators", STEER),
        ],
    );
    on(
        "indicator",
        &[
            ("GET /api/v1/indicators/{id}", OF_COMMISSION),
            ("PATCH /api/v1/indicators/{id}", STEER),
            ("DELETE /api/v1/indicators/{id}", STEER),
            ("GET /api/v1/indicators/{id}/values", OF_COMMISSION),
            ("GET /api/v1/indicators/{id}/document", OF_COMMISSION),
            // A responsible institution records values.
            ("POST /api/v1/indicators/{id}/values", ["22F2FNU", "22FFFNU", "2NNNNNU", "-"]),
        ],
    );
    on("indicator value", &[("GET /api/v1/indicators/{id}/values/{value_id}", OF_COMMISSION)]);
    on(
        "observation",
        &[
            ("GET /api/v1/observations/{id}", OF_COMMISSION),
            ("PATCH /api/v1/observations/{id}", STEER),
            ("DELETE /api/v1/observations/{id}", STEER),
        ],
    );
    on(
        "duty",
        &[
            ("GET /api/v1/duties/{id}", READ),
            ("PATCH /api/v1/duties/{id}", KEEP),
            ("DELETE /api/v1/duties/{id}", KEEP),
            ("GET /api/v1/duties/{id}/matrix", READ),
            ("GET /api/v1/duties/{id}/matrix/document", READ),
            ("GET /api/v1/duties/{id}/reports", READ),
        ],
    );
    let report_on_period = ["2222FNU", "222FFNU", "2NNNNNU", "222NNNU"];
    on("duty", &[("POST /api/v1/duties/{id}/matrix/import", report_on_period)]);
    on("period of a duty", &[("PUT /api/v1/duties/{id}/reports/{institution_id}/{period}", report_on_period)]);
    on(
        "report on a period",
        &[
            ("GET /api/v1/duties/{id}/reports/{institution_id}/{period}", READ),
            ("POST /api/v1/duties/{id}/reports/{institution_id}/{period}/review", KEEP),
            ("POST /api/v1/duties/{id}/reports/{institution_id}/{period}/waiver", KEEP),
        ],
    );
    on("waived period", &[("DELETE /api/v1/duties/{id}/reports/{institution_id}/{period}/waiver", KEEP)]);
    on(
        "activity",
        &[
            ("GET /api/v1/activities/{id}", READ),
            ("PATCH /api/v1/activities/{id}", ["2222FNU", "222FFNU", "2NNNNNU", "222NNNU"]),
            ("DELETE /api/v1/activities/{id}", ["2222FNU", "222FFNU", "2NNNNNU", "222NNNU"]),
        ],
    );
    on(
        "submitted activity",
        &[("POST /api/v1/activities/validation", KEEP), ("POST /api/v1/activities/{id}/return", KEEP)],
    );
    on(
        "report",
        &[
            ("GET /api/v1/reports/{id}", REPORT),
            ("PATCH /api/v1/reports/{id}", REPORT),
            ("DELETE /api/v1/reports/{id}", REPORT),
            ("POST /api/v1/reports/{id}/drafting", REPORT),
            ("GET /api/v1/reports/{id}/document", REPORT),
            ("GET /api/v1/reports/{id}/comparison", REPORT),
            ("GET /api/v1/reports/{id}/comparison/document", REPORT),
            ("GET /api/v1/reports/{id}/answers/document", REPORT),
        ],
    );
    let form = ["22FFFFU", "-", "-", "-"];
    on(
        "form",
        &[("GET /api/v1/templates/{template}/wording", form), ("PUT /api/v1/templates/{template}/wording", form)],
    );
    on("ready report", &[("POST /api/v1/reports/{id}/approval", REPORT)]);
    on(
        "approved report",
        &[("GET /api/v1/reports/{id}/snapshot", REPORT), ("POST /api/v1/reports/{id}/versions", REPORT)],
    );
    on(
        "answer",
        &[
            ("GET /api/v1/reports/{id}/answers/{key}", ANSWER),
            ("PUT /api/v1/reports/{id}/answers/{key}", ANSWER),
            ("DELETE /api/v1/reports/{id}/answers/{key}", ANSWER),
            ("POST /api/v1/reports/{id}/answers/{key}/confirmation", ANSWER),
            ("PUT /api/v1/reports/{id}/answers/{key}/assignee", ["22FNNNU", "22NNNNU", "2NNNNNU", "-"]),
            ("GET /api/v1/reports/{id}/answers/{key}/comments", ANSWER),
            ("POST /api/v1/reports/{id}/answers/{key}/comments", ANSWER),
        ],
    );
    on("comment on an answer", &[("GET /api/v1/reports/{id}/answers/{key}/comments/{comment_id}", ANSWER)]);
    on(
        "former name",
        &[
            ("GET /api/v1/former-names/{id}", ["2NNNNNU", "-", "-", "-"]),
            ("DELETE /api/v1/former-names/{id}", ["2NNNNNU", "-", "-", "-"]),
        ],
    );
    on(
        "failed delivery",
        &[
            ("GET /api/v1/reminders/deliveries/{id}", ["222NNNU", "222NNNU", "2NNNNNU", "-"]),
            ("POST /api/v1/reminders/deliveries/{id}/retry", ["222NNNU", "222NNNU", "2NNNNNU", "-"]),
        ],
    );
    on(
        "file",
        &[
            ("GET /api/v1/files/{id}", READ),
            ("DELETE /api/v1/files/{id}", ["CFFFFNU", "CFFFFNU", "CNNNNNU", "CFFNNNU"]),
        ],
    );
    on(
        "user",
        &[
            ("GET /api/v1/users/{id}", ["222NNNU", "-", "2NNNNNU", "-"]),
            ("PATCH /api/v1/users/{id}", ["2FFNNNU", "-", "2NNNNNU", "-"]),
            ("GET /api/v1/users/{id}/grants", ["222NNNU", "-", "2NNNNNU", "-"]),
            ("POST /api/v1/users/{id}/grants", ["222NNNU", "-", "2NNNNNU", "-"]),
            ("POST /api/v1/users/{id}/unlock", ["2FFNNNU", "-", "2NNNNNU", "-"]),
            ("DELETE /api/v1/users/{id}/second-factor", ["2FFNNNU", "-", "2NNNNNU", "-"]),
        ],
    );
    // A session of somebody else; one's own are tried in `sessions.rs`.
    on("session", &[("DELETE /api/v1/me/sessions/{id}", ["NNNNNNU", "-", "-", "-"])]);
    on("session", &[("DELETE /api/v1/me/tokens/{id}", ["NNNNNNU", "-", "-", "-"])]);
    on(
        "grant",
        &[
            ("GET /api/v1/users/{id}/grants/{grant_id}", ["222NNNU", "222NNNU", "2NNNNNU", "-"]),
            ("DELETE /api/v1/users/{id}/grants/{grant_id}", ["222NNNU", "222NNNU", "2NNNNNU", "-"]),
        ],
    );
    on("invited", &[("POST /api/v1/users/{id}/invitation", ["222NNNU", "222NNNU", "2NNNNNU", "-"])]);
    on("import", &[("GET /api/v1/imports/{id}", BROUGHT_IN), ("POST /api/v1/imports/{id}/undo", BROUGHT_IN)]);
    on("calendar token", &[("GET /api/v1/calendar/{token}.ics", ANYBODY)]);
    rows
}
