# Web pages: start.
start-title = Waiting for you
start-as-admin = Administration
start-as-coordinator = National coordination of { $places }
start-as-secretariat = Technical secretariat of { $places }
start-as-representative = { $places }
start-as-observer = Observer of { $places }
start-nothing = Nothing is waiting
start-nothing-next = Nothing awaits an answer or is due in the next 30 days. Anything due later, or without a term, is in the list of commitments and in the calendar.
start-nothing-of-reason = Nothing is waiting for this reason.
start-no-grants = This account has no access yet. The secretariat of the commission, the national coordination or the administration gives it.
start-no-grants-help = See whom to ask
start-to-own-parts = See what is open for my institution
start-to-commitments = See commitments
start-to-meetings = See sessions
start-to-calendar = See calendar
start-see-all-answers = { $n ->
    [one] Show the answer
   *[other] Show the { $n } answers
}
start-see-all = { $n ->
    [one] See list
   *[other] See all { $n }
}
start-count = { $n ->
    [one] One item
   *[other] { $n } items
}
start-restricted = Restricted
start-term = term: { $day }
start-comments-until = comments until { $day }
start-session-in = { $n ->
    [0] today
    [one] tomorrow
   *[other] in { $n } days
}
start-by = by { $name }
start-reason-report-returned = Returned reports
start-reason-overdue = Overdue commitments
start-reason-due-soon = Due within 30 days
start-reason-extension-decided = Decided extensions
start-reason-activity-returned = Returned activities
start-reason-minutes-open-for-comments = Minutes open for comments
start-reason-session-upcoming = Convened sessions
start-reason-review-pending = Reports to review
start-reason-extension-pending = Extensions to decide
start-reason-activity-to-validate = Activities to validate
start-reason-minutes-to-circulate = Minutes to circulate
start-reason-minutes-to-approve = Minutes to approve
start-reason-session-to-convene = Sessions to convene
start-reason-institution-overdue = Institutions with overdue terms
start-reason-unreachable-institution = Institutions without a contact
start-reason-report-question-open = Answers of the report to confirm
start-reason-report-finding = Answers of the report to correct
start-reason-report-ready = Annual reports ready to approve
start-reason-duty-due = Periodic reports to send
start-reason-duty-missing = Periodic reports past their term
start-reason-duty-returned = Periodic reports that were returned
start-reason-duty-review = Periodic reports to review
start-reason-escalated = Overdue, now with the coordination
start-verb-report-returned = Correct report
start-verb-overdue = Report
start-verb-due-soon = Report
start-verb-extension-decided = See decision
start-verb-minutes-open-for-comments = Comment
start-verb-session-upcoming = See session
start-verb-review-pending = Review
start-verb-extension-pending = Decide
start-verb-minutes-to-circulate = Open minutes
start-verb-minutes-to-approve = Approve
start-verb-drafts = See drafts
start-verb-session-to-convene = Convene
start-verb-institution-overdue = See overdue
start-verb-unreachable-institution = See institution
start-verb-activity-returned = Correct activity
start-verb-activity-to-validate = Validate
start-verb-report-question-open = Answer
start-verb-report-finding = Correct answer
start-verb-report-ready = Review and approve
start-verb-duty-due = Report
start-verb-duty-missing = Report
start-verb-duty-matrix = See who is missing
start-verb-duty-returned = Correct
start-verb-duty-review = Review
start-verb-escalated = See commitment
start-act-report-returned = returned { $ago }
start-act-extension-decided = decided { $ago }
start-act-activity-returned = returned { $ago }
start-act-minutes-open-for-comments = circulated { $ago }
start-act-session-upcoming = convened { $ago }
start-act-duty-review = reported { $ago }
start-act-review-pending = reported { $ago }
start-act-extension-pending = requested { $ago }
start-act-activity-to-validate = submitted { $ago }
start-act-minutes-to-circulate = not circulated; it ended { $ago }
start-act-minutes-to-approve = last step { $ago }
start-sessions = Next sessions
start-no-sessions = No sessions are planned.
start-not-convened = Not convened
start-year = Terms of { $year }
start-no-terms = No commitment is due this year.
start-of = of
start-fulfilled = commitments fulfilled and verified
start-assigned = Questions assigned to commissions
start-assigned-answered = { $done } of { $n } answered and confirmed
start-overdue = { $n ->
    [one] overdue commitment
   *[other] overdue commitments
}
search-title = Search
search-title-of = Search “{ $q }”
search-words = Words
search-hint = Whole words or their beginning. Accents and capitals make no difference.
search-empty = Type what you are looking for: a word of a commitment, the code of minutes, the name of an institution.
search-short = Type at least two letters or digits.
search-long = Type at most 200 characters.
search-nothing = Nothing has all of these words. Try fewer words, or the beginning of one.
search-found = { $n ->
    [one] One result
   *[other] { $n } results
}
search-see-all = See all { $n }
search-kinds = Kinds of records
search-all-kinds = All
search-restricted = Restricted
search-kind-commission = Commissions
search-kind-institution = Institutions
search-kind-meeting = Sessions
search-kind-agreement = Agreements
search-kind-commitment = Commitments
search-kind-activity = Activities
search-kind-plan-item = Plans
search-kind-duty = Periodic reports
search-kind-indicator = Indicators
search-kind-observation = Observations
calendar-subscribe = Subscribe in another calendar
calendar-commission = Commission
calendar-all = All
calendar-mine = Only mine
calendar-filter = Apply
calendar-months = Months
calendar-present = This month
calendar-empty = There are no sessions or due dates in this month.
calendar-no-day = no day
calendar-session = Session:
calendar-term = Term:
calendar-restricted = Restricted
calendar-cancelled = Cancelled
calendar-not-convened = Not convened
calendar-closed = Closed
calendar-report = Periodic report:
calendar-reported = All reported
calendar-cut = There are more terms than fit here.
calendar-cut-list = See all in the list of commitments
