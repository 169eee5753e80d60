//! Passwords: the rules for a new one, and hashes (Argon2id with OWASP's parameters: 19 MiB, two passes, one lane).

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::error::{Error, Faults, Result};

/// Checks a new password: 12 to 128 characters (OWASP ASVS 2.1.1 and 2.1.2), and none that is guessed within a million
/// attempts, such as `123456789012` (NIST SP 800-63B, 5.1.1.2; the dictionaries of zxcvbn, without a service elsewhere).
/// Passwords that were set under earlier rules stay valid: signing in takes up to 1,000 characters.
pub(super) fn check_password(faults: &mut Faults, at: &str, password: &str) {
    let length = password.chars().count();
    if length < 12 {
        faults.add_with(at, "too_short", vec![("min", "12".into())]);
    } else if length > 128 {
        faults.add_with(at, "too_long", vec![("max", "128".into())]);
    } else if is_easy(password) {
        faults.add(at, "easy_password");
    }
}

/// Returns true if a password is guessed early. The time of the check grows with the square of the length and with the
/// signs that stand for letters (`@`, `4`): of a long password the beginning must be hard to guess already.
fn is_easy(password: &str) -> bool {
    let beginning: String = password.chars().take(CHECKED).collect();
    zxcvbn::zxcvbn(&beginning, &FREQUENT_WORDS).guesses() < EASY_GUESSES
}

/// The number of characters that are checked for words and patterns.
const CHECKED: usize = 24;

/// Words of passwords in Spanish, which the dictionaries of zxcvbn do not have, the most frequent first.
const FREQUENT_WORDS: [&str; 12] = [
    "contraseña",
    "contrasena",
    "bienvenido",
    "bienvenida",
    "administrador",
    "usuario",
    "articula",
    "ministerio",
    "gobierno",
    "secretaria",
    "coordinacion",
    "comision",
];

/// The number of guesses below which a password is refused.
const EASY_GUESSES: u64 = 1_000_000;

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Returns the hash of a new password, in PHC form. Takes tens of milliseconds: never on an async thread.
pub(super) fn hash(password: &str) -> Result<String> {
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(Error::internal)?;
    let salt = SaltString::encode_b64(&salt).map_err(Error::internal)?;
    Ok(hasher()?.hash_password(password.as_bytes(), &salt).map_err(Error::internal)?.to_string())
}

/// Returns true if a password has this hash. Without a hash it returns false after the same time, so that an unknown
/// address cannot be distinguished from a wrong password.
pub(super) fn verify(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$tQbdZL3BDyjuwKJ5uPXjq5nTtPCcVF2bSCGZ1RkWcyY";
    let stored = hash.unwrap_or(NOBODY);
    let Ok(parsed) = PasswordHash::new(stored) else { return false };
    let Ok(hasher) = hasher() else { return false };
    hasher.verify_password(password.as_bytes(), &parsed).is_ok() && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_only_its_own_hash() {
        let stored = hash("correct horse battery").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("correct horse battery", Some(&stored)));
        assert!(!verify("correct horse", Some(&stored)));
        assert!(!verify("correct horse battery", None));
    }

    #[test]
    fn a_password_that_everybody_guesses_is_refused() {
        let faults = |password: &str| {
            let mut faults = Faults::default();
            check_password(&mut faults, "/password", password);
            faults.list.len()
        };
        for easy in [
            "123456789012",
            "aaaaaaaaaaaa",
            "qwertyuiop12",
            "password1234",
            "abcabcabcabc",
            "contraseña12",
            "Bienvenido2024",
        ] {
            assert_eq!(faults(easy), 1, "{easy}");
        }
        for good in ["articula-demo", "una frase larga y propia", "correct horse battery", "K7qm-2xwd-9hrt"] {
            assert_eq!(faults(good), 0, "{good}");
        }
    }
}
