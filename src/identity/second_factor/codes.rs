//! Secrets and codes: how they are made, written, encrypted and checked.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use totp_rs::{Builder, Secret, Totp};

use crate::clock::Instant;
use crate::db::UserId;
use crate::error::{Error, Result};
use crate::http::State;
use crate::identity::tokens::hash_of;

/// The length of a code in seconds (RFC 6238).
const PERIOD: u64 = 30;
/// The letters of recovery codes: no 0, 1, I, L, O and U, which are misread or make words.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The number of letters of a recovery code: 117 bits, which a copy of the hashes does not give away (ASVS 2.6.2).
const LENGTH: usize = 24;
/// The length of the nonce before an encrypted secret.
const NONCE: usize = 24;

/// Encrypts secrets with a key that is derived from the secret of the installation. Without that secret, which is not in
/// the database, a copy of the database makes no codes.
#[derive(Clone)]
pub(in crate::identity) struct Sealer {
    cipher: XChaCha20Poly1305,
    issuer: String,
}

impl Sealer {
    /// Makes it from the secret and the name of the installation.
    pub(in crate::identity) fn new(secret: &[u8], issuer: &str) -> Result<Self> {
        let mut key = [0_u8; 32];
        Hkdf::<Sha256>::new(None, secret).expand(b"articula second factor", &mut key).map_err(Error::internal)?;
        Ok(Self { cipher: XChaCha20Poly1305::new(&key.into()), issuer: issuer.to_owned() })
    }

    /// Makes that of the installation.
    pub(in crate::identity) fn of(state: &State) -> Result<Self> {
        Self::new(&state.config.jwt_secret, &state.config.brand.name)
    }

    /// Returns the name of the installation, as apps show it.
    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Encrypts the secret of a person; nobody else's account can use it.
    pub(super) fn seal(&self, user: UserId, secret: &[u8]) -> Result<String> {
        let mut nonce = [0_u8; NONCE];
        getrandom::fill(&mut nonce).map_err(Error::internal)?;
        let person = user.to_string();
        let payload = Payload { msg: secret, aad: person.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(Error::internal)?;
        Ok(STANDARD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Decrypts the secret of a person. An error when it was encrypted with another secret of the installation.
    pub(super) fn open(&self, user: UserId, stored: &str) -> Result<Vec<u8>> {
        let bytes = STANDARD.decode(stored).map_err(Error::internal)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or_else(|| Error::internal("a short secret"))?;
        let person = user.to_string();
        let payload = Payload { msg: sealed, aad: person.as_bytes() };
        self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(Error::internal)
    }
}

/// Returns a new secret of 160 bits, as RFC 4226 recommends.
pub(super) fn new_secret() -> Result<Vec<u8>> {
    let mut secret = vec![0_u8; 20];
    getrandom::fill(&mut secret).map_err(Error::internal)?;
    Ok(secret)
}

fn app(secret: &[u8], issuer: Option<&str>, account: &str) -> Result<Totp> {
    let builder = Builder::new().with_secret(Secret::from(secret)).with_account_name(account);
    builder.with_issuer(issuer).build().map_err(Error::internal)
}

/// Returns the secret in base 32, as apps take it.
pub(super) fn in_base32(secret: &[u8]) -> String {
    Secret::from(secret).to_base32()
}

/// Returns the address that an app reads from a picture.
pub(super) fn otpauth_url(secret: &[u8], issuer: &str, account: &str) -> Result<String> {
    // The address cannot hold a colon in either name.
    let plain = |text: &str| text.replace(':', " ");
    app(secret, Some(&plain(issuer)), &plain(account))?.to_url().map_err(Error::internal)
}

/// Returns the number of the period of 30 seconds to which a code belongs; None for a code that is not valid now.
pub(super) fn step_of(secret: &[u8], code: &str, now: Instant) -> Result<Option<i64>> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let now = u64::try_from(now.unix_seconds()).map_err(Error::internal)?;
    let app = app(secret, None, "")?;
    let steps = [now.saturating_sub(PERIOD), now, now + PERIOD];
    let is_of =
        |at: &u64| bool::from(subtle::ConstantTimeEq::ct_eq(app.generate(*at).to_string().as_bytes(), code.as_bytes()));
    let found = steps.into_iter().filter(is_of).map(|at| at / PERIOD).max();
    Ok(found.and_then(|step| i64::try_from(step).ok()))
}

/// Returns a new recovery code: `K7QM-2XWD-9HRT-5VBC-3NPZ-8GFY`.
pub(super) fn new_recovery_code() -> Result<String> {
    let mut letters = Vec::with_capacity(LENGTH);
    while letters.len() < LENGTH {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(Error::internal)?;
        // Larger bytes would make the first letters more frequent.
        let fair = bytes.iter().filter(|byte| usize::from(**byte) < 256 / LETTERS.len() * LETTERS.len());
        letters.extend(
            fair.filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len())).map(|byte| char::from(*byte)),
        );
    }
    let groups: Vec<String> = letters.chunks(4).take(LENGTH / 4).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// Returns the hash of a recovery code; spaces, hyphens and case do not matter.
pub(super) fn recovery_hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    hash_of(&plain)
}

/// Returns the dark fields of the QR code of a text as the path of an SVG, and the length of its side.
pub(in crate::identity) fn qr_path(text: &str) -> Result<(String, usize)> {
    let code = qrcode::QrCode::new(text).map_err(Error::internal)?;
    let side = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == qrcode::Color::Dark);
    Ok((dark.map(|(n, _)| format!("M{} {}h1v1h-1z", n % side, n / side)).collect(), side))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(n: u128) -> UserId {
        uuid::Uuid::from_u128(n).into()
    }

    #[test]
    fn a_code_is_valid_in_its_own_period_and_in_the_two_beside_it() {
        // RFC 6238, appendix B: the secret of SHA-1, at 1111111109, with six of its eight digits.
        let secret = b"12345678901234567890";
        let at = |seconds: i64| {
            step_of(
                secret,
                "081804",
                Instant::parse("2005-03-18T01:58:29Z").unwrap().plus(chrono::TimeDelta::seconds(seconds)),
            )
        };
        let own = Some(1_111_111_109 / 30);
        assert_eq!([at(0), at(30), at(-29)].map(Result::unwrap), [own; 3]);
        assert_eq!([at(61), at(-61)].map(Result::unwrap), [None; 2]);
        let spaced = step_of(secret, " 081 804 ", Instant::parse("2005-03-18T01:58:29Z").unwrap());
        assert_eq!(spaced.unwrap(), own);
    }

    #[test]
    fn a_secret_is_read_with_its_own_key_and_for_its_own_person_alone() {
        let (own, other) = (Sealer::new(&[1; 32], "Articula").unwrap(), Sealer::new(&[2; 32], "Articula").unwrap());
        let secret = new_secret().unwrap();
        let sealed = own.seal(user(1), &secret).unwrap();
        assert_eq!(own.open(user(1), &sealed).unwrap(), secret);
        assert!(own.open(user(2), &sealed).is_err() && other.open(user(1), &sealed).is_err());
        assert_ne!(own.seal(user(1), &secret).unwrap(), sealed, "with another nonce each time");
    }

    #[test]
    fn recovery_codes_are_read_as_people_write_them() {
        let code = new_recovery_code().unwrap();
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4; 6]);
        let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
        assert_eq!(recovery_hash(&typed), recovery_hash(&code));
        assert_ne!(recovery_hash("AAAA"), recovery_hash("AAAB"));
    }

    #[test]
    fn the_address_names_the_installation_and_the_account() {
        let url = otpauth_url(b"12345678901234567890", "Articula: Perú", "ana@example.org").unwrap();
        assert!(url.starts_with("otpauth://totp/") && url.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{url}");
        assert!(url.contains("ana%40example.org") && url.contains("issuer="), "{url}");
        let (path, side) = qr_path(&url).unwrap();
        assert!(side > 20 && path.starts_with("M0 0h1v1h-1z"));
    }
}
