//! Cells that name institutions, and what each names.

use proptest::prelude::*;

use super::*;

fn peru() -> Names<u8> {
    let mut names = Names::default();
    names.add(1, 0, "Ministerio de Trabajo y Promoción del Empleo", Some("MTPE"), []);
    names.add(2, 0, "Ministerio de Salud", Some("MINSA"), []);
    names.add(3, 0, "Ministerio de Vivienda, Construcción y Saneamiento", Some("MVCS"), []);
    names.add(4, 0, "Gobierno Regional de Huánuco", None, ["GORE Huánuco".to_owned()]);
    names.add(5, 0, "Oficina Uno", Some("OU"), []);
    names.add(6, 0, "Oficina Otra", Some("OU"), []);
    names.add(7, 1, "Ministerio de Salud", Some("MINSAL"), []);
    names
}

/// What a cell names: ids, or the unknown text with its suggestions.
fn said(cell: &str) -> Vec<String> {
    let told = |(text, found): Named<u8>| match found {
        Ok(id) => id.to_string(),
        Err(Unknown::Nobody(suggestions)) => format!("{text}? {}", suggestions.join("|")),
        Err(Unknown::Several(all)) => format!("{text}: {}", all.len()),
    };
    peru().find_all(cell).unwrap().into_iter().map(told).collect()
}

#[test]
fn a_cell_without_end_is_refused_and_a_long_one_is_read_to_its_end() {
    assert_eq!(peru().find_all(&"a,".repeat(5_000)), None);
    assert_eq!(peru().find_all(&"a|".repeat(101)), None);
    let parts = format!("{}, MINSA", "Ministerio de Vivienda y ".repeat(99));
    assert!(peru().find_all(&parts).unwrap().iter().any(|(_, found)| *found == Ok(2)));
    let long = format!("Ministerio de Vivienda, {}", "construcción ".repeat(700));
    assert_eq!(peru().find_all(&long).unwrap().len(), 2);
}

#[test]
fn several_names_in_a_cell_are_told_apart_and_one_with_separators_stays_whole() {
    assert_eq!(said("Ministerio de Trabajo y Promoción del Empleo"), ["1"]);
    assert_eq!(said("MTPE, MINSA"), ["1", "2"]);
    assert_eq!(said("MTPE/MINSA"), ["1", "2"]);
    assert_eq!(said("mtpe;\nGORE Huanuco"), ["1", "4"]);
    assert_eq!(said("MTPE y MINSA"), ["1", "2"]);
    assert_eq!(said("Ministerio de Vivienda, Construcción y Saneamiento, MTPE y MINSA"), ["3", "1", "2"]);
    assert_eq!(said("MINSA - Ministerio de Trabajo y Promoción del Empleo (MTPE)"), ["2", "1"]);
    assert_eq!(said("- MTPE\n- MINSA"), ["1", "2"]);
}

#[test]
fn what_is_not_known_is_suggested_and_never_matched() {
    assert_eq!(said("MTPEE"), ["MTPEE? Ministerio de Trabajo y Promoción del Empleo (MTPE)"]);
    let near = said("Ministerio de Trabajo y Promocion del Empleos, MINSA");
    assert_eq!(
        near,
        ["Ministerio de Trabajo y Promocion del Empleos? Ministerio de Trabajo y Promoción del Empleo (MTPE)", "2"]
    );
    assert_eq!(said("Municipalidad de Lima"), ["Municipalidad de Lima? "]);
    assert_eq!(said("OU"), ["OU: 2"]);
    assert_eq!(said("Ministerio de Salud"), ["2"], "the country's own has the name");
}

proptest! {
    #[test]
    fn any_cell_is_read_to_its_end(cell in "\\PC{0,80}|([A-Za-z]{1,6}( y |, |/|;|\n| )){0,6}") {
        for (text, _) in peru().find_all(&cell).into_iter().flatten() {
            prop_assert!(cell.contains(&text));
        }
    }
}
