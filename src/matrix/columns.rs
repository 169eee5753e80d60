//! The columns of a follow-up matrix with their headings, for import and export.

use super::words::{fold, is_listed};
use crate::i18n::Lang;

crate::text_enum! {
    /// The content of a column.
    Column {
        /// The number of the row, or the commitment's code.
        Number = "number",
        /// The commitment's own code.
        Code = "code",
        Commission = "commission",
        Session = "meeting",
        SessionDate = "meeting_date",
        Agreement = "agreement",
        Commitment = "text",
        Responsible = "institutions",
        CoResponsible = "co_institutions",
        /// The term in words.
        Term = "due_text",
        /// The last day.
        DueDate = "due",
        State = "status",
        Percent = "percent",
        Evidence = "evidence",
        DoneOn = "completed_on",
        Remarks = "notes",
    }
}

/// The headings of a column.
pub(super) struct Headings {
    pub column: Column,
    pub es: &'static str,
    pub en: &'static str,
    /// The width in the export, in characters; 0 for a column that is only read.
    pub width: u16,
    /// The headings that the import accepts, folded, with `|` between them.
    pub accepted: &'static str,
    /// Headings that name the column if no other heading does, in Spanish, English and Portuguese.
    pub also: &'static str,
}

impl Headings {
    pub(super) fn in_language(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Es => self.es,
            Lang::En => self.en,
        }
    }
}

const fn headings(
    column: Column,
    (es, en): (&'static str, &'static str),
    width: u16,
    accepted: &'static str,
    also: &'static str,
) -> Headings {
    Headings { column, es, en, width, accepted, also }
}

/// The columns in the order of the export.
pub(super) const COLUMNS: &[Headings] = &[
    headings(
        Column::Number,
        ("N°", "No."),
        18,
        "n|no|nro|num|numero|item|number",
        "id|correlativo|n correlativo|numero correlativo|n de orden|orden|ordem",
    ),
    headings(
        Column::Code,
        ("Código", "Code"),
        0,
        "codigo|cod|codigo del compromiso|codigo compromiso|code|codigo do compromisso",
        "",
    ),
    headings(
        Column::Commission,
        ("Comisión", "Commission"),
        18,
        "comision|comite|comision o comite|comision comite|mesa|instancia|commission|committee|comissao|comite gestor",
        "",
    ),
    headings(
        Column::Session,
        ("Sesión", "Session"),
        30,
        "sesion|n de acta|acta|reunion|n de sesion|nombre de la sesion|session|meeting|sessao|reuniao",
        "sesion n|n sesion|numero de sesion|sesion numero|nro de sesion|n de reunion|reunion n|ata|n da sessao",
    ),
    headings(
        Column::SessionDate,
        ("Fecha de la sesión", "Date of the session"),
        14,
        "fecha de la sesion|fecha de sesion|fecha sesion|fecha de la reunion|fecha de reunion|fecha del acta|\
        fecha acta|date of the session|session date|meeting date|date of the meeting|data da sessao|data da reuniao",
        "fecha reunion",
    ),
    headings(
        Column::Agreement,
        ("Acuerdo", "Agreement"),
        40,
        "acuerdo|n de acuerdo|acuerdo adoptado|texto del acuerdo|agreement|acordo",
        "acuerdo n|n acuerdo|numero de acuerdo|acuerdos|agreement no|agreements|n do acordo|acordos",
    ),
    headings(
        Column::Commitment,
        ("Compromiso", "Commitment"),
        50,
        "compromiso|tarea|compromiso tarea|compromiso o tarea|accion|actividad comprometida|texto del compromiso|\
        compromisos|compromiso asumido|compromisos asumidos|compromiso adquirido|compromisos adquiridos|\
        descripcion del compromiso|descripcion de compromiso|detalle del compromiso|commitment|commitments|compromisso|\
        compromissos|descricao do compromisso",
        "actividad|actividades|acciones|tareas|nombre de tarea|nombre de la tarea|nombre de la actividad|requerimiento|\
        requerimientos|acciones comprometidas|action|actions|action item|task|tasks|task name|activity|activities|\
        tarefa|tarefas|nome da tarefa|atividade|atividades|acao|acoes",
    ),
    headings(
        Column::Responsible,
        ("Responsable(s)", "Responsible"),
        36,
        "responsable|responsables|institucion responsable|instituciones responsables|entidad responsable|\
        entidades responsables|responsable del compromiso|responsable institucion|institucion o responsable|\
        organismo responsable|organismos responsables|responsible|responsible institution|responsible institutions|\
        responsavel|responsaveis|instituicao responsavel|orgao responsavel",
        "organismo|organismos|institucion|instituciones|entidad|entidades|dependencia|dependencias|area responsable|\
        areas responsables|dependencia responsable|unidad responsable|unidades responsables|responsible party|owner|\
        institution|assigned to|responsable principal|responsables principal|responsables principales|\
        responsable directo|responsables directo|responsables directos|responsable lider|responsables lider|\
        institucion principal|institucion lider|lead|lead institution|responsavel principal|responsaveis principal|\
        responsaveis principais|instituicao|entidade|orgao|area responsavel",
    ),
    headings(
        Column::CoResponsible,
        ("Corresponsable(s)", "Co-responsible"),
        30,
        "corresponsable|corresponsables|corresponsable apoyo|corresponsable o apoyo|apoyo|instituciones corresponsables|\
        co responsable|co responsables|institucion corresponsable|co responsible|corresponsavel|co responsavel",
        "instituciones de apoyo|institucion de apoyo|support|apoio|responsable apoyo|responsables apoyo|\
        responsable de apoyo|responsables de apoyo|responsable secundario|responsables secundario|\
        responsables secundarios|responsables de soporte|responsavel apoio|responsaveis apoio|responsavel de apoio|\
        secondary responsible|secondary responsible party",
    ),
    headings(
        Column::Term,
        ("Plazo", "Term"),
        26,
        "plazo|plazo texto|plazo de cumplimiento|plazo de ejecucion|term|prazo",
        "plazo maximo|plazo dias|plazo en dias|plazos|plazo de entrega|tiempo de entrega|tiempo de ejecucion|\
        plazo otorgado|plazo establecido|time limit|prazo de entrega|prazo dias",
    ),
    headings(
        Column::DueDate,
        ("Fecha límite", "Last day"),
        14,
        "fecha limite|fecha de vencimiento|vencimiento|vence|fecha limite de cumplimiento|fecha fin|fecha de termino|\
        last day|due date|deadline|data limite",
        "fecha compromiso|fecha de compromiso|fecha comprometida|fecha de entrega|fecha entrega|fecha programada|\
        fecha maxima|fecha maxima de cumplimiento|f limite|f vencimiento|f compromiso|f entrega|f fin|fecha final|fin|\
        termino|fecha termino|fecha de fin|fecha de finalizacion|fecha del plazo|fecha plazo|fecha prevista|fecha tope|\
        fecha prevista de cumplimiento|fecha acordada|fecha pactada|plazo fin|plazo termino|plazo final|plazo hasta|\
        due|end|end date|finish|finish date|target date|data de entrega|data prevista|data final|vencimento|\
        data de vencimento|data fim|fim",
    ),
    headings(
        Column::State,
        ("Estado", "Status"),
        14,
        "estado|estado actual|estado de avance|situacion|estado del compromiso|estado de cumplimiento|status|situacao",
        "estatus|state|current status|estado de la actividad|estado de la tarea",
    ),
    headings(
        Column::Percent,
        ("% Avance", "% Done"),
        10,
        "avance|porcentaje de avance|porcentaje|de avance|porcentaje avance|avance porcentaje|done|percent done",
        "de cumplimiento|porcentaje de cumplimiento|porcentaje completado|completado|avance en|de ejecucion|\
        porcentaje de ejecucion|complete|percent complete|percent|progress|completion percentage|\
        percentual|percentual de execucao|de execucao|progresso",
    ),
    headings(
        Column::DoneOn,
        ("Fecha de cumplimiento", "Completed on"),
        14,
        "fecha de cumplimiento|fecha cumplimiento|cumplido el|fecha de ejecucion|completed on|date completed",
        "f cumplimiento|f de cumplimiento|fecha real de cumplimiento|fecha efectiva de cumplimiento|\
        fecha de cumplimiento real|fecha real|cumplimiento|completion date|data de cumprimento|data de conclusao",
    ),
    headings(
        Column::Evidence,
        ("Medio de verificación", "Means of verification"),
        40,
        "medio de verificacion|medios de verificacion|evidencia|evidencias|sustento|verificable|verificador|\
        fuente de verificacion|means of verification|evidence|meio de verificacao|meios de verificacao",
        "documento de sustento|fuentes de verificacion|verification",
    ),
    headings(
        Column::Remarks,
        ("Observaciones", "Remarks"),
        40,
        "observaciones|observacion|comentarios|comentario|nota|notas|detalle del avance|descripcion del avance|\
        remarks|observacoes",
        "avances|seguimiento|comentarios observaciones|observaciones comentarios|comentarios y observaciones|\
        observaciones y comentarios|comments|notes|observations|follow up|notas de seguimiento|acompanhamento",
    ),
];

/// Returns the heading of the export for a column.
pub(super) fn usual_heading(column: Column, lang: Lang) -> &'static str {
    COLUMNS.iter().find(|one| one.column == column).map_or("", |one| one.in_language(lang))
}

/// Headings that may state the day of completion or the last day, folded.
const EITHER: &str = "fecha de cumplimiento|fecha cumplimiento|fecha de ejecucion|f cumplimiento|f de cumplimiento|\
    cumplimiento|completion date|data de cumprimento|data de conclusao";

/// A column as a heading names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub column: Column,
    pub claim: HeadingPriority,
}

/// The priority of a heading among those that name the same column, the lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HeadingPriority {
    /// The term before it was changed: "Plazo original".
    Original,
    /// A heading that names the column only if no other heading does.
    Also,
    Usual,
    /// The term after it was changed: "Plazo reprogramado". A row without it has the other one.
    Changed,
    /// Named by hand.
    Chosen,
}

/// Words that state of a term that it is the first one or a later one, folded.
const ORIGINAL: &str = "original|inicial|primero|primer|originario|inicialmente";
const CHANGED: &str = "reprogramado|reprogramada|nuevo|nueva|ampliado|ampliada|actualizado|actualizada|modificado|modificada|\
    vigente|prorrogado|prorrogada|extendido|extendida|rescheduled|new|extended|revised|reprogramacion|reprogramado a|novo|\
    nova|prorroga|ampliacion";

/// Returns the column of a term that a heading names with one of these words: "Plazo original", "Nueva fecha límite".
fn changed_term(folded: &str) -> Option<Named> {
    let words: Vec<&str> = folded.split(' ').collect();
    let claim_of = |word: &str| match word {
        word if is_listed(ORIGINAL, word) => Some(HeadingPriority::Original),
        word if is_listed(CHANGED, word) => Some(HeadingPriority::Changed),
        _ => None,
    };
    let (first, last) = (words.first()?, words.last()?);
    let (claim, rest) = match (claim_of(first), claim_of(last)) {
        (_, Some(claim)) => (claim, words.get(..words.len() - 1)?),
        (Some(claim), None) => (claim, words.get(1..)?),
        (None, None) => return None,
    };
    let rest = rest.join(" ");
    // "Fecha reprogramada" is that of the term.
    let column = if matches!(rest.as_str(), "fecha" | "date" | "data" | "f") {
        Column::DueDate
    } else {
        COLUMNS.iter().find(|one| is_listed(one.accepted, &rest) || is_listed(one.also, &rest))?.column
    };
    matches!(column, Column::Term | Column::DueDate).then_some(Named { column, claim })
}

/// Returns the order of a term among those of its row by the first or last word of its heading: `Original`, `Usual` or
/// `Changed`.
pub(super) fn term_order(heading: &str) -> HeadingPriority {
    let folded = folded(heading);
    let ends = [folded.split(' ').next(), folded.rsplit(' ').next()];
    let is_one_of = |list: &str| ends.into_iter().flatten().any(|word| is_listed(list, word));
    match () {
        () if is_one_of(CHANGED) => HeadingPriority::Changed,
        () if is_one_of(ORIGINAL) => HeadingPriority::Original,
        () => HeadingPriority::Usual,
    }
}

/// Returns the column that a heading names, whatever its case, accents and punctuation.
pub(super) fn column_of_heading(heading: &str) -> Option<Named> {
    if heading.trim() == "#" {
        return Some(Named { column: Column::Number, claim: HeadingPriority::Usual });
    }
    let folded = folded(heading);
    let usual = COLUMNS.iter().find(|one| is_listed(one.accepted, &folded));
    let also = || COLUMNS.iter().find(|one| !folded.is_empty() && is_listed(one.also, &folded));
    let named = |one: &Headings, claim| Named { column: one.column, claim };
    let known = usual
        .map(|one| named(one, HeadingPriority::Usual))
        .or_else(|| also().map(|one| named(one, HeadingPriority::Also)));
    known.or_else(|| changed_term(&folded))
}

/// Returns the form of a heading in the lists: "Responsable(s)" and "Medio(s) de verificación" are in the singular.
pub(super) fn folded(heading: &str) -> String {
    fold(&heading.to_lowercase().replace("(s)", "").replace("(es)", "").replace('_', " "))
}

/// Checks whether a heading may state the day of completion or the last day.
pub(super) fn is_either(heading: &str) -> bool {
    is_listed(EITHER, &folded(heading))
}

/// The minimum similarity of a suggested heading, 0 to 1.
const MIN_SIMILARITY: f64 = 0.7;
/// The possible lengths of a misspelt heading.
const HEADING_LENGTHS: std::ops::RangeInclusive<usize> = 4..=60;

/// Returns the heading of the export that is nearest to an unknown one.
pub(super) fn nearest(heading: &str, lang: Lang) -> Option<&'static str> {
    let folded = folded(heading);
    if !HEADING_LENGTHS.contains(&folded.len()) {
        return None;
    }
    let similarity = |one: &Headings| {
        let words = one.accepted.split('|').chain(one.also.split('|')).filter(|word| word.len() > 2);
        let each = words.map(|word| match folded.contains(word) && word.len() > 4 {
            true => 0.8,
            false => strsim::normalized_damerau_levenshtein(&folded, word),
        });
        each.fold(0.0, f64::max)
    };
    let best = COLUMNS.iter().map(|one| (similarity(one), one)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= MIN_SIMILARITY).then(|| best.1.in_language(lang))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    fn named(heading: &str) -> Option<Column> {
        column_of_heading(heading).map(|named| named.column)
    }

    #[test]
    fn headings_are_known_in_their_usual_forms() {
        for (heading, expected) in [
            ("N°", Column::Number),
            ("Nº", Column::Number),
            ("Nro.", Column::Number),
            ("#", Column::Number),
            ("Código", Column::Code),
            ("COMISIÓN", Column::Commission),
            ("Sesión", Column::Session),
            ("N° de acta", Column::Session),
            ("Fecha de la sesión", Column::SessionDate),
            ("Acuerdo", Column::Agreement),
            ("Compromiso / Tarea", Column::Commitment),
            ("Responsable(s)", Column::Responsible),
            ("RESPONSABLES:", Column::Responsible),
            ("Corresponsable / Apoyo", Column::CoResponsible),
            ("Plazo", Column::Term),
            ("Plazo (texto)", Column::Term),
            ("Fecha\nlímite", Column::DueDate),
            ("Estado", Column::State),
            ("% Avance", Column::Percent),
            ("% de avance", Column::Percent),
            ("Medio(s) de verificación", Column::Evidence),
            ("Fecha de cumplimiento", Column::DoneOn),
            ("  observaciones ", Column::Remarks),
        ] {
            assert_eq!(named(heading), Some(expected), "{heading}");
        }
        for other in ["", "Tema", "Presupuesto", "Fecha", "%%%", "fecha_inicio", "Comienzo", "Inicio"] {
            assert_eq!(named(other), None, "{other}");
        }
    }

    #[test]
    fn headings_of_real_matrices_are_known() {
        for (heading, expected) in [
            ("Fecha compromiso", Column::DueDate),
            ("Fecha de compromiso", Column::DueDate),
            ("Fecha comprometida", Column::DueDate),
            ("Fecha de entrega", Column::DueDate),
            ("Tiempo de entrega", Column::Term),
            ("TIEMPO DE  ENTREGA", Column::Term),
            ("Fecha programada", Column::DueDate),
            ("Fecha máxima", Column::DueDate),
            ("F. límite", Column::DueDate),
            ("F. Cumplimiento", Column::DoneOn),
            ("Fecha final", Column::DueDate),
            ("Fin", Column::DueDate),
            ("Plazo máximo", Column::Term),
            ("Plazo (días)", Column::Term),
            ("Organismo", Column::Responsible),
            ("Institución", Column::Responsible),
            ("Entidad", Column::Responsible),
            ("Dependencia", Column::Responsible),
            ("Área responsable", Column::Responsible),
            ("Responsable / Institución", Column::Responsible),
            ("Co-responsable", Column::CoResponsible),
            ("Compromisos", Column::Commitment),
            ("Compromiso asumido", Column::Commitment),
            ("Descripción del compromiso", Column::Commitment),
            ("Actividad(es)", Column::Commitment),
            ("Acciones", Column::Commitment),
            ("Nombre de tarea", Column::Commitment),
            ("Acuerdo N°", Column::Agreement),
            ("Sesión N°", Column::Session),
            ("N° Sesión", Column::Session),
            ("% de cumplimiento", Column::Percent),
            ("porcentaje_completado", Column::Percent),
            ("Avances", Column::Remarks),
            ("Seguimiento", Column::Remarks),
            ("Estatus", Column::State),
            ("Comentarios / Observaciones", Column::Remarks),
            ("ID", Column::Number),
            ("Correlativo", Column::Number),
            ("Prazo", Column::Term),
            ("Responsável", Column::Responsible),
            ("Situação", Column::State),
            ("Due date", Column::DueDate),
            ("Task Name", Column::Commitment),
            ("Fecha acordada", Column::DueDate),
            ("Fecha pactada", Column::DueDate),
            ("Fecha real", Column::DoneOn),
            ("Secondary Responsible", Column::CoResponsible),
            ("Completion Percentage", Column::Percent),
        ] {
            assert_eq!(named(heading), Some(expected), "{heading}");
        }
        for (heading, column, claim) in [
            ("Plazo original", Column::Term, HeadingPriority::Original),
            ("Plazo reprogramado", Column::Term, HeadingPriority::Changed),
            ("Nuevo plazo", Column::Term, HeadingPriority::Changed),
            ("Fecha límite original", Column::DueDate, HeadingPriority::Original),
            ("Nueva fecha límite", Column::DueDate, HeadingPriority::Changed),
            ("Fecha reprogramada", Column::DueDate, HeadingPriority::Changed),
            ("Prazo prorrogado", Column::Term, HeadingPriority::Changed),
        ] {
            assert_eq!(column_of_heading(heading), Some(Named { column, claim }), "{heading}");
        }
        for (heading, order) in [
            ("Plazo / Reprogramado", HeadingPriority::Changed),
            ("Fecha reprogramada", HeadingPriority::Changed),
            ("Plazo inicial", HeadingPriority::Original),
            ("Plazo", HeadingPriority::Usual),
            ("", HeadingPriority::Usual),
        ] {
            assert_eq!(term_order(heading), order, "{heading}");
        }
        assert_eq!([named("Nuevo"), named("Responsable original"), named("Estado vigente")], [None; 3]);
        assert!(is_either("Fecha de cumplimiento") && is_either("F. Cumplimiento") && !is_either("Cumplido el"));
    }

    #[test]
    fn no_heading_names_two_columns() {
        let mut seen: HashMap<&str, Column> = HashMap::new();
        for one in COLUMNS {
            for word in one.accepted.split('|').chain(one.also.split('|')).filter(|word| !word.is_empty()) {
                assert_eq!(word, folded(word), "{word} is folded");
                assert_eq!(seen.insert(word, one.column), None, "{word}");
            }
        }
    }

    #[test]
    fn the_import_reads_the_headings_of_the_export_in_both_languages() {
        for one in COLUMNS {
            for heading in [one.es, one.en] {
                let expected = Some(Named { column: one.column, claim: HeadingPriority::Usual });
                assert_eq!(column_of_heading(heading), expected, "{heading}");
            }
        }
    }

    #[test]
    fn an_unknown_heading_has_a_nearest_one() {
        assert_eq!(nearest("Usuario respónsable", Lang::Es), Some("Responsable(s)"));
        assert_eq!(nearest("Fecha limitte", Lang::Es), Some("Fecha límite"));
        assert_eq!(nearest("Compromizo", Lang::En), Some("Commitment"));
        assert_eq!(nearest("Presupuesto", Lang::Es), None);
        assert_eq!(nearest("", Lang::Es), None);
    }

    proptest! {
        #[test]
        fn case_accents_and_punctuation_do_not_matter(at in 0..COLUMNS.len(), upper in any::<bool>(), mark in "[ .:()*]{0,3}") {
            let Headings { column: expected, accepted, .. } = COLUMNS[at];
            let name = accepted.split('|').next().unwrap().replace("on", "ón");
            let written = format!("{mark}{}{mark}", if upper { name.to_uppercase() } else { name });
            prop_assert_eq!(named(&written), Some(expected), "{}", written);
        }

        #[test]
        fn any_text_is_a_heading_or_none(text in "\\PC{0,60}") {
            let _ = (column_of_heading(&text), nearest(&text, Lang::Es));
        }
    }
}
