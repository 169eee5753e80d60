# What mails of the program itself say.

mail-greeting = Hello { $name },
mail-greeting-all = Dear colleagues,
mail-link = Choose the password
mail-link-token = Code
mail-link-sign-in = Sign in to Articula
mail-sign-in-link-subject = Sign in to Articula without a password
mail-sign-in-link-body = Somebody tried to sign in to your account too many times with a wrong password, so the account takes no more attempts for a while. To sign in now, use this address:
mail-sign-in-link-hint = The address expires in fifteen minutes and works once. If it was not you who tried, your password is still safe; you do not need to do anything.
mail-invitation-subject = Invitation to Articula
mail-invitation-body = You have an account in Articula, where commissions follow up their sessions, agreements and commitments. Choose your password at this address:
mail-invitation-hint = The invitation expires in seven days. If you did not expect it, do nothing.
mail-grant-added-subject = New access in Articula
mail-grant-added-body = { $name } has given you the following access in Articula:
mail-grant-added-link = Open Articula
mail-grant-added-hint = If you did not expect this access, notify the secretariat of the commission or the administrator of the system.
grant-admin = Administration of the system
grant-coordinator = Coordination of { $country }
grant-secretariat = Secretariat of { $commission }
grant-observer = Observer of { $commission }
grant-representative = Representative of { $institution } in every commission
grant-representative-bounded = Representative of { $institution } in { $commission }
mail-password-reset-subject = New password in Articula
mail-password-reset-body = Somebody asked for a new password for this account. If it was you, choose it at this address:
mail-password-reset-hint = The address expires in one hour and works once. If you did not ask for it, do nothing: your password stays as it is.

# Why somebody gets a notice.

why-delegate = You get this because you represent the institution in the commission.
why-representative = You get this as a representative of the institution.
why-observer = You get this because your institution observes the commission and you follow its sessions.
why-institution-address = This comes to the institution's address because nobody is registered as its delegate or representative.
why-nobody-to-tell = This comes to the secretariat because no delegates, representatives or address are on record of: { $institutions }. Please inform it by other means.
why-restricted-to-people = This notice goes to the secretariat because the record is restricted and there are no delegates or representatives of: { $institutions }. Nothing restricted is sent to the address of an institution. Enter a delegate or invite a representative, or inform the institution by other means.
why-escalation = The secretariat is notified too because the term passed long ago.
why-secretariat = You get this because you keep the record of the commission.
why-author = You get this because you entered the record.
