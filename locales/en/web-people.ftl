# Pages of people: list, invitation, access, account.

people-title = People
people-lead = Everybody with an account or an invitation, with their access.
people-total = { $n ->
    [0] No people
    [one] One person
   *[other] { $n } people
}
people-person = Person
people-access = Access
people-state = State
people-action = Action
people-all = All
people-none = None
people-filter = Apply
people-none-found = Nobody matches these filters.
people-empty = There are no people yet. They are added by an invitation by mail.
people-unknown-institution = No institution is called “{ $name }”.
people-no-access = No access to any commission
people-more-access = { $n ->
    [one] and one more
   *[other] and { $n } more
}
people-enabled = With access
people-disabled = Disabled
people-invited = Invited, no password
people-invite = Invite a person
people-invite-title = Invite a person
people-invite-lead = The invitation arrives by mail and lasts seven days. The person chooses a password.
people-invite-mails = A mail goes to this address. Those who have an account already keep their name and language, and are notified of the new access.
people-invite-send = Send invitation
people-email = Email address
people-email-hint = The person signs in with this address. Capitals make no difference.
people-email-change = After a change, the links that were sent before stop working.
people-name = Name
people-institution = Institution
people-institution-hint = Where the person works. For somebody who represents an institution, the one above is enough.
people-role = Role
people-role-admin = Administration of the system
people-role-coordinator = National coordination
people-role-secretariat = Technical secretariat
people-role-representative = Representative of an institution
people-role-observer = Observer
people-role-about-admin = Sees and changes everything. Needs no institution, commission or country.
people-role-about-coordinator = Coordinates a country. Needs the country.
people-role-about-secretariat = Keeps the records of a commission. Needs the commission.
people-role-about-representative = Reports for an institution. Needs the institution; with a commission, only within it.
people-role-about-observer = Reads the records of a commission. Needs the commission.
people-represented = Represented institution
people-represented-hint = Only for representatives. Type the name or the acronym.
people-commission = Commission
people-commission-hint = For secretariats and observers. For representatives, it limits the access to that commission.
people-commission-hint-bounded = For observers. For representatives, it limits the access to that commission.
people-country = Country
people-country-hint = Only for the national coordination.
people-data = Details
people-since = Added
people-account = Account
people-edit = Edit details
people-edit-title = Edit details
people-save = Save changes
people-back = Back to the person
people-grant-add = Add access
people-grant-title = Add access
people-grant-mails = The person is notified by mail.
people-grant-remove = Remove
people-grant-removal-title = Remove access
people-grant-removal-what = The person loses this access at once. What the person entered stays.
people-grant-remove-it = Remove access
people-invite-again = Send the invitation again
people-invite-again-what = If the person has not chosen a password and the last invitation has expired or did not arrive, a new mail is sent. Otherwise nothing is sent.
people-unlock = Unlock the account
people-unlock-what = The failed sign-ins are no longer counted. The person can sign in at once with the password.
people-disable = Disable the account
people-disable-what = The sessions end at once, and the person cannot sign in. What the person entered stays. The account can be enabled again.
people-enable = Enable the account
people-enable-what = The person can sign in again with the password, with the same access as before.
people-sessions = Open sessions
people-no-sessions = There are no open sessions.
people-sessions-what = Once they end, a new sign-in is needed in all browsers and programs. The secret address of the calendar stops working too.
people-sessions-end = End all sessions
done-person-invited = The invitation was recorded.
done-person-changed = The details were saved.
done-grant-added = The access was added. The person is notified by mail.
done-grant-removed = The access was removed.
done-invitation-repeated = If the invitation had expired, another one is sent.
done-person-unlocked = The account was unlocked.
done-person-disabled = The account was disabled, and its sessions ended.
done-person-enabled = The account was enabled.
done-person-signed-out = The sessions ended.
people-second-factor = End the second factor
people-second-factor-what = This is for somebody who has lost the telephone and the recovery codes. The sessions end, and the next sign-in asks for the password alone. First confirm in another way that the person asks for it.
done-person-second-factor-ended = The second factor has ended.
