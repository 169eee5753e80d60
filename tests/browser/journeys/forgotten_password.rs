//! A person who has forgotten the password gets a link by mail and chooses another.

use crate::demo::PASSWORD;
use crate::hands::MAIN;
use crate::run::{Run, in_three_ways, link_in, secretariat};

in_three_ways!(walk);

fn walk(run: &Run) {
    let commission = run.commission("", "PE");
    let [email] = run.people([secretariat(&commission)]);

    let hands = run.opens();
    hands.go("/sign-in");
    hands.sign_in_with(&email, "no es esta frase");
    hands.is_refused();
    assert_eq!(hands.chrome.value("#email"), email);
    assert_eq!(hands.chrome.value("#password"), "");
    hands.press_to("main a[href='/password']", "/password");
    hands.write("#email", &email);
    hands.press_to("main form:has(#email) button.main", "/password?done=link-asked");
    hands.sees(run.says("Si la dirección tiene una cuenta", "If the address has an account"));

    let link = link_in(&run.demo.wait_for_mail(&email, "/password?token="), "/password?token=");
    hands.go(&link);
    let password = "otra frase larga y propia";
    hands.write("#password", password);
    hands.press(MAIN);
    assert_eq!(hands.chrome.path(), "/");
    hands.sign_out();
    hands.sign_in_with(&email, PASSWORD);
    hands.is_refused();
    hands.sign_in_with(&email, password);
    assert_eq!(hands.chrome.path(), "/");
}
