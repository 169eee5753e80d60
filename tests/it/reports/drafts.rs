//! The drafts of the two countries' examples in both languages, which people have read: `docs/report-fidelity.md`.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use serde_json::{Value, json};

use super::{activity, body, example, questions, roadmap};
use crate::on_both;
use crate::support::World;

/// Writes every question with its drafted answer, without ids.
fn drafted_text(report: &Value) -> String {
    let mut text = String::new();
    for question in questions(report) {
        let answer = &question["answer"];
        let key = question["key"].as_str().unwrap().split(':').next().unwrap();
        writeln!(text, "## {}. {key} ({})", question["number"], answer["state"].as_str().unwrap()).unwrap();
        writeln!(text, "{}\n", question["title"].as_str().unwrap()).unwrap();
        let marked: Vec<_> =
            answer["choices"].as_array().unwrap().iter().map(|choice| choice.as_str().unwrap()).collect();
        if !marked.is_empty() {
            writeln!(text, "marked: {}\n", marked.join(", ")).unwrap();
        }
        for field in ["other_text", "text"] {
            if let Some(words) = answer[field].as_str() {
                writeln!(text, "{words}\n").unwrap();
            }
        }
        for row in answer["rows"].as_array().unwrap() {
            writeln!(
                text,
                "| {}",
                row.as_object().unwrap().values().map(Value::to_string).collect::<Vec<_>>().join(" | ")
            )
            .unwrap();
        }
        for finding in answer["findings"].as_array().unwrap() {
            writeln!(text, "! {}: {}", finding["code"].as_str().unwrap(), finding["message"].as_str().unwrap())
                .unwrap();
        }
        text.push('\n');
    }
    text
}

fn check(world: &World, file: &str, country: &str) {
    let plan = example(world, file, country);
    let admin = world.admin();
    let report = admin.post("/reports", body(country, &plan)).expect(201).id();
    for lang in ["es", "en"] {
        let shown = admin.with("accept-language", lang).get(&format!("/reports/{report}")).expect(200).json;
        insta::assert_snapshot!(format!("draft-{}-{lang}", country.to_lowercase()), drafted_text(&shown));
    }
}

on_both! {
    fn the_draft_of_chile_reads_as_it_was_read_through(world) {
        check(world, "chile-2023.json", "CL");
    }
}

on_both! {
    fn the_draft_of_peru_reads_as_it_was_read_through(world) {
        check(world, "peru-2023.json", "PE");
    }
}

/// Returns all texts of an answer.
fn words_of(question: &Value) -> String {
    let answer = &question["answer"];
    let mut texts: Vec<&str> = ["text", "other_text"].iter().filter_map(|field| answer[field].as_str()).collect();
    for row in answer["rows"].as_array().unwrap() {
        texts.extend(row.as_object().unwrap().values().filter_map(Value::as_str));
    }
    texts.join("\n")
}

fn folded(text: &str) -> Vec<String> {
    let plain = |c: char| match c.to_lowercase().next().unwrap_or(c) {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    };
    text.chars().map(plain).collect::<String>().split_whitespace().map(str::to_owned).collect()
}

/// Makes a report and returns it in both languages.
fn drafts(world: &World, country: &str, plan: &str) -> [Value; 2] {
    let admin = world.admin();
    let id = admin.post("/reports", body(country, plan)).expect(201).id();
    ["es", "en"].map(|lang| admin.with("accept-language", lang).get(&format!("/reports/{id}")).expect(200).json)
}

/// Checks that each validated activity of the period is told by an answer that cites it.
fn no_activity_is_left_out(world: &World, country: &str, report: &Value) {
    let mut path = format!("/activities?country_code={country}&status=validated&limit=100");
    let mut left = Vec::new();
    loop {
        let page = world.admin().get(&path).expect(200);
        for one in page.items() {
            let in_period = |field: &str| one[field].as_str().is_none_or(|day| day.starts_with("2023"));
            let dated =
                ["starts", "period_from"].iter().any(|field| one[field].as_str().is_some()) || !one["period"].is_null();
            if !in_period("starts") || !dated || one["restricted"] == true {
                continue;
            }
            let title: HashSet<String> =
                folded(one["title"].as_str().unwrap()).into_iter().filter(|word| word.len() > 3).collect();
            let tells = |question: &&Value| {
                let cites =
                    question["answer"]["sources"].as_array().unwrap().iter().any(|source| source["id"] == one["id"]);
                let said: HashSet<String> = folded(&words_of(question)).into_iter().collect();
                let known = title.iter().filter(|word| said.contains(*word)).count();
                cites && known * 10 >= title.len() * 6
            };
            if !questions(report).iter().any(tells) {
                left.push(one["title"].as_str().unwrap().to_owned());
            }
        }
        let Some(cursor) = page.json["next_cursor"].as_str() else { break };
        path = format!("/activities?country_code={country}&status=validated&limit=100&cursor={cursor}");
    }
    assert!(left.is_empty(), "told by no answer of {country}: {left:#?}");
}

/// Words that speak to whoever edits the report, or of the record as such.
const TO_EDITORS: &[&str] = &[
    "confirmelo",
    "cambielo",
    "confirmela",
    "el informe no",
    "en el informe",
    "este informe",
    "el informe da",
    "el registro no",
    "registros no",
    "no se indica",
    "por aclararse",
    "sugiere",
    "calificacion",
    "sin cifra",
    "sin fecha exacta",
    "vencido y sin",
    "no informaron avances",
    "antes 0",
    "antes 65",
    "actas redactadas",
    "membresias",
    "no tiene casilla",
    "the report does not",
    "in the report",
    "this report",
    "confirm it",
    "not stated",
    "the record",
    "the registry",
    "to be clarified",
    "suggests",
    "before: 0",
    "no exact date",
];

fn no_answer_speaks_to_an_editor(report: &Value) {
    for question in questions(report) {
        let said = format!(" {} ", folded(&words_of(question)).join(" "));
        for phrase in TO_EDITORS {
            let phrase = folded(phrase).join(" ");
            assert!(!said.contains(&format!(" {phrase} ")), "{}: «{phrase}» in {said}", question["key"]);
        }
    }
}

fn no_clause_is_told_twice(report: &Value) {
    let mut seen: HashMap<Vec<String>, u64> = HashMap::new();
    for question in questions(report) {
        let number = question["number"].as_u64().unwrap();
        for clause in words_of(question).split(". ").flat_map(|part| part.split(['\n', ';'])) {
            let clause = folded(clause);
            if clause.len() < 12 || clause.iter().any(|word| word == "pregunta" || word == "question") {
                continue;
            }
            let before = seen.insert(clause.clone(), number);
            assert!(before.is_none(), "in {before:?} and {number}: {}", clause.join(" "));
        }
    }
}

fn check_rules(world: &World, country: &str, plan: &str) {
    let both = drafts(world, country, plan);
    no_activity_is_left_out(world, country, &both[0]);
    for report in &both {
        no_answer_speaks_to_an_editor(report);
        no_clause_is_told_twice(report);
    }
}

on_both! {
    fn the_draft_of_chile_keeps_the_rules_of_drafts(world) {
        let plan = example(world, "chile-2023.json", "CL");
        check_rules(world, "CL", &plan);
    }
}

on_both! {
    fn the_draft_of_peru_keeps_the_rules_of_drafts(world) {
        let plan = example(world, "peru-2023.json", "PE");
        check_rules(world, "PE", &plan);
    }
}

on_both! {
    fn the_draft_of_generated_records_keeps_the_rules_of_drafts(world) {
        let (plan, items) = roadmap(world, "CL", 2, 2);
        let who = world.coordinator("CL");
        let commission = world.commission("CL", "CETI");
        let [health, union, ilo] = ["Ministerio de Salud", "Central de Trabajadores", "Oficina Internacional"].map(|name| world.institution(name));
        let kinds = ["training", "workshop", "seminar", "course", "talk", "campaign", "commemoration", "inspection_operation", "technical_assistance", "coordination", "study", "survey", "publication", "legal_instrument", "protocol", "exchange", "meeting", "recognition", "milestone", "other"];
        for (n, kind) in kinds.iter().enumerate() {
            for (m, state) in ["achieved", "partial", "expected"].iter().enumerate() {
                let linked: Vec<&String> = match (n + m) % 4 {
                    0 => vec![&items[0]],
                    1 => vec![&items[1], &items[0]],
                    2 => vec![&items[2]],
                    _ => Vec::new(),
                };
                let extra = json!({
                    "title": format!("Labor {kind} tramo {m} zona {n}"), "kind": kind, "plan_item_ids": linked, "result_state": state,
                    "starts": (n % 3 > 0).then(|| format!("2023-{:02}", 5 + n % 8)),
                    "period": (n % 3 == 0).then(|| json!({"from": "2023-05-01", "to": "2023-12-31"})),
                    "result": (m < 2).then(|| format!("Llegaron {} escuelas rurales de la comuna {m}.", 20 + n)),
                    "expected_result": (m == 2).then(|| format!("Cobertura de la provincia {n} ampliada.")),
                    "organizer_ids": if m == 0 { vec![&health] } else { Vec::new() }, "partner_ids": if m == 1 { vec![&union, &ilo] } else { Vec::new() },
                    "commission_ids": if n % 2 == 0 { vec![&commission] } else { Vec::new() }, "highlight": n == 3, "scope": if n == 5 { "regional" } else { "national" },
                });
                activity(&who, "CL", &items[0], extra);
            }
        }
        check_rules(world, "CL", &plan);
    }
}
