//! The public view in the database: the public commissions, and the names that texts may not contain.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{PublicCommission, Screen};
use crate::access::Visibility;
use crate::commissions::CommissionKind;
use crate::db::schema::{
    attendances, commission_aliases, commissions, commitment_commissions, commitments, delegates, minutes,
    observation_commissions, users,
};
use crate::db::{ActivityId, AgreementId, CommissionId, CommitmentId, Db, MeetingId, ObservationId};
use crate::error::Result;
use crate::minutes::MinutesStatus;
use crate::reports::{Source, SourceKind};
use crate::text::name_key;

#[derive(Queryable, Selectable)]
#[diesel(table_name = commissions)]
struct Row {
    id: CommissionId,
    country_code: String,
    name: String,
    kind: CommissionKind,
    acronym: Option<String>,
    official_name: Option<String>,
    public: bool,
}

impl Row {
    fn names(&self) -> impl Iterator<Item = String> {
        let other = [self.acronym.clone(), self.official_name.clone()];
        std::iter::once(self.name.clone()).chain(other.into_iter().flatten())
    }
}

/// The public commissions, and the names of the others.
pub(super) struct Commissions {
    /// In the order of their names.
    pub public: Vec<PublicCommission>,
    open_names: Vec<String>,
    closed_names: Vec<String>,
}

impl Commissions {
    /// Returns the public commission of an id.
    pub(super) fn find(&self, id: CommissionId) -> Option<&PublicCommission> {
        self.public.iter().find(|one| one.id == id)
    }

    /// Returns those of these commissions that are public.
    pub(super) fn among(&self, ids: &[CommissionId]) -> Vec<PublicCommission> {
        ids.iter().filter_map(|id| self.find(*id)).cloned().collect()
    }

    /// Returns the records that everybody may know: those that an observer of the public commissions may know.
    pub(super) fn visibility(&self) -> Visibility {
        Visibility { unrestricted_commissions: self.public.iter().map(|one| one.id).collect(), ..Visibility::default() }
    }
}

/// Loads the commissions. Two queries.
pub(super) fn load_commissions(conn: &mut Db) -> Result<Commissions> {
    let rows: Vec<Row> = commissions::table.order(commissions::id).select(Row::as_select()).load(conn)?;
    let aliases: Vec<(CommissionId, String)> =
        commission_aliases::table.select((commission_aliases::commission_id, commission_aliases::alias)).load(conn)?;
    let mut aliases_of: HashMap<CommissionId, Vec<String>> = HashMap::new();
    for (id, alias) in aliases {
        aliases_of.entry(id).or_default().push(alias);
    }
    let mut found = Commissions { public: Vec::new(), open_names: Vec::new(), closed_names: Vec::new() };
    for row in rows {
        let names = row.names().chain(aliases_of.remove(&row.id).unwrap_or_default());
        if row.public {
            found.open_names.extend(names);
            let Row { id, country_code, name, acronym, kind, .. } = row;
            found.public.push(PublicCommission { id, country_code, name, acronym, kind });
        } else {
            found.closed_names.extend(names);
        }
    }
    found.public.sort_by_cached_key(|one| name_key(&one.name));
    Ok(found)
}

/// Makes the screen for free texts: it hides the names of users, delegates and people on attendance lists, and of the
/// commissions that are not public. Three queries.
pub(super) fn load_screen(conn: &mut Db, all: &Commissions) -> Result<Screen> {
    let mut people: Vec<String> = users::table.select(users::name).load(conn)?;
    let named = delegates::table.filter(delegates::name.is_not_null());
    people.extend(named.select(delegates::name.assume_not_null()).distinct().load::<String>(conn)?);
    let present = attendances::table.filter(attendances::person.is_not_null());
    people.extend(present.select(attendances::person.assume_not_null()).distinct().load::<String>(conn)?);
    Ok(Screen::new(all.open_names.clone(), all.closed_names.clone(), people))
}

/// Returns those of these sessions whose minutes are approved.
pub(super) fn with_approved_minutes(conn: &mut Db, ids: &[MeetingId]) -> Result<HashSet<MeetingId>> {
    let approved = minutes::table
        .filter(minutes::meeting_id.eq_any(ids))
        .filter(minutes::status.eq(MinutesStatus::Approved))
        .filter(minutes::version.gt(0));
    Ok(approved.select(minutes::meeting_id).load(conn)?.into_iter().collect())
}

/// The records among the sources of a report that are public.
pub(super) struct PublicSources(HashSet<(SourceKind, Uuid)>);

impl PublicSources {
    /// Returns whether a source may be known. Institutions, plans with their items and earlier reports are of the whole
    /// country.
    pub(super) fn has(&self, source: &Source) -> bool {
        match source.kind {
            SourceKind::Institution | SourceKind::Plan | SourceKind::PlanItem | SourceKind::Report => true,
            _ => source.id.parse().is_ok_and(|id| self.0.contains(&(source.kind, id))),
        }
    }
}

/// Loads which of these sources are public, in one query for each kind.
pub(super) fn load_public_sources(conn: &mut Db, all: &Commissions, sources: &[Source]) -> Result<PublicSources> {
    let visibility = all.visibility();
    let ids = |kind: SourceKind| -> Vec<Uuid> {
        sources.iter().filter(|one| one.kind == kind).filter_map(|one| one.id.parse().ok()).collect()
    };
    let mut known = HashSet::new();
    let mut add = |kind: SourceKind, found: Vec<Uuid>| known.extend(found.into_iter().map(|id| (kind, id)));
    add(SourceKind::Commission, all.public.iter().map(|one| one.id.into()).collect());
    let meetings: Vec<MeetingId> = typed(ids(SourceKind::Meeting));
    add(SourceKind::Meeting, plain(crate::meetings::known_meetings(conn, &visibility, &meetings)?));
    let activities: Vec<ActivityId> = typed(ids(SourceKind::Activity));
    add(SourceKind::Activity, plain(crate::activities::known_activities(conn, &visibility, &activities)?));
    let agreements: Vec<AgreementId> = typed(ids(SourceKind::Agreement));
    let found = crate::agreements::agreements_by_id(conn, &visibility, &agreements)?;
    add(SourceKind::Agreement, plain(found.into_keys().collect()));
    add(SourceKind::Commitment, plain(open_commitments(conn, &visibility, &typed(ids(SourceKind::Commitment)))?));
    add(SourceKind::Observation, plain(observations(conn, &visibility, &typed(ids(SourceKind::Observation)))?));
    Ok(PublicSources(known))
}

fn typed<T: From<Uuid>>(ids: Vec<Uuid>) -> Vec<T> {
    ids.into_iter().map(T::from).collect()
}

fn plain<T: Into<Uuid>>(ids: Vec<T>) -> Vec<Uuid> {
    ids.into_iter().map(Into::into).collect()
}

/// Returns those of these commitments that are no drafts, not restricted, and of a public commission.
fn open_commitments(conn: &mut Db, visibility: &Visibility, ids: &[CommitmentId]) -> Result<Vec<CommitmentId>> {
    let public = commitment_commissions::table
        .filter(commitment_commissions::commission_id.eq_any(&visibility.unrestricted_commissions))
        .select(commitment_commissions::commitment_id);
    Ok(commitments::table
        .filter(commitments::id.eq_any(ids))
        .filter(commitments::restricted.eq(false).and(commitments::draft.eq(false)))
        .filter(commitments::id.eq_any(public))
        .select(commitments::id)
        .load(conn)?)
}

/// Returns those of these observations that a public commission noted.
fn observations(conn: &mut Db, visibility: &Visibility, ids: &[ObservationId]) -> Result<Vec<ObservationId>> {
    Ok(observation_commissions::table
        .filter(observation_commissions::observation_id.eq_any(ids))
        .filter(observation_commissions::commission_id.eq_any(&visibility.unrestricted_commissions))
        .select(observation_commissions::observation_id)
        .load(conn)?)
}
