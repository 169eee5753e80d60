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
commitment-granted-subject = { $code }: prórroga concedida
commitment-granted = Se concedió la prórroga solicitada. Rige el nuevo plazo.
commitment-refused-subject = { $code }: prórroga denegada
commitment-refused = No se concedió la prórroga solicitada. El plazo no cambia.
commitment-review-subject = { $code }: cumplimiento por revisar
commitment-review = Se informó el cumplimiento de un compromiso, que espera su revisión.
commitment-label-code = Código
commitment-label-text = Compromiso
commitment-label-institutions = Institución
commitment-label-due = Plazo
commitment-label-requested = Plazo solicitado
commitment-label-comment = Comentario
commitment-label-narrative = Avance informado
commitment-no-term = sin plazo
commitment-link = Ver el compromiso en Articula

# El calendario de una persona.

feed-name = Articula
feed-due = Vence { $code }: { $text }
feed-done = Cumplido { $code }: { $text }
feed-missed = No cumplido { $code }: { $text }
feed-cancelled = Anulado { $code }: { $text }
