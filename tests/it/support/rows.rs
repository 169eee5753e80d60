//! Records inserted directly into the tables, for tests of slices without the slices above them.

use articula::clock::{Instant, new_id};
use articula::db::schema::{
    agenda_items, assignments, commissions, commitment_commissions, commitments, countries, delegates, institutions,
    memberships,
};
use articula::db::{
    AgendaItemId, AssignmentId, CommissionId, CommitmentId, Db, DelegateId, InstitutionId, MeetingId, MembershipId,
};
use chrono::NaiveDate;
use diesel::prelude::*;

use super::world::World;

/// An open assignment and its commitment.
pub(crate) struct Task {
    pub commitment: CommitmentId,
    pub assignment: AssignmentId,
}

pub(crate) fn insert_institution(
    conn: &mut Db,
    now: Instant,
    name: &str,
    country: Option<&str>,
    email: Option<&str>,
) -> QueryResult<InstitutionId> {
    let id = new_id(now);
    diesel::insert_into(institutions::table)
        .values((
            institutions::id.eq(id),
            institutions::name.eq(name),
            institutions::sector.eq("government"),
            institutions::country_code.eq(country),
            institutions::email.eq(email),
            institutions::folded.eq(name.to_lowercase()),
            institutions::created_at.eq(now),
            institutions::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Inserts a planned commitment of one commission, due on a day.
pub(crate) fn insert_commitment(
    conn: &mut Db,
    now: Instant,
    (country, commission): (&str, CommissionId),
    code: &str,
    due: NaiveDate,
) -> QueryResult<CommitmentId> {
    let id = new_id(now);
    diesel::insert_into(commitments::table)
        .values((
            commitments::id.eq(id),
            commitments::country_code.eq(country),
            commitments::lead_commission_id.eq(commission),
            commitments::code.eq(code),
            commitments::text.eq(format!("Lo prometido en {code}")),
            commitments::due.eq(due.to_string()),
            commitments::due_from.eq(due),
            commitments::due_to.eq(due),
            commitments::due_sort.eq(due),
            commitments::due_unchecked.eq(false),
            commitments::completion_rule.eq("all"),
            commitments::restricted.eq(false),
            commitments::status.eq("planned"),
            commitments::open.eq(true),
            commitments::folded.eq(code.to_lowercase()),
            commitments::created_at.eq(now),
            commitments::updated_at.eq(now),
        ))
        .execute(conn)?;
    diesel::insert_into(commitment_commissions::table)
        .values((
            commitment_commissions::commitment_id.eq(id),
            commitment_commissions::position.eq(0),
            commitment_commissions::commission_id.eq(commission),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Inserts a planned assignment with the term of the commitment.
pub(crate) fn insert_assignment(
    conn: &mut Db,
    now: Instant,
    commitment: CommitmentId,
    institution: InstitutionId,
) -> QueryResult<AssignmentId> {
    let id = new_id(now);
    diesel::insert_into(assignments::table)
        .values((
            assignments::id.eq(id),
            assignments::commitment_id.eq(commitment),
            assignments::institution_id.eq(institution),
            assignments::role.eq("responsible"),
            assignments::status.eq("planned"),
            assignments::verification.eq("none"),
            assignments::open.eq(true),
            assignments::created_at.eq(now),
            assignments::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(id)
}

impl World {
    fn now(&self) -> Instant {
        self.clock.now()
    }

    pub(crate) fn row_country(&self, code: &str) {
        let (zone, locale) = match code {
            "PE" => ("America/Lima", "es-PE"),
            "CL" => ("America/Santiago", "es-CL"),
            _ => ("UTC", "en"),
        };
        let now = self.now();
        self.put(|conn| {
            diesel::insert_into(countries::table)
                .values((
                    countries::code.eq(code),
                    countries::name.eq(code),
                    countries::time_zone.eq(zone),
                    countries::locale.eq(locale),
                    countries::created_at.eq(now),
                    countries::updated_at.eq(now),
                ))
                .execute(conn)
        });
    }

    fn put<T>(&self, f: impl FnOnce(&mut Db) -> QueryResult<T>) -> T {
        self.state.db.write(None, self.now(), |tx| Ok(f(tx.conn)?)).unwrap()
    }

    pub(crate) fn row_institution(&self, name: &str, country: Option<&str>, email: Option<&str>) -> InstitutionId {
        self.put(|conn| insert_institution(conn, self.now(), name, country, email))
    }

    pub(crate) fn row_commission(&self, country: &str, name: &str) -> CommissionId {
        let (id, now) = (new_id(self.now()), self.now());
        self.put(|conn| {
            diesel::insert_into(commissions::table)
                .values((
                    commissions::id.eq(id),
                    commissions::country_code.eq(country),
                    commissions::name.eq(name),
                    commissions::kind.eq("committee"),
                    commissions::acronym.eq(name),
                    commissions::operational_state.eq("active"),
                    commissions::folded.eq(name.to_lowercase()),
                    commissions::created_at.eq(now),
                    commissions::updated_at.eq(now),
                ))
                .execute(conn)
        });
        id
    }

    pub(crate) fn row_member(&self, commission: CommissionId, institution: InstitutionId, role: &str) -> MembershipId {
        let (id, now) = (new_id(self.now()), self.now());
        self.put(|conn| {
            diesel::insert_into(memberships::table)
                .values((
                    memberships::id.eq(id),
                    memberships::commission_id.eq(commission),
                    memberships::institution_id.eq(institution),
                    memberships::role.eq(role),
                    memberships::has_vote.eq(true),
                    memberships::created_at.eq(now),
                    memberships::updated_at.eq(now),
                ))
                .execute(conn)
        });
        id
    }

    /// Inserts a delegate with a name and an address, without a user.
    pub(crate) fn row_delegate(&self, commission: CommissionId, institution: InstitutionId, email: &str) -> DelegateId {
        let (id, now) = (new_id(self.now()), self.now());
        self.put(|conn| {
            diesel::insert_into(delegates::table)
                .values((
                    delegates::id.eq(id),
                    delegates::commission_id.eq(commission),
                    delegates::institution_id.eq(institution),
                    delegates::capacity.eq("principal"),
                    delegates::name.eq(email.split('@').next()),
                    delegates::email.eq(email),
                    delegates::created_at.eq(now),
                    delegates::updated_at.eq(now),
                ))
                .execute(conn)
        });
        id
    }

    /// Inserts a planned commitment with one planned assignment, due on a day.
    pub(crate) fn row_task(
        &self,
        (country, commission): (&str, CommissionId),
        institution: InstitutionId,
        code: &str,
        due: &str,
    ) -> Task {
        let (now, due) = (self.now(), due.parse().unwrap());
        self.put(|conn| {
            let commitment = insert_commitment(conn, now, (country, commission), code, due)?;
            Ok(Task { commitment, assignment: insert_assignment(conn, now, commitment, institution)? })
        })
    }

    /// Returns the first item on the agenda of a session.
    pub(crate) fn row_agenda_item(&self, meeting: &str) -> String {
        let meeting: MeetingId = meeting.parse().unwrap();
        let first: AgendaItemId = self.put(|conn| {
            let items = agenda_items::table.filter(agenda_items::meeting_id.eq(meeting)).order(agenda_items::position);
            items.select(agenda_items::id).first(conn)
        });
        first.to_string()
    }

    /// Closes an assignment: its completion waits for review.
    pub(crate) fn row_complete(&self, task: &Task) {
        self.put(|conn| {
            diesel::update(assignments::table.filter(assignments::id.eq(task.assignment)))
                .set((assignments::status.eq("completed"), assignments::open.eq(false)))
                .execute(conn)
        });
    }
}
