//! Secrets: those that a file contains; and the one that signs access tokens, read from the environment or created once
//! beside an SQLite database.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::{InvalidSetting, Result, sqlite_path};
use crate::text::hex;

/// The minimum length of a secret, in bytes.
const LENGTH: usize = 32;
/// The minimum number of different bytes in a secret.
const DIFFERENT: usize = 10;

/// Secrets that were in a file of this repository at some time: everybody can know them.
const PUBLISHED: [&str; 5] = [
    "for-ones-own-machine-alone-0123456789",
    "only-for-measuring-0123456789abcdef",
    "only for measuring, 0123456789abcdef",
    "only the tests know this secret, nobody else",
    "a secret that is long enough for anyone",
];

/// Returns the secret of the environment. With SQLite and no such secret, returns the one beside the database.
pub(super) fn jwt_secret(stated: String, database_url: &str) -> Result<Vec<u8>> {
    match (stated, sqlite_path(database_url)) {
        (secret, _) if !secret.is_empty() => check(&secret).map(|()| secret.into_bytes()),
        (_, Some(path)) => jwt_secret_beside(path),
        (_, None) => Err(InvalidSetting(format!(
            "ARTICULA_JWT_SECRET is required with PostgreSQL: at least {LENGTH} random bytes, for example from `openssl rand -hex 32`"
        ))),
    }
}

/// Returns the value that a variable states, or the text of a file without the end of its line; None without either. A
/// secret store provides such a file. No error message shows the text.
pub(super) fn stated_or_in_file(name: &str, stated: Option<String>, file: Option<String>) -> Result<Option<String>> {
    let Some(path) = file else { return Ok(stated) };
    if stated.is_some() {
        return Err(InvalidSetting(format!("{name} and {name}_FILE are both set; set one of them")));
    }
    let text = fs::read_to_string(&path)
        .map_err(|error| InvalidSetting(format!("{name}_FILE: cannot read {path}: {error}")))?;
    let value = text.strip_suffix('\n').unwrap_or(&text);
    let value = value.strip_suffix('\r').unwrap_or(value);
    if value.is_empty() {
        return Err(InvalidSetting(format!("{name}_FILE: {path} is empty")));
    }
    Ok(Some(value.to_owned()))
}

fn check(secret: &str) -> Result<()> {
    let different = secret.bytes().collect::<BTreeSet<u8>>().len();
    let fault = if secret.len() < LENGTH {
        format!("must have at least {LENGTH} bytes; it has {}", secret.len())
    } else if different < DIFFERENT {
        format!("must have at least {DIFFERENT} different characters; it has {different}")
    } else if PUBLISHED.contains(&secret) {
        "is in the public source code of Articula, so that anybody can forge a sign-in with it".to_owned()
    } else {
        return Ok(());
    };
    Err(InvalidSetting(format!("ARTICULA_JWT_SECRET {fault}; make one with `openssl rand -hex 32`")))
}

/// Reads the secret kept beside an SQLite database, or creates it (mode 0600).
pub(super) fn jwt_secret_beside(database: &str) -> Result<Vec<u8>> {
    let path = PathBuf::from(format!("{database}.secret"));
    let failed =
        |e: std::io::Error| InvalidSetting(format!("cannot keep the signing secret in {}: {e}", path.display()));
    if let Ok(secret) = fs::read(&path)
        && secret.len() >= LENGTH
    {
        return Ok(secret);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    make(&path).map_err(failed)
}

fn make(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = [0_u8; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    let secret = hex(&bytes);
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(secret.as_bytes())?;
    Ok(secret.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(secret: &str) -> String {
        jwt_secret(secret.to_owned(), "postgres://x").err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_weak_or_public_secret_is_refused_with_a_reason() {
        assert!(refusal("").contains("required with PostgreSQL"));
        assert!(refusal("too short").contains("at least 32 bytes"));
        assert!(refusal(&"a".repeat(40)).contains("different characters; it has 1"));
        assert!(refusal(&"abcdefghi".repeat(5)).contains("it has 9"));
        for secret in PUBLISHED {
            assert!(refusal(secret).contains("public source code"), "{secret}");
        }
        assert_eq!(refusal("6f1c0d9b5a7e4832c1f0e9d8b7a69584"), "");
    }

    #[test]
    fn a_setting_is_read_from_the_file_that_a_variable_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token").display().to_string();
        let read = |stated: Option<&str>, file: Option<&str>| {
            stated_or_in_file("ARTICULA_METRICS_TOKEN", stated.map(str::to_owned), file.map(str::to_owned))
                .map_err(|error| error.to_string())
        };
        assert_eq!(read(None, None), Ok(None));
        assert_eq!(read(Some("of the environment"), None), Ok(Some("of the environment".to_owned())));
        assert!(read(None, Some(&path)).unwrap_err().starts_with("ARTICULA_METRICS_TOKEN_FILE: cannot read"));
        for (text, value) in [("a b\n", "a b"), ("a b\r\n", "a b"), ("a b", "a b"), (" a\n\n", " a\n")] {
            fs::write(&path, text).unwrap();
            assert_eq!(read(None, Some(&path)), Ok(Some(value.to_owned())), "{text:?}");
        }
        assert!(read(Some("stated"), Some(&path)).unwrap_err().contains("are both set"));
        fs::write(&path, "\n").unwrap();
        assert!(read(None, Some(&path)).unwrap_err().contains("is empty"));
    }

    #[test]
    fn a_secret_beside_the_database_is_made_once_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("a.db").display());
        let secret = jwt_secret(String::new(), &url).unwrap();
        assert_eq!(jwt_secret(String::new(), &url).unwrap(), secret);
        let mode = fs::metadata(folder.path().join("a.db.secret")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
