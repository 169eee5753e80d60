# The public view: what anybody reads without an account.

public-page = Public view
public-lead = Sessions held, agreements of approved minutes and the state of commitments of the commissions against child labour.
public-none = There are no public commissions yet.
public-commissions = Commissions
public-reports = Approved progress reports
public-no-reports = There are no approved reports to show.
public-about = Persons, attendance and restricted records are not shown, nor are texts that may contain personal data or counts of fewer than ten people.
public-states = Commitments by institution
public-states-about = Each institution counts once for each commitment in its charge. Data as of { $day }.
public-no-states = There are no commitments by institution to show.
public-state-open = Within their term
public-state-overdue = Overdue
public-state-fulfilled = Fulfilled
public-sessions = Sessions held
public-no-sessions = There are no held sessions to show.
public-column-session = Session
public-column-day = Date
public-column-minutes = Minutes
public-minutes-approved = Approved
public-minutes-none = Not approved
public-minutes-awaited = Agreements are published once the minutes are approved.
public-agreements = Agreements of the approved minutes
public-no-agreements = There are no agreements to show.
public-session-ordinary = Ordinary session
public-session-extraordinary = Extraordinary session
public-session-inaugural = Inaugural session
public-session-working = Working meeting
public-session-event = Event
public-session-n = { $session } no. { $n }
public-report-approved = Version { $n }, approved on { $day }.
public-answer-left-out = This answer is not published.

# The former names that hide texts of the public view.

former-names-page = Former names
former-names-lead = Names that were changed or deleted. The public view does not show texts that contain them, because approved minutes and reports do not change. Remove only those that were entered by mistake.
former-names-none = There are no former names.
former-names-total = { $n ->
    [one] One name
   *[other] { $n } names
}
former-names-name = Name
former-names-origin = Origin
former-names-origin-account = Account of a person
former-names-origin-attendance = Attendance list
former-names-origin-commission = Commission
former-names-origin-delegate = Delegate
former-names-origin-minutes = Approved minutes
former-names-origin-presenter = Presenter of an agenda
former-names-origin-reply = Reply to a convocation
former-names-origin-unknown = Earlier version of the program
former-names-remove = Remove
former-names-removal = Remove a former name
former-names-removal-what = The public view will show the texts that contain “{ $name }” again, if nothing else hides them.
former-names-leave = Keep the name
done-former-name-removed = The former name was removed.
