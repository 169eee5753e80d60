//! The OpenAPI 3.1 document: the introduction, the descriptions of the slices, and the rules common to all operations.

mod answers;
mod conditions;
mod examples;
mod links;
mod names;
mod schemas;

use serde_json::Value;
use utoipa::OpenApi as _;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, OpenApi, PathItem, RefOr, Schema};

use crate::error::{Code, Error, Result};
use crate::http::{Problem, ProblemFault, Routes};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Articula",
        description = include_str!("openapi/introduction.md"),
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    components(schemas(Problem, ProblemFault)),
    tags(
        (name = "auth", description = "Signing in and out, passwords, one-time links."),
        (name = "users", description = "Accounts, grants and invitations; the caller's own account (`/me`)."),
        (name = "directory", description = "Countries, their calendars of holidays, and institutions."),
        (name = "commissions", description = "Commissions, their members, delegates, operational states and reminder policy."),
        (name = "files", description = "Uploaded files: evidence and signed documents."),
        (name = "meetings", description = "Sessions of commissions: agenda, convocation, attendance, minutes with comments and versions, attached documents."),
        (name = "agreements", description = "Agreements of sessions, and agreements that states and organisations sign."),
        (name = "plans", description = "Plans, roadmaps and strategies with their items; observations."),
        (name = "duties", description = "Periodic reports: who must report on what and how often, the reports, their reviews, waivers, the matrix."),
        (name = "indicators", description = "Indicators of items of plans, with their values, targets and corrections."),
        (name = "commitments", description = "Commitments, the part of each institution, progress reports, reviews, extensions, the follow-up sheet."),
        (name = "activities", description = "The registry of activities."),
        (name = "reminders", description = "Planned reminders and the record of sent mail."),
        (name = "reports", description = "The annual progress report: questionnaire, answers, findings, confirmation, sharing, approval, versions, documents."),
        (name = "imports", description = "Import and export of a country's data, and import of follow-up matrices."),
        (name = "calendar", description = "The calendar feed of a person."),
        (name = "pending work", description = "The work that waits for the caller."),
        (name = "overview", description = "The state of a country in numbers."),
        (name = "search", description = "Search across all kinds of records."),
        (name = "audit log", description = "Every change with its author and moment; sign-ins, exports and reads of restricted records."),
        (name = "public view", description = "Former names that hide texts of the public view."),
    ),
    security(("bearer" = []))
)]
struct Frame;

/// Returns the paths and schemas as the slices describe them.
pub(super) fn described() -> OpenApi {
    let mut document = Frame::openapi();
    super::routes(&mut Routes::Describe(&mut document));
    document
}

/// Returns the whole document, as it is sent.
pub fn document() -> Result<Value> {
    let mut document = described();
    let components = document.components.get_or_insert_with(Components::new);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    list_codes(components);
    for (path, item) in &mut document.paths.paths {
        names::name_operations(path, item);
        add_errors(path, item);
    }
    conditions::add_headers(&mut document.paths);
    links::add_links(&mut document.paths);
    for item in document.paths.paths.values_mut() {
        let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        all.into_iter().flatten().for_each(answers::complete_errors);
    }
    let mut document = serde_json::to_value(document).map_err(Error::internal)?;
    schemas::complete(&mut document);
    examples::add(&mut document)?;
    make_bodies_optional(&mut document);
    Ok(document)
}

/// The actions whose body may be left out.
const WITH_OPTIONAL_BODY: &[&str] =
    &["/api/v1/meetings/{id}/minutes/circulation", "/api/v1/meetings/{id}/minutes/approval"];

fn make_bodies_optional(document: &mut Value) {
    for path in WITH_OPTIONAL_BODY {
        let body =
            document.get_mut("paths").and_then(|paths| paths.get_mut(path)).and_then(|item| item.get_mut("post"));
        if let Some(Value::Object(body)) = body.and_then(|operation| operation.get_mut("requestBody")) {
            body.insert("required".to_owned(), false.into());
        }
    }
}

fn add_errors(path: &str, item: &mut PathItem) {
    if let Some(get) = &mut item.get {
        answers::add_common_errors(path, false, get);
    }
    for operation in [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten() {
        answers::add_common_errors(path, true, operation);
    }
}

/// Lists the codes that a problem may have.
fn list_codes(components: &mut Components) {
    if let Some(RefOr::T(Schema::Object(problem))) = components.schemas.get_mut("Problem")
        && let Some(RefOr::T(Schema::Object(code))) = problem.properties.get_mut("code")
    {
        code.enum_values = Some(Code::ALL.iter().map(|code| code.as_str().into()).collect());
    }
}
