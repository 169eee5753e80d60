# Reminders of what is due.

reminder-subject = { $count } compromisos por atender; el más urgente: { $code }, { $state }
reminder-heading-overdue = Plazo vencido ({ $count })
reminder-heading-coming = Por vencer ({ $count })
reminder-event = Vence { $code }: { $text }
reminder-intro = { $count ->
    [one] Falta informar el avance de este compromiso:
   *[other] Falta informar el avance de estos compromisos:
}
reminder-footer = El recordatorio deja de llegar cuando la institución informa el cumplimiento o pide una prórroga.
reminder-due-in = vence el { $date } (en { $days } días)
reminder-due-tomorrow = vence mañana, { $date }
reminder-due-today = vence hoy, { $date }
reminder-overdue-yesterday = venció ayer, { $date }
reminder-overdue = venció el { $date } (hace { $days } días)
reminder-institution = Institución: { $institution }
