//! States as matrices name them.

use super::fold;
use crate::commitments::{ReportedStatus, Status};

/// What a state says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Reported(ReportedStatus),
    Cancelled,
    /// "Vencido": its term has passed and it is not done; how far it is, is not said.
    Overdue,
}

/// The states that a person may write, the ones that the program writes itself first.
pub const CHOICES: &str = "Pendiente, En proceso, Cumplido, No cumplido, Vencido, Cancelado";

const STATES: &[(State, &[&str])] = &[
    (
        State::Reported(ReportedStatus::Planned),
        &[
            "pendiente",
            "previsto",
            "planificado",
            "programado",
            "no iniciado",
            "sin iniciar",
            "por iniciar",
            "por cumplir",
            "sin avance",
        ],
    ),
    (
        State::Reported(ReportedStatus::InProgress),
        &[
            "en proceso",
            "en curso",
            "en ejecucion",
            "en desarrollo",
            "en avance",
            "en implementacion",
            "en tramite",
            "en progreso",
            "iniciado",
            "parcial",
            "cumplido parcialmente",
            "parcialmente cumplido",
            "cumplimiento parcial",
            "avance parcial",
            "en marcha",
        ],
    ),
    (
        State::Reported(ReportedStatus::Completed),
        &[
            "cumplido",
            "completado",
            "completo",
            "implementado",
            "ejecutado",
            "concluido",
            "finalizado",
            "realizado",
            "culminado",
            "terminado",
            "logrado",
            "atendido",
            "cerrado",
        ],
    ),
    (
        State::Reported(ReportedStatus::NotAchieved),
        &["no cumplido", "incumplido", "no alcanzado", "no logrado", "no realizado", "no ejecutado"],
    ),
    (
        State::Cancelled,
        &["cancelado", "desestimado", "anulado", "sin efecto", "dejado sin efecto", "retirado", "descartado"],
    ),
    (State::Overdue, &["vencido", "atrasado", "con retraso", "fuera de plazo"]),
];

/// The state that a text names: in either gender and number.
pub fn read(text: &str) -> Option<State> {
    let folded = fold(text);
    let as_listed = |word: &str| {
        let one = word.strip_suffix('s').filter(|one| one.len() > 5).unwrap_or(word);
        one.strip_suffix('a').map_or_else(|| one.to_owned(), |stem| format!("{stem}o"))
    };
    let masculine: Vec<String> = folded.split(' ').map(as_listed).collect();
    let masculine = masculine.join(" ");
    let known = |names: &&[&str]| names.contains(&folded.as_str()) || names.contains(&masculine.as_str());
    STATES.iter().find(|(_, names)| known(names)).map(|(state, _)| *state)
}

/// How the program writes a state in a matrix.
pub fn label(status: Status) -> &'static str {
    match status {
        Status::Planned => "Pendiente",
        Status::InProgress => "En proceso",
        Status::Completed => "Cumplido",
        Status::NotAchieved => "No cumplido",
        Status::Cancelled => "Cancelado",
    }
}

impl State {
    /// The status that it claims; None where it says only that the term has passed.
    pub fn status(self) -> Option<Status> {
        match self {
            Self::Reported(reported) => Some(reported.into()),
            Self::Cancelled => Some(Status::Cancelled),
            Self::Overdue => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_in_either_gender() {
        let named = |text| read(text).map(State::status);
        assert_eq!(named("CUMPLIDA"), Some(Some(Status::Completed)));
        assert_eq!(named("Cumplido parcialmente"), Some(Some(Status::InProgress)));
        assert_eq!(named("Pendientes"), Some(Some(Status::Planned)));
        assert_eq!(named("En proceso."), Some(Some(Status::InProgress)));
        assert_eq!(named("Desestimada"), Some(Some(Status::Cancelled)));
        assert_eq!(named("Vencido"), Some(None));
        assert_eq!(named("Reprogramado"), None);
        for status in Status::ALL {
            assert_eq!(read(label(*status)).and_then(State::status), Some(*status));
        }
    }
}
