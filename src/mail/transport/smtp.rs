//! SMTP: connecting to the mail server, sending a message, and interpreting a refusal.

use std::time::Duration;

use lettre::Address;
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{SmtpConnection, Tls, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension};
use lettre::transport::smtp::{Error as SmtpError, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use percent_encoding::percent_decode_str;
use url::Url;

use super::Refusal;
use crate::error::{Error, Result};

/// The time, in seconds, that a mail server may take to answer, unless the URL states another.
const DEFAULT_TIMEOUT: u64 = 20;

/// Returns false for an address that this server can never accept: it has letters outside ASCII, and the server does
/// not offer SMTPUTF8 (RFC 6531). Domains are always ASCII.
pub(super) fn takes_addresses(connection: &SmtpConnection, message: &lettre::Message) -> bool {
    are_ascii(message.envelope()) || connection.server_info().supports_feature(Extension::SmtpUtfEight)
}

fn are_ascii(envelope: &Envelope) -> bool {
    let ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    envelope.from().into_iter().chain(envelope.to()).all(ascii)
}

/// Sends a message: each command in one write, and the message with its end in one write.
///
/// lettre writes the end separately. The operating system holds a small second write back until the first has been
/// acknowledged (Nagle's algorithm), which costs 40 ms a mail when the server delays its acknowledgements, and lettre
/// gives no access to the socket to switch that off. Messages that are not ASCII need extensions of the server. lettre
/// knows which, so it sends these rare messages itself.
pub(super) fn send(connection: &mut SmtpConnection, message: &lettre::Message) -> Result<(), SmtpError> {
    let (envelope, bytes) = (message.envelope(), message.formatted());
    let sent = match String::from_utf8(bytes) {
        Ok(text) if text.is_ascii() && are_ascii(envelope) => send_ascii(connection, message, &text),
        _ => connection.send(envelope, &message.formatted()).map(drop),
    };
    sent.inspect_err(|_| connection.abort())
}

fn send_ascii(connection: &mut SmtpConnection, message: &lettre::Message, text: &str) -> Result<(), SmtpError> {
    connection.command(Mail::new(message.envelope().from().cloned(), Vec::new()))?;
    for to in message.envelope().to() {
        connection.command(Rcpt::new(to.clone(), Vec::new()))?;
    }
    connection.command(Data)?;
    connection.command(content(text)).map(drop)
}

/// Returns the message as it follows DATA: a line that begins with a dot gets another one (RFC 5321, 4.5.2), and a
/// single dot ends the message.
fn content(text: &str) -> String {
    let first = if text.starts_with('.') { "." } else { "" };
    let end = if text.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" };
    format!("{first}{}{end}", text.replace("\r\n.", "\r\n.."))
}

/// Ends a connection. A server that does not answer QUIT is no error.
pub(super) fn quit(mut connection: SmtpConnection) {
    if let Err(error) = connection.quit() {
        tracing::debug!(%error, "SMTP QUIT failed");
    }
}

/// Decides what a refusal means: 5xx is permanent, anything else is temporary. When the server does not even accept the
/// connection, whatever its code, the server is unavailable and this message is not refused. When the sign-in failed,
/// the cause is in our settings.
pub(super) fn refusal(server: &SmtpServer, error: &SmtpError) -> Refusal {
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
pub(super) struct SmtpServer {
    host: String,
    port: u16,
    tls: Tls,
    account: Option<Credentials>,
    timeout: Duration,
    client_id: ClientId,
}

impl SmtpServer {
    /// Reads a URL: `smtp://` encrypts with STARTTLS unless the URL has `?tls=none`; `smtps://` encrypts from the
    /// first byte. `?timeout=` is the number of seconds that the server may take to answer.
    pub(super) fn from_url(text: &str) -> Result<Self> {
        let wrong =
            |why: &str| Error::internal(format!("ARTICULA_MAIL_URL must be file:…, smtp://… or smtps://…: {why}"));
        let url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("no host"))?;
        if !host.chars().all(|c| c.is_ascii_alphanumeric() || ".-_[]:".contains(c)) {
            return Err(wrong("the host contains a character that is not allowed"));
        }
        if !url.path().trim_matches('/').is_empty() || url.fragment().is_some() {
            return Err(wrong("only a host, a port and options are allowed; escape / and # in a password"));
        }
        let options = Options::parse(&url).map_err(|why| wrong(&why))?;
        let parameters = || TlsParameters::new(host.to_owned()).map_err(|error| wrong(&error.to_string()));
        let (tls, default_port) = match (url.scheme(), options.plain) {
            ("smtp", true) => (Tls::None, SMTP_PORT),
            ("smtp", false) => (Tls::Required(parameters()?), SUBMISSION_PORT),
            ("smtps", false) => (Tls::Wrapper(parameters()?), SUBMISSIONS_PORT),
            ("smtps", true) => return Err(wrong("smtps:// is always encrypted")),
            _ => return Err(wrong("unknown scheme")),
        };
        let signs_in = !url.username().is_empty() || url.password().is_some();
        let account = || Credentials::new(decoded(url.username()), decoded(url.password().unwrap_or_default()));
        Ok(Self {
            host: host.to_owned(),
            port: url.port().unwrap_or(default_port),
            tls,
            account: signs_in.then(account),
            timeout: Duration::from_secs(options.timeout),
            client_id: ClientId::default(),
        })
    }

    pub(super) fn connect(&self) -> Result<SmtpConnection, SmtpError> {
        let (address, timeout) = ((self.host.as_str(), self.port), Some(self.timeout));
        let wrapper = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters),
            _ => None,
        };
        let mut connection = SmtpConnection::connect(address, timeout, &self.client_id, wrapper, None)?;
        if let Tls::Required(parameters) = &self.tls {
            connection.starttls(parameters, &self.client_id)?;
        }
        if let Some(account) = &self.account {
            connection.auth(DEFAULT_MECHANISMS, account)?;
        }
        Ok(connection)
    }
}

/// The options after the question mark of a URL.
struct Options {
    plain: bool,
    /// The number of seconds that the server may take to answer.
    timeout: u64,
}

impl Options {
    fn parse(url: &Url) -> std::result::Result<Self, String> {
        let mut options = Self { plain: false, timeout: DEFAULT_TIMEOUT };
        for (name, value) in url.query_pairs() {
            match (name.as_ref(), value.as_ref()) {
                ("tls", "required") => options.plain = false,
                ("tls", "none") => options.plain = true,
                ("timeout", seconds) => {
                    let seconds = seconds.parse().ok().filter(|seconds| (1..=300).contains(seconds));
                    options.timeout = seconds.ok_or("timeout must be 1 to 300 seconds")?;
                }
                _ => return Err(format!("unknown option {:?}", format!("{name}={value}"))),
            }
        }
        Ok(options)
    }
}

/// Decodes `%40` and similar sequences in a user name or password; an incomplete sequence stays as it is.
fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
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
