//! Lists that hang on an activity.

use crate::db::{ActivityId, CommissionId, CommitmentId, InstitutionId, PlanItemId};

crate::theme_links!(themes: activity_themes (activity_id: super::ActivityId));

crate::ordered_links! {
    /// The commissions in whose record it stands.
    commissions: activity_commissions (activity_id: super::ActivityId, commission_id: super::CommissionId)
}

crate::ordered_links! {
    /// Where it took place.
    territories: activity_territories (activity_id: super::ActivityId, territory: String)
}

crate::ordered_links! {
    /// The institutions that organised it.
    organizers: activity_organizers (activity_id: super::ActivityId, institution_id: super::InstitutionId)
}

crate::ordered_links! {
    /// The institutions that took part.
    partners: activity_partners (activity_id: super::ActivityId, institution_id: super::InstitutionId)
}

crate::ordered_links! {
    /// The items of plans that it serves.
    plan_items: activity_plan_items (activity_id: super::ActivityId, plan_item_id: super::PlanItemId)
}

crate::ordered_links! {
    /// The commitments that it serves.
    commitments: activity_commitments (activity_id: super::ActivityId, commitment_id: super::CommitmentId)
}
