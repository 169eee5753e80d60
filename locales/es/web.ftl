web-brand = Articula
web-error-prefix = Error:{" "}
web-skip = Saltar al contenido
web-search = Buscar
web-navigation = Principal
web-back-to-question = Volver a la pregunta { $n }
web-crumbs = Ubicación
web-pages = Páginas
web-account = Mi cuenta
web-sign-out = Salir
web-in-english = English
web-in-spanish = Español
web-help = Ayuda
web-accessibility = Accesibilidad
web-privacy = Privacidad
web-nav-start = Inicio
web-nav-commitments = Compromisos
web-nav-reviews = Por revisar
web-nav-calendar = Calendario
web-nav-meetings = Sesiones
web-nav-agreements = Acuerdos
web-nav-commissions = Comisiones
web-role-admin = Administración
web-role-coordinator = Coordinación nacional
web-role-secretariat = Secretaría técnica
web-role-representative = Institución integrante
web-role-observer = Institución observadora
web-warnings = Quedó guardado. Conviene revisar el texto:
web-errors = Hay algo que corregir
web-password-show = Mostrar la contraseña
web-password-hide = Ocultar la contraseña
web-optional = (opcional)
web-changed-by-others = Este registro cambió mientras tanto.
web-changed-by-others-next = Todavía no se guardó nada. Encima de cada campo que cambió está el valor registrado ahora. Si guarda otra vez, queda lo que está en los campos; si prefiere el valor registrado, descarte sus cambios.
web-stored-now = Registrado ahora:
web-kept-since = Este es un borrador suyo de { $since }, que no se ha enviado.
web-show-stored = Mostrar lo que está registrado
web-kept-aside = Aquí está lo registrado. Hay además un borrador suyo de { $since }.
web-show-kept = Volver a ese texto
web-discard = Descartar mis cambios
done-changes-discarded = Sus cambios se descartaron. Aquí está lo registrado.
web-dates-understood = Todavía no se guardó nada. Debajo de cada fecha se indica cómo se entendió. Si es correcto, presione otra vez el botón.
web-dates-understood-with-faults = Debajo de cada fecha se indica cómo se entendió.
web-understood-as = Entendido como { $date }.
web-day-hint = Un día exacto, por ejemplo 30/06/2027.
web-date-hint = Por ejemplo: 30/06/2027, junio de 2027 o II trimestre 2027.
web-file-kept = Archivo recibido: { $name }
web-time = { $time } horas
web-today = hoy
web-just-now = hace un momento
web-minutes-ago = { $n ->
    [one] hace un minuto
   *[other] hace { $n } minutos
}
web-hours-ago = { $n ->
    [one] hace una hora
   *[other] hace { $n } horas
}
web-days-ago = { $n ->
    [one] hace un día
   *[other] hace { $n } días
}
web-due-today = vence hoy
web-due-days = { $n ->
    [one] vence mañana
   *[other] en { $n } días
}
web-overdue-days = { $n ->
    [one] vencido hace un día
   *[other] vencido hace { $n } días
}
web-filters = Filtros
web-remove-filter = Quitar el filtro
web-clear-filters = Quitar filtros
web-next-page = Página siguiente
web-to-start = Ir al inicio
web-not-found-next = La dirección puede estar incompleta, o el registro se eliminó. El buscador está arriba.
web-send = Enviar
web-contact = Consultas:
web-request-number = Número de la solicitud: { $id }
sign-in-title = Ingresar
sign-in-email = Correo electrónico
sign-in-password = Contraseña
sign-in-submit = Ingresar
sign-in-forgotten = Olvidé mi contraseña
sign-in-text-kept = La sesión había terminado. No se envió nada y el texto quedó guardado: vuelve a su página al ingresar.
sign-in-demo = Demostración
sign-in-demo-about = Hay un botón por persona. Los datos son de ejemplo y se borran al reiniciar.
web-day-unread = Aquí va un día exacto, por ejemplo 30/06/2027.
web-date-unread = No se entiende la fecha. Por ejemplo: 30/06/2027, junio de 2027 o II trimestre 2027.
web-date-short-year = Escriba el año con sus cuatro cifras, por ejemplo 30/06/2027.
web-filter-country = País
web-filter-all-countries = Todos
web-one-of = Indique uno de estos datos, y solo uno.
web-not-together = No corresponde junto con otro de los datos ingresados.
web-any-of = Indique al menos uno de estos datos.
web-sent-before = Este formulario ya se envió con otro contenido, que quedó guardado. Al enviar otra vez, se guarda también lo que está en los campos.
web-sections = Más páginas
