# Reminders of what is due.

reminder-subject = { $count } compromisos por atender
reminder-greeting = Buenos días:
reminder-intro = Estos compromisos esperan un avance:
reminder-footer = Registre el avance o pida una prórroga en Articula; lo que espera revisión no se vuelve a recordar.
reminder-due-in = vence el { $date } (en { $days } días)
reminder-due-tomorrow = vence mañana, { $date }
reminder-due-today = vence hoy, { $date }
reminder-overdue-yesterday = venció ayer, { $date }
reminder-overdue = venció el { $date } (hace { $days } días)
reminder-institution = Institución: { $institution }
reminder-why-delegate = Recibe este aviso porque representa a la institución en la comisión.
reminder-why-representative = Recibe este aviso como representante de la institución.
reminder-why-institution-address = Este aviso llega al correo de la institución porque nadie figura como su delegado o representante.
reminder-why-nobody-to-tell = Este aviso llega a la secretaría porque la institución no tiene delegados, representantes ni correo registrados: convendría avisarle por otro medio.
reminder-why-escalation = Se avisa también a la secretaría porque el plazo venció hace tiempo.
