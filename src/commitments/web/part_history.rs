//! The events of the progress of a part in words.

use serde_json::Value;

use crate::commitments::model::HistoryEvent;
use crate::dates::PartialDate;
use crate::ui::{Frame, date_in_words};

/// Returns the title of an event: a report, a review, a request for more time, a cancellation.
pub(super) fn title_of(frame: &Frame, country: &str, event: &HistoryEvent) -> String {
    let text = |name: &str| event.data.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let date = |name: &str| {
        let date = PartialDate::parse(&text(name));
        date.map(|date| date_in_words(frame, country, &date)).unwrap_or_default()
    };
    let kind = event.kind.replace('_', "-");
    match event.kind.as_str() {
        "reported" => {
            let status = frame.word("status", &text("status"));
            frame.t_with("progress-event-reported", &[("status", status.into())])
        }
        "reviewed" => frame.word("progress-event-reviewed", &text("outcome")),
        "extension_requested" => {
            frame.t_with("progress-event-extension-requested", &[("date", date("requested_due").into())])
        }
        "extension_decided" => match text("outcome").as_str() {
            "granted" if !text("granted_due").is_empty() => {
                frame.t_with("progress-event-extension-granted", &[("date", date("granted_due").into())])
            }
            "granted" => frame.t("progress-event-extension-granted-plain"),
            _ => frame.t("progress-event-extension-refused"),
        },
        _ => frame.t(&format!("progress-event-{kind}")),
    }
}

/// Returns the words of the person: the narrative of a report, the comment of a decision, a reason.
pub(super) fn detail_of(event: &HistoryEvent) -> Option<String> {
    let names = ["narrative", "comment", "reason"];
    let texts = names.iter().filter_map(|name| event.data.get(*name).and_then(Value::as_str));
    texts.map(str::to_owned).find(|text| !text.trim().is_empty())
}
