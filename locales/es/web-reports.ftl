# Web pages: the annual report.
reports-page = Informes anuales
reports-new = Nuevo informe
reports-none = Todavía no hay informes. Cada informe se redacta desde los registros del período.
reports-help = Cómo se prepara el informe anual
reports-none-for-reader = No hay informes ni preguntas de un informe a cargo de sus comisiones.
reports-column-report = Informe
reports-column-status = Estado
reports-column-confirmed = Respuestas confirmadas
reports-column-findings = Errores y avisos
reports-column-question = Pregunta
reports-column-state = Estado
reports-column-assignee = A cargo de
reports-column-step = Próximo paso
reports-column-figure = Cifra
reports-column-before = Informe anterior
reports-column-now = Este informe
reports-status-draft = Borrador
reports-status-approved = Aprobado
reports-state-empty = Sin respuesta
reports-state-drafted = Por confirmar
reports-state-edited = Escrita, por confirmar
reports-state-confirmed = Confirmada
reports-state-approved = Aprobada
reports-confirmed-of = { $done } de { $all }
reports-all-approved = Aprobadas con el informe
reports-version-n = Versión { $n }
reports-title-of-version = { $title } · versión { $n }
reports-replaced = La versión { $n } reemplaza a este informe.
reports-being-replaced = Hay un borrador de la versión { $n }, que reemplazará a este informe.
reports-replaced-by = Reemplazado por la versión { $n }
reports-errors-n = { $n ->
    [one] 1 error
   *[other] { $n } errores
}
reports-warnings-n = { $n ->
    [one] 1 aviso
   *[other] { $n } avisos
}
reports-no-findings = Sin errores ni avisos
reports-mandatory = Obligatoria en el formulario
reports-coordinator = Coordinación
reports-left-open = { $n ->
    [one] Queda sin respuesta, y no es obligatoria, la pregunta
   *[other] Quedan sin respuesta, y no son obligatorias, las preguntas
}
reports-see-records = Ver los { $n } registros
reports-ready = Todas las respuestas están confirmadas y sin errores. El informe se puede aprobar.
reports-blocked = Para aprobar el informe falta:
reports-blocked-unanswered = { $n ->
    [one] responder 1 pregunta obligatoria
   *[other] responder { $n } preguntas obligatorias
}
reports-blocked-errors = { $n ->
    [one] corregir 1 respuesta con errores
   *[other] corregir { $n } respuestas con errores
}
reports-blocked-open = { $n ->
    [one] confirmar 1 respuesta
   *[other] confirmar { $n } respuestas
}
reports-to-correct = por corregir
reports-to-confirm = por confirmar
reports-to-answer = por responder
reports-records-changed = { $n ->
    [one] 1 respuesta cita registros que cambiaron desde que se redactó o revisó. No impide aprobar; revísela:
   *[other] { $n } respuestas citan registros que cambiaron desde que se redactaron o revisaron. No impide aprobar; revíselas:
}
reports-documents = Documentos
reports-document-clean = Informe
reports-document-working = Copia de trabajo
reports-document-answers = Solo las respuestas
reports-document-draft-about = La copia de trabajo incluye errores, avisos y fuentes. «Solo las respuestas» sirve para copiarlas en el formulario.
reports-working-until-approval = incluye errores, avisos y fuentes; solo se puede descargar antes de aprobar.
reports-document-about = Son los documentos que se fijaron al aprobar el informe; no cambian.
reports-about = Datos del informe
reports-version = Versión
reports-version-reason = Motivo de la versión
reports-drafted-at = Redactado desde los registros
reports-approved-at = Aprobado
reports-approved-by = { $at }, por { $name }
reports-fingerprint = Huella SHA-256 (comienzo)
reports-previous-version = Versión anterior
reports-open-previous = Abrir la versión anterior
reports-edit = Cambiar período u hoja de ruta
reports-do-go-on = Seguir con la pregunta { $n }
reports-do-compare = Comparar con el anterior
reports-do-draft = Redactar de nuevo
reports-do-confirm-unchanged = { $n ->
    [one] Confirmar 1 respuesta que no cambia
   *[other] Confirmar las { $n } que no cambian
}
reports-unchanged-title = Respuestas que no cambian
reports-unchanged-about = Estas respuestas son iguales a las aprobadas, no tienen errores y sus registros no cambiaron. Se confirman a su nombre.
reports-confirm-unchanged = Confirmar las que no cambian
reports-none-unchanged = No hay respuestas por confirmar que sean iguales a las de la versión aprobada.
reports-section-about = Estas respuestas de la sección están redactadas, no tienen errores y sus registros no han cambiado. Revíselas: al confirmarlas quedan a su nombre.
reports-confirm-section = Confirmar estas respuestas
reports-none-ready = Ninguna respuesta de la sección está lista para confirmarse.
reports-do-confirm-section = Confirmar { $n } respuestas juntas
reports-do-approve = Aprobar informe
reports-do-version = Nueva versión
reports-do-remove = Eliminar borrador
reports-choose = Elegir
reports-field-country = País
reports-field-from = Primer día del período
reports-field-to = Último día del período
reports-field-roadmap = Hoja de ruta
reports-roadmap-hint = El informe pregunta por sus prioridades y próximos pasos.
reports-field-first = Es el primer informe del país
reports-first-hint = El primer informe no pregunta por los próximos pasos de uno anterior.
reports-new-about = Al crear el informe se redactan las respuestas que los registros permiten. Después cada una se revisa y se confirma.
reports-edit-about = Si cambia el período o la hoja de ruta, las respuestas se redactan de nuevo y todas se confirman otra vez. Lo que escribieron personas se conserva.
reports-open-existing = Abrir el informe que ya existe
reports-existing-about = Si está aprobado, se corrige con «Nueva versión».
reports-create = Crear informe
reports-save = Guardar
reports-is-approved = El informe está aprobado. La respuesta ya no cambia.
reports-answer = Respuesta
reports-no-answer = Sin respuesta
reports-not-asked-for = No corresponde
reports-not-yet-answered = Todavía sin respuesta
reports-field-text = Respuesta
reports-field-comment = Comentario
reports-text-hint = Admite Markdown: **negrita**, listas con «-» y párrafos separados por una línea en blanco.
reports-field-choices = Opciones
reports-field-other = Cuáles otros
reports-field-party = Actor
reports-field-levels = Nivel de participación
reports-field-involvement = Cómo intervino
reports-field-partner = Socio
reports-field-type = Clase de socio
reports-field-description = Qué se hizo con este socio
reports-party-n = Actor { $n }
reports-partner-n = Socio { $n }
reports-add-party = Agregar actor
reports-add-partner = Agregar socio
reports-remove-row = Quitar
reports-save-answer = Guardar y confirmar
reports-save-answer-and-go-on = Guardar, confirmar y seguir
reports-save-answer-open = Guardar sin confirmar
reports-more-actions = Otras acciones
reports-save-about = Lo confirmado queda a su nombre y el programa ya no lo reescribe.
reports-confirm-about = Si la respuesta guardada está bien tal como está, confírmela sin cambiarla.
reports-confirm = Confirmar tal como está
reports-confirm-again-about = Si la respuesta sigue bien con los registros de hoy, confírmela de nuevo.
reports-confirm-again = Confirmar de nuevo
reports-confirm-unsaved = Hay cambios sin guardar. Guárdelos o descártelos antes de confirmar la respuesta tal como está.
reports-confirm-empty-about = Si la pregunta no se responde, confírmelo.
reports-confirm-empty = Confirmar que queda sin respuesta
reports-confirmed-before = · confirmada por { $name }, { $at }
reports-confirmed-by = por { $name }, { $at }
reports-back-to-draft = Volver al borrador del registro
reports-redraft-answer = Redactar de nuevo esta respuesta
reports-redraft-answer-about = El texto se redacta otra vez con los registros de hoy.
reports-back-to-draft-about = Se descarta la respuesta y vuelve el texto redactado desde los registros de hoy. El registro de cambios conserva la respuesta descartada.
reports-replaced-unsent = El texto que escribió y no guardó se reemplaza:
reports-replaced-answer = La respuesta actual se reemplaza:
reports-replaced-kept = Durante 30 días podrá verlo y recuperarlo desde la página de la pregunta («Ver el texto anterior»).
reports-show-earlier = Ver el texto anterior
reports-suggested = Los registros sugieren, al { $day }: { $status }.
reports-use-suggestion = Usar esta sugerencia
reports-other-questions = Otras preguntas
reports-question-before = Pregunta anterior ({ $n })
reports-question-after = Pregunta siguiente ({ $n })
reports-all-questions = Todas las preguntas
reports-records-n = { $n ->
    [one] 1 registro
   *[other] { $n } registros
}
reports-findings = Errores y avisos
reports-finding-error = Error
reports-finding-warning = Aviso
reports-sources = Fuentes
reports-no-sources = La respuesta no cita registros.
reports-source-activity = Actividad
reports-source-agreement = Acuerdo
reports-source-commission = Comisión
reports-source-commitment = Compromiso
reports-source-institution = Institución
reports-source-meeting = Sesión
reports-source-observation = Observación
reports-source-plan = Plan
reports-source-plan-item = Punto de la hoja de ruta
reports-source-report = Informe anterior
reports-insert = Insertar
reports-changes = Cambios desde la confirmación
reports-changes-about = Estos registros cambiaron desde que la respuesta se redactó o se revisó. Revise si hay que actualizarla, o redáctela de nuevo; si no, confírmela.
reports-changes-unconfirmed = Registros que cambiaron
reports-changes-unconfirmed-about = Cambiaron después de que se redactó o se escribió esta respuesta. Los avisos se refieren a los registros de hoy; el texto puede estar desactualizado.
reports-change-added = Nuevo
reports-change-removed = Ya no figura
reports-change-changed = Cambió
reports-comments = Comentarios
reports-comments-title = Comentarios de la respuesta
reports-no-comments = No hay comentarios.
reports-all-comments = Ver todos
reports-do-comment = Comentar
reports-comment-hint = Lo leen quienes preparan el informe. No aparece en ningún documento.
reports-send-comment = Enviar comentario
reports-back-to-question = Volver a la pregunta
reports-nobody = Persona eliminada
reports-assignee = A cargo de
reports-assignee-title = Quién responde
reports-assignee-about = La secretaría de la comisión que se elija recibe un aviso por correo y tiene la pregunta entre sus pendientes. Podrá responderla, confirmarla y comentarla. La coordinación recibe un aviso cuando responda. Del resto del informe, la secretaría solo ve el título y el período.
reports-assigned-to = La secretaría de { $commission } tiene esta pregunta entre sus pendientes: puede responderla, confirmarla y comentarla. La coordinación recibe un aviso de su respuesta.
reports-change-assignee = Cambiar
reports-save-assignee = Asignar
reports-draft-about = Se redactan de nuevo, con los registros de hoy, las respuestas que nadie ha escrito ni confirmado. Las demás no cambian, tampoco las que vienen de la versión anterior.
reports-new-version-about = Se crea un borrador con las respuestas del informe aprobado, que queda como está. Las que no cambian se confirman juntas.
reports-remove-about = El borrador y sus respuestas se eliminan. No se puede deshacer.
reports-approval-title = Aprobación del informe
reports-warned = { $n ->
    [one] Una respuesta tiene avisos que conviene revisar. No impiden aprobar.
   *[other] { $n } respuestas tienen avisos que conviene revisar. No impiden aprobar.
}
reports-approve-about = Se aprueban las respuestas que siguen, con los registros que citan y sus documentos. Lo aprobado no cambia; una corrección es una versión nueva. No se envía ningún correo.
reports-compare-version = Comparación con la versión anterior
reports-blocked-questions = Preguntas que faltan:
reports-compare-title = Comparación con el informe anterior
reports-no-previous = El país no tiene un informe anterior en el registro.
reports-previous = Informe anterior:
reports-promised = Lo que se anunció para este período
reports-compared-version = Respuestas que cambian respecto de la versión { $n }
reports-no-answers-changed = Ninguna respuesta cambia.
reports-compared-steps = Próximos pasos
reports-compared-choices = Respuestas que cambian
reports-no-choices-changed = Ninguna opción cambió.
reports-compared-figures = Cifras
reports-not-asked = No se preguntó
reports-not-known = Se desconoce
reports-compare-document = Descargar la comparación
done-report-created = El informe está creado y redactado. Revise y confirme cada respuesta.
done-report-saved = El informe está guardado.
done-report-answer-saved = La respuesta está guardada y confirmada.
done-report-answer-saved-before = La respuesta anterior está guardada y confirmada. Esta es la siguiente pregunta por revisar.
done-report-answer-saved-last = La respuesta está guardada y confirmada. No quedan preguntas por revisar.
done-report-answer-empty = La respuesta está vacía: no se guardó nada. Escríbala antes de guardar.
done-report-answer-open = La respuesta está guardada; falta confirmarla.
done-report-answer-has-errors = La respuesta está guardada, pero no confirmada: corrija primero el error que se indica.
done-report-answer-unmarked = La respuesta no está confirmada: marque una de las opciones y guárdela.
done-report-unchanged-confirmed = Las respuestas que no cambian están confirmadas.
done-report-section-confirmed = Las respuestas de la sección están confirmadas.
done-report-answer-confirmed = La respuesta está confirmada.
done-report-answer-drafted = La respuesta está redactada de nuevo con los registros de hoy.
done-report-question-assigned = La pregunta quedó asignada. La secretaría de la comisión recibe un aviso, y usted otro cuando responda.
done-report-question-taken-back = La pregunta queda otra vez a cargo de la coordinación.
done-report-question-as-before = No cambió quién responde. No se envió ningún aviso.
done-report-question-without-secretariat = La pregunta quedó asignada, pero no se envió ningún aviso: nadie de la secretaría tiene cuenta. Invite a alguien o avísele por otro medio.
done-report-commented = El comentario está guardado.
done-report-drafted = El informe se redactó de nuevo.
done-report-version-created = La versión nueva está creada. Cambie lo que corresponda y confirme las respuestas.
done-report-removed = El borrador se eliminó.
done-report-approved = El informe está aprobado.
