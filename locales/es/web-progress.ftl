# Web pages: progress.
progress-report-title = Informar avance
progress-correct-title = Corregir el informe
progress-promised = Lo comprometido
progress-last-report = Último informe
progress-no-report = Todavía no hay informes de esta institución.
progress-reported = Lo informado
progress-evidence = Medios de verificación
progress-history = Historia de esta parte
progress-term = Plazo
progress-target = Meta
progress-state = Estado
progress-commission = Comisión
progress-status = Estado informado
progress-day = Fecha de lo informado
progress-quantity = Cantidad
progress-quantity-of = { $done } de { $of } { $unit }
progress-not-stated = cantidad no informada
progress-percent = Avance
progress-open = Ver el compromiso { $code }
progress-back = Volver al compromiso
progress-leave = Salir sin enviar
progress-sent-by = { $name } · recibido el { $at }
progress-sent-on-behalf = { $name }, por la institución · recibido el { $at }
progress-imported-by = Importado por { $name } · recibido el { $at }
progress-nobody = Sin nombre
progress-no-evidence = Sin medios de verificación.
progress-evidence-file = archivo
progress-evidence-title-only = sin archivo ni dirección
progress-returned-with = La secretaría lo devolvió:
progress-replaces-pending = Este informe espera revisión. Un informe nuevo lo reemplaza.
progress-question-status = ¿En qué estado está?
progress-question-done = ¿Qué se hizo?
progress-question-done-hint = Hechos, lugares y cifras. El texto pasa a la matriz de seguimiento.
progress-completed-hint = Hace falta al menos un medio de verificación. Se da por cumplido cuando la secretaría acepta el informe.
progress-not-achieved-hint = Ya no se hará. La secretaría recibe un aviso.
progress-planned-hint = Todavía no empieza.
progress-field-quantity = Cantidad lograda ({ $unit })
progress-field-quantity-hint = Total hasta hoy; la meta es { $target }.
progress-field-percent = Avance en porcentaje
progress-field-percent-hint = De 0 a 100.
progress-field-day = Fecha de lo informado
progress-field-day-hint = El día en que se cumplió. Si no se ha cumplido, el día hasta el que se informa. Por ejemplo: 30/06/2026 o 30 de junio de 2026.
progress-field-on-behalf = Informo en nombre de { $institution }
progress-field-on-behalf-hint = Otra persona de la secretaría, o la coordinación, debe revisarlo.
progress-evidence-hint = Cada documento es un archivo (hasta { $n } MB) o una dirección web. Los archivos enviados se conservan aunque haya que corregir otro dato.
progress-evidence-row = Documento { $n }
progress-evidence-title = Título
progress-evidence-title-hint = Vacío: el nombre del archivo o la dirección.
progress-evidence-kind = Tipo
progress-evidence-url = Dirección web
progress-evidence-url-hint = Comienza con https://
progress-evidence-upload = Archivo
progress-evidence-add = Agregar documento
progress-remove = Quitar
progress-kind-document = documento
progress-kind-minutes = acta
progress-kind-attendance = lista de asistencia
progress-kind-report = informe
progress-kind-norm = norma o resolución
progress-kind-agreement = convenio
progress-kind-photo = fotografía
progress-send = Enviar informe
progress-send-next = Un informe de cumplimiento espera la revisión de la secretaría, que responde por correo. Los demás estados se registran de inmediato.
progress-extension-title = Pedir prórroga
progress-field-requested = Nuevo plazo
progress-field-reason = Motivo
progress-extension-send = Enviar solicitud
progress-extension-next = La secretaría decide y responde por correo. Hasta entonces rige el plazo vigente.
progress-extension-waits = Una solicitud de prórroga espera la decisión de la secretaría.
progress-extension-withdraw = Retirar la solicitud
progress-extension-withdraw-about = Si se retira la solicitud, el plazo no cambia y la secretaría recibe un aviso. Después se puede enviar otra.
progress-extension-close = Retirar en nombre de la institución
progress-extension-close-about = Para cuando la institución avisa que ya no necesita la prórroga. El plazo no cambia y nadie decide. La institución no recibe aviso.
progress-extension-colleague = La puede retirar la persona que la envió, o la secretaría. Mientras espera no se puede enviar otra.
progress-request = Solicitud
progress-requested = Plazo solicitado
progress-requested-by = Solicitado por
progress-reason = Motivo
progress-queue-title = Por revisar
progress-count-reports = { $n ->
    [0] Ningún informe por revisar
    [one] Un informe por revisar
   *[other] { $n } informes por revisar
}
progress-count-requests = { $n ->
    [0] ninguna prórroga por decidir
    [one] una prórroga por decidir
   *[other] { $n } prórrogas por decidir
}
progress-nothing-waits = Nada espera revisión ni decisión. Los informes nuevos aparecen en esta página.
progress-nothing-found = Nada espera con estos filtros.
progress-to-commitments = Ver los compromisos
progress-filter-all = Todas
progress-filter-commission = Comisión
progress-filter-institution = Institución
progress-filter = Aplicar
progress-reports-waiting = Informes por revisar
progress-requests-waiting = Prórrogas por decidir
progress-more-requests = Más prórrogas
progress-reviewed-lately = Revisado en las últimas 24 horas
progress-outcome-accepted = Aceptado
progress-outcome-returned = Devuelto
progress-count-evidence = { $n ->
    [0] sin medios de verificación
    [one] un medio de verificación
   *[other] { $n } medios de verificación
}
progress-done-on = cumplido el { $date }
progress-tag-below-target = Bajo la meta
progress-tag-own = Informe propio
progress-present-term = plazo vigente: { $term }
progress-asks-until = { $institution } pide prórroga hasta { $date }
progress-review = Revisar
progress-decide = Decidir
progress-see = Ver
progress-review-title = Revisión del informe
progress-below-target = La cantidad está bajo la meta: { $quantity }.
progress-field-below-target = Aceptar aunque esté bajo la meta
progress-field-below-target-hint = El motivo va en el comentario.
progress-field-comment = Comentario
progress-field-comment-hint = Para devolver hay que explicar qué falta. La institución lo lee.
progress-accept = Aceptar
progress-return = Devolver
progress-accept-withdraws = Al aceptar el informe se retira la solicitud de prórroga que espera.
progress-continue = Continuar
progress-back-to-queue = Volver a la lista
progress-review-next = La institución recibe el resultado por correo. Una revisión se puede retirar durante 24 horas.
progress-replaced = Un informe posterior reemplazó a este.
progress-not-to-review = Este informe no necesita revisión.
progress-open-waiting = Ver el informe que espera revisión
progress-accepted-by = Aceptado por { $name } el { $at }
progress-returned-by = Devuelto por { $name } el { $at }
progress-was-below-target = Se aceptó aunque la cantidad está bajo la meta.
progress-withdraw-review = Retirar la revisión
progress-withdraw-review-about = Si se retira la revisión, el informe espera revisión de nuevo y la institución recibe un aviso. Se puede retirar hasta el { $at }.
progress-decision-title = Solicitud de prórroga
progress-other-parts = Otras instituciones
progress-no-other-parts = Ninguna otra institución participa en este compromiso.
progress-more-parts = { $n ->
    [one] Una institución más
   *[other] { $n } instituciones más
}
progress-field-other-term = Otro plazo
progress-field-other-term-hint = Vacío: se concede lo solicitado, { $date }.
progress-field-decision-hint = Para denegar hay que explicar el motivo. La institución lo lee.
progress-grant = Conceder
progress-refuse = Denegar
progress-decision-next = La institución recibe la decisión por correo. El plazo concedido reemplaza el plazo de su parte.
progress-event-reported = Informado: { $status }
progress-event-reviewed-accepted = Aceptado por la secretaría
progress-event-reviewed-returned = Devuelto por la secretaría
progress-event-review-withdrawn = Revisión retirada
progress-event-cancelled = Parte cancelada
progress-event-reopened = Parte reabierta
progress-event-restored = Importación deshecha
progress-event-extension-requested = Prórroga solicitada: { $date }
progress-event-extension-granted = Prórroga concedida: { $date }
progress-event-extension-granted-plain = Prórroga concedida
progress-event-extension-refused = Prórroga denegada
progress-event-extension-withdrawn = Solicitud de prórroga retirada
done-reported = El informe se envió.
done-reported-for-review = El informe se envió. Ahora espera la revisión de la secretaría.
done-extension-requested = La solicitud de prórroga se envió.
done-extension-withdrawn = La solicitud de prórroga se retiró.
progress-periodic-waiting = Informes periódicos por revisar
progress-all-periodic = Ver los { $n } informes periódicos por revisar
progress-count-periodic = { $n ->
    [one] 1 informe periódico
   *[other] { $n } informes periódicos
}
done-review-accepted = El informe se aceptó. La institución recibe el resultado por correo.
done-review-returned = El informe se devolvió. La institución recibe el comentario por correo.
done-review-withdrawn = La revisión se retiró. El informe espera revisión de nuevo.
done-extension-granted = La prórroga se concedió. La institución recibe la decisión por correo.
done-extension-refused = La prórroga se denegó. La institución recibe la decisión por correo.
