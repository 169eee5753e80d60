//! The frame of every page: head, bar with search and account, navigation, content, footer.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, ContentType};
use fluent_bundle::FluentValue;
use maud::{DOCTYPE, Markup, html};

use super::assets::{asset_path, colors_path, logo_path};
use super::back::Back;
use super::tone::Tone;
use crate::config::{Brand, Contact};
use crate::i18n::{Lang, text, text_with};

/// An entry of the main navigation.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub path: &'static str,
    /// The key of its text.
    pub key: &'static str,
}

/// The surroundings of a page for one reader.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub lang: Lang,
    /// The name of the reader; None before signing in.
    pub name: Option<String>,
    /// The commission or institution of the reader, under the name of the program.
    pub place: Option<String>,
    /// The main navigation, at most seven entries; empty before signing in.
    pub navigation: Vec<Entry>,
    /// The pages outside the main navigation that the reader's roles open; empty before signing in.
    pub sections: Vec<Entry>,
    /// The path of the page.
    pub path: String,
    /// The page to which the name of the installation leads.
    pub home: &'static str,
    /// The query of the page, without `?`.
    pub query: String,
    /// The name of the installation.
    pub brand: String,
    /// The logo of the installation: its address and its size.
    pub logo: Option<(String, u32, u32)>,
    /// The address of the stylesheet with the colour of the installation.
    pub colors: Option<String>,
    /// The contact of the installation.
    pub contact: Option<Contact>,
    /// The sentence that the action before this page left (`?done=…`).
    pub done: Option<String>,
    /// The colour of that sentence: not every action did what was asked for.
    pub done_tone: Tone,
    /// The warnings about what that action saved (`?warned=…`).
    pub warnings: Vec<String>,
    /// The question to which the page leads back (`?back=…`).
    pub back: Option<Back>,
}

impl Frame {
    /// Returns the frame of a page for a reader who is not signed in.
    pub(crate) fn signed_out(lang: Lang, path: &str) -> Self {
        Self {
            lang,
            name: None,
            place: None,
            navigation: Vec::new(),
            sections: Vec::new(),
            path: path.to_owned(),
            home: "/",
            query: String::new(),
            brand: text(lang, "web-brand", &[]),
            logo: None,
            colors: None,
            contact: None,
            done: None,
            done_tone: Tone::Done,
            warnings: Vec::new(),
            back: None,
        }
    }

    /// Returns the address of the page, with its query.
    fn address(&self) -> String {
        self.onward(&if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) })
    }

    /// Returns the address of a page about the same record, which leads back to the same question as this page.
    pub(crate) fn onward(&self, address: &str) -> String {
        self.back.as_ref().map_or_else(|| address.to_owned(), |back| back.added_to(address))
    }

    /// Returns the frame with the name, the logo and the colour of the installation.
    pub(crate) fn branded(self, brand: &Brand) -> Self {
        let logo = brand.logo.as_ref().map(|logo| (logo_path(logo), logo.width, logo.height));
        let (colors, contact) = (brand.color.map(colors_path), brand.contact.clone());
        Self { brand: brand.name.clone(), logo, colors, contact, ..self }
    }

    /// Returns a text in the language of the reader.
    pub(crate) fn t(&self, key: &str) -> String {
        text(self.lang, key, &[])
    }

    /// Returns a text with variables: texts and numbers.
    pub(crate) fn t_with(&self, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        text_with(self.lang, key, args)
    }

    /// Returns a text with a number `n`, which selects the plural form.
    pub(crate) fn t_n<'a>(&self, key: &str, n: impl Into<FluentValue<'a>>) -> String {
        text_with(self.lang, key, &[("n", n.into())])
    }

    /// Returns words that somebody wrote, with the quotation marks of the language of the page.
    pub(crate) fn quoted(&self, words: &str) -> String {
        match self.lang {
            Lang::Es => format!("«{words}»"),
            Lang::En => format!("“{words}”"),
        }
    }

    /// Returns the word for a value of a list of the API, such as `commitment-status-planned`.
    pub(crate) fn word(&self, list: &str, value: &str) -> String {
        text(self.lang, &format!("{list}-{}", value.replace('_', "-")), &[])
    }
}

/// The content of one page.
pub(crate) struct View {
    /// The title: the heading of the page and the name of the window.
    pub title: String,
    /// The page among those of one record, which have the same heading: it begins the name of the window.
    pub part: Option<String>,
    /// A line under the heading.
    pub lead: Option<Markup>,
    /// The pages above this one: address and title.
    pub above: Vec<(String, String)>,
    /// Buttons and links beside the heading.
    pub actions: Option<Markup>,
    pub body: Markup,
    /// True when a form of the page has faults: the name of the window begins with "Error:".
    pub has_faults: bool,
    pub status: StatusCode,
}

impl View {
    pub(crate) fn new(title: impl Into<String>, body: Markup) -> Self {
        Self {
            title: title.into(),
            part: None,
            lead: None,
            above: Vec::new(),
            actions: None,
            body,
            has_faults: false,
            status: StatusCode::OK,
        }
    }

    /// Adds a line under the heading.
    pub(crate) fn lead(mut self, lead: Markup) -> Self {
        self.lead = Some(lead);
        self
    }

    /// Names the page among those of one record.
    pub(crate) fn part(mut self, part: impl Into<String>) -> Self {
        self.part = Some(part.into());
        self
    }

    /// Adds a page above this one.
    pub(crate) fn above(mut self, path: impl Into<String>, title: impl Into<String>) -> Self {
        self.above.push((path.into(), title.into()));
        self
    }

    /// Adds buttons and links beside the heading.
    pub(crate) fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }
}

/// Makes the answer with a page.
pub(crate) fn send(frame: &Frame, view: &View) -> HttpResponse {
    HttpResponse::build(view.status)
        .insert_header(ContentType::html())
        .insert_header((CONTENT_LANGUAGE, frame.lang.as_str()))
        .body(document(frame, view).into_string())
}

/// Draws the whole document of a page.
pub(crate) fn document(frame: &Frame, view: &View) -> Markup {
    let error = if view.has_faults { frame.t("web-error-prefix") } else { String::new() };
    html! {
        (DOCTYPE)
        html lang=(frame.lang.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title {
                    (error) @if let Some(part) = &view.part { (part) " · " }
                    (view.title) " · " (frame.brand)
                }
                link rel="stylesheet" href=(asset_path("articula.css"));
                @if let Some(colors) = &frame.colors { link rel="stylesheet" href=(colors); }
                link rel="icon" href="/favicon.ico";
                script src=(asset_path("articula.js")) defer {}
            }
            body {
                a class="skip" href="#content" { (frame.t("web-skip")) }
                (top(frame))
                main id="content" tabindex="-1" {
                    @if let Some(done) = &frame.done {
                        p class={ "notice " (frame.done_tone.class()) } role="status" { (done) }
                    }
                    (warnings(frame, &frame.warnings))
                    (heading(frame, view))
                    (view.body)
                }
                (footer(frame))
            }
        }
    }
}

fn top(frame: &Frame) -> Markup {
    html! {
        header class="top" {
            div class="bar" {
                div class="brand" {
                    @match &frame.logo {
                        Some((path, width, height)) => { img src=(path) alt="" width=(width) height=(height); },
                        None => { img src=(asset_path("icon.svg")) alt="" width="40" height="40"; },
                    }
                    a href=(frame.home) { (frame.brand) }
                    @if let Some(place) = &frame.place { span { (place) } }
                }
                @if frame.name.is_some() {
                    form class="search" role="search" action="/search" method="get" {
                        label class="unseen" for="search-all" { (frame.t("web-search")) }
                        input type="search" id="search-all" name="q" maxlength="200" placeholder=(frame.t("web-search"));
                        button type="submit" { (frame.t("web-search")) }
                    }
                }
                (account(frame))
            }
            @if !frame.navigation.is_empty() {
                nav class="main" aria-label=(frame.t("web-navigation")) {
                    ul { @for entry in &frame.navigation { li { (navigation_link(frame, entry)) } } }
                }
            }
        }
    }
}

/// Marks the entry of the page itself and of the pages below its address.
fn navigation_link(frame: &Frame, entry: &Entry) -> Markup {
    let is_here = frame.path == entry.path;
    let is_below = entry.path != "/" && frame.path.starts_with(&format!("{}/", entry.path));
    let current = if is_here { Some("page") } else { is_below.then_some("true") };
    html! { a href=(entry.path) aria-current=[current] { (frame.t(entry.key)) } }
}

fn account(frame: &Frame) -> Markup {
    let (other, key) = match frame.lang {
        Lang::Es => (Lang::En, "web-in-english"),
        Lang::En => (Lang::Es, "web-in-spanish"),
    };
    html! {
        div class="account" {
            @if let Some(name) = &frame.name {
                span class="who" { (name) }
                a href="/me" { (frame.t("web-account")) }
                form method="post" action="/me/language" {
                    input type="hidden" name="next" value=(frame.address());
                    button class="link" type="submit" name="language" value=(other.as_str()) lang=(other.as_str()) {
                        (frame.t(key))
                    }
                }
                form method="post" action="/sign-out" {
                    button class="link" type="submit" { (frame.t("web-sign-out")) }
                }
            }
        }
    }
}

fn heading(frame: &Frame, view: &View) -> Markup {
    html! {
        @if let Some(back) = &frame.back {
            p class="back" { a href=(back.path) { span aria-hidden="true" { "←\u{a0}" } (frame.t_n("web-back-to-question", back.number)) } }
        }
        @if !view.above.is_empty() {
            nav class="crumbs" aria-label=(frame.t("web-crumbs")) {
                ol { @for (path, title) in &view.above { li { a href=(path) { (title) } } } }
            }
        }
        div class="heading" {
            div {
                h1 { (view.title) }
                @if let Some(lead) = &view.lead { p class="lead" { (lead) } }
            }
            @if let Some(actions) = &view.actions { div class="actions" { (actions) } }
        }
    }
}

fn footer(frame: &Frame) -> Markup {
    html! {
        footer {
            @if !frame.sections.is_empty() {
                nav class="sections" aria-label=(frame.t("web-sections")) {
                    ul { @for entry in &frame.sections { li { (navigation_link(frame, entry)) } } }
                }
            }
            ul {
                @for (path, key) in [("/help", "web-help"), ("/accessibility", "web-accessibility"), ("/privacy", "web-privacy")] {
                    li { a href=(path) { (frame.t(key)) } }
                }
            }
        }
    }
}

/// Draws warnings about what was saved: nothing was refused, and the person may want to change it.
pub(crate) fn warnings(frame: &Frame, sentences: &[String]) -> Markup {
    if sentences.is_empty() {
        return html! {};
    }
    html! {
        div class="notice soon" role="status" {
            p { strong { (frame.t("web-warnings")) } }
            ul { @for sentence in sentences { li { (sentence) } } }
        }
    }
}
