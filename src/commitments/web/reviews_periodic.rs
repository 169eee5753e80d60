//! The periodic reports that await review, in the queue of reviews.

use maud::{Markup, html};

use super::progress::name_of;
use super::reviews::QueueQuery;
use crate::dates::PartialDate;
use crate::db::{Db, InstitutionId};
use crate::directory::InstitutionNames;
use crate::duties::{Duty, ReportToReview, reports_to_review};
use crate::error::Result;
use crate::http::{PageParameters, with_parameter};
use crate::identity::Actor;
use crate::ui::{Frame, Tone, date_in_words, panel, tag};

/// The number of periodic reports that are listed; the others are on the start page.
const MOST_REPORTS: usize = 50;

/// A periodic report that awaits review.
pub(super) struct Waiting {
    duty: Duty,
    institution: InstitutionId,
    period: PartialDate,
}

crate::restricted_by!(Waiting: duty);

/// Returns the periodic reports that await the review of a person, in the order of receipt.
pub(super) fn waiting(conn: &mut Db, actor: &Actor, query: &QueueQuery) -> Result<Vec<Waiting>> {
    let mut reports = reports_to_review(conn, actor)?;
    reports.retain(|one| {
        query.commission_id.is_none_or(|id| one.duty.fields.commission_ids.contains(&id))
            && query.institution_id.is_none_or(|id| one.institution == id)
            && query.country_code.as_ref().is_none_or(|code| one.duty.country_code == *code)
    });
    let waiting = |ReportToReview { duty, institution, period, .. }| Waiting { duty, institution, period };
    Ok(reports.into_iter().map(waiting).collect())
}

/// Returns the institutions whose reports are listed.
pub(super) fn institutions(waiting: &[Waiting]) -> impl Iterator<Item = InstitutionId> {
    waiting.iter().map(|one| one.institution)
}

/// Draws the periodic reports that await review; each leads to the report.
pub(super) fn periodic(
    frame: &Frame,
    waiting: &[Waiting],
    names: &InstitutionNames,
    parameters: &PageParameters,
) -> Markup {
    let kept = parameters.all().iter().filter(|(name, _)| ["country_code", "commission_id"].contains(&name.as_str()));
    let all = kept.fold("/?reason=duty_review".to_owned(), |path, (name, value)| with_parameter(&path, name, value));
    let content = html! {
        ul class="items" { @for one in waiting.iter().take(MOST_REPORTS) { li { (row(frame, one, names)) } } }
        @if waiting.len() > MOST_REPORTS {
            p class="small" { a href=(all) { (frame.t_n("progress-all-periodic", waiting.len())) } }
        }
    };
    panel(&frame.t("progress-periodic-waiting"), None, content)
}

fn row(frame: &Frame, one: &Waiting, names: &InstitutionNames) -> Markup {
    let (duty, institution) = (&one.duty, name_of(names, one.institution));
    let period = date_in_words(frame, &duty.country_code, &one.period);
    let path = format!("/duties/{}/reports/{}/{}", duty.id, one.institution, one.period);
    html! {
        div {
            p class="what" {
                (institution)
                @if duty.fields.restricted { " " (tag(Tone::Neutral, &frame.t("start-restricted"))) }
            }
            p class="small" { (duty.fields.title) " · " (period) }
        }
        a class="button" href=(path) {
            (frame.t("progress-review")) span class="unseen" { ": " (institution) ", " (period) }
        }
    }
}
