# Textos que una importación escribe en los registros.
import-corrected-by-dataset = Corregido por la importación de un conjunto de datos.
import-stated-by-dataset = Según el conjunto de datos importado.
import-corrected-by-matrix = Corregido por la importación de la matriz de seguimiento.
import-stated-by-matrix = Según la matriz de seguimiento importada.
import-undone = Se deshizo la importación de la matriz de seguimiento.
import-session-title = Sesión del { $day }
import-agreement-title = Acuerdo { $number }
