//! The mails of the days and weeks: what waits longer than the policy is brought up again, and their numbers are those of
//! the API.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::{Year, completion, part};
use crate::support::{Mail, Person};

/// The words by which a summary names each reason.
const REASONS: [(&str, &str); 19] = [
    ("report_returned", "Informes devueltos"),
    ("overdue", "Compromisos vencidos"),
    ("due_soon", "Vencen en los próximos 30 días"),
    ("extension_decided", "Prórrogas decididas"),
    ("activity_returned", "Actividades devueltas"),
    ("minutes_open_for_comments", "Actas abiertas a observaciones"),
    ("session_upcoming", "Sesiones convocadas"),
    ("review_pending", "Informes por revisar"),
    ("extension_pending", "Prórrogas por decidir"),
    ("activity_to_validate", "Actividades por validar"),
    ("minutes_to_circulate", "Actas por circular"),
    ("minutes_to_approve", "Actas por aprobar"),
    ("session_to_convene", "Sesiones por convocar"),
    ("institution_overdue", "Instituciones con plazos vencidos"),
    ("unreachable_institution", "Instituciones sin contacto"),
    ("report_question_open", "Respuestas del informe por confirmar"),
    ("report_finding", "Respuestas del informe por corregir"),
    ("report_ready", "Informes anuales listos para aprobar"),
    ("escalated", "Compromisos vencidos que pasaron a la coordinación"),
];

/// The headings of the mail of a day.
const OVERDUE: &str = "Plazo vencido";
const COMING: &str = "Por vencer";
const WAITING: &str = "Esperan una revisión o una decisión";

/// Returns the numbers of a mail by heading, in the plain text and in the HTML.
fn numbers(mail: &Mail) -> BTreeMap<String, u64> {
    let number = |heading: &str| {
        let (words, number) = heading.strip_suffix(')')?.rsplit_once(" (")?;
        Some((words.to_owned(), number.parse().ok()?))
    };
    let lines: Vec<&str> = mail.text.lines().collect();
    let is_underlined = |pair: &&[&str]| !pair[1].is_empty() && pair[1].chars().all(|c| c == '-');
    let found: BTreeMap<_, _> = lines.windows(2).filter(is_underlined).filter_map(|pair| number(pair[0])).collect();
    for (words, number) in &found {
        assert!(mail.html.contains(&format!("{words} ({number})")), "{words} ({number}) is not in {}", mail.html);
    }
    found
}

/// Fails unless the numbers of a mail to a person equal those of the API at this moment. Returns its headings.
fn check_numbers(year: &Year<'_>, mail: &Mail) -> BTreeSet<String> {
    let person = year.everybody().find(|person| person.email == mail.to).unwrap();
    let (found, counts) = (numbers(mail), year.pending(person));
    let count = |reason: &str| counts[reason].as_u64().unwrap_or(0);
    if mail.kind == "summary" {
        let named = REASONS.iter().map(|(reason, words)| ((*words).to_owned(), count(reason)));
        let expected: BTreeMap<_, _> = named.filter(|(_, count)| *count > 0).collect();
        assert_eq!(found, expected, "{} {}", mail.to, mail.text);
        let (all, subject) = (expected.values().sum::<u64>(), &mail.subject);
        let words = if all == 1 { "un asunto pendiente".to_owned() } else { format!("{all} asuntos pendientes") };
        assert_eq!(*subject, format!("Resumen de la semana: {words}"));
    } else {
        for (heading, number) in &found {
            let expected = match heading.as_str() {
                OVERDUE => overdue(year, person, &counts),
                COMING => count("due_soon"),
                WAITING => ["review_pending", "extension_pending", "activity_to_validate"].map(count).iter().sum(),
                other => panic!("an unknown heading: {other}"),
            };
            assert_eq!(*number, expected, "{heading} to {}: {}", mail.to, mail.text);
        }
    }
    found.into_keys().collect()
}

/// Returns the number of commitments with an overdue part of which a person is reminded.
fn overdue(year: &Year<'_>, person: &Person<'_>, counts: &Value) -> u64 {
    if year.secretariats.iter().any(|one| one.email == person.email) {
        return person.get("/commitments?overdue=true&count=true").expect(200).json["total"].as_u64().unwrap();
    }
    let reason = if person.email == year.coordinator.email { "escalated" } else { "overdue" };
    let items = person.get(&format!("/me/pending?reason={reason}&limit=200")).expect(200);
    assert_eq!(counts[reason], json!(items.items().len()));
    items.items().iter().map(|item| item["code"].as_str().unwrap()).collect::<BTreeSet<_>>().len() as u64
}

/// Lets days pass, and checks the numbers of every reminder and summary; returns these mails, each with its day.
pub(super) fn pass_days(year: &Year<'_>, (from, to): (&str, &str)) -> Vec<(NaiveDate, Mail, BTreeSet<String>)> {
    let (mut day, last): (NaiveDate, NaiveDate) = (from.parse().unwrap(), to.parse().unwrap());
    let mut mails = Vec::new();
    while day <= last {
        year.world.at(&format!("{day}T16:00:00Z"));
        for mail in year.world.mails() {
            assert!(["reminder", "summary"].contains(&mail.kind.as_str()), "{mail:?}");
            let headings = check_numbers(year, &mail);
            mails.push((day, mail, headings));
        }
        day = day + Days::new(1);
    }
    mails
}

/// A completion and a request for more time wait for eight days: on the seventh their secretariat is told of both, and
/// nobody else.
pub(super) fn longer_than_the_policy(year: &Year<'_>) -> String {
    let (ceti, eleventh, twelfth) = (&year.secretariats[0], &year.representatives[10], &year.representatives[11]);
    year.world.at("2026-05-05T13:00:00Z");
    let parts: Vec<Value> = year.institutions[10..12].iter().map(|id| json!({"institution_id": id})).collect();
    let body = json!({
        "commission_ids": [year.commissions[0]], "text": "Publicar la guía", "due": "2026-12-15", "assignments": parts,
    });
    let commitment = ceti.post("/commitments", body).expect(201).id();
    year.told(&[("new_commitment", vec![eleventh, twelfth])]);
    let done = format!("{}/updates", part(year, &commitment, 10));
    let update = eleventh.post(&done, completion("2026-05-05", None)).expect(201).id();
    year.told(&[("completion_review", vec![ceti])]);
    let own = part(year, &commitment, 11);
    let request = json!({"requested_due": "2027-03-31", "reason": "Imprenta"});
    let extension = twelfth.post(&format!("{own}/extensions"), request).expect(201).id();
    year.told(&[("extension_requested", vec![ceti])]);
    let mails = pass_days(year, ("2026-05-05", "2026-05-13"));
    let told = |kind: &str| -> Vec<(String, &str)> {
        let of_kind = mails.iter().filter(|(_, mail, _)| mail.kind == kind);
        of_kind.map(|(day, mail, _)| (day.to_string(), mail.to.as_str())).collect()
    };
    assert_eq!(told("reminder"), [("2026-05-12".to_owned(), ceti.email.as_str())]);
    let monday = [&year.coordinator, ceti].map(|person| ("2026-05-11".to_owned(), person.email.as_str()));
    assert_eq!(told("summary"), monday, "the coordinator too, who may settle both");
    let (_, reminder, headings) = mails.iter().find(|(_, mail, _)| mail.kind == "reminder").unwrap();
    assert_eq!(*headings, BTreeSet::from([WAITING.to_owned()]));
    for link in [format!("/reviews/{update}"), format!("/extensions/{extension}")] {
        assert!(reminder.text.contains(&link) && reminder.html.contains(&link), "{link}: {}", reminder.text);
    }
    ceti.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
    year.told(&[("update_accepted", vec![eleventh])]);
    let decision = json!({"outcome": "refused", "comment": "El año no alcanza"});
    ceti.put(&format!("/extensions/{extension}/decision"), decision).expect(200);
    year.told(&[("extension_decided", vec![twelfth])]);
    own
}

/// Expects the reminders of a part that stays late, until the coordinator hears of it.
pub(super) fn overdue_parts(year: &Year<'_>) {
    let (ceti, fourth) = (&year.secretariats[0], &year.representatives[3]);
    let mails = pass_days(year, ("2026-05-18", "2026-07-27"));
    let of = |kind: &str, person: &Person<'_>| -> Vec<_> {
        mails.iter().filter(|(_, mail, _)| mail.kind == kind && mail.to == person.email).collect()
    };
    let days: Vec<NaiveDate> = of("reminder", fourth).iter().map(|(day, ..)| *day).collect();
    assert!(days.windows(2).all(|pair| pair[0] < pair[1]), "at most one mail a day: {days:?}");
    let headings = |kind: &str, person: &Person<'_>| -> BTreeSet<&str> {
        of(kind, person).iter().flat_map(|(.., headings)| headings).map(String::as_str).collect()
    };
    assert_eq!(headings("reminder", fourth), BTreeSet::from([COMING, OVERDUE]));
    assert_eq!(headings("reminder", ceti), BTreeSet::from([OVERDUE]));
    assert!(of("reminder", ceti).len() > 3, "the secretariat hears every week from 14 days overdue");
    assert_eq!(headings("reminder", &year.coordinator), BTreeSet::from([OVERDUE]), "the coordinator after 30 days");
    assert_eq!(headings("summary", ceti), BTreeSet::from(["Instituciones con plazos vencidos"]));
    assert_eq!(
        headings("summary", &year.coordinator),
        BTreeSet::from(["Compromisos vencidos que pasaron a la coordinación"])
    );
    assert_eq!(year.pending(&year.coordinator)["escalated"], 2);
}
