package classify

// dueTable lists, by language, the ways to name a due time, the most exact first: what it is, then a pattern in which NUM, DOW and
// MON stand for the number, weekday and month words of the language.
func dueTable() map[string][]string {
	return map[string][]string{"en": dueEnglish(), "es": dueSpanish(), "it": dueItalian(), "zh": dueChinese()}
}

// dueEnglish lists the ways to name a due time in English.
func dueEnglish() []string {
	return []string{
		`minutes: (?:within|in|next) (?:the )?(?:next )?(?P<n>NUM) (?:to |or )?(?P<m>NUM )?(?:minutes?|mins?) `,
		`hours: (?:within|in|next|up to|under|of) (?:the )?(?:next )?(?P<n>NUM) (?:to |or )?(?P<m>NUM )?(?:hours?|hrs?) `,
		`business: (?:(?:within|in|takes?|next|up to|under|of) )?(?:the )?(?:next )?(?P<n>NUM) (?:to |or )?(?P<m>NUM )?(?:business|working|work|week) ?days? `,
		`days: (?:within|in|next|up to|under|of) (?:the )?(?:next )?(?P<n>NUM) (?:to |or )?(?P<m>NUM )?days? `,
		`weeks: (?:within|in|next|up to|under|of) (?:the )?(?:next )?(?P<n>NUM) (?:to |or )?(?P<m>NUM )?weeks? `,
		`months: (?:within|in|next|up to|under|of) (?:the )?(?:next )?(?P<n>NUM) (?:to |or )?(?P<m>NUM )?months? `,
		`hours: (?P<n>24|48|72) (?:hours?|hrs?) `,
		`aftertomorrow: (?:by )?(?:the )?day after tomorrow `,
		`tomorrow: (?:by |before |until )?(?:(?:noon|midday|lunchtime|end of day) )?tomorrow (?:morning |afternoon |evening |night )?`,
		`nextweekday: (?:by |before |on |until )?next (?P<dow>DOW) `,
		`weekday: (?:by |before |on |until |this |for |no later than |coming |end of |(?:the )?end of the day )*(?P<dow>DOW) `,
		`nextweek: (?:(?:by|before|the|end|of|early|sometime) )*(?:next|following) week `,
		`week: (?:(?:by|before|the|end|of|later) )*(?:this week|end of the week|end of week|the week|eow|weekend) `,
		`nextmonth: (?:(?:by|before|the|end|of) )*next month `,
		`month: (?:by |before )?(?:the )?(?:end of (?:the |this )?month|this month|month end) `,
		`year: (?:by |before )?(?:the )?(?:end of (?:the |this )?year|this year) `,
		`date: (?:by |before |on |until )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<month>MON) `,
		`date: (?:by |before |on |until )?(?P<month>MON) (?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)? `,
		`monthday: (?:by|before|on|until) the (?P<day>\d{1,2})(?:st|nd|rd|th) `,
		`today: (?:by |before |until )?(?:the )?(?:end of (?:the |this )?(?:day|business)|close of (?:play|business|day)|eod|cob|today|tonight|this (?:morning|afternoon|evening)) `,
		`nextmonth: in the new year `,
	}
}

// dueSpanish lists the ways to name a due time in Spanish.
func dueSpanish() []string {
	return []string{
		`minutes: (?:en|dentro de|próximos) (?P<n>NUM) (?:o |a )?(?P<m>NUM )?minutos? `,
		`hours: (?:en|de|dentro de|próximas|antes de) (?P<n>NUM) (?:o |a )?(?P<m>NUM )?(?:horas?|hs|h) `,
		`business: (?:(?:en|de|dentro de|próximos|antes de|plazo de) )?(?P<n>NUM) (?:o |a )?(?P<m>NUM )?días? (?:hábiles|laborables|laborales|hábil|laborable) `,
		`days: (?:en|de|dentro de|próximos|antes de|unos) (?P<n>NUM) (?:o |a )?(?P<m>NUM )?días? `,
		`weeks: (?:en|de|dentro de|próximas|antes de) (?P<n>NUM) (?:o |a )?(?P<m>NUM )?semanas? `,
		`months: (?:en|de|dentro de|próximos|antes de) (?P<n>NUM) (?:o |a )?(?P<m>NUM )?mes(?:es)? `,
		`hours: (?P<n>24|48|72) (?:horas?|hs|h) `,
		`aftertomorrow: pasado mañana `,
		`nextweekday: (?:el |antes del |para el )?(?P<dow>DOW) de la (?:semana que viene|próxima semana) `,
		`coming: (?:(?:antes|el|del|de|para) )*(?:próximo (?P<dow>DOW)|(?P<dow2>DOW) (?:que viene|próximo)) `,
		`weekday: (?:(?:antes|el|del|de|para|este|próximo|hasta|mismo) )*(?P<dow>DOW) (?:que viene |próximo )?`,
		`nextweek: (?:(?:antes|a|de|finales|principios|durante|la|en) )*(?:semana que viene|próxima semana|semana próxima|semana entrante) `,
		`week: (?:(?:antes|a|de|finales|durante|lo|largo|el|en) )*(?:esta semana|esta misma semana|fin de semana|de la semana|la semana) `,
		`nextmonth: (?:el |durante el )?(?:mes que viene|próximo mes|mes próximo) `,
		`month: (?:(?:antes|a|de|del|el|para) )*(?:fin(?:es|ales|al)? de(?:l)? (?:este )?mes|este mes|finales de mes|fin de mes) `,
		`year: (?:(?:antes|a|de|del|el) )*(?:fin(?:es|ales|al)? de(?:l)? año|este año|acabar el año) `,
		`date: (?:(?:antes|del|el|día|para|hasta) )*(?P<day>\d{1,2}) de (?P<month>MON) `,
		`monthday: (?:antes del|para el|hasta el|el)(?: día)? (?P<day>\d{1,2}) `,
		`tomorrow: (?:antes de )?mañana (?:mismo |por la (?:mañana|tarde|noche) |a primera hora )?`,
		`today: (?:antes de (?:que acabe|terminar|acabar) el día|hoy|hoy mismo|esta (?:misma )?(?:tarde|noche|mañana)|el día de hoy|final del día|a última hora) `,
	}
}

// dueItalian lists the ways to name a due time in Italian.
func dueItalian() []string {
	return []string{
		`minutes: (?:in|entro|tra|fra|prossimi) (?P<n>NUM) (?:o |a )?(?P<m>NUM )?minut[oi] `,
		`hours: (?:in|entro|tra|fra|prossime|di|entro le prossime) (?:le )?(?P<n>NUM) (?:o |a )?(?P<m>NUM )?or[ae] `,
		`business: (?:(?:in|entro|tra|fra|prossimi|di) )?(?:i )?(?P<n>NUM) (?:o |a )?(?P<m>NUM )?giorn[oi] (?:lavorativ[oi]|feriali) `,
		`days: (?:in|entro|tra|fra|prossimi|di) (?P<n>NUM) (?:o |a )?(?P<m>NUM )?giorn[oi] `,
		`weeks: (?:in|entro|tra|fra|prossime|di) (?P<n>NUM) (?:o |a )?(?P<m>NUM )?settiman[ae] `,
		`months: (?:in|entro|tra|fra|prossimi|di) (?P<n>NUM) (?:o |a )?(?P<m>NUM )?mes[ei] `,
		`hours: (?P<n>24|48|72) ore `,
		`aftertomorrow: (?:entro )?dopodomani `,
		`nextweekday: (?:(?:entro|il|per) )*(?P<dow>DOW) della (?:settimana prossima|prossima settimana) `,
		`coming: (?:(?:entro|il|la|per) )*(?:prossimo (?P<dow>DOW)|(?P<dow2>DOW) (?:prossimo|prossima)) `,
		`weekday: (?:(?:entro|prima|di|del|della|il|la|per|questo|questa|prossimo|fino|a|al) )*(?P<dow>DOW) (?:prossimo |prossima )?`,
		`nextweek: (?:(?:entro|la|nella|fine|della|dalla|inizio) )*(?:settimana prossima|prossima settimana|settimana entrante|settimana ventura) `,
		`week: (?:(?:entro|la|nel|il|fine|della|in) )*(?:questa settimana|settimana|fine settimana|weekend) `,
		`nextmonth: (?:(?:entro|il|nel) )*(?:mese prossimo|prossimo mese) `,
		`month: (?:(?:entro|la|a|per) )*(?:fine (?:del )?mese|questo mese|la fine del mese) `,
		`year: (?:(?:entro|la|a) )*(?:fine (?:dell' )?anno|quest' anno) `,
		`date: (?:(?:entro|prima|del|il|l'|per) )*(?P<day>\d{1,2}) (?P<month>MON) `,
		`monthday: (?:entro il|prima del|per il|fino al|il giorno|il) (?P<day>\d{1,2}) `,
		`tomorrow: (?:entro |per )?(?:domani|domattina) (?:mattina |pomeriggio |sera |stesso |presto )?`,
		`today: (?:entro |in )?(?:oggi|stasera|stamattina|in giornata|giornata|fine giornata|oggi pomeriggio|oggi stesso) `,
	}
}

// dueChinese lists the ways to name a due time in Chinese.
func dueChinese() []string {
	return []string{
		`minutes: (?P<n>NUM)分钟(?:之?内|以内|后)?`,
		`hours: (?P<n>NUM)(?:到|至|-|~)?(?P<m>NUM)?个?小时(?:之?内|以内|后)?`,
		`business: (?P<n>NUM)(?:到|至|-|~)?(?P<m>NUM)?个?工作日(?:之?内|以内|后)?`,
		`months: (?P<n>NUM)个月(?:之?内|以内|后)?`,
		`weeks: (?P<n>NUM)(?:到|至|-|~)?(?P<m>NUM)?(?:周|个?星期|个?礼拜)(?:之?内|以内|后)?`,
		`date: (?P<month>NUM月份?)(?P<day>NUM)(?:日|号)(?:之?前|以前)?`,
		`third: 大后天`,
		`aftertomorrow: 后天(?:上午|下午|晚上|中午|之?前)?`,
		`tomorrow: (?:明天|明日|明早|明晚)(?:上午|下午|晚上|中午|早上|之?前)?`,
		`nextweekday: 下(?:个)?(?:周|星期|礼拜)(?P<dow>[一二三四五六日天])(?:上午|下午|晚上|之?前|以前)?`,
		`weekday: (?:本|这)?(?:个)?(?:周|星期|礼拜)(?P<dow>[一二三四五六日天])(?:上午|下午|晚上|之?前|以前)?`,
		`days: (?P<n>NUM)(?:到|至|-|~)?(?P<m>NUM)?(?:天|日)(?:之?内|以内|后|之?前)?`,
		`nextweek: 下(?:个)?(?:周|星期|礼拜)(?:内|之?内|末|以内|之?前)?`,
		`week: (?:(?:本|这)(?:个)?(?:周|星期|礼拜)(?:内|之?内|末|以内)?|周末(?:前|之前)?)`,
		`nextmonth: 下个?月(?:内|底|之?前)?`,
		`month: (?:本月底?|这个月|月底|月末)(?:内|之?前|以前)?`,
		`year: (?:年底|年内|今年)(?:之?前)?`,
		`monthday: (?P<day>NUM)(?:号|日)(?:之?前|以前)?`,
		`today: (?:今天|今日|今晚|当天|今早|下班)(?:上午|下午|晚上|之?内|之?前|前)?`,
	}
}
