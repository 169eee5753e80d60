//! The demonstration: a temporary database with both examples, one person per role, and the server.

use std::net::TcpListener;

use crate::clock::{Clock, Instant, new_id};
use crate::commissions::{Commission, CommissionInput, all_of_country, update_commission};
use crate::config::Config;
use crate::datasets::import_dataset;
use crate::db::{CommissionId, Database, Db, InstitutionId, Tx};
use crate::directory::institutions_of_country;
use crate::error::{Error, Result};
use crate::http::State;
use crate::i18n::{Lang, text};
use crate::identity::{Actor, DEMO_PASSWORD, DEMO_PEOPLE, Grant, NewUser, Role, add_user};

use super::{Sentence, sentence, serve};

const EXAMPLES: [&str; 2] =
    [include_str!("../../examples/chile-2023.json"), include_str!("../../examples/peru-2023.json")];

/// Creates the database, loads the examples, prints how to sign in, and serves.
pub(super) fn run() -> std::result::Result<(), Sentence> {
    serve::log();
    let config = Config::demo().map_err(sentence)?;
    let listen = config.listen;
    let socket = TcpListener::bind(listen).map_err(|e| format!("cannot listen on {listen}: {e}"))?;
    let db = Database::open(&config.database_url).map_err(sentence)?;
    db.migrate().map_err(sentence)?;
    let state = State::new(config, db, Clock::System).map_err(sentence)?;
    let shows_all = state.config.public_view;
    let people = state.db.write(None, state.now(), |tx| fill(tx, shows_all)).map_err(sentence)?;
    let url = state.config.public_url.clone();
    serve::answer(state, socket, true, move || print(&url, &people))
}

struct DemoUser {
    email: &'static str,
    name: String,
    grants: Vec<Grant>,
    institution: Option<InstitutionId>,
}

/// Loads the examples and makes the users. With a public view, every commission is public.
fn fill(tx: &mut Tx<'_>, shows_all: bool) -> Result<Vec<DemoUser>> {
    for example in EXAMPLES {
        let document = serde_json::from_str(example).map_err(Error::internal)?;
        let report = import_dataset(tx, &Actor::program(), &document, false)?;
        if let Some(fault) = report.faults.first() {
            return Err(Error::internal(format!("an example has a fault: {} {}", fault.pointer, fault.code)));
        }
    }
    if shows_all {
        ["CL", "PE"].into_iter().try_for_each(|country| make_public(tx, country))?;
    }
    let people = people(tx)?;
    for person in &people {
        add_user(
            tx,
            NewUser {
                email: person.email.to_owned(),
                name: person.name.clone(),
                language: Lang::Es,
                institution_id: person.institution,
                password: Some(DEMO_PASSWORD.to_owned()),
                grants: person.grants.clone(),
            },
        )?;
    }
    Ok(people)
}

fn make_public(tx: &mut Tx<'_>, country: &str) -> Result<()> {
    for commission in all_of_country(tx.conn, country, tx.now)? {
        let input = CommissionInput { public: true, ..commission.input() };
        update_commission(tx, &Actor::program(), commission.id, input)?;
    }
    Ok(())
}

fn people(tx: &mut Tx<'_>) -> Result<Vec<DemoUser>> {
    let ceti = commission(tx.conn, "CL", "CETI", tx.now)?;
    let cigtpe = commission(tx.conn, "PE", "CIGTPE", tx.now)?;
    let huanuco = institution(tx.conn, "PE", "Huánuco")?;
    let now = tx.now;
    let grant = |role| Grant { id: new_id(now), role, country_code: None, commission_id: None, institution_id: None };
    let of_country = |code: &str| Grant { country_code: Some(code.to_owned()), ..grant(Role::Coordinator) };
    let of_commission = |role, id| Grant { commission_id: Some(id), ..grant(role) };
    let of_institution = |id| Grant { institution_id: Some(id), ..grant(Role::Representative) };
    let person = |(email, key): &(&'static str, &str)| {
        let (grants, institution) = match *email {
            "admin@demo.example" => (vec![grant(Role::Admin)], None),
            "coordinator@demo.example" => (vec![of_country("CL"), of_country("PE")], None),
            "secretariat@demo.example" => (vec![of_commission(Role::Secretariat, cigtpe)], None),
            "secretariat.ceti@demo.example" => (vec![of_commission(Role::Secretariat, ceti)], None),
            "representative@demo.example" => (vec![of_institution(huanuco)], Some(huanuco)),
            _ => (vec![of_commission(Role::Observer, ceti)], None),
        };
        DemoUser { email, name: text(Lang::Es, key, &[]), grants, institution }
    };
    Ok(DEMO_PEOPLE.iter().map(person).collect())
}

fn commission(conn: &mut Db, country: &str, acronym: &str, now: Instant) -> Result<CommissionId> {
    let known: Vec<Commission> = all_of_country(conn, country, now)?;
    let found = known.iter().find(|commission| commission.fields.acronym.as_deref() == Some(acronym));
    found.map(|commission| commission.id).ok_or_else(|| Error::internal(format!("the examples lack {acronym}")))
}

fn institution(conn: &mut Db, country: &str, region: &str) -> Result<InstitutionId> {
    let known = institutions_of_country(conn, country)?;
    let found = known.iter().find(|one| {
        one.fields.territory.as_deref() == Some(region)
            && one.fields.sector == crate::directory::Sector::RegionalGovernment
    });
    found.map(|one| one.id).ok_or_else(|| Error::internal(format!("the examples lack the government of {region}")))
}

fn print(url: &str, people: &[DemoUser]) {
    let args = [("url", url.to_owned()), ("password", DEMO_PASSWORD.to_owned())];
    let line = |key| text(Lang::Es, key, &args);
    println!("\n  {url}\n\n{}\n{}\n", line("demo-title"), line("demo-open"));
    for person in people {
        println!("  {:<32} {}", person.email, person.name);
    }
    println!("\n{}\n\n{}", line("demo-sign-in"), line("demo-api"));
    println!(
        "  curl -s {url}/api/v1/auth/login -H 'Content-Type: application/json' \
         -d '{{\"email\":\"secretariat@demo.example\",\"password\":\"{DEMO_PASSWORD}\"}}'"
    );
    println!("{}\n\n{}", line("demo-token"), line("demo-mails"));
}
