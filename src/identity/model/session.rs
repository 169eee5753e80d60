//! Sessions: one for each sign-in.

use chrono::TimeDelta;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::db::SessionId;

crate::text_enum! {
    /// The way in which a session is used.
    SessionKind {
        /// A program that sends access tokens.
        Api = "api",
        /// A browser that shows the pages.
        Web = "web",
    }
}

/// The maximum time from the sign-in to the end of a session.
pub const LONGEST_SESSION: TimeDelta = TimeDelta::days(90);
/// The time after which a session that is not refreshed ends.
pub const LONGEST_IDLE: TimeDelta = TimeDelta::days(30);

/// Returns the end of a session that is used at `now`.
pub fn session_end(created_at: Instant, now: Instant) -> Instant {
    created_at.plus(LONGEST_SESSION).min(now.plus(LONGEST_IDLE))
}

/// A session of the caller that has not ended.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Session {
    /// The session's id.
    pub id: SessionId,
    /// The way in which it is used: `api` for programs, `web` for a browser.
    #[schema(examples("api"))]
    pub kind: SessionKind,
    /// The moment of the sign-in.
    pub created_at: Instant,
    /// The last use, accurate to about five minutes.
    pub last_seen_at: Instant,
    /// The program that signed in, as it named itself (`User-Agent`).
    #[schema(examples("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"))]
    pub client: Option<String>,
    /// True for the session that this request belongs to.
    #[schema(examples(true))]
    pub current: bool,
}

/// Returns the name of a client as it is kept: at most 200 characters, on one line.
pub fn client_name(user_agent: Option<&str>) -> Option<String> {
    let name: String = user_agent?.chars().filter(|c| !c.is_control()).take(200).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

crate::nothing_restricted!(Session);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_thirty_days_without_use_and_after_ninety_days_in_any_case() {
        let created = Instant::parse("2023-09-01T12:00:00Z").unwrap();
        let end = |used: &str| session_end(created, Instant::parse(used).unwrap()).to_string();
        assert_eq!(end("2023-09-01T12:00:00Z"), "2023-10-01T12:00:00Z");
        assert_eq!(end("2023-11-20T12:00:00Z"), "2023-11-30T12:00:00Z");
    }

    #[test]
    fn the_name_of_a_client_is_one_short_line() {
        assert_eq!(client_name(Some(" curl/8\u{1b}[1m\u{7} ")).as_deref(), Some("curl/8[1m"));
        assert_eq!(client_name(Some("  ")), None);
        assert_eq!(client_name(Some(&"x".repeat(900))).unwrap().len(), 200);
    }
}
