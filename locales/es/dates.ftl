# Cómo se escriben las fechas.

month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
date-day = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
date-quarter-1 = primer trimestre de { $year }
date-quarter-2 = segundo trimestre de { $year }
date-quarter-3 = tercer trimestre de { $year }
date-quarter-4 = cuarto trimestre de { $year }
date-half-1 = primer semestre de { $year }
date-half-2 = segundo semestre de { $year }
