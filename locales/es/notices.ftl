# Avisos de lo que ocurre con sesiones y compromisos.

session-convened-subject = Convocatoria: { $title }, { $when }
session-convened = Se le convoca a la siguiente sesión. La invitación adjunta la agrega a su calendario.
session-changed-subject = Cambio en la convocatoria: { $title }, { $when }
session-changed = La sesión a la que está convocado o convocada cambió. La invitación adjunta actualiza su calendario.
session-changed-parts = Cambió: { $parts }.
session-cancelled-subject = Anulada: { $title }, { $when }
session-cancelled = La siguiente sesión fue anulada. El archivo adjunto la retira de su calendario.
session-no-longer-subject = Convocatoria retirada: { $title }, { $when }
session-no-longer = Ya no está convocado o convocada a la siguiente sesión. El archivo adjunto la retira de su calendario.
session-reason = Motivo: { $reason }
session-part-title = el título
session-part-when = la fecha o la hora
session-part-modality = la modalidad
session-part-place = el lugar
session-part-url = el enlace
session-part-commissions = las comisiones que sesionan
session-part-agenda = la agenda
session-label-title = Sesión
session-label-commissions = Comisiones
session-label-when = Fecha y hora
session-label-modality = Modalidad
session-label-place = Lugar
session-label-url = Enlace
session-when-from = { $day }, a las { $from }, { $zone }
session-when-from-to = { $day }, de { $from } a { $to }, { $zone }
session-agenda-presenter = { $title } (presenta { $presenter })
session-agenda = Agenda
session-link = Ver la sesión en Articula
commitment-new-subject = { $code }: nuevo compromiso
commitment-new = Se registró un compromiso a cargo de su institución.
commitment-returned-subject = { $code }: el avance fue devuelto
commitment-returned = La secretaría revisó el cumplimiento informado y lo devolvió. El compromiso sigue abierto.
commitment-accepted-subject = { $code }: cumplimiento aceptado
commitment-accepted = La secretaría revisó el cumplimiento informado y lo aceptó.
commitment-accepted-below-target = La cantidad informada está por debajo de la meta; la secretaría la aceptó de todos modos.
commitment-review-withdrawn-subject = { $code }: revisión retirada
commitment-review-withdrawn = Se retiró la revisión del cumplimiento informado, que espera de nuevo su revisión.
commitment-reopened-subject = { $code }: compromiso reabierto
commitment-reopened = La secretaría reabrió la parte de la institución en el compromiso. Se puede informar avances de nuevo.
commitment-cancelled-subject = { $code }: compromiso anulado
commitment-cancelled = La secretaría anuló la parte de la institución en el compromiso. Ya no hay nada que hacer en él.
commitment-corrected-subject = { $code }: plazo corregido
commitment-corrected = La secretaría corrigió el plazo. Rige el nuevo plazo.
commitment-granted-subject = { $code }: prórroga concedida
commitment-granted = Se concedió la prórroga solicitada. Rige el nuevo plazo.
commitment-granted-other = El plazo concedido no es el solicitado.
commitment-refused-subject = { $code }: prórroga denegada
commitment-refused = No se concedió la prórroga solicitada. El plazo no cambia.
commitment-review-subject = { $code }: cumplimiento por revisar
commitment-review = Se informó el cumplimiento de un compromiso, que espera su revisión.
commitment-not-achieved-subject = { $code }: informado como no cumplido
commitment-not-achieved = Se informó que un compromiso no se cumplirá.
commitment-requested-subject = { $code }: prórroga solicitada
commitment-requested = Se solicitó una prórroga, que espera su decisión.
commitment-request-withdrawn-subject = { $code }: solicitud de prórroga retirada
commitment-request-withdrawn = Se retiró la solicitud de prórroga. Ya no hay nada que decidir y el plazo no cambia.
commitment-label-code = Código
commitment-label-commission = Comisión
commitment-label-commissions = Comisiones
commitment-label-session = Sesión
commitment-session = { $title } ({ $day })
commitment-label-agreement = Acuerdo
commitment-agreement = { $title } (n.º { $number })
commitment-label-text = Compromiso
commitment-label-institutions = Institución
commitment-label-target = Meta
commitment-target = { $quantity } { $unit }
commitment-label-due = Plazo
commitment-label-requested = Plazo solicitado
commitment-label-reason = Motivo
commitment-label-comment = Comentario
commitment-label-narrative = Avance informado
commitment-label-quantity = Cantidad informada
commitment-no-term = sin plazo
commitment-link = Ver el compromiso en Articula
commitment-link-review = Revisar el cumplimiento en Articula
commitment-link-extension = Decidir la prórroga en Articula
commitment-no-account = Para informar avances o pedir una prórroga, corresponde escribir a la secretaría técnica de la comisión.
commitments-handed-over-subject = Compromisos que asume su institución: { $number }
commitments-handed-over = Su institución asume los siguientes compromisos, que estaban a cargo de otra.
commitments-taken-subject = Compromisos que dejan de estar a cargo de su institución: { $number }
commitments-taken = Los siguientes compromisos pasan a cargo de otra institución. La parte de su institución queda anulada.
commitments-label-reason = Motivo
commitments-link = Ver los compromisos en Articula
joint-subject = { $kind ->
    [meeting] Sesión conjunta: { $title }
    [agreement] Acuerdo conjunto: { $title }
   *[commitment] Compromiso conjunto: { $title }
}
joint = { $kind ->
    [meeting] La secretaría de otra comisión ingresó una sesión conjunta con la comisión a su cargo. Puede modificarla, o retirar de ella a su comisión mientras el acta no esté aprobada.
    [agreement] La secretaría de otra comisión ingresó un acuerdo que también corresponde a la comisión a su cargo.
   *[commitment] La secretaría de otra comisión ingresó un compromiso que también corresponde a la comisión a su cargo.
}
joint-label-title = { $kind ->
    [meeting] Sesión
    [agreement] Acuerdo
   *[commitment] Compromiso
}
joint-link = { $kind ->
    [meeting] Ver la sesión en Articula
    [agreement] Ver el acuerdo en Articula
   *[commitment] Ver el compromiso en Articula
}
withdrawn-subject = { $commission } deja la sesión conjunta: { $title }
withdrawn = La secretaría retiró a { $commission } de la sesión, y de los acuerdos y compromisos de la sesión que tienen otra comisión.
reply-subject = { $reply ->
    [attends] { $institution } asistirá: { $title }
   *[excused] { $institution } se excusa: { $title }
}
reply = { $reply ->
    [attends] Una institución convocada avisó que asistirá a la sesión.
   *[excused] Una institución convocada se excusó de asistir a la sesión.
}
reply-label-institution = Institución
reply-label-person = Asistirá
reply-label-note = Nota
proposal-subject = Punto propuesto para la agenda: { $title }
proposal = Una institución convocada propone un punto para la agenda de la sesión. Si lo acepta, se agrega a la agenda; para declinarlo, indique el motivo.
proposal-label-title = Punto propuesto
proposal-label-reason = Motivo
proposal-decided-subject = { $outcome ->
    [accepted] Propuesta aceptada: { $title }
   *[declined] Propuesta no incluida: { $title }
}
proposal-decided = { $outcome ->
    [accepted] La secretaría agregó a la agenda el punto que propuso su institución.
   *[declined] La secretaría no agregó a la agenda el punto que propuso su institución.
}
delegate-changed-subject = { $institution } cambió su representación en { $commission }
delegate-changed = { $change ->
    [created] Una institución agregó a una persona que la representa en la comisión.
   *[updated] Una institución cambió los datos de una persona que la representa en la comisión.
}
delegate-label-person = Persona
delegate-label-capacity = Calidad
delegate-label-email = Correo
delegate-label-period = Desde y hasta
delegate-link = Ver la comisión en Articula
activity-submitted-subject = Actividad por validar: { $title }
activity-submitted = Se envió una actividad para su validación.
activity-validated-subject = { $count ->
    [one] Actividad validada: { $title }
   *[other] { $count } actividades validadas
}
activity-validated = { $count ->
    [one] La secretaría validó la actividad que registró; ya forma parte del registro.
   *[other] La secretaría validó las siguientes actividades que registró; ya forman parte del registro.
}
activity-sent-back-subject = Actividad devuelta: { $title }
activity-sent-back = La secretaría devolvió la actividad que registró. Corríjala y envíela otra vez.
activity-label-title = Actividad
activity-label-institutions = Organiza
activity-label-reason = Motivo
activity-link = Ver la actividad en Articula

# El calendario de una persona.

feed-name = Articula
feed-due = Vence { $code }: { $text }
feed-done = Cumplido { $code }: { $text }
feed-missed = No cumplido { $code }: { $text }
feed-cancelled = Anulado { $code }: { $text }
matrix-imported-subject = { $count ->
    [one] Un informe importado espera revisión
   *[other] { $count } informes importados esperan revisión
}
matrix-imported = { $count ->
    [one] Se importó la matriz «{ $file }»: declara cumplida la parte de una institución. Corresponde revisar su informe.
   *[other] Se importó la matriz «{ $file }»: declara cumplidas { $count } partes. Corresponde revisar sus informes.
}
matrix-imported-link = Revisar los informes en Articula
