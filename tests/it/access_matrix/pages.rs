//! Permissions of each role for each page, on own, shared, foreign and restricted records.
//!
//! A page has the marks of the call of the API that does the same (`2` for `C`). It is opened, and its form is sent
//! without any content. `2`: an answer of 200, 204, 409 or 422, or one that leads to another page; `U`: one that leads to
//! the sign-in page. A page that refuses says who may. The walk also checks each page that opens: it is well formed, its
//! links answer, and its forms have addresses that the reader may send them to.

mod routes;

use std::collections::{BTreeMap, BTreeSet};

use routes::{PageRow, pattern, rows, served};

use super::fixture::{Case, Fixture, Target};
use super::table::{self, bounded_marks};
use super::{ROLES, bodies, names_a_role};
use crate::on_both;
use crate::pages::well_formed;
use crate::support::{Browser, Page, Person, World};

#[test]
fn every_page_is_in_the_table() {
    let listed: BTreeSet<String> = rows().iter().map(|row| row.route.to_owned()).collect();
    let served = served();
    let missing: Vec<_> = served.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&served).collect();
    assert!(missing.is_empty() && stale.is_empty(), "not in the table: {missing:#?}\nno such page: {stale:#?}");
}

/// Returns the mark of an answer; `!` is wrong for every cell.
fn mark(page: &Page) -> char {
    match (page.status, page.header("location")) {
        (303, Some(next)) if next.starts_with("/sign-in") => 'U',
        (200 | 204 | 303 | 409 | 422, _) => '2',
        (403, _) => 'F',
        (404, _) => 'N',
        _ => '!',
    }
}

/// A person of a role with a browser.
struct Reader<'w> {
    person: Person<'w>,
    browser: Browser<'w>,
    role: &'static str,
}

/// Returns the mark of each reader: those of the table's columns, then of the people with bounded grants.
fn expected(row: &PageRow, cell: &str) -> String {
    let cell = cell.replace('C', "2");
    format!("{cell}{}", bounded_marks(row.like, &cell))
}

fn browser_of<'w>(world: &'w World, person: &Person<'w>) -> Browser<'w> {
    if person.id.is_some() { Browser::of(world, person) } else { Browser::new(world) }
}

/// The faults of the pages of a walk. A fault of one page is kept once, with the first reader who sees it.
struct Walk<'w> {
    world: &'w World,
    fixture: &'w Fixture<'w>,
    readers: Vec<Reader<'w>>,
    /// The kinds of links that were followed, by reader and case.
    followed: BTreeSet<(usize, usize, String)>,
    rows: Vec<PageRow>,
    cells: Vec<String>,
    faults: BTreeMap<String, String>,
}

impl<'w> Walk<'w> {
    fn new(world: &'w World, fixture: &'w Fixture<'w>) -> Self {
        let (people, bounded) = (fixture.people(), fixture.bounded());
        let roles = ROLES.into_iter().chain(["bounded here", "bounded elsewhere"]);
        let reader = |(person, role): (Person<'w>, _)| Reader { browser: browser_of(world, &person), person, role };
        let readers = people.into_iter().chain(bounded).zip(roles).map(reader).collect();
        let (followed, faults) = (BTreeSet::new(), BTreeMap::new());
        Self { world, fixture, readers, followed, rows: rows(), cells: Vec::new(), faults }
    }

    fn fault(&mut self, route: &str, fault: &str, seen_by: String) {
        self.faults.entry(format!("{route}: {fault}")).or_insert(seen_by);
    }

    /// Opens a page, or sends its form, as each reader, on another record after each act that was done.
    fn cell(&mut self, row: &PageRow, case: Case, cell: &str) {
        let wanted = expected(row, cell);
        let (mut found, mut untouched, mut otherwise) = (String::new(), None, Vec::new());
        for n in 0..self.readers.len() {
            let target = untouched.take().unwrap_or_else(|| self.fixture.take(row.on, case));
            let page = self.ask(row, n, &target);
            let own = mark(&page);
            found.push(own);
            if wanted.chars().nth(n) != Some(own) {
                let text: String = page.words().chars().take(300).collect();
                let next = page.header("location").unwrap_or_default();
                otherwise.push(format!("\n    {}: {} {next} {text}", self.readers[n].role, page.status));
            }
            if own == 'F' && !page.texts("main .prose > p:first-child").iter().any(|sentence| names_a_role(sentence)) {
                let seen_by = format!("{} {case:?}: {}", self.readers[n].role, page.words());
                self.fault(row.route, "the refusal does not say who may", seen_by);
            }
            if [200, 409, 422].contains(&page.status) {
                self.look(row, (n, case), &page);
            }
            let is_done = row.method() == "POST" && [204, 303].contains(&page.status);
            untouched = (!is_done || own != '2').then_some(target);
        }
        if let Some(target) = untouched {
            self.fixture.give_back(row.on, case, target);
        }
        if found != wanted {
            self.cells.push(format!(
                "{} on {} {case:?}: {found}, not {wanted}{}",
                row.route,
                row.on,
                otherwise.concat()
            ));
        }
    }

    fn ask(&self, row: &PageRow, n: usize, target: &Target) -> Page {
        let (reader, path) = (&self.readers[n], self.path(row, target));
        if row.method() == "GET" {
            return reader.browser.get(&path);
        }
        let unknown = format!("x{}@example.org", self.fixture.number());
        let fields = routes::fields(row.path(), &unknown);
        // Signing out must not end the session of the other pages.
        let other = (path == "/sign-out").then(|| browser_of(self.world, &reader.person));
        other.as_ref().unwrap_or(&reader.browser).post(&path, &fields)
    }

    fn path(&self, row: &PageRow, target: &Target) -> String {
        if row.path() == "/assets/{name}" {
            let page = self.readers[6].browser.open("/sign-in");
            return page.attributes("link[rel=stylesheet]", "href").remove(0);
        }
        match row.path() {
            "/help/{role}" => return "/help/secretariat".to_owned(),
            "/help/guides/{name}" => return "/help/guides/sessions".to_owned(),
            _ => {}
        }
        let query = if row.method() == "GET" { bodies::query(row.like, target) } else { String::new() };
        target.fill(row.path()) + &query
    }

    /// Checks the page that a reader sees.
    fn look(&mut self, row: &PageRow, (n, case): (usize, Case), page: &Page) {
        if !page.header("content-type").is_some_and(|media| media.starts_with("text/html")) {
            return;
        }
        let seen_by = format!("{} {case:?}", self.readers[n].role);
        for fault in well_formed::faults(page) {
            let fault = fault.split_once(": ").map_or(fault.as_str(), |(_, fault)| fault).to_owned();
            self.fault(row.route, &fault, seen_by.clone());
        }
        for action in page.attributes("form[method=post]", "action") {
            self.check_form(row, (n, case), &action);
        }
        for action in page.attributes("form[method=get]", "action") {
            if !self.rows.iter().any(|other| other.method() == "GET" && other.fits(&action)) {
                self.fault(row.route, &format!("a form asks {action}, which is no page"), seen_by.clone());
            }
        }
        let mut links = page.attributes("a[href]", "href");
        links.retain(|link| link.starts_with('/') && !link.starts_with("//"));
        for link in links {
            self.follow(row, (n, case), &link);
        }
    }

    /// A form posts to a page that takes it from its reader.
    fn check_form(&mut self, row: &PageRow, (n, case): (usize, Case), action: &str) {
        let seen_by = format!("{} {case:?}", self.readers[n].role);
        let at = Case::ALL.iter().position(|other| *other == case).unwrap();
        let takers: Vec<&PageRow> =
            self.rows.iter().filter(|other| other.method() == "POST" && other.fits(action)).collect();
        if takers.is_empty() {
            self.fault(row.route, &format!("a form posts to {}, which takes none", pattern(action)), seen_by);
            return;
        }
        let refuses = |other: &&&PageRow| {
            other.on == row.on && other.cells[at] != "-" && {
                let marks = expected(other, other.cells[at]);
                marks.chars().nth(n).is_some_and(|mark| "FN".contains(mark))
            }
        };
        if takers.iter().any(|other| refuses(&other)) {
            self.fault(
                row.route,
                &format!("shows the form to {}, which the reader may not send", pattern(action)),
                seen_by,
            );
        }
    }

    fn follow(&mut self, row: &PageRow, (n, case): (usize, Case), link: &str) {
        let at = Case::ALL.iter().position(|other| *other == case).unwrap();
        let link = link.split('#').next().unwrap_or_default();
        if link.starts_with("/sign-out") || !self.followed.insert((n, at, pattern(link))) {
            return;
        }
        let answer = self.readers[n].browser.get(link);
        let leads_away = answer.header("location").is_some_and(|next| next.starts_with("/sign-in"));
        let is_lost = leads_away && self.readers[n].role != "nobody";
        if answer.status >= 400 || is_lost {
            let seen_by = format!("{} {case:?}: {link}", self.readers[n].role);
            self.fault(row.route, &format!("its link to {} answers {}", pattern(link), answer.status), seen_by);
        }
    }
}

/// Walks the pages whose first noun is wanted, and fails with all that is wrong.
fn check(world: &World, wanted: impl Fn(&str) -> bool) {
    let fixture = Fixture::new(world);
    let mut walk = Walk::new(world, &fixture);
    let served = served();
    for row in rows().into_iter().filter(|row| wanted(row.noun()) && served.contains(row.route)) {
        for (case, cell) in Case::ALL.into_iter().zip(row.cells).filter(|(_, cell)| *cell != "-") {
            walk.cell(&row, case, cell);
        }
    }
    let faults: Vec<String> = walk.faults.iter().map(|(fault, seen_by)| format!("{fault} ({seen_by})")).collect();
    assert!(
        walk.cells.is_empty() && faults.is_empty(),
        "{} cells differ from the table:\n{}\n{} faults of pages:\n{}",
        walk.cells.len(),
        walk.cells.join("\n"),
        faults.len(),
        faults.join("\n")
    );
}

const COMMITMENTS: [&str; 4] = ["commitments", "reviews", "extensions", "agreements"];

on_both! {
    fn each_role_on_the_pages_of_sessions(world) {
        check(world, |noun| noun == "meetings");
    }
}

on_both! {
    fn each_role_on_the_pages_of_commitments_and_agreements(world) {
        check(world, |noun| COMMITMENTS.contains(&noun));
    }
}

on_both! {
    fn each_role_on_the_pages_of_reports(world) {
        check(world, |noun| noun == "reports");
    }
}

on_both! {
    fn each_role_on_all_other_pages(world) {
        check(world, |noun| !["meetings", "reports"].contains(&noun) && !COMMITMENTS.contains(&noun));
    }
}

/// Calls that change something and have no page with the same permissions, each with the reason.
const WITHOUT_A_PAGE: &[(&str, &str)] = &[
    ("POST /api/v1/auth/login", "/sign-in"),
    ("POST /api/v1/auth/logout", "/sign-out"),
    ("POST /api/v1/auth/refresh", "a cookie needs no token to renew it"),
    ("POST /api/v1/auth/sign-in-link", "/sign-in?token="),
    ("POST /api/v1/auth/password-reset", "/password"),
    ("POST /api/v1/auth/password-reset/confirm", "/password?token="),
    ("DELETE /api/v1/me/calendar-token", "/me/calendar"),
    ("DELETE /api/v1/me/sessions/{id}", "/me/sessions"),
    ("DELETE /api/v1/me/second-factor", "/me/second-factor"),
    ("POST /api/v1/me/second-factor/confirmation", "/me/second-factor"),
    ("DELETE /api/v1/me/tokens/{id}", "/me/tokens"),
    ("DELETE /api/v1/files/{id}", "files that no record names are deleted after 30 days"),
    ("PUT /api/v1/templates/{template}/wording", "the command `articula wording` loads the form's own words"),
    ("POST /api/v1/users", "/people/new, which everybody who writes may open"),
    ("POST /api/v1/countries", "/countries/new"),
    ("PATCH /api/v1/countries/{code}", "/countries/{code}/edit"),
    (
        "DELETE /api/v1/countries/{code}",
        "no page: a country that was entered by mistake is renamed or deleted over the API",
    ),
    ("PUT /api/v1/countries/{code}/calendar", "/countries/{code}/calendar"),
    ("POST /api/v1/countries/{code}/calendar/holidays", "/countries/{code}/calendar/holidays"),
    ("POST /api/v1/institutions", "/institutions/new, which everybody who writes may open"),
    ("POST /api/v1/commissions", "/commissions/new, which every coordinator may open"),
    ("POST /api/v1/commissions/{id}/delegates", "/commissions/{id}/delegates/new"),
    ("POST /api/v1/activities", "/activities/new, which everybody who may enter one may open"),
    ("POST /api/v1/activities/validation", "/activities, with several at once"),
    ("POST /api/v1/imports", "/imports/new"),
    ("POST /api/v1/agreements", "/agreements/new, which everybody who writes may open"),
    ("POST /api/v1/commitments", "/commitments/new, which everybody who writes may open"),
    ("POST /api/v1/meetings", "/meetings/new, which everybody who writes may open"),
    ("POST /api/v1/observations", "/observations/new, which everybody who writes may open"),
    ("POST /api/v1/duties", "/duties/new, which everybody who writes may open"),
    (
        "POST /api/v1/duties/{id}/reports/{institution_id}/{period}/review",
        "/duties/{id}/reports/{institution_id}/{period}, with the outcome",
    ),
    (
        "POST /api/v1/duties/{id}/reports/{institution_id}/{period}/waiver",
        "/duties/{id}/reports/{institution_id}/{period}, with the reason",
    ),
    (
        "DELETE /api/v1/duties/{id}/reports/{institution_id}/{period}/waiver",
        "/duties/{id}/reports/{institution_id}/{period}, while there is a waiver",
    ),
    ("POST /api/v1/plans", "/plans/new, which every coordinator may open"),
    ("POST /api/v1/reports", "/reports/new, which every coordinator may open"),
    ("POST /api/v1/indicators", "/indicators/new, which every coordinator may open"),
    ("POST /api/v1/extensions/{id}/withdrawal", "/commitments/{id}/assignments/{aid}/extension"),
    ("DELETE /api/v1/updates/{id}/review", "/reviews/{id}"),
];

#[test]
fn everything_that_the_api_changes_can_be_changed_on_a_page() {
    let likes: BTreeSet<&str> = rows().iter().map(|row| row.like).collect();
    let excepted: BTreeSet<&str> = WITHOUT_A_PAGE.iter().map(|(call, _)| *call).collect();
    let changes: Vec<&str> =
        table::rows().iter().map(|row| row.call).filter(|call| !call.starts_with("GET ")).collect();
    let missing: Vec<_> = changes.iter().filter(|call| !likes.contains(*call) && !excepted.contains(*call)).collect();
    let stale: Vec<_> = excepted.iter().filter(|call| likes.contains(*call) || !changes.contains(*call)).collect();
    assert!(missing.is_empty() && stale.is_empty(), "no page: {missing:#?}\nno exception is needed: {stale:#?}");
}
