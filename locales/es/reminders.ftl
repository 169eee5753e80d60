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
reminder-subject-reports = { $count ->
    [one] Un informe periódico por enviar: { $title }, { $state }
   *[other] { $count } informes periódicos por enviar; el más urgente: { $title }, { $state }
}
reminder-subject-all = { $count } asuntos por atender; el más urgente: { $title }, { $state }
reminder-reports-intro = { $count ->
    [one] Falta enviar este informe periódico. Si no hay nada que informar, también se indica en su página:
   *[other] Falta enviar estos informes periódicos. Si no hay nada que informar, también se indica en la página de cada uno:
}
reminder-heading-reports-missing = Informes atrasados ({ $count })
reminder-heading-reports-due = Informes por enviar ({ $count })
reminder-period = Período: { $period }
reminder-reports-footer = El recordatorio de un informe deja de llegar cuando la institución lo envía.
reminder-reports-footer-write-to = Recibe este aviso porque figura como contacto de la institución. Para enviar el informe, escriba a la secretaría: { $address }.
reminder-reports-footer-write = Recibe este aviso porque figura como contacto de la institución. Para enviar el informe, escriba a la secretaría de la comisión.
