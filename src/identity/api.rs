//! Doors for people: signing in and out, one's own profile.

mod auth;
mod caller;
mod me;

pub use caller::Caller;

/// Every route of this slice.
pub fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    cfg.service(auth::login).service(auth::refresh).service(auth::logout).service(me::show);
}
