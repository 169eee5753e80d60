//! Mails: [`EmailBody`] holds the parts of a mail in one language, [`Email`] its text and HTML, and [`build`] makes the
//! message that is sent. `markup.rs` makes the HTML.

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as AttachmentPart, Mailbox, MultiPart, SinglePart};
use serde::{Deserialize, Serialize};

use super::address;
use crate::clock::Instant;
use crate::config::{Brand, Contact};
use crate::db::UserId;
use crate::error::{Error, Result};
use crate::i18n::{Lang, text};
use crate::ics::{Calendar, Party};

/// The id of the logo, a part of the mail.
pub(super) const LOGO_ID: &str = "logo";

/// A mail as a person reads it. Its HTML is made when it is sent, with the brand of the sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    pub subject: String,
    pub text: String,
    /// The parts of the HTML.
    pub(super) body: EmailBody,
    /// The address that its links begin with.
    pub(super) public_url: String,
    pub attachments: Vec<Attachment>,
    pub invitation: Option<Invitation>,
    /// The addresses that answers go to, instead of the sender.
    pub reply_to: Vec<Party>,
}

/// A calendar object that calendar programs take as an invitation or a cancellation: a part beside the text and the
/// HTML (RFC 6047).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub media_type: String,
    pub content: String,
}

/// The largest document that is attached to a mail, in bytes: larger ones are only linked.
pub(crate) const LARGEST_ATTACHMENT: usize = 5 * 1024 * 1024;

/// An attached file, such as a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    pub media_type: String,
    pub content: Vec<u8>,
}

/// The parts of a mail in the reader's language, from which both the text and the HTML are made. Links are paths below
/// the program's public URL.
///
/// Serialised into the outbox: the names of the fields and of the blocks cannot change while mails are queued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailBody {
    pub language: Lang,
    pub subject: String,
    pub greeting: String,
    pub blocks: Vec<Block>,
    /// The reason for which the reader gets the mail.
    pub footer: String,
    /// Dates for the reader's calendar; with a method, an invitation.
    pub calendar: Option<Calendar>,
    /// The secretariats that answers go to; none for mails of the program itself.
    #[serde(default)]
    pub reply_to: Vec<Party>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Text(String),
    Heading(String),
    /// A table of names and values.
    Facts(Vec<(String, String)>),
    List(Vec<ListItem>),
    /// The text of the link, and its path.
    Link(String, String),
}

/// An item of a list, headed by its code and state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListItem {
    pub code: String,
    pub state: String,
    pub lines: Vec<String>,
    pub path: String,
}

/// A person or an address that mail is sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub address: String,
    pub name: Option<String>,
    pub user_id: Option<UserId>,
    pub language: Lang,
}

impl Recipient {
    /// Returns the form of the address in which recipients are compared.
    pub fn key(&self) -> String {
        crate::text::normalize_email(&self.address)
    }
}

impl EmailBody {
    pub fn new(language: Lang, subject: String, blocks: Vec<Block>) -> Self {
        Self {
            language,
            subject,
            greeting: String::new(),
            blocks,
            footer: String::new(),
            calendar: None,
            reply_to: Vec::new(),
        }
    }

    /// Sets the organizer and the attendee of an invitation. The organizer is the secretariat that answers go to, else
    /// the sender.
    pub(super) fn set_parties(&mut self, sender: &Mailbox, to: &Recipient) {
        let program = || Party { name: sender.name.clone(), address: sender.email.to_string() };
        let sent = |party: Party| Party { address: address::as_sent(&party.address), ..party };
        let organizer = sent(self.reply_to.first().cloned().unwrap_or_else(program));
        for calendar in self.calendar.iter_mut().filter(|calendar| calendar.method.is_some()) {
            for event in &mut calendar.events {
                event.organizer = Some(organizer.clone());
                event.attendees = vec![sent(Party { name: to.name.clone(), address: to.address.clone() })];
            }
        }
    }

    /// Renders the mail with links to the program at `public_url`.
    pub fn render(mut self, public_url: &str) -> Email {
        if let Some(calendar) = &mut self.calendar {
            calendar.link(public_url);
        }
        let attachment = |calendar: &Calendar| Attachment {
            name: text(self.language, "mail-calendar-file", &[]),
            media_type: calendar.media_type(),
            content: calendar.write().into_bytes(),
        };
        let invitation = |calendar: &Calendar| {
            calendar.method?;
            Some(Invitation { media_type: calendar.media_type(), content: calendar.write() })
        };
        Email {
            text: self.text(public_url),
            reply_to: self.reply_to.clone(),
            invitation: self.calendar.as_ref().and_then(invitation),
            attachments: self.calendar.iter().map(attachment).collect(),
            subject: self.subject.clone(),
            public_url: public_url.to_owned(),
            body: self,
        }
    }

    fn text(&self, url: &str) -> String {
        let mut parts = vec![self.greeting.clone()];
        parts.extend(self.blocks.iter().map(|block| block.text(url)));
        parts.push(format!("--\n{}", self.footer));
        parts.join("\n\n") + "\n"
    }
}

impl Block {
    fn text(&self, url: &str) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Heading(text) => format!("{text}\n{}", "-".repeat(text.chars().count())),
            Self::Facts(facts) => {
                facts.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n")
            }
            Self::List(items) => items.iter().map(|item| item.text(url)).collect::<Vec<_>>().join("\n\n"),
            Self::Link(text, path) => format!("{text}:\n{url}{path}"),
        }
    }
}

impl ListItem {
    fn text(&self, url: &str) -> String {
        let mut lines = vec![format!("{}: {}", self.code, self.state)];
        lines.extend(self.lines.iter().cloned());
        lines.push(format!("{url}{}", self.path));
        lines.join("\n")
    }
}

/// Returns the text of a mail with the contact of the installation below its footer.
fn with_contact(email: &Email, brand: &Brand) -> String {
    match &brand.contact {
        Some(contact) => format!("{}{}\n", email.text, contact_line(email.body.language, contact)),
        None => email.text.clone(),
    }
}

/// Returns the line of a footer that states where questions go.
pub(super) fn contact_line(lang: Lang, contact: &Contact) -> String {
    let place = match &contact.address {
        Some(address) if *address != contact.name => format!("{}, {address}", contact.name),
        _ => contact.name.clone(),
    };
    text(lang, "mail-contact", &[("contact", place)])
}

/// Makes the HTML part; a logo goes with it, so that nothing is loaded from elsewhere.
fn html_part(email: &Email, brand: &Brand) -> Result<MultiPart> {
    let html = SinglePart::html(email.body.html(&email.public_url, brand));
    let plain = MultiPart::alternative().singlepart(SinglePart::plain(with_contact(email, brand)));
    let Some(logo) = &brand.logo else { return Ok(plain.singlepart(html)) };
    let media_type = ContentType::parse("image/png").map_err(Error::internal)?;
    let picture = AttachmentPart::new_inline(LOGO_ID.to_owned()).body(logo.bytes.to_vec(), media_type);
    Ok(plain.multipart(MultiPart::related().singlepart(html).singlepart(picture)))
}

/// Builds a message dated `now`. Its `Message-ID` is `<id@domain of the sender>`.
pub(super) fn build(
    email: Email,
    (id, kind): (&str, &str),
    to: &Recipient,
    (sender, brand): (&Mailbox, &Brand),
    now: Instant,
) -> Result<lettre::Message> {
    let address = address::read(&to.address).map_err(Error::internal)?;
    let name = to.name.clone().map(|name| name.replace(['\r', '\n'], " "));
    let mut body = html_part(&email, brand)?;
    if let Some(invitation) = email.invitation {
        let media_type = ContentType::parse(&invitation.media_type).map_err(Error::internal)?;
        body = body.singlepart(SinglePart::builder().header(media_type).body(invitation.content));
    }
    if !email.attachments.is_empty() {
        body = MultiPart::mixed().multipart(body);
    }
    for file in email.attachments {
        let media_type = ContentType::parse(&file.media_type).map_err(Error::internal)?;
        let part = AttachmentPart::new(file.name);
        // A text is sent as a text, so that it can be read in the source of the mail.
        body = body.singlepart(match String::from_utf8(file.content) {
            Ok(text) => part.body(text, media_type),
            Err(binary) => part.body(binary.into_bytes(), media_type),
        });
    }
    let domain = sender.email.domain();
    let builder = lettre::Message::builder()
        .message_id(Some(format!("<{id}@{domain}>")))
        .date(now.utc().into())
        .from(sender.clone())
        .to(Mailbox::new(name, address));
    let answers = email.reply_to.iter().filter_map(|party| {
        let name = party.name.clone().map(|name| name.replace(['\r', '\n'], " "));
        Some(Mailbox::new(name, address::read(&party.address).ok()?))
    });
    let mut message = answers
        .fold(builder, lettre::message::MessageBuilder::reply_to)
        .subject(email.subject.replace(['\r', '\n'], " "))
        .multipart(body)
        .map_err(Error::internal)?;
    let list = format!("<{}.articula.{domain}>", kind.replace('_', "-"));
    for (header, value) in
        [("X-Articula-Kind", kind.to_owned()), ("Auto-Submitted", "auto-generated".to_owned()), ("List-Id", list)]
    {
        let header = HeaderName::new_from_ascii(header.to_owned()).map_err(Error::internal)?;
        message.headers_mut().insert_raw(HeaderValue::new(header, value));
    }
    Ok(message)
}
