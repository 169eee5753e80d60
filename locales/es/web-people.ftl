# Páginas de personas: lista, invitación, acceso, cuenta.

people-title = Personas
people-lead = Quienes tienen cuenta o invitación, con su acceso.
people-total = { $n ->
    [0] Ninguna persona
    [one] Una persona
   *[other] { $n } personas
}
people-person = Persona
people-access = Acceso
people-state = Estado
people-action = Acción
people-all = Todos
people-none = Ninguna
people-filter = Aplicar
people-none-found = Ninguna persona cumple estos filtros.
people-empty = Todavía no hay personas. Se agregan con una invitación por correo.
people-unknown-institution = Ninguna institución se llama «{ $name }».
people-no-access = Sin acceso a ninguna comisión
people-more-access = { $n ->
    [one] y uno más
   *[other] y { $n } más
}
people-enabled = Con acceso
people-disabled = Deshabilitada
people-invited = Invitada, sin contraseña
people-invite = Invitar a una persona
people-invite-title = Invitar a una persona
people-invite-lead = La invitación llega por correo y dura siete días. La persona elige su contraseña.
people-invite-mails = Se envía un correo a esta dirección. Quien ya tiene cuenta conserva su nombre y su idioma, y recibe un aviso del acceso nuevo.
people-invite-send = Enviar invitación
people-email = Correo
people-email-hint = Con esta dirección se ingresa. Las mayúsculas no importan.
people-email-change = Al cambiarlo dejan de servir los enlaces que ya se enviaron.
people-name = Nombre
people-institution = Institución
people-institution-hint = Donde trabaja la persona. Si representa a una institución, basta la de arriba.
people-role = Función
people-role-admin = Administración del sistema
people-role-coordinator = Coordinación nacional
people-role-secretariat = Secretaría técnica
people-role-representative = Representación de una institución
people-role-observer = Observación
people-role-about-admin = Ve y cambia todo. No necesita institución, comisión ni país.
people-role-about-coordinator = Coordina un país. Necesita el país.
people-role-about-secretariat = Lleva los registros de una comisión. Necesita la comisión.
people-role-about-representative = Informa por una institución. Necesita la institución; con una comisión, solo dentro de ella.
people-role-about-observer = Lee los registros de una comisión. Necesita la comisión.
people-represented = Institución que representa
people-represented-hint = Solo para la representación. Se escribe el nombre o la sigla.
people-commission = Comisión
people-commission-hint = Para la secretaría y la observación. En la representación, limita el acceso a esa comisión.
people-commission-hint-bounded = Para la observación. En la representación, limita el acceso a esa comisión.
people-country = País
people-country-hint = Solo para la coordinación nacional.
people-data = Datos
people-since = Registrada
people-account = Cuenta
people-edit = Editar datos
people-edit-title = Editar datos
people-save = Guardar cambios
people-back = Volver a la persona
people-grant-add = Agregar acceso
people-grant-title = Agregar acceso
people-grant-mails = La persona recibe un aviso por correo.
people-grant-remove = Quitar
people-grant-removal-title = Quitar acceso
people-grant-removal-what = La persona deja de tener este acceso desde su próxima página. Lo que registró queda.
people-grant-remove-it = Quitar acceso
people-invite-again = Enviar la invitación otra vez
people-invite-again-what = Si la persona todavía no eligió contraseña y la invitación anterior venció o no llegó, recibe un correo nuevo. En otro caso no se envía nada.
people-unlock = Desbloquear la cuenta
people-unlock-what = Se olvidan los intentos fallidos de ingreso. La persona puede ingresar de inmediato con su contraseña.
people-disable = Deshabilitar la cuenta
people-disable-what = Sus sesiones terminan de inmediato y no puede ingresar. Lo que registró queda. Se puede habilitar de nuevo.
people-enable = Habilitar la cuenta
people-enable-what = La persona puede ingresar de nuevo con su contraseña y con el acceso que tenía.
people-sessions = Sesiones abiertas
people-no-sessions = No hay sesiones abiertas.
people-sessions-what = Al terminarlas hay que ingresar de nuevo en todos los navegadores y programas. También deja de servir la dirección secreta del calendario.
people-sessions-end = Terminar todas las sesiones
done-person-invited = La invitación quedó registrada.
done-person-changed = Los datos se guardaron.
done-grant-added = El acceso se agregó. La persona recibe un aviso por correo.
done-grant-removed = El acceso se quitó.
done-invitation-repeated = Si la invitación había vencido, se envía otra.
done-person-unlocked = La cuenta se desbloqueó.
done-person-disabled = La cuenta se deshabilitó y sus sesiones terminaron.
done-person-enabled = La cuenta se habilitó.
done-person-signed-out = Las sesiones terminaron.
people-second-factor = Desactivar el segundo factor
people-second-factor-what = Es para quien perdió el teléfono y los códigos de recuperación. Sus sesiones terminan, y el próximo ingreso pide solo la contraseña. Confirme antes por otra vía que es la persona quien lo pide.
done-person-second-factor-ended = El segundo factor se desactivó.
