//! Pages of activities: the list, one activity with its form, the queue of validation, and the registry of a period.
//! `fields` has the inputs of the form, `form` opens and saves it, `show` is the page of one activity.

mod choices;
mod fields;
mod form;
mod list;
mod registry;
mod show;
mod validation;

use actix_web::web::ServiceConfig;
use maud::Markup;

use super::model::{Activity, ActivityStatus};
use crate::ui::{Frame, Tone, short_date, tag};

/// Mounts the pages of this slice. The fixed addresses come before that of an activity.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list::list);
    cfg.service(form::open_new).service(form::create).service(validation::open_queue).service(validation::validate);
    cfg.service(show::show).service(form::open).service(form::update);
    cfg.service(validation::open_return).service(validation::send_back);
    cfg.service(show::open_removal).service(show::remove);
    cfg.service(registry::show).service(registry::as_xlsx).service(registry::as_csv);
}

/// Draws the state of an activity.
fn status_tag(frame: &Frame, status: ActivityStatus) -> Markup {
    let tone = match status {
        ActivityStatus::Draft => Tone::Soon,
        ActivityStatus::Submitted => Tone::Review,
        ActivityStatus::Validated => Tone::Done,
    };
    tag(tone, &frame.word("activities-status", status.as_str()))
}

/// Returns the date of an activity as precise as it is known, else the words of the source.
fn when(frame: &Frame, activity: &Activity) -> String {
    let fields = &activity.fields;
    let country = &fields.country_code;
    match (&fields.starts, &fields.ends) {
        (Some(starts), Some(ends)) if starts != ends => {
            format!("{} – {}", short_date(frame, country, starts), short_date(frame, country, ends))
        }
        (Some(starts), _) => short_date(frame, country, starts),
        (None, _) => fields.when_text.clone().unwrap_or_else(|| frame.t("activities-undated")),
    }
}
