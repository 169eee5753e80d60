//! Prints the report of the import of a matrix.

use crate::http::describe;
use crate::i18n::{self, Lang, text, word};
use crate::matrix::{LeftOutPlace, MatrixReport, RowReport};

/// Prints faults, questions and remarks, then every row, everything that is left out, and the totals.
pub(super) fn print(report: &MatrixReport, lang: Lang) {
    for fault in &report.faults {
        let fault = describe(fault, lang);
        let value = fault.value.map(|value| format!(" [{value}]")).unwrap_or_default();
        println!("{}{value}", fault.detail);
    }
    for question in &report.questions {
        let options: Vec<String> = question.options.iter().map(|one| format!("{} ({})", one.key, one.label)).collect();
        println!("{} [{}]: {}", question.text, question.id, options.join(", "));
    }
    for note in &report.notes {
        println!("{}", note.detail);
    }
    report.rows.iter().for_each(|row| print_row(row, lang));
    let of_sheets = report.sheets.iter().flat_map(|sheet| &sheet.left_out);
    let left_out: Vec<&LeftOutPlace> = report.left_out.iter().chain(of_sheets).collect();
    if !left_out.is_empty() {
        println!("{}:", text(lang, "imports-left-out", &[]));
    }
    for one in left_out {
        println!("    {}", left_out_line(one, lang));
    }
    print_totals(report, lang);
}

fn print_row(row: &RowReport, lang: Lang) {
    let code = row.code.as_deref().map(|code| format!(" {code}")).unwrap_or_default();
    let outcome = word(lang, "imports-outcome", row.outcome.as_str());
    println!("{}: {outcome}{code}", row.place_in_words(lang));
    println!("    {}", understood(row, lang));
    for cell in &row.cells {
        let shown = |text: &Option<String>| text.as_deref().unwrap_or("-").replace('\n', " ");
        println!("    {} {}: {} -> {}", cell.cell, cell.heading, shown(&cell.before), shown(&cell.after));
    }
}

/// Returns the values of a row as they were understood: number, term, state and institutions.
fn understood(row: &RowReport, lang: Lang) -> String {
    let understood = &row.understood;
    let labelled = |key: &str, value: String| format!("{}: {value}", text(lang, key, &[]));
    let number = understood.number.clone().map(|number| text(lang, "imports-number-in-file", &[("number", number)]));
    let day = understood.due_to.map_or_else(|| text(lang, "imports-no-due", &[]), |day| i18n::day(lang, day));
    let words =
        understood.due_text.as_ref().map(|words| format!(" («{}»)", words.replace('\n', " "))).unwrap_or_default();
    let status = understood.status.map(|status| word(lang, "status", status.as_str()));
    let percent = understood.percent.map(|percent| format!("{percent} %"));
    let state: Vec<String> = status.into_iter().chain(percent).collect();
    let names: Vec<&str> = understood.institutions.iter().map(|one| one.name.as_str()).collect();
    let parts = [
        number,
        Some(labelled("imports-row-due", format!("{day}{words}"))),
        (!state.is_empty()).then(|| labelled("imports-row-status", state.join(", "))),
        (!names.is_empty()).then(|| labelled("imports-row-institutions", names.join("; "))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
}

/// Returns the place, the reason, and the text or the first values of something that is left out.
fn left_out_line(one: &LeftOutPlace, lang: Lang) -> String {
    let shown: Vec<&str> = one.text.iter().chain(&one.examples).map(String::as_str).collect();
    let shown = if shown.is_empty() { String::new() } else { format!(" [{}]", shown.join(" · ").replace('\n', " ")) };
    format!("{}: {}{shown}", one.place_in_words(lang), one.reason_in_words(lang))
}

fn print_totals(report: &MatrixReport, lang: Lang) {
    let totals = report.totals;
    let counts = [
        ("created", totals.created),
        ("changed", totals.changed),
        ("unchanged", totals.unchanged),
        ("rejected", totals.rejected),
    ];
    println!("{}", text(lang, "imports-would", &counts.map(|(name, count)| (name, count.to_string()))));
    match report.import_id {
        Some(id) => println!("{}", text(lang, "imports-id", &[("id", id.to_string())])),
        None if report.dry_run => println!("{}", text(lang, "imports-dry-run", &[])),
        None => {}
    }
}
