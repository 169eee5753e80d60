//! Cells with names, and the record of each.

use proptest::prelude::*;

use super::*;

fn peru() -> NameIndex<u8> {
    let mut names = NameIndex::default();
    names.add(1, 0, "Ministerio de Trabajo y Promoción del Empleo", Some("MTPE"), []);
    names.add(2, 0, "Ministerio de Salud", Some("MINSA"), []);
    names.add(3, 0, "Ministerio de Vivienda, Construcción y Saneamiento", Some("MVCS"), []);
    names.add(4, 0, "Gobierno Regional de Huánuco", None, ["GORE Huánuco".to_owned()]);
    names.add(5, 0, "Oficina Uno", Some("OU"), []);
    names.add(6, 0, "Oficina Otra", Some("OU"), []);
    names.add(7, 1, "Ministerio de Salud", Some("MINSAL"), []);
    names
}

/// Describes the names of a cell: ids, or the unknown text with its suggestions.
fn names_in(cell: &str) -> Vec<String> {
    let describe = |one: NameMatch<u8>| match (one.text, one.found) {
        (_, Ok(id)) => id.to_string(),
        (text, Err(NameError::NotFound(suggestions))) => format!("{text}? {}", suggestions.join("|")),
        (text, Err(NameError::Ambiguous(all))) => format!("{text}: {}", all.len()),
    };
    peru().find_all(cell).unwrap().into_iter().map(describe).collect()
}

#[test]
fn a_cell_without_end_is_refused_and_a_long_one_is_read_to_its_end() {
    assert_eq!(peru().find_all(&"a,".repeat(5_000)), None);
    assert_eq!(peru().find_all(&"a|".repeat(101)), None);
    let parts = format!("{}, MINSA", "Ministerio de Vivienda y ".repeat(99));
    assert!(peru().find_all(&parts).unwrap().iter().any(|one| one.found == Ok(2)));
    let long = format!("Ministerio de Vivienda, {}", "construcción ".repeat(700));
    assert_eq!(peru().find_all(&long).unwrap().len(), 2);
}

#[test]
fn several_names_in_a_cell_are_told_apart_and_one_with_separators_stays_whole() {
    assert_eq!(names_in("Ministerio de Trabajo y Promoción del Empleo"), ["1"]);
    assert_eq!(names_in("MTPE, MINSA"), ["1", "2"]);
    assert_eq!(names_in("MTPE/MINSA"), ["1", "2"]);
    assert_eq!(names_in("mtpe;\nGORE Huanuco"), ["1", "4"]);
    assert_eq!(names_in("MTPE y MINSA"), ["1", "2"]);
    assert_eq!(names_in("Ministerio de Vivienda, Construcción y Saneamiento, MTPE y MINSA"), ["3", "1", "2"]);
    assert_eq!(names_in("MINSA - Ministerio de Trabajo y Promoción del Empleo (MTPE)"), ["2", "1"]);
    assert_eq!(names_in("- MTPE\n- MINSA"), ["1", "2"]);
}

#[test]
fn what_is_not_known_is_suggested_and_never_matched() {
    assert_eq!(names_in("MTPEE"), ["MTPEE? Ministerio de Trabajo y Promoción del Empleo (MTPE)"]);
    let near = names_in("Ministerio de Trabajo y Promocion del Empleos, MINSA");
    assert_eq!(
        near,
        ["Ministerio de Trabajo y Promocion del Empleos? Ministerio de Trabajo y Promoción del Empleo (MTPE)", "2"]
    );
    assert_eq!(names_in("Municipalidad de Lima"), ["Municipalidad de Lima? "]);
    assert_eq!(names_in("OU"), ["OU: 2"]);
    assert_eq!(names_in("Ministerio de Salud"), ["2"], "the country's own has the name");
}

proptest! {
    #[test]
    fn any_cell_is_read_to_its_end(cell in "\\PC{0,80}|([A-Za-z]{1,6}( y |, |/|;|\n| )){0,6}") {
        for NameMatch { text, .. } in peru().find_all(&cell).into_iter().flatten() {
            prop_assert!(cell.contains(&text));
        }
    }
}
