//! Every kind of mail, in both languages: text and HTML say why it came, and its only button leads to the right address.
//! `mails.rs` compares whole texts; `ARTICULA_TEST_MAILS` names a folder for the HTML of all of them, to look at.

mod accounts;
mod records;
mod sessions;

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::json;

use crate::on_both;
use crate::support::{Mail, Person, World};

/// The kinds of mail that are no events: about accounts, of the day, of the week.
const OTHER_KINDS: [&str; 10] = [
    "address_changed",
    "grant_added",
    "invitation",
    "password_changed",
    "password_reset",
    "reminder",
    "second_factor_changed",
    "sign_in_link",
    "summary",
    "token_made",
];

/// The reason that a mail states, in Spanish and in English.
type Why = [&'static str; 2];

const REPRESENTATIVE: Why =
    ["Recibe este aviso como representante de la institución.", "You get this as a representative of the institution."];
const SECRETARIAT: Why = [
    "Recibe este aviso porque tiene a su cargo la secretaría de la comisión.",
    "You get this because you keep the secretariat of the commission.",
];
const COORDINATOR: Why =
    ["Recibe este aviso porque coordina el país.", "You get this because you coordinate the country."];
const AUTHOR: Why =
    ["Recibe este aviso porque registró lo que aquí se indica.", "You get this because you entered the record."];
const CONTACT: Why = [
    "Recibe este aviso porque representa a la institución, porque su dirección era la de la institución o porque coordina el país.",
    "You get this because you represent the institution, because your address was that of the institution, or because you coordinate the country.",
];
const INFORMED: Why = [
    "Recibe este aviso porque recibió otro sobre el mismo registro.",
    "You get this because you got an earlier notice about the same record.",
];

/// A commission with an institution. In each role somebody acts, and two people read: in Spanish and in English.
struct Scene<'w> {
    world: &'w World,
    ceti: String,
    minsal: String,
    keeper: Person<'w>,
    speaker: Person<'w>,
    coordinator: Person<'w>,
    secretariat: [Person<'w>; 2],
    representatives: [Person<'w>; 2],
    /// The kinds that were checked.
    checked: RefCell<BTreeSet<String>>,
}

/// Makes two people of one role, who read Spanish and English.
fn pair<'w>(world: &'w World, make: &dyn Fn() -> Person<'w>) -> [Person<'w>; 2] {
    let [spanish, english] = [make(), make()];
    world.admin().patch(&format!("/users/{}", english.id.unwrap()), json!({"language": "en"})).expect(200);
    [spanish, english]
}

impl<'w> Scene<'w> {
    fn new(world: &'w World) -> Self {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Ministerio de Salud"));
        world.member(&ceti, &minsal, "member");
        let scene = Self {
            keeper: world.secretariat(&ceti),
            speaker: world.representative(&minsal),
            coordinator: world.coordinator("CL"),
            secretariat: pair(world, &|| world.secretariat(&ceti)),
            representatives: pair(world, &|| world.representative(&minsal)),
            checked: RefCell::default(),
            world,
            ceti,
            minsal,
        };
        world.mails();
        scene
    }

    /// Sends what waits, and fails unless the two readers get one mail of this kind each, that says why it came and
    /// whose only button leads to this address.
    #[track_caller]
    fn leads(&self, kind: &str, readers: &[Person<'w>; 2], why: Why, path: &str) {
        let mails = self.world.mails();
        for (n, reader) in readers.iter().enumerate() {
            self.check(&mails, (kind, &reader.email, n), why[n], Some(path));
        }
    }

    /// Checks the mail of this kind to one reader; `n` is 0 for Spanish. An address that ends in `=` goes on with a token.
    #[track_caller]
    fn check(&self, mails: &[Mail], (kind, to, n): (&str, &str, usize), why: &str, path: Option<&str>) {
        let own: Vec<&Mail> = mails.iter().filter(|mail| mail.kind == kind && mail.to == to).collect();
        let all: Vec<_> = mails.iter().map(|mail| (&mail.kind, &mail.to)).collect();
        assert_eq!(own.len(), 1, "{kind} to {to}: {all:?}");
        let mail = own[0];
        let language = ["es", "en"][n];
        assert!(mail.html.contains(&format!("<html lang=\"{language}\">")), "{kind} in {language}: {}", mail.html);
        assert!(mail.text.contains(why) && mail.html.contains(why), "{kind} does not say {why:?}: {}", mail.text);
        let buttons: Vec<&str> = mail.html.split("<a class=\"button\" href=\"").skip(1).collect();
        match path {
            None => {
                assert!(buttons.is_empty() && !mail.text.contains(&self.world.url), "{kind} leads: {}", mail.text);
            }
            Some(path) => {
                assert_eq!(buttons.len(), 1, "the buttons of {kind}: {}", mail.html);
                let address = format!("{}{path}", self.world.url);
                let is_open = path.ends_with('=');
                let leads = |found: &str| if is_open { found.starts_with(&address) } else { found == address };
                let target = buttons[0].split('"').next().unwrap();
                assert!(leads(target), "the button of {kind} leads to {target}, not to {address}");
                assert!(mail.text.lines().any(leads), "the text of {kind} does not lead to {address}: {}", mail.text);
            }
        }
        self.checked.borrow_mut().insert(kind.to_owned());
    }
}

on_both! {
    fn every_kind_of_mail_says_why_it_came_and_where_it_leads(world) {
        let scene = Scene::new(world);
        records::parts(&scene);
        records::activities(&scene);
        records::joint_and_matrix(&scene);
        records::reports(&scene);
        sessions::minutes(&scene);
        sessions::session(&scene);
        sessions::of_the_day_and_the_week(&scene);
        records::duties(&scene);
        accounts::contacts(&scene);
        accounts::accounts(&scene);
        accounts::own_account(&scene);
        let events = scene.keeper.get("/me/notifications").expect(200).json["events"].as_object().unwrap().clone();
        let all: BTreeSet<String> = events.keys().cloned().chain(OTHER_KINDS.map(str::to_owned)).collect();
        assert_eq!(*scene.checked.borrow(), all);
    }
}
