//! A mail as it leaves: text and HTML side by side, attachments, and the headers that say what it is.

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as Part, Mailbox, MultiPart, SinglePart};
use maud::{DOCTYPE, Markup, html};
use serde::{Deserialize, Serialize};

use super::outbox::LeasedDelivery;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::i18n::Lang;

/// What a person reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    pub subject: String,
    pub text: String,
    pub html: String,
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// What a calendar program takes as an invitation.
    #[serde(default)]
    pub invitation: Option<Invitation>,
}

/// A calendar object that asks for something: a part beside the text and the HTML (RFC 6047).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub method: String,
    pub content: String,
}

/// A file that comes along, such as a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub name: String,
    pub media_type: String,
    pub content: String,
}

/// The frame of every HTML part.
pub fn page(lang: Lang, title: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang=(lang.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) }
            }
            body style="font-family: sans-serif; line-height: 1.5; max-width: 40em" { main { (body) } }
        }
    }
    .into_string()
}

/// The name that a mail's header gives as its address: `<id@domain of the sender>`.
fn message_id(delivery: &LeasedDelivery, from: &Mailbox) -> String {
    format!("<{}@{}>", delivery.message_id, from.email.domain())
}

/// The message of a delivery, dated now.
pub(super) fn build(delivery: &LeasedDelivery, letter: Email, from: &Mailbox, now: Instant) -> Result<lettre::Message> {
    let address = delivery.to.address.parse().map_err(Error::internal)?;
    let name = delivery.to.name.clone().map(|name| name.replace(['\r', '\n'], " "));
    let mut body =
        MultiPart::alternative().singlepart(SinglePart::plain(letter.text)).singlepart(SinglePart::html(letter.html));
    if let Some(invitation) = letter.invitation {
        let kind = format!("text/calendar; charset=utf-8; method={}", invitation.method);
        let kind = ContentType::parse(&kind).map_err(Error::internal)?;
        body = body.singlepart(SinglePart::builder().header(kind).body(invitation.content));
    }
    if !letter.attachments.is_empty() {
        body = MultiPart::mixed().multipart(body);
    }
    for file in letter.attachments {
        let media_type = ContentType::parse(&file.media_type).map_err(Error::internal)?;
        body = body.singlepart(Part::new(file.name).body(file.content, media_type));
    }
    let mut message = lettre::Message::builder()
        .message_id(Some(message_id(delivery, from)))
        .date(now.utc().into())
        .from(from.clone())
        .to(Mailbox::new(name, address))
        .subject(letter.subject.replace(['\r', '\n'], " "))
        .multipart(body)
        .map_err(Error::internal)?;
    let list = format!("Articula <{}.articula.{}>", delivery.kind.replace('_', "-"), from.email.domain());
    for (header, value) in
        [("X-Articula-Kind", delivery.kind.clone()), ("Auto-Submitted", "auto-generated".to_owned()), ("List-Id", list)]
    {
        let header = HeaderName::new_from_ascii(header.to_owned()).map_err(Error::internal)?;
        message.headers_mut().insert_raw(HeaderValue::new(header, value));
    }
    Ok(message)
}
