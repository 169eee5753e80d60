# Web pages: start.
start-title = Pendientes
start-as-admin = Administración
start-as-coordinator = Coordinación nacional de { $places }
start-as-secretariat = Secretaría técnica de { $places }
start-as-representative = { $places }
start-as-observer = Observación de { $places }
start-nothing = No hay pendientes
start-nothing-next = Nada espera una respuesta ni vence en los próximos 30 días. Lo que vence después, o no tiene plazo, está en la lista de compromisos y en el calendario.
start-nothing-of-reason = Nada espera por este motivo.
start-no-grants = Esta cuenta no tiene acceso todavía. Lo da la secretaría de la comisión, la coordinación nacional o la administración.
start-no-grants-help = Ver a quién acudir
start-to-own-parts = Ver lo abierto de mi institución
start-to-commitments = Ver compromisos
start-to-meetings = Ver sesiones
start-to-calendar = Ver calendario
start-see-all-answers = { $n ->
    [one] Ver la respuesta
   *[other] Ver las { $n } respuestas
}
start-see-all = { $n ->
    [one] Ver lista
   *[other] Ver los { $n }
}
start-count = { $n ->
    [one] Un pendiente
   *[other] { $n } pendientes
}
start-restricted = Reservado
start-term = plazo: { $day }
start-comments-until = observaciones hasta el { $day }
start-session-in = { $n ->
    [0] hoy
    [one] mañana
   *[other] en { $n } días
}
start-by = por { $name }
start-reason-report-returned = Informes devueltos
start-reason-overdue = Compromisos vencidos
start-reason-due-soon = Vencen en los próximos 30 días
start-reason-extension-decided = Prórrogas decididas
start-reason-activity-returned = Actividades devueltas
start-reason-minutes-open-for-comments = Actas abiertas a observaciones
start-reason-session-upcoming = Sesiones convocadas
start-reason-review-pending = Informes por revisar
start-reason-extension-pending = Prórrogas por decidir
start-reason-activity-to-validate = Actividades por validar
start-reason-minutes-to-circulate = Actas por circular
start-reason-minutes-to-approve = Actas por aprobar
start-reason-session-to-convene = Sesiones por convocar
start-reason-institution-overdue = Instituciones con plazos vencidos
start-reason-unreachable-institution = Instituciones sin contacto
start-reason-report-question-open = Respuestas del informe por confirmar
start-reason-report-finding = Respuestas del informe por corregir
start-reason-report-ready = Informes anuales listos para aprobar
start-reason-duty-due = Informes periódicos por enviar
start-reason-duty-missing = Informes periódicos atrasados
start-reason-duty-returned = Informes periódicos devueltos
start-reason-duty-review = Informes periódicos por revisar
start-reason-escalated = Compromisos vencidos que pasaron a la coordinación
start-verb-report-returned = Corregir informe
start-verb-overdue = Informar
start-verb-due-soon = Informar
start-verb-extension-decided = Ver decisión
start-verb-minutes-open-for-comments = Enviar observación
start-verb-session-upcoming = Ver sesión
start-verb-review-pending = Revisar
start-verb-extension-pending = Decidir
start-verb-minutes-to-circulate = Abrir el acta
start-verb-minutes-to-approve = Aprobar
start-verb-drafts = Ver borradores
start-verb-session-to-convene = Convocar
start-verb-institution-overdue = Ver vencidos
start-verb-unreachable-institution = Ver institución
start-verb-activity-returned = Corregir actividad
start-verb-activity-to-validate = Validar
start-verb-report-question-open = Responder
start-verb-report-finding = Corregir respuesta
start-verb-report-ready = Revisar y aprobar
start-verb-duty-due = Informar
start-verb-duty-missing = Informar
start-verb-duty-matrix = Ver quién falta
start-verb-duty-returned = Corregir
start-verb-duty-review = Revisar
start-verb-escalated = Ver compromiso
start-act-report-returned = devuelto { $ago }
start-act-extension-decided = decidida { $ago }
start-act-activity-returned = devuelta { $ago }
start-act-minutes-open-for-comments = circulada { $ago }
start-act-session-upcoming = convocada { $ago }
start-act-duty-review = informado { $ago }
start-act-review-pending = informado { $ago }
start-act-extension-pending = solicitada { $ago }
start-act-activity-to-validate = enviada { $ago }
start-act-minutes-to-circulate = sin circular; terminó { $ago }
start-act-minutes-to-approve = último paso { $ago }
start-sessions = Próximas sesiones
start-no-sessions = No hay sesiones previstas.
start-not-convened = Por convocar
start-year = Plazos de { $year }
start-no-terms = Ningún compromiso vence este año.
start-of = de
start-fulfilled = compromisos cumplidos y verificados
start-assigned = Preguntas asignadas a comisiones
start-assigned-answered = { $done } de { $n } respondidas y confirmadas
start-overdue = { $n ->
    [one] compromiso vencido
   *[other] compromisos vencidos
}
search-title = Buscar
search-title-of = Buscar «{ $q }»
search-words = Palabras
search-hint = Palabras completas o su comienzo. Las tildes y las mayúsculas no importan.
search-empty = Se puede buscar una palabra de un compromiso, el código de un acta o el nombre de una institución.
search-short = Hacen falta al menos dos letras o cifras.
search-long = El texto puede tener hasta 200 caracteres.
search-nothing = Ningún registro tiene todas estas palabras. Con menos palabras, o solo con el comienzo de una, hay más resultados.
search-found = { $n ->
    [one] Un resultado
   *[other] { $n } resultados
}
search-see-all = Ver los { $n }
search-kinds = Clases de registros
search-all-kinds = Todo
search-restricted = Reservado
search-kind-commission = Comisiones
search-kind-institution = Instituciones
search-kind-meeting = Sesiones
search-kind-agreement = Acuerdos
search-kind-commitment = Compromisos
search-kind-activity = Actividades
search-kind-plan-item = Planes
search-kind-duty = Informes periódicos
search-kind-indicator = Indicadores
search-kind-observation = Observaciones
calendar-subscribe = Suscribir en otro calendario
calendar-commission = Comisión
calendar-all = Todas
calendar-mine = Solo lo mío
calendar-filter = Aplicar
calendar-months = Meses
calendar-present = Este mes
calendar-empty = No hay sesiones ni plazos en este mes.
calendar-no-day = sin día
calendar-session = Sesión:
calendar-term = Plazo:
calendar-restricted = Reservado
calendar-cancelled = Anulada
calendar-not-convened = Por convocar
calendar-closed = Cerrado
calendar-report = Informe periódico:
calendar-reported = Todo informado
calendar-cut = Hay más plazos que no se muestran.
calendar-cut-list = Ver todos en la lista de compromisos
