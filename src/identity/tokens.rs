//! Access tokens (JWT, 15 minutes) and random tokens that are stored hashed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::clock::Instant;
use crate::db::UserId;
use crate::error::{Code, Error, Result};

/// How long an access token is good for, in seconds.
pub const ACCESS_SECONDS: i64 = 15 * 60;

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: UserId,
    iat: i64,
    exp: i64,
}

/// A signed access token.
pub fn access_token(secret: &[u8], user: UserId, now: Instant) -> Result<String> {
    let iat = now.unix_seconds();
    let claims = Claims { sub: user, iat, exp: iat + ACCESS_SECONDS };
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(secret))
        .map_err(Error::internal)
}

/// Whose token it is; 401 when it is not ours or has expired by our own clock.
pub fn verify_access(secret: &[u8], token: &str, now: Instant) -> Result<UserId> {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.validate_exp = false;
    rules.required_spec_claims.clear();
    let data = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(secret), &rules)
        .map_err(|e| Error::new(Code::InvalidToken).because(e))?;
    if now.unix_seconds() >= data.claims.exp {
        return Err(Code::InvalidToken.into());
    }
    Ok(data.claims.sub)
}

/// 32 random bytes for a refresh or one-time token, and the hash to store.
pub fn random_token() -> Result<(String, String)> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let stored = hash_of(&token);
    Ok((token, stored))
}

/// What is stored of a token.
pub fn hash_of(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
