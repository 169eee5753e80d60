web-brand = Articula
web-error-prefix = Error:{" "}
web-skip = Skip to the content
web-search = Search
web-navigation = Main
web-back-to-question = Back to question { $n }
web-crumbs = Location
web-pages = Pages
web-account = My account
web-sign-out = Sign out
web-in-english = English
web-in-spanish = Español
web-help = Help
web-accessibility = Accessibility
web-privacy = Privacy
web-nav-start = Start
web-nav-commitments = Commitments
web-nav-reviews = To review
web-nav-calendar = Calendar
web-nav-meetings = Sessions
web-nav-agreements = Agreements
web-nav-commissions = Commissions
web-role-admin = Administration
web-role-coordinator = National coordination
web-role-secretariat = Technical secretariat
web-role-representative = Member institution
web-role-observer = Observer institution
web-warnings = It was saved. The text should be checked:
web-errors = There is something to correct
web-password-show = Show the password
web-password-hide = Hide the password
web-optional = (optional)
web-changed-by-others = This record changed in the meantime.
web-changed-by-others-next = Nothing has been saved yet. Above each field that changed is the value stored now. Saving again stores what is in the fields; to keep the stored value, discard your changes.
web-stored-now = Stored now:
web-kept-since = This text was kept { $since } and has not been sent.
web-show-stored = Show what is stored
web-kept-aside = This is what is stored. There is also a draft of yours, kept { $since }.
web-show-kept = Back to that text
web-discard = Discard my changes
done-changes-discarded = Your changes were discarded. This is what is stored.
web-dates-understood = Nothing has been saved yet. Below each date is how it was understood. If it is right, press the button again.
web-dates-understood-with-faults = Below each date is how it was understood.
web-understood-as = Understood as { $date }.
web-day-hint = An exact day, for example 30/06/2027.
web-date-hint = For example: 30/06/2027, June 2027 or second quarter 2027.
web-file-kept = File received: { $name }
web-time = { $time }
web-today = today
web-just-now = just now
web-minutes-ago = { $n ->
    [one] a minute ago
   *[other] { $n } minutes ago
}
web-hours-ago = { $n ->
    [one] an hour ago
   *[other] { $n } hours ago
}
web-days-ago = { $n ->
    [one] a day ago
   *[other] { $n } days ago
}
web-due-today = due today
web-due-days = { $n ->
    [one] due tomorrow
   *[other] in { $n } days
}
web-overdue-days = { $n ->
    [one] overdue by a day
   *[other] overdue by { $n } days
}
web-filters = Filters
web-remove-filter = Remove the filter
web-clear-filters = Remove filters
web-next-page = Next page
web-to-start = Go to the start page
web-not-found-next = The address may be incomplete, or the record was removed. The search is at the top.
web-send = Send
web-contact = Questions:
web-request-number = Number of the request: { $id }
sign-in-title = Sign in
sign-in-email = Email address
sign-in-password = Password
sign-in-submit = Sign in
sign-in-forgotten = I forgot my password
sign-in-text-kept = The session had ended. Nothing was sent, and the text was kept: it is back on its page after signing in.
sign-in-demo = Demonstration
sign-in-demo-about = There is one button for each person. The data are examples and are deleted at the next start.
web-day-unread = An exact day is needed here, for example 30/06/2027.
web-date-unread = The date is not understood. For example: 30/06/2027, June 2027 or second quarter 2027.
web-date-short-year = Write the year with its four digits, for example 30/06/2027.
web-filter-country = Country
web-filter-all-countries = All
web-one-of = Enter one of these, and only one.
web-not-together = This does not go together with another value that was entered.
web-any-of = Enter at least one of these.
web-sent-before = This form was sent before with other content, which was saved. Sending again also saves what is in the fields.
web-sections = More pages
