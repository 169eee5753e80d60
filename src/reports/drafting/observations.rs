//! What people noted: challenges, lessons and support needs, parted by when they were noted.

use super::frame::Frame;
use super::sheet::Sheet;
use crate::plans::ObservationKind;
use crate::reports::model::SourceKind;
use crate::reports::records::Observation;
use crate::reports::words::{plain, sentence};

/// When an observation was noted, seen from the report's period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Before,
    Within,
    After,
    Unknown,
}

fn when(frame: &Frame<'_>, observation: &Observation) -> When {
    match &observation.noted {
        None => When::Unknown,
        Some(noted) if noted.to() < frame.from => When::Before,
        Some(noted) if noted.from() > frame.to => When::After,
        Some(_) => When::Within,
    }
}

fn noted<'a>(frame: &'a Frame<'_>, kind: ObservationKind, times: &[When]) -> Vec<&'a Observation> {
    let times = times.to_vec();
    frame.records.observations.iter().filter(|one| one.kind == kind && times.contains(&when(frame, one))).collect()
}

/// Lists observations, under headings of their themes where these differ.
fn list(frame: &Frame<'_>, sheet: &mut Sheet, list: &[&Observation], tell: impl Fn(&Observation) -> String) {
    frame.by_theme(
        sheet,
        list,
        |one| &one.themes,
        |sheet, one| {
            sheet.bullet(0, &tell(one));
            cite(sheet, one);
        },
    );
}

fn cite(sheet: &mut Sheet, observation: &Observation) {
    let label: String = observation.text.chars().take(120).collect();
    let label = if label.len() < observation.text.len() { format!("{label}…") } else { label };
    sheet.cite(SourceKind::Observation, observation.id, &label);
}

fn told(frame: &Frame<'_>, observation: &Observation) -> String {
    let text = sentence(&plain(&observation.text));
    if observation.noted.is_none() { format!("{text} {}", frame.say("draft-observation-undated", &[])) } else { text }
}

/// What was noted before the period stands apart.
fn earlier(frame: &Frame<'_>, sheet: &mut Sheet, kind: ObservationKind) {
    let before = noted(frame, kind, &[When::Before]);
    if before.is_empty() {
        return;
    }
    sheet.paragraph(&frame.say("draft-noted-before", &[]));
    for observation in before {
        let day = observation.noted.as_ref().map(|noted| frame.words.date(noted)).unwrap_or_default();
        sheet.bullet(0, &format!("{} ({day})", sentence(&plain(&observation.text))));
        cite(sheet, observation);
    }
}

/// `difficulties`: challenges noted in the period.
pub fn difficulties(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    list(frame, &mut sheet, &noted(frame, ObservationKind::Challenge, &[When::Within, When::Unknown]), |one| {
        told(frame, one)
    });
    earlier(frame, &mut sheet, ObservationKind::Challenge);
    sheet
}

/// `anticipated_challenges`: challenges noted for the time after, and what the record shows to be at risk.
pub fn anticipated(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    list(frame, &mut sheet, &noted(frame, ObservationKind::Challenge, &[When::After]), |one| {
        sentence(&plain(&one.text))
    });
    let overdue: Vec<_> = frame.commitments().filter(|one| one.was_overdue_on(frame.to)).collect();
    if !overdue.is_empty() {
        sheet.paragraph(&frame.count("draft-risk-overdue", overdue.len()));
    }
    for commitment in &overdue {
        sheet.bullet(0, &frame.commitment(commitment));
        frame.cite_commitment(&mut sheet, commitment);
    }
    let orphaned: Vec<_> = frame.commitments().filter(|one| one.is_open() && one.live().next().is_none()).collect();
    if !orphaned.is_empty() {
        sheet.paragraph(&frame.count("draft-risk-unassigned", orphaned.len()));
    }
    for commitment in &orphaned {
        sheet.bullet(0, &frame.commitment(commitment));
        frame.cite_commitment(&mut sheet, commitment);
    }
    sheet
}

/// `overcoming_lessons`: lessons, and how challenges of the period were met.
pub fn lessons(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let times = [When::Within, When::Unknown];
    let met: Vec<_> = noted(frame, ObservationKind::Challenge, &times)
        .into_iter()
        .filter(|challenge| challenge.response.is_some())
        .collect();
    if !met.is_empty() {
        sheet.paragraph(&frame.say("draft-responses", &[]));
    }
    let mut told_already: Vec<&str> = Vec::new();
    for challenge in met {
        let response = challenge.response.as_deref().unwrap_or_default();
        cite(&mut sheet, challenge);
        if !told_already.contains(&response) {
            sheet.bullet(0, &sentence(&plain(response)));
            told_already.push(response);
        }
    }
    let learned = noted(frame, ObservationKind::Lesson, &times);
    if !learned.is_empty() {
        sheet.paragraph(&frame.say("draft-lessons", &[]));
    }
    list(frame, &mut sheet, &learned, |one| {
        let text = told(frame, one);
        one.response.as_ref().map_or_else(|| text.clone(), |more| format!("{text} {}", sentence(&plain(more))))
    });
    earlier(frame, &mut sheet, ObservationKind::Lesson);
    sheet
}

/// `support_needed`: what, in what form, and from whom; said when nobody is named.
pub fn support(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let times = [When::Within, When::Unknown, When::After];
    list(frame, &mut sheet, &noted(frame, ObservationKind::SupportNeed, &times), |one| {
        let mut parts = vec![sentence(&plain(&one.text))];
        let tell = |key: &str, text: &String| sentence(&frame.say(key, &[("value", plain(text))]));
        parts.extend(one.modality.as_ref().map(|text| tell("draft-modality", text)));
        parts.push(match &one.addressee {
            Some(whom) => tell("draft-addressee", whom),
            None => frame.say("draft-addressee-missing", &[]),
        });
        parts.join(" ")
    });
    earlier(frame, &mut sheet, ObservationKind::SupportNeed);
    sheet
}

/// Successes noted in the period.
pub fn successes(frame: &Frame<'_>, sheet: &mut Sheet) -> usize {
    let noted = noted(frame, ObservationKind::Success, &[When::Within, When::Unknown]);
    list(frame, sheet, &noted, |one| told(frame, one));
    noted.len()
}
