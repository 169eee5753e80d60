//! Which fields of a dataset hold keys, what they name, and what they are called in the API.

use super::model::Kind;

/// A field that holds a key, or a list of keys.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    /// Its name in a dataset: `commissions`.
    pub file: &'static str,
    /// Its name in the API: `commission_ids`.
    pub input: &'static str,
    pub kind: Kind,
    pub many: bool,
    /// May name a record of its own kind that is entered after this one.
    pub later: bool,
}

/// The references of a record and of what nests in it.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub references: &'static [Reference],
    pub nested: &'static [(&'static str, &'static Shape)],
    /// Fields of the API that a dataset does not carry.
    pub refused: &'static [&'static str],
}

/// The record that another hangs on; no field of the API.
pub const OWNER: &str = "@owner";

const fn one(file: &'static str, input: &'static str, kind: Kind) -> Reference {
    Reference { file, input, kind, many: false, later: false }
}

const fn many(file: &'static str, input: &'static str, kind: Kind) -> Reference {
    Reference { file, input, kind, many: true, later: false }
}

const COMMISSIONS: Reference = many("commissions", "commission_ids", Kind::Commission);
const PLAN_ITEMS: Reference = many("plan_items", "plan_item_ids", Kind::PlanItem);
const INSTITUTION_OF: Reference = one("institution", "institution_id", Kind::Institution);
const MEETING_OF: Reference = one("meeting", "meeting_id", Kind::Meeting);

const fn shape(references: &'static [Reference]) -> Shape {
    Shape { references, nested: &[], refused: &[] }
}

/// Of what names nothing by key.
pub const NOTHING: Shape = shape(&[]);

pub const INSTITUTION: Shape = shape(&[
    one("parent", "parent_id", Kind::Institution),
    Reference { later: true, ..one("succeeded_by", "succeeded_by_id", Kind::Institution) },
]);

pub const COMMISSION: Shape =
    Shape { refused: &["country_code"], ..shape(&[one("parent", "parent_id", Kind::Commission)]) };

pub const OPERATIONAL_STATE: Shape = shape(&[one("commission", OWNER, Kind::Commission)]);

pub const MEMBERSHIP: Shape = shape(&[one("commission", OWNER, Kind::Commission), INSTITUTION_OF]);

pub const DELEGATE: Shape =
    Shape { refused: &["user_id"], ..shape(&[one("commission", OWNER, Kind::Commission), INSTITUTION_OF]) };

pub const PLAN: Shape = Shape { refused: &["country_code"], ..shape(&[COMMISSIONS]) };

pub const PLAN_ITEM: Shape = shape(&[
    one("plan", OWNER, Kind::Plan),
    one("parent", "parent_id", Kind::PlanItem),
    many("responsibles", "responsible_ids", Kind::Institution),
]);

pub const MEETING: Shape = shape(&[COMMISSIONS]);

pub const AGENDA_ITEM: Shape = shape(&[one("commission", "commission_id", Kind::Commission)]);

pub const ATTENDANCE: Shape = shape(&[INSTITUTION_OF]);

/// Evidence and papers of a session: files stay where they are.
pub const PAPER: Shape = Shape { refused: &["file_id"], ..shape(&[]) };

pub const AGREEMENT: Shape =
    Shape { nested: &[("parties", &shape(&[INSTITUTION_OF]))], ..shape(&[COMMISSIONS, MEETING_OF]) };

pub const COMMITMENT: Shape = shape(&[
    COMMISSIONS,
    one("agreement", "agreement_id", Kind::Agreement),
    MEETING_OF,
    PLAN_ITEMS,
    one("follow_up_institution", "follow_up_institution_id", Kind::Institution),
    many("beneficiaries", "beneficiary_ids", Kind::Institution),
    many("depends_on", "depends_on_ids", Kind::Commitment),
]);

pub const ASSIGNMENT: Shape = shape(&[INSTITUTION_OF]);

pub const UPDATE: Shape = Shape { nested: &[("evidence", &PAPER)], ..shape(&[]) };

/// What happened to a commitment; without an institution, to the whole.
pub const HISTORY: Shape = shape(&[INSTITUTION_OF]);

pub const ACTIVITY: Shape = Shape {
    nested: &[("evidence", &PAPER)],
    refused: &["country_code"],
    ..shape(&[
        COMMISSIONS,
        many("organizers", "organizer_ids", Kind::Institution),
        many("partners", "partner_ids", Kind::Institution),
        PLAN_ITEMS,
        many("commitments", "commitment_ids", Kind::Commitment),
    ])
};

pub const OBSERVATION: Shape = Shape { refused: &["country_code"], ..shape(&[PLAN_ITEMS, COMMISSIONS]) };

impl Shape {
    /// A pointer into what the API takes, as a pointer into the dataset: `/commission_ids/0` is `/commissions/0`.
    pub fn pointer_in_file(&self, pointer: &str) -> String {
        let mut here = Some(self);
        let mut file = String::new();
        for segment in pointer.split('/').skip(1) {
            let known = here.and_then(|shape| shape.references.iter().find(|r| r.input == segment));
            file.push('/');
            file.push_str(known.map_or(segment, |reference| reference.file));
            let index = segment.bytes().all(|b| b.is_ascii_digit());
            if !index {
                here = here.and_then(|shape| shape.nested.iter().find(|(name, _)| *name == segment)).map(|(_, s)| *s);
            }
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_api_is_told_as_a_place_in_the_file() {
        assert_eq!(ACTIVITY.pointer_in_file("/commission_ids/0"), "/commissions/0");
        assert_eq!(AGREEMENT.pointer_in_file("/parties/2/institution_id"), "/parties/2/institution");
        assert_eq!(AGREEMENT.pointer_in_file("/title"), "/title");
        assert_eq!(AGREEMENT.pointer_in_file(""), "");
    }
}
