//! `If-Match` and `If-None-Match` (RFC 9110, section 13.1), compared with the present state of a resource.

use actix_web::HttpRequest;
use actix_web::http::header::{EntityTag, Header, IfMatch, IfNoneMatch};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::{Code, Error, Result};

/// The conditions that the caller sent with a request.
#[derive(Debug, Clone, Default)]
pub struct Preconditions {
    if_match: Option<IfMatch>,
    if_none_match: Option<IfNoneMatch>,
}

impl Preconditions {
    /// Reads both headers; 400 `invalid_header` when one is present and holds no entity tag.
    pub fn of_request(request: &HttpRequest) -> Result<Self> {
        let no_match = |header: &IfMatch| matches!(header, IfMatch::Items(tags) if tags.is_empty());
        let none_match = |header: &IfNoneMatch| matches!(header, IfNoneMatch::Items(tags) if tags.is_empty());
        Ok(Self {
            if_match: read(request, "If-Match", no_match)?,
            if_none_match: read(request, "If-None-Match", none_match)?,
        })
    }

    /// Returns true if the caller already has this state (`If-None-Match` of a `GET` or `HEAD`; weak comparison).
    pub fn knows(&self, etag: &EntityTag) -> bool {
        match &self.if_none_match {
            None => false,
            Some(IfNoneMatch::Any) => true,
            Some(IfNoneMatch::Items(tags)) => tags.iter().any(|tag| tag.weak_eq(etag)),
        }
    }

    /// Compares the conditions of a write with the present state; 412 when one does not hold.
    ///
    /// A state that is written as `null` does not exist yet.
    pub fn check<T: Serialize>(&self, current: &T) -> Result<()> {
        if self.if_match.is_none() && self.if_none_match.is_none() {
            return Ok(());
        }
        let body = serde_json::to_string(current).map_err(Error::internal)?;
        let etag = (body != "null").then(|| etag_of(&body));
        let matches = match (&self.if_match, &etag) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(IfMatch::Any), Some(_)) => true,
            (Some(IfMatch::Items(tags)), Some(etag)) => tags.iter().any(|tag| tag.strong_eq(etag)),
        };
        if matches && !etag.is_some_and(|etag| self.knows(&etag)) {
            Ok(())
        } else {
            Err(Code::PreconditionFailed.into())
        }
    }

    /// Does the same for a write to something that exists and has no tag, such as a collection: no tag in `If-Match`
    /// can match it.
    pub fn check_untagged(&self) -> Result<()> {
        let tags_wanted = matches!(self.if_match, Some(IfMatch::Items(_)));
        let must_not_exist = matches!(self.if_none_match, Some(IfNoneMatch::Any));
        if tags_wanted || must_not_exist { Err(Code::PreconditionFailed.into()) } else { Ok(()) }
    }
}

/// Returns the strong entity tag of a body.
pub fn etag_of(body: impl AsRef<[u8]>) -> EntityTag {
    let digest = Sha256::digest(body.as_ref());
    EntityTag::new_strong(crate::text::hex(digest.iter().take(12)))
}

/// Returns a header as it was sent; None when it was not sent.
fn read<H: Header>(request: &HttpRequest, name: &'static str, is_empty: impl Fn(&H) -> bool) -> Result<Option<H>> {
    if !request.headers().contains_key(H::name()) {
        return Ok(None);
    }
    match H::parse(request) {
        Ok(header) if !is_empty(&header) => Ok(Some(header)),
        _ => Err(Error::bad_header(name)),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn sent(headers: &[(&'static str, &str)]) -> Result<Preconditions> {
        let request = headers.iter().fold(TestRequest::default(), |request, one| request.append_header(*one));
        Preconditions::of_request(&request.to_http_request())
    }

    #[test]
    fn if_match_compares_strongly() {
        let tag = etag_of("7").to_string();
        let weak = format!("W/{tag}");
        let holds = |value: &str| sent(&[("if-match", value)]).unwrap().check(&7).is_ok();
        assert!(holds(&tag) && holds("*") && holds(&format!("\"other\", {tag}")));
        assert!(!holds(&weak) && !holds("\"other\""));
    }

    #[test]
    fn if_none_match_compares_weakly() {
        let tag = etag_of("7").to_string();
        let holds = |value: &str| sent(&[("if-none-match", value)]).unwrap().check(&7).is_ok();
        assert!(holds("\"other\""));
        assert!(!holds(&tag) && !holds(&format!("W/{tag}")) && !holds("*"));
    }

    #[test]
    fn a_state_that_does_not_exist_matches_nothing() {
        assert!(sent(&[("if-match", "*")]).unwrap().check(&None::<i32>).is_err());
        assert!(sent(&[("if-none-match", "*")]).unwrap().check(&None::<i32>).is_ok());
    }

    #[test]
    fn a_header_without_a_tag_is_malformed() {
        for value in ["", "abc", "\"abc", "w/\"abc\"", ","] {
            assert_eq!(sent(&[("if-match", value)]).unwrap_err().code, Code::BadHeader, "{value}");
            assert_eq!(sent(&[("if-none-match", value)]).unwrap_err().code, Code::BadHeader, "{value}");
        }
    }

    #[test]
    fn what_has_no_tag_matches_none() {
        let holds = |name, value| sent(&[(name, value)]).unwrap().check_untagged().is_ok();
        assert!(holds("if-match", "*") && holds("if-none-match", "\"abc\""));
        assert!(!holds("if-match", "\"abc\"") && !holds("if-none-match", "*"));
    }
}
