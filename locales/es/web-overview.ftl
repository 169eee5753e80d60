# Web pages: the overview.
overview-page = Panorama
overview-none = No hay comisiones que se puedan ver.
overview-as-of = Datos al { $day }
overview-of-year = plazos y actividades de { $year }
overview-of-all-years = plazos de todos los años
overview-year = Año
overview-all-years = Todos los años
overview-country = País
overview-total = Total
overview-undated = { $n ->
    [one] Una actividad validada sin fecha no se cuenta en ningún año.
   *[other] { $n } actividades validadas sin fecha no se cuentan en ningún año.
}
overview-punctuality-unknown = «—»: lo cumplido no tiene plazo o fecha de cumplimiento, y no se puede saber si fue a tiempo.
overview-commission = Comisión
overview-all = Todas
overview-apply = Aplicar
overview-nothing = No hay compromisos registrados.
overview-no-institutions = Ninguna institución tiene compromisos a su cargo.
overview-no-terms = Ningún compromiso vence en estos meses.
overview-commissions = Compromisos por comisión
overview-institutions = Compromisos por institución
overview-institutions-about = Cada institución cuenta con lo que le corresponde. «En plazo» y «fuera de plazo» son lo aceptado en los últimos doce meses.
overview-institutions-of-year = Cada institución cuenta con lo que le corresponde. «En plazo» y «fuera de plazo» son lo aceptado con plazo en { $year }.
overview-column-commission = Comisión
overview-column-institution = Institución
overview-column-month = Mes
overview-column-theme = Tema
overview-column-activities = Actividades
overview-column-questions = Preguntas
overview-column-open = Abiertos
overview-column-soon = Vencen en 30 días
overview-column-overdue = Vencidos
overview-column-review = Por revisar
overview-column-fulfilled = Cumplidos
overview-column-on-time = En plazo
overview-column-late = Fuera de plazo
overview-column-last-report = Último informe
overview-no-report = Ninguno
overview-months = Plazos por mes
overview-series-running = En plazo
overview-registry = Actividades validadas de { $year }, por tema
overview-open-registry = Abrir registro
overview-no-activities = No hay actividades validadas de ese año.
overview-without-participants = { $n ->
    [one] 1 actividad no tiene número de participantes.
   *[other] { $n } actividades no tienen número de participantes.
}
overview-meetings = Próximas sesiones
overview-open-calendar = Abrir calendario
overview-no-meetings = No hay sesiones programadas.
overview-report = Informe anual en preparación
overview-open-report = Abrir informe
overview-blocking = { $n ->
    [one] 1 error impide aprobarlo.
   *[other] { $n } errores impiden aprobarlo.
}
overview-duties = Informes periódicos de los últimos 12 meses
overview-duties-of-year = Informes periódicos de { $year }
