//! The headings of a follow-up matrix, whatever their case, accents, punctuation and order.

use super::fold;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// Its number in the matrix: says nothing of the record.
    Number,
    /// The commitment's own code.
    Code,
    Commission,
    Session,
    SessionDate,
    Agreement,
    Commitment,
    Responsible,
    CoResponsible,
    /// The term in words.
    Term,
    /// The last day.
    DueDate,
    State,
    Percent,
    Evidence,
    /// When it was done.
    DoneOn,
    Remarks,
}

/// How the heading is written, the usual way first; folded.
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Number, &["n", "no", "nro", "num", "numero", "item"]),
    (Column::Code, &["codigo", "cod", "codigo del compromiso", "codigo compromiso", "code"]),
    (Column::Commission, &["comision", "comite", "comision o comite", "comision comite", "mesa", "instancia"]),
    (Column::Session, &["sesion", "n de acta", "acta", "reunion", "n de sesion", "nombre de la sesion"]),
    (
        Column::SessionDate,
        &[
            "fecha de la sesion",
            "fecha de sesion",
            "fecha sesion",
            "fecha de la reunion",
            "fecha de reunion",
            "fecha del acta",
            "fecha acta",
        ],
    ),
    (Column::Agreement, &["acuerdo", "n de acuerdo", "acuerdo adoptado", "texto del acuerdo"]),
    (
        Column::Commitment,
        &[
            "compromiso",
            "tarea",
            "compromiso tarea",
            "compromiso o tarea",
            "accion",
            "actividad comprometida",
            "texto del compromiso",
        ],
    ),
    (
        Column::Responsible,
        &[
            "responsable",
            "responsables",
            "institucion responsable",
            "instituciones responsables",
            "entidad responsable",
            "entidades responsables",
            "responsable del compromiso",
        ],
    ),
    (
        Column::CoResponsible,
        &[
            "corresponsable",
            "corresponsables",
            "corresponsable apoyo",
            "corresponsable o apoyo",
            "apoyo",
            "instituciones corresponsables",
        ],
    ),
    (Column::Term, &["plazo", "plazo texto", "plazo de cumplimiento", "plazo de ejecucion"]),
    (
        Column::DueDate,
        &[
            "fecha limite",
            "fecha de vencimiento",
            "vencimiento",
            "vence",
            "fecha limite de cumplimiento",
            "fecha fin",
            "fecha de termino",
        ],
    ),
    (
        Column::State,
        &[
            "estado",
            "estado actual",
            "estado de avance",
            "situacion",
            "estado del compromiso",
            "estado de cumplimiento",
        ],
    ),
    (
        Column::Percent,
        &["avance", "porcentaje de avance", "porcentaje", "de avance", "porcentaje avance", "avance porcentaje"],
    ),
    (
        Column::Evidence,
        &[
            "medio de verificacion",
            "medios de verificacion",
            "evidencia",
            "evidencias",
            "sustento",
            "verificable",
            "verificador",
            "fuente de verificacion",
        ],
    ),
    (Column::DoneOn, &["fecha de cumplimiento", "fecha cumplimiento", "cumplido el", "fecha de ejecucion"]),
    (
        Column::Remarks,
        &[
            "observaciones",
            "observacion",
            "comentarios",
            "comentario",
            "nota",
            "notas",
            "detalle del avance",
            "descripcion del avance",
        ],
    ),
];

/// The column that a heading names; None for one that a matrix does not have.
pub fn column(heading: &str) -> Option<Column> {
    if heading.trim() == "#" {
        return Some(Column::Number);
    }
    // "Responsable(s)", "Medio(s) de verificación".
    let folded = fold(&heading.to_lowercase().replace("(s)", "").replace("(es)", ""));
    let bare = folded.as_str();
    HEADINGS.iter().find(|(_, names)| names.contains(&bare)).map(|(column, _)| *column)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
            assert_eq!(column(heading), Some(expected), "{heading}");
        }
        for other in ["", "Tema", "Presupuesto", "Fecha", "%%%"] {
            assert_eq!(column(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn case_accents_and_punctuation_do_not_matter(at in 0..HEADINGS.len(), upper in any::<bool>(), mark in "[ .:()*]{0,3}") {
            let (expected, names) = HEADINGS[at];
            let name = names[0].replace("on", "ón");
            let written = format!("{mark}{}{mark}", if upper { name.to_uppercase() } else { name });
            prop_assert_eq!(column(&written), Some(expected), "{}", written);
        }

        #[test]
        fn any_text_is_a_heading_or_none(text in "\\PC{0,60}") {
            let _ = column(&text);
        }
    }
}
