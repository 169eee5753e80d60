//! The pages of administration: people, and the forms of commissions and institutions.

use super::Marks::{self, Like, Own};
use super::{Cells, WRITERS};

/// People, for those who manage some: for others there are no such pages.
const MANAGERS: Cells = ["222NNNU", "-", "-", "-"];
/// A new delegate of an institution that the reader represents, or of any.
const DELEGATING: Cells = ["2222FNU", "2222FNU", "2NNNNNU", "-"];
/// The pages with the kind of their target.
type Pages = &'static [(&'static [&'static str], Marks)];

pub(super) const PAGES: &[(&str, Pages)] = &[
    (
        "none",
        &[
            (&["GET /people", "GET /people/new", "POST /people/new"], Own(MANAGERS)),
            (&["GET /institutions/new", "POST /institutions/new"], Own(WRITERS)),
            (&["GET /commissions/new", "POST /commissions/new"], Own(["22FFFFU", "-", "-", "-"])),
        ],
    ),
    (
        "institution",
        &[
            (&["GET /institutions/{id}/edit", "POST /institutions/{id}/edit"], Like("PATCH /api/v1/institutions/{id}")),
            (
                &["GET /institutions/{id}/removal", "POST /institutions/{id}/removal"],
                Like("DELETE /api/v1/institutions/{id}"),
            ),
            (
                &["GET /institutions/{id}/handover", "POST /institutions/{id}/handover"],
                Like("POST /api/v1/institutions/{id}/handover"),
            ),
        ],
    ),
    (
        "commission",
        &[(&["GET /commissions/{id}/edit", "POST /commissions/{id}/edit"], Like("PATCH /api/v1/commissions/{id}"))],
    ),
    (
        "in commission",
        &[
            (
                &["GET /commissions/{id}/members/new", "POST /commissions/{id}/members/new"],
                Like("POST /api/v1/commissions/{id}/memberships"),
            ),
            (&["GET /commissions/{id}/delegates/new", "POST /commissions/{id}/delegates/new"], Own(DELEGATING)),
            (
                &["GET /commissions/{id}/states/new", "POST /commissions/{id}/states/new"],
                Like("POST /api/v1/commissions/{id}/operational-states"),
            ),
            (
                &["GET /commissions/{id}/reminders/edit", "POST /commissions/{id}/reminders/edit"],
                Like("PUT /api/v1/commissions/{id}/reminder-policy"),
            ),
        ],
    ),
    (
        "new commission",
        &[(
            &["GET /commissions/{id}/removal", "POST /commissions/{id}/removal"],
            Like("DELETE /api/v1/commissions/{id}"),
        )],
    ),
    (
        "membership",
        &[
            (
                &[
                    "GET /commissions/{id}/members/{membership_id}/edit",
                    "POST /commissions/{id}/members/{membership_id}/edit",
                ],
                Like("PATCH /api/v1/commissions/{id}/memberships/{membership_id}"),
            ),
            (
                &[
                    "GET /commissions/{id}/members/{membership_id}/removal",
                    "POST /commissions/{id}/members/{membership_id}/removal",
                ],
                Like("DELETE /api/v1/commissions/{id}/memberships/{membership_id}"),
            ),
        ],
    ),
    (
        "delegate",
        &[
            (
                &[
                    "GET /commissions/{id}/delegates/{delegate_id}/edit",
                    "POST /commissions/{id}/delegates/{delegate_id}/edit",
                ],
                Like("PATCH /api/v1/commissions/{id}/delegates/{delegate_id}"),
            ),
            (
                &[
                    "GET /commissions/{id}/delegates/{delegate_id}/removal",
                    "POST /commissions/{id}/delegates/{delegate_id}/removal",
                ],
                Like("DELETE /api/v1/commissions/{id}/delegates/{delegate_id}"),
            ),
        ],
    ),
    (
        "state",
        &[
            (
                &["GET /commissions/{id}/states/{state_id}/edit", "POST /commissions/{id}/states/{state_id}/edit"],
                Like("PATCH /api/v1/commissions/{id}/operational-states/{state_id}"),
            ),
            (
                &[
                    "GET /commissions/{id}/states/{state_id}/removal",
                    "POST /commissions/{id}/states/{state_id}/removal",
                ],
                Like("DELETE /api/v1/commissions/{id}/operational-states/{state_id}"),
            ),
        ],
    ),
    (
        "user",
        &[
            (&["GET /people/{id}"], Like("GET /api/v1/users/{id}")),
            (&["GET /people/{id}/edit", "POST /people/{id}/edit"], Like("PATCH /api/v1/users/{id}")),
            (&["GET /people/{id}/disabling", "POST /people/{id}/disabling"], Like("PATCH /api/v1/users/{id}")),
            (&["GET /people/{id}/grants/new", "POST /people/{id}/grants/new"], Like("POST /api/v1/users/{id}/grants")),
            (&["GET /people/{id}/unlocking", "POST /people/{id}/unlocking"], Like("POST /api/v1/users/{id}/unlock")),
            (&["GET /people/{id}/sessions", "POST /people/{id}/sessions"], Like("POST /api/v1/users/{id}/unlock")),
            (
                &["GET /people/{id}/second-factor", "POST /people/{id}/second-factor"],
                Like("DELETE /api/v1/users/{id}/second-factor"),
            ),
        ],
    ),
    (
        "grant",
        &[(
            &["GET /people/{id}/grants/{grant_id}/removal", "POST /people/{id}/grants/{grant_id}/removal"],
            Like("DELETE /api/v1/users/{id}/grants/{grant_id}"),
        )],
    ),
    (
        "invited",
        &[(
            &["GET /people/{id}/invitation", "POST /people/{id}/invitation"],
            Like("POST /api/v1/users/{id}/invitation"),
        )],
    ),
];
