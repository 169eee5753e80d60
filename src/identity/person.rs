//! The people whom histories name: who did something, and who brought it in with a file.

use serde::Serialize;
use utoipa::ToSchema;

use super::actor::Actor;
use super::store::UserNames;
use crate::db::UserId;

/// A person in a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Person {
    /// The user's id.
    pub id: UserId,
    /// The user's name.
    #[schema(examples("Ana Soto"))]
    pub name: String,
}

impl Person {
    /// Returns the actor; None for the program itself.
    pub(crate) fn of(actor: &Actor) -> Option<Self> {
        let nobody = uuid::Uuid::from(actor.id).is_nil();
        (!nobody).then(|| Self { id: actor.id, name: actor.name.clone() })
    }

    /// Returns the person with this id, if any, and the name that was loaded for it.
    pub(crate) fn named(names: &UserNames, id: Option<UserId>) -> Option<Self> {
        let id = id?;
        Some(Self { id, name: names.get(&id).cloned().unwrap_or_default() })
    }
}

/// The person who imported a report with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Importer {
    /// The user's id; null when the command line imported the file.
    pub id: Option<UserId>,
    /// The user's name; `articula import` for the command line.
    #[schema(examples("Ana Soto"))]
    pub name: String,
}

impl Importer {
    /// Returns the actor, or the command line when the program itself acts.
    pub(crate) fn of(actor: &Actor) -> Self {
        Self::from(Person::of(actor))
    }
}

impl From<Option<Person>> for Importer {
    fn from(person: Option<Person>) -> Self {
        match person {
            Some(Person { id, name }) => Self { id: Some(id), name },
            None => Self { id: None, name: "articula import".to_owned() },
        }
    }
}
