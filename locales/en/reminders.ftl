# Reminders of what is due.

reminder-subject = { $count } commitments to attend to; most urgent: { $code }, { $state }
reminder-heading-overdue = Overdue ({ $count })
reminder-heading-coming = Coming due ({ $count })
reminder-event = { $code } due: { $text }
reminder-greeting = Good morning,
reminder-intro = These commitments wait for progress:
reminder-footer = Report progress or ask for more time in Articula; what awaits review is not reminded again.
reminder-due-in = due on { $date } (in { $days } days)
reminder-due-tomorrow = due tomorrow, { $date }
reminder-due-today = due today, { $date }
reminder-overdue-yesterday = was due yesterday, { $date }
reminder-overdue = was due on { $date } ({ $days } days ago)
reminder-institution = Institution: { $institution }
