# How dates are written.

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-quarter-1 = first quarter of { $year }
date-quarter-2 = second quarter of { $year }
date-quarter-3 = third quarter of { $year }
date-quarter-4 = fourth quarter of { $year }
date-half-1 = first half of { $year }
date-half-2 = second half of { $year }
