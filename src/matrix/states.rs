//! Meaning of the words in the column of states.

use super::words::{fold, is_listed};
use crate::commitments::{ReportedStatus, Status};
use crate::i18n::{Lang, text};

/// The meaning of a cell in the column of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StateValue {
    Reported(ReportedStatus),
    Cancelled,
    /// "Vencido": the due date has passed and the work is not done; the progress is unknown.
    Overdue,
}

/// The statuses that the question about an unknown state offers.
pub(super) const STATE_CHOICES: [Status; 5] =
    [Status::Planned, Status::InProgress, Status::Completed, Status::NotAchieved, Status::Cancelled];

/// The words for each state in Spanish, English and Portuguese, folded, with `|` between them.
const STATES: [(StateValue, &str); 7] = [
    (
        StateValue::Reported(ReportedStatus::Planned),
        "pendiente|previsto|planificado|programado|no iniciado|sin iniciar|por iniciar|por cumplir|sin avance|\
        planned|pending|not started|to do|pendente|nao iniciado|por empezar",
    ),
    (
        StateValue::Reported(ReportedStatus::InProgress),
        "en proceso|en curso|en ejecucion|en desarrollo|en avance|en implementacion|en tramite|en progreso|\
        iniciado|parcial|cumplido parcialmente|parcialmente cumplido|cumplimiento parcial|avance parcial|\
        en marcha|in progress|ongoing|started|under way|em andamento|em curso|em execucao|em processo|\
        partially fulfilled|partially completed|partially delivered|parcialmente cumprido|cumprido parcialmente|\
        parcialmente entregue|parcialmente entregado",
    ),
    (StateValue::Reported(ReportedStatus::InProgress), NOTED),
    (
        StateValue::Reported(ReportedStatus::Completed),
        "cumplido|completado|completo|implementado|ejecutado|concluido|finalizado|realizado|culminado|\
        terminado|logrado|atendido|cerrado|cumplido por verificar|por verificar|por revisar|\
        cumple|entregado|si|si cumple|satisfecho|completed|complete|done|finished|closed|completed to be reviewed|\
        yes|delivered|fulfilled|met|achieved|implemented|cumprido|entregue|sim|cumpre|fechado|encerrado|executado|\
        implementado|terminado|alcancado",
    ),
    (
        StateValue::Reported(ReportedStatus::NotAchieved),
        "no cumplido|incumplido|no alcanzado|no logrado|no realizado|no ejecutado|no cumple|no|no entregado|\
        not achieved|not done|not fulfilled|not delivered|not completed|not met|unfulfilled|nao cumprido|nao|nao cumpre|\
        nao entregue|nao realizado|nao alcancado|descumprido",
    ),
    (
        StateValue::Cancelled,
        "cancelado|desestimado|anulado|sin efecto|dejado sin efecto|retirado|descartado|cancelled|canceled",
    ),
    (StateValue::Overdue, "vencido|atrasado|overdue|expired|em atraso"),
];

/// Words for work in progress that state more than that; a report repeats them.
const NOTED: &str = "abierto|vigente|por vencer|proximo a vencer|en revision|reprogramado|open|aberto|em revisao|a vencer|\
    in force|due soon|under review|in review|rescheduled";

/// Words that state of a completed commitment that it was late; alone they mean that it is overdue.
const LATE: &str = "fuera de plazo|fuera del plazo|con retraso|con atraso|con demora|a destiempo|tarde|fora do prazo|\
    com atraso|late|after the deadline";

/// Words that end in "a" and have no gender.
const NEUTRAL: &str = "fuera|fora|demora|marcha|fecha|para|entrega|espera|a|la|da";

/// Returns the state that a text names, in either gender and number.
pub(super) fn read_state(text: &str) -> Option<StateValue> {
    let folded = fold(text);
    let listed = |words: &str| {
        let masculine = masculine(words);
        STATES.iter().find(|(_, all)| is_listed(all, words) || is_listed(all, &masculine)).map(|(state, _)| *state)
    };
    listed(&folded).or_else(|| match without_late(&folded)? {
        "" => Some(StateValue::Overdue),
        rest => listed(rest).filter(|state| *state == StateValue::Reported(ReportedStatus::Completed)),
    })
}

/// Returns the folded words before those that state that it was late.
fn without_late(folded: &str) -> Option<&str> {
    LATE.split('|').filter_map(|late| folded.strip_suffix(late)).find_map(|rest| match rest {
        "" => Some(""),
        rest => rest.strip_suffix(' '),
    })
}

/// Checks whether the words state more than the status. "Vencido" does for a commitment that is not on record.
pub(super) fn is_noted(text: &str, is_new: bool) -> bool {
    let folded = fold(text);
    let listed = is_listed(NOTED, &folded) || is_listed(NOTED, &masculine(&folded));
    listed || (is_new && read_state(text) == Some(StateValue::Overdue))
}

/// "cumplidas" is listed as "cumplido".
fn masculine(folded: &str) -> String {
    let as_listed = |word: &str| {
        if is_listed(NEUTRAL, word) {
            return word.to_owned();
        }
        let one = word.strip_suffix('s').filter(|one| one.len() > 5).unwrap_or(word);
        one.strip_suffix('a').map_or_else(|| one.to_owned(), |stem| format!("{stem}o"))
    };
    folded.split(' ').map(as_listed).collect::<Vec<_>>().join(" ")
}

/// Returns the word for a status in a matrix, which is in Spanish.
pub(super) fn status_label(status: Status) -> String {
    status_in(Lang::Es, status)
}

/// Returns the word for a status.
pub(super) fn status_in(lang: Lang, status: Status) -> String {
    text(lang, &format!("status-{}", status.as_str().replace('_', "-")), &[])
}

impl StateValue {
    /// Returns the state of a status.
    pub(super) fn of(status: Status) -> Self {
        match status {
            Status::Planned => Self::Reported(ReportedStatus::Planned),
            Status::InProgress => Self::Reported(ReportedStatus::InProgress),
            Status::Completed => Self::Reported(ReportedStatus::Completed),
            Status::NotAchieved => Self::Reported(ReportedStatus::NotAchieved),
            Status::Cancelled => Self::Cancelled,
        }
    }

    /// Returns the status; `None` for an overdue one.
    pub(super) fn status(self) -> Option<Status> {
        match self {
            Self::Reported(reported) => Some(reported.into()),
            Self::Cancelled => Some(Status::Cancelled),
            Self::Overdue => None,
        }
    }
}

/// Returns the status that a state means: "Vencido" is work in progress for a commitment that is not on record.
pub(super) fn stated_status(state: StateValue, is_new: bool) -> Option<Status> {
    match state {
        StateValue::Overdue if is_new => Some(Status::InProgress),
        state => state.status(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_in_either_gender() {
        let named = |text| read_state(text).map(StateValue::status);
        for (text, status) in [
            ("CUMPLIDA", Status::Completed),
            ("Cumplido parcialmente", Status::InProgress),
            ("Pendientes", Status::Planned),
            ("En proceso.", Status::InProgress),
            ("Desestimada", Status::Cancelled),
            ("Cumple", Status::Completed),
            ("Entregado", Status::Completed),
            ("Cerrada", Status::Completed),
            ("Sí", Status::Completed),
            ("Cumplido fuera de plazo", Status::Completed),
            ("No cumple", Status::NotAchieved),
            ("NO", Status::NotAchieved),
            ("Abierto", Status::InProgress),
            ("Vigente", Status::InProgress),
            ("Por vencer", Status::InProgress),
            ("En revisión", Status::InProgress),
            ("Reprogramada", Status::InProgress),
            ("In progress", Status::InProgress),
            ("Em andamento", Status::InProgress),
            ("Cumplida fuera del plazo", Status::Completed),
            ("Cumplido fuera del plazo", Status::Completed),
            ("Cumplida fuera de plazo", Status::Completed),
            ("Entregadas con demora", Status::Completed),
            ("Cumplido con retraso", Status::Completed),
            ("Completed late", Status::Completed),
            ("Cumprida fora do prazo", Status::Completed),
            ("Yes", Status::Completed),
            ("Delivered", Status::Completed),
            ("Fulfilled", Status::Completed),
            ("Fechado", Status::Completed),
            ("Encerrada", Status::Completed),
            ("Not delivered", Status::NotAchieved),
            ("Não cumpre", Status::NotAchieved),
            ("Under review", Status::InProgress),
            ("Rescheduled", Status::InProgress),
            ("Próxima a vencer", Status::InProgress),
        ] {
            assert_eq!(named(text), Some(Some(status)), "{text}");
        }
        for overdue in ["Vencido", "Fuera del plazo", "Late", "Con atraso", "Em atraso", "Atrasadas"] {
            assert_eq!(named(overdue), Some(None), "{overdue}");
        }
        for asked in ["Suspendido", "Suspendida", "En espera", "Cumplirá", "Pendiente fuera de plazo", "Postponed", "✓"]
        {
            assert_eq!(named(asked), None, "{asked}");
        }
    }

    #[test]
    fn words_that_state_more_than_a_status_are_noted() {
        for noted in ["Abierta", "Vigente", "Por vencer", "En revisión", "REPROGRAMADO", "Under review", "Rescheduled"]
        {
            assert!(is_noted(noted, false), "{noted}");
        }
        for plain in ["En proceso", "Cumplido", "Suspendido"] {
            assert!(!is_noted(plain, true), "{plain}");
        }
        assert!(is_noted("Vencido", true) && !is_noted("Vencido", false));
    }

    #[test]
    fn every_word_that_the_own_matrix_writes_is_read_back() {
        for lang in [Lang::Es, Lang::En] {
            for status in Status::ALL {
                let word = status_in(lang, *status);
                assert_eq!(read_state(&word).and_then(StateValue::status), Some(*status), "{word}");
                assert!(!is_noted(&word, true), "{word}");
            }
            let to_verify = text(lang, "matrix-state-to-verify", &[]);
            assert_eq!(read_state(&to_verify), Some(StateValue::of(Status::Completed)), "{to_verify}");
            let overdue = text(lang, "matrix-state-overdue", &[]);
            assert_eq!(read_state(&overdue), Some(StateValue::Overdue), "{overdue}");
        }
    }
}
