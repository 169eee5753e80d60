# Reminders of what is due.

reminder-subject = { $count } compromisos por atender; el más urgente: { $code }, { $state }
reminder-heading-overdue = Plazo vencido ({ $count })
reminder-heading-coming = Por vencer ({ $count })
reminder-event = Vence { $code }: { $text }
reminder-greeting = Buenos días:
reminder-intro = Estos compromisos esperan un avance:
reminder-footer = Registre el avance o pida una prórroga en Articula; lo que espera revisión no se vuelve a recordar.
reminder-due-in = vence el { $date } (en { $days } días)
reminder-due-tomorrow = vence mañana, { $date }
reminder-due-today = vence hoy, { $date }
reminder-overdue-yesterday = venció ayer, { $date }
reminder-overdue = venció el { $date } (hace { $days } días)
reminder-institution = Institución: { $institution }
