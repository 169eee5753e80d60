//! An agreement in words: name, state, form of its adoption.

use maud::Markup;

use crate::agreements::model::{Adoption, Agreement, AgreementStatus};
use crate::ui::{Frame, Tone, tag};

/// Returns the number and the title of an agreement: "Acuerdo 6: Fortalecer la gestión".
pub(crate) fn agreement_name(frame: &Frame, agreement: &Agreement) -> String {
    let fields = &agreement.fields;
    match &fields.number {
        Some(number) => {
            let args = [("number", number.as_str().into()), ("title", fields.title.as_str().into())];
            frame.t_with("agreements-name", &args)
        }
        None => fields.title.clone(),
    }
}

/// Draws the state of an agreement.
pub(crate) fn status_tag(frame: &Frame, status: AgreementStatus) -> Markup {
    let tone = match status {
        AgreementStatus::Draft => Tone::Soon,
        AgreementStatus::InForce => Tone::Open,
        AgreementStatus::Ended => Tone::Neutral,
    };
    tag(tone, &frame.word("agreements-status", status.as_str()))
}

/// Returns the form of the adoption with the votes: "Por mayoría: 7 a favor, 1 en contra, 1 abstención".
pub(crate) fn adoption_words(frame: &Frame, adoption: &Adoption) -> String {
    let method = frame.word("agreements-method", adoption.method.as_str());
    let votes = [
        ("agreements-votes-for", adoption.in_favour),
        ("agreements-votes-against", adoption.against),
        ("agreements-votes-abstained", adoption.abstained),
    ];
    let votes: Vec<String> =
        votes.into_iter().filter_map(|(key, count)| Some(frame.t_n(key, i64::from(count?)))).collect();
    if votes.is_empty() { method } else { format!("{method}: {}", votes.join(", ")) }
}
