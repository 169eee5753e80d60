# La demostración: lo que imprime, y los nombres de sus usuarios.

demo-title = Articula: demostración con los informes de 2023 de Chile y del Perú (base desechable en var/demo).
demo-open = Abra esa dirección en el navegador: la página para ingresar tiene un botón por persona.
demo-sign-in = La contraseña de todas es: { $password }
demo-mails = Los correos que se enviarían quedan en var/demo/mail. Para terminar: Ctrl+C.
demo-api = La API responde en la misma dirección; su documentación está en { $url }/api/docs. Por ejemplo:
demo-token = y luego envíe en cada llamada: -H 'Authorization: Bearer <access_token>'
demo-admin = Administración
demo-coordinator = Coordinación de Chile y del Perú
demo-secretariat-cigtpe = Secretaría técnica de la CIGTPE
demo-secretariat-ceti = Secretaría técnica de la CETI
demo-representative = Representante del Gobierno Regional de Huánuco
demo-observer = Observación de la CETI
