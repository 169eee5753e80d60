# What mails of the program itself say.

mail-greeting = Hola, { $name }:
mail-greeting-all = Estimadas y estimados:
mail-link = Elegir la contraseña
mail-link-token = Código
mail-link-sign-in = Entrar a Articula
mail-sign-in-link-subject = Entrar a Articula sin contraseña
mail-sign-in-link-body = Alguien intentó entrar a su cuenta demasiadas veces con una contraseña equivocada, y por eso la cuenta no acepta más intentos durante un tiempo. Si quiere entrar ahora, use esta dirección:
mail-sign-in-link-hint = La dirección vence en quince minutos y sirve una sola vez. Si no fue usted quien lo intentó, su contraseña sigue siendo segura; no necesita hacer nada.
mail-invitation-subject = Invitación a Articula
mail-invitation-body = Tiene una cuenta en Articula, donde las comisiones llevan el seguimiento de sus sesiones, acuerdos y compromisos. Elija su contraseña en esta dirección:
mail-invitation-hint = La invitación vence en siete días. Si no la esperaba, no haga nada.
mail-grant-added-subject = Nuevo acceso en Articula
mail-grant-added-body = { $name } le dio acceso en Articula a lo siguiente:
mail-grant-added-link = Entrar a Articula
mail-grant-added-hint = Si no esperaba este acceso, avise a la secretaría de la comisión o a quien administra el sistema.
grant-admin = Administración del sistema
grant-coordinator = Coordinación de { $country }
grant-secretariat = Secretaría de { $commission }
grant-observer = Observación de { $commission }
grant-representative = Representación de { $institution } en todas las comisiones
grant-representative-bounded = Representación de { $institution } en { $commission }
mail-password-reset-subject = Nueva contraseña en Articula
mail-password-reset-body = Alguien pidió una nueva contraseña para esta cuenta. Si fue usted, elíjala en esta dirección:
mail-password-reset-hint = La dirección vence en una hora y sirve una sola vez. Si no la pidió, no haga nada: su contraseña no cambia.

# Por qué alguien recibe un aviso.

why-delegate = Recibe este aviso porque representa a la institución en la comisión.
why-representative = Recibe este aviso como representante de la institución.
why-observer = Recibe este aviso porque su institución observa la comisión y usted sigue sus sesiones.
why-institution-address = Este aviso llega al correo de la institución porque nadie figura como su delegado o representante.
why-nobody-to-tell = Este aviso llega a la secretaría porque no hay delegados, representantes ni correo registrados de: { $institutions }. Convendría avisarle por otro medio.
why-restricted-to-people = Este aviso llega a la secretaría porque el registro es reservado y no hay delegados ni representantes registrados de: { $institutions }. Lo reservado no se envía al correo de una institución. Registre un delegado o invite a un representante, o avise por otro medio.
why-escalation = Se avisa también a la secretaría porque el plazo venció hace tiempo.
why-secretariat = Recibe este aviso porque lleva el registro de la comisión.
why-author = Recibe este aviso porque registró lo que aquí se informa.
