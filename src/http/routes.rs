//! Registration of the handlers of the slices.

use actix_web::dev::HttpServiceFactory;
use actix_web::web::ServiceConfig;
use utoipa::openapi::{Components, OpenApi};
use utoipa_actix_web::OpenApiFactory;

/// The target of a registration. Each server thread mounts the handlers; the OpenAPI document is built from them once,
/// for its first request.
pub enum Routes<'a> {
    Mount(&'a mut ServiceConfig),
    Describe(&'a mut OpenApi),
}

impl Routes<'_> {
    pub fn service<F>(&mut self, handler: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        match self {
            Self::Mount(config) => {
                config.service(handler);
            }
            Self::Describe(document) => {
                document.paths.merge(handler.paths());
                let mut schemas = Vec::new();
                handler.schemas(&mut schemas);
                document.components.get_or_insert_with(Components::new).schemas.extend(schemas);
            }
        }
        self
    }

    pub fn configure(&mut self, register: impl FnOnce(&mut Routes<'_>)) -> &mut Self {
        match self {
            Self::Mount(config) => register(&mut Routes::Mount(config)),
            Self::Describe(document) => register(&mut Routes::Describe(document)),
        }
        self
    }
}
