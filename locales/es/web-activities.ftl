# Web pages: activities and the registry of a period.
activities = Actividades
activities-new = Nueva actividad
activities-edit = Editar actividad
activities-save = Guardar actividad
activities-part-what = La actividad
activities-part-time = Cuándo y dónde
activities-part-people = Quiénes
activities-part-results = Resultado y medios de verificación
activities-part-report = Para el informe anual
activities-more-time = Fecha en palabras y alcance
activities-more-results = Estado del resultado y resultado esperado
activities-other = Otros datos: fuente, reserva y nota
activities-choose = Elegir
activities-all = Todos
activities-apply = Aplicar
activities-words = Palabras
activities-commission = Comisión
activities-commissions = Comisiones
activities-country = País
activities-kind = Tipo
activities-theme = Tema
activities-themes = Temas
activities-from = Desde
activities-to = Hasta
activities-unknown = otro filtro
activities-of-plan-item = De un ítem del plan
activities-none = Todavía no hay actividades. Se registran con el botón «Nueva actividad».
activities-none-filtered = Ninguna actividad cumple estos filtros.
activities-count = { $n ->
    [one] 1 actividad
   *[other] { $n } actividades
}
activities-column-title = Actividad
activities-column-when = Fecha
activities-column-commissions = Comisiones
activities-column-people = Participantes
activities-column-status = Estado
activities-status = Estado
activities-status-draft = Borrador
activities-status-submitted = Por validar
activities-status-validated = Validada
activities-save-as-draft = Borrador: solo queda guardada
activities-save-as-submitted = Enviar a la secretaría para su validación
activities-save-as-validated = Validada: entra al registro
activities-undated = Sin fecha
activities-when = Fecha
activities-title = Título
activities-description = Descripción
activities-starts = Fecha o inicio
activities-ends = Término
activities-ends-hint = Solo si duró más de un día.
activities-when-text = Fecha en palabras de la fuente
activities-when-text-hint = Por ejemplo: «durante el primer trimestre».
activities-territories = Territorios
activities-scope = Alcance
activities-one-a-line = Uno por línea.
activities-parties-organizers = Organizadores
activities-parties-partners = Otros participantes institucionales
activities-institution = Institución
activities-add-organizers = Agregar organizador
activities-add-partners = Agregar institución
activities-remove = Quitar
activities-participants = Participantes
activities-total = Total
activities-women = Mujeres
activities-men = Hombres
activities-audience = A quiénes se dirigió
activities-n-total = { $n ->
    [one] 1 persona
   *[other] { $n } personas
}
activities-n-women = { $n ->
    [one] 1 mujer
   *[other] { $n } mujeres
}
activities-n-men = { $n ->
    [one] 1 hombre
   *[other] { $n } hombres
}
activities-result = Resultado
activities-result-hint = Qué se logró, con cifras si las hay.
activities-result-state = Estado del resultado
activities-result-state-achieved = Logrado
activities-result-state-partial = Logrado en parte
activities-result-state-expected = Esperado
activities-not-stated = Sin indicar
activities-expected-result = Resultado esperado
activities-evidence = Medios de verificación
activities-evidence-n = Medio { $n }
activities-evidence-title = Nombre del medio
activities-evidence-kind = Tipo de documento
activities-evidence-url = Enlace
activities-evidence-file = Archivo
activities-evidence-hint = Hasta 25 MB.
activities-add-evidence = Agregar medio
activities-no-file = (sin archivo ni enlace)
activities-plan-items = Prioridades y pasos del plan
activities-source = Fuente
activities-highlight = Destacada para el informe anual
activities-restricted = Reservada
activities-restricted-hint = Solo la ven sus secretarías, la coordinación y las instituciones que nombra.
activities-advice = El informe anual lo pedirá:
activities-findings = Para el informe anual
activities-findings-hint = No impide guardar ni validar.
activities-findings-count = { $n ->
    [one] 1 dato por completar
   *[other] { $n } datos por completar
}
activities-returned = Devuelta para corregir
activities-return = Devolver con motivo
activities-return-what = Vuelve a ser un borrador. Quien la registró recibe el motivo por correo.
activities-reason = Motivo
activities-removal = Eliminar actividad
activities-removal-what = Se elimina «{ $title }». No se puede deshacer.
activities-validation = Actividades por validar
activities-validation-none = No hay actividades por validar.
activities-validation-hint = Las marcadas pasan al registro. Quien las registró recibe un solo aviso.
activities-to-validate = Actividades enviadas
activities-validate = Validar las marcadas
activities-look = Revisar o devolver
done-activity-saved = La actividad está guardada.
done-activity-submitted = La actividad se envió a la secretaría.
done-activity-removed = La actividad se eliminó.
done-activity-returned = La actividad se devolvió con el motivo.
done-activities-validated = Las actividades marcadas están en el registro.
registry-page = Registro de actividades
registry-page-none = Todavía no hay un país cuyo registro se pueda mostrar.
registry-page-empty = No hay actividades validadas en este período.
registry-page-period = Del { $from } al { $to }.
registry-page-count = { $n ->
    [one] 1 actividad validada
   *[other] { $n } actividades validadas
}
registry-page-pending = { $n ->
    [one] 1 por validar
   *[other] { $n } por validar
}
registry-page-xlsx = Descargar como hoja de cálculo (.xlsx)
registry-page-csv = Descargar como .csv
registry-page-activities = Actividades
registry-page-participants = Participantes
registry-page-without = Sin número de participantes
registry-page-dated = Actividades con fecha
registry-page-undated = Actividades sin fecha
registry-page-more = La descarga tiene todas.
