# Borradores, documento, avisos y sugerencias del informe de progreso.

report-theme-child-labour = trabajo infantil
report-theme-forced-labour = trabajo forzoso
report-theme-human-trafficking = trata de personas
report-theme-modern-slavery = esclavitud moderna

report-kind-training = Capacitaciones
report-kind-workshop = Talleres
report-kind-seminar = Seminarios
report-kind-course = Cursos
report-kind-talk = Charlas
report-kind-campaign = Campañas
report-kind-commemoration = Conmemoraciones
report-kind-inspection-operation = Operativos de fiscalización
report-kind-technical-assistance = Asistencia técnica
report-kind-coordination = Coordinación
report-kind-study = Estudios
report-kind-survey = Encuestas
report-kind-publication = Publicaciones
report-kind-legal-instrument = Normas e instrumentos jurídicos
report-kind-protocol = Protocolos
report-kind-exchange = Intercambios
report-kind-meeting = Reuniones
report-kind-recognition = Reconocimientos
report-kind-milestone = Hitos
report-kind-other = Otras acciones

report-sector-government = Ministerios y servicios del Gobierno
report-sector-regional-government = Gobiernos regionales
report-sector-local-government = Gobiernos locales
report-sector-autonomous-body = Organismos autónomos
report-sector-judiciary = Poder judicial
report-sector-employers = Organizaciones de empleadores
report-sector-workers = Organizaciones de trabajadores
report-sector-civil-society = Sociedad civil
report-sector-survivors = Organizaciones de sobrevivientes
report-sector-private-sector = Sector privado
report-sector-academia = Academia
report-sector-international-organization = Organismos internacionales
report-sector-foreign-government = Gobiernos extranjeros

draft-more = { $count ->
    [one] una más
   *[other] { $n } más
}
draft-until = hasta { $when }
draft-undated = sin fecha
draft-undated-in-period = sin fecha exacta, dentro del período
draft-undated-within = sin fecha exacta, informada para { $when }
draft-result = Resultado: { $value }
draft-expected = Resultado esperado: { $value }
draft-times = Realizaciones: { $value }
draft-place = Lugar: { $value }
draft-participants = Participantes: { $value }
draft-women = mujeres: { $value }
draft-men = hombres: { $value }
draft-audience-uncounted = { $value } (sin cifra)
draft-organizers = A cargo de: { $value }
draft-partners = Con la participación de: { $value }
draft-evidence = Medios de verificación: { $value }
draft-parties = Partes: { $value }
draft-term = Plazo: { $value }

draft-activities = { $count ->
    [one] una actividad
   *[other] { $n } actividades
}
draft-activities-validated = { $count ->
    [one] Una actividad validada en el registro
   *[other] { $n } actividades validadas en el registro
}
draft-occurrences = { $count ->
    [one] una realización
   *[other] { $n } realizaciones
}
draft-occurrences-silent = { $count ->
    [one] Un registro no indica cuántas veces se realizó y no entra en esa suma.
   *[other] Hay { $n } registros que no indican cuántas veces se realizaron y no entran en esa suma.
}
draft-occurrences-none = Ningún registro indica cuántas veces se realizaron.
draft-progress-none = En el período ({ $period }) el registro no tiene actividades validadas vinculadas a esta prioridad.
draft-progress-sum = Para esta prioridad, el registro reúne en el período ({ $period }) { $activities }.
draft-progress-sum-times = Para esta prioridad, el registro reúne en el período ({ $period }) { $activities }, con un total de { $times }.
draft-trainings = { $count ->
    [one] De ellas, una es de formación.
   *[other] De ellas, { $n } son de formación.
}
draft-people = { $count ->
    [one] Participó una persona.
   *[other] Participaron { $n } personas.
}
draft-people-unstated = { $count ->
    [one] Un registro de formación no señala el número de participantes.
   *[other] Hay { $n } registros de formación que no señalan el número de participantes.
}
draft-people-unstated-all = Ninguna señala el número de participantes.
draft-people-unstated-single = No se señala el número de participantes.
draft-no-theme = sin materia indicada
draft-agreements = Acuerdos adoptados en el período:
draft-commitments-done = Compromisos cumplidos en el período:
draft-commitments-moving = Compromisos en curso, con avances informados en el período:
draft-states = Situación al { $day } de los { $n } comités regionales ({ $name }):
draft-state-active = { $count ->
    [one] uno activo,
   *[other] { $n } activos,
}
draft-state-inactive = { $count ->
    [one] uno inactivo
   *[other] { $n } inactivos
}
draft-state-unknown = { $count ->
    [one] y uno sin información
   *[other] y { $n } sin información
}
draft-outside = Fuera del período ({ $period }); se mencionan aparte y no se cuentan:
draft-undated-apart = Sin fecha; no puede saberse si corresponden al período y no se cuentan:
draft-unvalidated = { $count ->
    [one] Hay además una actividad que la secretaría aún no ha validado; no se incluye.
   *[other] Hay además { $n } actividades que la secretaría aún no ha validado; no se incluyen.
}
draft-restricted = { $count ->
    [one] Hay además una actividad de carácter reservado, que no se describe.
   *[other] Hay además { $n } actividades de carácter reservado, que no se describen.
}

draft-step-suggested = Estado que sugiere el registro: { $status }. { $reasons } Confírmelo o cámbielo.
draft-step-activities = { $count ->
    [one] Actividad vinculada en el período:
   *[other] Actividades vinculadas en el período ({ $n }):
}
draft-step-commitments = Compromisos vinculados:
draft-next-steps = Próximos pasos de la hoja de ruta para { $period }:
draft-next-due = Compromisos abiertos que vencen en ese plazo:
draft-next-overdue = Compromisos abiertos que ya vencieron:
draft-next-plans = Planes y estrategias que comienzan en ese plazo:

draft-observation-undated = (Sin fecha de anotación.)
draft-noted-before = Anotado antes del período:
draft-risk-overdue = { $count ->
    [one] Al cierre del período hay un compromiso vencido y sin cumplir:
   *[other] Al cierre del período hay { $n } compromisos vencidos y sin cumplir:
}
draft-risk-unassigned = { $count ->
    [one] Hay un compromiso abierto sin institución responsable:
   *[other] Hay { $n } compromisos abiertos sin institución responsable:
}
draft-responses = Qué se hizo frente a las dificultades:
draft-lessons = Lo aprendido:
draft-modality = Modalidad: { $value }
draft-addressee = De parte de: { $value }
draft-addressee-missing = No se indica de parte de quién.

draft-rating = Datos del registro para decidir la calificación:
draft-rating-steps = Próximos pasos: { $n } ({ $states }).
draft-rating-completed = completados: { $n }
draft-rating-in-progress = en curso: { $n }
draft-rating-planned = previstos: { $n }
draft-rating-not-achieved = no alcanzados: { $n }
draft-rating-undecided = sin estado: { $n }
draft-rating-commitments = Compromisos: { $n } (cumplidos: { $completed }; vencidos al cierre: { $overdue }).
draft-commitment-count = { $count ->
    [one] un compromiso
   *[other] { $n } compromisos
}
draft-agreement-count = { $count ->
    [one] un acuerdo
   *[other] { $n } acuerdos
}
draft-beyond-roadmap = Resultados que no corresponden a ningún punto de la hoja de ruta:

draft-tools-other = Registro de actividades de las comisiones, actas de sus sesiones y seguimiento de los acuerdos
draft-tools-record = El registro común de las comisiones contiene para { $period }:
draft-meetings = { $count ->
    [one] Una sesión o encuentro realizado
   *[other] { $n } sesiones o encuentros realizados
}
draft-tools-meetings = { $meetings }; actas redactadas: { $minutes }; actas aprobadas: { $approved }.
draft-tools-followed = Seguimiento con reportes de avance: { $commitments }, que nacen de { $agreements }.
draft-tools-evidence = { $count ->
    [one] Un medio de verificación citado:
   *[other] { $n } medios de verificación citados:
}
draft-without-commission = sin comisión { $n }
draft-joint-note = Las actividades conjuntas se cuentan en cada comisión.
draft-gap-reports = { $missing } de { $all } instituciones con compromisos asignados no informaron avances en el período: { $names }.
draft-gap-commitments = { $count ->
    [one] Un compromiso cumplido no cita medios de verificación.
   *[other] { $n } compromisos cumplidos no citan medios de verificación.
}
draft-gap-participants = { $missing } de { $all } registros de formación no señalan el número de participantes.
draft-gap-dates = { $missing } de { $all } registros de formación no tienen fecha.
draft-gap-evidence = { $missing } de { $all } actividades no citan medios de verificación.
draft-gap-result = { $missing } de { $all } actividades no señalan resultado, ni logrado ni esperado.
draft-attended = Asistió a: { $titles }
draft-took-part = Participó en: { $titles }
draft-took-part-count = { $count ->
    [one] Participó en una actividad.
   *[other] Participó en { $n } actividades.
}

draft-sits-in = Integra o acompaña: { $value }
draft-party-to = Suscribió: { $titles }
draft-initiatives = Iniciativas regionales y mundiales:
draft-binational = Cooperación entre dos países:

draft-without-box = El cuestionario no tiene casilla para: { $value }
draft-memberships = { $count ->
    [one] una membresía
   *[other] { $n } membresías
}
draft-institutions = { $count ->
    [one] una institución
   *[other] { $n } instituciones distintas
}
draft-members-sum = Al { $day } las comisiones suman { $memberships }, de { $institutions }, sin contar a quienes lideran, llevan la secretaría o asisten como invitados.
draft-members = { $count ->
    [one] Un integrante
   *[other] { $n } integrantes
}
draft-members-declared = { $count ->
    [one] Se declara un integrante; la diferencia con la nómina está por aclararse.
   *[other] Se declaran { $n } integrantes; la diferencia con la nómina está por aclararse.
}
draft-role-lead = Lidera
draft-role-secretariat = Secretaría
draft-role-guest = Invitados y observadores
draft-compare = Cifras del período ({ $period }) y del mismo período del año anterior ({ $before }):
draft-compare-members = Instituciones en las comisiones al cierre: { $now } (antes { $then }).
draft-compare-meetings = Sesiones y encuentros: { $now } (antes { $then }).
draft-compare-attendance = Instituciones presentes por sesión, en promedio: { $now } (antes { $then }).
draft-compare-joint = Actividades conjuntas de dos o más comisiones: { $now } (antes { $then }).
draft-compare-agreements = Acuerdos adoptados: { $now } (antes { $then }).
draft-new-members = { $commission }: se incorporaron { $names }
draft-revived = { $commission } volvió a funcionar.
draft-joint = Actividades conjuntas de dos o más comisiones:

draft-as-before = En el informe anterior ({ $period }) se respondió lo siguiente; confírmelo o cámbielo.
draft-priorities-over = { $count ->
    [one] Una prioridad tiene un período propio que ya terminó:
   *[other] { $n } prioridades tienen un período propio que ya terminó:
}

reason-commitments-fulfilled = { $count ->
    [one] El compromiso vinculado está cumplido.
   *[other] Los { $n } compromisos vinculados están cumplidos.
}
reason-target-reached = { $count ->
    [one] La meta medida se alcanzó, con reporte aceptado.
   *[other] Las { $n } metas medidas se alcanzaron, con reportes aceptados.
}
reason-activities-recorded = { $count ->
    [one] Hay una actividad registrada.
   *[other] Hay { $n } actividades registradas.
}
reason-commitments-moving = { $count ->
    [one] Un compromiso vinculado tiene avances.
   *[other] { $n } compromisos vinculados tienen avances.
}
reason-nothing-recorded = No hay actividades ni avances registrados.
reason-period-over = El período del paso ya terminó y no hay un plazo posterior.
reason-term-ahead = { $count ->
    [one] Un compromiso vinculado tiene un plazo que todavía corre.
   *[other] { $n } compromisos vinculados tienen plazos que todavía corren.
}

report-finding-record = «{ $title }»
report-finding-mandatory-empty = La pregunta es obligatoria; respóndala.
report-finding-choice-not-single = Admite una sola opción y hay más de una marcada; deje una.
report-finding-exclusive-choice-mixed = «No corresponde» excluye las demás opciones; deje esa sola o quítela.
report-finding-item-missing = Nadie ha respondido este punto de la hoja de ruta; responda, aunque sea para decir que no hubo avances.
report-finding-outside-period = No corresponden al período y no cuentan como avance suyo: { $titles }. Quítelas del texto o explique por qué se mencionan.
report-finding-began-before-period = Comenzaron antes del período: { $titles }. Diga qué parte corresponde a este informe.
report-finding-evidence-after-period = El medio de verificación lleva una fecha posterior al período en: { $titles }. Confirme la fecha o cite otro.
report-finding-count-mismatch = { $titles } declara { $declared } integrantes y su nómina tiene { $listed }; complete la nómina o corrija la cifra.
report-finding-other-without-text = Se marcó «otros»; especifique cuáles.
report-finding-choice-unmarked = No hay ninguna opción marcada; marque una.
report-finding-partner-type-unnamed = Se marcó { $kinds }, pero no se nombra a ningún socio de esa clase; nómbrelo o quite la marca.
report-finding-partner-type-unmarked = Se nombra a socios de la clase { $kinds }, que no está marcada; márquela.
report-finding-condition-unmet = Solo se responde cuando la pregunta de la que depende lo pide; vacíela o cambie la otra respuesta.
report-finding-condition-unanswered = La respuesta anterior pide detallar aquí; hágalo.
report-finding-theme-without-entry = No se menciona { $themes }; agregue lo que corresponda o confirme que no hay nada que decir.
report-finding-template-residue = Quedan textos del formulario sin reemplazar; reemplácelos o bórrelos.
report-finding-addressee-missing = El texto no dice de quién se espera el apoyo; indíquelo.
report-finding-addressee-missing-of = Hay necesidades de apoyo que no indican de parte de quién se espera: { $titles }. Indíquelo en cada una.
report-finding-level-missing = No se indica el nivel de participación de cada parte; agregue una fila por parte y marque su nivel.
report-finding-level-missing-of = Falta el nivel de participación de { $name }; márquelo.
report-finding-training-without-dates = Capacitaciones sin fecha: { $titles }. Agregue al menos el mes.
report-finding-training-without-participants = Capacitaciones sin número de participantes: { $titles }. Agréguelo.
report-finding-process-without-result = El texto cuenta lo que se hizo, no lo que se logró; indique el resultado alcanzado o esperado.
report-finding-process-without-result-of = Se cuenta un proceso sin su resultado en: { $titles }. Indique lo logrado o lo esperado.
report-finding-expected-result-missing = El resultado aún no se alcanza y no se dice cuál se espera en: { $titles }. Indíquelo.
report-finding-no-plan-item = No se vinculan a ningún punto de un plan: { $titles }. Vincúlelas si corresponde a la hoja de ruta.
report-finding-evidence-missing = Se marcaron herramientas de evaluación sin mostrar qué dieron; agregue un enlace, un informe u otro medio de verificación.
report-finding-evidence-missing-of-activities = Sin medio de verificación: { $titles }. Agregue un enlace, un archivo o una referencia.
report-finding-evidence-missing-of-commitments = Compromisos cumplidos sin medio de verificación: { $titles }. Agréguelo.
report-finding-possible-duplicate = Podrían ser la misma actividad: { $titles }. Si lo son, deje una sola.
report-finding-date-unclear = Hay una fecha sin año o relativa («este año»); escriba la fecha completa.
report-finding-date-unclear-of = La fecha no es clara en: { $titles }. Confirme el año.

report-source-activity = Actividades
report-source-agreement = Acuerdos
report-source-commission = Comisiones
report-source-commitment = Compromisos
report-source-institution = Instituciones
report-source-meeting = Sesiones
report-source-observation = Observaciones
report-source-plan = Planes
report-source-plan-item = Puntos de la hoja de ruta
report-source-report = Informes anteriores

document-title = Informe de progreso anual: { $country }, { $period }
document-roadmap = Hoja de ruta: { $title }. El signo * señala las preguntas obligatorias.
document-other = Otros: { $value }
document-empty = Sin respuesta.
document-drafted = Borrador generado a partir del registro; falta que una persona lo revise.
document-findings = Por revisar:
document-sources = Fuentes:

report-no-such-roadmap = no existe esa hoja de ruta del país { $country }
report-no-roadmap = el país { $country } no tiene una hoja de ruta vigente en el período
report-several-roadmaps = el país { $country } tiene varias hojas de ruta vigentes en el período; indique una: { $roadmaps }
