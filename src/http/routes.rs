//! Where a slice puts its calls.

use actix_web::dev::HttpServiceFactory;
use actix_web::web::ServiceConfig;
use utoipa::openapi::{Components, OpenApi};
use utoipa_actix_web::OpenApiFactory;

/// Each thread that answers mounts the calls; the OpenAPI document is made of them once, when somebody asks for it.
pub enum Routes<'a> {
    Mount(&'a mut ServiceConfig),
    Describe(&'a mut OpenApi),
}

impl Routes<'_> {
    pub fn service<F>(&mut self, call: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        match self {
            Self::Mount(config) => {
                config.service(call);
            }
            Self::Describe(document) => {
                document.paths.merge(call.paths());
                let mut schemas = Vec::new();
                call.schemas(&mut schemas);
                document.components.get_or_insert_with(Components::new).schemas.extend(schemas);
            }
        }
        self
    }

    pub fn configure(&mut self, add: impl FnOnce(&mut Routes<'_>)) -> &mut Self {
        match self {
            Self::Mount(config) => add(&mut Routes::Mount(config)),
            Self::Describe(document) => add(&mut Routes::Describe(document)),
        }
        self
    }
}
