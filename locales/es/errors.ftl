# Errors of the API: a title and one sentence that says what to do.

title-invalid-header = Encabezado no válido
detail-invalid-header = El encabezado { $header } no se puede leer. If-Match e If-None-Match admiten * o etiquetas entre comillas dobles, separadas por comas; Idempotency-Key admite de 1 a 200 caracteres.
title-malformed-request = Solicitud mal formada
detail-malformed-request = La solicitud no se puede leer: envíe JSON válido en UTF-8.
title-invalid-query = Parámetro no válido
detail-invalid-query = { $reason ->
    [unknown] No existe el parámetro «{ $parameter }»: quítelo de la consulta.
    [missing] Falta el parámetro «{ $parameter }».
    [repeated] El parámetro «{ $parameter }» está repetido: indíquelo una sola vez.
    [value] El parámetro «{ $parameter }» no admite el valor «{ $value }».
    [order] El período termina antes de empezar: «from» no puede ser posterior a «to».
   *[other] Un parámetro de la consulta no existe o tiene un valor no permitido: { $reason }.
}
title-not-signed-in = Sin sesión
detail-not-signed-in = Inicie sesión y envíe el token de acceso.
title-invalid-credentials = Credenciales no válidas
detail-invalid-credentials = El correo o la contraseña no son correctos.
title-invalid-token = Token no válido
detail-invalid-token = El token venció, ya se usó o fue revocado: vuelva a iniciar sesión.
title-forbidden = No permitido
detail-forbidden = { $who ->
    [admins] Solo la administración puede hacer esto.
    [other_admins] Solo la administración puede hacer esto, y no para la cuenta propia: su segundo factor se desactiva en «Mi cuenta» con un código.
    [coordinators] Solo la coordinación del país o la administración pueden hacer esto.
    [any_coordinator] Solo la coordinación de un país o la administración importan los datos de un país.
    [writers] Solo la secretaría de una de las comisiones, la coordinación del país o la administración pueden hacer esto.
    [leaving_secretariat] Solo la secretaría de la comisión que se retira ({ $commission }), la coordinación del país o la administración pueden hacer esto.
    [any_writer] Solo una secretaría, la coordinación de un país o la administración importan una matriz.
    [writers_of_all] Solo puede hacerlo quien puede escribir en todas las comisiones de lo importado: su secretaría, la coordinación del país o la administración.
    [uploaders] Solo suben archivos los representantes, las secretarías, la coordinación del país y la administración.
    [uploader] Solo quien subió el archivo o la administración pueden borrarlo.
    [inviters] Solo las secretarías, la coordinación del país o la administración invitan a otras personas y cambian sus permisos.
    [inviters_elsewhere] Una secretaría invita a observadores de su comisión y a representantes de instituciones del país que hoy la integran; pida este permiso a la coordinación del país o a la administración.
    [oneself] Solo la propia persona o la administración cambian estos datos.
    [institution_writers] Solo una secretaría del país de la institución, su coordinación o la administración pueden hacer esto; si la institución no es de un país, solo la administración la cambia.
    [institution_movers] Hay registros de otras comisiones o representantes que dependen de esta institución: pida el cambio de país a la administración.
    [activity_writers] Solo la secretaría de una de las comisiones, la coordinación del país o la administración pueden hacer esto y, hasta que se valida, quien representa a una institución que la organiza.
    [activity_place] Quien representa a una institución registra actividades que ella organiza en su país o en sus comisiones; pida esta a la secretaría de la comisión o a la coordinación del país.
    [institution_or_writers] Solo quien representa a la institución, la secretaría de una de las comisiones, la coordinación del país o la administración pueden hacer esto.
    [indicator_recorders] Solo quien representa a una institución responsable del indicador, la coordinación del país o la administración pueden hacer esto.
    [convened] Solo quien representa a una institución convocada a la sesión puede hacer esto; la secretaría anota la asistencia y escribe el orden del día.
    [convened_or_writers] Solo la secretaría de una de las comisiones, la coordinación del país, la administración o quien representa a una institución convocada a la sesión pueden hacer esto; el acta firmada la agrega la secretaría.
   *[other] Su rol no permite esta acción: pídala a la secretaría de la comisión, a la coordinación del país o a la administración.
}
title-own-update = Informe propio
detail-own-update = Quien escribió o importó el informe no puede revisarlo: debe hacerlo otra persona de la secretaría, o la coordinación del país.
title-not-your-review = Revisión ajena
detail-not-your-review = Solo quien hizo la revisión puede retirarla. La secretaría puede reabrir lo aceptado.
title-password-by-invitation = Contraseña ajena
detail-password-by-invitation = Solo la administración fija la contraseña de otra persona: envíe los datos sin ella y la persona la elegirá con el correo que recibe.
title-not-found = No encontrado
detail-not-found = No existe o usted no tiene acceso.
title-method-not-allowed = Método no permitido
detail-method-not-allowed = Esta dirección no admite ese método; admite { $allow }.
title-conflict = Conflicto
detail-conflict = El registro ya no está en el estado que esta acción requiere; vuelva a leerlo e intente otra vez.
title-in-use = En uso
detail-in-use = Otros registros dependen de este, o tiene historial: no se puede eliminar.
title-duplicate = Ya existe
detail-duplicate = Ya existe un registro con esos datos.
title-field-in-use = En uso en informes
detail-field-in-use = Ya se pidieron informes a las instituciones, por lo que «{ $field }» queda como está. Las etiquetas se pueden cambiar, y se pueden agregar campos, instituciones y períodos.
title-period-not-begun = El período no ha empezado
detail-period-not-begun = El período está en el futuro: se informa desde su primer día.
title-overlapping-membership = Períodos que se cruzan
detail-overlapping-membership = La institución ya integra la comisión en parte de ese período.
title-minutes-approved = Acta aprobada
detail-minutes-approved = El acta está aprobada y ya no cambia. La secretaría la corrige con una rectificación.
title-minutes-empty = Acta sin texto
detail-minutes-empty = Escriba el acta antes de circularla o aprobarla.
title-minutes-unfinished = Acta incompleta
detail-minutes-unfinished = { $reason ->
    [heading] Bajo «{ $heading }» queda un lugar sin completar («…», en la línea { $line }): corresponde completarlo o quitarlo antes de circular o aprobar el acta.
   *[line] En la línea { $line } queda un lugar sin completar («…»): corresponde completarlo o quitarlo antes de circular o aprobar el acta.
}
title-minutes-not-circulated = Acta sin circular
detail-minutes-not-circulated = El acta todavía no circula: la secretaría debe circularla antes de recibir observaciones.
title-minutes-not-approved = Acta sin aprobar
detail-minutes-not-approved = Solo se rectifica un acta aprobada; esta todavía se puede editar.
title-comments-closed = Plazo de observaciones vencido
detail-comments-closed = El plazo para observaciones ya venció. La secretaría puede circular un texto nuevo, con un plazo nuevo.
title-already-accepted = Ya aceptado
detail-already-accepted = El cumplimiento ya fue aceptado; para cambiarlo, la secretaría debe reabrirlo.
title-assignment-cancelled = Asignación anulada
detail-assignment-cancelled = La asignación está anulada; la secretaría puede reabrirla.
title-not-pending = Sin revisión pendiente
detail-not-pending = Este informe no espera revisión.
title-already-decided = Ya decidido
detail-already-decided = La prórroga ya fue decidida.
title-extension-pending = Ya hay una solicitud
detail-extension-pending = Una solicitud de prórroga ya espera su decisión: corresponde esperarla o retirar antes la solicitud.
title-extension-withdrawn = Solicitud retirada
detail-extension-withdrawn = La solicitud de prórroga fue retirada.
title-below-target = Bajo la meta
detail-below-target = La cantidad está por debajo de la meta de la institución, o falta. Para aceptarla de todos modos se envían "accept_below_target": true y un comentario.
title-built-upon = La revisión queda firme
detail-built-upon = { $reason ->
    [late] Una revisión solo se retira dentro de 24 horas. Lo aceptado se puede reabrir.
    [cited] Un acta o un informe aprobado cita el compromiso: la revisión ya no se puede retirar. Lo aceptado se puede reabrir.
   *[later] Hay un informe, una revisión, una reapertura o una anulación posterior: la revisión ya no se puede retirar.
}
title-not-closed = No está cerrada
detail-not-closed = Solo se reabre lo que está aceptado o anulado.
title-term-expired = Plazo vencido
detail-term-expired = El plazo ya venció: solo la secretaría puede pedir una prórroga.
title-draft = Borrador
detail-draft = El compromiso es un borrador: publíquelo antes de informar o de pedir una prórroga.
title-not-draft = No es borrador
detail-not-draft = El compromiso ya está publicado.
title-meeting-cancelled = Sesión anulada
detail-meeting-cancelled = La sesión está anulada.
title-meeting-over = Sesión ya realizada
detail-meeting-over = La sesión ya pasó: no se puede convocar.
title-meeting-undated = Sesión sin día
detail-meeting-undated = Indique primero el día o la hora de la sesión; luego convóquela.
title-report-approved = Informe aprobado
detail-report-approved = El informe está aprobado y ya no cambia.
title-report-has-errors = El informe tiene errores
detail-report-has-errors = Corrija los errores de las preguntas { $questions } antes de aprobar el informe.
title-unconfirmed = Hay respuestas sin confirmar
detail-unconfirmed = Confirme las respuestas { $keys } antes de aprobar el informe.
title-no-working-copy = No hay copia de trabajo
detail-no-working-copy = El informe está aprobado: solo existe su copia limpia (form=clean).
title-report-not-approved = El informe no está aprobado
detail-report-not-approved = Solo un informe aprobado da lugar a una versión nueva; este todavía se puede editar.
title-report-has-newer-version = Ya hay una versión nueva
detail-report-has-newer-version = Este informe ya tiene una versión posterior; continúe en ella.
title-report-exists = Ya hay un informe del período
detail-report-exists = El país ya tiene un informe de este período: continúe en él o, si está aprobado, en una versión nueva.
title-import-built-upon = Hay cambios posteriores
detail-import-built-upon = { $reason ->
    [some] No se puede deshacer: después de la importación se cambió, o se citó, lo siguiente: { $records } y { $more } más.
   *[none] No se puede deshacer: después de la importación se cambió, o se citó, lo siguiente: { $records }.
}
title-import-undone = Ya se deshizo
detail-import-undone = Esta importación ya se había deshecho.
title-not-available = No disponible
detail-not-available = No está disponible: { $reason }.
title-last-commission = Única comisión
detail-last-commission = Es la única comisión de la sesión: para que no se realice, anule la sesión.
title-not-submitted = No está enviada
detail-not-submitted = La actividad no está enviada para validar.
title-session-started = La sesión ya empezó
detail-session-started = La sesión ya empezó o pasó: avise a la secretaría.
title-session-not-convened = La sesión no está convocada
detail-session-not-convened = La sesión todavía no está convocada: las instituciones responden una vez enviada la convocatoria.
title-session-not-started = La sesión no ha empezado
detail-session-not-started = La sesión todavía no empieza: su acta se circula y se aprueba después. Si ya se realizó, corresponde corregir antes el día y la hora de la sesión.
title-proposal-decided = Propuesta ya decidida
detail-proposal-decided = La propuesta para el orden del día ya fue aceptada o declinada.
title-precondition-failed = Cambió mientras tanto
detail-precondition-failed = El registro cambió desde que lo leyó; léalo otra vez.
title-body-too-slow = Envío demasiado lento
detail-body-too-slow = El envío no llegó completo a tiempo: repítalo con una conexión mejor si es necesario.
title-too-large = Demasiado grande
detail-too-large = El envío supera el tamaño permitido.
title-quota-exceeded = Sin espacio para más archivos
detail-quota-exceeded = Sus archivos ocupan ya el espacio permitido por persona ({ $quota }): borre los que ningún registro cita y envíe el archivo otra vez.
title-unsupported-media-type = Tipo de contenido no admitido
detail-unsupported-media-type = Envíe el cuerpo como { $expected }.
title-executable-file = Archivo no admitido
detail-executable-file = No se admiten programas ni scripts: envíe el documento mismo (PDF, Word, Excel, imagen).
title-invalid-body = Datos no válidos
detail-invalid-body = Los datos tienen fallas; cada una se indica con su lugar.
title-evidence-required = Falta evidencia
detail-evidence-required = Para declarar cumplido agregue al menos un medio de verificación.
title-contradictory = Datos que se contradicen
detail-contradictory = El registro se contradice; corrija los datos que se indican.
title-idempotency-key-reused = Clave repetida
detail-idempotency-key-reused = La clave de idempotencia ya se usó con otro contenido.
title-too-many-attempts = Demasiados intentos
detail-too-many-attempts = Demasiados intentos fallidos: espere e intente otra vez.
title-daily-limit = Límite del día alcanzado
detail-daily-limit = { $kind ->
    [invitations] Una persona puede enviar hasta { $limit } invitaciones al día. Envíe las demás mañana.
    [convocations] Una persona puede enviar hasta { $limit } correos de convocatoria al día. Convoque de nuevo mañana.
    [minutes] Una persona puede enviar hasta { $limit } correos sobre actas al día. Continúe mañana.
   *[other] Una persona puede hacer esto hasta { $limit } veces al día. Inténtelo de nuevo mañana.
}
title-too-many-requests = Demasiadas solicitudes seguidas
detail-too-many-requests = Pidió lo mismo demasiadas veces en poco tiempo: espere unos minutos e intente otra vez.
title-internal = Error interno
detail-internal = Algo falló de nuestro lado; el número de solicitud permite encontrarlo en el registro.
title-unavailable = Servicio no disponible
detail-unavailable = Un servicio necesario no responde; intente otra vez en un momento.

# Faults of a body.

fault-required = { $reason ->
    [on_behalf] Usted reporta por otra institución: confírmelo en este dato.
    [below_target] La cantidad está bajo la meta, o falta: marque la casilla para aceptarla de todos modos.
   *[other] Este dato es obligatorio.
}
fault-unknown-field = Este campo no existe.
fault-unknown-placeholder = Aquí no se puede usar el marcador «{ $name }».
fault-wrong-type = Se espera { $expected }.
fault-wrong-length = Se esperan { $expected } elementos.
fault-not-a-choice = Valor no admitido; use uno de: { $allowed }.
fault-end-before-start = El fin es anterior al inicio.
fault-out-of-range = Debe estar entre { $min } y { $max }.
fault-invalid-number = No es un número admitido.
fault-invalid-id = No es un identificador.
fault-invalid-date = No es una fecha válida; escriba AAAA-MM-DD, entre 1900 y 2200.
fault-invalid-partial-date = No es una fecha válida; escriba 2023-06-30, 2023-06, 2023-Q2, 2023-H1 o 2023.
fault-invalid-instant = No es un momento válido; escriba 2023-08-22T14:00:00Z.
fault-invalid-url = No es una dirección web; debe empezar con http:// o https://.
fault-invalid-email = { $reason ->
    [name] No es una dirección de correo: revise lo que va antes de la arroba.
    [domain] No es una dirección de correo: revise lo que va después de la arroba.
    [length] No es una dirección de correo: pasa de 254 caracteres.
   *[parts] No es una dirección de correo: escríbala como nombre@dominio.
}
fault-invalid-time-zone = No es un huso horario IANA, como America/Lima.
fault-invalid-locale = No es una etiqueta de idioma, como es-PE.
fault-invalid-country-code = Escriba dos letras mayúsculas, como CL.
fault-invalid-fraction = Escriba una fracción como 1/2, mayor que cero y como máximo uno.
fault-invalid-key = Se escribe con minúsculas sin tilde, cifras y _, empezando por una letra; hasta 60 caracteres.
fault-invalid-text = El texto contiene un carácter nulo.
fault-not-one-line = Escríbalo en una sola línea, sin saltos de línea ni otros caracteres de control.
fault-hidden-characters = Contiene caracteres invisibles que cambian la dirección del texto o lo controlan: bórrelos y escríbalo otra vez.
fault-blank = No puede quedar en blanco.
fault-too-long = Admite como máximo { $max } caracteres.
fault-too-many = Admite como máximo { $max } elementos.
fault-too-few = Indique al menos uno.
fault-too-short = Debe tener al menos { $min } caracteres.
fault-duplicate = Está repetido.
fault-not-yours-to-change = No se cambió: la institución no pertenece a ningún país o pertenece a otro, y solo un administrador puede cambiarla.
fault-review-left-out = No se importó la revisión: solo un administrador importa revisiones. Si el informe espera revisión, debe revisarlo otra persona.
fault-reopening-left-out = No se importó la reapertura: el informe que se había aceptado sigue pendiente de revisión.
fault-always-immediate = Este aviso se envía siempre de inmediato: deje «immediate».
fault-unknown-reference = No existe o usted no tiene acceso.
fault-contradictory = { $reason ->
    [absent_with_times] Quien no asistió no tiene hora de llegada ni de salida.
    [outside_session] La presencia queda fuera de la sesión: va de { $from } a { $to }.
    [votes_against] Con votos en contra no hay unanimidad.
    [present_and_absent] La institución figura como presente y como ausente.
    [consensus_against] Con votos en contra no hay consenso.
    [approved_before] El acta no se pudo aprobar en una sesión anterior a la suya.
    [no_majority] Hay más votos en contra que a favor: no es mayoría.
    [more_than_entitled] Los votos superan a los { $members } integrantes con voto de ese día.
    [more_than_total] Mujeres y hombres suman más que el total.
   *[end_before_start] El fin es anterior al inicio.
}
fault-in-the-future = No puede ser posterior a hoy.
fault-one-of = Indique exactamente uno de: { $fields }.
fault-at-most-one-of = Indique como máximo uno de: { $fields }.
fault-any-of = Indique al menos uno de: { $fields }.
fault-not-together = No corresponde junto con { $field }.
fault-needs = Requiere también { $field }.
fault-evidence-required = Agregue al menos un medio de verificación.
fault-comment-required = Explique el motivo.
fault-other-country = Pertenece a otro país.
fault-report-exists = El país ya tiene un informe de este período.
fault-already-in-minutes = El acta ya lo contiene.
fault-not-at-session = No integraba las comisiones ese día ni figura en la lista de asistencia.
fault-other-commission = Pertenece a otra comisión.
fault-cycle = Se apunta a sí mismo.
fault-fixed = No se puede cambiar.
fault-not-submitted = Esta actividad no está enviada para validar.
fault-return-instead = Para devolverla a quien la registró, use la devolución, que pide el motivo.
fault-holidays-not-shipped = El programa trae los feriados de Chile y Perú de 2023 a 2027; los demás se escriben en el calendario del país.
fault-several-institutions = Usted representa a varias instituciones convocadas: indique por cuál propone.
fault-wrong-password = La contraseña actual no es correcta.
fault-not-later = Debe terminar después del plazo vigente.

# Faults of a spreadsheet.

fault-at-unnamed-cell = Hoja «{ $sheet }», fila { $row }, columna { $column }: { $detail }
fault-at-cell = Hoja «{ $sheet }», fila { $row }, columna { $column } ({ $heading }): { $detail }
fault-unreadable-sheet = { $reason ->
    [encrypted] El libro está protegido con contraseña. Quítela y envíelo otra vez.
    [xlsb] Es un libro binario (.xlsb). Guárdelo como .xlsx y envíelo otra vez.
    [no_workbook] El archivo no es una hoja de cálculo. Envíe un .xlsx, .ods, .xls o .csv.
    [no_text] El archivo no es una hoja de cálculo ni texto separado por punto y coma o coma. Envíe un .xlsx, .ods, .xls o .csv.
    [empty] El archivo está vacío.
    [entities] El libro declara entidades XML, que ninguna hoja de cálculo necesita. Ábralo y guárdelo otra vez como .xlsx.
    [too_large] El libro es demasiado grande una vez descomprimido. Envíe solo la matriz.
    [rows] La matriz tiene más de { $max } filas, sin contar los encabezados. Divídala en varias.
    [rows_in_all] El archivo tiene más de { $max } filas con datos, contando títulos, encabezados y otras hojas. Envíe solo la matriz.
    [columns] Hay datos más allá de la columna { $max }. Envíe solo la matriz.
    [cell] La celda { $place } tiene más de { $max } letras, y ninguna hoja de cálculo admite tantas. Divida el texto, o revise si falta una comilla.
    [no_matrix] No se encontró la matriz: ninguna hoja tiene una fila de encabezados con Compromiso y, por lo menos, otros dos conocidos (Responsable, Plazo, Estado…). Encabezados conocidos: { $known }. Encabezados no conocidos: { $unknown }. Indique qué contiene cada columna, o corrija los encabezados.
    [xls_before_97] Es un libro de una versión de Excel anterior a 1997. Guárdelo como .xlsx y envíelo otra vez.
    [html] Es una página web con nombre de hoja de cálculo. Ábrala en Excel o LibreOffice, guárdela como .xlsx y envíela.
    [pdf] Es un PDF, del que no se lee ninguna tabla. Envíe la hoja de cálculo de la que se hizo.
    [fods] Es una hoja de LibreOffice en un solo texto (.fods). Guárdela como .ods o .xlsx y envíela otra vez.
    [xml_2003] Es una hoja de cálculo XML de Excel 2003. Guárdela como .xlsx y envíela otra vez.
    [numbers] Es una hoja de Numbers. Expórtela como Excel (.xlsx) y envíela otra vez.
   *[damaged] El libro está dañado. Ábralo, guárdelo otra vez como .xlsx y envíelo.
}
fault-unknown-name = { $reason ->
    [some] No se conoce «{ $name }». ¿Quiso decir { $suggestions }?
   *[none] No se conoce «{ $name }». Revise el nombre o ingréselo antes.
}
fault-ambiguous-name = «{ $name }» puede ser { $suggestions }. Escriba el nombre completo.
fault-named-twice = { $name } figura dos veces en la celda.
fault-same-in-row = { $name } ya es responsable de este compromiso en la fila { $other }.
fault-same-commitment = Es el mismo compromiso de la fila { $other }. Deje uno solo, o indique un responsable distinto en cada fila.
fault-other-in-row = Es el mismo compromiso de la fila { $other }, que aquí dice otra cosa. Use lo mismo en ambas.
fault-own-term = { $name } tiene un plazo propio, que solo puede ser una fecha o un período. Escriba por ejemplo 30/09/2023.
fault-changed-meanwhile = Alguien cambió este compromiso durante la importación. Pruebe otra vez: así se ve qué cambiaría ahora.
fault-more-faults = Puede haber más fallas. Corrija estas y pruebe otra vez.
fault-commission-not-stated = No dice de qué comisión es. Complete la celda, o elija la comisión al importar.
fault-broken-formula = La fórmula de la celda da un error.
fault-no-result = Ningún programa calculó todavía la fórmula de esta celda. Abra el archivo en Excel o LibreOffice, guárdelo y envíelo otra vez.
fault-quote-never-closed = La celda empieza con una comilla que no se cierra, y las filas siguientes quedarían en un solo texto. Quite la comilla o ciérrela.
fault-unusable-period = { $reason ->
    [none] El encabezado no es un período. Escriba por ejemplo 2023-Q2, 2023-06, 2023-H1 o 2023.
    [length] El período no tiene la duración de este informe periódico.
    [outside] El período está fuera de la vigencia de este informe periódico.
    [future] El período todavía no comienza.
   *[twice] El período figura en dos columnas.
}
fault-not-asked = Este informe no se pide a la institución para ese período.
fault-not-own-institution = No le corresponde informar por esta institución.
fault-stated-twice = La celda { $other } ya tiene este dato de la institución y el período.
fault-nothing-beside-values = Dice que no hay nada que informar, y otra fila de la institución tiene un dato del mismo período.
fault-no-institution-column = Ninguna hoja tiene la columna «Institución». Descargue la planilla y complétela.
fault-no-field-column = Falta la columna «Dato», que dice a cuál de los datos del informe pertenece cada fila.
fault-unclear-letters = Las letras del archivo se pueden leer de más de una manera: { $choices }. Guárdelo como .xlsx y envíelo otra vez.
fault-macros-ignored = El libro tiene macros. No se leyeron ni se ejecutaron.
fault-mixed-encoding = El archivo está en UTF-8, pero algunas letras de las filas { $rows } están en otra codificación ({ $encoding }). Se leyeron así.
fault-old-encoding = Las letras del archivo se leyeron como { $encoding }.
fault-double-encoding = Las letras con tilde de las filas { $rows } estaban codificadas dos veces. «{ $stands }» se leyó como «{ $word }».
fault-unclear-date = { $reason ->
    [no_year] Falta el año.
    [day_or_year] Puede ser un día o un año. Escriba la fecha completa, por ejemplo 30/09/2023.
    [immediate] No dice en qué fecha.
   *[unknown] No se entiende como fecha. Escriba por ejemplo 30/09/2023.
}
fault-unclear-term = { $reason ->
    [which_days] No dice si son días hábiles o calendario.
    [no_session] Se cuenta desde la sesión, y no consta el día de la sesión. Complete Fecha de la sesión.
    [no_year] Falta el año.
    [day_or_year] Puede ser un día o un año. Escriba la fecha completa, por ejemplo 30/09/2023.
    [immediate] No dice en qué fecha: puede ser el día de la sesión.
   *[unknown] No se entiende como plazo. Escriba por ejemplo 30/09/2023, II trimestre 2023, 10 días hábiles o Permanente.
}
fault-terms-disagree = La fecha límite no concuerda con el plazo.
fault-unknown-state = No se conoce este estado. Use uno de: Pendiente, En proceso, Cumplido, No cumplido, Vencido, Cancelado.
fault-not-overdue = Dice que está vencido, pero su plazo no ha pasado o no consta.
fault-unclear-percent = { $reason ->
    [one] Puede ser 1 % o 100 %. Escriba el signo %.
    [fraction] Una fracción puede ser de la unidad o de cien: 0,5 es 50 % o medio por ciento. Escriba un número entero con el signo %.
    [whole] Escriba un número entero, sin decimales.
   *[range] No se entiende como porcentaje. Escriba un número entre 0 y 100.
}
fault-responsible-needed = { $reason ->
    [which_column] Sin responsable no se puede registrar el avance, y ningún encabezado conocido dice las instituciones responsables. Responda la pregunta, o indique cuál de estas columnas las contiene: { $columns }.
    [no_column] Sin responsable no se puede registrar el avance, y la hoja no tiene una columna con las instituciones responsables. Agregue la columna Responsable.
   *[empty_cell] Sin responsable no se puede registrar el avance.
}
fault-done-without-state = Tiene fecha de cumplimiento, pero su estado no es Cumplido.
fault-unclear-session = { $reason ->
    [another] Ese día consta otra sesión de la comisión: «{ $title }». Escriba el mismo nombre o corrija la fecha.
    [several] Puede ser más de una sesión. Escriba su nombre completo y su fecha.
   *[undated] No consta una sesión con este nombre. Para ingresarla, complete Fecha de la sesión.
}
fault-ambiguous-agreement = Puede ser más de un acuerdo. Indique la sesión y el número.
fault-ambiguous-commitment = Puede ser más de un compromiso: { $suggestions }. Indique el código en una columna Código.
fault-unknown-code = Ningún compromiso que usted pueda modificar tiene este código. Deje la celda vacía para ingresarlo.

# Types of JSON values.

type-null = nulo
type-boolean = verdadero o falso
type-integer = un número entero sin separador de miles, como 1500
type-number = un número sin separador de miles, como 1500 o 12,5
type-string = un texto
type-array = una lista
type-object = un objeto
title-foreign-origin = El formulario no viene de este sitio
detail-foreign-origin = El navegador dice que otro sitio envió el formulario, y por eso no se hizo nada. Abra la página de nuevo y envíe el formulario desde ella. Si ocurre siempre, la administración debe indicar en ARTICULA_PUBLIC_URL la dirección que usan las personas.
fault-file-too-large = El archivo es demasiado grande; el máximo es 25 MB.
fault-executable-file = Es un programa o un guion; no se aceptan.
title-second-factor-required = Falta el segundo factor
detail-second-factor-required = { $reason ->
    [role] Su rol exige un segundo factor. Actívelo en «Mi cuenta», «Segundo factor».
   *[code] Falta el código del segundo factor.
}
title-second-factor-invalid = Código incorrecto
detail-second-factor-invalid = El código no es correcto o ya se usó. Espere el siguiente de la aplicación, o use un código de recuperación.
title-second-factor-active = Ya hay un segundo factor
detail-second-factor-active = Ya hay un segundo factor activo. Desactívelo antes de comenzar otro.
title-too-many-tokens = Demasiados tokens
detail-too-many-tokens = Ya tiene 20 tokens, el máximo. Termine uno que ningún programa use.
title-sign-in-again = Hay que ingresar otra vez
detail-sign-in-again = Para esto hace falta haber ingresado en los últimos 15 minutos. Salga e ingrese otra vez.
title-token-scope = El token no sirve para esto
detail-token-scope = Este token no permite esa acción. Los tokens para programas no cambian cuentas ni personas y no aprueban nada.
fault-wrong-code = El código no es correcto o ya se usó. Escriba el que muestra ahora la aplicación.
fault-easy-password = Es una contraseña demasiado fácil de adivinar. Use una frase propia de varias palabras.
fault-needs-read = Falta «read»: todo token puede leer.
