//! The ways out: a file a message, SMTP, and memory for tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{SmtpConnection, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error as SmtpError, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};

use crate::error::{Error, Result};

/// How long a mail server may take to answer, unless the URL says otherwise.
const PATIENCE: u64 = 20;

/// Why a message did not go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The server will never take it (an SMTP code 5xx): it fails alone.
    Permanent(String),
    /// The server will not take it now (4xx).
    Temporary(String),
    /// The server does not answer, or does not let us in.
    Down(String),
}

/// What a mailer in memory took, and what it is told to refuse.
#[derive(Debug, Default)]
pub struct MemoryBox {
    /// Message as sent, by id.
    pub sent: Vec<(String, String)>,
    /// The refusal of each address.
    pub refuses: BTreeMap<String, Refusal>,
    /// The refusal of everything.
    pub down: Option<Refusal>,
}

enum Way {
    Folder(PathBuf),
    Smtp(Box<Server>),
    Memory(Arc<Mutex<MemoryBox>>),
}

/// A way out, and who sends.
pub struct Mailer {
    way: Way,
    from: Mailbox,
}

impl Mailer {
    /// Opens the way that the URL names: `file:folder`, `smtp://…`, `smtps://…`.
    pub fn open(url: &str, from: &str) -> Result<Self> {
        let from = from
            .parse()
            .map_err(|_| Error::internal(format!("ARTICULA_MAIL_FROM must be a name and an address, not {from:?}")))?;
        let way = match url.strip_prefix("file:") {
            Some(folder) => Way::Folder(folder.trim_start_matches("//").into()),
            None => Way::Smtp(Box::new(smtp(url)?)),
        };
        Ok(Self { way, from })
    }

    /// Keeps what it is given, for tests.
    pub fn memory() -> Result<(Self, Arc<Mutex<MemoryBox>>)> {
        let kept = Arc::new(Mutex::new(MemoryBox::default()));
        let from = "Articula <articula@localhost>".parse().map_err(Error::internal)?;
        Ok((Self { way: Way::Memory(Arc::clone(&kept)), from }, kept))
    }

    pub fn from(&self) -> &Mailbox {
        &self.from
    }

    /// Whether mail could go out now; the error is one sentence.
    pub fn check(&self) -> Result<()> {
        match &self.way {
            Way::Folder(folder) => fs::create_dir_all(folder)
                .map_err(|e| Error::internal(format!("cannot write mail to {}: {e}", folder.display()))),
            Way::Smtp(server) => server
                .connect()
                .map(quit)
                .map_err(|error| Error::internal(format!("the mail server cannot be reached: {error}"))),
            Way::Memory(_) => Ok(()),
        }
    }

    /// A way out for some mails, one after the other.
    pub(super) fn connection(&self) -> Connection<'_> {
        Connection { mailer: self, open: None }
    }
}

/// One connection to the mail server, opened when it is needed and kept from mail to mail.
pub(super) struct Connection<'m> {
    mailer: &'m Mailer,
    open: Option<SmtpConnection>,
}

impl Connection<'_> {
    /// Hands a message over. `id` names the file, so that a message sent twice is one file.
    pub fn send(&mut self, id: &str, message: &lettre::Message) -> Result<(), Refusal> {
        match &self.mailer.way {
            Way::Folder(folder) => write(folder, id, &message.formatted())
                .map_err(|e| Refusal::Down(format!("cannot write mail to {}: {e}", folder.display()))),
            Way::Smtp(server) => self.post(server, message),
            Way::Memory(kept) => remember(kept, id, message),
        }
    }

    /// A connection on which something went wrong is not used again.
    fn post(&mut self, server: &Server, message: &lettre::Message) -> Result<(), Refusal> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => server.connect().map_err(|error| Refusal::Down(error.to_string()))?,
        };
        open.send(message.envelope(), &message.formatted()).map_err(|error| refusal(server, &error))?;
        self.open = Some(open);
        Ok(())
    }
}

impl Drop for Connection<'_> {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            quit(open);
        }
    }
}

fn quit(mut open: SmtpConnection) {
    if let Err(error) = open.quit() {
        tracing::debug!(%error, "the mail server did not take leave");
    }
}

fn write(folder: &std::path::Path, id: &str, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!(".{id}.part"));
    fs::write(&unfinished, bytes)?;
    fs::rename(unfinished, folder.join(format!("{id}.eml")))
}

fn remember(kept: &Mutex<MemoryBox>, id: &str, message: &lettre::Message) -> Result<(), Refusal> {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let to: Vec<String> = message.envelope().to().iter().map(ToString::to_string).collect();
    let refused = kept.down.clone().or_else(|| to.iter().find_map(|address| kept.refuses.get(address).cloned()));
    if let Some(refusal) = refused {
        return Err(refusal);
    }
    kept.sent.push((id.to_owned(), String::from_utf8_lossy(&message.formatted()).into_owned()));
    Ok(())
}

/// 5xx is for good, anything else passes; but when the server does not even let us in, whatever its code, it is the
/// server that is down and not this message that is refused. The codes of a sign-in that failed are our settings'.
fn refusal(server: &Server, error: &SmtpError) -> Refusal {
    let why = error.to_string();
    let signing_in =
        error.status().is_some_and(|code| ["530", "534", "535", "538"].contains(&code.to_string().as_str()));
    match () {
        () if signing_in || server.connect().map(quit).is_err() => Refusal::Down(why),
        () if error.is_permanent() => Refusal::Permanent(why),
        () => Refusal::Temporary(why),
    }
}

/// A mail server, and how to be let in.
struct Server {
    host: String,
    port: u16,
    tls: Tls,
    account: Option<Credentials>,
    patience: Duration,
    us: ClientId,
}

impl Server {
    fn connect(&self) -> Result<SmtpConnection, SmtpError> {
        let (place, patience) = ((self.host.as_str(), self.port), Some(self.patience));
        let mut open = match &self.tls {
            Tls::Wrapper(keys) => SmtpConnection::connect(place, patience, &self.us, Some(keys), None)?,
            _ => SmtpConnection::connect(place, patience, &self.us, None, None)?,
        };
        if let Tls::Required(keys) = &self.tls {
            open.starttls(keys, &self.us)?;
        }
        if let Some(account) = &self.account {
            open.auth(DEFAULT_MECHANISMS, account)?;
        }
        Ok(open)
    }
}

/// What stands behind the question mark of a URL.
struct Options {
    plain: bool,
    /// Seconds that the server may take to answer.
    timeout: u64,
}

impl Options {
    fn parse(text: &str) -> std::result::Result<Self, String> {
        let mut options = Self { plain: false, timeout: PATIENCE };
        for option in text.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("tls", "required")) => options.plain = false,
                Some(("tls", "none")) => options.plain = true,
                Some(("timeout", seconds)) => {
                    let seconds = seconds.parse().ok().filter(|seconds| (1..=300).contains(seconds));
                    options.timeout = seconds.ok_or("timeout must be 1 to 300 seconds")?;
                }
                _ => return Err(format!("unknown option {option:?}")),
            }
        }
        Ok(options)
    }
}

/// `smtp://` encrypts with STARTTLS unless the URL says `?tls=none`; `smtps://` from the first byte. `?timeout=` is
/// how many seconds the server may take to answer.
fn smtp(url: &str) -> Result<Server> {
    let wrong = |why: &str| Error::internal(format!("ARTICULA_MAIL_URL must be file:…, smtp://… or smtps://…: {why}"));
    let (scheme, rest) = url.split_once("://").ok_or_else(|| wrong("no scheme"))?;
    let (rest, options) = rest.split_once('?').unwrap_or((rest, ""));
    let options = Options::parse(options).map_err(|why| wrong(&why))?;
    let (account, place) = rest.rsplit_once('@').map_or((None, rest), |(account, place)| (Some(account), place));
    let place = place.trim_end_matches('/');
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse::<u16>().map_err(|_| wrong("the port is no number"))?)),
        None => (place, None),
    };
    if host.is_empty() {
        return Err(wrong("no host"));
    }
    if !host.chars().all(|c| c.is_alphanumeric() || ".-_[]:".contains(c)) {
        return Err(wrong("the host has a character that no host has"));
    }
    let keys = || TlsParameters::new(host.to_owned()).map_err(|e| wrong(&e.to_string()));
    let (tls, usual) = match (scheme, options.plain) {
        ("smtp", true) => (Tls::None, SMTP_PORT),
        ("smtp", false) => (Tls::Required(keys()?), SUBMISSION_PORT),
        ("smtps", false) => (Tls::Wrapper(keys()?), SUBMISSIONS_PORT),
        ("smtps", true) => return Err(wrong("smtps:// is always encrypted")),
        _ => return Err(wrong("unknown scheme")),
    };
    let account = account.map(|account| {
        let (user, password) = account.split_once(':').unwrap_or((account, ""));
        Credentials::new(decoded(user), decoded(password))
    });
    Ok(Server {
        host: host.to_owned(),
        port: port.unwrap_or(usual),
        tls,
        account,
        patience: Duration::from_secs(options.timeout),
        us: ClientId::default(),
    })
}

/// Undoes `%40` and the like in a user name or password.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let code = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (code, part.get(2..)) {
            (Some(byte), Some(rest)) => {
                bytes.push(byte);
                bytes.extend(rest.as_bytes());
            }
            _ => {
                bytes.push(b'%');
                bytes.extend(part.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_out_has_its_url() {
        for url in [
            "file:var/mail",
            "smtp://127.0.0.1:1025?tls=none",
            "smtps://a%40b.org:p%3Aw@mail.example.org",
            "smtp://u:p@mail.example.org:587",
            "smtp://mail.example.org?tls=none&timeout=5",
        ] {
            assert!(Mailer::open(url, "Articula <articula@localhost>").is_ok(), "{url}");
        }
        for url in [
            "var/mail",
            "http://x",
            "smtp://",
            "smtp://h:x",
            "smtps://h?tls=none",
            "smtp://h?tls=maybe",
            "smtp://h?timeout=0",
        ] {
            assert!(Mailer::open(url, "Articula <articula@localhost>").is_err(), "{url}");
        }
        assert!(Mailer::open("file:x", "nobody").is_err());
        assert_eq!(decoded("p%3Aw%"), "p:w%");
    }
}
