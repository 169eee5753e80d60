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
