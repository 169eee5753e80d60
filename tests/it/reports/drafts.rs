//! The drafts of the two countries' examples in both languages, which people have read: `docs/report-fidelity.md`.

use std::fmt::Write;

use serde_json::Value;

use super::{body, example, questions};
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
