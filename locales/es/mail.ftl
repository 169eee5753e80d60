# What mails of the program itself say.

mail-greeting = Hola, { $name }:
mail-link-token = Código:
mail-invitation-subject = Invitación a Articula
mail-invitation-body = Tiene una cuenta en Articula, donde las comisiones llevan el seguimiento de sus sesiones, acuerdos y compromisos. Elija su contraseña en esta dirección:
mail-invitation-hint = La invitación vence en siete días. Si no la esperaba, no haga nada.
mail-password-reset-subject = Nueva contraseña en Articula
mail-password-reset-body = Alguien pidió una nueva contraseña para esta cuenta. Si fue usted, elíjala en esta dirección:
mail-password-reset-hint = La dirección vence en una hora y sirve una sola vez. Si no la pidió, no haga nada: su contraseña no cambia.
