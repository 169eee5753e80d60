# Preferences, the mail of the day and the summary of the week.

notice-withdrawn-subject = { $title }: the earlier notice no longer holds
notice-withdrawn = The earlier notice about { $title } no longer holds, because the record was withdrawn. There is nothing to do.
why-informed = You get this because you got an earlier notice about the same record.
why-coordinator-escalation = The national coordination is notified too because the term passed very long ago.
why-contact = You get this because you represent the institution, because your address was that of the institution, or because you coordinate the country.
session-reminder-subject = Reminder: { $title }, { $when }
session-reminder = A session to which you are invited is about to take place.
reminder-heading-waiting = Awaiting a review or a decision ({ $count })
reminder-heading-notices = Other notices ({ $count })
reminder-subject-waiting = { $count } matters await a review or a decision
reminder-subject-notices = { $count } notices of the day
reminder-institution-due = Institution: { $institution } ({ $state })
reminder-report = Latest report, { $date }: { $narrative }
reminder-no-report = No reports yet.
reminder-contact = Contact: { $people }
reminder-link = See what is pending
reminder-footer-write-to = You get this because you are on record as a contact of the institution. To report progress or request an extension, write to the secretariat: { $address }.
reminder-footer-write = You get this because you are on record as a contact of the institution. To report progress or request an extension, write to the secretariat of the commission.
reminder-footer-other = You get this mail once a day, according to your preferences and the reminder policy of the commission.
summary-subject = { $count ->
    [one] Summary of the week: one pending matter
   *[other] Summary of the week: { $count } pending matters
}
summary-subject-notices = { $count ->
    [one] Summary of the week: one notice
   *[other] Summary of the week: { $count } notices
}
summary-intro = This is what is pending at the beginning of the week.
summary-heading = { $reason } ({ $count })
summary-more = And { $count } more.
summary-footer = You get this summary at the beginning of the week when something is pending, or when there are notices that you chose to get weekly.
pending-since = Since { $date }
pending-due = Term: { $date }
pending-date-since = since { $date }
pending-date-on = on { $date }
pending-date-until = until { $date }
pending-date-comments-until = comments until { $date }
pending-date-term = term: { $date }
pending-date-overdue = was due on { $date }
pending-date-due = due on { $date }
pending-review-pending = completion to review
pending-extension-pending = extension to decide
pending-activity-to-validate = activity to validate
pending-missing-reports = { $count ->
    [one] one institution is missing
   *[other] { $count } institutions are missing
}
contact-changed-subject = { $institution }: a contact has changed
contact-changed = A contact of { $institution } has changed.
contact-changed-label-what = Change
contact-changed-label-person = Person
contact-changed-label-before = Former address
contact-changed-label-after = New address
contact-changed-hint = If this change is wrong, notify the secretariat of the commission.
contact-changed-address = the address of the institution
contact-changed-representative-added = a representative was added
contact-changed-representative-removed = a representative was removed
contact-changed-delegate-added = a delegate was added
contact-changed-delegate-changed = a delegate was changed
contact-changed-delegate-removed = a delegate was removed
contact-changed-link = See the institution
