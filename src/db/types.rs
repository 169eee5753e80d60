//! Column types for both databases: ids and instants. For enums that are stored as text, see `text_enum!`.

use chrono::NaiveDateTime;
use diesel::deserialize::{self, FromSql};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{HasSqlType, Timestamp};
use diesel::{backend::Backend, pg::Pg, sqlite::Sqlite};
use uuid::Uuid;

use super::conn::{MultiBackend, MultiRawValue};
use crate::clock::Instant;

/// The SQL type of every id: `uuid` on PostgreSQL, a 16-byte blob on SQLite.
#[derive(Debug, Clone, Copy, Default, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
pub struct Uid;

impl HasSqlType<Uid> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        MultiBackend::lookup_sql_type::<Uid>(lookup)
    }
}

/// A UUID that both databases bind and return. The typed ids wrap it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = Uid)]
pub struct RawId(pub Uuid);

impl ToSql<Uid, Pg> for RawId {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        use std::io::Write;
        out.write_all(self.0.as_bytes())?;
        Ok(serialize::IsNull::No)
    }
}

impl ToSql<Uid, Sqlite> for RawId {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(serialize::IsNull::No)
    }
}

impl ToSql<Uid, MultiBackend> for RawId {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Uid, self));
        Ok(serialize::IsNull::No)
    }
}

impl FromSql<Uid, Pg> for RawId {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.as_bytes())?))
    }
}

impl FromSql<Uid, Sqlite> for RawId {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.read_blob())?))
    }
}

impl FromSql<Uid, MultiBackend> for RawId {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Uid>()
    }
}

impl FromSql<Timestamp, Pg> for Instant {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <NaiveDateTime as FromSql<Timestamp, Pg>>::from_sql(value).map(Self::from)
    }
}

/// All instants in the database were written by this program, in one format. Diesel's own reader tries many formats.
impl FromSql<Timestamp, Sqlite> for Instant {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let (day, time) = value.read_text().split_once(' ').ok_or("an instant is a day and a time")?;
        Ok(NaiveDateTime::new(day.parse()?, time.parse()?).into())
    }
}

impl FromSql<Timestamp, MultiBackend> for Instant {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Timestamp>()
    }
}

/// Declares distinct id types over [`RawId`], so that ids of two kinds cannot be mixed up.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, diesel::expression::AsExpression,
            diesel::deserialize::FromSqlRow, utoipa::ToSchema,
        )]
        #[diesel(sql_type = Uid)]
        #[schema(value_type = String, format = "uuid", examples("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
        pub struct $name(RawId);

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0.0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            /// Accepts only the hyphenated form, in which ids are written.
            fn from_str(text: &str) -> Result<Self, ()> {
                match text.len() {
                    36 => Uuid::try_parse(text).map(Self::from).map_err(|_| ()),
                    _ => Err(()),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                text.parse().map_err(|()| serde::de::Error::custom("not an id"))
            }
        }

        impl deserr::Deserr<$crate::error::Faults> for $name {
            fn deserialize_from_value<V: deserr::IntoValue>(
                value: deserr::Value<V>,
                at: deserr::ValuePointerRef<'_>,
            ) -> Result<Self, $crate::error::Faults> {
                $crate::error::parse_text(value, at, "invalid_id", |text| text.parse().ok())
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(RawId(id))
            }
        }

        impl<DB: Backend> ToSql<Uid, DB> for $name
        where
            RawId: ToSql<Uid, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<Uid, DB> for $name
        where
            RawId: FromSql<Uid, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                RawId::from_sql(value).map(Self)
            }
        }
    )+};
}

ids! {
    /// A person who signs in.
    UserId,
    /// One grant of a role to a user.
    GrantId,
    /// One sign-in of a person, with all its tokens.
    SessionId,
    /// A public body, union, employers' association, organisation.
    InstitutionId,
    /// A commission, committee, roundtable, council, …
    CommissionId,
    /// A dated operational state of a commission.
    OperationalStateId,
    /// One period of an institution in a commission.
    MembershipId,
    /// One period during which a person represents an institution in a commission.
    DelegateId,
    /// A session.
    MeetingId,
    /// An item of a session's agenda.
    AgendaItemId,
    /// A document of a session.
    MeetingDocumentId,
    /// A comment on circulated minutes.
    MinutesCommentId,
    /// An item that an institution proposes for the agenda of a session.
    AgendaProposalId,
    /// A decision or a signed instrument.
    AgreementId,
    /// A roadmap, strategy or plan.
    PlanId,
    /// A priority, next step, action, … of a plan.
    PlanItemId,
    /// A challenge, lesson, support need or success.
    ObservationId,
    /// A duty of institutions to report on each period.
    DutyId,
    /// One report on a period, or its correction.
    DutyReportId,
    /// The release of an institution from the report on a period.
    DutyWaiverId,
    /// An indicator of an item of a plan.
    IndicatorId,
    /// A value of an indicator, or its correction.
    IndicatorValueId,
    /// A commitment of institutions.
    CommitmentId,
    /// The part of one institution in a commitment.
    AssignmentId,
    /// One progress report on an assignment.
    UpdateId,
    /// One request for more time.
    ExtensionId,
    /// One entry of the registry.
    ActivityId,
    /// An uploaded file.
    FileId,
    /// A mail, queued or sent.
    DeliveryId,
    /// An annual progress report.
    ReportId,
    /// A comment on an answer of an annual progress report.
    ReportCommentId,
    /// One import of a follow-up matrix.
    ImportId,
    /// One entry of the audit log.
    AuditId,
    /// A former name of a person or a commission.
    FormerNameId,
}
