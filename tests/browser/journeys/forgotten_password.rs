//! A person who has forgotten the password gets a link by mail and chooses another.

use crate::demo::PASSWORD;
use crate::run::{Run, in_three_ways, link_in, secretariat};
use crate::user::MAIN;

in_three_ways!(walk);

fn walk(run: &Run) {
    let commission = run.commission("", "PE");
    let [email] = run.people([secretariat(&commission)]);

    let user = run.opens();
    user.go("/sign-in");
    user.sign_in_with(&email, "no es esta frase");
    user.is_refused();
    assert_eq!(user.chrome.value("#email"), email);
    assert_eq!(user.chrome.value("#password"), "");
    user.press_to("main a[href='/password']", "/password");
    user.write("#email", &email);
    user.press_to("main form:has(#email) button.main", "/password?done=link-asked");
    user.sees(run.says("Si la dirección tiene una cuenta", "If the address has an account"));

    let link = link_in(&run.demo.wait_for_mail(&email, "/password?token="), "/password?token=");
    user.go(&link);
    let password = "otra frase larga y propia";
    user.write("#password", password);
    user.press(MAIN);
    assert_eq!(user.chrome.path(), "/");
    user.sign_out();
    user.sign_in_with(&email, PASSWORD);
    user.is_refused();
    user.sign_in_with(&email, password);
    assert_eq!(user.chrome.path(), "/");
}
