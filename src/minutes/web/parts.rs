//! Parts that several pages of the minutes share: the state in words, the comments, the versions, the mails to come.

use maud::{Markup, html};

use crate::error::{Code, Error};
use crate::i18n::text;
use crate::meetings::{Blank, Meeting, MeetingTab, meeting_tabs, meeting_view};
use crate::minutes::model::{Minutes, MinutesComment, MinutesStatus, MinutesVersion};
use crate::minutes::shown::ShownMinutes;
use crate::notifications::ExpectedMails;
use crate::rendering::{DocumentFormat, html_of_markdown};
use crate::ui::{Choice, Frame, Tone, View, day_in_words, moment, notice, rendered, short_day, tag};

/// The pages of the minutes of one session.
pub(super) fn minutes_path(meeting: &Meeting) -> String {
    format!("/meetings/{}/minutes", meeting.id)
}

/// Makes the page of the minutes: one of those of the session, with the state above the content.
pub(super) fn page(frame: &Frame, shown: &ShownMinutes, content: Markup) -> View {
    let content = html! { div class="list-head" { p { (state(frame, shown)) } } (content) };
    meeting_view(frame, &shown.meeting, MeetingTab::Minutes, content)
}

/// Makes a page below that of the minutes.
pub(super) fn page_below(frame: &Frame, shown: &ShownMinutes, title: String, content: Markup) -> View {
    let meeting = &shown.meeting;
    View::new(title, html! { (meeting_tabs(frame, meeting.id, MeetingTab::Minutes)) (content) })
        .lead(state(frame, shown))
        .above("/meetings", frame.t("web-nav-meetings"))
        .above(format!("/meetings/{}", meeting.id), &meeting.fields.title)
        .above(minutes_path(meeting), frame.t("minutes-page"))
}

/// Draws the state of the minutes: a word, then the days.
pub(super) fn state(frame: &Frame, shown: &ShownMinutes) -> Markup {
    let country = shown.meeting.country_code.as_str();
    let Some(minutes) = &shown.minutes else { return tag(Tone::Neutral, &frame.t("minutes-state-none")) };
    let zone = shown.meeting.zone();
    match minutes.status {
        MinutesStatus::Draft => tag(Tone::Neutral, &frame.t("minutes-state-draft")),
        MinutesStatus::Circulated => html! {
            (tag(Tone::Open, &frame.t("minutes-state-circulated")))
            @if let Some(until) = minutes.comments_until {
                @let key = if until < shown.today { "minutes-comments-ended" } else { "minutes-comments-until" };
                " " (frame.t_with(key, &[("day", day_in_words(frame, country, until).into())]))
            }
        },
        MinutesStatus::Approved => html! {
            (tag(Tone::Done, &frame.t("minutes-state-approved")))
            @if let Some(at) = minutes.approved_at {
                @let day = day_in_words(frame, country, at.day_in(zone));
                " " (frame.t_with("minutes-approved-on", &[("day", day.into())]))
            }
            @if minutes.version > 1 { " · " (frame.t_n("minutes-version-n", i64::from(minutes.version))) }
        },
    }
}

/// The number of blanks that are named.
const MOST_BLANKS: usize = 12;

/// Draws the reason for which the minutes cannot be circulated or approved, with every blank that is left.
pub(super) fn obstacle(frame: &Frame, shown: &ShownMinutes, error: &Error) -> Markup {
    if error.code != Code::MinutesUnfinished {
        let key = format!("detail-{}", error.code.as_str().replace('_', "-"));
        return notice(Tone::Soon, html! { p { (text(frame.lang, &key, &error.args)) } });
    }
    let count = shown.blanks.len();
    let more = shown.blanks.len().saturating_sub(MOST_BLANKS);
    let place = |blank: &Blank| {
        let line = blank.line;
        match &blank.heading {
            Some(heading) => {
                frame.t_with("minutes-blank-under", &[("heading", heading.as_str().into()), ("line", line.into())])
            }
            None => frame.t_with("minutes-blank-line", &[("line", line.into())]),
        }
    };
    let content = html! {
        p { strong { (frame.t_n("minutes-blanks-n", count)) } }
        div class="prose" {
            ul {
                @for blank in shown.blanks.iter().take(MOST_BLANKS) { li { (place(blank)) } }
                @if more > 0 { li { (frame.t_n("minutes-blanks-more", more)) } }
            }
        }
        p { (frame.t("minutes-blanks-next")) }
    };
    notice(Tone::Soon, content)
}

/// Draws a text in Markdown under a heading of the second level.
pub(super) fn markdown(text: &str) -> Markup {
    rendered(html_of_markdown(text, 2))
}

/// Draws the code of the minutes and the addresses of their documents.
pub(super) fn documents(frame: &Frame, shown: &ShownMinutes) -> Markup {
    let path = format!("{}/document", minutes_path(&shown.meeting));
    html! {
        section class="panel" {
            div class="panel-head" { h2 { (frame.t("minutes-documents")) } }
            @if let Some(code) = shown.minutes.as_ref().and_then(|minutes| minutes.code.as_ref()) {
                p class="code" { (code) }
            }
            ul {
                @for format in DocumentFormat::ALL.iter().rev() {
                    @let name = frame.word("minutes-format", format.as_str());
                    li { a href={ (path) "?format=" (format.as_str()) } { (name) } }
                }
                @if shown.has_restricted_part {
                    li { a href={ (path) "?format=pdf&part=restricted" } { (frame.t("minutes-restricted-part")) } }
                }
            }
            @if !shown.versions.is_empty() { (versions(frame, shown, &path)) }
        }
    }
}

fn versions(frame: &Frame, shown: &ShownMinutes, path: &str) -> Markup {
    let zone = shown.meeting.zone();
    let name = |version: &MinutesVersion| match version.version {
        1 => frame.t("minutes-version-approved"),
        n => frame.t_n("minutes-version-rectified", i64::from(n)),
    };
    html! {
        h3 { (frame.t("minutes-versions")) }
        ul class="stack" {
            @for version in shown.versions.iter().rev() {
                li {
                    div {
                        p { strong { (name(version)) } }
                        p class="small" {
                            (moment(version.at, zone))
                            @if let Some(by) = &version.by { " · " (by.name) }
                        }
                        p class="small" {
                            @for (n, format) in DocumentFormat::ALL.iter().rev().enumerate() {
                                @if n > 0 { " · " }
                                a href={ (path) "?format=" (format.as_str()) "&version=" (version.version) } {
                                    span class="unseen" { (name(version)) ", " } (format.as_str().to_uppercase())
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Draws the comments, in the order of entry.
pub(super) fn comments(frame: &Frame, shown: &ShownMinutes) -> Markup {
    html! {
        ol class="timeline" { @for (institution, one) in &shown.comments { (comment(frame, shown, institution, one)) } }
    }
}

fn comment(frame: &Frame, shown: &ShownMinutes, institution: &str, one: &MinutesComment) -> Markup {
    html! {
        li {
            p class="what" { (institution) }
            p class="when" {
                (moment(one.created_at, shown.meeting.zone()))
                @if let Some(by) = &one.by { " · " (by.name) }
                @if one.on_behalf { " · " (frame.t("minutes-on-behalf")) }
            }
            div class="detail" { (crate::ui::prose(&one.text)) }
        }
    }
}

/// Draws the comments beside the text, with the link to their page.
pub(super) fn comments_panel(frame: &Frame, shown: &ShownMinutes) -> Markup {
    let path = format!("{}/comments", minutes_path(&shown.meeting));
    html! {
        section class="panel" {
            div class="panel-head" {
                h2 { (frame.t_n("minutes-comments-n", shown.comments.len())) }
                @if shown.minutes.is_some() {
                    @let key = match (shown.may_comment(), shown.is_writer) {
                        (false, _) => "minutes-see-comments",
                        (true, false) => "minutes-do-comment",
                        (true, true) => "minutes-do-enter-comment",
                    };
                    a href=(path) { (frame.t(key)) }
                }
            }
            @if shown.comments.is_empty() { p class="small" { (frame.t("minutes-no-comments")) } }
            @else { (comments(frame, shown)) }
        }
    }
}

/// The number of names that are shown without folding them.
const OPEN_NAMES: usize = 6;

/// Draws the people who will get a mail, and the institutions for which there is nobody.
pub(super) fn mails(frame: &Frame, mails: &ExpectedMails) -> Markup {
    html! {
        @if mails.people.is_empty() { p { (frame.t("minutes-mails-nobody")) } } @else {
            details class="more" {
                summary { (frame.t_n("minutes-mails-n", mails.people.len())) }
                ul {
                    @for person in &mails.people {
                        li {
                            (person.contact.name.as_deref().unwrap_or(&person.contact.address))
                            span class="small" { " " (institutions(&person.institutions)) }
                        }
                    }
                }
            }
        }
        @if !mails.unreached.is_empty() {
            div class="notice soon" {
                details class="more" open[mails.unreached.len() <= OPEN_NAMES] {
                    summary { (frame.t_n("minutes-unreached-n", mails.unreached.len())) }
                    ul { @for name in &mails.unreached { li { (name) } } }
                }
                p { (frame.t("minutes-unreached-next")) }
            }
        }
    }
}

fn institutions<Id>(named: &[(Id, String)]) -> String {
    named.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("; ")
}

/// Returns the sessions in which minutes can be approved, as choices.
pub(super) fn session_choices(sessions: &[Meeting]) -> Vec<Choice> {
    let text = |one: &Meeting| format!("{} ({})", one.fields.title, short_day(one.held_to));
    sessions.iter().map(|one| Choice::new(one.id, text(one))).collect()
}

/// Returns true if the minutes are approved.
pub(super) fn is_approved(shown: &ShownMinutes) -> bool {
    shown.minutes.as_ref().is_some_and(Minutes::is_approved)
}
