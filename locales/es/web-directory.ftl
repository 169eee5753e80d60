# Web pages: directory.
directory-institution = Institución
directory-institutions = Instituciones
directory-name = Nombre
directory-official-name = Nombre oficial
directory-aliases = Alias
directory-acronym = Sigla
directory-sector = Sector
directory-territory = Territorio
directory-country = País
directory-email = Correo
directory-any = Todos
directory-filter = Aplicar
directory-total = { $n ->
    [one] Una institución
   *[other] { $n } instituciones
}
directory-none = Todavía no hay instituciones. Se registran al crear una comisión o al importar una matriz.
directory-none-found = Ninguna institución cumple estos filtros.
directory-parent = Parte de
directory-successor = Reemplazada por
directory-partner = Clase de socio
directory-partner-pathfinder-country = País pionero
directory-partner-ilo = OIT
directory-partner-un-agency = Organismo de las Naciones Unidas
directory-partner-international-cso = Organización internacional de la sociedad civil
directory-partner-other = Otra
directory-about = Datos
directory-alike = Puede estar repetida. Estas instituciones tienen el mismo nombre, la misma sigla o un alias igual:
directory-memberships = Comisiones que integra
directory-former = Antes
directory-no-memberships = No integra ninguna comisión de las que se pueden ver aquí.
directory-delegates = Delegados
directory-no-delegates = No tiene delegados hoy en estas comisiones.
directory-overdue = Vencidos
directory-open = Por cumplir
directory-awaiting = Por revisar
directory-reports-received = Recibidos
directory-reports-missing = No informó
directory-reports-expected = Por informar
directory-no-duties = No tiene compromisos abiertos en las comisiones que se pueden ver aquí.
directory-commitment = Compromiso
directory-text = Qué se acordó
directory-term = Plazo
directory-state = Estado
directory-own-report = Informar
directory-unreachable = Nadie recibe sus avisos en { $commissions }
directory-unreachable-next = No tiene delegados con correo, representantes con cuenta ni correo propio. Sus avisos llegan a la secretaría. Para resolverlo hay que registrar un delegado con correo, invitar a un representante o registrar el correo de la institución.
commission-one = Comisión
commission-total = { $n ->
    [one] Una comisión
   *[other] { $n } comisiones
}
commission-none = No hay comisiones que se puedan ver con esta cuenta.
commission-none-found = Ninguna comisión cumple estos filtros.
commission-kind = Tipo
commission-theme = Tema
commission-themes = Temas
commission-public = Vista pública
commission-public-shown = Se muestra si la instalación la tiene
commission-state = Estado
commission-secretariat = Secretaría técnica
commission-pages = Páginas de la comisión
commission-summary = Resumen
commission-members = Integrantes
commission-delegates = Delegados
commission-states = Funcionamiento
commission-reminders = Recordatorios
commission-members-of = Integrantes de { $commission }
commission-delegates-of = Delegados de { $commission }
commission-states-of = Funcionamiento de { $commission }
commission-reminders-of = Recordatorios de { $commission }
commission-about = La comisión
commission-basis = Base legal
commission-number = número { $number }
commission-work = Su trabajo
commission-parts = Comisiones que la forman
commission-parent = Forma parte de
commission-step-members = faltan sus integrantes.
commission-step-members-secretariat = faltan sus integrantes y las personas de su secretaría.
commission-members-number = { $n ->
    [one] una institución
   *[other] { $n } instituciones
}
commission-declared = { $n ->
    [one] (según sus fuentes, una)
   *[other] (según sus fuentes, { $n })
}
commission-quorum = Quórum
commission-quorum-more-than = Más de { $share } de las instituciones con voto.
commission-quorum-at-least = Al menos { $share } de las instituciones con voto.
commission-quorum-second = En segunda convocatoria, al menos { $share }.
commission-quorum-second-minimum = En segunda convocatoria, al menos { $share } y no menos de { $n }.
commission-from = desde el { $from }
commission-to = hasta el { $to }
commission-from-to = del { $from } al { $to }
commission-no-dates = —
commission-day = Día
commission-day-hint = Por ejemplo: 22 de agosto de 2023 o 22/08/2023. Vacío: hoy.
commission-day-unread = La fecha no se entiende. Se escribe, por ejemplo, 22/08/2023. La lista es la de hoy.
commission-show-day = Ver ese día
commission-role = Calidad
commission-vote = Voto
commission-votes = Sí
commission-no-vote = Sin voto
commission-period = Período
commission-member-basis = Base
commission-members-on = { $n ->
    [one] Una institución el { $day }
   *[other] { $n } instituciones el { $day }
}
commission-voters = { $n ->
    [one] una con voto
   *[other] { $n } con voto
}
commission-no-members = No hay integrantes registrados el { $day }.
commission-person = Persona
commission-capacity = Calidad
commission-position = Cargo
commission-delegates-on = { $n ->
    [one] Una persona el { $day }
   *[other] { $n } personas el { $day }
}
commission-no-delegates = No hay delegados registrados el { $day }. Sin delegados, los avisos llegan a los representantes con cuenta o al correo de la institución.
commission-states-about = Cada estado rige desde su fecha hasta la del siguiente. «Sin información» no es lo mismo que «inactiva».
commission-state-since = Desde
commission-state-source = Fuente
commission-state-to-come = todavía no rige
commission-no-states = No hay estados con fecha.
commission-kind-advisory-commission = Comisión asesora
commission-kind-multisectoral-commission = Comisión multisectorial
commission-kind-intergovernmental-commission = Comisión intergubernamental
commission-kind-committee = Comité
commission-kind-regional-committee = Comité regional
commission-kind-roundtable = Mesa
commission-kind-subcommission = Subcomisión
commission-kind-council = Consejo
commission-kind-network = Red
commission-kind-team = Equipo
commission-kind-working-group = Grupo de trabajo
operational-state-active = Activa
operational-state-inactive = Inactiva
operational-state-unknown = Sin información
member-role-lead = Presidencia
member-role-secretariat = Secretaría técnica
member-role-member = Integrante
member-role-guest = Invitada
member-role-observer = Observadora
reminders-title = Cuándo se avisa
reminders-about = Los avisos llegan a las instituciones con algo por cumplir. Quien coordina o lleva la secretaría recibe aviso cuando el atraso dura.
reminders-lead = Antes del plazo
reminders-days-before = { $n ->
    [0] el mismo día
    [one] un día antes
   *[other] { $n } días antes
}
reminders-never = nunca
reminders-overdue = Mientras está vencido
reminders-every-days = { $n ->
    [one] cada día
   *[other] cada { $n } días
}
reminders-secretariat = A la secretaría técnica
reminders-coordinator = A la coordinación nacional
reminders-after-days = { $n ->
    [0] desde que vence el plazo
    [one] desde un día de atraso
   *[other] desde { $n } días de atraso
}
reminders-review = Lo que espera revisión
reminders-waiting-days = { $n ->
    [one] otra vez después de un día
   *[other] otra vez después de { $n } días
}
reminders-sessions = Sesiones convocadas
reminders-hour = Hora de envío
reminders-all-days = desde las { $time }, todos los días
reminders-working-days = desde las { $time }, en días hábiles

# Foreign countries.
country-ar = Argentina
country-be = Bélgica
country-bo = Bolivia
country-br = Brasil
country-ca = Canadá
country-ch = Suiza
country-cl = Chile
country-cn = China
country-co = Colombia
country-cr = Costa Rica
country-cu = Cuba
country-de = Alemania
country-do = República Dominicana
country-ec = Ecuador
country-es = España
country-fr = Francia
country-gb = Reino Unido
country-gt = Guatemala
country-hn = Honduras
country-ht = Haití
country-it = Italia
country-jp = Japón
country-kr = Corea del Sur
country-mx = México
country-ni = Nicaragua
country-nl = Países Bajos
country-no = Noruega
country-pa = Panamá
country-pe = Perú
country-pt = Portugal
country-py = Paraguay
country-se = Suecia
country-sv = El Salvador
country-us = Estados Unidos
country-uy = Uruguay
country-ve = Venezuela
