//! A mail server: how it is reached, what is said to it, and what its answers mean.

use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{SmtpConnection, Tls, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error as SmtpError, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};

use super::Refusal;
use crate::error::{Error, Result};

/// The time, in seconds, that a mail server may take to answer, unless the URL says otherwise.
const PATIENCE: u64 = 20;

/// Sends a message: each command in one write, and the message with its end in one write.
///
/// lettre writes the end separately. The operating system holds a small second write back until the first has been
/// acknowledged (Nagle's algorithm), which costs 40 ms a mail when the server delays its acknowledgements, and lettre
/// gives no access to the socket to switch that off. Messages that are not ASCII need extensions of the server. lettre
/// knows which, so it sends these rare messages itself.
pub fn send(open: &mut SmtpConnection, message: &lettre::Message) -> Result<(), SmtpError> {
    let (envelope, bytes) = (message.envelope(), message.formatted());
    let ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    let ascii_addresses = envelope.from().into_iter().chain(envelope.to()).all(ascii);
    let sent = match String::from_utf8(bytes) {
        Ok(text) if text.is_ascii() && ascii_addresses => send_ascii(open, message, &text),
        _ => open.send(envelope, &message.formatted()).map(drop),
    };
    sent.inspect_err(|_| open.abort())
}

fn send_ascii(open: &mut SmtpConnection, message: &lettre::Message, text: &str) -> Result<(), SmtpError> {
    open.command(Mail::new(message.envelope().from().cloned(), Vec::new()))?;
    for to in message.envelope().to() {
        open.command(Rcpt::new(to.clone(), Vec::new()))?;
    }
    open.command(Data)?;
    open.command(content(text)).map(drop)
}

/// Returns the message as it follows DATA: a line that begins with a dot gets another one (RFC 5321, 4.5.2), and a
/// single dot ends the message.
fn content(text: &str) -> String {
    let first = if text.starts_with('.') { "." } else { "" };
    let end = if text.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" };
    format!("{first}{}{end}", text.replace("\r\n.", "\r\n.."))
}

pub fn quit(mut open: SmtpConnection) {
    if let Err(error) = open.quit() {
        tracing::debug!(%error, "the mail server did not take leave");
    }
}

/// Decides what a refusal means: 5xx is permanent, anything else is temporary. When the server does not even accept the
/// connection, whatever its code, the server is unavailable and this message is not refused. When the sign-in failed,
/// the cause is our settings.
pub fn refusal(server: &Server, error: &SmtpError) -> Refusal {
    let why = error.to_string();
    let signing_in =
        error.status().is_some_and(|code| ["530", "534", "535", "538"].contains(&code.to_string().as_str()));
    match () {
        () if signing_in || server.connect().map(quit).is_err() => Refusal::Down(why),
        () if error.is_permanent() => Refusal::Permanent(why),
        () => Refusal::Temporary(why),
    }
}

/// A mail server, and the data needed to sign in to it.
pub struct Server {
    host: String,
    port: u16,
    tls: Tls,
    account: Option<Credentials>,
    patience: Duration,
    us: ClientId,
}

impl Server {
    /// Reads a URL: `smtp://` encrypts with STARTTLS unless the URL says `?tls=none`; `smtps://` from the first byte.
    /// `?timeout=` is the number of seconds that the server may take to answer.
    pub fn of(url: &str) -> Result<Self> {
        let wrong =
            |why: &str| Error::internal(format!("ARTICULA_MAIL_URL must be file:…, smtp://… or smtps://…: {why}"));
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
        Ok(Self {
            host: host.to_owned(),
            port: port.unwrap_or(usual),
            tls,
            account,
            patience: Duration::from_secs(options.timeout),
            us: ClientId::default(),
        })
    }

    pub fn connect(&self) -> Result<SmtpConnection, SmtpError> {
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

/// The options after the question mark of a URL.
struct Options {
    plain: bool,
    /// The number of seconds that the server may take to answer.
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

/// Decodes `%40` and similar sequences in a user name or password.
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
    fn a_user_name_or_password_may_be_escaped() {
        assert_eq!(decoded("p%3Aw%"), "p:w%");
    }

    #[test]
    fn no_line_of_a_message_is_taken_for_its_end() {
        assert_eq!(content("A: b\r\n\r\n.\r\n..x\r\ny\r\n"), "A: b\r\n\r\n..\r\n...x\r\ny\r\n.\r\n");
        assert_eq!(content(".a"), "..a\r\n.\r\n");
    }
}
