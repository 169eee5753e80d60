//! Heuristics over the words of an answer, in Spanish and English, on folded text.

use crate::activities::{is_relative, tells_a_process as sentence_describes_a_process};
use crate::dates::SPANISH_MONTHS;
use crate::text::fold;
use crate::themes::Theme;

/// Labels of the form's examples, as they appear in a line that was not filled in.
const LABELS: &[&str] = &[
    "ejemplo",
    "encuestas",
    "estudios de caso",
    "estudios de casos",
    "grupos focales",
    "entrevistas",
    "otros precisar",
    "comentarios",
    "example",
    "surveys",
    "case studies",
    "focus groups",
    "interviews",
    "comments",
];

/// Instructions of the form in brackets.
const BRACKETS: &[&str] = &["[especificar", "[precisar", "[specify", "[please"];

/// Returns true if a line belongs to the form: a label without text, or an empty line to write on.
fn is_residue(line: &str) -> bool {
    let bare = line.trim().trim_start_matches(['-', '*', '•', ' ']);
    let underscores = bare.contains("__") && bare.chars().all(|c| matches!(c, '_' | ' ' | ':' | '.'));
    underscores || bare.ends_with(':') && LABELS.contains(&fold([bare]).trim())
}

/// Returns true if the text still contains words of the form.
pub(super) fn holds_residue(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.lines().any(is_residue) || text.contains("___") || BRACKETS.iter().any(|open| lower.contains(open))
}

/// Returns true if the text contains nothing but words of the form.
pub(super) fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || is_residue(line))
}

/// Returns true if the text addresses the person who edits it, or speaks of the report as another document.
pub(super) fn is_remark(text: &str) -> bool {
    const REMARKS: [&str; 12] = [
        "el informe no",
        "el informe lo",
        "el informe la",
        "el informe da",
        "el informe escribe",
        "en el informe",
        "por aclararse",
        "confirmelo",
        "el registro no",
        "the report does not",
        "the report says",
        "to be clarified",
    ];
    let folded = crate::text::fold_words(text);
    REMARKS.iter().any(|words| folded.contains(words))
}

/// Returns true if the text is a bare "not applicable".
pub(super) fn is_not_applicable(text: &str) -> bool {
    let folded = fold([text]);
    let words: Vec<&str> = folded.split_whitespace().collect();
    matches!(words.join(" ").as_str(), "no aplica" | "no corresponde" | "n a" | "not applicable" | "no aplicable")
}

/// Splits a text into sentences; a number with a full stop is split too, which does no harm here.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '\n', ';']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// Returns true if a sentence describes a process without its result.
pub(super) fn describes_a_process(text: &str) -> bool {
    const UNFINISHED: [&str; 4] =
        ["proceso de actualizacion", "proceso de elaboracion", "proceso de formulacion", "se realizan coordinaciones"];
    sentences(text).any(|sentence| {
        let folded = fold([sentence]);
        sentence_describes_a_process(sentence) || UNFINISHED.iter().any(|words| folded.contains(words))
    })
}

/// Returns true if a sentence has a day and month without a year, or a date that depends on the day of writing.
pub(super) fn has_unclear_date(text: &str) -> bool {
    sentences(text).any(|sentence| is_relative(sentence) || has_day_without_year(sentence))
}

fn has_day_without_year(sentence: &str) -> bool {
    let folded = fold([sentence]);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let day = |word: &str| word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    let year = |word: &&str| word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1900..=2200).contains(&year));
    let dated = words.windows(3).any(|three| match three {
        [number, of, month] => day(number) && *of == "de" && SPANISH_MONTHS.contains(month),
        _ => false,
    });
    dated && !words.iter().any(year)
}

/// Returns true if the text names who should give the support.
pub(super) fn names_an_addressee(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "de parte de",
        "por parte de",
        "a cargo de la oit",
        "de la oit",
        "de unicef",
        "de la oim",
        "naciones unidas",
        "from the",
        "by the",
        "cooperacion internacional",
        "de la cooperacion",
        "united nations",
    ];
    let folded = fold([text]);
    WORDS.iter().any(|words| folded.contains(words))
}

/// Returns true if the text cites something that can be looked up.
pub(super) fn cites_a_document(text: &str) -> bool {
    const DOCUMENTS: [&str; 10] =
        ["http", "www", "acta", "informe", "reporte", "registro", "resolucion", "minutes", "report", "register"];
    let folded = fold([text]);
    DOCUMENTS.iter().any(|document| folded.contains(document))
}

/// Returns the themes of Target 8.7 without an entry. Each line, and each part of one between semicolons, is an entry about
/// the theme that it names first.
pub(super) fn themes_without_entry(text: &str) -> Vec<Theme> {
    let expected: [(Theme, &[&str]); 3] = [
        (Theme::ChildLabour, &["trabajo infantil", "child labour", "ninas y ninos que trabajan"]),
        (Theme::ForcedLabour, &["trabajo forzoso", "forced labour"]),
        (Theme::HumanTrafficking, &["trata de personas", "la trata", "de trata", "trafficking"]),
    ];
    let first_of = |line: &str| {
        let folded = fold([line]);
        let at = |names: &[&str]| names.iter().filter_map(|name| folded.find(name)).min();
        expected.iter().filter_map(|(theme, names)| at(names).map(|at| (at, *theme))).min().map(|(_, theme)| theme)
    };
    let mentioned: Vec<Theme> = text.split(['\n', ';']).filter_map(first_of).collect();
    expected.into_iter().map(|(theme, _)| theme).filter(|theme| !mentioned.contains(theme)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_form_are_no_answer() {
        for text in ["Ejemplo:\n\nEncuestas:\n\nEstudios de casos:", "____", "Otros (precisar): ___".get(18..).unwrap()]
        {
            assert!(is_blank(text) && holds_residue(text), "{text}");
        }
        let answered = "Ejemplo:\n\nOIT: integra la mesa técnica.";
        assert!(holds_residue(answered) && !is_blank(answered));
        assert!(holds_residue("OIT [especificar nombre y describa la colaboración]: dos talleres."));
        assert!(!holds_residue("Encuestas: la EANNA 2023."));
    }

    #[test]
    fn each_entry_is_about_what_it_names_first() {
        let text = "i) Un modelo contra el trabajo infantil.\nii) Reinserción de víctimas de trabajo forzoso o trata de personas.";
        assert_eq!(themes_without_entry(text), [Theme::HumanTrafficking]);
        assert!(themes_without_entry("Trabajo infantil.\nTrabajo forzoso.\nTrata de personas.").is_empty());
        let joined = "Trabajo infantil.\nNuevo plan de trata de personas; y nuevo plan de trabajo forzoso.";
        assert!(themes_without_entry(joined).is_empty(), "two entries of one line");
    }

    #[test]
    fn a_day_needs_its_year() {
        assert!(has_unclear_date("Se capacitó el 22 de agosto a la comisión."));
        assert!(has_unclear_date("Los resultados salen a finales de este año."));
        assert!(!has_unclear_date("Del 14 al 16 de junio de 2023 se reunió el equipo."));
        assert!(!has_unclear_date("Ordenanza 22 de la municipalidad."));
    }

    #[test]
    fn a_process_is_told_by_its_words() {
        assert!(describes_a_process("Cifras de 2023. Se mantuvo el funcionamiento de la comisión."));
        assert!(describes_a_process("Se destaca el proceso de actualización del protocolo."));
        assert!(!describes_a_process("Se publicó el protocolo actualizado."));
    }
}
