//! The cookie of a browser that is signed in.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};

/// The name of the cookie over TLS; the prefix makes browsers refuse it without `Secure` and with another path.
const SECURE: &str = "__Host-articula";

/// The name of the cookie of an installation without TLS.
const PLAIN: &str = "articula";

fn is_secure(public_url: &str) -> bool {
    public_url.starts_with("https://")
}

fn name(public_url: &str) -> &'static str {
    if is_secure(public_url) { SECURE } else { PLAIN }
}

/// Returns the token of a browser's session, as it was sent.
pub fn session_token(request: &HttpRequest, public_url: &str) -> Option<String> {
    let cookie = request.cookie(name(public_url))?;
    let value = cookie.value();
    (!value.is_empty() && value.len() <= 100).then(|| value.to_owned())
}

/// Makes the cookie with the token of a new session. The server ends the session; the cookie lasts as long as the
/// browser is open.
pub fn session_cookie(public_url: &str, token: String) -> Cookie<'static> {
    base(public_url, token)
}

/// Makes the cookie that removes the other.
pub fn removal_cookie(public_url: &str) -> Cookie<'static> {
    let mut cookie = base(public_url, String::new());
    cookie.make_removal();
    cookie
}

fn base(public_url: &str, value: String) -> Cookie<'static> {
    Cookie::build(name(public_url), value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_secure(public_url))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_secure_over_tls() {
        let cookie = session_cookie("https://articula.example", "t".to_owned()).to_string();
        for part in ["__Host-articula=t", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let cookie = session_cookie("http://127.0.0.1:8080", "t".to_owned()).to_string();
        assert!(cookie.starts_with("articula=t") && !cookie.contains("Secure"), "{cookie}");
    }
}
