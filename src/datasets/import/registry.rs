//! Agreements and activities of a file.

use uuid::Uuid;

use super::commissions::imply_country;
use super::entered::entered;
use crate::activities::{Activity, ActivityInput, activities_of_country, create_activity, update_activity};
use crate::agreements::{Agreement, AgreementInput, agreements_of_country, record_agreement, update_agreement};
use crate::datasets::model::Fields;
use crate::evidence::Evidence;

entered!(Agreement: AgreementInput, Agreement, AGREEMENT,
    |conn, country, _| agreements_of_country(conn, country),
    |tx, actor, _, input, _| record_agreement(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_agreement(tx, actor, id.into(), input));

entered!(Activity: ActivityInput, Activity, ACTIVITY,
    |conn, country, _| activities_of_country(conn, country),
    |tx, actor, _, input, _| create_activity(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_activity(tx, actor, id.into(), input), {

    fn imply(fields: &mut Fields, country: &str) {
        imply_country(fields, country);
    }

    /// Files are left out of a dataset, and stay.
    fn settle(input: &mut ActivityInput, present: &Self) {
        Evidence::keep_files(&mut input.evidence, &present.fields.evidence);
    }
});
