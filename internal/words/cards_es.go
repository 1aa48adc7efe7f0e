package words

func spanishCards() Cards {
	return Cards{Times: spanishTimes(), Labels: spanishLabels(), Heads: spanishHeads(), Fields: spanishFields(), Notes: spanishNotes(),
		Buttons: spanishButtons(), Sayings: spanishSayings(), Lines: spanishLines(), Lists: spanishLists(), Dialogs: spanishDialogs(), Drafts: spanishDrafts(), LedgerCards: spanishLedgerCards()}
}

func spanishTimes() Times {
	return Times{
		Seconds: "{n} s", Minutes: "{n} min", Hours: "{n} h", HoursMinutes: "{h} h {m}", DaysHours: "{d} d {h} h",
		Days:     Plural{"{n} día", "{n} días"},
		DateLong: "{weekday} {day} de {month}", DateTime: "{day} {month} {time} {zone}",
		Today: "hoy a las {time}", WeekdayTime: "el {weekday} a las {time}", DayTime: "el {day} de {month} a las {time}",
		Weekdays: [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
		Months: [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
			"diciembre"},
		MonthsShort: [12]string{"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"},
		Comma:       ", ", And: " y ", Stop: ". ", Quote: "«{text}»",
	}
}

func spanishLabels() Labels {
	return Labels{
		Intents: map[string]string{"complaint": "Queja", "compliment": "Elogio", "question": "Pregunta", "request": "Petición", "none": "Mención"},
		Nouns:   map[string]string{"complaint": "queja", "compliment": "elogio", "question": "pregunta", "request": "petición", "none": "mención"},
		Many: map[string]string{
			"complaint": "quejas", "compliment": "elogios", "question": "preguntas", "request": "peticiones", "none": "menciones",
		},
		The: map[string]string{
			"complaint": "la queja", "compliment": "el elogio", "question": "la pregunta", "request": "la petición", "none": "la mención",
		},
		Statuses: map[string]string{
			"dismissed": "descartado", "closed": "cerrado", "resolved": "resuelto", "responded": "respondido", "overdue": "fuera de plazo",
			"promised": "prometido", "unconfirmed": "sin confirmar", "seen": "visto", "claimed": "en curso", "new": "nuevo",
		},
		Facets: map[string]string{
			"product": "Producto", "service": "Servicio", "staff": "Personal", "process": "Proceso", "policy": "Normas", "price": "Precio",
			"image": "Imagen",
		},
		Outcomes: map[string]string{
			"fixed": "Arreglado: la causa ya no existe", "compensated": "Compensado: reembolso, abono o cambio", "explained": "Explicado",
			"thanked": "Agradecido", "declined": "Respondido, no concedido", "no_reply": "Se decidió no responder",
		},
		Evidence: map[string]string{
			"official": "respuesta oficial", "claimed": "dice hablar por la empresa, sin prueba", "backlink": "enlace desde una página de la empresa",
			"author_update": "actualización del autor", "author_silence": "el autor dice que no hubo respuesta",
			"third_party": "lo dice otra persona", "seen": "visto", "promise": "promesa", "marked": "marcado por una persona",
		},
		EvidenceSay: map[string]Text{
			"official": "Respuesta oficial de {who}", "claimed": "{who} dice hablar por la empresa", "backlink": "{who} enlaza la entrada",
			"author_update": "El autor dice que hubo respuesta", "author_silence": "El autor dice que no hubo respuesta",
			"third_party": "Lo dice otra persona: {who}",
			"seen":        "{who} lo vio", "promise": "Lo prometió {who}", "marked": "Lo marcó {who}"},
		Reasons: map[string]string{
			"held_window": "fuera de horario", "capped": "se alcanzó el máximo de mensajes del día",
			"min_gap": "demasiado pronto tras el último recordatorio", "grouped": "llegaron juntos",
			"stale": "publicados más de 14 días antes de encontrarlos",
		},
		Ask: map[string]string{
			"complaint": "¿Es una queja?", "compliment": "¿Es un elogio?", "question": "¿Es una pregunta?", "request": "¿Es una petición?",
			"none": "¿Es sobre nosotros?",
		},
	}
}

func spanishHeads() Heads {
	return Heads{
		HeadUnsure: "Dudoso: ¿{label}?", HeadPromised: "Promesa para {time}", HeadResponded: "Respondido en {time}", HeadMerged: "Unido a {case}",
		HeadOverdue: "Fuera de plazo", HeadPromise: "Promesa sin fecha", HeadBroken: "Promesa incumplida", HeadUnconfirmed: "¿Respondido?",
		HeadResolved: "Resuelto",
		HeadReopened: "Sigue sin respuesta", HeadClosed: "Cerrado", HeadDismissed: "Descartado",
	}
}

func spanishFields() Fields {
	return Fields{
		FieldAnswer: "Respuesta", FieldPromise: "Promesa", FieldOwner: "Responsable", FieldGuess: "Causa, una suposición", FieldCause: "Causa",
		FieldAuthor: "Autor", FieldOutcome: "Resultado",
		NoAnswer: "Sin respuesta pública a la vista", SeenNotAnswered: "Visto, sin respuesta pública",
		CommentsClosed: "Allí los comentarios están cerrados", Nobody: "Nadie todavía", Nameless: "Alguien sin nombre",
		EvidenceLink:  "Ver el pasaje que lo prueba",
		PromiseNoDate: "Prometido, sin fecha",
		Due:           "Vence {time}", WasDue: "Venció {time}", Snoozed: "Aplazado hasta {time}",
		CannotAnswer: "{brand} no tiene allí identidad conocida: su respuesta no se puede ver",
		Disagrees:    "El autor no está de acuerdo con la marca de {who} del {time}", DisagreesAny: "El autor no está de acuerdo",
		PromiseDue: "Prometido, vence {time}", PromiseLate: "Incumplido, venció {time}", OwnerSince: "{who} desde {time}",
		OwnerIdle:     "{who}, aún sin empezar",
		FacetSeverity: "{facet}. Gravedad {n} de 4", Severity: "Gravedad {n} de 4", AuthorFirst: "{who}: primera vez ({label})",
		AuthorAgain:       "{who}: {label} n.º {n}",
		EarlierUnanswered: Plural{"1 anterior sin respuesta", "{n} anteriores sin respuesta"},
	}
}

func spanishNotes() Notes {
	return Notes{
		Voices: Plural{"1 voz más", "{n} voces más"}, Copies: Plural{"1 copia", "{n} copias"}, Joined: Plural{"1 añadido del autor",
			"{n} añadidos del autor"},
		Earlier: Plural{"1 caso anterior", "{n} casos anteriores"}, LeavingNote: "Dice que se va", CutQuote: "la cita", CutNotes: "algunas notas",
		SecondOpinion: "Segunda opinión: {label}",
		Similar:       "Esta historia y sus copias cambian ahora; hasta {n} de las últimas {of} menciones cambiarían tras el próximo aprendizaje.",
		ReachNote:     "Alcance {n} de 5", KeyAccount: "Cliente clave: {name}",
		Why: "Por qué: regla {rule}, confianza {confidence}", WhyWords: "Por qué: regla {rule}, {words}, confianza {confidence}",
		Published: "Publicado {time}", Found: "encontrado {time} después",
		Cut: "Acortado para que quepa: {what}. En el caso está todo", ReadTitle: "Leer {title} en {site}", ReadPost: "Leer la entrada en {site}",
		ReadTitleBare: "Leer {title}",
	}
}

func spanishButtons() Buttons {
	return Buttons{
		Take: "Me ocupo", MarkAnswered: "Marcar como respondido", ConfirmAnswer: "Confirmar la respuesta", NotAnswer: "No es una respuesta",
		MarkKept: "Marcar como cumplida", MarkBroken: "Marcar como incumplida",
		MoveDate: "Cambiar la fecha", SetOutcome: "Indicar el resultado", Reopen: "Reabrir", OpenPost: "Abrir la entrada para responder",
		OpenCase: "Abrir el caso", OpenQueue: "Abrir la lista", MakeCard: "Hacer una tarjeta",
		Draft: "Redactar una respuesta", HandOver: "Pasar a otra persona", Snooze: "Aplazar o silenciar", Wrong: "Hay un error...",
		WhyCard: "¿Por qué este aviso?", NotUs: "No es sobre nosotros",
	}
}

func spanishSayings() Sayings {
	return Sayings{
		SayNew:           "{label} sobre {brand} en {site}: {what}. {answer}.",
		SayUnsure:        "Quizá sea una {label} sobre {brand} en {site}: {what}. Di si lo es.",
		SayClaimed:       "{who} se ocupa de {label} sobre {brand} en {site}. {answer}.",
		SayOverdue:       "Fuera de plazo: {label} sobre {brand} en {site}, {what}. {owner}.",
		SayResponded:     "{label} sobre {brand} en {site} tuvo respuesta pública {time} después de publicarse.",
		SayPromised:      "{brand} prometió responder a {label} en {site} para {time}.",
		SayPromiseNoDate: "{brand} prometió responder a {label} en {site}, sin fecha.",
		SayUnconfirmed:   "Puede haber una respuesta a {label} sobre {brand} en {site}. Confírmala.",
		SaySeen:          "{label} sobre {brand} en {site}: visto, sin respuesta pública todavía.",
		SayResolved:      "Resuelto: {label} sobre {brand} en {site}.",
		SayClosed:        "Cerrado: {label} sobre {brand} en {site}. {outcome}.",
		SayDismissed:     "Descartado: {label} sobre {brand} en {site}.", SayDismissedBy: "Descartado por {who}: {label} sobre {brand} en {site}.",
		SayMerged:   "{label} sobre {brand} en {site} forma parte ahora del caso {case}.",
		SayRemind:   "Sigue sin respuesta tras {time}: {label} sobre {brand} en {site}. {owner}.",
		SayEscalate: "Nadie ha respondido en {time}: {label} sobre {brand} en {site}, {what}. {owner}.",
		SayDueBy:    "{answer}; vence {time}", SayOwner: "Lo tiene {who}", SayNobody: "Nadie se ocupa",
	}
}

func spanishLines() Lines {
	return Lines{
		LineBy: map[string]Text{
			"claimed": "{who} se ocupa.", "assigned": "{who} lo pasó a {owner}.", "snoozed": "{who} lo aplazó hasta {time}.",
			"corrected": "{who} lo corrigió: {label}.",
			"closed":    "{who} lo cerró: {outcome}.", "noted": "{who} añadió una nota.", "reopened": "{who} lo reabrió.",
			"dismissed": "{who} lo descartó.",
			"merged":    "{who} lo unió al caso {case}.", "split": "{who} lo separó del caso {case}.", "undone": "{who} deshizo el último paso.",
			"promise_made": "{who} anotó una promesa, vence {time}.", "promise_kept": "{who} marcó la promesa como cumplida.",
			"promise_broken": "{who} marcó la promesa como incumplida.", "opened": "{who} lo abrió."},
		LineOf: map[string]Text{
			"overdue": "Fuera de plazo: la respuesta vencía {time}.", "reopened": "Reabierto: al final no hubo respuesta.",
			"promise_made": "Prometido, vence {time}.", "promise_due": "La promesa vence {time}.",
			"promise_broken": "La promesa vencía {time}; no se vio nada.",
			"merged":         "Ahora forma parte del caso {case}.", "split": "Separado del caso {case}.",
			"spiked": "Muchos lo dicen a la vez.", "closed": "Cerrado: {outcome}.", "assigned": "Ahora lo tiene {owner}."},
		LineAnswer: map[string]Text{
			"none": "Al final, sin respuesta pública.", "seen": "Visto, sin respuesta pública todavía.", "unconfirmed": "Puede haber una respuesta.",
			"promised": "Se prometió una respuesta.", "responded": "Respondido en público.", "resolved": "Resuelto, según lo que se ve."},
		LineAnswerBy: map[string]Text{
			"none": "{who}: sin respuesta.", "seen": "{who}: visto.", "unconfirmed": "{who}: quizá respondido.", "promised": "{who}: prometido.",
			"responded": "{who} lo marcó como respondido.", "resolved": "{who} lo marcó como resuelto."},
	}
}

func spanishLists() Lists {
	return Lists{
		Digests:    map[string]string{"quality": "Revisión diaria de calidad", "weekly": "Informe semanal", "digest": "Resumen"},
		DigestHead: "{digest} - {date}", SummaryHead: "Mientras no estabas - {reason}", WelcomeHead: "Earshot está a la escucha",
		SectionOverdue: "Fuera de plazo, {n}", SectionDue: "Próximos, {n}", SectionNew: "Nuevos, {n}", SectionThank: "Sin agradecer, {n}",
		SectionPromise: "Promesas, {n}", SectionHeld: "A la espera de respuesta, {n}", SectionDone: "Resueltos entretanto, {n}",
		SectionWorth: "Merecen respuesta, {n}",
		ItemOver:     "{time} de retraso, {owner}", ItemLeft: "quedan {time}, {owner}", ItemWaits: "espera desde hace {time}", ItemDone: "{status}",
		MoreItems:  Plural{"y 1 más", "y {n} más"},
		SummarySay: Plural{"Se retuvo 1 caso: {reason}.", "Se retuvieron {n} casos: {reason}."},
		WelcomeSay: Plural{"Earshot está a la escucha. 1 caso de los últimos 14 días merece respuesta.",
			"Earshot está a la escucha. {n} casos de los últimos 14 días merecen respuesta."},
		DigestSay: "{digest}, {date}: {counts}.", DigestNothing: "nada espera respuesta",
		HearingAll: "Se oyen las {total} fuentes.", HearingSome: "Se oyen {ok} de {total} fuentes. Sordas: {names}.",
		HearingNothing: "Aún no se ha leído ninguna fuente.", RulesAll: "Las {total} reglas funcionan.",
		RulesSome: "Funcionan {ok} de {total} reglas.",
		SpikeHead: "Pico - {brand} - {n} {label} en {time}, se esperaban {expected}",
		SpikeSay:  "Pico: {n} {label} sobre {brand} en {time}, se esperaban {expected}.", SpikeWho: "{authors} autores en {sites} sitios",
		SpikeFirst:  "{site}, {time}",
		SpikeNote:   "Una sola tarjeta para todo el pico: los casos sueltos no se envían. Se cierra sola cuando las cifras vuelven a lo normal.",
		SpikeDriver: "{words}: {n} de {total}", SpikeAnswered: "{n} de {total} con respuesta pública",
		CalmSay:      "El pico sobre {brand} se ha calmado.",
		SpikeDrivers: "Qué dicen", FieldWho: "Quién", FieldFirst: "Primero", OpsHead: "Earshot te necesita", OpsDo: "Qué hacer",
		NoEdits: "Este mensaje no cambia: el caso muestra cómo está",
	}
}

func spanishDialogs() Dialogs {
	return Dialogs{
		AskOutcome: "¿Cómo terminó?", AskCause: "¿Cuál fue la causa?", AskCauseWords: "La causa con tus palabras", AskOwner: "¿Quién se ocupa?",
		AskUntil: "¿Hasta cuándo?", AskRight: "¿Qué es lo correcto?", AskDate: "La nueva fecha", AskNote: "Una nota", AskBrand: "Es sobre otra marca",
		AskSame: "Es lo mismo que el caso",
		Save:    "Guardar", Cancel: "Cancelar", Undo: "Deshacer", InAnHour: "Dentro de una hora", Tomorrow: "Mañana", InThreeDays: "Dentro de tres días",
		InAWeek: "Dentro de una semana", MuteKind: "Silenciar una semana los casos de este tipo",
		NotAllowed: "Puedes leer los casos, no cambiarlos. Un administrador puede darte permiso.", NothingFound: "No se encontró nada.",
		PickOne: "Elige una opción.", DateGone: "Elige una hora futura.", Tracked: "Earshot sigue el enlace desde ahora.", Muted: "Silenciado.",
		TitleOutcome: "Indicar el resultado", TitleHandOver: "Pasar a otra persona", TitleSnooze: "Aplazar o silenciar", TitleWrong: "¿Qué está mal?",
		TitleMove: "Cambiar la fecha",
		Raced:     "{line} Fue hace {time}; tu clic no cambió nada.",
		NotKnown:  "Earshot no te conoce. Pide a un administrador que añada tu id de Slack {id} a people.", Failed: "No funcionó: {what}",
		Help: "Di una de estas: {commands}.",
		Undoable: map[string]string{
			"dismiss": "Descartado. Puedes deshacerlo durante 10 minutos.", "correct": "Corregido. Puedes deshacerlo durante 10 minutos.",
			"outcome": "Cerrado. Puedes deshacerlo durante 10 minutos.",
			"reject":  "Anotado: no es una respuesta. Puedes deshacerlo durante 10 minutos.",
		},
	}
}

func spanishDrafts() Drafts {
	return Drafts{
		DraftIntro: "Un borrador en la lengua del autor. Solo tú lo envías: cámbialo, fírmalo y publícalo.",
		Reply: map[string]Text{
			"complaint":  "Hola, {author}: gracias por contarlo. Lo siento: esto no debió ocurrir y nos toca arreglarlo. Lo estoy mirando y contaré aquí qué encuentro y qué hacemos. ¿Puedes enviarme la referencia para localizar tu caso? {sign}",
			"compliment": "Hola, {author}: gracias por tomarte el tiempo de escribirlo. Se lo he pasado a las personas de quienes hablas. {sign}",
			"question":   "Hola, {author}: gracias por preguntar. {sign}",
			"request":    "Hola, {author}: gracias por la sugerencia. La he trasladado y contaré aquí en qué queda. {sign}",
			"none":       "Hola, {author}: gracias por mencionarnos. {sign}"},
	}
}
