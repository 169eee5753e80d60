//! The pages of the year's work: activities and their registry, plans and observations, the annual report.

use super::super::super::table::SIGNED_IN;
use super::Marks::{self, Like, Own};
use super::{COORDINATORS, WRITERS};

/// The pages with the kind of their target.
type Pages = &'static [(&'static [&'static str], Marks)];

pub(super) const PAGES: &[(&str, Pages)] = &[
    (
        "none",
        &[
            (&["GET /activities"], Like("GET /api/v1/activities")),
            // Those who may enter an activity are those who may send files.
            (&["GET /activities/new", "POST /activities/new"], Like("POST /api/v1/files")),
            (&["GET /activities/validation", "POST /activities/validation"], Own(WRITERS)),
            (&["GET /registry"], Own(SIGNED_IN)),
            (&["GET /registry.xlsx", "GET /registry.csv"], Like("GET /api/v1/registry")),
        ],
    ),
    (
        "activity",
        &[
            (&["GET /activities/{id}"], Like("GET /api/v1/activities/{id}")),
            (&["GET /activities/{id}/edit", "POST /activities/{id}/edit"], Like("PATCH /api/v1/activities/{id}")),
            (
                &["GET /activities/{id}/removal", "POST /activities/{id}/removal"],
                Like("DELETE /api/v1/activities/{id}"),
            ),
        ],
    ),
    (
        "submitted activity",
        &[(
            &["GET /activities/{id}/return", "POST /activities/{id}/return"],
            Like("POST /api/v1/activities/{id}/return"),
        )],
    ),
    (
        "none",
        &[
            (&["GET /reports", "GET /overview"], Like("GET /api/v1/reports")),
            (&["GET /reports/new", "POST /reports/new"], Own(COORDINATORS)),
        ],
    ),
    (
        "none",
        &[
            (&["GET /plans"], Like("GET /api/v1/plans")),
            (&["GET /observations"], Like("GET /api/v1/observations")),
            (&["GET /duties"], Like("GET /api/v1/duties")),
            (&["GET /duties/new", "POST /duties/new"], Own(WRITERS)),
            (&["GET /plans/new", "POST /plans/new"], Own(COORDINATORS)),
            (&["GET /observations/new", "POST /observations/new"], Own(WRITERS)),
            (&["GET /indicators/new", "POST /indicators/new"], Own(COORDINATORS)),
        ],
    ),
    (
        "plan",
        &[
            (&["GET /plans/{id}"], Like("GET /api/v1/plans/{id}")),
            (&["GET /plans/{id}/edit", "POST /plans/{id}/edit"], Like("PATCH /api/v1/plans/{id}")),
            (&["GET /plans/{id}/removal", "POST /plans/{id}/removal"], Like("DELETE /api/v1/plans/{id}")),
            (&["GET /plans/{id}/items/new", "POST /plans/{id}/items/new"], Like("POST /api/v1/plans/{id}/items")),
        ],
    ),
    (
        "plan item",
        &[
            (
                &["GET /plans/{id}/items/{item_id}/edit", "POST /plans/{id}/items/{item_id}/edit"],
                Like("PATCH /api/v1/plans/{id}/items/{item_id}"),
            ),
            (
                &["GET /plans/{id}/items/{item_id}/removal", "POST /plans/{id}/items/{item_id}/removal"],
                Like("DELETE /api/v1/plans/{id}/items/{item_id}"),
            ),
        ],
    ),
    (
        "indicator",
        &[
            (&["GET /indicators/{id}"], Like("GET /api/v1/indicators/{id}")),
            (&["GET /indicators/{id}/document"], Like("GET /api/v1/indicators/{id}/document")),
            (&["GET /indicators/{id}/edit", "POST /indicators/{id}/edit"], Like("PATCH /api/v1/indicators/{id}")),
            (
                &["GET /indicators/{id}/removal", "POST /indicators/{id}/removal"],
                Like("DELETE /api/v1/indicators/{id}"),
            ),
            (
                &["GET /indicators/{id}/values/new", "POST /indicators/{id}/values/new"],
                Like("POST /api/v1/indicators/{id}/values"),
            ),
        ],
    ),
    (
        "duty",
        &[
            (&["GET /duties/{id}"], Like("GET /api/v1/duties/{id}")),
            (&["GET /duties/{id}/matrix/document"], Like("GET /api/v1/duties/{id}/matrix/document")),
            (
                &["GET /duties/{id}/matrix/import", "POST /duties/{id}/matrix/import"],
                Like("POST /api/v1/duties/{id}/matrix/import"),
            ),
            (&["GET /duties/{id}/edit", "POST /duties/{id}/edit"], Like("PATCH /api/v1/duties/{id}")),
            (&["GET /duties/{id}/removal", "POST /duties/{id}/removal"], Like("DELETE /api/v1/duties/{id}")),
        ],
    ),
    (
        "period of a duty",
        &[
            (&["GET /duties/{id}/reports/{institution_id}/{period}"], Like("GET /api/v1/duties/{id}")),
            (
                &["POST /duties/{id}/reports/{institution_id}/{period}"],
                Like("PUT /api/v1/duties/{id}/reports/{institution_id}/{period}"),
            ),
        ],
    ),
    (
        "observation",
        &[
            (&["GET /observations/{id}/edit", "POST /observations/{id}/edit"], Like("PATCH /api/v1/observations/{id}")),
            (
                &["GET /observations/{id}/removal", "POST /observations/{id}/removal"],
                Like("DELETE /api/v1/observations/{id}"),
            ),
        ],
    ),
    (
        "report",
        &[
            (&["GET /reports/{id}", "GET /reports/{id}/compare"], Like("GET /api/v1/reports/{id}")),
            (&["GET /reports/{id}/edit", "POST /reports/{id}/edit"], Like("PATCH /api/v1/reports/{id}")),
            (&["GET /reports/{id}/removal", "POST /reports/{id}/removal"], Like("DELETE /api/v1/reports/{id}")),
            (
                &["GET /reports/{id}/drafting", "POST /reports/{id}/drafting"],
                Like("POST /api/v1/reports/{id}/drafting"),
            ),
            (
                &["GET /reports/{id}/confirmation", "POST /reports/{id}/confirmation"],
                Like("POST /api/v1/reports/{id}/drafting"),
            ),
            (
                &[
                    "GET /reports/{id}/document",
                    "GET /reports/{id}/answers/document",
                    "GET /reports/{id}/comparison/document",
                ],
                Like("GET /api/v1/reports/{id}/document"),
            ),
        ],
    ),
    (
        "ready report",
        &[(&["GET /reports/{id}/approval", "POST /reports/{id}/approval"], Like("POST /api/v1/reports/{id}/approval"))],
    ),
    (
        "approved report",
        &[(&["GET /reports/{id}/versions", "POST /reports/{id}/versions"], Like("POST /api/v1/reports/{id}/versions"))],
    ),
    (
        "answer",
        &[
            (
                &["GET /reports/{id}/questions/{key}", "POST /reports/{id}/questions/{key}"],
                Like("PUT /api/v1/reports/{id}/answers/{key}"),
            ),
            (
                &["POST /reports/{id}/questions/{key}/confirmation"],
                Like("POST /api/v1/reports/{id}/answers/{key}/confirmation"),
            ),
            (
                &["GET /reports/{id}/questions/{key}/draft", "POST /reports/{id}/questions/{key}/draft"],
                Like("DELETE /api/v1/reports/{id}/answers/{key}"),
            ),
            (
                &["GET /reports/{id}/questions/{key}/comments", "POST /reports/{id}/questions/{key}/comments"],
                Like("POST /api/v1/reports/{id}/answers/{key}/comments"),
            ),
            (
                &["GET /reports/{id}/questions/{key}/assignee", "POST /reports/{id}/questions/{key}/assignee"],
                Like("PUT /api/v1/reports/{id}/answers/{key}/assignee"),
            ),
        ],
    ),
];
