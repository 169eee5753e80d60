# Preferencias, el correo del día y el resumen de la semana.

notice-withdrawn-subject = { $title }: el aviso anterior ya no rige
notice-withdrawn = El aviso anterior sobre { $title } ya no rige, porque se retiró el registro. No hace falta hacer nada.
why-informed = Recibe este aviso porque recibió otro sobre el mismo registro.
why-coordinator-escalation = Se avisa también a la coordinación nacional porque el plazo venció hace mucho tiempo.
why-contact = Recibe este aviso porque representa a la institución, porque su dirección era la de la institución o porque coordina el país.
session-reminder-subject = Recordatorio: { $title }, { $when }
session-reminder = Se acerca una sesión a la que se le convocó.
reminder-heading-waiting = Esperan una revisión o una decisión ({ $count })
reminder-heading-notices = Otros avisos ({ $count })
reminder-subject-waiting = { $count } asuntos esperan una revisión o una decisión
reminder-subject-notices = { $count } avisos del día
reminder-institution-due = Institución: { $institution } ({ $state })
reminder-report = Último avance informado, { $date }: { $narrative }
reminder-no-report = Sin avances informados.
reminder-contact = Contacto: { $people }
reminder-link = Ver lo pendiente
reminder-footer-write-to = Recibe este aviso porque figura como contacto de la institución. Para informar el avance o pedir una prórroga, escriba a la secretaría: { $address }.
reminder-footer-write = Recibe este aviso porque figura como contacto de la institución. Para informar el avance o pedir una prórroga, escriba a la secretaría de la comisión.
reminder-footer-other = Recibe este correo una vez al día, según sus preferencias y la política de recordatorios de la comisión.
summary-subject = { $count ->
    [one] Resumen de la semana: un asunto pendiente
   *[other] Resumen de la semana: { $count } asuntos pendientes
}
summary-subject-notices = { $count ->
    [one] Resumen de la semana: un aviso
   *[other] Resumen de la semana: { $count } avisos
}
summary-intro = Esto es lo pendiente al comenzar la semana.
summary-heading = { $reason } ({ $count })
summary-more = Y { $count } más.
summary-footer = Recibe este resumen al comenzar la semana cuando hay algo pendiente, o avisos que eligió recibir una vez por semana.
pending-since = Desde el { $date }
pending-due = Plazo: { $date }
pending-date-since = desde el { $date }
pending-date-on = el { $date }
pending-date-until = hasta el { $date }
pending-date-comments-until = observaciones hasta el { $date }
pending-date-term = plazo: { $date }
pending-date-overdue = venció el { $date }
pending-date-due = vence el { $date }
pending-review-pending = cumplimiento por revisar
pending-extension-pending = prórroga por decidir
pending-activity-to-validate = actividad por validar
pending-missing-reports = { $count ->
    [one] falta una institución
   *[other] faltan { $count } instituciones
}
contact-changed-subject = { $institution }: cambió un contacto
contact-changed = Cambió un contacto de { $institution }.
contact-changed-label-what = Cambio
contact-changed-label-person = Persona
contact-changed-label-before = Dirección anterior
contact-changed-label-after = Dirección nueva
contact-changed-hint = Si este cambio no corresponde, avise a la secretaría de la comisión.
contact-changed-address = la dirección de la institución
contact-changed-representative-added = se agregó un representante
contact-changed-representative-removed = se retiró un representante
contact-changed-delegate-added = se agregó un delegado
contact-changed-delegate-changed = cambió un delegado
contact-changed-delegate-removed = se retiró un delegado
contact-changed-link = Ver la institución
