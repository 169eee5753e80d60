//! The next step of a session for those who write it, decided in one place for its summary and its minutes.

use chrono::NaiveDate;

/// The minutes of a session as its next step needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MinutesProgress {
    /// Their state: `draft`, `circulated`, `approved`.
    pub status: String,
    pub comments_until: Option<NaiveDate>,
    /// True if the text was changed after the circulation.
    pub has_new_text: bool,
    /// The number of blanks that are left in the newest text.
    pub blanks: usize,
}

/// The facts of a session that decide on its next step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'f> {
    pub today: NaiveDate,
    pub has_begun: bool,
    /// True if an institution is marked as present.
    pub is_attended: bool,
    pub has_agenda: bool,
    pub has_proposals: bool,
    pub is_convened: bool,
    pub may_be_convened: bool,
    pub minutes: Option<&'f MinutesProgress>,
}

/// The next step of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NextStep {
    Proposals,
    Agenda,
    /// Its day or hour is to be fixed.
    Date,
    Convene,
    /// It is convened and has not begun.
    Wait,
    Attendance,
    /// The minutes have no text yet.
    Write,
    /// The text of the minutes has blanks.
    Complete,
    Circulate,
    /// The text changed after the circulation.
    CirculateAgain,
    /// The term for comments runs.
    Comments,
    Approve,
    FollowUp,
}

impl NextStep {
    /// Returns the name in the keys of its texts.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Proposals => "proposals",
            Self::Agenda => "agenda",
            Self::Date => "date",
            Self::Convene => "convene",
            Self::Wait => "wait",
            Self::Attendance => "attendance",
            Self::Write => "write",
            Self::Complete => "complete",
            Self::Circulate => "circulate",
            Self::CirculateAgain => "circulate-again",
            Self::Comments => "comments",
            Self::Approve => "approve",
            Self::FollowUp => "follow-up",
        }
    }

    /// Returns the page of the session on which it is taken.
    pub(super) const fn page(self) -> &'static str {
        match self {
            Self::Proposals | Self::Agenda => "agenda",
            Self::Date => "edit",
            Self::Convene => "convocation",
            Self::Wait | Self::Attendance => "attendance",
            Self::Write | Self::Complete | Self::CirculateAgain | Self::Comments => "minutes",
            Self::Circulate => "minutes/circulation",
            Self::Approve => "minutes/approval",
            Self::FollowUp => "follow-up",
        }
    }
}

/// Returns the next step of a session that is not cancelled.
pub(super) fn next_step(facts: &Facts<'_>) -> NextStep {
    let status = facts.minutes.map(|minutes| minutes.status.as_str());
    if status == Some("approved") {
        return NextStep::FollowUp;
    }
    if !facts.has_begun && status != Some("circulated") {
        return before_the_session(facts);
    }
    let Some(minutes) = facts.minutes else {
        return if facts.is_attended { NextStep::Write } else { NextStep::Attendance };
    };
    let is_circulated = minutes.status == "circulated";
    if !is_circulated && !facts.is_attended {
        return NextStep::Attendance;
    }
    match (minutes.blanks, is_circulated, minutes.has_new_text) {
        (1.., _, _) => NextStep::Complete,
        (0, false, _) => NextStep::Circulate,
        (0, true, true) => NextStep::CirculateAgain,
        (0, true, false) if minutes.comments_until.is_some_and(|until| until >= facts.today) => NextStep::Comments,
        (0, true, false) => NextStep::Approve,
    }
}

fn before_the_session(facts: &Facts<'_>) -> NextStep {
    if facts.has_proposals {
        NextStep::Proposals
    } else if !facts.has_agenda {
        NextStep::Agenda
    } else if facts.is_convened {
        NextStep::Wait
    } else if facts.may_be_convened {
        NextStep::Convene
    } else {
        NextStep::Date
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    fn facts(minutes: Option<&MinutesProgress>) -> Facts<'_> {
        Facts {
            today: day("2023-09-10"),
            has_begun: true,
            is_attended: true,
            has_agenda: true,
            has_proposals: false,
            is_convened: true,
            may_be_convened: true,
            minutes,
        }
    }

    fn minutes(status: &str) -> MinutesProgress {
        MinutesProgress { status: status.to_owned(), comments_until: None, has_new_text: false, blanks: 0 }
    }

    #[test]
    fn the_steps_of_the_minutes_follow_each_other() {
        let step = |minutes: &MinutesProgress| next_step(&facts(Some(minutes)));
        assert_eq!(next_step(&Facts { is_attended: false, ..facts(None) }), NextStep::Attendance);
        assert_eq!(next_step(&facts(None)), NextStep::Write);
        assert_eq!(step(&MinutesProgress { blanks: 2, ..minutes("draft") }), NextStep::Complete);
        assert_eq!(step(&minutes("draft")), NextStep::Circulate);
        let until = |text: &str| MinutesProgress { comments_until: Some(day(text)), ..minutes("circulated") };
        assert_eq!(step(&until("2023-09-10")), NextStep::Comments);
        assert_eq!(step(&MinutesProgress { has_new_text: true, ..until("2023-09-10") }), NextStep::CirculateAgain);
        assert_eq!(step(&until("2023-09-09")), NextStep::Approve);
        assert_eq!(step(&minutes("approved")), NextStep::FollowUp);
    }

    #[test]
    fn before_the_session_it_is_prepared_and_convened() {
        let before = |facts: Facts<'_>| next_step(&Facts { has_begun: false, ..facts });
        let draft = minutes("draft");
        assert_eq!(before(Facts { has_proposals: true, ..facts(None) }), NextStep::Proposals);
        assert_eq!(before(Facts { has_agenda: false, ..facts(None) }), NextStep::Agenda);
        assert_eq!(before(facts(Some(&draft))), NextStep::Wait);
        assert_eq!(before(Facts { is_convened: false, ..facts(None) }), NextStep::Convene);
        assert_eq!(before(Facts { is_convened: false, may_be_convened: false, ..facts(None) }), NextStep::Date);
    }
}
