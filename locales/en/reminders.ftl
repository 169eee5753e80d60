# Reminders of what is due.

reminder-subject = { $count } commitments to attend to
reminder-greeting = Good morning,
reminder-intro = These commitments wait for progress:
reminder-footer = Report progress or ask for more time in Articula; what awaits review is not reminded again.
reminder-due-in = due on { $date } (in { $days } days)
reminder-due-tomorrow = due tomorrow, { $date }
reminder-due-today = due today, { $date }
reminder-overdue-yesterday = was due yesterday, { $date }
reminder-overdue = was due on { $date } ({ $days } days ago)
reminder-institution = Institution: { $institution }
reminder-why-delegate = You get this because you speak for the institution in the commission.
reminder-why-representative = You get this as a representative of the institution.
reminder-why-institution-address = This comes to the institution's address because nobody is registered as its delegate or representative.
reminder-why-nobody-to-tell = This comes to the secretariat because the institution has no delegates, representatives or address on record: please tell it another way.
reminder-why-escalation = The secretariat is told too because the term passed long ago.
