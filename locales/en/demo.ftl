# The demonstration: its output, and the names of its users.

demo-title = Articula: demonstration with the 2023 reports of Chile and Peru (temporary database in var/demo).
demo-open = Open that address in a browser: the sign-in page has a button for each person.
demo-sign-in = The password of all is: { $password }
demo-mails = The mails that would be sent are kept in var/demo/mail. To stop: Ctrl+C.
demo-api = The API answers at the same address; its documentation is at { $url }/api/docs. For example:
demo-token = and then send with each call: -H 'Authorization: Bearer <access_token>'
demo-admin = Administration
demo-coordinator = Coordination of Chile and Peru
demo-secretariat-cigtpe = Technical secretariat of the CIGTPE
demo-secretariat-ceti = Technical secretariat of the CETI
demo-representative = Representative of the Regional Government of Huánuco
demo-observer = Observer of the CETI
