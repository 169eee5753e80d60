# Textos que una importación escribe en los registros.
import-corrected-by-dataset = Corregido por la importación de un conjunto de datos.
import-stated-by-dataset = Según el conjunto de datos importado.
import-corrected-by-matrix = Corregido por la importación de la matriz de seguimiento.
import-stated-by-matrix = Según la matriz de seguimiento importada.
import-undone = Se deshizo la importación de la matriz de seguimiento.
import-session-title = Sesión del { $day }
import-agreement-title = Acuerdo { $number }
import-state-noted = Estado en la matriz: { $state }

# Fallas y preguntas de una matriz.
fault-at-cells = Hoja «{ $sheet }», filas { $rows }{ $many ->
    [none] {""}
   *[some] {" "}y { $more } más
}, columna { $column } ({ $heading }): { $detail }
fault-duplicate-column = La columna { $other } ya tiene este contenido. Indique qué contiene cada una, o elija «No usar» en una de las dos.
fault-no-commitment-column = Hoja «{ $sheet }»: ninguna columna contiene el compromiso. Indique en Columnas cuál es.
fault-displaced-column = Hoja «{ $sheet }»: la columna { $letters } («{ $heading }») no se usa, porque se eligió la columna { $other } («{ $other_heading }») como { $content }. Si no es lo que quería, cámbielo en Columnas.
fault-fulfilled-in-part = Hoja «{ $sheet }», { $many ->
    [one] fila { $rows }: está cumplida
    [more] filas { $rows } y { $more } más: están cumplidas
   *[some] filas { $rows }: están cumplidas
} con menos de 100 %. Si no es así, corrija el estado o el porcentaje; si lo es, se importa tal como está.
fault-either-date = Puede ser el plazo o el día en que se cumplió: la fila { $other } tiene fecha y no está cumplida. Responda la pregunta, o indique qué contiene la columna.
fault-unclear-file = El archivo se puede leer de más de una manera: { $choices }. Responda la pregunta.
fault-remembered-mapping = El contenido de { $headings } se tomó de una importación anterior de la comisión. Si ya no corresponde, elija en Columnas otro contenido u «Olvidar la elección anterior».
question-institutions-column = ¿Qué columna de la hoja «{ $sheet }» contiene las instituciones responsables?
question-either-date = La columna «{ $heading }», ¿tiene el plazo o el día en que se cumplió?
question-immediate = ¿Qué plazo significa «{ $words }»?
question-day-or-year = «{ $words }» puede ser un día o un mes de un año. ¿Qué fecha es?
question-no-year = ¿De qué año es «{ $words }»?
question-which-days = «{ $words }», ¿son días hábiles o calendario?
question-term = No se entiende «{ $words }» como fecha. ¿Qué plazo es?
question-state = ¿Qué estado significa «{ $words }»?
question-percent = ¿Qué porcentaje es «{ $words }»?
question-name = No se conoce «{ $words }» ({ $heading }). ¿A cuál se refiere?
fault-known-number = El compromiso { $code } tiene este número con otro texto. Responda la pregunta.
question-known-number = El número { $number } es del compromiso { $code }: «{ $text }». ¿Es el mismo, con el texto corregido?
answer-same-commitment = Es el mismo: se corrige su texto
answer-other-commitment = Es otro: se crea
question-encoding = El archivo se puede leer de más de una manera. ¿Cuál es la correcta?
answer-leave-out = No usarlo
answer-open = Sin fecha: se guardan estas palabras
answer-session-day = El día de la sesión
answer-business-days = Días hábiles
answer-calendar-days = Días calendario
answer-today = Hoy, { $day }
answer-counted-from-today = Contado desde hoy, { $day }: hasta el { $end }
answer-business-days-from-today = Días hábiles contados desde hoy, { $day }: hasta el { $end }
answer-calendar-days-from-today = Días calendario contados desde hoy, { $day }: hasta el { $end }
answer-period = { $period }: del { $from } al { $to }
answer-no-state = Sin estado

# El modelo de la matriz.
template-title = Modelo de matriz de seguimiento
template-sheet-lists = Listas
template-list-members = Instituciones de la comisión
template-column = Columna
template-content = Contenido
template-example = Ejemplo
template-number-text = Número de la fila. Con un código de compromiso (como CIGTPE-2023-004), la fila cambia ese compromiso.
template-number-example = 1
template-commission-text = Sigla o nombre de la comisión. Vacía: la que se elige al importar.
template-commission-example = CIGTPE
template-meeting-text = Nombre o número de la sesión. Si no existe, se ingresa con su fecha.
template-meeting-example = III sesión ordinaria
template-meeting-date-text = Día de la sesión. Los plazos en días se cuentan desde ese día.
template-meeting-date-example = 22/08/2027
template-agreement-text = Número o texto del acuerdo.
template-agreement-example = 6. Elaborar un protocolo
template-text-text = Texto del compromiso. Es obligatorio.
template-text-example = Elaborar el protocolo de derivación
template-institutions-text = Instituciones responsables, por su nombre o sigla. Varias van separadas con punto y coma.
template-institutions-example = MTPE; MINSA
template-co-institutions-text = Instituciones que apoyan, escritas igual.
template-co-institutions-example = MIMP
template-due-text-text = Plazo en palabras: una fecha, un período, días desde la sesión, o Permanente.
template-due-text-example = II trimestre 2027
template-due-text = Último día del plazo. Si está, cuenta más que las palabras.
template-due-example = 30/06/2027
template-status-text = Uno de los estados de la lista.
template-status-example = En proceso
template-percent-text = Avance, un número entero con el signo %.
template-percent-example = 40 %
template-completed-on-text = Día en que se cumplió; solo con el estado Cumplido.
template-completed-on-example = 12/06/2027
template-evidence-text = Medios de verificación, uno por línea. Un compromiso cumplido necesita al menos uno.
template-evidence-example = Oficio 12-2027
template-notes-text = Lo que se hizo, o por qué no se hizo.
template-notes-example = Se realizaron dos talleres

# La copia de una matriz con sus fallas.
annotated-sheet = Fallas
annotated-place = Lugar
annotated-value = Valor
annotated-fault = Falla o pregunta
