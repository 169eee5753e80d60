# El acta: circulación, observaciones, aprobación y rectificación.

acta-banner-draft = BORRADOR
acta-banner-circulated = BORRADOR en circulación
acta-restricted-title = Anexo reservado del acta: { $title }
acta-restricted = Este documento contiene los acuerdos y compromisos reservados de la sesión. El acta no los menciona.
acta-code = Código: { $code }
acta-circulated-until = circulada; observaciones hasta el { $day }
acta-convened = Convocatoria: { $day }
acta-call = Llamado: { $call }
acta-call-first = primera convocatoria
acta-call-second = segunda convocatoria
acta-approved-by = Aprobación registrada por: { $name }
acta-approved-in = Aprobada en la sesión: { $title } ({ $day })
acta-guests = Invitadas e invitados
acta-arrived = llegada { $at }
acta-left = salida { $at }
acta-quorum-call-unknown = { $commission }: { $present } de { $entitled } integrantes con voto; se requieren { $required } en primera convocatoria y { $second } en segunda; no consta en qué convocatoria se sesionó.
acta-outcome = Resultado: { $outcome }
acta-parties = Partes: { $names }
acta-commitments = Compromisos
acta-no-commitments = No se registraron compromisos.
acta-proposed = [Propuesto] { $text }
acta-point = Punto { $number } del orden del día.
acta-of-agreement = Del acuerdo { $number }.
acta-agreement-unnumbered = Acuerdo: { $title }
acta-of-agreement-titled = Del acuerdo «{ $title }».
acta-target = meta: { $quantity } { $unit }
acta-column-code = Código
acta-column-text = Compromiso
acta-column-responsible = Responsables
acta-responsible-below = { $n } instituciones, que se nombran debajo de la tabla
acta-responsible-of = { $code }, responsables:
acta-column-term = Plazo
acta-term-words = { $date } («{ $words }»)
acta-no-term = sin plazo
acta-annexes = Anexos
acta-comments = Observaciones recibidas
acta-comment = { $institution }, { $day }
acta-rectification = Rectificación { $number }, { $day }
acta-rectified-by = Rectificación registrada por: { $name }
acta-signatures = Firmas
acta-signed = Firman el acta de la sesión «{ $title }» ({ $day }):
acta-sign-blank = Nombre e institución
acta-sign-lead = Presidencia: { $commission }
acta-sign-secretariat = Secretaría: { $commission }
acta-version = versión { $version }
acta-version-draft = borrador
acta-no-code = Acta sin código
acta-last-line = { $code } · { $version } · SHA-256 { $hash }

# El texto con que se empieza.

acta-template-blank = …

# Los correos.

minutes-circulated-subject = Acta en circulación: { $title }
minutes-circulated = La secretaría puso en circulación el acta de la siguiente sesión.
minutes-invite-comments = Se reciben observaciones hasta el { $day }.
minutes-commented-subject = Observación al acta: { $title }
minutes-commented = Una institución hizo una observación al acta en circulación.
minutes-approved-subject = Acta aprobada: { $title }
minutes-approved = El acta de la siguiente sesión quedó aprobada.
minutes-rectified-subject = Acta rectificada: { $title }
minutes-rectified = El acta aprobada de la siguiente sesión fue rectificada. La versión anterior sigue disponible.
minutes-label-session = Sesión
minutes-label-code = Acta
minutes-label-day = Fecha de la sesión
minutes-label-commissions = Comisiones
minutes-label-institution = Institución
minutes-label-comment = Observación
minutes-link = Ver el acta
minutes-link-comment = Leer el acta y enviar observaciones
minutes-link-comments = Ver las observaciones
