//! The ways out: a file a message, SMTP, and memory for tests.

mod smtp;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use lettre::message::Mailbox;
use lettre::transport::smtp::client::SmtpConnection;

use self::smtp::{Server, refusal};
use crate::config::{Config, MAIL_CONNECTIONS};
use crate::error::{Error, Result};

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

/// The way of sending, the sender, and the number of connections.
pub struct Mailer {
    way: Way,
    from: Mailbox,
    connections: usize,
}

impl Mailer {
    /// Opens the way that the settings name.
    pub fn of(config: &Config) -> Result<Self> {
        let mailer = Self::open(&config.mail_url, &config.mail_from)?;
        Ok(Self { connections: config.mail_connections, ..mailer })
    }

    /// Opens the way that the URL names: `file:folder`, `smtp://…`, `smtps://…`; over two connections.
    pub fn open(url: &str, from: &str) -> Result<Self> {
        let from = from
            .parse()
            .map_err(|_| Error::internal(format!("ARTICULA_MAIL_FROM must be a name and an address, not {from:?}")))?;
        let way = match url.strip_prefix("file:") {
            Some(folder) => Way::Folder(folder.trim_start_matches("//").into()),
            None => Way::Smtp(Box::new(Server::of(url)?)),
        };
        Ok(Self { way, from, connections: MAIL_CONNECTIONS })
    }

    /// Keeps what it is given, for tests.
    pub fn memory() -> Result<(Self, Arc<Mutex<MemoryBox>>)> {
        let kept = Arc::new(Mutex::new(MemoryBox::default()));
        let from = "Articula <articula@localhost>".parse().map_err(Error::internal)?;
        Ok((Self { way: Way::Memory(Arc::clone(&kept)), from, connections: MAIL_CONNECTIONS }, kept))
    }

    pub fn from(&self) -> &Mailbox {
        &self.from
    }

    /// Returns the number of connections that may be open at a time.
    pub(super) fn connections(&self) -> usize {
        self.connections
    }

    /// Whether mail could go out now; the error is one sentence.
    pub fn check(&self) -> Result<()> {
        match &self.way {
            Way::Folder(folder) => make_private(folder)
                .map_err(|e| Error::internal(format!("cannot write mail to {}: {e}", folder.display()))),
            Way::Smtp(server) => server
                .connect()
                .map(smtp::quit)
                .map_err(|error| Error::internal(format!("the mail server cannot be reached: {error}"))),
            Way::Memory(_) => Ok(()),
        }
    }

    /// A way out for some mails, one after the other.
    pub(super) fn connection(&self) -> Connection<'_> {
        Connection { mailer: self, open: None, sent: 0 }
    }
}

/// The number of mails after which a connection is opened again: some servers close it after a number of mails.
const MAILS_PER_CONNECTION: u32 = 100;

/// One connection to the mail server, opened when it is needed and kept from mail to mail.
pub(super) struct Connection<'m> {
    mailer: &'m Mailer,
    open: Option<SmtpConnection>,
    /// Mails sent over the open connection.
    sent: u32,
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
        smtp::send(&mut open, message).map_err(|error| refusal(server, &error))?;
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
    }

    #[test]
    fn a_mail_in_a_folder_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("var/mail");
        write(&folder, "a", b"Subject: a").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder.join("a.eml")), mode(&folder), mode(&root.path().join("var"))), (0o600, 0o700, 0o700));
    }
}
