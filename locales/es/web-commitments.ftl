# Web pages: commitments.
commitments-title = Compromisos
commitments-new = Registrar compromiso
commitments-all = Todos
commitments-views = Vistas guardadas
commitments-code = Código
commitments-text = Compromiso
commitments-commission = Comisión
commitments-institution = Institución
commitments-institutions = Instituciones
commitments-due = Plazo
commitments-status = Estado
commitments-words = Palabras o código
commitments-apply = Aplicar
commitments-filter-all = Todos
commitments-filter-all-of-them = Todas
commitments-more-filters = Más filtros
commitments-part-status = Estado por institución
commitments-part-status-hint = Al menos una institución, o la elegida, está así.
commitments-part-verification = Revisión de informes
commitments-part-verification-hint = El informe de al menos una institución, o de la elegida, está así.
commitments-only-own = Solo lo mío
commitments-only-own-of = Solo lo mío: { $name }
commitments-theme = Tema
commitments-due-after = Vence después del
commitments-due-before = Vence antes del
commitments-country = País
commitments-open = Abiertos
commitments-parts-open = Abiertas
commitments-report = Informar
commitments-draft = Borrador
commitments-term-true = Vencidos
commitments-term-false = No vencidos
commitments-term-soon = Vencen en 30 días
commitments-term-until-soon = Vencidos o en 30 días
commitments-awaiting-true = Con informes por revisar
commitments-awaiting-false = Sin informes por revisar
commitments-verification-none = Sin revisión
commitments-verification-pending = Por revisar
commitments-verification-accepted = Aceptado
commitments-verification-returned = Devuelto
commitments-chip-commission = Comisión: { $value }
commitments-chip-part = Una institución: { $value }
commitments-chip-review = Un informe: { $value }
commitments-chip-own = Solo lo mío: { $value }
commitments-chip-after = Después del { $value }
commitments-chip-before = Antes del { $value }
commitments-chip-words = «{ $value }»
commitments-chip-agreement = Acuerdo: { $value }
commitments-chip-session = Sesión: { $value }
commitments-chip-plan-item = Hoja de ruta: { $value }
commitments-unknown-institution = Ninguna institución se llama «{ $name }». La lista muestra todas. Al escribir el nombre aparecen las conocidas.
commitments-count = { $n ->
    [0] Ningún compromiso
    [one] 1 compromiso
   *[other] { $n } compromisos
}
commitments-more-than = Más de { $n } compromisos
commitments-download = Descargar:
commitments-xlsx = Excel
commitments-csv = CSV
commitments-matrix = Matriz de seguimiento
commitments-sheet = Compromisos
commitments-save-view = Guardar esta vista
commitments-save-view-button = Guardar vista
commitments-view-name = Nombre de la vista
commitments-delete-view = Borrar la vista «{ $name }»
done-commitments-view-saved = La vista se guardó.
done-commitments-view-deleted = La vista se borró.
commitments-none-found = Ningún compromiso cumple estos filtros.
commitments-none = Todavía no hay compromisos. Los compromisos se registran en las sesiones o uno por uno.
commitments-to-review = Por revisar
commitments-returned = Devuelto
commitments-no-parts = Sin instituciones
commitments-fulfilled = { $n ->
    [one] { $done } de 1 institución
   *[other] { $done } de { $n } instituciones
}
commitments-n-to-review = { $n } por revisar
commitments-n-extensions = { $n ->
    [one] 1 prórroga pedida
   *[other] { $n } prórrogas pedidas
}
commitments-no-term = Sin plazo
commitments-target = { $quantity } { $unit }
commitments-role-responsible = Responsable
commitments-role-co-responsible = Corresponsable
commitments-rule-all = Se cumple cuando todas las instituciones han cumplido y la secretaría lo ha verificado.
commitments-rule-any = Se cumple cuando una institución ha cumplido y la secretaría lo ha verificado.
commitments-rule-at-least = { $n ->
    [one] Se cumple cuando al menos una institución ha cumplido y la secretaría lo ha verificado.
   *[other] Se cumple cuando al menos { $n } instituciones han cumplido y la secretaría lo ha verificado.
}
commitments-done-parts = Cumplidas
commitments-all-parts = Instituciones en total
commitments-last-day = Último día
commitments-is-overdue = Vencido
commitments-yes = Sí
commitments-parts-to-review = Por revisar
commitments-extensions-asked = Prórrogas pedidas
commitments-last-change = Último cambio
commitments-part-in-words = { $name } ({ $state })
commitments-publish = Publicar
commitments-edit = Editar
commitments-remove = Eliminar este compromiso
commitments-draft-notice = Es un borrador. Solo lo ven la secretaría y la coordinación; nadie ha recibido aviso. No admite informes hasta su publicación.
commitments-fulfilment = Cumplimiento
commitments-n-overdue = { $n ->
    [one] 1 institución con el plazo vencido
   *[other] { $n } instituciones con el plazo vencido
}
commitments-term-until = { $term } (hasta el { $day })
commitments-term-unchecked = Falta el calendario de feriados de algún año de este plazo. Solo se descontaron los fines de semana.
commitments-unit-business-days = días hábiles
commitments-unit-calendar-days = días corridos
commitments-unit-months = meses
commitments-counted-term = { $n } { $unit } desde el { $day }
commitments-goal = Meta
commitments-session = Sesión
commitments-agreement = Acuerdo
commitments-number = N.º
commitments-plan-items = Hoja de ruta
commitments-followed-by = Seguimiento a cargo de
commitments-beneficiaries = Beneficiarias
commitments-institutions-n = { $n ->
    [one] 1 institución
   *[other] { $n } instituciones
}
commitments-depends-on = Depende de
commitments-depends-on-hint = Compromisos que deben cumplirse antes. Un código en cada línea, por ejemplo CIGTPE-2023-004.
commitments-item-later = El punto del orden del día se puede elegir después de guardar el compromiso con su sesión.
commitments-attachments = Documentos
commitments-restricted = Acceso
commitments-restricted-tag = Reservado
commitments-restricted-about = Solo lo ven la secretaría, la coordinación y las instituciones nombradas.
commitments-history = Historia
commitments-whole-history = Toda la historia
commitments-add-part = Agregar institución
commitments-no-parts-yet = Ninguna institución tiene una parte en este compromiso.
commitments-own-parts = { $n ->
    [one] La parte de mi institución
   *[other] Las partes de mis instituciones
}
commitments-other-parts = Otras instituciones
commitments-extension-asked = Prórroga pedida
commitments-quantity-of = { $done } de { $target }
commitments-target-of = meta: { $target }
commitments-reported-on = informado el { $day }
commitments-no-report = sin informe
commitments-last-report = Último informe: { $status }
commitments-evidence = Medios de verificación
commitments-review-comment = Comentario de la revisión:
commitments-earlier-reports = { $n ->
    [one] Ver también el informe anterior en la historia
   *[other] Ver también los { $n } informes anteriores en la historia
}
commitments-step-review = Revisar
commitments-step-decide = Decidir prórroga
commitments-step-report = Informar
commitments-more-steps = Más acciones
commitments-report = Informar en su nombre
commitments-ask = Pedir prórroga
commitments-see-request = Ver la prórroga pedida
commitments-part-edit = Cambiar plazo, meta o rol
commitments-part-cancel = Cancelar esta parte
commitments-part-reopen = Reabrir esta parte
commitments-part-remove = Quitar esta parte
commitments-event-created = Registrado
commitments-event-imported = Importado del archivo
commitments-event-imported-plain = Importado de una matriz
commitments-event-published = Publicado
commitments-event-changed = Cambió: { $fields }
commitments-event-added = agregada
commitments-event-part-changed = cambió su parte
commitments-event-removed = Parte quitada
commitments-event-term-entered = Plazo fijado: { $date }
commitments-event-term-correction = Plazo corregido: { $date }
commitments-event-term-extension = Plazo prorrogado: { $date }
commitments-event-term-calendar = Plazo recalculado con el calendario: { $date }
commitments-event-term-removed = Plazo quitado
commitments-event-before = Antes: { $date }
commitments-field-commission-ids = comisiones
commitments-field-text = texto
commitments-field-agreement-id = acuerdo
commitments-field-meeting-id = sesión
commitments-field-themes = temas
commitments-field-plan-item-ids = hoja de ruta
commitments-field-due = plazo
commitments-field-due-rule = cuenta del plazo
commitments-field-due-text = plazo en las palabras del acta
commitments-field-completion-rule = regla de cumplimiento
commitments-field-follow-up-institution-id = institución de seguimiento
commitments-field-beneficiary-ids = beneficiarias
commitments-field-depends-on-ids = dependencias
commitments-field-agenda-item-id = punto del orden del día
commitments-field-attachments = documentos
commitments-field-restricted = acceso
commitments-field-assignments = instituciones
commitments-text-hint = La tarea, con las palabras de la comisión.
commitments-commissions = Comisiones que hacen seguimiento
commitments-choose = Elegir
commitments-nothing = Sin indicar
commitments-nobody = Ninguna
commitments-counted = Plazo en días o meses, o en las palabras del acta
commitments-rule-count = Cantidad
commitments-rule-unit = Unidad
commitments-rule-from = Contado desde
commitments-due-text = Plazo en las palabras del acta
commitments-due-text-hint = Tal como figuran en el acta, por ejemplo «por definir».
commitments-members-of = Todos los integrantes de la comisión
commitments-members-hint = Agrega una parte a cada integrante, además de las instituciones de abajo.
commitments-or-members = Agrega una parte a cada integrante que todavía no tiene una. En ese caso no se elige una institución.
commitments-row = Institución { $n }
commitments-role = Rol
commitments-own-due = Plazo propio
commitments-own-due-hint = Solo si es distinto del plazo del compromiso.
commitments-target-quantity = Meta: cantidad
commitments-target-unit = Meta: unidad
commitments-add-row = Agregar otra institución
commitments-remove-row = Quitar
commitments-completion = El compromiso se cumple cuando cumplen
commitments-choose-rule-all = Todas las instituciones
commitments-choose-rule-any = Cualquiera de ellas
commitments-choose-rule-at-least = Al menos un número de ellas
commitments-at-least = Número de instituciones
commitments-at-least-hint = Hace falta solo con «Al menos un número de ellas».
commitments-further = Más datos
commitments-themes = Temas
commitments-restrict = Reservado
commitments-file-limit = Un archivo de hasta { $n } MiB o una dirección web por documento.
commitments-document-row = Documento { $n }
commitments-document-title = Título
commitments-document-url = Dirección web
commitments-document-file = Archivo
commitments-add-document = Agregar otro documento
commitments-new-mails = Al registrar el compromiso se avisa por correo a sus instituciones. De un borrador no se avisa a nadie.
commitments-new-submit = Registrar y avisar
commitments-save-draft = Guardar como borrador
commitments-save = Guardar cambios
commitments-edit-title = Editar { $code }
commitments-correction-reason = Motivo de la corrección del plazo
commitments-correction-hint = Hace falta solo cuando cambia un plazo ya registrado.
commitments-correction-mailed = Hace falta solo cuando cambia un plazo ya registrado. Se avisa por correo a las instituciones con ese plazo.
commitments-present-term = Plazo actual: { $term }
commitments-part-edit-title = Cambiar la parte
commitments-part-mails = Se avisa por correo a cada institución que se agrega.
commitments-part-draft = El compromiso es un borrador: no se avisa a nadie hasta su publicación.
commitments-reason = Motivo
commitments-reason-hint = Queda en la historia y va en el correo.
commitments-mails = A quién se avisa por correo
commitments-mails-nobody = No se avisa a nadie por correo.
commitments-mails-instead = El aviso va a la secretaría: { $names }
commitments-mails-instead-of = { $n ->
    [one] Sin contacto propio: 1 institución
   *[other] Sin contacto propio: { $n } instituciones
}
commitments-mails-unreachable = Nadie más de esta institución recibe el aviso.
commitments-publication-title = Publicar el compromiso
commitments-publication-about = El compromiso entra en vigor y aparece en las listas y documentos. Las instituciones pueden informar desde ese momento.
commitments-publication-submit = Publicar y avisar
commitments-removal-title = Eliminar el compromiso
commitments-removal-about = El compromiso se elimina y su código no se usa de nuevo. No es posible si tiene informes o prórrogas, o si otro registro lo menciona. Quienes recibieron un aviso reciben otro.
commitments-removal-submit = Eliminar
commitments-part-removal-title = Quitar la parte
commitments-part-removal-about = La institución deja de figurar en el compromiso. No es posible si la parte tiene informes o prórrogas: entonces se cancela. Quienes recibieron un aviso reciben otro.
commitments-part-removal-submit = Quitar
commitments-cancellation-title = Cancelar la parte
commitments-cancellation-about = La parte ya no cuenta para el cumplimiento. Sus informes quedan en la historia. Si hay una prórroga pedida, se retira.
commitments-cancellation-submit = Cancelar la parte
commitments-reopening-title = Reabrir la parte
commitments-reopening-about = La parte vuelve a contar y admite informes de nuevo.
commitments-reopening-submit = Reabrir
done-commitments-created = El compromiso se registró y se avisó a sus instituciones.
done-commitments-draft-saved = El borrador se guardó. Nadie ha recibido aviso.
done-commitments-changed = Los cambios se guardaron.
done-commitments-published = El compromiso se publicó. Se avisó a las instituciones que tienen contacto y, por las demás, a la secretaría.
done-commitments-removed = El compromiso se eliminó.
done-commitments-part-added = La institución se agregó.
done-commitments-parts-added = Los integrantes que faltaban se agregaron.
done-commitments-part-changed = La parte se cambió.
done-commitments-part-removed = La parte se quitó.
done-commitments-part-cancelled = La parte se canceló.
done-commitments-part-reopened = La parte se reabrió.
