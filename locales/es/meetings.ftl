# El acta de una sesión.

acta-title = Acta: { $title }
acta-status = Estado del acta: { $status }
acta-draft = borrador
acta-circulated = circulada
acta-approved = aprobada el { $day }
acta-ordinal = Número: { $ordinal }
acta-kind = Tipo de sesión: { $kind }
meeting-kind-ordinary = ordinaria
meeting-kind-extraordinary = extraordinaria
meeting-kind-inaugural = de instalación
meeting-kind-working = de trabajo
meeting-kind-event = evento
acta-day = Fecha: { $day }
acta-day-from = Fecha: { $day }, desde las { $from } ({ $zone })
acta-day-planned-from = Fecha: { $day }, programada desde las { $from } ({ $zone })
acta-day-planned-from-to = Fecha: { $day }, programada de { $from } a { $to } ({ $zone })
acta-day-from-to = Fecha: { $day }, de { $from } a { $to } ({ $zone })
acta-place = Lugar: { $place }
acta-modality = Modalidad: { $modality }
meeting-modality-in-person = presencial
meeting-modality-online = en línea
meeting-modality-hybrid = mixta
acta-commissions = { $count ->
    [one] Comisión: { $names }
   *[other] Comisiones: { $names }
}
acta-cancelled = La sesión fue anulada.
acta-attendance = Asistencia
acta-nobody = No se registró asistencia.
attendance-present = presente
attendance-absent = ausente
attendance-excused = ausencia justificada
capacity-principal = titular
capacity-alternate = alterno/a
capacity-guest = invitado/a
acta-quorum = Quórum
acta-quorum-unruled = { $commission }: { $present } de { $entitled } integrantes con voto; la comisión no tiene regla de quórum.
acta-quorum-reached = { $commission }: { $present } de { $entitled } integrantes con voto; se requieren { $required }: hay quórum.
acta-quorum-missed = { $commission }: { $present } de { $entitled } integrantes con voto; se requieren { $required }: no hay quórum.
acta-quorum-second-missed = { $commission }: { $present } de { $entitled } integrantes con voto; se requieren { $second } en segunda convocatoria: no hay quórum.
acta-quorum-second = { $commission }: { $present } de { $entitled } integrantes con voto; se requieren { $required } en primera convocatoria y { $second } en segunda: hay quórum en segunda convocatoria.
acta-agenda = Orden del día
acta-no-agenda = No se registró el orden del día.
agenda-information = informativo
agenda-discussion = discusión
agenda-decision = decisión
agenda-follow-up = seguimiento
acta-agreements = Acuerdos
acta-no-agreements = No se registraron acuerdos.
acta-agreement = Acuerdo { $number }: { $title }
acta-adoption-unanimity = Adoptado por unanimidad.
acta-adoption-consensus = Adoptado por consenso.
acta-adoption-majority = Adoptado por mayoría.
acta-adoption-unspecified = No consta la forma de adopción.
acta-votes = Votos: { $votes }.
acta-votes-for = { $count } a favor
acta-votes-against = { $count } en contra
acta-votes-abstained = { $count ->
    [one] { $count } abstención
   *[other] { $count } abstenciones
}
acta-body = Desarrollo
