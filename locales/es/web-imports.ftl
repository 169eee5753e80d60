# Importaciones: la lista, el formulario, el resultado de la prueba y cómo se deshace.
imports-page = Importaciones
imports-new = Importar
imports-none = No hay importaciones. Se puede probar un archivo sin que nada cambie.
imports-count = { $n ->
    [one] { $n } importación
   *[other] { $n } importaciones
}
imports-column-file = Archivo
imports-column-commission = Comisión
imports-column-moment = Momento
imports-column-result = Resultado
imports-column-state = Estado
imports-totals = Creados: { $created }. Cambiados: { $changed }. Sin cambios: { $unchanged }.
imports-undone = Deshecha
imports-done = Hecha
imports-to-commitments = Compromisos de la comisión
imports-to-reviews = Informes por revisar
imports-undo = Deshacer importación
imports-undo-what = Se quita lo que la importación creó ({ $created }) y se restaura lo que cambió ({ $changed }).
imports-undo-limits = Si alguien cambió después uno de esos registros, no se deshace nada y se dice cuáles son.
imports-undo-codes = Los códigos de los compromisos que se quitan no se usan otra vez.
imports-undo-refused = Esta importación ya no se puede deshacer, porque hay cambios posteriores.
imports-undo-changed = cambió el { $moment }.
imports-undo-named = cambió, o lo cita otro registro.
imports-undo-next = Corrija o cancele cada compromiso en su página. Si un compromiso no cambió y solo lo cita otro registro (una actividad, un acta), quite la cita en ese registro y deshaga la importación después.
imports-undone-what = Lo que la importación creó se quitó, y lo que cambió se restauró.
imports-undo-mails = No se envía ningún correo.
imports-undo-button = Deshacer importación
imports-undo-leave = Dejarla como está
imports-what = Primero se prueba el archivo: se muestra qué se entendió y qué cambiaría, y no se guarda nada. Después se puede importar.
imports-file = Archivo
imports-file-hint = Matriz de seguimiento (.xlsx, .xlsm, .ods, .xls o .csv) o conjunto de datos (.json), hasta 25 MB.
imports-commission = Comisión
imports-commission-hint = La de las filas que no nombran ninguna. Un conjunto de datos no la necesita.
imports-choose = Elegir
imports-country = País
imports-country-hint = En lugar de una comisión, si cada fila nombra la suya.
imports-no-country = Ninguno
imports-hidden = Leer también las filas ocultas
imports-template = Descargar el modelo de la matriz
imports-help = Cómo se importa una matriz
imports-try = Probar archivo
imports-try-again = Probar otra vez
imports-sent = «{ $file }»: cambiar el archivo, la comisión o las opciones
imports-untried = No se importó nada, porque algo cambió desde la prueba. Este es el nuevo resultado: revíselo e importe.
imports-leave = Volver a la lista
imports-import = Importar ahora
imports-result = Resultado de la prueba
imports-dry-run = Es una prueba: no se guardó nada.
imports-id = Importación { $id }
imports-refused = Así no se puede importar. Nada se guardó.
imports-would = Filas que crean compromisos: { $created }. Que los cambian: { $changed }. Sin cambios: { $unchanged }. Con fallas: { $rejected }.
imports-mails = La importación no envía avisos a las instituciones. Los compromisos cumplidos quedan como informes por revisar, y la secretaría recibe un correo.
imports-no-changes = El archivo se entiende y no cambia nada: todo consta ya.
imports-questions = Preguntas
imports-questions-what = Mientras falte una respuesta, no se puede importar. Responda y pruebe otra vez.
imports-question-place = Hoja { $sheet }, columna { $column }, { $many ->
    [none] fila
   *[some] filas
} { $rows }
imports-question-rows = Hoja { $sheet }, { $many ->
    [none] fila
   *[some] filas
} { $rows }
imports-other = Otra respuesta
imports-other-date = Una fecha: 30/06/2027 o II trimestre 2027.
imports-other-name = El nombre completo o la sigla, como está en el registro.
imports-answer-unknown = No se reconoce «{ $answer }»: no está en el registro o no es una fecha. Elija una de las respuestas o escriba otra.
imports-missing-institution = ¿Falta una institución?
imports-answered = { $n ->
    [one] { $n } respuesta dada: verla o cambiarla
   *[other] { $n } respuestas dadas: verlas o cambiarlas
}
imports-faults = Fallas
imports-fault-place = Celda
imports-fault-value = Valor
imports-fault-fault = Falla
imports-copy = Descargar una copia con las fallas anotadas
imports-more-faults = { $n ->
    [one] Y { $n } falla más.
   *[other] Y { $n } fallas más.
}
imports-columns = Columnas
imports-columns-what = Así se entendió cada columna. Cambie lo que no corresponda: el cambio se recuerda para la comisión. No se leen las columnas con «No reconocida» o «No usar». El plazo admite palabras («II trimestre 2027»); la fecha límite, una fecha. Si varias columnas son observaciones, sus textos se juntan. La fecha de inicio no se registra; para conservarla, elija Observaciones.
imports-columns-refused = No se reconocieron bastantes encabezados. Indique qué contiene cada columna y pruebe otra vez.
imports-sheet = Hoja { $sheet }
imports-column-none = No usar
imports-column-unknown = No reconocida
imports-column-automatic = Según su encabezado
imports-column-forget = Olvidar la elección anterior
imports-content-number = N° o código
imports-content-code = Código del compromiso
imports-content-commission = Comisión
imports-content-meeting = Sesión
imports-content-meeting-date = Fecha de la sesión
imports-content-agreement = Acuerdo
imports-content-text = Compromiso
imports-content-institutions = Responsable(s)
imports-content-co-institutions = Corresponsable(s)
imports-content-due-text = Plazo (en palabras)
imports-content-due = Fecha límite
imports-content-status = Estado
imports-content-percent = % Avance
imports-content-evidence = Medio de verificación
imports-content-completed-on = Fecha de cumplimiento
imports-content-notes = Observaciones
imports-left-out = No se usa
imports-left-place = Lugar
imports-left-why = Motivo
imports-left-text = Texto
imports-more-places = { $n ->
    [one] Y { $n } lugar más.
   *[other] Y { $n } lugares más.
}
imports-why-hidden-sheet = Hoja oculta
imports-why-no-cells = Hoja sin celdas
imports-why-no-headings = Hoja sin los encabezados de una matriz
imports-why-hidden-row = Fila oculta
imports-why-hidden-column = Columna oculta
imports-why-hidden-cell = El formato de la celda la oculta
imports-why-struck-out = Texto tachado
imports-why-covered = Debajo de una celda combinada
imports-why-empty-heading = Columna sin encabezado
imports-why-unknown-heading = Encabezado no conocido
imports-why-other-heading = Ya se usa otra columna para este contenido
imports-why-other-chosen = Se eligió otra columna para este contenido
imports-why-replaced = La fila tiene un plazo posterior en otra columna
imports-why-no-term = No dice un plazo; vale el de otra columna de la fila
imports-why-by-choice = Columna que se eligió no usar
imports-why-by-answer = Se respondió no usarlo
imports-why-above-table = Fila sobre los encabezados
imports-why-below-table = Fila bajo la tabla
imports-why-total = Fila de totales
imports-why-only-number = Fila que solo tiene número
imports-why-title = Título entre las filas
imports-why-repeated-headings = Encabezados repetidos
imports-rows = Filas
imports-row-row = Fila
imports-row-outcome = Resultado
imports-row-institutions = Responsables
imports-row-due = Plazo
imports-row-status = Estado
imports-row-changes = Cambios
imports-no-due = Sin fecha
imports-more-rows = { $n ->
    [one] Y { $n } fila más.
   *[other] Y { $n } filas más.
}
imports-outcome-created = Se crea
imports-outcome-changed = Cambia
imports-outcome-unchanged = Sin cambios
imports-outcome-rejected = Con fallas
imports-place-row = Hoja «{ $sheet }», fila { $place }
imports-place-rows = Hoja «{ $sheet }», columna { $column }, filas { $rows }
imports-place-column = Hoja «{ $sheet }», columna { $place }
imports-place-cell = Hoja «{ $sheet }», celda { $place }
imports-examples = Contiene, por ejemplo: { $values }
imports-number-in-file = N° { $number } en el archivo
imports-row-text = Compromiso
imports-row-co-responsible = corresponsable
imports-row-notes = Observaciones
imports-commission-hint-required = La de las filas que no nombran ninguna.
imports-undo-mapping = Lo que se indicó sobre las columnas se recuerda para el próximo archivo de la comisión.
imports-records = Compromisos de la importación
imports-record-code = Código
imports-record-text = Compromiso
imports-record-institutions = Responsables
imports-record-due = Fecha límite
imports-record-status = Estado
imports-record-result = Resultado
imports-record-created = Creado
imports-record-changed = Cambiado
imports-dataset-kind = Registros
imports-dataset-created = Se crean
imports-dataset-updated = Cambian
imports-dataset-unchanged = Sin cambios
imports-dataset-rejected = Con fallas
imports-kind-country = País
imports-kind-institution = Instituciones
imports-kind-commission = Comisiones
imports-kind-operational-state = Estados de comisiones
imports-kind-membership = Membresías
imports-kind-delegate = Representantes
imports-kind-plan = Planes
imports-kind-plan-item = Acciones de planes
imports-kind-meeting = Sesiones
imports-kind-agreement = Acuerdos
imports-kind-commitment = Compromisos
imports-kind-assignment = Partes de compromisos
imports-kind-update = Informes
imports-kind-extension = Ampliaciones
imports-kind-activity = Actividades
imports-kind-indicator = Indicadores
imports-kind-indicator-value = Valores de indicadores
imports-kind-observation = Observaciones
done-imported = La matriz se importó.
done-nothing-imported = El archivo se importó. Un conjunto de datos no figura en la lista.
done-import-undone = La importación se deshizo.
