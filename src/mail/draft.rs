//! A mail before it is laid out: its parts, from which the text and the HTML are made alike.

use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::message::{Attachment, Email, Invitation, page};
use super::outbox::{Composed, LeasedDelivery, Recipient};
use super::transport::Mailer;
use crate::i18n::Lang;
use crate::ics::{Calendar, Party};

/// The letter of a delivery whose payload is a draft.
pub fn compose(mailer: &Mailer, public_url: &str, delivery: &LeasedDelivery) -> Composed {
    let mut draft: EmailBody = match serde_json::from_str(&delivery.payload) {
        Ok(draft) => draft,
        Err(error) => return Composed::Unreadable(error.to_string()),
    };
    let from = mailer.from();
    draft.convene(&Party { name: from.name.clone(), address: from.email.to_string() }, &delivery.to);
    Composed::Email(draft.render(public_url))
}

/// What a mail says, in the reader's language. Links begin at the program's own address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailBody {
    pub language: Lang,
    pub subject: String,
    pub greeting: String,
    pub blocks: Vec<Block>,
    /// Why the reader gets it.
    pub footer: String,
    /// The dates; with a method, an invitation.
    pub calendar: Option<Calendar>,
}

/// A part of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Text(String),
    Heading(String),
    /// What is what: a table of two columns.
    Facts(Vec<(String, String)>),
    List(Vec<ListItem>),
    /// Words, and the path that they lead to.
    Link(String, String),
}

/// One thing of a list, which begins with its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListItem {
    pub code: String,
    /// How it stands.
    pub state: String,
    pub lines: Vec<String>,
    pub path: String,
}

impl EmailBody {
    pub fn new(language: Lang, subject: String, blocks: Vec<Block>) -> Self {
        Self { language, subject, greeting: String::new(), blocks, footer: String::new(), calendar: None }
    }

    /// Names who convenes whom, where there is an invitation.
    pub fn convene(&mut self, from: &Party, to: &Recipient) {
        for calendar in self.calendar.iter_mut().filter(|calendar| calendar.method.is_some()) {
            for event in &mut calendar.events {
                event.organizer = Some(from.clone());
                event.attendees = vec![Party { name: to.name.clone(), address: to.address.clone() }];
            }
        }
    }

    /// The letter, with links to the program at `public_url`.
    pub fn render(mut self, public_url: &str) -> Email {
        if let Some(calendar) = &mut self.calendar {
            calendar.link(public_url);
        }
        let text = self.text(public_url);
        let html = page(self.language, &self.subject, &self.markup(public_url));
        let attachment = |calendar: &Calendar| Attachment {
            name: "articula.ics".to_owned(),
            media_type: "text/calendar; charset=utf-8".to_owned(),
            content: calendar.write(),
        };
        let invitation = |calendar: &Calendar| {
            let method = calendar.method?.as_str().to_owned();
            Some(Invitation { method, content: calendar.write() })
        };
        Email {
            invitation: self.calendar.as_ref().and_then(invitation),
            attachments: self.calendar.iter().map(attachment).collect(),
            subject: self.subject,
            text,
            html,
        }
    }

    fn text(&self, url: &str) -> String {
        let mut parts = vec![self.greeting.clone()];
        parts.extend(self.blocks.iter().map(|block| block.text(url)));
        parts.push(format!("--\n{}", self.footer));
        parts.join("\n\n") + "\n"
    }

    fn markup(&self, url: &str) -> Markup {
        html! {
            h1 style="font-size: 1.3em" { (self.subject) }
            p { (self.greeting) }
            @for block in &self.blocks { (block.markup(url)) }
            hr;
            p { small { (self.footer) } }
        }
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
            Self::List(entries) => entries.iter().map(|entry| entry.text(url)).collect::<Vec<_>>().join("\n\n"),
            Self::Link(words, path) => format!("{words}:\n{url}{path}"),
        }
    }

    fn markup(&self, url: &str) -> Markup {
        html! {
            @match self {
                Self::Text(text) => p { @for (n, line) in text.lines().enumerate() { @if n > 0 { br; } (line) } },
                Self::Heading(text) => h2 style="font-size: 1.1em" { (text) },
                Self::Facts(facts) => table {
                    @for (name, value) in facts {
                        tr {
                            th scope="row" style="text-align: left; vertical-align: top; padding-right: 1em" { (name) }
                            td { (value) }
                        }
                    }
                },
                Self::List(entries) => ul {
                    @for entry in entries { li style="margin-bottom: 1em" { (entry.markup(url)) } }
                },
                Self::Link(words, path) => p { a href=(format!("{url}{path}")) { (words) } },
            }
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

    fn markup(&self, url: &str) -> Markup {
        html! {
            a href=(format!("{url}{}", self.path)) { strong { (self.code) } } ": " (self.state)
            @for line in &self.lines { br; (line) }
        }
    }
}
