# Web pages: periodic reports.
duties-page = Informes periódicos
duties-words = Palabras del título
duties-new = Nuevo informe periódico
duties-edit = Editar
duties-edit-title = Editar informe periódico
duties-remove = Eliminar
duties-do-remove = Eliminar informe periódico
duties-remove-about = Este informe ya no se pedirá. Si hay informes recibidos o dispensas, no se puede eliminar.
duties-save = Guardar
duties-none = No hay informes periódicos que se puedan ver.
duties-about = Datos del informe periódico
duties-column-title = Informe
duties-column-every = Frecuencia
duties-column-period = Vigencia
duties-column-asked = Quiénes informan
duties-column-commissions = Comisiones que lo piden
duties-country = País
duties-state-day = Fecha del estado
duties-state-on = Estado al { $day }
duties-every-month = Cada mes
duties-every-quarter = Cada trimestre
duties-every-half-year = Cada semestre
duties-every-year = Cada año
duties-since = desde { $from }
duties-asked-institutions = { $n ->
    [one] 1 institución
   *[other] { $n } instituciones
}
duties-field-title = Nombre del informe
duties-title-hint = Por ejemplo: «Informe trimestral de las direcciones regionales de trabajo».
duties-field-from = Primer período
duties-from-hint = Por ejemplo: 2023, junio de 2027 o II trimestre 2027. También se piden los períodos que ya pasaron: los de plazo vencido quedan de inmediato como «No informó».
duties-field-to = Último período
duties-to-hint = Vacío mientras siga vigente.
duties-field-due-days = Plazo
duties-due-days-hint = Días después del término de cada período.
duties-days-after = { $n ->
    [0] El último día del período
    [one] 1 día después del período
   *[other] { $n } días después del período
}
duties-who = Quiénes informan
duties-who-hint = Un sector completo, o instituciones por su nombre. De un sector informan las instituciones que integran las comisiones el último día del período. Una institución que se agrega informa desde el período en curso; si se quita una, sus períodos anteriores quedan como estaban. Mientras no termine el período en que se ingresó este informe, los cambios de la lista valen desde el primer período.
duties-field-sector = Sector
duties-no-sector = Instituciones por su nombre
duties-institution-row = Institución { $n }
duties-institution-add = Agregar institución
duties-fields = Datos de cada informe
duties-fields-hint = Una cantidad es un número entero. Cuando ya hay informes, las etiquetas se pueden cambiar y se pueden agregar datos.
duties-field-row = Dato { $n }
duties-field-label = Etiqueta
duties-field-kind = Tipo
duties-field-unit = Unidad
duties-field-add = Agregar dato
duties-kind-count = Cantidad
duties-kind-percent = Porcentaje
duties-kind-text = Texto
duties-field-item = Punto de un plan
duties-no-item = Ninguno
duties-field-restricted = Reservado: lo conocen solo las secretarías, la coordinación y las instituciones que informan
duties-matrix = Quiénes han informado
duties-institution = Institución
duties-all-institutions = Todas las instituciones
duties-nobody-asked = Ninguna institución debe informar en estos períodos.
duties-hidden-periods = { $n ->
    [one] Se muestran los últimos períodos. Hay 1 anterior: se elige con «Desde» y «Hasta».
   *[other] Se muestran los últimos períodos. Hay { $n } anteriores: se eligen con «Desde» y «Hasta».
}
duties-window-from = Desde
duties-window-to = Hasta
duties-window-show = Mostrar
duties-window-states = El estado de cada informe
duties-sum-of = { $n ->
    [one] Suma de 1 institución
   *[other] Suma de { $n } instituciones
}
duties-sum-unaccepted = { $n ->
    [one] 1 sin aceptar todavía
   *[other] { $n } sin aceptar todavía
}
duties-no-sum = Sin suma: es un porcentaje
duties-state = Estado
duties-state-expected = Por informar
duties-state-reported = Informó
duties-state-zero = Informó cero
duties-state-nothing = Sin novedades
duties-state-missing = No informó
duties-state-waived = Dispensada
duties-late = fuera de plazo
duties-to-review = por revisar
duties-returned = devuelto
duties-count-reported = { $n ->
    [one] 1 informó
   *[other] { $n } informaron
}
duties-count-zero = { $n ->
    [one] 1 informó cero
   *[other] { $n } informaron cero
}
duties-count-nothing = { $n } sin novedades
duties-count-missing = { $n ->
    [one] 1 no informó
   *[other] { $n } no informaron
}
duties-count-expected = { $n } por informar
duties-count-waived = { $n ->
    [one] 1 dispensada
   *[other] { $n } dispensadas
}
duties-count-late = { $n } fuera de plazo
duties-count-review = { $n } por revisar
duties-xlsx = Descargar en Excel
duties-docx = Descargar en Word
duties-pdf = Descargar en PDF
duties-reports = Informes
duties-numbers = Cantidades por institución
duties-numbers-explained = Se suman solo las cantidades informadas. Lo que una institución no informó queda sin dato: no es cero.
duties-sum = Suma de lo informado
duties-sum-known = { $n } de { $of } informaron
duties-waivers = Dispensas
duties-total-reported = Informaron
duties-total-zero = Informaron cero
duties-total-nothing = Sin novedades
duties-total-missing = No informaron
duties-total-expected = Por informar
duties-total-waived = Dispensadas
duties-total-late = Fuera de plazo
duties-total-review = Por revisar
duties-unknown = sin dato
duties-period = Período
duties-due = Último día del plazo
duties-report-title = { $institution }: { $period }
duties-report = Informar
duties-correct = Corregir el informe
duties-correct-accepted = El informe está aceptado. Si se corrige, vuelve a quedar por revisar.
duties-field-nothing = No hay nada que informar en este período
duties-nothing-hint = Es distinto de informar cero y de no informar.
duties-values = Datos
duties-values-hint = Un dato desconocido queda vacío. Cero significa que se sabe que no hubo casos.
duties-field-narrative = Descripción
duties-send = Enviar informe
duties-review = Revisar
duties-first-revision = Primer envío
duties-correction = Corrección { $n }
duties-reviewed-by-another = Lo revisa otra persona de la secretaría o de la coordinación, porque usted lo ingresó.
duties-report-anyway = Informar de todos modos
duties-all = Todas
duties-unasked = — : no se le pidió informe sobre ese período.
duties-comment-hint = Para devolver el informe, indique qué hay que corregir.
duties-review-comment = Comentario de la revisión:
duties-waive = Dispensar a la institución
duties-waive-about = No tiene que informar sobre este período. Si de todos modos informa, el informe cuenta.
duties-do-waive = Dispensar
duties-field-reason = Motivo
duties-withdraw-waiver = Retirar la dispensa
duties-waived-because = Motivo de la dispensa:
duties-history = Historia
duties-event-reported = Informe recibido
duties-event-corrected = Corrección recibida
duties-event-on-behalf = { $event }, en nombre de la institución
duties-event-in-file = { $event }, en una planilla importada
duties-event-accepted = Informe aceptado
duties-event-returned = Informe devuelto
duties-event-waived = Dispensa
duties-event-waiver-withdrawn = Dispensa retirada
duties-sheet-field = Dato
duties-sheet-values = Datos por período
duties-import = Importar planilla
duties-import-title = Importar planilla de informes
duties-import-what = La planilla tiene una fila para cada institución y dato, y una columna para cada período. Una celda vacía no cambia nada, 0 es cero, y «Sin novedades» indica que no hubo nada que informar. Primero se muestra qué se entendió.
duties-import-download = Descargar la planilla en Excel para completarla
duties-import-file = Planilla
duties-import-do = Importar
duties-import-refused = Nada se importó. Corrija estas celdas y pruebe otra vez.
duties-import-unchanged = La planilla no cambia ningún informe.
duties-import-counts = Informes nuevos: { $created }. Correcciones: { $corrected }. Sin cambios: { $unchanged }.
duties-import-place = Celda
duties-import-outcome = Qué pasa
duties-import-outcome-created = Informe nuevo
duties-import-outcome-corrected = Corrección
duties-import-more = { $n ->
    [one] Hay 1 informe más.
   *[other] Hay { $n } informes más.
}
done-duty-imported = Los informes de la planilla quedaron recibidos. Los revisa otra persona de la secretaría o de la coordinación.
done-duty-accepted = El informe se aceptó.
done-duty-returned = El informe se devolvió. La institución recibe el comentario por correo.
done-duty-saved = El informe periódico quedó guardado.
done-duty-removed = El informe periódico se eliminó.
done-duty-reported = El informe quedó recibido, y espera su revisión.
done-duty-waived = La dispensa quedó registrada. La institución recibe un correo.
done-duty-waiver-withdrawn = La dispensa se retiró: el informe se espera de nuevo. La institución recibe un correo.
