//! Attendance, and the reckoning of a quorum.

use std::collections::HashSet;

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::commissions::QuorumRule;
use crate::db::{CommissionId, InstitutionId};
use crate::error::Faults;
use crate::http::Input;

/// An attendance list has at most so many entries.
pub const MOST: usize = 1000;

crate::text_enum! {
    /// Whether somebody of the institution came.
    AttendanceStatus {
        Present = "present",
        Absent = "absent",
        Excused = "excused",
    }
}

crate::text_enum! {
    /// What a person came as.
    AttendanceCapacity {
        Principal = "principal",
        Alternate = "alternate",
        /// Invited; never counts for a quorum.
        Guest = "guest",
    }
}

/// One person of an institution at a session, or the institution itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AttendanceInput {
    /// The institution. Several persons of one may come; it counts once.
    pub institution_id: InstitutionId,
    /// Whether somebody came.
    #[schema(examples("present"))]
    pub status: AttendanceStatus,
    /// What the person came as.
    #[deserr(default)]
    #[schema(examples("principal"))]
    pub capacity: Option<AttendanceCapacity>,
    /// Who came.
    #[deserr(default)]
    #[schema(examples("Ana Rojas"), max_length = 300)]
    pub person: Option<String>,
    /// When the person came.
    #[deserr(default)]
    pub arrived_at: Option<Instant>,
    /// When the person left; not before coming.
    #[deserr(default)]
    #[schema(examples("2023-08-22T16:00:00Z"))]
    pub left_at: Option<Instant>,
}

impl Input for AttendanceInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.opt_line("/person", self.person.as_ref(), 300);
        faults.ordered("/left_at", self.arrived_at, self.left_at);
    }
}

/// The very same person of the very same institution twice.
pub fn check_duplicates(items: &[AttendanceInput], faults: &mut Faults) {
    let mut seen = HashSet::new();
    for (n, item) in items.iter().enumerate() {
        if !seen.insert((item.institution_id, item.person.as_deref().map(str::trim))) {
            faults.add(format!("/{n}"), "duplicate");
        }
    }
}

/// The attendance of a session, and its quorum in each commission that sat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AttendanceSheet {
    /// Who came, who did not, in the order of the list.
    pub items: Vec<AttendanceInput>,
    /// One entry a commission, in the session's order.
    pub quorum: Vec<Quorum>,
}

/// Whether a commission could decide: the voting members of the session's last possible day are entitled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Quorum {
    /// The commission.
    pub commission_id: CommissionId,
    /// Institutions with a vote that day.
    #[schema(examples(9))]
    pub entitled: i32,
    /// Those of them that were present; guests are not counted, an institution counts once.
    #[schema(examples(5))]
    pub present: i32,
    /// How many must be present on the first call; null where the commission has no rule.
    #[schema(examples(5))]
    pub required: Option<i32>,
    /// Whether they were.
    #[schema(examples(true))]
    pub reached: Option<bool>,
    /// How many must be present on the second call; null where there is none.
    #[schema(examples(3))]
    pub second_call_required: Option<i32>,
    /// Whether they were.
    #[schema(examples(true))]
    pub second_call_reached: Option<bool>,
}

/// The institutions that were present otherwise than as guests.
pub fn present(items: &[AttendanceInput]) -> HashSet<InstitutionId> {
    let came = items.iter().filter(|item| item.status == AttendanceStatus::Present);
    came.filter(|item| item.capacity != Some(AttendanceCapacity::Guest)).map(|item| item.institution_id).collect()
}

/// Reckons one commission's quorum; nobody present is never a quorum.
pub fn reckon(
    commission_id: CommissionId,
    voters: &[InstitutionId],
    present: &HashSet<InstitutionId>,
    rule: Option<&QuorumRule>,
) -> Quorum {
    let voters: HashSet<_> = voters.iter().copied().collect();
    let count = |institutions: usize| i32::try_from(institutions).unwrap_or(i32::MAX);
    let (entitled, came) = (count(voters.len()), count(voters.intersection(present).count()));
    let required = rule.map(|rule| rule.required(entitled));
    let second = rule.and_then(|rule| rule.second_call_required(entitled));
    let reached = |needed: i32| came > 0 && came >= needed;
    Quorum {
        commission_id,
        entitled,
        present: came,
        required,
        reached: required.map(reached),
        second_call_required: second,
        second_call_reached: second.map(reached),
    }
}

#[cfg(test)]
mod tests {
    use deserr::deserialize;
    use serde_json::json;

    use super::*;

    fn institution(n: u128) -> InstitutionId {
        uuid::Uuid::from_u128(n).into()
    }

    fn came(n: u128, status: AttendanceStatus, capacity: Option<AttendanceCapacity>, person: &str) -> AttendanceInput {
        AttendanceInput {
            institution_id: institution(n),
            status,
            capacity,
            person: Some(person.into()),
            arrived_at: None,
            left_at: None,
        }
    }

    fn rule() -> QuorumRule {
        let rule = json!({"fraction": "1/2", "strict": true, "second_call": {"fraction": "1/3", "minimum": 2}});
        deserialize::<_, _, Faults>(rule).unwrap()
    }

    #[test]
    fn guests_and_second_persons_make_no_quorum() {
        use AttendanceStatus::{Absent, Excused, Present};
        let list = [
            came(1, Present, Some(AttendanceCapacity::Principal), "Ana"),
            came(1, Present, Some(AttendanceCapacity::Alternate), "Luis"),
            came(2, Present, Some(AttendanceCapacity::Guest), "Eva"),
            came(3, Absent, None, "Raúl"),
            came(4, Excused, None, "Inés"),
            came(5, Present, None, "Sol"),
            came(9, Present, None, "No integrante"),
        ];
        let voters: Vec<_> = (1..=5).map(institution).collect();
        let id = CommissionId::from(uuid::Uuid::nil());
        let quorum = reckon(id, &voters, &present(&list), Some(&rule()));
        assert_eq!((quorum.entitled, quorum.present), (5, 2));
        assert_eq!((quorum.required, quorum.reached), (Some(3), Some(false)));
        assert_eq!((quorum.second_call_required, quorum.second_call_reached), (Some(2), Some(true)));
        let unruled = reckon(id, &voters, &present(&list), None);
        assert_eq!((unruled.required, unruled.reached, unruled.second_call_reached), (None, None, None));
    }

    #[test]
    fn an_empty_room_is_no_quorum() {
        let rule = deserialize::<_, _, Faults>(json!({"fraction": "1/2", "strict": false})).unwrap();
        let quorum = reckon(CommissionId::from(uuid::Uuid::nil()), &[], &HashSet::new(), Some(&rule));
        assert_eq!((quorum.required, quorum.reached), (Some(0), Some(false)));
    }
}
