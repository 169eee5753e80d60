//! A browser without a script: signs in with a cookie, opens pages, fills and sends forms as a person would.

use std::cell::{OnceCell, RefCell};

use articula::testing::identity::start_browser_session;
use chrono::TimeDelta;
use scraper::{ElementRef, Html, Selector};
use ureq::http::{HeaderMap, Request};

use super::people::Person;
use super::world::World;

/// A browser without a script. It keeps the cookie that the server sets.
pub(crate) struct Browser<'w> {
    world: &'w World,
    cookie: RefCell<Option<String>>,
    headers: Vec<(String, String)>,
}

/// A page, or another answer to a browser.
pub(crate) struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
    pub path: String,
    html: OnceCell<Html>,
}

/// The fields of a form, as a browser would send them.
#[derive(Debug, Clone, Default)]
pub(crate) struct FilledForm {
    pub action: String,
    pub fields: Vec<(String, String)>,
    /// Files: field, name, bytes.
    pub files: Vec<(String, String, Vec<u8>)>,
}

impl<'w> Browser<'w> {
    /// Opens a browser of nobody.
    pub(crate) fn new(world: &'w World) -> Self {
        Self { world, cookie: RefCell::new(None), headers: Vec::new() }
    }

    /// Opens a browser in which a person is signed in, for longer than any test.
    pub(crate) fn of(world: &'w World, person: &Person<'_>) -> Self {
        let user = person.id.expect("a person");
        let start = |tx: &mut articula::db::Tx<'_>| start_browser_session(tx, user, TimeDelta::hours(12));
        let token = world.state.db.write(None, world.clock.now(), start).unwrap();
        let browser = Self::new(world);
        *browser.cookie.borrow_mut() = Some(format!("articula={token}"));
        browser
    }

    /// Returns a browser with the same cookie that sends one more header.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.push((name.to_owned(), value.to_owned()));
        Self { world: self.world, cookie: self.cookie.clone(), headers }
    }

    /// Returns the cookie that the browser would send.
    pub(crate) fn cookie(&self) -> Option<String> {
        self.cookie.borrow().clone()
    }

    /// Opens an address.
    pub(crate) fn get(&self, path: &str) -> Page {
        self.send("GET", path, None, Vec::new())
    }

    /// Opens an address, and fails with the page when the status is not 200.
    #[track_caller]
    pub(crate) fn open(&self, path: &str) -> Page {
        self.get(path).expect(200)
    }

    /// Calls an address with any method, without a body.
    pub(crate) fn call(&self, method: &str, path: &str) -> Page {
        self.send(method, path, None, Vec::new())
    }

    /// Sends fields to an address as a form of the same site does.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.submit(&FilledForm { action: path.to_owned(), fields, files: Vec::new() })
    }

    /// Sends a form.
    pub(crate) fn submit(&self, form: &FilledForm) -> Page {
        if form.files.is_empty() {
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
            return self.send("POST", &form.action, Some("application/x-www-form-urlencoded"), body.into_bytes());
        }
        let boundary = "----a-boundary-of-the-tests";
        let mut body = Vec::new();
        for (name, value) in &form.fields {
            let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        for (name, file, bytes) in &form.files {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        self.send("POST", &form.action, Some(&format!("multipart/form-data; boundary={boundary}")), body)
    }

    /// Sends a form and opens the page to which it leads; fails unless the answer is 303.
    #[track_caller]
    pub(crate) fn submit_and_follow(&self, form: &FilledForm) -> Page {
        let next = self.submit(form).expect(303).location();
        self.open(&next)
    }

    fn send(&self, method: &str, path: &str, media_type: Option<&str>, body: Vec<u8>) -> Page {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.world.url));
        if let Some(cookie) = self.cookie() {
            request = request.header("cookie", cookie);
        }
        if let Some(media_type) = media_type {
            request = request.header("content-type", media_type);
            if !self.headers.iter().any(|(name, _)| ["sec-fetch-site", "origin"].contains(&name.as_str())) {
                request = request.header("sec-fetch-site", "same-origin");
            }
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let mut response = agent.run(request.body(body).unwrap()).unwrap();
        let bytes = response.body_mut().with_config().limit(64 * 1024 * 1024).read_to_vec().unwrap_or_default();
        for cookie in response.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()) {
            let pair = cookie.split(';').next().unwrap_or_default().to_owned();
            let is_removed = pair.ends_with('=');
            *self.cookie.borrow_mut() = (!is_removed).then_some(pair);
        }
        let text = String::from_utf8(bytes.clone()).unwrap_or_default();
        Page {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            bytes,
            text,
            path: path.to_owned(),
            html: OnceCell::new(),
        }
    }
}

impl Page {
    /// Fails with the whole page when the status is different.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        let reason = self.header("location").map(|to| format!(" -> {to}")).unwrap_or_default();
        assert_eq!(self.status, status, "{}{reason}\n{}", self.path, self.words());
        self
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns the address to which the answer leads.
    #[track_caller]
    pub(crate) fn location(&self) -> String {
        self.header("location").unwrap_or_else(|| panic!("{} leads nowhere: {}", self.path, self.words())).to_owned()
    }

    /// Returns the parsed page. It is parsed once.
    pub(crate) fn html(&self) -> &Html {
        self.html.get_or_init(|| Html::parse_document(&self.text))
    }

    /// Returns the text of the page as a person reads it, with single spaces.
    pub(crate) fn words(&self) -> String {
        if !self.text.trim_start().starts_with("<!DOCTYPE") {
            return self.text.clone();
        }
        words_of(self.html().root_element())
    }

    /// Fails unless the page has these words.
    #[track_caller]
    pub(crate) fn shows(&self, words: &str) -> &Self {
        assert!(self.words().contains(words), "{} lacks {words:?}:\n{}", self.path, self.words());
        self
    }

    /// Fails when the page has these words.
    #[track_caller]
    pub(crate) fn hides(&self, words: &str) -> &Self {
        assert!(!self.words().contains(words), "{} has {words:?}:\n{}", self.path, self.words());
        self
    }

    /// Returns the texts of the elements that a CSS selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.html().select(&Selector::parse(selector).unwrap()).map(words_of).collect()
    }

    /// Returns an attribute of every element that a CSS selector finds.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let (html, selector) = (self.html(), Selector::parse(selector).unwrap());
        let found = html.select(&selector);
        found.filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }

    /// Returns the address of the link with this text.
    #[track_caller]
    pub(crate) fn link(&self, text: &str) -> String {
        let html = self.html();
        let selector = Selector::parse("a[href]").unwrap();
        let found = html.select(&selector).find(|link| words_of(*link).contains(text));
        let found = found.unwrap_or_else(|| panic!("{} has no link {text:?}:\n{}", self.path, self.words()));
        found.attr("href").unwrap_or_default().to_owned()
    }

    /// Returns the form of the page that posts to the page itself, with what its fields contain.
    #[track_caller]
    pub(crate) fn form(&self) -> FilledForm {
        let own = self.path.split('?').next().unwrap_or_default();
        self.form_to(own)
    }

    /// Returns the form of the page that posts to an address.
    #[track_caller]
    pub(crate) fn form_to(&self, action: &str) -> FilledForm {
        let html = self.html();
        let forms = Selector::parse("form[method=post]").unwrap();
        let found = html.select(&forms).find(|form| form.attr("action") == Some(action));
        let form = found.unwrap_or_else(|| panic!("{} has no form to {action}:\n{}", self.path, self.text));
        FilledForm { action: action.to_owned(), fields: fields_of(form), files: Vec::new() }
    }
}

fn words_of(element: ElementRef<'_>) -> String {
    element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what a browser sends of a form whose fields nobody has touched; buttons are not pressed.
fn fields_of(form: ElementRef<'_>) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for field in form.select(&Selector::parse("input[name], textarea[name], select[name]").unwrap()) {
        let name = field.attr("name").unwrap_or_default().to_owned();
        let value = match field.value().name() {
            "textarea" => {
                let text: String = field.text().collect();
                Some(text.strip_prefix('\n').unwrap_or(&text).to_owned())
            }
            "select" => {
                let options: Vec<_> = field.select(&Selector::parse("option").unwrap()).collect();
                let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
                chosen.map(|option| option.attr("value").unwrap_or_default().to_owned())
            }
            _ => match field.attr("type").unwrap_or("text") {
                "checkbox" | "radio" if field.attr("checked").is_none() => None,
                "file" | "submit" | "button" => None,
                _ => Some(field.attr("value").unwrap_or_default().to_owned()),
            },
        };
        fields.extend(value.map(|value| (name, value)));
    }
    fields
}

impl FilledForm {
    /// Returns the value of a field.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Types a value into a field, chooses it, or presses the button of that name.
    #[must_use]
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(own, _)| own != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Marks one more box of a name.
    #[must_use]
    pub(crate) fn mark(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Chooses a file.
    #[must_use]
    pub(crate) fn file(mut self, name: &str, file: &str, bytes: &[u8]) -> Self {
        self.files.push((name.to_owned(), file.to_owned(), bytes.to_vec()));
        self
    }
}
