# The demonstration: its output, and the names of its users.

demo-title = Articula: demonstration with the 2023 reports of Chile and Peru (temporary database in var/demo).
demo-api = The API answers at { $url }; its documentation is at { $url }/api/docs
demo-sign-in = Sign in with any of these addresses; the password of all is: { $password }
demo-example = For example:
demo-token = and then send with each call: -H 'Authorization: Bearer <access_token>'
demo-mails = The mails that would be sent are kept in var/demo/mail. To stop: Ctrl+C.
demo-admin = Administration
demo-coordinator = Coordination of Chile and Peru
demo-secretariat-cigtpe = Technical secretariat of the CIGTPE
demo-secretariat-ceti = Technical secretariat of the CETI
demo-representative = Representative of the Regional Government of Huánuco
demo-observer = Observer of the CETI
