//! Transports: SMTP, one file per message, and memory for tests.

mod smtp;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use lettre::message::Mailbox;
use lettre::transport::smtp::client::SmtpConnection;

use self::smtp::{SmtpServer, refusal};
use super::address;
use crate::config::{Brand, Config, MAIL_CONNECTIONS};
use crate::error::{Error, Result};

/// The reason for which a message was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The server will never accept this message (an SMTP code 5xx).
    Permanent(String),
    /// The name before the @ has letters outside ASCII, and the server does not take them (no SMTPUTF8).
    NameNotAscii,
    /// The server does not accept this message now (4xx).
    Temporary(String),
    /// The server does not answer, or refuses the sign-in.
    Down(String),
}

/// The messages that a mailer in memory accepted, and the refusals that a test sets.
#[derive(Debug, Default)]
pub struct MemoryBox {
    /// Ids and messages.
    pub sent: Vec<(String, String)>,
    /// The refusal for each address.
    pub refuses: BTreeMap<String, Refusal>,
    /// The refusal for every address.
    pub down: Option<Refusal>,
}

enum Transport {
    Folder(PathBuf),
    Smtp(Box<SmtpServer>),
    Memory(Arc<Mutex<MemoryBox>>),
}

/// A transport, the sender's address and brand, and the number of connections.
pub struct Mailer {
    transport: Transport,
    sender: Mailbox,
    brand: Brand,
    connections: usize,
}

impl Mailer {
    /// Opens the transport of the settings.
    pub fn from_config(config: &Config) -> Result<Self> {
        let mut mailer = Self::open(&config.mail_url, &config.mail_from)?;
        // A sender without a name has that of the installation.
        mailer.sender.name.get_or_insert_with(|| config.brand.name.clone());
        Ok(Self { connections: config.mail_connections, brand: config.brand.clone(), ..mailer })
    }

    /// Opens the transport of a URL: `file:folder`, `smtp://…` or `smtps://…`, with two connections.
    pub fn open(url: &str, from: &str) -> Result<Self> {
        let wrong = || Error::internal(format!("ARTICULA_MAIL_FROM must be a name and an address, not {from:?}"));
        let mut sender: Mailbox = from.parse().map_err(|_| wrong())?;
        sender.email = address::read(sender.email.as_ref()).map_err(|_| wrong())?;
        let transport = match url.strip_prefix("file:") {
            Some(folder) => Transport::Folder(folder.trim_start_matches("//").into()),
            None => Transport::Smtp(Box::new(SmtpServer::from_url(url)?)),
        };
        Ok(Self { transport, sender, brand: Brand::default(), connections: MAIL_CONNECTIONS })
    }

    /// Makes a mailer that keeps its messages in memory, for tests.
    pub fn memory() -> Result<(Self, Arc<Mutex<MemoryBox>>)> {
        let kept = Arc::new(Mutex::new(MemoryBox::default()));
        let sender = "Articula <articula@localhost>".parse().map_err(Error::internal)?;
        let transport = Transport::Memory(Arc::clone(&kept));
        Ok((Self { transport, sender, brand: Brand::default(), connections: MAIL_CONNECTIONS }, kept))
    }

    /// Returns the same mailer with another brand.
    #[must_use]
    pub fn branded(self, brand: Brand) -> Self {
        Self { brand, ..self }
    }

    pub fn sender(&self) -> &Mailbox {
        &self.sender
    }

    /// Returns the address and the brand that mails come from.
    pub(super) fn identity(&self) -> (&Mailbox, &Brand) {
        (&self.sender, &self.brand)
    }

    /// Returns the number of connections that may be open at a time.
    pub(super) fn connections(&self) -> usize {
        self.connections
    }

    /// Checks that mail could be sent now; the error is one sentence.
    pub fn check(&self) -> Result<()> {
        match &self.transport {
            Transport::Folder(folder) => make_private(folder)
                .map_err(|e| Error::internal(format!("cannot write mail to {}: {e}", folder.display()))),
            Transport::Smtp(server) => server
                .connect()
                .map(smtp::quit)
                .map_err(|error| Error::internal(format!("the mail server cannot be reached: {error}"))),
            Transport::Memory(_) => Ok(()),
        }
    }

    /// Returns a connection for some mails, one after the other.
    pub(super) fn connection(&self) -> Connection<'_> {
        Connection { mailer: self, open: None, sent: 0 }
    }
}

/// The number of mails after which a connection is opened again: some servers close it after a number of mails.
const MAILS_PER_CONNECTION: u32 = 100;

/// A connection to the mail server, opened when it is needed and kept from mail to mail.
pub(super) struct Connection<'m> {
    mailer: &'m Mailer,
    open: Option<SmtpConnection>,
    /// The number of mails sent over the open connection.
    sent: u32,
}

impl Connection<'_> {
    /// Sends a message. `id` names the file, so that a message sent twice is one file.
    pub(super) fn send(&mut self, id: &str, message: &lettre::Message) -> Result<(), Refusal> {
        match &self.mailer.transport {
            Transport::Folder(folder) => write(folder, id, &message.formatted())
                .map_err(|e| Refusal::Down(format!("cannot write mail to {}: {e}", folder.display()))),
            Transport::Smtp(server) => self.send_over_smtp(server, message),
            Transport::Memory(kept) => keep(kept, id, message),
        }
    }

    /// Sends a message over the open connection or a new one. A connection with an error is not used again.
    fn send_over_smtp(&mut self, server: &SmtpServer, message: &lettre::Message) -> Result<(), Refusal> {
        if self.sent == MAILS_PER_CONNECTION {
            self.close();
        }
        let mut open = match self.open.take() {
            Some(open) => open,
            None => {
                self.sent = 0;
                server.connect().map_err(|error| Refusal::Down(error.to_string()))?
            }
        };
        if smtp::takes_addresses(&open, message) {
            smtp::send(&mut open, message).map_err(|error| refusal(server, &error))?;
        } else {
            self.open = Some(open);
            return Err(Refusal::NameNotAscii);
        }
        self.sent += 1;
        self.open = Some(open);
        Ok(())
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            smtp::quit(open);
        }
    }
}

impl Drop for Connection<'_> {
    fn drop(&mut self) {
        self.close();
    }
}

/// Makes a folder that only its owner can open.
fn make_private(folder: &Path) -> std::io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Writes a message to a file that only its owner can read: it may contain a one-time link.
fn write(folder: &Path, id: &str, bytes: &[u8]) -> std::io::Result<()> {
    make_private(folder)?;
    let unfinished = folder.join(format!(".{id}.part"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(bytes)?;
    fs::rename(unfinished, folder.join(format!("{id}.eml")))
}

fn keep(kept: &Mutex<MemoryBox>, id: &str, message: &lettre::Message) -> Result<(), Refusal> {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let to: Vec<String> = message.envelope().to().iter().map(ToString::to_string).collect();
    let refused = kept.down.clone().or_else(|| to.iter().find_map(|address| kept.refuses.get(address).cloned()));
    if let Some(refusal) = refused {
        return Err(refusal);
    }
    kept.sent.push((id.to_owned(), String::from_utf8_lossy(&message.formatted()).into_owned()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_transport_has_its_url() {
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
            "smtp://h/path",
            "smtp://u:p#w@h",
        ] {
            assert!(Mailer::open(url, "Articula <articula@localhost>").is_err(), "{url}");
        }
        assert!(Mailer::open("file:x", "nobody").is_err());
    }

    #[test]
    fn only_the_owner_can_read_a_mail_in_a_folder() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("var/mail");
        write(&folder, "a", b"Subject: a").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder.join("a.eml")), mode(&folder), mode(&root.path().join("var"))), (0o600, 0o700, 0o700));
    }
}
