//! Chromium, driven through ChromeDriver (WebDriver): opens pages, types, clicks, presses keys, takes pictures, runs axe.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::at_the_end::say_at_the_end;

/// A browser window of a test.
pub(crate) struct Chrome {
    runtime: Runtime,
    client: Client,
    base: String,
    has_scripts: bool,
}

/// The appearance and abilities of a window.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub width: u32,
    pub is_dark: bool,
    pub language: &'static str,
    pub has_scripts: bool,
}

impl Look {
    pub(crate) const WIDE: Self = Self { width: 1280, is_dark: false, language: "es", has_scripts: true };
    pub(crate) const NARROW: Self = Self { width: 320, is_dark: true, language: "en", has_scripts: true };
}

/// The keys that move the focus, as WebDriver names them.
const TAB: char = '\u{e004}';
const SHIFT: char = '\u{e008}';

/// The running ChromeDriver of the tests; None when the machine has none.
static DRIVER: LazyLock<Option<String>> = LazyLock::new(start_driver);

/// Returns true if the browser tests can run. Without a browser, the run says so at its end, or fails when a browser is
/// required.
pub(crate) fn is_available() -> bool {
    if DRIVER.is_some() {
        return true;
    }
    assert!(
        !std::env::var("ARTICULA_REQUIRE_BROWSER").is_ok_and(|value| value == "1"),
        "a browser is required (ARTICULA_REQUIRE_BROWSER=1) but chromedriver was not found"
    );
    say_at_the_end("NOT RUN in a browser: chromedriver was not found (ARTICULA_CHROMEDRIVER or PATH)");
    false
}

fn start_driver() -> Option<String> {
    let program = std::env::var_os("ARTICULA_CHROMEDRIVER").map(PathBuf::from).or_else(|| on_path("chromedriver"))?;
    let mut child = Command::new(program).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut lines = BufReader::new(child.stdout.take()?).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, rest) = line.split_once("successfully on port ")?;
        Some(rest.trim_end_matches('.').trim().to_owned())
    });
    stop_with_the_tests(&child, None);
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    Some(format!("http://127.0.0.1:{}", port?))
}

/// Ends a program when the process of the tests has ended, and removes its folder: a shell waits for it.
pub(crate) fn stop_with_the_tests(program: &Child, folder: Option<&Path>) {
    let script = "while kill -0 \"$0\" 2>/dev/null; do sleep 1; done; kill \"$1\" 2>/dev/null; \
                  [ -z \"$2\" ] || { sleep 1; rm -rf \"$2\"; }";
    let (tests, program) = (std::process::id().to_string(), program.id().to_string());
    let folder = folder.unwrap_or(Path::new(""));
    let mut shell = Command::new("sh");
    shell.args(["-c", script, &tests, &program]).arg(folder);
    drop(shell.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn());
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A command of the DevTools protocol, which ChromeDriver passes on.
#[derive(Debug)]
struct DevTools(Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (ureq::http::Method, Option<String>) {
        (ureq::http::Method::POST, Some(self.0.to_string()))
    }
}

impl Chrome {
    /// Opens a window with a new profile.
    pub(crate) fn open(base: &str, look: Look) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut preferences = json!({"intl.accept_languages": look.language});
        if !look.has_scripts {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--window-size=1280,1000",
        ];
        let capabilities = json!({"goog:chromeOptions": {"args": arguments, "prefs": preferences}});
        let Value::Object(capabilities) = capabilities else { unreachable!("an object") };
        let driver = DRIVER.as_deref().expect("is_available was asked");
        let connect = async {
            ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(driver).await.unwrap()
        };
        let client = runtime.block_on(connect);
        let chrome = Self { runtime, client, base: base.to_owned(), has_scripts: look.has_scripts };
        chrome.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": look.width, "height": 1000, "deviceScaleFactor": 1, "mobile": false}),
        );
        // Without it, a page may lose the focus of its window after some time, and shows no focus at all.
        chrome.devtools("Emulation.setFocusEmulationEnabled", json!({"enabled": true}));
        let scheme = if look.is_dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        chrome.devtools("Emulation.setEmulatedMedia", json!({"features": features}));
        chrome
    }

    /// Sends a command of the DevTools protocol; returns its result.
    pub(crate) fn devtools(&self, command: &str, parameters: Value) -> Value {
        let command = DevTools(json!({"cmd": command, "params": parameters}));
        self.runtime.block_on(self.client.issue_cmd(command)).unwrap()
    }

    /// Opens a path of the program, or a whole address.
    pub(crate) fn go(&self, path: &str) {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        self.runtime.block_on(self.client.goto(&url)).unwrap();
    }

    /// Returns the path and query of the page.
    pub(crate) fn path(&self) -> String {
        let url = self.runtime.block_on(self.client.current_url()).unwrap();
        url[url::Position::BeforePath..].to_owned()
    }

    pub(crate) fn title(&self) -> String {
        self.runtime.block_on(self.client.title()).unwrap()
    }

    /// Returns the text of the page as it is seen.
    pub(crate) fn words(&self) -> String {
        let body = self.one("body");
        self.runtime.block_on(body.text()).unwrap()
    }

    /// Waits until the page has these words; fails after half a minute.
    #[track_caller]
    pub(crate) fn sees(&self, words: &str) {
        for _ in 0..150 {
            if self.words().contains(words) {
                return;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        panic!("{} lacks {words:?}:\n{}", self.path(), self.words());
    }

    #[track_caller]
    fn one(&self, selector: &str) -> Element {
        self.runtime
            .block_on(self.client.find(Locator::Css(selector)))
            .unwrap_or_else(|error| panic!("{} has no {selector}: {error}\n{}", self.path(), self.words_or_nothing()))
    }

    fn words_or_nothing(&self) -> String {
        let found = self.runtime.block_on(self.client.find(Locator::Css("body")));
        found.ok().and_then(|body| self.runtime.block_on(body.text()).ok()).unwrap_or_default()
    }

    /// Returns true if the page has an element.
    pub(crate) fn has(&self, selector: &str) -> bool {
        self.runtime.block_on(self.client.find(Locator::Css(selector))).is_ok()
    }

    /// Returns an attribute of the first element that a selector finds.
    #[track_caller]
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let element = self.one(selector);
        self.runtime.block_on(element.attr(name)).unwrap()
    }

    /// Returns the text of the first element that a selector finds.
    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        let element = self.one(selector);
        self.runtime.block_on(element.text()).unwrap()
    }

    /// Returns the value of a field.
    #[track_caller]
    pub(crate) fn value(&self, selector: &str) -> String {
        let element = self.one(selector);
        self.runtime.block_on(element.prop("value")).unwrap().unwrap_or_default()
    }

    /// Replaces the text of a field.
    #[track_caller]
    pub(crate) fn fill(&self, selector: &str, text: &str) {
        let field = self.one(selector);
        self.runtime.block_on(field.clear()).unwrap();
        self.runtime.block_on(field.send_keys(text)).unwrap();
    }

    /// Chooses a file of this machine.
    #[track_caller]
    pub(crate) fn choose_file(&self, selector: &str, file: &Path) {
        let field = self.one(selector);
        self.runtime.block_on(field.send_keys(&file.display().to_string())).unwrap();
    }

    /// Chooses a value of a list.
    #[track_caller]
    pub(crate) fn select(&self, selector: &str, value: &str) {
        let field = self.one(selector);
        self.runtime.block_on(field.select_by_value(value)).unwrap();
    }

    /// Clicks the first element that a selector finds.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        let element = self.one(selector);
        self.runtime
            .block_on(element.click())
            .unwrap_or_else(|error| panic!("{}: {selector} cannot be clicked: {error}", self.path()));
    }

    /// Presses Enter.
    pub(crate) fn enter(&self) {
        self.keys(&[Key::Enter.into()]);
    }

    /// Presses the space bar.
    pub(crate) fn space(&self) {
        self.keys(&[' ']);
    }

    /// Presses the arrow that points down.
    pub(crate) fn down(&self) {
        self.keys(&[Key::Down.into()]);
    }

    /// Selects the whole text of the field that has the focus.
    pub(crate) fn select_all(&self) {
        self.keys(&[Key::Control.into(), 'a']);
    }

    /// Types into the element that has the focus.
    pub(crate) fn write(&self, text: &str) {
        let focused = self.runtime.block_on(self.client.active_element()).unwrap();
        self.runtime.block_on(focused.send_keys(text)).unwrap();
    }

    /// Presses keys together, the first one first.
    fn keys(&self, keys: &[char]) {
        let id = "keyboard".to_owned();
        let down = keys.iter().fold(KeyActions::new(id), |all, key| all.then(KeyAction::Down { value: *key }));
        let all = keys.iter().rev().fold(down, |all, key| all.then(KeyAction::Up { value: *key }));
        self.runtime.block_on(self.client.perform_actions(all)).unwrap();
    }

    /// Returns true if the first element that a selector finds has the focus.
    pub(crate) fn is_focused(&self, selector: &str) -> bool {
        self.run("return document.activeElement === document.querySelector(arguments[0]);", vec![json!(selector)])
            == json!(true)
    }

    /// Presses Tab, or Shift and Tab when the element is above, until an element that a selector finds has the focus;
    /// fails after 400 times. The focus must be visible at each step, and in the window.
    #[track_caller]
    pub(crate) fn tab_to(&self, selector: &str) {
        let is_above = self.run(
            "const at = document.activeElement, to = document.querySelector(arguments[0]); \
             if (!to) return null; \
             return at !== document.body && !!(to.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING);",
            vec![json!(selector)],
        );
        assert!(!is_above.is_null(), "{} has no {selector}:\n{}", self.path(), self.words_or_nothing());
        let tab: &[char] = if is_above == json!(true) { &[SHIFT, TAB] } else { &[TAB] };
        for _ in 0..400 {
            if self.has_visible_focus(selector) {
                return;
            }
            self.keys(tab);
        }
        panic!("{}: {selector} cannot be reached with the keyboard", self.path());
    }

    /// Returns true if an element that a selector finds has the focus; fails when the focus is not to be seen.
    /// The browser itself marks the button with which it opens the calendar of a date field.
    #[track_caller]
    fn has_visible_focus(&self, selector: &str) -> bool {
        let state = self.run(
            "const at = document.activeElement; \
             if (at === document.body) return [false, true, '']; \
             const style = getComputedStyle(at), box = at.getBoundingClientRect(); \
             const isButtonOfDate = at.matches('input[type=date]') && !at.matches(':focus'); \
             const isMarked = isButtonOfDate || style.outlineStyle !== 'none' || style.boxShadow !== 'none'; \
             const isInWindow = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0; \
             return [at.matches(arguments[0]), isMarked && isInWindow, at.outerHTML.slice(0, 200)];",
            vec![json!(selector)],
        );
        assert!(state[1] == json!(true), "{}: the focus is not visible: {}", self.path(), state[2]);
        state[0] == json!(true)
    }

    /// Runs a script in the page, also where the scripts of pages are switched off.
    pub(crate) fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.runtime.block_on(self.client.execute(script, arguments)).unwrap()
    }

    /// Runs a script in the page; None while the page changes.
    pub(crate) fn try_run(&self, script: &str) -> Option<Value> {
        self.runtime.block_on(self.client.execute(script, Vec::new())).ok()
    }

    /// Returns the elements at the right of the window when the page is wider than it.
    pub(crate) fn beyond_the_window(&self) -> Option<Value> {
        let found = self.run(
            "const root = document.documentElement, right = root.clientWidth + 1; \
             if (root.scrollWidth <= right) return null; \
             return [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > right) \
             .slice(0, 5).map(one => one.outerHTML.slice(0, 120));",
            Vec::new(),
        );
        (!found.is_null()).then_some(found)
    }

    /// Fails unless the summary of the errors, or another message of the page, has the focus. A page without scripts
    /// moves no focus.
    #[track_caller]
    pub(crate) fn has_its_message_in_focus(&self) {
        if self.has_scripts {
            let script = "return [document.activeElement.matches('[data-focus]'), document.activeElement.outerHTML];";
            let state = self.run(script, Vec::new());
            assert!(state[0] == json!(true), "{}: the focus is on {}", self.path(), state[1]);
        }
    }

    /// Keeps a picture of the whole page among the artefacts.
    pub(crate) fn picture(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
        drop(std::fs::create_dir_all(&folder));
        let picture = self.devtools("Page.captureScreenshot", json!({"captureBeyondViewport": true}));
        let bytes = picture["data"].as_str().and_then(|text| {
            use base64::Engine;
            base64::engine::general_purpose::STANDARD.decode(text).ok()
        });
        drop(std::fs::write(folder.join(format!("{name}.png")), bytes.unwrap_or_default()));
    }

    /// Returns the violations of WCAG 2.0 to 2.2, levels A and AA, that axe finds on the page: rule, help and elements.
    pub(crate) fn axe(&self, axe: &str) -> Vec<String> {
        self.run(axe, Vec::new());
        let script = "const done = arguments[arguments.length - 1]; \
            axe.run(document, {preload: false, resultTypes: ['violations'], \
             runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}) \
            .then(found => done(found.violations), fault => done([{id: 'axe', help: String(fault), nodes: []}]));";
        let found = self.runtime.block_on(self.client.execute_async(script, Vec::new())).unwrap();
        let violations = found.as_array().cloned().unwrap_or_default();
        let element = |node: &Value| {
            format!(
                "{} {}",
                node["html"].as_str().unwrap_or_default(),
                node["failureSummary"].as_str().unwrap_or_default()
            )
        };
        let describe = |one: &Value| {
            let nodes = one["nodes"].as_array().into_iter().flatten().take(3).map(element);
            format!("{}: {} {}", one["id"], one["help"], nodes.collect::<Vec<_>>().join(" | "))
        };
        violations.iter().map(describe).collect()
    }
}

impl Drop for Chrome {
    fn drop(&mut self) {
        drop(self.runtime.block_on(self.client.clone().close()));
    }
}

/// Returns the source of axe-core; None when the machine has none. Fails when a browser is required.
pub(crate) fn axe_source() -> Option<String> {
    let found = std::env::var_os("ARTICULA_AXE").and_then(|path| std::fs::read_to_string(path).ok());
    if found.is_none() {
        assert!(
            !std::env::var("ARTICULA_REQUIRE_BROWSER").is_ok_and(|value| value == "1"),
            "axe-core is required (ARTICULA_REQUIRE_BROWSER=1): ARTICULA_AXE must name its axe.min.js"
        );
        say_at_the_end("NOT CHECKED with axe-core: ARTICULA_AXE does not name its axe.min.js");
    }
    found
}
