//! The HTML of mails. Mail programs show tables and inline styles well and little else, so the layout is tables, and
//! nothing is loaded from elsewhere. Programs with a dark appearance use the second set of colours.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::message::{Block, EmailBody, LOGO_ID, ListItem, contact_line};
use crate::config::Brand;

/// The colour of the button and of links, unless the installation has a colour; and the same on a dark ground.
const COLORS: (&str, &str) = ("#0b5a78", "#8cc6e3");

/// The height of the logo, in pixels.
const LOGO_HEIGHT: u64 = 40;

/// The colours for programs with a dark appearance; the inline styles are for all others.
const DARK: &str = "\
    :root { color-scheme: light dark; supported-color-schemes: light dark; } \
    @media (prefers-color-scheme: dark) { \
    .page { background-color: #15191e !important; } \
    .sheet { background-color: #1f252c !important; border-color: #343c46 !important; } \
    .ink { color: #eceff2 !important; } \
    .faint { color: #aab3bd !important; } \
    .line { border-color: #343c46 !important; } \
    .link { color: LIGHT !important; } \
    .button { background-color: LIGHT !important; color: #10151a !important; } }";

const FONT: &str = "font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

fn ink(more: &str) -> String {
    format!("{FONT}; color: #1d2329; {more}")
}

fn faint(more: &str) -> String {
    format!("{FONT}; color: #5a6470; {more}")
}

/// The address that links begin with, and the colours of the brand.
struct MailTheme<'a> {
    url: &'a str,
    color: String,
    /// The colour on a dark ground.
    light: String,
}

impl<'a> MailTheme<'a> {
    fn new(url: &'a str, brand: &Brand) -> Self {
        let own = brand.color.map(|color| (format!("#{}", color.digits()), format!("#{}", color.lightened().digits())));
        let (color, light) = own.unwrap_or_else(|| (COLORS.0.to_owned(), COLORS.1.to_owned()));
        Self { url, color, light }
    }
}

impl EmailBody {
    /// Returns the whole HTML part of the mail.
    pub(super) fn html(&self, url: &str, brand: &Brand) -> String {
        let look = &MailTheme::new(url, brand);
        let button = self.button();
        let content = html! {
            h1 class="ink" style=(ink("font-size: 20px; line-height: 1.35; font-weight: 600; margin: 0 0 16px")) {
                (self.subject)
            }
            p class="ink" style=(ink("font-size: 16px; line-height: 1.5; margin: 0 0 16px")) { (self.greeting) }
            @for (n, block) in self.blocks.iter().enumerate() { (block.markup(look, Some(n) == button)) }
        };
        self.page(&content, look, brand).into_string()
    }

    /// Returns the place of the only button: the link to the start page in a mail of several matters, else the link of a
    /// mail that has one.
    fn button(&self) -> Option<usize> {
        let links = || self.blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Link(..)));
        let to_start = |block: &Block| matches!(block, Block::Link(_, path) if path == "/");
        let of_start = links().find(|&(_, block)| to_start(block)).map(|(place, _)| place);
        let only = || if links().count() == 1 { links().next().map(|(place, _)| place) } else { None };
        of_start.or_else(only)
    }

    /// Wraps the content: the brand, the sheet, and the reason for the mail below it.
    fn page(&self, content: &Markup, look: &MailTheme<'_>, brand: &Brand) -> Markup {
        let top = format!("{FONT}; color: {}; font-size: 15px; font-weight: 700; padding: 0 4px 12px", look.color);
        let sheet = "background-color: #ffffff; border: 1px solid #dfe4e9; border-radius: 6px; padding: 28px";
        html! {
            (DOCTYPE)
            html lang=(self.language.as_str()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="supported-color-schemes" content="light dark";
                    title { (self.subject) }
                    style { (PreEscaped(DARK.replace("LIGHT", &look.light))) }
                }
                body class="page" style="margin: 0; padding: 0; background-color: #f2f4f6" {
                    table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"
                        style="background-color: #f2f4f6" {
                        tr {
                            td align="center" style="padding: 24px 12px" {
                                table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"
                                    style="max-width: 600px; text-align: left" {
                                    tr { td class="link" style=(top) { (logo(brand)) (brand.name) } }
                                    tr { td class="sheet" style=(sheet) { main { (content) } } }
                                    tr {
                                        td class="faint"
                                            style=(faint("font-size: 13px; line-height: 1.5; padding: 16px 4px")) {
                                            (self.footer)
                                            @if let Some(contact) = &brand.contact {
                                                br; (contact_line(self.language, contact))
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Draws the logo, which is a part of the mail; the name of the installation is beside it.
fn logo(brand: &Brand) -> Markup {
    html! {
        @if let Some(logo) = &brand.logo {
            @let width = u64::from(logo.width) * LOGO_HEIGHT / u64::from(logo.height);
            img src={ "cid:" (LOGO_ID) } alt="" height=(LOGO_HEIGHT) width=(width)
                style="display: block; margin: 0 0 8px";
        }
    }
}

impl Block {
    /// Returns the block; one link of a mail is its button.
    fn markup(&self, look: &MailTheme<'_>, is_button: bool) -> Markup {
        match self {
            Self::Text(text) => html! {
                p class="ink" style=(ink("font-size: 16px; line-height: 1.5; margin: 0 0 16px")) { (lines(text)) }
            },
            Self::Heading(text) => html! {
                h2 class="ink" style=(ink("font-size: 16px; line-height: 1.4; font-weight: 600; margin: 24px 0 8px")) {
                    (text)
                }
            },
            Self::Facts(facts) => fact_table(facts, look),
            Self::List(items) => html! {
                table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"
                    style="margin: 0 0 16px" {
                    @for item in items { (item.markup(look)) }
                }
            },
            Self::Link(text, path) if is_button => button(text, &format!("{}{path}", look.url), look),
            Self::Link(text, path) => html! {
                p style=(ink("font-size: 16px; line-height: 1.5; margin: 0 0 16px")) {
                    (link(&format!("{}{path}", look.url), text, look))
                }
            },
        }
    }
}

impl ListItem {
    fn markup(&self, look: &MailTheme<'_>) -> Markup {
        html! {
            tr {
                td class="line ink" style=(ink("font-size: 15px; line-height: 1.5; padding: 10px 0; border-top: 1px solid #dfe4e9")) {
                    a class="link" href=(format!("{}{}", look.url, self.path)) style=(format!("color: {}", look.color)) {
                        strong { (self.code) }
                    } ": " (self.state)
                    @for (n, line) in self.lines.iter().enumerate() {
                        br;
                        @if n == 0 { (line) } @else { span class="faint" style="color: #5a6470" { (line) } }
                    }
                }
            }
        }
    }
}

fn lines(text: &str) -> Markup {
    html! { @for (n, line) in text.lines().enumerate() { @if n > 0 { br; } (line) } }
}

fn link(address: &str, text: &str, look: &MailTheme<'_>) -> Markup {
    html! { a class="link" href=(address) style=(format!("color: {}", look.color)) { (text) } }
}

fn fact_table(facts: &[(String, String)], look: &MailTheme<'_>) -> Markup {
    let name = faint(
        "font-size: 14px; line-height: 1.5; text-align: left; vertical-align: top; font-weight: 400; padding: 4px 16px 4px 0",
    );
    let value = ink("font-size: 15px; line-height: 1.5; vertical-align: top; padding: 4px 0; word-break: break-word");
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin: 0 0 16px" {
            @for (fact, said) in facts {
                tr {
                    th class="faint" scope="row" style=(name) { (fact) }
                    td class="ink" style=(value) { (fact_value(said, look)) }
                }
            }
        }
    }
}

/// Returns the value of a fact; a web address becomes a link.
fn fact_value(value: &str, look: &MailTheme<'_>) -> Markup {
    let is_address = value.starts_with("https://") || value.starts_with("http://");
    if is_address && !value.contains(char::is_whitespace) { link(value, value, look) } else { lines(value) }
}

fn button(text: &str, address: &str, look: &MailTheme<'_>) -> Markup {
    let style = format!(
        "{FONT}; display: inline-block; background-color: {}; color: #ffffff; font-size: 16px; \
         font-weight: 600; line-height: 1.2; text-decoration: none; padding: 12px 20px; border-radius: 5px",
        look.color
    );
    html! { p style="margin: 20px 0" { a class="button" href=(address) style=(style) { (text) } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn a_mail_has_one_button_at_most() {
        let link = |path: &str| Block::Link("Ver".to_owned(), path.to_owned());
        let place = |blocks: Vec<Block>| EmailBody::new(Lang::Es, "Aviso".to_owned(), blocks).button();
        assert_eq!(place(vec![Block::Text("Hola".to_owned()), link("/meetings/1")]), Some(1));
        assert_eq!(place(vec![link("/commitments/1"), link("/commitments/2"), link("/")]), Some(2), "of the day");
        assert_eq!(place(vec![link("/activities/1"), link("/activities/2")]), None);
        assert_eq!(place(vec![Block::Text("Hola".to_owned())]), None);
    }
}
