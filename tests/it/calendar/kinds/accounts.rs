//! The mails about changed contacts, and about accounts.

use serde_json::json;

use super::{CONTACT, Scene, Why};
use crate::support::{PASSWORD, app_code};

const INVITATION: Why = [
    "Tiene una cuenta en Articula, donde las comisiones llevan el seguimiento de sus sesiones, acuerdos y compromisos.",
    "You have an account in Articula, where commissions follow up their sessions, agreements and commitments.",
];
const GRANT: Why = ["le dio acceso a lo siguiente:", "has given you the following access:"];
const RESET: Why =
    ["Alguien pidió una contraseña nueva para su cuenta.", "Somebody asked for a new password for your account."];
const SIGN_IN_LINK: Why =
    ["Fallaron demasiados intentos de ingresar a su cuenta.", "Too many attempts to sign in to your account failed."];
const PASSWORD_CHANGED: Why = ["La contraseña de su cuenta cambió.", "The password of your account was changed."];
const ADDRESS_CHANGED: Why =
    ["Su cuenta tiene ahora otra dirección de correo.", "Your account now has another mail address."];
const SECOND_FACTOR: Why =
    ["El segundo factor de su cuenta está activo", "The second factor of your account is active"];
const TOKEN: Why = [
    "Se creó un token con el que un programa puede actuar en su nombre.",
    "A token was made with which a program can act on your behalf.",
];

pub(super) fn contacts(scene: &Scene<'_>) {
    let path = format!("/institutions/{}", scene.minsal);
    let change = json!({"country_code": "CL", "email": "gabinete@minsal.example"});
    scene.world.admin().patch(&path, change).expect(200);
    scene.leads("contact_changed", &scene.representatives, CONTACT, &path);
}

/// A person is invited in each language, gets another grant, asks for a new password, and mistypes it too often.
pub(super) fn accounts(scene: &Scene<'_>) {
    let (world, admin) = (scene.world, scene.world.admin());
    for (n, language) in ["es", "en"].into_iter().enumerate() {
        let email = format!("eva-{language}@example.org");
        let told = |kind: &str, why: Why, path: &str| {
            scene.check(&world.mails(), (kind, &email, n), why[n], Some(path));
        };
        let person = json!({"email": email, "name": "Eva Díaz", "language": language});
        let id = admin.post("/users", person).expect(201).id();
        told("invitation", INVITATION, "/invitation?token=");
        let grant = json!({"role": "observer", "commission_id": scene.ceti});
        admin.post(&format!("/users/{id}/grants"), grant).expect(201);
        told("grant_added", GRANT, "/");
        world.nobody().post("/auth/password-reset", json!({"email": email})).expect(202);
        told("password_reset", RESET, "/password?token=");
        admin.patch(&format!("/users/{id}"), json!({"password": PASSWORD})).expect(200);
        let wrong = json!({"email": email, "password": "otra cosa"});
        let refused = || world.nobody().post("/auth/login", wrong.clone()).status;
        assert_eq!([0; 6].map(|_| refused()), [401, 401, 401, 401, 401, 429]);
        told("sign_in_link", SIGN_IN_LINK, "/sign-in?token=");
    }
}

/// A person in each language gets another password, activates a second factor, makes a token and gets another address.
pub(super) fn own_account(scene: &Scene<'_>) {
    let (world, admin) = (scene.world, scene.world.admin());
    for (n, language) in ["es", "en"].into_iter().enumerate() {
        let email = format!("ana-{language}@example.org");
        let told = |kind: &str, why: Why, path: &str| {
            scene.check(&world.mails(), (kind, &email, n), why[n], Some(path));
        };
        let person = json!({"email": email, "name": "Ana Rojas", "language": language, "password": "otra frase larga"});
        let id = admin.post("/users", person).expect(201).id();
        admin.patch(&format!("/users/{id}"), json!({"password": PASSWORD})).expect(200);
        told("password_changed", PASSWORD_CHANGED, "/password");
        let session = world.nobody().post("/auth/login", json!({"email": email, "password": PASSWORD})).expect(200);
        let token = format!("Bearer {}", session.json["access_token"].as_str().unwrap());
        let ana = world.nobody().with("authorization", &token);
        let begun = ana.post("/me/second-factor", json!({"password": PASSWORD})).expect(201);
        let code = app_code(world, &begun.json["secret"]);
        ana.post("/me/second-factor/confirmation", json!({"code": code})).expect(204);
        told("second_factor_changed", SECOND_FACTOR, "/me/sessions");
        let day = world.clock.now().plus(chrono::TimeDelta::days(30)).utc().date_naive();
        ana.post("/me/tokens", json!({"name": "Exportación", "scopes": ["read"], "expires_on": day})).expect(201);
        told("token_made", TOKEN, "/me/tokens");
        admin.patch(&format!("/users/{id}"), json!({"email": format!("nueva-{email}")})).expect(200);
        told("address_changed", ADDRESS_CHANGED, "/sign-in");
    }
}
