# Los documentos: informe, acta, hoja de seguimiento, registro.

paper-contents = Contenido
paper-column-partner = Socio
paper-column-partner-type = Tipo
paper-column-description = Colaboración
paper-column-stakeholder = Parte interesada
paper-column-participation-level = Nivel de participación
paper-column-involvement = Qué hizo
paper-column-institution = Institución
paper-column-person = Persona
paper-column-capacity = Calidad
paper-column-attendance = Asistencia
