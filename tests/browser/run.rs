//! One run of a journey: in Spanish with scripts, in English without scripts, or by keyboard alone. A run brings its own
//! commission, institutions, people and records, so that runs do not meet.

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};

use crate::chrome::{Chrome, Look, is_available};
use crate::demo::{Demo, PASSWORD};
use crate::user::User;

/// The ways in which each journey runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    SpanishWithScripts,
    EnglishWithoutScripts,
    ByKeyboard,
}

impl Way {
    fn look(self) -> Look {
        match self {
            Self::SpanishWithScripts | Self::ByKeyboard => Look::WIDE,
            Self::EnglishWithoutScripts => Look { language: "en", has_scripts: false, ..Look::WIDE },
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::SpanishWithScripts => "es",
            Self::EnglishWithoutScripts => "en",
            Self::ByKeyboard => "kb",
        }
    }
}

/// The person who prepares the records.
const ADMIN: &str = "admin@demo.example";

/// One run of a journey.
pub(crate) struct Run {
    pub demo: &'static Demo,
    pub way: Way,
    /// The name of the run, in the names of its records.
    pub name: String,
}

/// A commitment of a run, with the part of its only institution.
pub(crate) struct Commitment {
    pub id: String,
    pub part: String,
    pub code: String,
}

impl Commitment {
    pub(crate) fn path(&self) -> String {
        format!("/commitments/{}", self.id)
    }

    /// Returns the address of a page of the part.
    pub(crate) fn part_path(&self, page: &str) -> String {
        format!("/commitments/{}/assignments/{}/{page}", self.id, self.part)
    }
}

/// Runs a journey in one way, when there is a browser.
pub(crate) fn run(journey: &str, way: Way, walk: fn(&Run)) {
    if !is_available() {
        return;
    }
    let begun = std::time::Instant::now();
    let journey = journey.rsplit("::").next().unwrap_or_default().replace('_', "-");
    let run = Run { demo: Demo::shared(), way, name: format!("{journey}-{}", way.name()) };
    walk(&run);
    eprintln!("{}: {:.1} s", run.name, begun.elapsed().as_secs_f64());
}

/// Makes the tests of a journey.
macro_rules! in_three_ways {
    ($journey:path) => {
        #[test]
        fn in_spanish_with_scripts() {
            crate::run::run(module_path!(), crate::run::Way::SpanishWithScripts, $journey);
        }

        #[test]
        fn in_english_without_scripts() {
            crate::run::run(module_path!(), crate::run::Way::EnglishWithoutScripts, $journey);
        }

        #[test]
        fn by_keyboard_alone() {
            crate::run::run(module_path!(), crate::run::Way::ByKeyboard, $journey);
        }
    };
}
pub(crate) use in_three_ways;

impl Run {
    pub(crate) fn has_scripts(&self) -> bool {
        self.way.look().has_scripts
    }

    pub(crate) fn language(&self) -> &'static str {
        self.way.look().language
    }

    /// Returns the words in the language of the run.
    pub(crate) fn says<'a>(&self, spanish: &'a str, english: &'a str) -> &'a str {
        if self.language() == "es" { spanish } else { english }
    }

    /// Opens a window for somebody who is not signed in.
    pub(crate) fn opens(&self) -> User {
        let chrome = Chrome::open(&self.demo.url, self.way.look());
        User { chrome, by_keyboard: self.way == Way::ByKeyboard }
    }

    /// Opens a window and signs in.
    #[track_caller]
    pub(crate) fn enters(&self, email: &str) -> User {
        let user = self.opens();
        user.go("/sign-in");
        user.sign_in(email);
        assert_eq!(user.chrome.path(), "/");
        assert_eq!(user.chrome.attribute("html", "lang").as_deref(), Some(self.language()));
        user
    }

    /// Enters a commission; returns its id. `part` tells it from another of the run.
    pub(crate) fn commission(&self, part: &str, country: &str) -> String {
        let zone = if country == "CL" { "America/Santiago" } else { "America/Lima" };
        let body = json!({
            "country_code": country, "acronym": format!("{}{part}", self.name), "kind": "advisory_commission",
            "name": format!("Comisión {} {part}", self.name), "operational_state": "active",
            "themes": ["child_labour"], "time_zone": zone, "quorum": {"fraction": "1/2", "strict": true},
        });
        self.created("/commissions", &body)
    }

    /// Enters an institution; returns its id.
    pub(crate) fn institution(&self, part: &str, country: &str) -> String {
        let name = format!("Institución {} {part}", self.name);
        self.created("/institutions", &json!({"country_code": country, "name": name, "sector": "government"}))
    }

    /// Makes an institution a member of a commission.
    pub(crate) fn member(&self, commission: &str, institution: &str) {
        let body = json!({"institution_id": institution, "role": "member", "has_vote": true});
        self.demo.enter(ADMIN, &format!("/commissions/{commission}/memberships"), &body);
    }

    /// Enters people with their roles; they have accepted their invitations with the password of the demonstration.
    pub(crate) fn people<const N: usize>(&self, grants: [Value; N]) -> [String; N] {
        let emails = std::array::from_fn(|n| format!("{}-{n}@journeys.example", self.name));
        for (n, (email, grant)) in emails.iter().zip(grants).enumerate() {
            self.invite(email, &format!("Persona {} {n}", self.name), &grant);
        }
        emails.iter().for_each(|email| self.accept(email));
        emails
    }

    /// Enters a person with an address of the run's choice, who has accepted the invitation.
    pub(crate) fn person(&self, email: &str, grant: &Value) {
        self.invite(email, &format!("Persona {email}"), grant);
        self.accept(email);
    }

    /// Accepts an invitation with the password of the demonstration.
    fn accept(&self, email: &str) {
        let mail = self.demo.wait_for_mail(email, "/invitation?token=");
        let token = link_in(&mail, "/invitation?token=").rsplit('=').next().unwrap_or_default().to_owned();
        let body = json!({"token": token, "password": PASSWORD});
        let (status, answer) = self.demo.call(None, "POST", "/auth/password-reset/confirm", &body);
        assert!((200..300).contains(&status), "{email}: {status} {answer}");
    }

    /// Enters a person, who is invited by mail.
    pub(crate) fn invite(&self, email: &str, name: &str, grant: &Value) {
        let body = json!({"email": email, "name": name, "language": self.language(), "grants": [grant]});
        self.demo.enter(ADMIN, "/users", &body);
    }

    /// Enters a commitment with one institution.
    pub(crate) fn commitment(&self, commission: &str, institution: &str, due: NaiveDate) -> Commitment {
        let part = json!({"institution_id": institution, "role": "responsible"});
        let text = format!("Aprobar el plan de la institución {}.", self.name);
        let body = json!({"commission_ids": [commission], "text": text, "due": due, "assignments": [part]});
        let made = self.demo.enter(ADMIN, "/commitments", &body);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Commitment { id: text(&made["id"]), part: text(&made["assignments"][0]["id"]), code: text(&made["code"]) }
    }

    /// Enters a record; returns its id.
    fn created(&self, path: &str, body: &Value) -> String {
        self.demo.enter(ADMIN, path, body)["id"].as_str().unwrap().to_owned()
    }

    /// Reads a record as the person who may see everything.
    #[track_caller]
    pub(crate) fn record(&self, path: &str) -> Value {
        self.demo.read(ADMIN, path)
    }
}

/// Returns the role of a secretariat of a commission.
pub(crate) fn secretariat(commission: &str) -> Value {
    json!({"role": "secretariat", "commission_id": commission})
}

/// Returns the role of a representative of an institution.
pub(crate) fn representative(institution: &str) -> Value {
    json!({"role": "representative", "institution_id": institution})
}

/// Returns the day after this number of days, counted from today in Lima.
///
/// Of the time zones of the demonstration, Lima is the last to begin a day: its today is a future day in none of them.
pub(crate) fn in_days(days: u64) -> NaiveDate {
    let today = Utc::now().with_timezone(&chrono_tz::America::Lima).date_naive();
    today.checked_add_days(Days::new(days)).unwrap()
}

/// Returns the first address of a mail that contains a path.
#[track_caller]
pub(crate) fn link_in(mail: &str, path: &str) -> String {
    let found = mail.split_whitespace().find(|word| word.starts_with("http") && word.contains(path));
    found.unwrap_or_else(|| panic!("the mail has no link to {path}:\n{mail}")).to_owned()
}
