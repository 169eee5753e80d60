# La vista pública: lo que cualquiera lee sin cuenta.

public-page = Vista pública
public-lead = Sesiones realizadas, acuerdos de actas aprobadas y estado de los compromisos de las comisiones contra el trabajo infantil.
public-none = Todavía no hay comisiones públicas.
public-commissions = Comisiones
public-reports = Informes de progreso aprobados
public-no-reports = No hay informes aprobados para mostrar.
public-about = No se muestran personas, asistencia ni registros reservados, ni textos que puedan contener datos personales o cifras de menos de diez personas.
public-states = Compromisos por institución
public-states-about = Cada institución cuenta una vez por compromiso a su cargo. Datos al { $day }.
public-no-states = No hay compromisos por institución para mostrar.
public-state-open = En plazo
public-state-overdue = Vencidos
public-state-fulfilled = Cumplidos
public-sessions = Sesiones realizadas
public-no-sessions = No hay sesiones realizadas para mostrar.
public-column-session = Sesión
public-column-day = Fecha
public-column-minutes = Acta
public-minutes-approved = Aprobada
public-minutes-none = Sin aprobar
public-minutes-awaited = Los acuerdos se publican cuando el acta está aprobada.
public-agreements = Acuerdos del acta aprobada
public-no-agreements = No hay acuerdos para mostrar.
public-session-ordinary = Sesión ordinaria
public-session-extraordinary = Sesión extraordinaria
public-session-inaugural = Sesión de instalación
public-session-working = Reunión de trabajo
public-session-event = Acto
public-session-n = { $session } n.º { $n }
public-report-approved = Versión { $n }, aprobada el { $day }.
public-answer-left-out = Esta respuesta no se publica.

# The former names that hide texts of the public view.

former-names-page = Nombres anteriores
former-names-lead = Nombres que se cambiaron o se borraron. La vista pública no muestra los textos que los contienen, porque las actas y los informes aprobados no cambian. Conviene quitar solo los que se escribieron por error.
former-names-none = No hay nombres anteriores.
former-names-total = { $n ->
    [one] Un nombre
   *[other] { $n } nombres
}
former-names-name = Nombre
former-names-origin = Origen
former-names-origin-account = Cuenta de una persona
former-names-origin-attendance = Lista de asistencia
former-names-origin-commission = Comisión
former-names-origin-delegate = Delegado
former-names-origin-minutes = Acta aprobada
former-names-origin-presenter = Expositor de un orden del día
former-names-origin-reply = Respuesta a una convocatoria
former-names-origin-unknown = Versión anterior del programa
former-names-remove = Quitar
former-names-removal = Quitar un nombre anterior
former-names-removal-what = La vista pública volverá a mostrar los textos que contienen «{ $name }», si nada más los reserva.
former-names-leave = Conservar el nombre
done-former-name-removed = El nombre anterior se quitó.
