# What mails of the program itself say.

mail-greeting = Hello { $name },
mail-link-token = Code:
mail-invitation-subject = Invitation to Articula
mail-invitation-body = You have an account in Articula, where commissions follow up their sessions, agreements and commitments. Choose your password at this address:
mail-invitation-hint = The invitation expires in seven days. If you did not expect it, do nothing.
mail-password-reset-subject = New password in Articula
mail-password-reset-body = Somebody asked for a new password for this account. If it was you, choose it at this address:
mail-password-reset-hint = The address expires in one hour and works once. If you did not ask for it, do nothing: your password stays as it is.
