//! The codes of an authenticator app.

use serde_json::Value;
use totp_rs::{Builder, Secret};

use super::world::World;

/// Returns the code that an app with this secret (base 32) shows now.
pub(crate) fn app_code(world: &World, secret: &Value) -> String {
    let secret = Secret::try_from_base32(secret.as_str().unwrap()).unwrap();
    let app = Builder::new().with_secret(secret).with_account_name("ana").build().unwrap();
    app.generate(u64::try_from(world.clock.now().unix_seconds()).unwrap()).to_string()
}
