//! A person activates a second factor and signs in with a recovery code.

use std::time::{SystemTime, UNIX_EPOCH};

use totp_rs::{Builder, Secret};

use crate::demo::PASSWORD;
use crate::run::{Run, in_three_ways, secretariat};

in_three_ways!(walk);

/// Returns the code that an app with this secret shows now.
fn code_of(secret: &str) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let app = Builder::new().with_secret(secret).with_account_name("ana").build().unwrap();
    app.generate(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).to_string()
}

fn walk(run: &Run) {
    let commission = run.commission("", "PE");
    let [email] = run.people([secretariat(&commission)]);

    let user = run.enters(&email);
    user.go("/me");
    user.press_to("main a[href='/me/second-factor']", "/me/second-factor");
    user.write("#password", PASSWORD);
    user.press("main form:has(#password) button.main");
    let (secret, recovery) = (user.chrome.text(".prose > p > code"), user.chrome.text("ul.codes li"));
    user.write("#code", &code_of(&secret));
    user.press_to("main form:has(#code) button.main", "/me/second-factor?done=second-factor-activated");
    user.sees(run.says("El segundo factor está activo", "The second factor is active"));

    user.sign_out();
    user.sign_in_with(&email, PASSWORD);
    user.sees(run.says("Falta un paso", "One step is missing"));
    user.write("#code", "000000");
    user.press("main form:has(#code) button.main");
    user.is_refused();
    user.write("#code", &recovery);
    user.press("main form:has(#code) button.main");
    assert_eq!(user.chrome.path(), "/");
}
