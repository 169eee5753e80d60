# What mails of the program itself say.

mail-greeting = Hello { $name },
mail-greeting-all = Dear colleagues,
mail-contact = Questions: { $contact }
mail-calendar-file = calendar.ics
mail-link = Choose the password
mail-link-token = Code, if the page asks for it
mail-link-sign-in = Sign in
mail-sign-in-link-subject = Sign in to { $brand } without a password
mail-sign-in-link-body = Too many attempts to sign in to your account failed. For some time the account accepts no passwords. To sign in at once, use this link:
mail-sign-in-link-hint = The link lasts ten minutes and works once. If the attempts were not yours, choose a new password.
mail-invitation-subject = Invitation to { $brand }
mail-invitation-body = You have an account in { $brand }, where commissions follow up their sessions, agreements and commitments. To sign in for the first time, choose your password:
mail-invitation-hint = The invitation lasts seven days and works once. If you did not expect it, there is nothing to do.
mail-grant-added-subject = New access – { $access }
mail-grants-added-subject = New access
mail-grant-added-body = { $name } has given you the following access:
mail-grant-added-link = Sign in
mail-grant-added-hint = If you did not expect this access, notify the secretariat of the commission or the administration of the system.
grant-admin = Administration of the system
grant-coordinator = Coordination of { $country }
grant-secretariat = Secretariat: { $commission }
grant-observer = Observer: { $commission }
grant-representative = Representative: { $institution }, in every commission
grant-representative-bounded = Representative: { $institution }, in { $commission }
mail-password-reset-subject = New password for { $brand }
mail-password-reset-body = Somebody asked for a new password for your account. If it was you, choose it now:
mail-password-reset-hint = The link lasts one hour and works once. If you did not ask for it, there is nothing to do: your password does not change.

# Why somebody gets a notice.

why-delegate = You get this because you represent the institution in the commission.
why-representative = You get this as a representative of the institution.
why-observer = You get this because your institution observes the commission and you follow its sessions.
why-institution-address = This comes to the address of the institution because it has no delegates or representatives on record.
why-nobody-to-tell = You get this because no delegates, representatives or address are on record of: { $institutions }. Please inform it by other means.
why-instead = You get this in place of institutions without a contact. They are named at the end.
why-restricted-to-people = You get this because the record is restricted and no delegates or representatives are on record of: { $institutions }. Nothing restricted is sent to the address of an institution. Enter a delegate, invite a representative, or inform the institution by other means.
why-escalation = The secretariat is notified too because the term passed long ago.
why-secretariat = You get this because you keep the secretariat of the commission.
why-coordinator = You get this because you coordinate the country.
why-author = You get this because you entered the record.
mail-error-address = The address { $address } cannot receive mail: correct it in the record of the person or the institution.
mail-error-name = The mail server does not accept letters with accents before the @. In place of { $address }, another address is needed.
