# Páginas de las sesiones.
meetings-title = Sesiones
meetings-lead = Las próximas primero; debajo, las realizadas.
meetings-new = Nueva sesión
meetings-new-lead = Al crear la sesión no se avisa a nadie más que a las secretarías de las otras comisiones. La convocatoria se envía después, en una página aparte. Una sesión cuya fecha ya pasó queda como realizada.
meetings-calendar = Ver calendario
meetings-next = Próximas
meetings-past = Realizadas
meetings-next-none = No hay sesiones próximas.
meetings-next-none-writer = No hay sesiones próximas. Para programar una, cree una nueva sesión.
meetings-next-none-filtered = Ninguna sesión próxima cumple los filtros.
meetings-past-none = No hay sesiones anteriores con estos filtros.
meetings-past-count = { $n ->
    [one] Una sesión anterior
   *[other] { $n } sesiones anteriores
}
meetings-commission = Comisión
meetings-commissions = Comisiones
meetings-commissions-hint = En una sesión conjunta se marcan todas las comisiones que se reúnen; la primera da la hora local.
meetings-joint = Sesión conjunta con otra comisión
meetings-commissions-of-others = De otras secretarías, a las que se avisa al guardar:
meetings-all = Todas
meetings-all-commissions = Todas las comisiones
meetings-all-years = Todos
meetings-all-states = Todos
meetings-year = Año
meetings-status = Estado
meetings-status-scheduled = Programada
meetings-status-held = Realizada
meetings-status-cancelled = Anulada
meetings-filter = Aplicar
meetings-from = Desde { $value }
meetings-to = Hasta { $value }
meetings-country = País: { $value }
meetings-column-session = Sesión
meetings-column-when = Fecha
meetings-column-commissions = Comisiones
meetings-column-state = Estado
meetings-column-institution = Institución
meetings-column-mailed = Reciben el correo
meetings-column-attendance = Asistencia
meetings-column-capacity = Calidad
meetings-column-person = Persona
meetings-column-actions = Acciones
meetings-cancelled = Anulada
meetings-restricted = Reservada
meetings-convened = Convocada
meetings-to-convene = Por convocar
meetings-planned = Programada
meetings-minutes-approved = Acta aprobada
meetings-minutes-circulated = Acta en circulación
meetings-minutes-to-circulate = Acta por circular
meetings-minutes-to-approve = Acta por aprobar
meetings-tabs = Páginas de la sesión
meetings-tab-summary = Resumen
meetings-tab-agenda = Orden del día
meetings-tab-attendance = Asistencia
meetings-tab-agreements = Acuerdos y compromisos
meetings-tab-minutes = Acta
meetings-tab-follow-up = Hoja de seguimiento
meetings-tab-documents = Documentos
meetings-save = Guardar cambios
meetings-create = Crear sesión
meetings-edit = Editar sesión
meetings-edit-mails = La sesión está convocada: al guardar un cambio de título, fecha, modalidad, lugar, enlace o comisiones, se avisa por correo a las personas convocadas.
meetings-kind = Tipo de sesión
meetings-kind-ordinal = { $kind }, número { $ordinal }
meetings-ordinal = Número
meetings-ordinal-hint = Sigue: { $list }.
meetings-field-title = Título
meetings-field-title-hint = Por ejemplo: III sesión ordinaria de la CIGTPE.
meetings-time-hint = Por ejemplo: 12/05/2027 10:00 ({ $zone }).
meetings-time-hint-first = Por ejemplo: 12/05/2027 10:00, en la hora local de la primera comisión marcada.
meetings-starts-at = Inicio
meetings-ends-at = Término
meetings-held = Fecha, si no se conoce la hora
meetings-held-hint = Por ejemplo: 12/05/2027, mayo de 2027 o II trimestre 2027. Basta el inicio o esta fecha.
meetings-modality = Modalidad
meetings-not-stated = Sin indicar
meetings-choose = Elegir
meetings-place = Lugar
meetings-url = Enlace para conectarse
meetings-url-hint = Empieza por https://
meetings-field-restricted = Sesión reservada
meetings-field-restricted-hint = La ven las secretarías de sus comisiones, la coordinación y las instituciones que figuran en la asistencia.
meetings-as-held = Horas y convocatoria, como se realizó
meetings-started-at = Comenzó
meetings-ended-at = Terminó
meetings-call = Convocatoria en la que sesionó
meetings-call-first = primera convocatoria
meetings-call-second = segunda convocatoria
meetings-next-step = Siguiente paso:
meetings-step-agenda = falta el orden del día de la sesión.
meetings-step-agenda-button = Escribir orden del día
meetings-step-date = falta el día o la hora para poder convocar.
meetings-step-date-button = Fijar fecha
meetings-step-convene = la sesión no está convocada. Son { $convened } instituciones.
meetings-step-convene-button = Convocar
meetings-step-proposals = hay propuestas para el orden del día por decidir.
meetings-step-proposals-button = Ver propuestas
meetings-step-wait = la sesión está convocada; { $replies } de { $convened } instituciones han respondido.
meetings-step-wait-button = Ver asistencia
meetings-step-attendance = registrar la asistencia.
meetings-step-attendance-button = Registrar asistencia
meetings-step-write = escribir el acta. Los acuerdos se registran en su propia página.
meetings-step-write-button = Escribir acta
meetings-step-complete = { $blanks ->
    [one] al texto del acta le falta una parte por completar.
   *[other] al texto del acta le faltan { $blanks } partes por completar.
}
meetings-step-complete-button = Completar acta
meetings-step-circulate = el acta está escrita y espera su circulación.
meetings-step-circulate-button = Circular acta
meetings-step-circulate-again = el texto del acta cambió después de circular; falta circularlo de nuevo o aprobarlo.
meetings-step-circulate-again-button = Ver acta
meetings-step-comments = el acta está en circulación y recibe observaciones hasta el { $day }; después corresponde aprobarla.
meetings-step-comments-button = Ver acta
meetings-step-approve = el acta ya circuló y espera su aprobación.
meetings-step-approve-button = Aprobar acta
meetings-step-follow-up = el acta está aprobada; queda el seguimiento de los compromisos.
meetings-step-follow-up-button = Ver seguimiento
meetings-about = Datos de la sesión
meetings-when = Fecha y hora
meetings-convened-at = Convocada el
meetings-agenda-edit = Editar orden del día
meetings-agenda-open = Ver orden del día
meetings-agenda-none = Todavía no hay puntos en el orden del día.
meetings-agenda-items = Puntos
meetings-agenda-add = Agregar punto
meetings-agenda-save = Guardar orden del día
meetings-agenda-mails = La sesión está convocada: si cambian los títulos o el orden, se avisa por correo a las personas convocadas.
meetings-item = Punto { $n }
meetings-item-title = Asunto
meetings-item-kind = Propósito
meetings-item-presenter = Presenta
meetings-item-outcome = Resultado
meetings-item-up = Subir
meetings-item-down = Bajar
meetings-row-remove = Quitar
meetings-closed = El acta está aprobada: esto ya no cambia.
meetings-propose = Proponer un punto
meetings-proposals = Puntos propuestos por instituciones
meetings-proposal-pending = Por decidir
meetings-proposal-accepted = Aceptado
meetings-proposal-declined = Declinado
meetings-proposal-reason = Motivo
meetings-proposal-reason-hint = Por qué conviene tratarlo en esta sesión.
meetings-proposal-reason-given = Motivo de la decisión: { $reason }
meetings-proposal-mails = La propuesta llega por correo a la secretaría, que la acepta o la declina.
meetings-proposal-send = Enviar propuesta
meetings-proposal-decide = Decidir
meetings-decision-title = Decidir sobre un punto propuesto
meetings-decision = Decisión
meetings-decision-reason = Motivo de la decisión
meetings-accept = Aceptar
meetings-accept-hint = El punto queda al final del orden del día. Se avisa a la institución que lo propuso.
meetings-accept-mails = El punto queda al final del orden del día. Se avisa por correo a la institución que lo propuso, y a todas las convocadas que el orden del día cambió.
meetings-decline = Declinar
meetings-decline-hint = Requiere un motivo, que se envía por correo a la institución.
meetings-decide = Registrar decisión
meetings-own-reply = Respuesta a la convocatoria
meetings-reply = Responder
meetings-reply-change = Cambiar respuesta
meetings-reply-none = Sin respuesta
meetings-reply-title = Responder a la convocatoria
meetings-reply-label = Asistencia
meetings-reply-attends = Asistirá
meetings-reply-excused = Se excusa
meetings-reply-excused-hint = La ausencia queda justificada.
meetings-reply-person = Persona que asistirá
meetings-reply-person-hint = Quien represente a la institución, también si es por delegación.
meetings-reply-note = Nota para la secretaría
meetings-reply-mails = La respuesta llega por correo a la secretaría y puede cambiarse hasta que comience la sesión.
meetings-reply-send = Enviar respuesta
meetings-replies = Respuestas
meetings-replies-count = { $total ->
    [one] { $n ->
        [0] La institución convocada no ha respondido.
       *[other] La institución convocada ha respondido.
    }
   *[other] { $n ->
        [0] Ninguna de las { $total } instituciones ha respondido.
        [one] { $n } de { $total } instituciones ha respondido.
       *[other] { $n } de { $total } instituciones han respondido.
    }
}
meetings-attendance-edit = Registrar asistencia
meetings-attendance-open = Ver asistencia
meetings-attendance-none = Todavía no hay asistencia registrada.
meetings-attendance-caption = Asistencia de cada institución
meetings-attendance-members = { $n ->
    [one] Una institución. La persona se propone de entre quienes la representan.
   *[other] { $n } instituciones. Las personas se proponen de entre quienes las representan.
}
meetings-attendance-add = Agregar persona o institución invitada
meetings-attendance-save = Guardar asistencia
meetings-attendance-of = Asistencia de { $name }
meetings-capacity-of = Calidad de la persona de { $name }
meetings-person-of = Persona de { $name }
meetings-hours = Llegada y salida
meetings-hours-hint = Las horas de llegada y salida se escriben como 10:15, en { $zone }.
meetings-arrived-at = Llegada
meetings-left-at = Salida
meetings-arrived = llegada { $time }
meetings-left = salida { $time }
meetings-attendance-document = Lista de asistencia para firmar (PDF)
meetings-convocation-document = Convocatoria enviada (PDF)
meetings-convocation-draft = Borrador de la convocatoria (PDF)
meetings-row-new = fila { $n }
meetings-all-present = Marcar presentes las filas sin marca
meetings-all-present-about = Lo que ya está marcado no cambia. Las marcas se guardan con «Guardar asistencia».
meetings-all-present-done = Las filas que no tenían marca quedaron como presentes. Falta guardar: las marcas se guardan con «Guardar asistencia».
meetings-mark-present = Presente
meetings-mark-absent = Ausente
meetings-mark-excused = Justificada
meetings-mark-none = Sin marca
meetings-attendance-present = presente
meetings-attendance-absent = ausente
meetings-attendance-excused = ausencia justificada
meetings-quorum-count = { $present } de { $members } presentes; se requieren { $required }
meetings-quorum-yes = Hay quórum
meetings-quorum-no = { $n ->
    [one] Falta 1 para el quórum
   *[other] Faltan { $n } para el quórum
}
meetings-quorum-no-many = Faltan { $n } para el quórum
meetings-quorum-second = En segunda convocatoria se requieren { $required }.
meetings-quorum-unruled = { $present } de { $members } presentes. La comisión no tiene regla de quórum.
meetings-convene = Convocar la sesión
meetings-convene-again = Convocar de nuevo
meetings-convene-what = { $n ->
    [one] Se envía por correo una invitación, con el orden del día y la entrada para el calendario, a las personas de una institución.
   *[other] Se envía por correo una invitación, con el orden del día y la entrada para el calendario, a las personas de { $n } instituciones.
}
meetings-convene-repeated = La sesión ya fue convocada. Todas las personas de la lista reciben la invitación otra vez.
meetings-convene-restricted = La sesión es reservada: solo se convoca a las instituciones que figuran en la asistencia.
meetings-convene-nobody = La sesión no tiene a quién convocar. Primero se agregan integrantes a la comisión, o instituciones a la asistencia.
meetings-convene-no-agenda = El orden del día está vacío: la invitación irá sin él.
meetings-convene-button = { $n ->
    [one] Convocar a una institución
   *[other] Convocar a { $n } instituciones
}
meetings-unreached = { $n ->
    [one] A una institución no se puede avisar: no tiene personas con cuenta ni dirección. La secretaría recibe el correo en su lugar.
   *[other] A { $n } instituciones no se puede avisar: no tienen personas con cuenta ni dirección. La secretaría recibe el correo en su lugar.
}
meetings-unreached-title = Instituciones a las que no se puede avisar
meetings-reached-title = Quiénes reciben el correo
meetings-cancel = Anular la sesión
meetings-cancel-what = La sesión queda anulada, con su motivo en el registro. Para realizarla después hay que programarla y convocarla de nuevo.
meetings-cancel-mails = Se avisa por correo a las personas que recibieron la convocatoria, con el motivo; la entrada se retira de sus calendarios.
meetings-cancel-no-mails = La sesión no está convocada, o ya pasó: no se envía ningún correo.
meetings-cancel-reason = Motivo
meetings-cancel-reason-hint = Se escribe tal como lo leerán las personas convocadas.
meetings-cancel-button = Anular sesión
meetings-cancel-leave = Volver sin anular
meetings-withdrawal = Retirar una comisión de la sesión
meetings-withdrawal-of = Retirar { $commission } de la sesión
meetings-withdrawal-what = La comisión deja de sesionar en esta sesión conjunta. La sesión sigue con las otras. La comisión deja también los acuerdos y compromisos de la sesión que comparte con otra.
meetings-withdrawal-mails = Se avisa por correo, con el motivo, a las secretarías de las otras comisiones. Si la sesión está convocada, también a las personas convocadas.
meetings-withdrawal-reason = Motivo
meetings-withdrawal-button = Retirar comisión
meetings-withdrawal-leave = Volver sin retirar
meetings-withdrawal-last = La sesión tiene una sola comisión, que no se puede retirar. Se puede anular la sesión.
meetings-removal = Eliminar la sesión
meetings-removal-what = La sesión se elimina, como si no se hubiera ingresado. Solo es posible si no tiene acuerdos ni compromisos. Esto no se puede deshacer.
meetings-removal-convened = La sesión está convocada y no se puede eliminar. Se puede anular, con aviso a las personas convocadas.
meetings-removal-button = Eliminar sesión
meetings-removal-leave = Volver sin eliminar
meetings-documents-open = Ver documentos
meetings-documents-attached = Documentos adjuntos
meetings-documents-none = Todavía no hay documentos adjuntos.
meetings-documents-of-session = De la sesión
meetings-ics = Agregar al calendario (archivo .ics)
meetings-document-new = Adjuntar un documento
meetings-document-attach = Adjuntar documento
meetings-document-title = Título
meetings-document-kind = Tipo de documento
meetings-document-signed-minutes = acta firmada
meetings-document-annex = anexo
meetings-document-addendum = adenda
meetings-document-proceedings = memoria
meetings-document-other = otro
meetings-document-file = Archivo
meetings-document-file-hint = Hasta 25 MB. Basta el archivo o la dirección.
meetings-document-url = Dirección del documento
meetings-document-url-hint = Si está publicado en otro sitio; empieza por https://
meetings-document-dated = Fecha del documento
meetings-document-edit = Editar
meetings-document-edit-title = Editar documento adjunto
meetings-document-removal = Quitar documento adjunto
meetings-document-removal-what = El documento deja de figurar en la sesión. Esto no se puede deshacer.
meetings-document-remove = Quitar documento
fault-no-date = Falta el inicio, o la fecha si no se conoce la hora.
fault-file-or-address = Hace falta un archivo o una dirección, y solo uno de los dos.
fault-unread-hour = No se entiende la hora, o no existe. Por ejemplo: 10:15. Si fue otro día: 12/05/2027 10:15.
fault-unread-time = No se entiende como día y hora, o esa hora no existe. Por ejemplo: 12/05/2027 10:00.
fault-unknown-institution = No se reconoce la institución. Escriba su nombre o sigla como figura en el directorio.
done-meeting-created = La sesión quedó creada.
done-meeting-changed = Los cambios quedaron guardados.
done-meeting-convened = La convocatoria quedó enviada.
done-meeting-cancelled = La sesión quedó anulada.
done-meeting-removed = La sesión quedó eliminada.
done-commission-withdrawn = La comisión ya no sesiona en esta sesión.
done-meeting-replied = La respuesta quedó enviada a la secretaría.
done-agenda-saved = El orden del día quedó guardado.
done-agenda-proposed = La propuesta quedó enviada a la secretaría.
done-proposal-accepted = El punto quedó al final del orden del día.
done-proposal-declined = El punto quedó declinado, y la institución recibe el motivo.
done-attendance-saved = La asistencia quedó guardada.
done-document-attached = El documento quedó adjunto.
done-document-changed = El documento quedó modificado.
done-document-removed = El documento ya no figura en la sesión.
