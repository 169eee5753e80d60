# Web pages: agreements, and the session's page of agreements and commitments.
agreements-name = Acuerdo { $number }: { $title }
agreements-new = Nuevo acuerdo
agreements-edit = Editar acuerdo
agreements-save = Guardar acuerdo
agreements-choose = Elegir
agreements-all = Todos
agreements-apply = Aplicar
agreements-words = Palabras
agreements-commission = Comisión
agreements-commissions = Comisiones
agreements-theme = Tema
agreements-unknown = otro filtro
agreements-none = Todavía no hay acuerdos. Se registran en la página de cada sesión o con el botón «Nuevo acuerdo».
agreements-none-filtered = Ningún acuerdo cumple estos filtros.
agreements-count = { $n ->
    [one] 1 acuerdo
   *[other] { $n } acuerdos
}
agreements-column-agreement = Acuerdo
agreements-column-commissions = Comisiones
agreements-column-session = Sesión
agreements-column-adopted = Adopción
agreements-column-status = Estado
agreements-status = Estado
agreements-status-draft = Borrador
agreements-status-in-force = Vigente
agreements-status-ended = Terminado
agreements-kind = Tipo
agreements-kind-meeting-agreement = Acuerdo de sesión
agreements-kind-intergovernmental-agreement = Convenio entre gobiernos
agreements-kind-cooperation-agreement = Convenio de cooperación
agreements-kind-memorandum-of-understanding = Memorándum de entendimiento
agreements-kind-letter-of-intent = Carta de intención
agreements-method = Forma de adopción
agreements-method-unanimity = Por unanimidad
agreements-method-consensus = Por consenso
agreements-method-majority = Por mayoría
agreements-method-unspecified = El acta no dice la forma
agreements-votes-for = { $n } a favor
agreements-votes-against = { $n } en contra
agreements-votes-abstained = { $n ->
    [one] 1 abstención
   *[other] { $n } abstenciones
}
agreements-for = Votos a favor
agreements-against = Votos en contra
agreements-abstained = Abstenciones
agreements-number = Número
agreements-number-hint = Como figura en el acta. Por ejemplo: 6.
agreements-title = Título
agreements-text = Texto del acuerdo
agreements-text-hint = En las palabras del acta.
agreements-session = Sesión
agreements-no-session = Sin sesión
agreements-item = Punto del orden del día
agreements-no-item = Sin punto
agreements-adopted = Fecha de adopción
agreements-adopted-hint = Solo si es distinta de la fecha de la sesión. Por ejemplo: 22/08/2023 o marzo de 2023.
agreements-restricted = Reservado
agreements-restricted-field = Reservado
agreements-restricted-hint = Solo lo ven las secretarías, la coordinación y las instituciones nombradas.
agreements-not-stated = Sin indicar
agreements-more = Temas, vigencia, alcance y partes
agreements-themes = Temas
agreements-scope = Alcance
agreements-in-force-from = Vigente desde
agreements-in-force-to = Vigente hasta
agreements-when-text = Fecha en las palabras de la fuente
agreements-document-url = Dirección del texto en la web
agreements-parties = Partes
agreements-parties-n = { $n } partes
agreements-party-n = Parte { $n }
agreements-party-name = Institución o nombre
agreements-party-hint = Una institución del directorio siempre ve el acuerdo en que es parte.
agreements-party-side = Lado
agreements-add-party = Agregar otra parte
agreements-attachments = Documentos
agreements-attachment-n = Documento { $n }
agreements-attachment-title = Título
agreements-attachment-url = Dirección en la web
agreements-attachment-file = Archivo
agreements-attachment-hint = PDF, Word o imagen, hasta 20 MB. En lugar de la dirección.
agreements-add-attachment = Agregar otro documento
agreements-remove = Quitar
agreements-do-remove = Eliminar acuerdo
agreements-remove-about = El acuerdo se elimina. No es posible si tiene compromisos o si figura en un acta aprobada.
agreements-about = Datos del acuerdo
agreements-no-commitments = Este acuerdo no tiene compromisos.
done-agreement-saved = El acuerdo está guardado.
done-agreement-saved-same-number = El acuerdo está guardado. Otro acuerdo de la sesión tiene el mismo número.
done-agreement-removed = El acuerdo está eliminado.
done-agreements-entered = Todo está guardado.
entry-agreements-n = { $n ->
    [0] Sin acuerdos
    [one] 1 acuerdo
   *[other] { $n } acuerdos
}
entry-commitments-n = { $n ->
    [0] Sin compromisos
    [one] 1 compromiso
   *[other] { $n } compromisos
}
entry-none-yet = La sesión todavía no tiene acuerdos ni compromisos. Se registran con el formulario de esta página.
entry-none = La sesión no tiene acuerdos ni compromisos.
entry-drafts-n = { $n ->
    [one] 1 compromiso es un borrador. La aprobación del acta lo publica y avisa a las instituciones.
   *[other] { $n } compromisos son borradores. La aprobación del acta los publica y avisa a las instituciones.
}
entry-drafts-left-n = { $n ->
    [one] 1 compromiso es todavía un borrador: las instituciones no lo ven.
   *[other] { $n } compromisos son todavía borradores: las instituciones no los ven.
}
entry-publish-drafts = { $n ->
    [one] Publicar el borrador ahora
   *[other] Publicar los { $n } borradores ahora
}
entry-publication-title = Publicar los borradores
entry-publication-about = Estos compromisos entran en vigor y aparecen en las listas y documentos. Las instituciones pueden informar desde ese momento. Cada institución recibe un correo por compromiso.
entry-publication-submit = { $n ->
    [one] Publicar y avisar
   *[other] Publicar los { $n } y avisar
}
entry-no-drafts = La sesión no tiene borradores por publicar.
done-entry-published = Los borradores se publicaron. Se avisó a las instituciones que tienen contacto y, por las demás, a la secretaría.
entry-minutes-approved = El acta está aprobada. Lo que se registre ahora entra en el acta solo con una rectificación.
entry-without-item = Sin punto del orden del día
entry-add-here = Agregar acuerdo en este punto
entry-add-commitments = Agregar compromisos
entry-no-commitments = Sin compromisos.
entry-add-agreement = Agregar acuerdo con sus compromisos
entry-add-to = Agregar compromisos a: { $name }
entry-title-hint = Sin título ni texto, los compromisos se registran sin acuerdo.
entry-adoption = Adopción, temas y reserva
entry-commitments = Compromisos
entry-commitments-about = Los que queden en blanco no se guardan.
entry-shared = Para todos los compromisos
entry-shared-about = Este plazo y estos responsables valen para cada compromiso que no tiene los suyos.
entry-own-due = Plazo propio
entry-own-due-hint = Vacío: el plazo de todos.
entry-own-responsible = Otros responsables, o plazo en las palabras del acta
entry-commitment-n = Compromiso { $n }
entry-commitment-text = Qué se hará
entry-due = Plazo
entry-due-text = Plazo en las palabras del acta
entry-due-text-hint = Solo si el acta dice algo que la fecha no dice.
entry-responsible = Responsables
entry-responsible-hint = Todo lo que se marca o escribe se suma.
entry-all-members = Todos los integrantes de { $commission } ({ $n })
entry-sectors = Integrantes de un grupo
entry-sector = { $sector } ({ $n })
entry-single = Elegir instituciones una por una
entry-institutions = Integrantes
entry-others = Otras instituciones
entry-others-hint = Un nombre o sigla en cada línea.
entry-add-row = Agregar otro compromiso
entry-publish = Publicar ahora
entry-publish-hint = Sin marcar, los compromisos son borradores hasta la aprobación del acta. Con la marca, las instituciones reciben el aviso hoy.
entry-save = Guardar
sheet-day = Estado al { $day }
sheet-about = Compromisos registrados antes de esta sesión.
sheet-download = Descargar:
sheet-none = No había compromisos por seguir.
sheet-none-of-commission = La comisión no tenía compromisos por seguir.
sheet-totals = Compromisos por comisión y estado
sheet-commission = Comisión
sheet-overdue = Vencidos
sheet-was-overdue = vencido
sheet-see-institutions = Ver instituciones
sheet-of = Compromisos de { $commission }
sheet-previous = Sesión anterior:
sheet-first = Es su primera sesión.
sheet-column-code = Código
sheet-column-text = Compromiso
sheet-column-responsible = Responsables
sheet-column-due = Plazo
sheet-column-status = Estado

agreement-finding-unanimity-with-abstentions = Hay abstenciones en un acuerdo por unanimidad; revise la votación.
agreement-finding-unanimity-without-figures = El acuerdo por unanimidad no indica votos a favor; agréguelos si se contaron.
