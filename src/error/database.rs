//! Conversion of database errors into errors of the API, and the state of the database that they show.

use diesel::result::{DatabaseErrorKind as Kind, Error as Db};

use super::{Code, Error};

/// The state of the database that an error shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseState {
    /// Another transaction has locked what this one needs.
    Busy,
    /// The database cancelled this transaction in favour of another one; it may succeed when it is run again.
    Conflict,
    /// The disk is full, or the data cannot be written or read.
    Storage,
    /// The server does not take the statement: it is stopping or starting, or has closed the connection.
    Connection,
}

/// Parts of error messages of both databases, separated by `|`. Neither Diesel nor SQLite gives the code of these
/// errors. PostgreSQL writes its messages in the language of the server: English or Spanish.
const MESSAGES: &[(DatabaseState, &str)] = &[
    (DatabaseState::Conflict, "deadlock|could not serialize|no se pudo serializar"),
    (
        DatabaseState::Busy,
        "database is locked|database table is locked|database schema is locked|lock timeout|\
         statement timeout|espera de candados|espera de sentencias",
    ),
    (
        DatabaseState::Storage,
        "database or disk is full|attempt to write a readonly database|disk I/O error|\
         database disk image is malformed|malformed database schema|file is not a database|\
         unable to open database file|No space left on device|No queda espacio|could not extend file|\
         could not write|could not read block|could not open file|could not fsync|\
         could not access status of transaction|invalid page in block|no se pudo extender|\
         no se pudo escribir|no se pudo leer|no se pudo abrir|out of memory|memoria agotada|\
         read-only transaction",
    ),
    (
        DatabaseState::Connection,
        "terminating connection|server closed the connection|no connection to the server|could not send data|\
         could not receive data|the database system is|too many clients|connection slots|\
         el sistema de base de datos|terminando la conexi|demasiados clientes",
    ),
];

fn trouble_of(kind: &Kind, message: &str) -> Option<DatabaseState> {
    match kind {
        Kind::SerializationFailure => return Some(DatabaseState::Conflict),
        Kind::ClosedConnection | Kind::UnableToSendCommand => return Some(DatabaseState::Connection),
        Kind::ReadOnlyTransaction => return Some(DatabaseState::Storage),
        Kind::Unknown => {}
        _ => return None,
    }
    let found = MESSAGES.iter().find(|(_, parts)| parts.split('|').any(|part| message.contains(part)));
    found.map(|(trouble, _)| *trouble)
}

impl Error {
    /// Makes the error for a database in trouble: 503, or 409 for a transaction that met another one on the same rows.
    fn of_trouble(trouble: DatabaseState, kind: &Kind) -> Self {
        let code = if matches!(kind, Kind::SerializationFailure) { Code::Conflict } else { Code::Unavailable };
        let retry_after = match trouble {
            DatabaseState::Busy | DatabaseState::Conflict => Some(2),
            DatabaseState::Connection => Some(5),
            DatabaseState::Storage => Some(60),
        };
        let retry_after = retry_after.filter(|_| code == Code::Unavailable);
        Self { retry_after, trouble: Some(trouble), ..Self::new(code) }
    }
}

impl From<Db> for Error {
    /// Converts an error of the database. References are checked before writing, so a violated constraint means that
    /// another change came first.
    fn from(error: Db) -> Self {
        match &error {
            Db::NotFound => Self::new(Code::NotFound),
            Db::DatabaseError(kind, info) => match kind {
                Kind::UniqueViolation => Self::new(Code::Duplicate),
                Kind::ForeignKeyViolation => Self::new(Code::InUse),
                Kind::ExclusionViolation => Self::new(Code::OverlappingMembership),
                _ => match trouble_of(kind, info.message()) {
                    Some(trouble) => Self::of_trouble(trouble, kind),
                    None => Self::new(Code::Internal),
                },
            }
            .because(&error),
            Db::RollbackErrorOnCommit { commit_error, .. } => match commit_error.as_ref() {
                Db::DatabaseError(kind, info) => trouble_of(kind, info.message())
                    .map_or_else(|| Self::new(Code::Internal), |trouble| Self::of_trouble(trouble, kind)),
                _ => Self::new(Code::Internal),
            }
            .because(&error),
            Db::BrokenTransactionManager => {
                Self { trouble: Some(DatabaseState::Connection), ..Self::new(Code::Unavailable) }.because(&error)
            }
            _ => Self::internal(&error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: Kind, message: &str) -> Error {
        Error::from(Db::DatabaseError(kind, Box::new(message.to_owned())))
    }

    #[test]
    fn a_database_in_trouble_is_unavailable_and_not_an_internal_error() {
        for (message, trouble) in [
            ("database is locked", DatabaseState::Busy),
            ("database or disk is full", DatabaseState::Storage),
            ("attempt to write a readonly database", DatabaseState::Storage),
            ("disk I/O error", DatabaseState::Storage),
            ("database disk image is malformed", DatabaseState::Storage),
            ("file is not a database", DatabaseState::Storage),
            ("could not extend file \"base/5/16384\": No space left on device", DatabaseState::Storage),
            (
                "no se pudo extender el archivo «base/5/16384»: No queda espacio en el dispositivo",
                DatabaseState::Storage,
            ),
            ("deadlock detected", DatabaseState::Conflict),
            ("se ha detectado un deadlock", DatabaseState::Conflict),
            ("canceling statement due to lock timeout", DatabaseState::Busy),
            ("terminating connection due to administrator command", DatabaseState::Connection),
            ("the database system is shutting down", DatabaseState::Connection),
            ("sorry, too many clients already", DatabaseState::Connection),
        ] {
            let error = of(Kind::Unknown, message);
            assert_eq!((error.code, error.trouble), (Code::Unavailable, Some(trouble)), "{message}");
            assert!(error.retry_after.is_some(), "{message}");
        }
        assert_eq!(of(Kind::ClosedConnection, "x").code, Code::Unavailable);
        assert_eq!(of(Kind::ReadOnlyTransaction, "x").trouble, Some(DatabaseState::Storage));
    }

    #[test]
    fn a_fault_of_the_program_stays_an_internal_error() {
        assert_eq!(of(Kind::Unknown, "syntax error at or near \"SELEC\"").code, Code::Internal);
        assert_eq!(of(Kind::NotNullViolation, "could not write").code, Code::Internal);
    }

    #[test]
    fn a_serialization_failure_is_a_conflict_that_may_be_tried_again() {
        let error = of(Kind::SerializationFailure, "could not serialize access due to concurrent update");
        assert_eq!(
            (error.code, error.trouble, error.retry_after),
            (Code::Conflict, Some(DatabaseState::Conflict), None)
        );
    }
}
