# Reminders of what is due.

reminder-subject = { $count } commitments need attention; most urgent: { $code }, { $state }
reminder-heading-overdue = Overdue ({ $count })
reminder-heading-coming = Due soon ({ $count })
reminder-event = { $code } due: { $text }
reminder-intro = { $count ->
    [one] A report is missing on this commitment:
   *[other] Reports are missing on these commitments:
}
reminder-footer = The reminder stops when the institution reports the completion or requests an extension.
reminder-due-in = due on { $date } (in { $days } days)
reminder-due-tomorrow = due tomorrow, { $date }
reminder-due-today = due today, { $date }
reminder-overdue-yesterday = was due yesterday, { $date }
reminder-overdue = was due on { $date } ({ $days } days ago)
reminder-institution = Institution: { $institution }
reminder-subject-reports = { $count ->
    [one] A periodic report to send: { $title }, { $state }
   *[other] { $count } periodic reports to send; most urgent: { $title }, { $state }
}
reminder-subject-all = { $count } matters need attention; most urgent: { $title }, { $state }
reminder-reports-intro = { $count ->
    [one] This periodic report was not sent yet. If there is nothing to report, its page takes that answer too:
   *[other] These periodic reports were not sent yet. If there is nothing to report, the page of each takes that answer too:
}
reminder-heading-reports-missing = Reports past their term ({ $count })
reminder-heading-reports-due = Reports to send ({ $count })
reminder-period = Period: { $period }
reminder-reports-footer = The reminder of a report stops when the institution sends it.
reminder-reports-footer-write-to = You get this because you are on record as a contact of the institution. To send the report, write to the secretariat: { $address }.
reminder-reports-footer-write = You get this because you are on record as a contact of the institution. To send the report, write to the secretariat of the commission.
