//! Received mails, parsed by a separate library.

use articula::i18n::Lang;
use articula::mail::{Block, EmailBody, Mailer, MemoryBox, NewDelivery, Recipient, enqueue};
use articula::worker;
use mailparse::{MailHeaderMap, ParsedMail};

use super::world::World;

/// A received mail.
#[derive(Debug)]
pub(crate) struct Mail {
    pub to: String,
    pub from: String,
    /// The addresses that answers go to.
    pub reply_to: Vec<String>,
    pub kind: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The calendar part beside the text, with its media type.
    pub invitation: Option<(String, String)>,
    /// The calendar parts, inline and attached, each with its media type.
    pub calendar_parts: Vec<(String, String)>,
    /// The attachments: name and content.
    pub attachments: Vec<(String, String)>,
}

/// Returns the addresses of a header; none for an empty one.
fn addresses(header: &str) -> Vec<String> {
    if header.is_empty() {
        return Vec::new();
    }
    let list = mailparse::addrparse(header).unwrap();
    let address = |one: &mailparse::MailAddr| match one {
        mailparse::MailAddr::Single(single) => single.addr.clone(),
        mailparse::MailAddr::Group(group) => panic!("a group: {group:?}"),
    };
    list.iter().map(address).collect()
}

impl Mail {
    fn of(raw: &str) -> Self {
        let parsed = mailparse::parse_mail(raw.as_bytes()).unwrap();
        let header = |name: &str| parsed.headers.get_first_value(name).unwrap_or_default();
        let address = |name: &str| {
            let list = mailparse::addrparse(&header(name)).unwrap();
            list.extract_single_info().unwrap().addr
        };
        let mut mail = Self {
            to: address("To"),
            from: address("From"),
            reply_to: addresses(&header("Reply-To")),
            kind: header("X-Articula-Kind"),
            subject: header("Subject"),
            text: String::new(),
            html: String::new(),
            invitation: None,
            calendar_parts: Vec::new(),
            attachments: Vec::new(),
        };
        for part in parsed.parts().filter(|part| part.subparts.is_empty()) {
            mail.take(part);
        }
        mail.keep_for_readers();
        mail
    }

    /// Writes the mail into the folder that `ARTICULA_TEST_MAILS` names, so that a person can look at it.
    fn keep_for_readers(&self) {
        let Some(folder) = std::env::var_os("ARTICULA_TEST_MAILS").map(std::path::PathBuf::from) else { return };
        let mut content = std::hash::DefaultHasher::new();
        std::hash::Hash::hash(&(&self.subject, &self.text), &mut content);
        let name = format!("{}-{:016x}", self.kind, std::hash::Hasher::finish(&content));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.html")), &self.html).unwrap();
        std::fs::write(folder.join(format!("{name}.txt")), format!("{}\n\n{}", self.subject, self.text)).unwrap();
    }

    fn take(&mut self, part: &ParsedMail<'_>) {
        if part.ctype.mimetype == "text/calendar" {
            let media_type = part.headers.get_first_value("Content-Type").unwrap_or_default();
            let content = String::from_utf8(part.get_body_raw().unwrap()).unwrap();
            self.calendar_parts.push((media_type, content));
        }
        let disposition = part.get_content_disposition();
        if let Some(name) = disposition.params.get("filename") {
            let content = part.get_body_raw().unwrap();
            return self.attachments.push((name.clone(), String::from_utf8_lossy(&content).into_owned()));
        }
        let body = part.get_body().unwrap();
        match part.ctype.mimetype.as_str() {
            "text/plain" => self.text = body.replace("\r\n", "\n"),
            "text/html" => self.html = body,
            "text/calendar" => {
                self.invitation = Some((part.headers.get_first_value("Content-Type").unwrap_or_default(), body));
            }
            other => panic!("an unknown part: {other}"),
        }
    }
}

/// Returns the parsed mails of a mailer in memory.
pub(crate) fn taken(kept: &std::sync::Mutex<MemoryBox>) -> Vec<Mail> {
    kept.lock().unwrap().sent.iter().map(|(_, raw)| Mail::of(raw)).collect()
}

impl World {
    /// Sends the waiting mails and returns the one-time token of the newest one of this kind.
    pub(crate) fn token_of_mail(&self, kind: &str) -> Option<String> {
        let mails = self.notices();
        let mail = mails.iter().rev().find(|mail| mail.kind == kind)?;
        let token = mail.text.split("?token=").nth(1)?;
        Some(token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect())
    }

    /// Queues notifications to this number of people: `p0@example.org`, …
    pub(crate) fn queue_notices(&self, mails: usize) {
        let now = self.clock.now();
        let day = now.utc().date_naive();
        let text = EmailBody::new(Lang::Es, "Aviso".to_owned(), vec![Block::Text("Hay novedades.".to_owned())]);
        let queue_all = |tx: &mut articula::db::Tx<'_>| {
            (0..mails).try_for_each(|n| {
                let address = format!("p{n}@example.org");
                let to = Recipient { address, name: None, user_id: None, language: Lang::Es };
                enqueue(tx, NewDelivery::with_body("notice", to, day, &text)?).map(drop)
            })
        };
        self.state.db.write(None, now, queue_all).unwrap();
    }

    /// Sends the waiting mails and returns those that are neither reminders nor summaries, in order of kind and address.
    pub(crate) fn notices(&self) -> Vec<Mail> {
        let mut mails = self.mails();
        mails.retain(|mail| !["reminder", "summary"].contains(&mail.kind.as_str()));
        mails
    }

    /// Sends the waiting mails and returns all of them, in order of kind and address.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        let (mailer, kept) = Mailer::memory().unwrap();
        worker::run_jobs_once(&self.state, &mailer).unwrap();
        let mut mails = taken(&kept);
        mails.sort_by(|a, b| (&a.kind, &a.to).cmp(&(&b.kind, &b.to)));
        mails
    }
}
