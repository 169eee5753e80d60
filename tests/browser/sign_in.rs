//! The sign-in page of the demonstration, with a button for each of its people.

use serde_json::{Value, json};

use crate::chrome::{Chrome, Look, is_available};
use crate::demo::Demo;
use crate::user::User;

#[test]
fn a_person_of_the_demonstration_signs_in_with_one_button() {
    if !is_available() {
        return;
    }
    for look in [Look::WIDE, Look { has_scripts: false, ..Look::NARROW }] {
        let user = User { chrome: Chrome::open(&Demo::shared().url, look), by_keyboard: false };
        user.go("/sign-in");
        let forms = user.chrome.run("return document.querySelectorAll('.demo-people form').length;", Vec::new());
        assert_eq!(forms, json!(6), "one for each person");
        let mark = "const all = [...document.querySelectorAll('form button')]; \
            const found = all.filter(one => one.textContent.includes('representative@demo.example')); \
            found.forEach(one => one.id = 'chosen'); return found.length;";
        assert_eq!(user.chrome.run(mark, Vec::<Value>::new()), json!(1));
        user.press("#chosen");
        assert_eq!(user.chrome.path(), "/");
        user.sees("Huánuco");
        user.sign_out();
    }
}
