//! The OpenAPI 3.1 document: the descriptions of the slices, completed with the rules that hold for all of them.

mod answers;
mod conditions;
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
        description = "Sessions, agreements, commitments, each institution's progress, registry and report \
                       of inter-institutional commissions. Ids are UUIDv7; instants are UTC; partial dates \
                       carry their precision (2023-06-30, 2023-06, 2023-Q2, 2023-H1, 2023). In the body of a POST \
                       or PUT, null is the same as leaving a field out; in a PATCH it clears. Resources that can be \
                       changed carry an ETag. A write with If-Match or If-None-Match is refused with 412, before \
                       anything is done, when the condition does not hold; a header without any entity tag is a 400.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    components(schemas(Problem, ProblemFault)),
    security(("bearer" = []))
)]
struct Frame;

/// Returns the paths and schemas as the slices describe them.
pub fn described() -> OpenApi {
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
    Ok(document)
}

fn add_errors(path: &str, item: &mut PathItem) {
    if let Some(get) = &mut item.get {
        answers::add_common_errors(path, false, get);
    }
    for operation in [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten() {
        answers::add_common_errors(path, true, operation);
    }
}

/// The codes that a problem may have.
fn list_codes(components: &mut Components) {
    if let Some(RefOr::T(Schema::Object(problem))) = components.schemas.get_mut("Problem")
        && let Some(RefOr::T(Schema::Object(code))) = problem.properties.get_mut("code")
    {
        code.enum_values = Some(Code::ALL.iter().map(|code| code.as_str().into()).collect());
    }
}
