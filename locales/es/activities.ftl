# The registry of activities.

# What an entry lacks.
finding-training-without-dates = La capacitación «{ $title }» no indica fecha; agregue al menos el mes.
finding-training-without-participants = La capacitación «{ $title }» no indica número de participantes; agréguelo.
finding-process-without-result = «{ $title }» describe un proceso; indique el resultado logrado o esperado.
finding-expected-result-missing = El resultado de «{ $title }» aún no se logra; indique cuál se espera.
finding-no-plan-item = «{ $title }» no se vincula a ninguna prioridad ni paso de un plan; vincúlela si corresponde.
finding-evidence-missing = «{ $title }» no tiene medio de verificación; agregue un enlace, un archivo o una referencia.
finding-date-unclear = La fecha de «{ $title }» no es clara; confirme el año.
finding-possible-duplicate = «{ $title }» y «{ $other }» son del mismo mes y comparten participantes; si son la misma actividad, deje una sola.

# Datos personales en un texto; nunca se repite lo encontrado.
personal-data-rut = El texto parece contener el RUT de una persona; quítelo.
personal-data-dni = El texto parece contener el DNI de una persona; quítelo.
personal-data-minor-age = El texto parece indicar la edad de una niña, un niño o adolescente en particular; indique un tramo de edades y no dé nombres.
personal-data-small-cell = El texto cuenta menos de diez casos o víctimas; podrían reconocerse: agrúpelos («menos de diez») o sume territorios.

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
theme-modern-slavery = Esclavitud moderna

result-state-achieved = Logrado
result-state-partial = Parcial
result-state-expected = Esperado

scope-national = Nacional
scope-binational = Binacional
scope-regional = Regional
scope-global = Mundial
