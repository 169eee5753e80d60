# What mails of the program itself say.

mail-greeting = Hola, { $name }:
mail-greeting-all = Estimadas y estimados:
mail-contact = Consultas: { $contact }
mail-calendar-file = calendario.ics
mail-link = Elegir la contraseña
mail-link-token = Código, si la página lo pide
mail-link-sign-in = Ingresar
mail-sign-in-link-subject = Ingresar a { $brand } sin contraseña
mail-sign-in-link-body = Fallaron demasiados intentos de ingresar a su cuenta. Por eso la cuenta no acepta contraseñas durante un tiempo. Para ingresar ahora mismo sirve este enlace:
mail-sign-in-link-hint = El enlace dura diez minutos y sirve una sola vez. Si los intentos no fueron suyos, conviene elegir una contraseña nueva.
mail-invitation-subject = Invitación a { $brand }
mail-invitation-body = Tiene una cuenta en { $brand }, donde las comisiones llevan el seguimiento de sus sesiones, acuerdos y compromisos. Para ingresar por primera vez, elija su contraseña:
mail-invitation-hint = La invitación dura siete días y sirve una sola vez. Si no la esperaba, no hace falta hacer nada.
mail-grant-added-subject = Nuevo acceso – { $access }
mail-grants-added-subject = Accesos nuevos
mail-grant-added-body = { $name } le dio acceso a lo siguiente:
mail-grant-added-link = Ingresar
mail-grant-added-hint = Si no esperaba este acceso, avise a la secretaría de la comisión o a la administración del sistema.
grant-admin = Administración del sistema
grant-coordinator = Coordinación de { $country }
grant-secretariat = Secretaría: { $commission }
grant-observer = Observación: { $commission }
grant-representative = Representación: { $institution }, en todas las comisiones
grant-representative-bounded = Representación: { $institution }, en { $commission }
mail-password-reset-subject = Contraseña nueva para { $brand }
mail-password-reset-body = Alguien pidió una contraseña nueva para su cuenta. Si fue usted, elíjala ahora:
mail-password-reset-hint = El enlace dura una hora y sirve una sola vez. Si no lo pidió, no hace falta hacer nada: su contraseña no cambia.

# Por qué alguien recibe un aviso.

why-delegate = Recibe este aviso porque representa a la institución en la comisión.
why-representative = Recibe este aviso como representante de la institución.
why-observer = Recibe este aviso porque su institución observa la comisión y usted sigue sus sesiones.
why-institution-address = Este aviso llega al correo de la institución porque no tiene delegados ni representantes registrados.
why-nobody-to-tell = Recibe este aviso porque no hay delegados, representantes ni correo registrados de: { $institutions }. Conviene avisar por otro medio.
why-instead = Este aviso llega a usted en lugar de instituciones sin contacto, que se nombran al final.
why-restricted-to-people = Recibe este aviso porque el registro es reservado y no hay delegados ni representantes registrados de: { $institutions }. Lo reservado no se envía al correo de una institución. Conviene registrar un delegado, invitar a un representante o avisar por otro medio.
why-escalation = Se avisa también a la secretaría porque el plazo venció hace tiempo.
why-secretariat = Recibe este aviso porque tiene a su cargo la secretaría de la comisión.
why-coordinator = Recibe este aviso porque coordina el país.
why-author = Recibe este aviso porque registró lo que aquí se indica.
mail-error-address = La dirección { $address } no puede recibir correo: corríjala en el registro de la persona o de la institución.
mail-error-name = El servidor de correo no acepta letras con tilde o eñe antes de la arroba: { $address } necesita otra dirección.
