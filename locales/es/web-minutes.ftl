# Web pages: minutes.
minutes-page = Acta
minutes-state-none = Sin texto todavía
minutes-state-draft = Borrador
minutes-state-circulated = En circulación
minutes-state-approved = Aprobada
minutes-comments-until = Se reciben observaciones hasta el { $day }.
minutes-comments-ended = El plazo para observaciones terminó el { $day }.
minutes-approved-on = el { $day }
minutes-version-n = versión { $n }
minutes-text = Texto del acta
minutes-text-hint = Lo tratado en cada punto. En Markdown: ## para un título, - para una lista, ** para negrita. Día, lugar, asistencia, orden del día, acuerdos y compromisos se agregan solos al documento: no hace falta repetirlos.
minutes-save = Guardar borrador
minutes-from-template = El texto empieza con un título por cada punto del orden del día. Cada «…» marca lo que falta escribir. Una vez guardado y completo, el acta se puede circular.
minutes-template-about = ¿Cambió el orden del día?
minutes-template = Descargar el texto inicial de nuevo
minutes-new-text = Este texto cambió después de la circulación. Las instituciones leen el anterior hasta que se circule de nuevo o se apruebe.
minutes-blanks-n = { $n ->
    [one] Queda un lugar sin completar («…») en el texto guardado:
   *[other] Quedan { $n } lugares sin completar («…») en el texto guardado:
}
minutes-blank-under = bajo «{ $heading }», en la línea { $line }
minutes-blank-line = en la línea { $line }
minutes-blanks-more = { $n ->
    [one] y uno más
   *[other] y { $n } más
}
minutes-blanks-next = Se completan o se quitan, y se guarda el texto. Entonces el acta se puede circular y aprobar.
minutes-is-approved = El acta está aprobada. Solo cambia con una rectificación.
minutes-do-circulate = Circular acta
minutes-do-approve = Aprobar acta
minutes-do-rectify = Rectificar acta
minutes-do-comment = Enviar observación
minutes-do-enter-comment = Registrar observación
minutes-see-comments = Ver observaciones
minutes-back = Volver al acta
minutes-to-text = Ir al texto del acta
minutes-choose = Elegir
minutes-documents = Documentos
minutes-format-pdf = PDF
minutes-format-docx = Word
minutes-format-md = Texto en Markdown
minutes-restricted-part = Anexo reservado (PDF)
minutes-versions = Versiones
minutes-version-approved = Versión 1, aprobada
minutes-version-rectified = Versión { $n }, rectificada
minutes-comments-title = Observaciones al acta
minutes-circulated-text = Texto en circulación
minutes-comments-n = { $n ->
    [0] Observaciones
    [one] 1 observación
   *[other] { $n } observaciones
}
minutes-no-comments = No hay observaciones.
minutes-on-behalf = registrada por la secretaría
minutes-comment-new = Nueva observación
minutes-comment-received = Registrar una observación recibida
minutes-comment-institution = Institución
minutes-comment-text = Observación
minutes-comment-hint = Qué punto del acta, qué dice y qué debe decir.
minutes-send-comment = Enviar observación
minutes-comments-not-yet = El acta todavía no está en circulación. Las observaciones se reciben después.
minutes-comments-closed = El plazo para observaciones ya terminó.
minutes-comments-approved = El acta ya está aprobada y no recibe observaciones.
minutes-circulate-about = Se envía un correo con el acta a las instituciones de la sesión. Desde entonces pueden leerla y enviar observaciones.
minutes-circulate-again = El texto nuevo reemplaza al anterior y el plazo para observaciones empieza otra vez. Las observaciones recibidas se conservan.
minutes-until = Último día para observaciones
minutes-until-hint = Por ejemplo: 15/09/2027. Sin fecha, hasta el { $day }.
minutes-is-circulated = Este texto ya está en circulación. Para circular otro, hay que cambiarlo primero.
minutes-mails-nobody = Nadie recibe un correo.
minutes-mails-n = { $n ->
    [one] 1 persona recibe un correo
   *[other] { $n } personas reciben un correo
}
minutes-unreached-n = { $n ->
    [one] No hay a quién escribir en 1 institución
   *[other] No hay a quién escribir en { $n } instituciones
}
minutes-unreached-next = Conviene avisarles por otro medio, o registrar antes a sus personas o su correo.
minutes-signed = Lo que queda aprobado
minutes-see-pdf = Ver el acta en PDF
minutes-signed-present = { $commission }: { $present } de { $entitled } integrantes con voto presentes
minutes-signed-points = { $n ->
    [0] Sin puntos en el orden del día
    [one] 1 punto del orden del día
   *[other] { $n } puntos del orden del día
}
minutes-signed-agreements = { $n ->
    [0] Sin acuerdos
    [one] 1 acuerdo
   *[other] { $n } acuerdos
}
minutes-signed-commitments = { $n ->
    [0] Sin compromisos
    [one] 1 compromiso
   *[other] { $n } compromisos
}
minutes-agreement-n = Acuerdo { $number }:
minutes-drafts-n = { $n ->
    [one] 1 registro en borrador se publica con el acta
   *[other] { $n } registros en borrador se publican con el acta
}
minutes-institutions-n = { $n ->
    [0] Sin instituciones
    [one] 1 institución
   *[other] { $n } instituciones
}
minutes-no-term = sin plazo
minutes-comments-still-open = El plazo para observaciones sigue abierto hasta el { $day }.
minutes-not-circulated = El acta no ha circulado. Se puede aprobar así si se leyó al final de la sesión.
minutes-approve-about = La sesión queda como realizada. El contenido queda fijo, con su código, y ya no cambia. Las instituciones de la sesión reciben un correo.
minutes-publish = Acuerdos y compromisos en borrador
minutes-publish-yes = Adoptarlos y publicarlos con el acta
minutes-publish-yes-about = Los acuerdos quedan vigentes y cada institución responsable de un compromiso recibe un aviso.
minutes-publish-no = Dejarlos como borrador: el acta no los menciona
minutes-approved-in = Aprobada en: { $title }
minutes-approved-in-field = Sesión en que se aprueba
minutes-approved-in-hint = Cuando se aprueba en una sesión posterior.
minutes-approved-in-none = Fuera de otra sesión
minutes-rectification-n = Rectificación { $n }, { $day }
minutes-rectification-text = Texto de la rectificación
minutes-rectification-hint = Qué se rectifica y por qué. Se agrega al acta aprobada.
minutes-rectify-about = Se crea una versión nueva del acta con este texto. Las versiones anteriores se conservan. Las instituciones de la sesión reciben un correo.
minutes-rectify-not-yet = El acta no está aprobada. Hasta la aprobación se cambia el texto mismo.
minutes-added-agreements = Acuerdos que se agregan
minutes-added-commitments = Compromisos que se agregan
done-minutes-saved = El borrador del acta está guardado.
done-minutes-circulated = El acta está en circulación.
done-minutes-approved = El acta está aprobada.
done-minutes-rectified = El acta está rectificada.
done-minutes-commented = La observación está enviada.
minutes-not-yet = El acta todavía no está disponible. Se puede leer cuando la secretaría la circula; se avisa por correo.
