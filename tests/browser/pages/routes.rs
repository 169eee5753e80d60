//! Every page of the program is among those that are opened, or is an exception with its reason.

use std::collections::BTreeSet;

use super::records::Records;

#[path = "../../it/access_matrix/pages/routes/served.rs"]
mod served;

/// Addresses that are no pages.
const NO_PAGES: &[(&str, &str)] = &[
    ("/assets/{name}", "stylesheet, script and pictures"),
    ("/favicon.ico", "a picture"),
    ("/robots.txt", "a text for programs"),
    ("/files/{id}", "a file"),
    ("/me/language", "leads to /me"),
    ("/commitments.csv", "a table"),
    ("/commitments.xlsx", "a table"),
    ("/registry.csv", "a table"),
    ("/registry.xlsx", "a table"),
    ("/follow-up-matrix.xlsx", "a table"),
    ("/imports/template", "a table"),
    ("/compliance/document", "a document"),
    ("/commissions/{id}/members/document", "a document"),
    ("/commissions/{id}/attendance/document", "a document"),
    ("/meetings/{id}/calendar.ics", "an entry of a calendar"),
    ("/meetings/{id}/attendance/document", "a document"),
    ("/meetings/{id}/convocation/document", "a document"),
    ("/meetings/{id}/follow-up/document", "a document"),
    ("/meetings/{id}/minutes/document", "a document"),
    ("/meetings/{id}/minutes/template", "a text"),
    ("/reports/{id}/document", "a document"),
    ("/reports/{id}/answers/document", "a document"),
    ("/reports/{id}/comparison/document", "a document"),
    ("/duties/{id}/matrix/document", "a document"),
    ("/indicators/{id}/document", "a document"),
    ("/public/reports/{id}/document", "a document"),
];

/// Returns the number of fixed segments of a route that an address has; None when it is another address.
fn fit(route: &str, address: &str) -> Option<usize> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let (own, asked): (Vec<_>, Vec<_>) = (route.split('/').collect(), address.split('/').collect());
    let is_same = own.len() == asked.len() && own.iter().zip(&asked).all(|(own, at)| own.starts_with('{') || own == at);
    is_same.then(|| own.iter().filter(|part| !part.starts_with('{')).count())
}

#[test]
fn every_page_of_the_program_is_opened() {
    let served = served::served();
    let routes: BTreeSet<&str> = served.iter().filter_map(|route| route.strip_prefix("GET ")).collect();
    let records = Records::example();
    let addresses = records.open_pages().into_iter().chain(records.pages().into_iter().map(|(_, path)| path));
    let route_of = |address: String| routes.iter().copied().max_by_key(|route| fit(route, &address));
    let opened: BTreeSet<&str> = addresses.filter_map(route_of).collect();
    let excepted: BTreeSet<&str> = NO_PAGES.iter().map(|(route, _)| *route).collect();
    let missing: Vec<_> =
        routes.iter().filter(|route| !opened.contains(*route) && !excepted.contains(*route)).collect();
    let stale: Vec<_> = excepted.iter().filter(|route| opened.contains(*route) || !routes.contains(*route)).collect();
    assert!(missing.is_empty() && stale.is_empty(), "not opened: {missing:#?}\nno exception is needed: {stale:#?}");
}
