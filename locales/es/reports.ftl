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
draft-number-2 = dos
draft-number-3 = tres
draft-number-4 = cuatro
draft-number-5 = cinco
draft-number-6 = seis
draft-number-7 = siete
draft-number-8 = ocho
draft-number-9 = nueve
draft-number-10 = diez
draft-enumeration = { $list }; y { $last }
draft-reference = { $title } (pregunta { $n })
# The title ends with words in brackets; its last bracket was removed and is written here: "Curso (Arica; pregunta 4)".
draft-reference-within = { $title }; pregunta { $n })
draft-in-each-case = En cada caso, { $comment }
draft-civil-society = organizaciones de la sociedad civil
draft-initiatives = Iniciativas regionales o mundiales
draft-work-of-partners = En { $body }, { $names } { $text }
draft-questions = { $count ->
    [one] pregunta { $list }
   *[other] preguntas { $list }
}

draft-when-day = El { $date }{ " " }
draft-when-month = En { $date }{ " " }
draft-when-term = En el { $date }{ " " }
draft-when-range = De { $date }{ " " }
draft-when-days = Del { $date }{ " " }
draft-when-until = Hasta { $date }{ " " }
draft-when-words = { $date }{ " " }

draft-verb-held = { $count ->
    [one] { $when }se realizó { $what }{ $tail }
   *[other] { $when }se realizaron { $what }{ $tail }
}
draft-verb-held-by = { $count ->
    [one] { $when }{ $actor } realizó { $what }{ $tail }
   *[other] { $when }{ $actor } realizaron { $what }{ $tail }
}
draft-action = { $when }se { $verb } { $what }{ $tail }
draft-action-by = { $when }{ $actor } { $verb } { $what }{ $tail }
draft-verb-approved = { $count ->
    [one] { $when }se aprobó { $what }{ $tail }
   *[other] { $when }se aprobaron { $what }{ $tail }
}
draft-verb-approved-by = { $count ->
    [one] { $when }{ $actor } aprobó { $what }{ $tail }
   *[other] { $when }{ $actor } aprobaron { $what }{ $tail }
}
draft-verb-published = { $count ->
    [one] { $when }se difundió { $what }{ $tail }
   *[other] { $when }se difundieron { $what }{ $tail }
}
draft-verb-published-by = { $count ->
    [one] { $when }{ $actor } difundió { $what }{ $tail }
   *[other] { $when }{ $actor } difundieron { $what }{ $tail }
}
draft-verb-presented = { $count ->
    [one] { $when }se presentó { $what }{ $tail }
   *[other] { $when }se presentaron { $what }{ $tail }
}
draft-verb-presented-by = { $count ->
    [one] { $when }{ $actor } presentó { $what }{ $tail }
   *[other] { $when }{ $actor } presentaron { $what }{ $tail }
}
draft-verb-received = { $count ->
    [one] { $when }se recibió { $what }{ $tail }
   *[other] { $when }se recibieron { $what }{ $tail }
}
draft-verb-maintained = { $count ->
    [one] { $when }se mantuvo { $what }{ $tail }
   *[other] { $when }se mantuvieron { $what }{ $tail }
}
draft-verb-maintained-by = { $count ->
    [one] { $when }{ $actor } mantuvo { $what }{ $tail }
   *[other] { $when }{ $actor } mantuvieron { $what }{ $tail }
}
draft-verb-counted = { $count ->
    [one] { $when }se contó con { $what }{ $tail }
   *[other] { $when }se contó con { $what }{ $tail }
}
draft-verb-counted-by = { $count ->
    [one] { $when }{ $actor } contó con { $what }{ $tail }
   *[other] { $when }{ $actor } contaron con { $what }{ $tail }
}
draft-verb-provided = { $count ->
    [one] { $when }se brindó { $what }{ $tail }
   *[other] { $when }se brindaron { $what }{ $tail }
}
draft-verb-provided-by = { $count ->
    [one] { $when }{ $actor } brindó { $what }{ $tail }
   *[other] { $when }{ $actor } brindaron { $what }{ $tail }
}
draft-verb-happened = { $count ->
    [one] { $when }tuvo lugar { $what }{ $tail }
   *[other] { $when }tuvieron lugar { $what }{ $tail }
}
draft-verb-commemorated = { $count ->
    [one] { $when }se conmemoró { $what }{ $tail }
   *[other] { $when }se conmemoraron { $what }{ $tail }
}
draft-verb-commemorated-by = { $count ->
    [one] { $when }{ $actor } conmemoró { $what }{ $tail }
   *[other] { $when }{ $actor } conmemoraron { $what }{ $tail }
}
draft-verb-available = { $count ->
    [one] { $when }quedó disponible { $what }{ $tail }
   *[other] { $when }quedaron disponibles { $what }{ $tail }
}
draft-verb-advanced = { $count ->
    [one] { $when }se avanzó en { $what }{ $tail }
   *[other] { $when }se avanzó en { $what }{ $tail }
}
draft-verb-advanced-by = { $count ->
    [one] { $when }{ $actor } avanzó en { $what }{ $tail }
   *[other] { $when }{ $actor } avanzaron en { $what }{ $tail }
}
draft-verb-completed = { $count ->
    [one] { $when }se concretó { $what }{ $tail }
   *[other] { $when }se concretaron { $what }{ $tail }
}
draft-verb-completed-by = { $count ->
    [one] { $when }{ $actor } concretó { $what }{ $tail }
   *[other] { $when }{ $actor } concretaron { $what }{ $tail }
}
draft-through = { $above }, por medio de { $part }
draft-tail-by = , a cargo de { $names }
draft-tail-with = , con la participación de { $names }
draft-tail-within = , en el marco de { $names }
draft-tail-in = { " " }en { $names }
draft-tail-at = { " " }({ $names })
draft-tail-for = , para { $who }
draft-tail-times = , { $n } en total
draft-tail-people = { $count ->
    [one] , con una persona participante{ $shares }
   *[other] , con { $n } participantes{ $shares }
}
draft-tail-people-who = { $count ->
    [one] , con una persona participante: { $who }
   *[other] , con { $n } participantes: { $who }
}
draft-women = { $value } mujeres
draft-men = { $value } hombres
draft-national = { " " }de alcance nacional
draft-regions = los gobiernos regionales de { $names }
draft-regions-all = los { $n } gobiernos regionales
draft-result = Resultado: { $value }
draft-expected = Resultado esperado: { $value }
draft-documents = Véase: { $value }
draft-dated = { $title }, { $date }
draft-adopted = { $count ->
    [one] Se adoptó { $title }
   *[other] Se adoptaron { $title }
}
draft-term = Pendiente (plazo: { $date }): { $text }
draft-term-to = Falta { $text } (plazo: { $date })

draft-no-theme = Otras materias
draft-agreements = **Acuerdos**
draft-elsewhere = También responden a esta prioridad: { $list }
draft-agreement-numbered = En { $meeting } se aprobó{ $vote } el acuerdo { $number }: { $title }
draft-agreement-of-meeting = En { $meeting } se acordó{ $vote }: { $title }{ $number }
draft-vote = { " " }con { $yes } votos a favor, { $no } en contra y { $abstained } abstenciones
draft-vote-unanimity = { " " }por unanimidad
draft-vote-consensus = { " " }por consenso
draft-vote-majority = { " " }por mayoría
draft-signed = { $count ->
    [one] { $when }se suscribió { $what }{ $actor }
   *[other] { $when }se suscribió { $what }{ $actor }
}
draft-signed-by = { $count ->
    [one] { $when }{ $actor } suscribió { $what }
   *[other] { $when }{ $actor } suscribieron { $what }
}
draft-sessions = { $count ->
    [one] { $name } sesionó una vez en el período: { $list }
   *[other] { $name } sesionó { $n } veces en el período: { $list }
}
draft-beneficiaries = en favor de { $names }
draft-due = plazo: { $date }
draft-agreed = Se acordó { $list }
draft-undertook = { $count ->
    [one] { $names } se comprometió a { $list }
   *[other] { $names } se comprometieron a { $list }
}
draft-reached = { $reached } de { $target } { $unit }
draft-reached-more = { $reached } { $unit }, más que los { $target } previstos
draft-state-completed = cumplido
draft-state-reported = informado como cumplido
draft-state-open = en curso
draft-indicators = { $count ->
    [one] { $title } (indicador: { $list })
   *[other] { $title } (indicadores: { $list })
}
draft-states = { $count ->
    [one] A { $day }, el comité regional ({ $name }) estaba así: { $states }
   *[other] A { $day }, los { $n } comités regionales ({ $name }) estaban así: { $states }
}
draft-state-active = { $count ->
    [one] uno activo ({ $names })
   *[other] { $n } activos ({ $names })
}
draft-state-inactive = { $count ->
    [one] uno inactivo ({ $names })
   *[other] { $n } inactivos ({ $names })
}
draft-state-unknown = { $count ->
    [one] uno sin información ({ $names })
   *[other] { $n } sin información ({ $names })
}
draft-states-norms-all = { $count ->
    [one] Tiene norma de creación.
   *[other] Los { $n } tienen norma de creación.
}
draft-states-norms = { $count ->
    [one] Uno tiene norma de creación.
   *[other] De ellos, { $n } tienen norma de creación.
}
draft-both = { $first }, y { $second }
draft-states-secretariats = La secretaría técnica de cada uno está a cargo de su gobierno regional.

draft-step-activities = Se avanzó en el período ({ $questions }).
draft-plan-begins = { $title } ({ $date })
draft-support = { $form }: { $text }
draft-support-to = { $form } para { $text }
draft-addressee = De parte de: { $value }
draft-duty = { $count ->
    [one] De «{ $title }» se recibió 1 de { $due } informes de { $institutions } instituciones
   *[other] De «{ $title }» se recibieron { $n } de { $due } informes de { $institutions } instituciones
}
draft-duty-zero = { $count ->
    [one] 1 con cero
   *[other] { $n } con cero
}
draft-duty-nothing = { $count ->
    [one] 1 sin nada que informar
   *[other] { $n } sin nada que informar
}
draft-duty-late = { $count ->
    [one] 1 después del plazo
   *[other] { $n } después del plazo
}
draft-duty-missing = { $count ->
    [one] No se recibió 1 de los { $due } informes pedidos de «{ $title }»
   *[other] No se recibieron { $n } de los { $due } informes pedidos de «{ $title }»
}
draft-measured = «{ $name }»: { $value } ({ $period })
draft-measured-preliminary = «{ $name }»: { $value } ({ $period }, valor preliminar)
draft-measured-baseline = línea de base de { $year }, { $value }
draft-measured-target = meta de { $year }, { $value }
draft-measured-tool = { $count ->
    [one] Se midió 1 indicador de los planes, con { $values } del período.
   *[other] Se midieron { $n } indicadores de los planes, con { $values } del período.
}
draft-measured-values = { $count ->
    [one] 1 valor
   *[other] { $n } valores
}
draft-registers = Registro de las actividades de cada comisión en el marco de los instrumentos nacionales
draft-registers-of = Cada comisión registra sus actividades en el marco de su instrumento nacional: { $list }
draft-register-of = { $name }, { $plan }
draft-accompanies = { $count ->
    [one] Participa en { $names }
   *[other] Participan en { $names }
}
draft-led-by = { $name }, con el liderazgo de { $lead }
draft-new-members = { $count ->
    [one] A { $commission } se incorporó { $names }
   *[other] A { $commission } se incorporaron { $names }
}
draft-revived = { $commission } volvió a funcionar.

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
report-finding-suggested-completed = Los registros sugieren «Completado»; una persona decide el estado.
report-finding-suggested-in-progress = Los registros sugieren «En curso»; una persona decide el estado.
report-finding-suggested-planned = Los registros sugieren «Previsto»; una persona decide el estado.
report-finding-suggested-not-achieved = Los registros sugieren «No alcanzado»; una persona decide el estado.
report-finding-rating-steps = Para decidir la calificación: { $count ->
    [one] { $done ->
        [0] el próximo paso no está completado
       *[other] el próximo paso está completado
    }
   *[other] { $done ->
        [0] ninguno de los { $listed } próximos pasos está completado
        [one] { $declared } de { $listed } próximos pasos está completado
       *[other] { $declared } de { $listed } próximos pasos están completados
    }
}.
report-finding-rating-commitments = Para decidir la calificación: { $count ->
    [one] { $done ->
        [0] el compromiso no está cumplido y aceptado
       *[other] el compromiso está cumplido y aceptado
    }
   *[other] { $done ->
        [0] ninguno de los { $listed } compromisos está cumplido y aceptado
        [one] { $declared } de { $listed } compromisos está cumplido y aceptado
       *[other] { $declared } de { $listed } compromisos están cumplidos y aceptados
    }
}.
report-finding-from-last-report = Es la respuesta del informe anterior; confírmela o cámbiela.
report-finding-priorities-over = Tienen un período propio que ya terminó: { $titles }. Decida si la hoja de ruta necesita revisión.
report-finding-overdue = Vencidos y sin reporte de cumplimiento al cierre del período, o a la fecha si aún no cierra: { $titles }. Decida si son un reto que contar.
report-finding-unassigned = Compromisos abiertos sin institución responsable en el registro: { $titles }. Asígnela.
report-finding-not-reported = Sin reporte de avance en el registro durante el período: { $titles }. Pida el reporte o confirme que no lo hubo.
report-finding-unvalidated = Sin validar por la secretaría, no se incluyen: { $titles }.
report-finding-restricted = { $count ->
    [one] Una actividad de carácter reservado no se describe.
   *[other] { $listed } actividades de carácter reservado no se describen.
}
report-finding-partner-without-type = Socios internacionales sin clase en el registro, que no se mencionan: { $titles }. Indique su clase si colaboraron.
report-finding-translation-missing = No tienen traducción al inglés y se muestran en su idioma: { $titles }. Tradúzcalos en su ficha.
report-finding-remark-in-record = El texto repite una anotación de quien registró los datos; pásela a la nota del registro.
report-finding-mandatory-empty = La pregunta es obligatoria; respóndala.
report-finding-choice-not-single = Admite una sola opción y hay más de una marcada; deje una.
report-finding-exclusive-choice-mixed = «No aplicable» excluye las demás opciones; deje esa sola o quítela.
report-finding-item-missing = Nadie ha respondido este punto de la hoja de ruta; responda, aunque sea para decir que no hubo avances.
report-finding-outside-period = No corresponden al período y no cuentan como avance suyo: { $titles }. Quítelas del texto o explique por qué se mencionan.
report-finding-began-before-period = Comenzaron antes del período: { $titles }. Diga qué parte corresponde a este informe.
report-finding-evidence-after-period = El medio de verificación lleva una fecha posterior al período en: { $titles }. Confirme la fecha o cite otro.
report-finding-count-mismatch = { $titles } declara { $done ->
    [one] { $declared } integrante
   *[other] { $declared } integrantes
} y su nómina tiene { $listed }; complete la nómina o corrija la cifra.
report-finding-other-without-text = Se marcó «otros»; especifique cuáles.
report-finding-choice-unmarked = No hay ninguna opción marcada; marque una.
report-finding-partner-type-unnamed = Se marcó { $kinds }, pero no se nombra a ningún socio de esa clase; nómbrelo o quite la marca.
report-finding-partner-type-unmarked = Se nombra a socios de la clase { $kinds }, que no está marcada; márquela.
report-finding-condition-unmet = Solo se responde cuando la pregunta de la que depende lo pide; vacíela o cambie la otra respuesta.
report-finding-condition-unanswered = La respuesta anterior pide detallar aquí; hágalo.
report-finding-theme-without-entry = Ninguna entrada trata en primer lugar de { $themes }; agregue lo que corresponda o confirme que no hay nada que decir.
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
report-question-assigned-subject = { $title }: una pregunta por responder
report-question-assigned = La coordinación asignó a la comisión una pregunta del informe anual. La secretaría puede leer el borrador, cambiarlo, comentarlo y confirmarlo.
report-question-assigned-link = Responder la pregunta
report-question-answered-subject = { $title }: una comisión respondió su pregunta
report-question-answered = La secretaría a la que se asignó esta pregunta del informe anual la respondió y confirmó la respuesta. Puede comentarla para pedir cambios, o cambiarla en la misma página.
report-question-answered-link = Ver la respuesta
report-question-commented-subject = { $title }: un comentario a una respuesta
report-question-commented = Hay un comentario nuevo a una respuesta del informe anual. Los comentarios son para quienes preparan el informe y no figuran en ningún documento.
report-question-commented-link = Ver la pregunta
report-label-report = Informe
report-label-question = Pregunta
report-label-commission = Comisión
report-label-comment = Comentario
report-label-author = Escrito por
report-figure-members = Integrantes de las comisiones al último día del período
report-figure-institutions = Instituciones que las integran
report-figure-sessions = Sesiones realizadas en el período
report-figure-activities = Actividades validadas del período
document-mandatory = El signo * señala las preguntas obligatorias.
document-draft = BORRADOR: el informe no está aprobado.
document-label-country = País
document-label-period = Período
document-label-roadmap = Hoja de ruta
document-label-commissions = Comisiones
document-label-questions = Preguntas
document-wording-form = las del formulario de la Alianza 8.7
document-wording-own = con redacción propia, en el orden y con la numeración del formulario de la Alianza 8.7
document-label-version = Versión
document-label-reason = Motivo de la versión
document-label-status = Estado
document-version-replaces = { $n } (reemplaza a la versión { $before })
document-file-draft = borrador
document-file-working = copia-de-trabajo
document-approved = Aprobado el { $day }
document-approved-by = Aprobado el { $day } por { $office }
document-office-coordinator = la coordinación nacional ({ $country })
document-office-administration = la administración del sistema
document-alliance = Alianza 8.7
document-draft-mark = BORRADOR
document-foot = { $title } · versión { $version } · { $sha256 }
document-confirmed = Confirmada por { $name }.
document-other = Otros: { $value }
document-other-named = { $label }: { $value }
document-not-answered = No se respondió.
document-empty = Sin respuesta todavía.
document-empty-options = Sin respuesta todavía. Opciones: { $options }.
document-no-option = Ninguna opción marcada.
document-not-asked-for = No corresponde.
document-drafted = Falta que una persona confirme esta respuesta.
document-findings = Por revisar:
document-sources = Fuentes:

report-no-such-roadmap = no existe esa hoja de ruta del país { $country }
report-no-roadmap = el país { $country } no tiene una hoja de ruta vigente en el período
report-several-roadmaps = el país { $country } tiene varias hojas de ruta vigentes en el período; indique una: { $roadmaps }
