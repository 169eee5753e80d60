//! A database of 100,000 commitments, and one person who may see them all.

use articula::clock::{Clock, new_id};
use articula::db::{Database, Db, UserId};
use articula::testing::identity::{Grant, NewUser, Role, add_user};
use diesel::connection::SimpleConnection;

pub(crate) const PASSWORD: &str = "una frase larga y propia";

/// Migrates and fills an empty database.
pub(crate) fn database(url: &str) -> (Database, UserId) {
    let db = Database::open(url).unwrap();
    db.migrate().unwrap();
    db.write(None, Clock::System.now(), |tx| {
        match tx.conn {
            Db::Pg(_) => tx.conn.batch_execute(include_str!("../seed/postgres.sql"))?,
            Db::Sqlite(_) => tx.conn.batch_execute(include_str!("../seed/sqlite.sql"))?,
        }
        Ok(())
    })
    .unwrap();
    let user = person(&db);
    office(&db);
    (db, user)
}

/// Adds the secretariat of the first commission of the seed, who signs in as `office@example.org`.
fn office(db: &Database) {
    let commission = uuid::Uuid::from_u128(0x0001_7000_8000_0000_0000_0001);
    let grant = Grant {
        id: new_id(Clock::System.now()),
        role: Role::Secretariat,
        country_code: None,
        commission_id: Some(commission.into()),
        institution_id: None,
    };
    add(db, "office@example.org", grant);
}

/// Adds an admin who signs in as `bench@example.org`.
pub(crate) fn person(db: &Database) -> UserId {
    let now = Clock::System.now();
    let admin =
        Grant { id: new_id(now), role: Role::Admin, country_code: None, commission_id: None, institution_id: None };
    add(db, "bench@example.org", admin)
}

fn add(db: &Database, email: &str, grant: Grant) -> UserId {
    let new = NewUser {
        email: email.into(),
        name: "Bench".into(),
        language: articula::i18n::Lang::Es,
        institution_id: None,
        password: Some(PASSWORD.into()),
        grants: vec![grant],
    };
    db.write(None, Clock::System.now(), |tx| add_user(tx, new)).unwrap()
}
