//! The colours of states.

/// The meaning of a state, which decides its colour. The word is always shown beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Neutral,
    Done,
    Overdue,
    Soon,
    Review,
    Open,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Done => "done",
            Self::Overdue => "overdue",
            Self::Soon => "soon",
            Self::Review => "review",
            Self::Open => "open",
        }
    }
}
