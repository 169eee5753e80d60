//! A user of the pages, with the mouse or with the keyboard alone.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use crate::chrome::Chrome;
use crate::demo::PASSWORD;

/// A person with a window of the browser.
pub(crate) struct User {
    pub chrome: Chrome,
    /// True for a person who uses Tab, Shift-Tab, Enter, Space, the arrows and letters, and nothing else.
    pub by_keyboard: bool,
}

/// The button that sends the form of a page.
pub(crate) const MAIN: &str = "main form button.main";

impl User {
    /// Opens an address, as a link of a mail does.
    pub(crate) fn go(&self, address: &str) {
        self.chrome.go(address);
    }

    /// Presses a link or a button that leads to another page, and waits for that page.
    #[track_caller]
    pub(crate) fn press(&self, selector: &str) {
        self.leave(selector, || self.touch(selector));
    }

    /// Sends the form of the field that was written last: with its button, or with Enter by keyboard.
    #[track_caller]
    pub(crate) fn send(&self, button: &str) {
        if self.by_keyboard {
            self.leave("Enter", || self.chrome.enter());
        } else {
            self.press(button);
        }
    }

    /// Does what leads to another page, and waits for that page.
    #[track_caller]
    fn leave(&self, what: &str, act: impl FnOnce()) {
        self.chrome.run("window.isLeft = true;", Vec::new());
        act();
        for _ in 0..1200 {
            let is_new = "return !window.isLeft && document.readyState === 'complete';";
            if self.chrome.try_run(is_new) == Some(json!(true)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{}: {what} leads to no other page:\n{}", self.chrome.path(), self.chrome.words());
    }

    /// Presses a link or a button, and expects the page with this address after it.
    #[track_caller]
    pub(crate) fn press_to(&self, selector: &str, address: &str) {
        self.press(selector);
        let path = self.chrome.path();
        assert!(path.starts_with(address), "{selector} leads to {path}, not to {address}:\n{}", self.chrome.words());
    }

    /// Presses what changes the page itself.
    #[track_caller]
    pub(crate) fn touch(&self, selector: &str) {
        if self.by_keyboard {
            self.chrome.tab_to(selector);
            self.chrome.enter();
        } else {
            self.chrome.click(selector);
        }
    }

    /// Opens what is folded away.
    #[track_caller]
    pub(crate) fn unfold(&self, details: &str) {
        self.touch(&format!("{details} > summary"));
        assert!(self.chrome.has(&format!("{details}[open]")), "{}: {details} stays closed", self.chrome.path());
    }

    /// Opens the filters of a list for WebDriver. A wide page shows them; WebDriver takes them for hidden, as they are in
    /// a closed `details` element.
    pub(crate) fn show_filters(&self) {
        if !self.by_keyboard {
            self.chrome.run("document.querySelector('main details.fold').open = true;", Vec::new());
        }
    }

    /// Marks a radio button or a check box.
    #[track_caller]
    pub(crate) fn choose(&self, selector: &str) {
        if !self.by_keyboard {
            self.chrome.click(selector);
        } else if self.chrome.attribute(selector, "type").as_deref() == Some("radio") {
            self.choose_radio(selector);
        } else {
            self.chrome.tab_to(selector);
            self.chrome.space();
        }
        let is_marked = self.chrome.run("return document.querySelector(arguments[0]).checked;", vec![json!(selector)]);
        assert!(is_marked == json!(true), "{}: {selector} stays unmarked", self.chrome.path());
    }

    /// Tab leads to one button of the group; the arrows lead to the others.
    #[track_caller]
    fn choose_radio(&self, selector: &str) {
        let name = self.chrome.attribute(selector, "name").unwrap_or_default();
        self.chrome.tab_to(&format!("input[type=radio][name=\"{name}\"]"));
        for _ in 0..20 {
            if self.chrome.is_focused(selector) {
                self.chrome.space();
                return;
            }
            self.chrome.down();
        }
        panic!("{}: the arrows do not lead to {selector}", self.chrome.path());
    }

    /// Replaces the text of a field.
    #[track_caller]
    pub(crate) fn write(&self, selector: &str, text: &str) {
        if self.by_keyboard {
            self.chrome.tab_to(selector);
            self.chrome.select_all();
            self.chrome.write(text);
        } else {
            self.chrome.fill(selector, text);
        }
        assert_eq!(same_lines(&self.chrome.value(selector)), same_lines(text), "{selector}");
    }

    /// Chooses a value of a list.
    #[track_caller]
    pub(crate) fn select(&self, selector: &str, value: &str) {
        if !self.by_keyboard {
            self.chrome.select(selector, value);
            return;
        }
        self.chrome.tab_to(selector);
        for _ in 0..50 {
            if self.chrome.value(selector) == value {
                return;
            }
            self.chrome.down();
        }
        panic!("{}: the arrows do not lead to {value} of {selector}", self.chrome.path());
    }

    /// Chooses a file of this machine. The dialog of the system is not part of the page.
    #[track_caller]
    pub(crate) fn attach(&self, selector: &str, file: &Path) {
        if self.by_keyboard {
            self.chrome.tab_to(selector);
        }
        self.chrome.choose_file(selector, file);
    }

    /// Signs in on the sign-in page with the password of the demonstration.
    #[track_caller]
    pub(crate) fn sign_in(&self, email: &str) {
        self.sign_in_with(email, PASSWORD);
    }

    #[track_caller]
    pub(crate) fn sign_in_with(&self, email: &str, password: &str) {
        assert!(self.chrome.path().starts_with("/sign-in"), "{} is not the sign-in page", self.chrome.path());
        self.write("#email", email);
        self.write("#password", password);
        self.press(MAIN);
    }

    /// Signs out with the button of the header.
    #[track_caller]
    pub(crate) fn sign_out(&self) {
        self.press_to("form[action='/sign-out'] button", "/sign-in");
    }

    /// Chooses a language with the button of the header, which names the language that the page does not have.
    #[track_caller]
    pub(crate) fn choose_language(&self, language: &str) {
        let button = format!("button[name=language][value={language}]");
        if self.chrome.has(&button) {
            self.press(&button);
        }
    }

    /// Downloads the file of a link; returns its media type and its first letters.
    #[track_caller]
    pub(crate) fn download(&self, link: &str) -> (String, String) {
        let script = "const ask = new XMLHttpRequest(); \
             ask.open('GET', document.querySelector(arguments[0]).href, false); \
             ask.overrideMimeType('text/plain; charset=x-user-defined'); ask.send(); \
             return [ask.status, ask.getResponseHeader('content-type'), ask.responseText.slice(0, 200)];";
        let found = self.chrome.run(script, vec![json!(link)]);
        assert_eq!(found[0], json!(200), "{}: {link} {found}", self.chrome.path());
        let text = |n: usize| found[n].as_str().unwrap_or_default().to_owned();
        (text(1), text(2))
    }

    /// Fails unless the page says this.
    #[track_caller]
    pub(crate) fn sees(&self, words: &str) {
        self.chrome.sees(words);
    }

    /// Fails unless the page confirms what was done. The page `?done=…` has the sentence at its top.
    #[track_caller]
    pub(crate) fn is_confirmed(&self, sentence: &str) {
        let selector = "main > p.notice.done[role=status]";
        assert!(self.chrome.has(selector), "{} confirms nothing:\n{}", self.chrome.path(), self.chrome.words());
        let said = self.chrome.text(selector);
        assert!(said.contains(sentence), "{} says {said:?}, not {sentence:?}", self.chrome.path());
    }

    /// Fails unless the form came back with faults: the summary has the focus, where scripts run.
    #[track_caller]
    pub(crate) fn is_refused(&self) {
        let title = self.chrome.title();
        assert!(title.starts_with("Error: "), "{} is called {title:?}:\n{}", self.chrome.path(), self.chrome.words());
        self.chrome.has_its_message_in_focus();
    }
}

/// Returns a text with the line breaks of a field.
pub(crate) fn same_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}
