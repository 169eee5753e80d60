//! Access tokens (JWT, 15 minutes at most) and random tokens that are stored hashed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::clock::{Instant, new_id};
use crate::db::{SessionId, UserId};
use crate::error::{Code, Error, Result};
use crate::text::hex;

/// The maximum life of an access token, in seconds. A token that claims more is refused.
const LIFE: i64 = 15 * 60;
/// The maximum difference between the clocks of two servers, in seconds. A token that begins later than that is
/// refused.
const CLOCK_DIFFERENCE: i64 = 60;
const ISSUER: &str = "articula";
/// The audience of the token: the API, and nothing else that is ever signed with the same secret.
const AUDIENCE: &str = "articula-api";
/// The type of an access token (RFC 9068).
const TYPE: &str = "at+jwt";

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    /// The session, with which the token ends.
    sid: SessionId,
    jti: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// Returns a signed access token of a session, and the number of seconds for which it is valid: 15 minutes, or less
/// when the session ends earlier.
pub fn access_token(
    secret: &[u8],
    (user, session): (UserId, SessionId),
    now: Instant,
    session_ends_at: Instant,
) -> Result<(String, i64)> {
    let iat = now.unix_seconds();
    let exp = (iat + LIFE).min(session_ends_at.unix_seconds());
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: user,
        sid: session,
        jti: new_id(now),
        iat,
        nbf: iat,
        exp,
    };
    let header = Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::HS256) };
    let token = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret)).map_err(Error::internal)?;
    Ok((token, exp - iat))
}

/// Returns the person and the session of an access token. 401 when the token is not ours, has not begun, or has
/// expired, by our own clock.
pub(super) fn verify_access(secret: &[u8], token: &str, now: Instant) -> Result<(UserId, SessionId)> {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_issuer(&[ISSUER]);
    rules.set_audience(&[AUDIENCE]);
    rules.set_required_spec_claims(&["iss", "aud", "sub", "nbf", "exp"]);
    // The library uses the system clock; the times are compared with our own clock below.
    rules.validate_exp = false;
    let data = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(secret), &rules)
        .map_err(|e| Error::new(Code::InvalidToken).because(e))?;
    let (claims, now) = (data.claims, now.unix_seconds());
    let begun = claims.nbf.max(claims.iat) <= now.saturating_add(CLOCK_DIFFERENCE);
    let short = claims.exp.saturating_sub(claims.iat) <= LIFE;
    if data.header.typ.as_deref() != Some(TYPE) || !begun || !short || now >= claims.exp {
        return Err(Code::InvalidToken.into());
    }
    Ok((claims.sub, claims.sid))
}

/// The time in which a person who has given the password enters the code of the second factor.
const TICKET_LIFE: i64 = 10 * 60;
/// The type of a ticket; it opens nothing but the second step of a sign-in.
const TICKET_TYPE: &str = "articula-second-step+jwt";

#[derive(Serialize, Deserialize)]
struct Ticket {
    sub: UserId,
    /// The hash of the stored password: a new password ends the ticket.
    pwd: String,
    exp: i64,
}

/// Returns a signed statement that a person has given the password, for the form that asks for the second factor.
pub(super) fn ticket(secret: &[u8], user: UserId, password_hash: &str, now: Instant) -> Result<String> {
    let claims = Ticket { sub: user, pwd: hash_of(password_hash), exp: now.unix_seconds() + TICKET_LIFE };
    let header = Header { typ: Some(TICKET_TYPE.to_owned()), ..Header::new(Algorithm::HS256) };
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret)).map_err(Error::internal)
}

/// Returns the person of a ticket and the hash of the password that was given. 401 when it is not ours or has expired.
pub(super) fn verify_ticket(secret: &[u8], ticket: &str, now: Instant) -> Result<(UserId, String)> {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_required_spec_claims(&["sub", "exp"]);
    // The library uses the system clock.
    rules.validate_exp = false;
    let data = jsonwebtoken::decode::<Ticket>(ticket, &DecodingKey::from_secret(secret), &rules)
        .map_err(|e| Error::new(Code::InvalidToken).because(e))?;
    if data.header.typ.as_deref() != Some(TICKET_TYPE) || data.claims.exp <= now.unix_seconds() {
        return Err(Code::InvalidToken.into());
    }
    Ok((data.claims.sub, data.claims.pwd))
}

/// Returns a refresh or one-time token of 32 random bytes, and the hash to store.
pub(super) fn random_token() -> Result<(String, String)> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let stored = hash_of(&token);
    Ok((token, stored))
}

/// Returns the hash of a token, which is stored in its place.
pub(super) fn hash_of(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const SECRET: &[u8] = b"only the tests know this secret, nobody else";

    fn noon() -> Instant {
        Instant::parse("2023-09-01T12:00:00Z").unwrap()
    }

    fn ids() -> (UserId, SessionId) {
        (Uuid::from_u128(1).into(), Uuid::from_u128(2).into())
    }

    /// Makes a token with the claims of a valid one, changed by `change`.
    fn forged(typ: &str, change: impl FnOnce(&mut serde_json::Value)) -> String {
        let iat = noon().unix_seconds();
        let mut claims = serde_json::json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": ids().0, "sid": ids().1, "jti": Uuid::from_u128(3), "iat": iat,
            "nbf": iat, "exp": iat + LIFE,
        });
        change(&mut claims);
        let header = Header { typ: Some(typ.to_owned()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(SECRET)).unwrap()
    }

    fn is_accepted(token: &str, at: Instant) -> bool {
        verify_access(SECRET, token, at).is_ok()
    }

    #[test]
    fn a_token_is_valid_for_fifteen_minutes_and_never_beyond_its_session() {
        let (token, life) = access_token(SECRET, ids(), noon(), noon().plus(TimeDelta::days(1))).unwrap();
        assert_eq!(verify_access(SECRET, &token, noon()).unwrap(), ids());
        assert_eq!(life, 900);
        assert!(is_accepted(&token, noon().plus(TimeDelta::seconds(899))));
        assert!(!is_accepted(&token, noon().plus(TimeDelta::seconds(900))));
        let (token, life) = access_token(SECRET, ids(), noon(), noon().plus(TimeDelta::seconds(5))).unwrap();
        assert_eq!(life, 5);
        assert!(!is_accepted(&token, noon().plus(TimeDelta::seconds(5))));
    }

    #[test]
    fn a_token_from_the_future_is_not_is_accepted() {
        let (token, _) = access_token(SECRET, ids(), noon(), noon().plus(TimeDelta::days(1))).unwrap();
        assert!(is_accepted(&token, noon().plus(TimeDelta::seconds(-60))));
        assert!(!is_accepted(&token, noon().plus(TimeDelta::seconds(-61))));
    }

    #[test]
    fn a_ticket_is_valid_for_ten_minutes_and_is_no_access_token() {
        let made = ticket(SECRET, ids().0, "hash", noon()).unwrap();
        let at = |seconds| verify_ticket(SECRET, &made, noon().plus(TimeDelta::seconds(seconds)));
        assert_eq!(at(599).unwrap(), (ids().0, hash_of("hash")));
        assert!(at(600).is_err() && !is_accepted(&made, noon()));
        let (access, _) = access_token(SECRET, ids(), noon(), noon().plus(TimeDelta::days(1))).unwrap();
        assert!(verify_ticket(SECRET, &access, noon()).is_err());
    }

    #[test]
    fn every_claim_is_checked() {
        assert!(is_accepted(&forged(TYPE, |_| ()), noon()));
        assert!(!is_accepted(&forged("JWT", |_| ()), noon()));
        for claim in ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"] {
            let token = forged(TYPE, |claims| drop(claims.as_object_mut().unwrap().remove(claim)));
            assert!(!is_accepted(&token, noon()), "without {claim}");
        }
        let iat = noon().unix_seconds();
        for (claim, value) in [
            ("iss", serde_json::json!("another")),
            ("aud", serde_json::json!("another")),
            ("exp", serde_json::json!(iat + LIFE + 1)),
            ("exp", serde_json::json!(i64::MAX)),
            ("nbf", serde_json::json!(iat + 61)),
            ("iat", serde_json::json!(i64::MIN)),
        ] {
            let token = forged(TYPE, |claims| claims[claim] = value.clone());
            assert!(!is_accepted(&token, noon()), "{claim} {value}");
        }
    }
}
