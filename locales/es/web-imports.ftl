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
imports-undo-mails = No se envía ningún correo.
imports-undo-button = Deshacer importación
imports-undo-leave = Dejarla como está
imports-what = Primero se prueba el archivo: se muestra qué se entendió y qué cambiaría, y no se guarda nada. Después se puede importar.
imports-file = Archivo
imports-file-hint = Matriz de seguimiento (.xlsx o .csv) o conjunto de datos (.json), hasta 25 MiB.
imports-commission = Comisión
imports-commission-hint = La de las filas que no nombran ninguna. Un conjunto de datos no la necesita.
imports-choose = Elegir
imports-country = País
imports-country-hint = En lugar de una comisión, si cada fila nombra la suya.
imports-no-country = Ninguno
imports-hidden = Leer también las filas ocultas
imports-template = Descargar el modelo de la matriz
imports-try = Probar archivo
imports-leave = Volver a la lista
imports-import = Importar ahora
imports-result = Resultado de la prueba
imports-refused = Así no se puede importar. Nada se guardó.
imports-would = Filas que crean compromisos: { $created }. Que los cambian: { $changed }. Sin cambios: { $unchanged }. Con fallas: { $rejected }.
imports-mails = La importación no envía avisos a las instituciones. Los compromisos cumplidos quedan como informes por revisar, y la secretaría recibe un correo.
imports-no-changes = El archivo se entiende y no cambia nada: todo consta ya.
imports-questions = Preguntas
imports-questions-what = Estas celdas pueden significar más de una cosa. Con las respuestas, se prueba otra vez.
imports-question-place = Hoja { $sheet }, columna { $column }, filas { $rows }
imports-other = Otra respuesta
imports-other-hint = Una fecha (2027-06-30, 2027-Q2) o un nombre completo.
imports-faults = Fallas
imports-fault-place = Celda
imports-fault-value = Valor
imports-fault-fault = Falla
imports-more-faults = { $n ->
    [one] Y { $n } falla más.
   *[other] Y { $n } fallas más.
}
imports-columns = Columnas
imports-columns-what = El contenido de cada columna, como se entendió. Si se cambia, se recuerda para la comisión.
imports-columns-refused = No se reconocieron bastantes encabezados. Indique qué contiene cada columna y pruebe otra vez.
imports-sheet = Hoja { $sheet }
imports-column-none = No usar
imports-column-unknown = Sin indicar
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
imports-why-struck-out = Texto tachado
imports-why-covered = Debajo de una celda combinada
imports-why-empty-heading = Columna sin encabezado
imports-why-unknown-heading = Encabezado no conocido
imports-why-other-heading = Otra columna tiene el mismo contenido
imports-why-by-choice = Columna que se eligió no usar
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
imports-kind-observation = Observaciones
done-imported = La matriz se importó.
done-nothing-imported = El archivo se importó. Un conjunto de datos no figura en la lista.
done-import-undone = La importación se deshizo.
