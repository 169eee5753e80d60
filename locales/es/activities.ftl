# The registry of activities.

# What an entry lacks.
finding-training-without-dates = La capacitación «{ $title }» no indica fecha.
finding-training-without-participants = La capacitación «{ $title }» no indica número de participantes.
finding-process-without-result = «{ $title }» describe un proceso; indique el resultado logrado o esperado.
finding-expected-result-missing = El resultado de «{ $title }» aún no se logra; indique cuál se espera.
finding-no-plan-item = «{ $title }» no se vincula a ninguna prioridad ni paso de un plan.
finding-evidence-missing = «{ $title }» no tiene medio de verificación.
finding-date-unclear = La fecha de «{ $title }» no es clara; confírmela.

# Headings of the registry as a table.
registry-id = Id
registry-commissions = Comisiones
registry-kind = Tipo
registry-title = Título
registry-description = Descripción
registry-starts = Inicio
registry-ends = Término
registry-when-text = Fecha según la fuente
registry-period-from = Informada desde
registry-period-to = Informada hasta
registry-territories = Territorios
registry-organizers = Organiza
registry-partners = Participan
registry-total = Participantes
registry-women = Mujeres
registry-men = Hombres
registry-audience = Público
registry-occurrences = Veces
registry-themes = Temas
registry-plan-items = Prioridades y pasos
registry-result = Resultado
registry-expected-result = Resultado esperado
registry-result-state = Estado del resultado
registry-evidence = Medios de verificación
registry-scope = Alcance
registry-source = Fuente

activity-kind-training = Capacitación
activity-kind-workshop = Taller
activity-kind-seminar = Seminario
activity-kind-course = Curso
activity-kind-talk = Charla
activity-kind-campaign = Campaña
activity-kind-commemoration = Conmemoración
activity-kind-inspection-operation = Operativo de fiscalización
activity-kind-technical-assistance = Asistencia técnica
activity-kind-coordination = Coordinación
activity-kind-study = Estudio
activity-kind-survey = Encuesta
activity-kind-publication = Publicación
activity-kind-legal-instrument = Norma
activity-kind-protocol = Protocolo
activity-kind-exchange = Intercambio
activity-kind-meeting = Reunión
activity-kind-recognition = Reconocimiento
activity-kind-milestone = Hito
activity-kind-other = Otra

theme-child-labour = Trabajo infantil
theme-forced-labour = Trabajo forzoso
theme-human-trafficking = Trata de personas
theme-modern-slavery = Formas contemporáneas de esclavitud

result-state-achieved = Logrado
result-state-partial = Parcial
result-state-expected = Esperado

scope-national = Nacional
scope-binational = Binacional
scope-regional = Regional
scope-global = Mundial
