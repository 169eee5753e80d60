# Avisos de lo que ocurre con sesiones y compromisos.

session-convened-subject = Convocatoria: { $title }, { $when }
session-convened = Se le convoca a la siguiente sesión. La invitación adjunta la agrega a su calendario.
session-changed-subject = Cambio en la convocatoria: { $title }, { $when }
session-changed = Cambió la sesión a la que se le convocó. La invitación adjunta actualiza su calendario.
session-changed-parts = Cambió: { $parts }.
session-cancelled-subject = Anulada: { $title }, { $when }
session-cancelled = La siguiente sesión fue anulada. El archivo adjunto la retira de su calendario.
session-no-longer-subject = Convocatoria retirada: { $title }, { $when }
session-no-longer = Ya no se le convoca a la siguiente sesión. El archivo adjunto la retira de su calendario.
session-reason = Motivo: { $reason }
session-part-title = el título
session-part-when = la fecha o la hora
session-part-modality = la modalidad
session-part-place = el lugar
session-part-url = el enlace
session-part-commissions = las comisiones que participan
session-part-agenda = el orden del día
session-label-title = Sesión
session-label-commissions = Comisiones
session-label-when = Fecha y hora
session-label-modality = Modalidad
session-label-place = Lugar
session-label-url = Enlace
session-when-from = { $day }, a las { $from }, { $zone }
session-when-from-to = { $day }, de { $from } a { $to }, { $zone }
session-agenda-presenter = { $title } (presenta { $presenter })
session-agenda = Orden del día
session-link = Ver la sesión
session-join = Enlace para unirse: { $url }
commitment-new-subject = { $code }: nuevo compromiso
commitment-new = Se registró un compromiso nuevo a cargo de la institución.
commitment-returned-subject = { $code }: informe devuelto
commitment-returned = La secretaría revisó el informe de cumplimiento y lo devolvió. El compromiso sigue abierto: corresponde corregir el informe y enviarlo otra vez.
commitment-accepted-subject = { $code }: cumplimiento aceptado
commitment-accepted = La secretaría revisó el informe y aceptó el cumplimiento.
commitment-accepted-below-target = La cantidad informada está por debajo de la meta. La secretaría la aceptó de todos modos.
commitment-review-withdrawn-subject = { $code }: revisión retirada
commitment-review-withdrawn = La secretaría retiró su revisión. El informe de cumplimiento queda otra vez por revisar.
commitment-reopened-subject = { $code }: compromiso reabierto
commitment-reopened = La secretaría reabrió la parte de la institución en el compromiso. Corresponde informar avances otra vez.
commitment-cancelled-subject = { $code }: compromiso anulado
commitment-cancelled = La secretaría anuló la parte de la institución en el compromiso. Ya no hay que informar sobre ella.
commitment-corrected-subject = { $code }: plazo corregido
commitment-corrected = La secretaría corrigió un error en el plazo. Rige el plazo que aquí se indica.
commitment-granted-subject = { $code }: prórroga concedida
commitment-granted = La secretaría concedió la prórroga. Rige el plazo que aquí se indica.
commitment-granted-other = Es distinto del plazo solicitado.
commitment-refused-subject = { $code }: prórroga denegada
commitment-refused = La secretaría no concedió la prórroga. El plazo no cambia.
commitment-review-subject = { $code }: cumplimiento por revisar
commitment-review = Una institución informó que cumplió su parte. El informe espera su revisión.
commitment-not-achieved-subject = { $code }: informado como no cumplido
commitment-not-achieved = Una institución informó que no cumplirá su parte.
commitment-requested-subject = { $code }: prórroga solicitada
commitment-requested = Una institución pide una prórroga. La solicitud espera su decisión.
commitment-request-withdrawn-subject = { $code }: solicitud de prórroga retirada
commitment-request-withdrawn = La institución retiró su solicitud de prórroga. Ya no hay nada que decidir, y el plazo no cambia.
commitment-request-ended-subject = { $code }: la secretaría retiró la solicitud de prórroga
commitment-request-ended = La secretaría retiró la solicitud de prórroga de la institución. No se decidirá sobre ella, y el plazo no cambia.
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
commitment-link = Ver el compromiso
commitment-link-review = Revisar el informe
commitment-link-extension = Decidir la prórroga
commitment-no-account = Para cualquier gestión sobre este compromiso, hay que escribir a la secretaría técnica de la comisión.
commitments-handed-over-subject = Compromisos que asume su institución: { $number }
commitments-handed-over = Su institución asume los siguientes compromisos, que estaban a cargo de otra.
commitments-taken-subject = Compromisos que dejan de estar a cargo de su institución: { $number }
commitments-taken = Los siguientes compromisos pasan a cargo de otra institución. La parte de su institución queda anulada.
commitments-label-reason = Motivo
commitments-link = Ver los compromisos
joint-subject = { $kind ->
    [meeting] Sesión conjunta: { $title }
    [agreement] Acuerdo conjunto: { $title }
   *[commitment] Compromiso conjunto: { $title }
}
joint = { $kind ->
    [meeting] Otra comisión registró una sesión conjunta con la comisión a su cargo. La sesión se puede modificar. Mientras el acta no esté aprobada, también se puede retirar de ella a su comisión.
    [agreement] Otra comisión registró un acuerdo que también es de la comisión a su cargo.
   *[commitment] Otra comisión registró un compromiso que también es de la comisión a su cargo.
}
joint-label-title = { $kind ->
    [meeting] Sesión
    [agreement] Acuerdo
   *[commitment] Compromiso
}
joint-link = { $kind ->
    [meeting] Ver la sesión
    [agreement] Ver el acuerdo
   *[commitment] Ver el compromiso
}
withdrawn-subject = { $commission } deja la sesión conjunta: { $title }
withdrawn = La secretaría retiró a { $commission } de la sesión. También la retiró de los acuerdos y compromisos de la sesión que son de varias comisiones.
reply-subject = { $reply ->
    [attends] { $institution } asistirá: { $title }
   *[excused] { $institution } se excusa: { $title }
}
reply = { $reply ->
    [attends] Una institución convocada avisa que asistirá a la sesión.
   *[excused] Una institución convocada se excusa de asistir a la sesión.
}
reply-label-institution = Institución
reply-label-person = Asistirá
reply-label-note = Nota
proposal-subject = Punto propuesto para el orden del día: { $title }
proposal = Una institución convocada propone un punto para el orden del día de la sesión. Al aceptarlo, se agrega. Para no incluirlo, hay que indicar el motivo.
proposal-link = Decidir sobre el punto
proposal-label-title = Punto propuesto
proposal-label-reason = Motivo
proposal-decided-subject = { $outcome ->
    [accepted] Propuesta aceptada: { $title }
   *[declined] Propuesta no incluida: { $title }
}
proposal-decided = { $outcome ->
    [accepted] La secretaría agregó al orden del día el punto que propuso su institución.
   *[declined] La secretaría no agregó al orden del día el punto que propuso su institución.
}
delegate-changed-subject = { $institution } cambió sus delegados en { $commission }
delegate-changed = { $change ->
    [created] Una institución agregó a una persona que la representa en la comisión.
   *[updated] Una institución cambió los datos de una persona que la representa en la comisión.
}
delegate-label-person = Persona
delegate-label-capacity = Calidad
delegate-label-email = Correo
delegate-label-period = Período
delegate-link = Ver la comisión
activity-submitted-subject = Actividad por validar: { $title }
activity-submitted = Una institución envió una actividad para que se valide.
activity-validated-subject = { $count ->
    [one] Actividad validada: { $title }
   *[other] { $count } actividades validadas
}
activity-validated = { $count ->
    [one] La secretaría validó la actividad que registró; ya forma parte del registro.
   *[other] La secretaría validó las siguientes actividades que registró; ya forman parte del registro.
}
activity-sent-back-subject = Actividad devuelta: { $title }
activity-sent-back = La secretaría devolvió la actividad que registró. Corresponde corregirla y enviarla otra vez.
activity-label-title = Actividad
activity-label-institutions = Organiza
activity-label-reason = Motivo
activity-link = Ver la actividad

# El calendario de una persona.

feed-name = { $brand }
feed-due = Vence { $code }: { $text }
feed-done = Cumplido { $code }: { $text }
feed-missed = No cumplido { $code }: { $text }
feed-cancelled = Anulado { $code }: { $text }
feed-report-due = Vence «{ $title }», { $period }
feed-report-waived = Dispensado «{ $title }», { $period }
feed-report-done = Informado «{ $title }», { $period }
matrix-imported-subject = { $count ->
    [one] Un informe importado espera revisión
   *[other] { $count } informes importados esperan revisión
}
matrix-imported = { $count ->
    [one] Se importó la matriz «{ $file }», que da por cumplida una parte. Su informe espera revisión.
   *[other] Se importó la matriz «{ $file }», que da por cumplidas { $count } partes. Sus informes esperan revisión.
}
matrix-imported-link = Revisar los informes
duty-asked-subject = Informe periódico: { $title }
duty-asked = Se pide a su institución un informe periódico. Este es el primer período sobre el que corresponde informar.
duty-reported-subject = Informe por revisar: { $title }
duty-reported = Se recibió un informe periódico. Espera su revisión.
duty-returned-subject = Informe devuelto: { $title }
duty-returned = La secretaría revisó el informe y lo devolvió. Corresponde corregirlo y enviarlo otra vez.
duty-waived-subject = Dispensa de informe: { $title }
duty-waived = La secretaría dispensó a su institución de este informe. No tiene que enviarlo; si de todos modos informa, el informe cuenta.
duty-waiver-withdrawn-subject = Dispensa retirada: { $title }
duty-waiver-withdrawn = La secretaría retiró la dispensa. El informe se espera de nuevo.
duty-imported-subject = Informes por revisar: { $title }
duty-imported = Se importó una planilla con informes periódicos. Esperan su revisión.
duty-label-reports = Informes recibidos
duty-link-matrix = Ver quiénes han informado
duty-label-title = Informe
duty-label-institution = Institución
duty-label-period = Período
duty-label-every = Frecuencia
duty-label-due = Último día del plazo
duty-link-asked = Ver el informe periódico
duty-label-state = Contenido
duty-label-revision = Envío
duty-label-narrative = Descripción
duty-label-comment = Comentario
duty-label-reason = Motivo de la dispensa
duty-link-review = Revisar el informe
duty-link-correct = Corregir el informe
duty-link-report = Ver el informe
