//! A world for each test: a database, a server, a fixed clock, and people who sign in.

pub(crate) mod at_the_end;
mod browser;
mod builders;
mod codes;
pub(crate) mod contract;
mod databases;
mod mails;
mod people;
mod rows;
mod smtp;
mod upgrade;
mod world;

pub(crate) use browser::{Browser, FilledForm, Page};
pub(crate) use codes::app_code;
pub(crate) use databases::Kind;

pub(crate) use mails::{Mail, taken};
pub(crate) use people::{Answer, Person};
pub(crate) use rows::{insert_assignment, insert_commitment, insert_institution};
pub(crate) use smtp::{MailServer, Whim};
pub(crate) use world::{PASSWORD, World};

/// Runs the same test on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both {
    ($(#[$meta:meta])* fn $name:ident($world:ident) $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            fn test($world: &$crate::support::World) $body

            $(#[$meta])*
            #[test]
            fn sqlite() {
                test(&$crate::support::World::new($crate::support::Kind::Sqlite));
            }

            $(#[$meta])*
            #[test]
            fn postgres() {
                if let Some(kind) = $crate::support::Kind::postgres() {
                    test(&$crate::support::World::new(kind));
                }
            }
        }
    };
}
