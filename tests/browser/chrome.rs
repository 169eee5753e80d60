//! Chromium, driven through ChromeDriver (WebDriver): opens pages, types, clicks, presses keys, takes pictures, runs axe.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// A browser window of a test.
pub(crate) struct Chrome {
    runtime: Runtime,
    client: Client,
    base: String,
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

/// The running ChromeDriver of the tests; None when the machine has none.
static DRIVER: LazyLock<Option<String>> = LazyLock::new(start_driver);

/// Returns whether the browser tests can run. Without a browser, the run says so at its end (`report.rs`), or fails when
/// a browser is required.
pub(crate) fn is_available() -> bool {
    if DRIVER.is_some() {
        return true;
    }
    assert!(
        !std::env::var("ARTICULA_REQUIRE_BROWSER").is_ok_and(|value| value == "1"),
        "a browser is required (ARTICULA_REQUIRE_BROWSER=1) but chromedriver was not found"
    );
    drop(writeln!(std::io::stderr(), "NOT RUN in a browser: chromedriver was not found (ARTICULA_CHROMEDRIVER or PATH)"));
    false
}

fn start_driver() -> Option<String> {
    let program = std::env::var_os("ARTICULA_CHROMEDRIVER").map(PathBuf::from).or_else(|| on_path("chromedriver"))?;
    let mut child =
        Command::new(program).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut lines = BufReader::new(child.stdout.take()?).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, rest) = line.split_once("successfully on port ")?;
        Some(rest.trim_end_matches('.').trim().to_owned())
    });
    stop_with_the_tests(child);
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    Some(format!("http://127.0.0.1:{}", port?))
}

/// Ends ChromeDriver when the process of the tests has ended: a shell waits for it.
fn stop_with_the_tests(driver: Child) {
    let script = format!(
        "while kill -0 {} 2>/dev/null; do sleep 1; done; kill {} 2>/dev/null",
        std::process::id(),
        driver.id()
    );
    let quiet = || Stdio::null();
    drop(Command::new("sh").args(["-c", &script]).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn());
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
        let chrome = Self { runtime, client, base: base.to_owned() };
        chrome.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": look.width, "height": 1000, "deviceScaleFactor": 1, "mobile": false}),
        );
        let scheme = if look.is_dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        chrome.devtools("Emulation.setEmulatedMedia", json!({"features": features}));
        chrome
    }

    fn devtools(&self, command: &str, parameters: Value) -> Value {
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

    /// Waits until the page has these words; fails after ten seconds.
    #[track_caller]
    pub(crate) fn sees(&self, words: &str) {
        for _ in 0..50 {
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

    /// Returns whether the page has an element.
    pub(crate) fn has(&self, selector: &str) -> bool {
        self.runtime.block_on(self.client.find(Locator::Css(selector))).is_ok()
    }

    /// Returns an attribute of the first element that a selector finds.
    #[track_caller]
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let element = self.one(selector);
        self.runtime.block_on(element.attr(name)).unwrap()
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

    /// Clicks the link or button with this text.
    #[track_caller]
    pub(crate) fn press(&self, text: &str) {
        let path = format!(
            "//*[self::a or self::button][contains(normalize-space(.), \"{text}\")]"
        );
        let found = self.runtime.block_on(self.client.find_all(Locator::XPath(&path))).unwrap();
        let seen = found.into_iter().find(|one| self.runtime.block_on(one.is_displayed()).unwrap_or(false));
        let element = seen.unwrap_or_else(|| panic!("{} has no {text:?}:\n{}", self.path(), self.words()));
        self.runtime
            .block_on(element.click())
            .unwrap_or_else(|error| panic!("{}: {text:?} cannot be clicked: {error}", self.path()));
    }

    /// Presses Tab.
    pub(crate) fn tab(&self) {
        self.key(Key::Tab.into());
    }

    /// Presses Enter.
    pub(crate) fn enter(&self) {
        self.key(Key::Enter.into());
    }

    /// Presses the space bar.
    pub(crate) fn space(&self) {
        self.key(' ');
    }

    /// Types into the element that has the focus.
    pub(crate) fn write(&self, text: &str) {
        let focused = self.runtime.block_on(self.client.active_element()).unwrap();
        self.runtime.block_on(focused.send_keys(text)).unwrap();
    }

    fn key(&self, key: char) {
        self.write(&key.to_string());
    }

    /// Presses Tab until the element that a selector finds has the focus; fails after 200 times. The focus must be
    /// visible at each step.
    #[track_caller]
    pub(crate) fn tab_to(&self, selector: &str) {
        for _ in 0..200 {
            self.tab();
            let state = self.run(
                "const at = document.activeElement; \
                 const style = getComputedStyle(at); \
                 const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || at === document.body; \
                 return [at.matches(arguments[0]), seen, at.outerHTML.slice(0, 200)];",
                vec![json!(selector)],
            );
            assert!(state[1] == json!(true), "the focus is not visible: {}", state[2]);
            if state[0] == json!(true) {
                return;
            }
        }
        panic!("{}: {selector} cannot be reached with the keyboard", self.path());
    }

    /// Runs a script in the page, also where the scripts of pages are switched off.
    pub(crate) fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.runtime.block_on(self.client.execute(script, arguments)).unwrap()
    }

    /// Fails when the page is wider than the window.
    #[track_caller]
    pub(crate) fn fits(&self) {
        let widths = self.run(
            "const wide = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > \
             document.documentElement.clientWidth + 1).slice(0, 5).map(one => one.outerHTML.slice(0, 120)); \
             return [document.documentElement.scrollWidth, document.documentElement.clientWidth, wide];",
            Vec::new(),
        );
        let (page, window) = (widths[0].as_f64().unwrap_or(0.0), widths[1].as_f64().unwrap_or(0.0));
        assert!(page <= window + 1.0, "{} is {page} wide in a window of {window}: {}", self.path(), widths[2]);
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
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}) \
            .then(found => done(found.violations), fault => done([{id: 'axe', help: String(fault), nodes: []}]));";
        let found = self.runtime.block_on(self.client.execute_async(script, Vec::new())).unwrap();
        let violations = found.as_array().cloned().unwrap_or_default();
        let element = |node: &Value| {
            format!("{} {}", node["html"].as_str().unwrap_or_default(), node["failureSummary"].as_str().unwrap_or_default())
        };
        let describe = |one: &Value| {
            let nodes = one["nodes"].as_array().into_iter().flatten().take(3).map(element);
            format!("{}: {} {}", one["id"], one["help"], nodes.collect::<Vec<_>>().join(" | "))
        };
        violations.iter().map(describe).collect()
    }

    /// Signs in through the sign-in page.
    pub(crate) fn sign_in(&self, email: &str, password: &str) {
        self.fill("#email", email);
        self.fill("#password", password);
        self.click("main form button.main");
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
        drop(writeln!(std::io::stderr(), "NOT CHECKED with axe-core: ARTICULA_AXE does not name its axe.min.js"));
    }
    found
}
