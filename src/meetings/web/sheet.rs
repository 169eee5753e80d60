//! The fields of a meeting, for the pages that make a new one and change one.

use chrono_tz::Tz;
use maud::{Markup, html};

use super::super::model::{MeetingCall, MeetingKind, MeetingStatus, Modality};
use super::local_time::{read_local_times, written};
use super::{capitalized, choice};
use crate::access::CommissionRef;
use crate::clock::Instant;
use crate::db::CommissionId;
use crate::error::Faults;
use crate::http::{Fields, Shape};
use crate::i18n::zone_time;
use crate::ui::{Choice, Field, FormView, Frame};

/// The fields that are days with a time.
const TIMES: [&str; 4] = ["starts_at", "ends_at", "started_at", "ended_at"];

pub(super) const SHAPE: Shape = Shape {
    lists: &["commission_ids"],
    numbers: &["ordinal"],
    flags: &["restricted"],
    dates: &["held"],
    rows: &[],
    ignored: &[],
};

/// The commissions that the form offers.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub commissions: Vec<CommissionRef>,
    /// Those that the reader may write for; the secretariats of the others are notified.
    pub own: Vec<CommissionId>,
    /// The time zone of the record; None when it is that of the first commission of the form.
    pub zone: Option<Tz>,
}

impl Offered {
    /// Returns the time zone in which times are read: that of the record, else of the first commission that is marked.
    pub(super) fn zone_of(&self, fields: &Fields) -> Tz {
        let marked = fields.get("commission_ids").and_then(|id| id.parse::<CommissionId>().ok());
        let marked = marked.and_then(|id| self.commissions.iter().find(|one| one.id == id));
        self.zone.or(marked.map(|one| one.zone)).or_else(|| self.common_zone()).unwrap_or(Tz::UTC)
    }

    fn common_zone(&self) -> Option<Tz> {
        let first = self.commissions.first()?.zone;
        self.commissions.iter().all(|one| one.zone == first).then_some(first)
    }

    fn hint(&self, frame: &Frame) -> String {
        match self.zone.or_else(|| self.common_zone()) {
            Some(zone) => frame.t_with("meetings-time-hint", &[("zone", zone_time(frame.lang, zone).into())]),
            None => frame.t("meetings-time-hint-first"),
        }
    }

    fn country(&self) -> &str {
        self.commissions.first().map_or("", |one| one.country_code.as_str())
    }

    fn choices(&self, frame: &Frame) -> Vec<Choice> {
        let of = |one: &CommissionRef| {
            let text = match &one.acronym {
                Some(acronym) => format!("{acronym}: {}", one.name),
                None => one.name.clone(),
            };
            let is_own = self.own.contains(&one.id);
            let choice = Choice::new(one.id, text);
            if is_own { choice } else { choice.hint(frame.t("meetings-commission-of-others")) }
        };
        self.commissions.iter().map(of).collect()
    }
}

/// Writes the moments of a record as times of its zone.
pub(super) fn with_local_times(mut fields: Fields, zone: Tz) -> Fields {
    for name in TIMES {
        if let Some(at) = fields.get(name).and_then(Instant::parse) {
            fields.set(name, written(at, zone));
        }
    }
    fields
}

/// Reads the times of the form.
pub(super) fn read_times(offered: &Offered, fields: &mut Fields, faults: &mut Faults) {
    let zone = offered.zone_of(fields);
    read_local_times(fields, &TIMES, zone, faults);
}

/// Draws the fields.
pub(super) fn fields(frame: &Frame, form: &FormView, offered: &Offered, ordinal_hint: Option<String>) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let kinds: Vec<Choice> = MeetingKind::ALL.iter().map(|kind| choice(frame, "meeting-kind", kind.as_str())).collect();
    let ways: Vec<Choice> = Modality::ALL.iter().map(|way| choice(frame, "meeting-modality", way.as_str())).collect();
    let ordinal = field("ordinal", "meetings-ordinal");
    html! {
        (commissions(frame, form, offered))
        (field("kind", "meetings-kind").required().radios(&kinds))
        div class="fields" {
            (match ordinal_hint { Some(hint) => ordinal.hint(hint), None => ordinal }.number())
        }
        (field("title", "meetings-field-title").hint(frame.t("meetings-field-title-hint")).required().max(500).text())
        div class="fields" {
            (field("starts_at", "meetings-starts-at").hint(offered.hint(frame)).day_and_time())
            (field("ends_at", "meetings-ends-at").day_and_time())
        }
        (field("held", "meetings-held").hint(frame.t("meetings-held-hint")).date(offered.country()))
        (field("modality", "meetings-modality").select(Some(&frame.t("meetings-not-stated")), &ways))
        (field("place", "meetings-place").max(500).text())
        (field("url", "meetings-url").hint(frame.t("meetings-url-hint")).max(2000).text())
        (field("restricted", "meetings-field-restricted").hint(frame.t("meetings-field-restricted-hint")).check())
    }
}

fn commissions(frame: &Frame, form: &FormView, offered: &Offered) -> Markup {
    let field = Field::new(frame, form, "commission_ids", frame.t("meetings-commissions")).required();
    let field = if offered.commissions.len() > 1 { field.hint(frame.t("meetings-commissions-hint")) } else { field };
    field.checks(&offered.choices(frame))
}

/// Draws the fields of a meeting that took place: state, hours, call.
pub(super) fn as_held(frame: &Frame, form: &FormView) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let calls: Vec<Choice> =
        MeetingCall::ALL.iter().map(|call| Choice::new(call, frame.word("meetings-call", call.as_str()))).collect();
    // Cancelling has a page of its own, because it mails people.
    let is_cancelled = form.has("status", MeetingStatus::Cancelled.as_str());
    let states = MeetingStatus::ALL.iter().filter(|status| is_cancelled || **status != MeetingStatus::Cancelled);
    let states: Vec<Choice> = states
        .map(|status| Choice::new(status, capitalized(&frame.word("meetings-status", status.as_str()))))
        .collect();
    let has_content = ["started_at", "ended_at", "call"].iter().any(|name| !form.value(name).is_empty());
    html! {
        (field("status", "meetings-status").required().radios(&states))
        details class="more" open[has_content || form.has_faults()] {
            summary { (frame.t("meetings-as-held")) }
            div class="stack" {
                div class="fields" {
                    (field("started_at", "meetings-started-at").day_and_time())
                    (field("ended_at", "meetings-ended-at").day_and_time())
                }
                (field("call", "meetings-call").select(Some(&frame.t("meetings-not-stated")), &calls))
            }
        }
    }
}
