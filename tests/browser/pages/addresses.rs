//! The addresses of the pages, with the person who opens each.

use super::records::Records;
use super::{ADMIN, COORDINATOR, HOME, LISTS, OBSERVER, OFFICE, OPEN_PAGES};

impl Records {
    /// Returns the pages that need no session.
    pub(super) fn open_pages(&self) -> Vec<String> {
        let of_records = [
            format!("/public/commissions/{}", self.commission),
            format!("/public/meetings/{}", self.public_session),
            format!("/public/reports/{}", self.approved_report),
        ];
        let pages = OPEN_PAGES.iter().copied().chain(["/public"]).map(str::to_owned);
        pages.chain(of_records).collect()
    }

    /// Returns the pages with the person who opens each.
    pub(super) fn pages(&self) -> Vec<(&'static str, String)> {
        let mut pages: Vec<(&'static str, String)> = LISTS.iter().map(|path| (OFFICE, (*path).to_owned())).collect();
        let mut add = |person: &'static str, above: String, below: &[&str]| {
            pages.extend(below.iter().map(|page| (person, format!("{above}{page}"))));
        };
        let ((commitment, part), (completed, done)) = (&self.commitment, &self.completed);
        let [waiting, accepted] = &self.updates;
        add(OFFICE, format!("/commitments/{commitment}"), &["", "?history=all", "/edit", "/assignments/new"]);
        let below = ["/report", "/extension", "/edit", "/cancellation", "/removal"];
        add(OFFICE, format!("/commitments/{commitment}/assignments/{part}"), &below);
        add(OFFICE, format!("/commitments/{completed}/assignments/{done}"), &["/reopening"]);
        add(OFFICE, format!("/commitments/{completed}"), &[""]);
        add(OFFICE, format!("/commitments/{}", self.draft), &["", "/publication", "/removal"]);
        add(OFFICE, format!("/reviews/{waiting}"), &[""]);
        add(OFFICE, format!("/reviews/{accepted}"), &[""]);
        add(OFFICE, format!("/extensions/{}", self.extension.0), &[""]);
        let tabs = ["", "/edit", "/agenda", "/attendance", "/agreements", "/minutes", "/follow-up", "/documents"];
        add(OFFICE, format!("/meetings/{}", self.meeting), &tabs);
        let acts = ["/convocation", "/cancellation", "/publication", "/removal"];
        add(OFFICE, format!("/meetings/{}", self.meeting), &acts);
        add(OFFICE, format!("/meetings/{}/agenda/proposals/{}/decision", self.meeting, self.proposal), &[""]);
        add(OFFICE, format!("/meetings/{}/documents/{}", self.meeting, self.document), &["/edit", "/removal"]);
        let acts = ["", "/minutes", "/minutes/circulation", "/minutes/comments", "/minutes/approval"];
        add(OFFICE, format!("/meetings/{}", self.circulated), &acts);
        let acts = ["", "/agenda", "/attendance", "/agreements", "/minutes", "/minutes/rectification"];
        add(OFFICE, format!("/meetings/{}", self.approved), &acts);
        add(OFFICE, format!("/meetings/{}/commissions/{}/withdrawal", self.joint, self.commission), &[""]);
        add(OFFICE, format!("/meetings/{}", self.joint), &["", "/attendance"]);
        add(OFFICE, format!("/imports/{}", self.import), &["", "/undo"]);
        add(OFFICE, format!("/activities/{}", self.activity), &["", "/edit", "/removal", "/return"]);
        add(OFFICE, format!("/agreements/{}", self.agreement), &["", "/edit", "/removal"]);
        let below = ["", "/members", "/delegates", "/states", "/reminders"];
        add(OFFICE, format!("/commissions/{}", self.commission), &below);
        add(OFFICE, format!("/institutions/{}", self.institution), &[""]);
        let [membership, delegate, state] = &self.parts;
        let below = ["/members/new", "/delegates/new", "/reminders/edit"];
        add(OFFICE, format!("/commissions/{}", self.commission), &below);
        add(OFFICE, format!("/commissions/{}/members/{membership}", self.commission), &["/edit", "/removal"]);
        add(OFFICE, format!("/commissions/{}/delegates/{delegate}", self.commission), &["/edit", "/removal"]);
        add(OFFICE, format!("/institutions/{}", self.institution), &["/edit", "/removal", "/handover"]);
        add(OFFICE, String::new(), &["/institutions/new", "/people", "/people?email=nobody", "/people/new"]);
        let (person, grant) = &self.person;
        add(OFFICE, format!("/people/{person}"), &["", "/grants/new", "/invitation"]);
        add(OFFICE, format!("/people/{person}/grants/{grant}"), &["/removal"]);
        add(HOME, format!("/commissions/{}", self.commission), &["/delegates", "/delegates/new"]);
        add(HOME, String::new(), &["/", "/commitments", "/meetings", "/calendar", "/no/such/page"]);
        add(HOME, format!("/commitments/{commitment}"), &[""]);
        add(HOME, format!("/commitments/{commitment}/assignments/{part}"), &["/report", "/extension"]);
        add(HOME, format!("/meetings/{}", self.meeting), &["", "/agenda", "/agenda/proposals/new", "/agreements"]);
        add(HOME, format!("/meetings/{}/replies/{}", self.meeting, self.institution), &[""]);
        add(HOME, format!("/meetings/{}", self.circulated), &["/minutes", "/minutes/comments", "/attendance"]);
        add(HOME, format!("/extensions/{}", self.extension.0), &[""]);
        add(HOME, format!("/agreements/{}", self.agreement), &[""]);
        let acts = ["", "/edit", "/drafting", "/confirmation", "/removal", "/compare", "/approval"];
        add(COORDINATOR, format!("/reports/{}", self.report), &acts);
        let acts = ["", "/assignee", "/comments", "/draft"];
        add(COORDINATOR, format!("/reports/{}/questions/highlights", self.report), &acts);
        let questions = ["overall_rating", "evaluation_tools", "stakeholder_involvement", "national_partner_detail"];
        add(COORDINATOR, format!("/reports/{}/questions/", self.report), &questions);
        add(COORDINATOR, String::new(), &["/reports", "/reports/new", "/overview", "/plans", "/plans/new"]);
        add(COORDINATOR, format!("/plans/{}", self.plan), &["", "/edit", "/removal", "/items/new"]);
        let item = format!("/plans/{}/items/{}", self.plan, self.plan_item);
        add(COORDINATOR, item, &["/edit", "/removal"]);
        add(COORDINATOR, format!("/indicators/{}", self.indicator), &["", "/edit", "/removal", "/values/new"]);
        add(COORDINATOR, String::new(), &["/indicators/new"]);
        add(OFFICE, "/duties".to_owned(), &["", "/new"]);
        add(OFFICE, format!("/duties/{}", self.duty), &["", "/edit", "/removal", "/matrix/import"]);
        let periods = format!("/duties/{}/reports/{}", self.duty, self.institution);
        add(OFFICE, periods.clone(), &["/2023", "/2024"]);
        add(HOME, periods, &["/2023", "/2024"]);
        add(COORDINATOR, format!("/reports/{}", self.approved_report), &["", "/versions"]);
        add(COORDINATOR, String::new(), &["/observations", "/observations/new"]);
        add(COORDINATOR, format!("/observations/{}", self.observation), &["/edit", "/removal"]);
        add(COORDINATOR, String::new(), &["/", "/commissions", "/institutions", "/meetings/new", "/calendar"]);
        add(OBSERVER, String::new(), &["/", "/meetings", "/commitments", "/agreements"]);
        let below = ["/edit", "/removal", "/states/new"];
        add(COORDINATOR, format!("/commissions/{}", self.commission), &below);
        add(COORDINATOR, format!("/commissions/{}/states/{state}", self.commission), &["/edit", "/removal"]);
        add(COORDINATOR, String::new(), &["/commissions/new"]);
        let below = ["", "/edit", "/grants/new", "/sessions", "/unlocking", "/second-factor", "/disabling"];
        add(ADMIN, format!("/people/{person}"), &below);
        add(ADMIN, String::new(), &["/", "/ui", "/people"]);
        let administration = ["/deliveries", "/deliveries?address=representative@demo.example", "/deliveries/preview"];
        add(ADMIN, String::new(), &administration);
        add(ADMIN, format!("/deliveries/{}", self.delivery), &["", "/retry"]);
        add(ADMIN, format!("/former-names/{}", self.former_name), &["/removal"]);
        add(ADMIN, String::new(), &["/audit-log", "/audit-log?kind=commitment", "/settings", "/former-names"]);
        add(ADMIN, "/countries".to_owned(), &["", "/new", "/PE/edit", "/PE/calendar", "/PE/calendar/holidays"]);
        pages
    }
}
