//! The page of an error: what happened, what to do, the number of the request.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use maud::html;

use super::layout::{Frame, View, send};
use super::parts::contact;
use crate::error::{Code, Error};
use crate::http::describe;
use crate::i18n::text;

/// Makes the page of an error.
pub(crate) fn error_page(frame: &Frame, error: &Error, request_id: &str) -> HttpResponse {
    let key = error.code.as_str().replace('_', "-");
    let faults: Vec<String> = error.faults.iter().take(20).map(|fault| describe(fault, frame.lang).detail).collect();
    let body = html! {
        div class="prose" {
            p { (text(frame.lang, &format!("detail-{key}"), &error.args)) }
            @if !faults.is_empty() { ul { @for fault in &faults { li { (fault) } } } }
            @if error.code == Code::NotFound && frame.name.is_some() { p { (frame.t("web-not-found-next")) } }
            p { a href="/" { (frame.t("web-to-start")) } }
            (contact(frame))
            p class="small" { (frame.t_with("web-request-number", &[("id", request_id.into())])) }
        }
    };
    let mut view = View::new(frame.t(&format!("title-{key}")), body);
    view.status = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = send(frame, &view);
    let seconds = error.retry_after.and_then(|seconds| header::HeaderValue::from_str(&seconds.to_string()).ok());
    if let Some(seconds) = seconds {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    let methods = error.args.iter().find(|(name, _)| *name == "allow");
    if let Some(methods) = methods.and_then(|(_, methods)| header::HeaderValue::from_str(methods).ok()) {
        response.headers_mut().insert(header::ALLOW, methods);
    }
    response
}

#[cfg(test)]
mod tests {
    use actix_web::body::MessageBody;

    use super::*;
    use crate::error::Faults;
    use crate::i18n::Lang;

    /// Returns the status and the text of the page of an error.
    fn page(lang: Lang, error: &Error) -> (u16, String) {
        let response = error_page(&Frame::signed_out(lang, "/x"), error, "01a2");
        let status = response.status().as_u16();
        let bytes = response.into_body().try_into_bytes().unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[test]
    fn a_conflict_has_a_page_with_the_way_out_in_both_languages() {
        for (lang, way_out) in [(Lang::Es, "Ir al inicio"), (Lang::En, "Go to the start page")] {
            let (status, page) = page(lang, &Code::MeetingCancelled.into());
            assert_eq!(status, 409);
            let sentence = text(lang, "detail-meeting-cancelled", &[]);
            for part in [sentence.as_str(), way_out, "01a2", "<h1>"] {
                assert!(page.contains(part), "{part} in {page}");
            }
        }
    }

    #[test]
    fn what_was_refused_has_a_page_with_each_fault() {
        let mut faults = Faults::default();
        faults.add("/name", "required");
        faults.add("/due", "invalid_date");
        let error = faults.into_result().unwrap_err();
        let (status, page) = page(Lang::Es, &error);
        assert_eq!((status, page.matches("<li>").count() >= 2), (422, true), "{page}");
        assert!(
            page.contains(&error.faults.iter().map(|one| describe(one, Lang::Es).detail).next().unwrap()),
            "{page}"
        );
    }

    #[test]
    fn a_failure_has_a_page_that_hides_its_cause() {
        let (status, page) = page(Lang::Es, &Error::internal("the disk is gone"));
        assert_eq!(status, 500);
        assert!(page.contains("01a2") && !page.contains("disk"), "{page}");
    }
}
