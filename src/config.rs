//! Settings: reads the environment and a `.env` file once. No other module reads the environment.

mod brand;
mod env_file;
mod secret;

use std::env;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytesize::ByteSize;
use chrono::TimeDelta;
use ipnet::{IpNet, Ipv4Net};

pub use self::brand::{Brand, Color, Contact, Logo};
use self::secret::{jwt_secret, jwt_secret_beside, stated_or_in_file};

/// A setting that cannot be used; the text is one sentence that names the variable.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct InvalidSetting(String);

type Result<T> = std::result::Result<T, InvalidSetting>;

/// The file of the working folder that may also contain settings.
const ENV_FILE: &str = ".env";

/// The default of `ARTICULA_LISTEN`.
const LISTEN: &str = "127.0.0.1:8080";

/// The default of `ARTICULA_MAIL_CONNECTIONS`.
pub const MAIL_CONNECTIONS: usize = 2;

/// The default of `ARTICULA_WRITE_WAIT`.
pub const WRITE_WAIT: Duration = Duration::from_secs(5);

/// The default of `ARTICULA_KEEP_DELIVERIES`, in days.
const KEEP_DELIVERIES: i64 = 400;

/// The default of `ARTICULA_SESSION_IDLE`.
const SESSION_IDLE: Duration = Duration::from_secs(60 * 60);

/// The default of `ARTICULA_SESSION_LONGEST`.
const SESSION_LONGEST: Duration = Duration::from_secs(12 * 60 * 60);

/// The default of `ARTICULA_QUOTA_FILES`.
const QUOTA_FILES: ByteSize = ByteSize::mib(500);

/// All settings. The defaults are those of a trial on one computer.
#[derive(Clone)]
pub struct Config {
    /// `sqlite:path` or `postgres://…`.
    pub database_url: String,
    pub listen: SocketAddr,
    /// The address of the program for its users, in the links of mails. Without a slash at the end.
    pub public_url: String,
    pub mail_url: String,
    pub mail_from: String,
    /// The number of connections to the mail server that a worker may open, 1 to 8.
    pub mail_connections: usize,
    /// The time for which deliveries that were sent, dropped or failed are kept.
    pub keep_deliveries: TimeDelta,
    /// The secret that signs access tokens.
    pub jwt_secret: Vec<u8>,
    pub files_url: String,
    pub auto_migrate: bool,
    /// The address of the separate listener that serves only `/metrics`.
    pub metrics_listen: Option<SocketAddr>,
    /// The token that opens `/metrics`.
    pub metrics_token: Option<String>,
    /// The time that a write waits for the database before it is refused with 503.
    pub write_wait: Duration,
    /// The space that the uploads of one person may take.
    pub quota_files: ByteSize,
    /// The time without use after which a session of a browser ends.
    pub session_idle: TimeDelta,
    /// The longest time that a session of a browser lasts.
    pub session_longest: TimeDelta,
    /// The roles that need a second factor, by the names of the API.
    pub second_factor_roles: Vec<String>,
    /// The name, the logo, the colour and the contact of the installation.
    pub brand: Brand,
    /// True if everybody may read the public view of the commissions that are marked public.
    pub public_view: bool,
    /// True for the demonstration, whose people are buttons of the sign-in page.
    pub is_demo: bool,
    /// Reverse proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: Vec<IpNet>,
}

impl Config {
    /// Reads the settings; the error is one sentence that names the variable.
    pub fn from_env() -> Result<Self> {
        env_file::load(Path::new(ENV_FILE))?;
        let database_url = secret_or("ARTICULA_DATABASE_URL", "sqlite:var/articula.db")?;
        Ok(Self {
            jwt_secret: jwt_secret(secret_or("ARTICULA_JWT_SECRET", "")?, &database_url)?,
            database_url,
            listen: address("ARTICULA_LISTEN", LISTEN)?,
            public_url: var("ARTICULA_PUBLIC_URL", "http://127.0.0.1:8080").trim_end_matches('/').to_owned(),
            mail_url: secret_or("ARTICULA_MAIL_URL", "file:var/mail")?,
            mail_from: var("ARTICULA_MAIL_FROM", "articula@localhost"),
            keep_deliveries: days("ARTICULA_KEEP_DELIVERIES", KEEP_DELIVERIES)?,
            mail_connections: mail_connections(&var("ARTICULA_MAIL_CONNECTIONS", &MAIL_CONNECTIONS.to_string()))?,
            files_url: var("ARTICULA_FILES_URL", "file:var/files"),
            auto_migrate: switch("ARTICULA_AUTO_MIGRATE", true)?,
            metrics_listen: optional("ARTICULA_METRICS_LISTEN")
                .map(|_| address("ARTICULA_METRICS_LISTEN", ""))
                .transpose()?,
            metrics_token: optional_secret("ARTICULA_METRICS_TOKEN")?,
            write_wait: duration("ARTICULA_WRITE_WAIT", WRITE_WAIT)?,
            quota_files: size("ARTICULA_QUOTA_FILES", QUOTA_FILES)?,
            session_idle: span("ARTICULA_SESSION_IDLE", SESSION_IDLE)?,
            session_longest: span("ARTICULA_SESSION_LONGEST", SESSION_LONGEST)?,
            second_factor_roles: roles("ARTICULA_REQUIRE_SECOND_FACTOR")?,
            brand: brand()?,
            public_view: switch("ARTICULA_PUBLIC", false)?,
            is_demo: false,
            trusted_proxies: networks("ARTICULA_TRUSTED_PROXIES")?,
        })
    }

    /// Returns the settings of the demonstration: all data is in `var/demo`, which is emptied first.
    pub fn demo() -> Result<Self> {
        env_file::load(Path::new(ENV_FILE))?;
        let root = PathBuf::from("var/demo");
        if root.exists() {
            fs::remove_dir_all(&root).map_err(|e| InvalidSetting(format!("cannot empty {}: {e}", root.display())))?;
        }
        let listen = address("ARTICULA_LISTEN", LISTEN)?;
        let secret = jwt_secret_beside(&root.join("articula.db").display().to_string())?;
        let public_view = switch("ARTICULA_PUBLIC", false)?;
        Ok(Self { is_demo: true, public_view, brand: brand()?, ..Self::in_folder(&root, listen, secret) })
    }

    /// Returns the defaults of a program that keeps everything in one folder: database, mail as files, uploads.
    pub fn in_folder(root: &Path, listen: SocketAddr, jwt_secret: Vec<u8>) -> Self {
        Self {
            database_url: format!("sqlite:{}", root.join("articula.db").display()),
            listen,
            public_url: format!("http://{listen}"),
            mail_url: format!("file:{}", root.join("mail").display()),
            mail_from: "articula@localhost".to_owned(),
            mail_connections: MAIL_CONNECTIONS,
            keep_deliveries: TimeDelta::days(KEEP_DELIVERIES),
            jwt_secret,
            files_url: format!("file:{}", root.join("files").display()),
            auto_migrate: true,
            metrics_listen: None,
            metrics_token: None,
            write_wait: WRITE_WAIT,
            quota_files: QUOTA_FILES,
            session_idle: TimeDelta::minutes(60),
            session_longest: TimeDelta::hours(12),
            second_factor_roles: Vec::new(),
            brand: Brand::default(),
            public_view: false,
            is_demo: false,
            trusted_proxies: Vec::new(),
        }
    }

    /// Returns true if people would reach the program without encryption: its public URL is plain http and does not name
    /// this machine itself.
    pub fn is_unencrypted(&self) -> bool {
        let Ok(address) = url::Url::parse(&self.public_url) else { return false };
        let is_loopback = match address.host() {
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        address.scheme() == "http" && !is_loopback
    }
}

/// Returns the file that an SQLite URL names, `sqlite:PATH` or `sqlite://PATH`; None for any other URL.
pub fn sqlite_path(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?;
    Some(path.strip_prefix("//").unwrap_or(path))
}

/// Returns the filter for the log, in the format of `RUST_LOG`.
pub fn log_filter() -> String {
    var("RUST_LOG", "info,actix_server=warn")
}

/// Returns the value of a variable; None for an empty one.
#[expect(clippy::disallowed_methods, reason = "the only reader of the environment")]
fn optional(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns the value of a variable, or the text of the file that the variable with `_FILE` after its name states.
fn optional_secret(name: &str) -> Result<Option<String>> {
    stated_or_in_file(name, optional(name), optional(&format!("{name}_FILE")))
}

fn secret_or(name: &str, default: &str) -> Result<String> {
    Ok(optional_secret(name)?.unwrap_or_else(|| default.to_owned()))
}

fn brand() -> Result<Brand> {
    Brand::read(
        optional("ARTICULA_BRAND_NAME"),
        optional("ARTICULA_BRAND_LOGO"),
        optional("ARTICULA_BRAND_COLOR"),
        optional("ARTICULA_CONTACT"),
    )
}

fn var(name: &str, default: &str) -> String {
    optional(name).unwrap_or_else(|| default.to_owned())
}

fn switch(name: &str, default: bool) -> Result<bool> {
    match var(name, if default { "true" } else { "false" }).as_str() {
        "true" | "1" | "yes" => Ok(true),
        "false" | "0" | "no" => Ok(false),
        other => Err(InvalidSetting(format!("{name} must be true or false, not {other:?}"))),
    }
}

fn address(name: &str, default: &str) -> Result<SocketAddr> {
    let text = var(name, default);
    text.parse().map_err(|_| InvalidSetting(format!("{name} must be an address and a port, not {text:?}")))
}

/// Reads a length of time: `500ms`, `5s`, `1m`, `12h` or `400d`.
fn duration(name: &str, default: Duration) -> Result<Duration> {
    let Some(text) = optional(name) else { return Ok(default) };
    let expected = "a length of time such as 500ms, 5s or 1m";
    parse_duration(&text).ok_or_else(|| InvalidSetting(format!("{name} must be {expected}, not {text:?}")))
}

/// Reads a length of time for sessions.
fn span(name: &str, default: Duration) -> Result<TimeDelta> {
    TimeDelta::from_std(duration(name, default)?).map_err(|_| InvalidSetting(format!("{name} is too long")))
}

/// Reads a whole number and its unit; zero is refused.
fn parse_duration(text: &str) -> Option<Duration> {
    let unit = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(unit)?;
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    let millis = number.parse::<u64>().ok()?.checked_mul(millis)?;
    (millis > 0).then(|| Duration::from_millis(millis))
}

/// Reads a number of days, from 1 to 36,500, written like `400d`.
fn days(name: &str, default: i64) -> Result<TimeDelta> {
    let text = var(name, &format!("{default}d"));
    let number = text.strip_suffix('d').and_then(|number| number.parse().ok()).filter(|n| (1..=36_500).contains(n));
    number
        .map(TimeDelta::days)
        .ok_or_else(|| InvalidSetting(format!("{name} must be a number of days from 1d to 36500d, not {text:?}")))
}

fn mail_connections(text: &str) -> Result<usize> {
    let number = text.parse().ok().filter(|number| (1..=8).contains(number));
    number.ok_or_else(|| {
        InvalidSetting(format!("ARTICULA_MAIL_CONNECTIONS must be a whole number from 1 to 8, not {text:?}"))
    })
}

fn size(name: &str, default: ByteSize) -> Result<ByteSize> {
    let Some(text) = optional(name) else { return Ok(default) };
    text.parse().map_err(|_| InvalidSetting(format!("{name} must be a size such as 500MiB, not {text:?}")))
}

/// The roles of people, as the API names them.
const ROLES: [&str; 5] = ["admin", "coordinator", "secretariat", "representative", "observer"];

/// Reads roles, separated by commas.
fn roles(name: &str) -> Result<Vec<String>> {
    let text = var(name, "");
    let listed = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let known = |part: &str| match ROLES.contains(&part) {
        true => Ok(part.to_owned()),
        false => Err(InvalidSetting(format!(
            "{name} must list roles of {}, separated by commas; not {part:?}",
            ROLES.join(", ")
        ))),
    };
    listed.map(known).collect()
}

/// Reads addresses and networks, separated by commas.
fn networks(name: &str) -> Result<Vec<IpNet>> {
    let text = var(name, "");
    let listed = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let malformed = |part| {
        let right = "addresses and networks separated by commas, such as 10.0.0.1 or 2001:db8::/32";
        InvalidSetting(format!("{name} must list {right}; {part:?} is neither"))
    };
    listed.map(|part| network(part).ok_or_else(|| malformed(part))).collect()
}

/// Reads one address or network. An IPv4 network that is written as IPv6 (`::ffff:10.0.0.0/104`) becomes IPv4.
fn network(text: &str) -> Option<IpNet> {
    let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).ok()?;
    match (network, network.addr().to_canonical(), network.prefix_len().checked_sub(96)) {
        (IpNet::V6(_), IpAddr::V4(address), Some(length)) => Ipv4Net::new(address, length).ok().map(IpNet::from),
        _ => Some(network),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_a_number_with_its_unit() {
        for (text, millis) in
            [("500ms", 500), ("5s", 5_000), ("1m", 60_000), ("12h", 43_200_000), ("400d", 34_560_000_000)]
        {
            assert_eq!(parse_duration(text), Some(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "5", "s", "0s", "-5s", "5 s", "1.5s", "5S", "99999999999999999999d", "18446744073709551615d"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_without_encryption_is_noticed_unless_it_is_this_machine() {
        let config = Config::in_folder(Path::new("var"), LISTEN.parse().unwrap(), Vec::new());
        let is_unencrypted = |url: &str| Config { public_url: url.to_owned(), ..config.clone() }.is_unencrypted();
        for url in ["http://articula.example", "http://10.0.0.5:8080", "http://localhost.example"] {
            assert!(is_unencrypted(url), "{url}");
        }
        for url in ["https://articula.example", "http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:80"] {
            assert!(!is_unencrypted(url), "{url}");
        }
    }

    #[test]
    fn an_address_is_a_network_of_its_own_and_mapped_ipv4_is_ipv4() {
        let read = |text| network(text).map(|network| network.to_string());
        assert_eq!(read("10.0.0.1").as_deref(), Some("10.0.0.1/32"));
        assert_eq!(read("10.0.0.0/8").as_deref(), Some("10.0.0.0/8"));
        assert_eq!(read("2001:db8::/32").as_deref(), Some("2001:db8::/32"));
        assert_eq!(read("::1").as_deref(), Some("::1/128"));
        assert_eq!(read("::ffff:10.0.0.0/104").as_deref(), Some("10.0.0.0/8"));
        assert_eq!(read("::ffff:10.0.0.1").as_deref(), Some("10.0.0.1/32"));
        assert_eq!(read("proxy.example"), None);
        assert_eq!(read("10.0.0.0/33"), None);
    }
}
