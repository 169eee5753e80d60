# Errors of the API: a title and one sentence that says what to do.

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
detail-forbidden = Su rol no permite esta acción.
title-own-update = Reporte propio
detail-own-update = Quien escribió el reporte no puede revisarlo: debe hacerlo otra persona.
title-password-by-invitation = Contraseña ajena
detail-password-by-invitation = Solo la administración fija la contraseña de otra persona: envíe los datos sin ella y la persona la elegirá con el correo que recibe.
title-not-found = No encontrado
detail-not-found = No existe, o no puede conocerlo.
title-method-not-allowed = Método no permitido
detail-method-not-allowed = Esta dirección no admite ese método; admite { $allow }.
title-conflict = Conflicto
detail-conflict = Se opone al estado actual; vuelva a leer el registro e intente otra vez.
title-in-use = En uso
detail-in-use = Otros registros dependen de este, o tiene historia: no se puede eliminar.
title-duplicate = Ya existe
detail-duplicate = Ya existe un registro con esos datos.
title-overlapping-membership = Períodos que se cruzan
detail-overlapping-membership = La institución ya integra la comisión en parte de ese período.
title-minutes-approved = Acta aprobada
detail-minutes-approved = El acta está aprobada y ya no cambia.
title-minutes-empty = Acta sin texto
detail-minutes-empty = Escriba el acta antes de circularla o aprobarla.
title-already-accepted = Ya aceptado
detail-already-accepted = El cumplimiento ya fue aceptado; para cambiarlo, la secretaría debe reabrirlo.
title-assignment-cancelled = Asignación anulada
detail-assignment-cancelled = La asignación está anulada; la secretaría puede reabrirla.
title-not-pending = Sin revisión pendiente
detail-not-pending = Este reporte no espera revisión.
title-already-decided = Ya decidido
detail-already-decided = La prórroga ya fue decidida.
title-not-closed = No está cerrada
detail-not-closed = Solo se reabre lo que está aceptado o anulado.
title-term-expired = Plazo vencido
detail-term-expired = El plazo ya venció: solo la secretaría puede pedir una prórroga.
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
title-report-not-approved = El informe no está aprobado
detail-report-not-approved = Solo un informe aprobado da lugar a una versión nueva; este todavía se puede editar.
title-report-has-newer-version = Ya hay una versión nueva
detail-report-has-newer-version = Este informe ya tiene una versión posterior; continúe en ella.
title-not-available = No disponible
detail-not-available = No está disponible: { $reason }.
title-precondition-failed = Cambió mientras tanto
detail-precondition-failed = El registro cambió desde que lo leyó; léalo otra vez.
title-too-large = Demasiado grande
detail-too-large = El envío supera el tamaño permitido.
title-unsupported-media-type = Tipo de contenido no admitido
detail-unsupported-media-type = Envíe el cuerpo como { $expected }.
title-invalid-body = Datos no válidos
detail-invalid-body = Los datos tienen fallas; cada una se indica con su lugar.
title-evidence-required = Falta evidencia
detail-evidence-required = Para declarar cumplido agregue al menos un medio de verificación.
title-idempotency-key-reused = Clave repetida
detail-idempotency-key-reused = La clave de idempotencia ya se usó con otro contenido.
title-too-many-attempts = Demasiados intentos
detail-too-many-attempts = Demasiados intentos fallidos: espere e intente otra vez.
title-internal = Error interno
detail-internal = Algo falló de nuestro lado; el número de solicitud permite encontrarlo en el registro.
title-unavailable = Servicio no disponible
detail-unavailable = Un servicio necesario no responde; intente otra vez en un momento.

# Faults of a body.

fault-required = { $reason ->
    [on_behalf] Usted reporta por otra institución: indíquelo con "on_behalf": true.
   *[other] Este dato es obligatorio.
}
fault-unknown-field = Este campo no existe.
fault-wrong-type = Se espera { $expected }.
fault-wrong-length = Se esperan { $expected } elementos.
fault-not-a-choice = Valor no admitido; use uno de: { $allowed }.
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
fault-invalid-fraction = Escriba una fracción como 1/2, mayor que cero y a lo más uno.
fault-invalid-text = El texto contiene un carácter nulo.
fault-blank = No puede quedar en blanco.
fault-too-long = Admite a lo más { $max } caracteres.
fault-too-many = Admite a lo más { $max } elementos.
fault-too-few = Indique al menos uno.
fault-too-short = Debe tener al menos { $min } caracteres.
fault-duplicate = Está repetido.
fault-unknown-reference = No existe, o no puede conocerlo.
fault-end-before-start = El fin es anterior al inicio.
fault-in-the-future = No puede ser posterior a hoy.
fault-one-of = Indique exactamente uno de: { $fields }.
fault-at-most-one-of = Indique a lo más uno de: { $fields }.
fault-any-of = Indique al menos uno de: { $fields }.
fault-not-together = No corresponde junto con { $field }.
fault-needs = Requiere también { $field }.
fault-evidence-required = Agregue al menos un medio de verificación.
fault-comment-required = Explique el motivo.
fault-votes-exceed-members = Los votos superan a los { $members } integrantes con voto de ese día.
fault-other-country = Pertenece a otro país.
fault-other-commission = Pertenece a otra comisión.
fault-cycle = Se apunta a sí mismo.
fault-fixed = No se puede cambiar.
fault-wrong-password = La contraseña actual no es correcta.
fault-not-later = Debe terminar después del plazo vigente.

# Types of JSON values.

type-null = nulo
type-boolean = verdadero o falso
type-integer = un número entero
type-number = un número
type-string = un texto
type-array = una lista
type-object = un objeto
