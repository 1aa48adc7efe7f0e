package words

func italianCards() Cards {
	return Cards{Times: italianTimes(), Labels: italianLabels(), Heads: italianHeads(), Fields: italianFields(), Notes: italianNotes(),
		Buttons: italianButtons(), Sayings: italianSayings(), Lines: italianLines(), Lists: italianLists(), Dialogs: italianDialogs(), Drafts: italianDrafts(), LedgerCards: italianLedgerCards()}
}

func italianTimes() Times {
	return Times{
		Seconds: "{n} s", Minutes: "{n} min", Hours: "{n} h", HoursMinutes: "{h} h {m}", DaysHours: "{d} g {h} h",
		Days:     Plural{"{n} giorno", "{n} giorni"},
		DateLong: "{weekday} {day} {month}", DateTime: "{day} {month} {time} {zone}",
		Today: "oggi alle {time}", WeekdayTime: "{weekday} alle {time}", DayTime: "{day} {month} alle {time}",
		Weekdays: [7]string{"domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"},
		Months: [12]string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre",
			"dicembre"},
		MonthsShort: [12]string{"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"},
		Comma:       ", ", And: " e ", Stop: ". ", Quote: "«{text}»",
	}
}

func italianLabels() Labels {
	return Labels{
		Intents: map[string]string{
			"complaint": "Reclamo", "compliment": "Complimento", "question": "Domanda", "request": "Richiesta", "none": "Menzione",
		},
		Nouns: map[string]string{
			"complaint": "reclamo", "compliment": "complimento", "question": "domanda", "request": "richiesta", "none": "menzione",
		},
		Many: map[string]string{
			"complaint": "reclami", "compliment": "complimenti", "question": "domande", "request": "richieste", "none": "menzioni",
		},
		The: map[string]string{
			"complaint": "il reclamo", "compliment": "il complimento", "question": "la domanda", "request": "la richiesta", "none": "la menzione",
		},
		Statuses: map[string]string{
			"dismissed": "scartato", "closed": "chiuso", "resolved": "risolto", "responded": "risposto", "overdue": "in ritardo",
			"promised": "promesso", "unconfirmed": "da confermare", "seen": "visto", "claimed": "preso in carico", "new": "nuovo",
		},
		Facets: map[string]string{
			"product": "Prodotto", "service": "Servizio", "staff": "Personale", "process": "Processo", "policy": "Regole", "price": "Prezzo",
			"image": "Immagine",
		},
		Outcomes: map[string]string{
			"fixed": "Sistemato: la causa non c’è più", "compensated": "Compensato: rimborso, credito o cambio", "explained": "Spiegato",
			"thanked": "Ringraziato", "declined": "Risposto, non concesso", "no_reply": "Si è deciso di non rispondere",
		},
		Evidence: map[string]string{
			"official": "risposta ufficiale", "claimed": "dice di parlare per l’azienda, senza prova", "backlink": "link da una pagina dell’azienda",
			"author_update": "aggiornamento dell’autore", "author_silence": "l’autore dice che nessuno ha risposto",
			"third_party": "lo dice qualcun altro", "seen": "visto", "promise": "promessa", "marked": "segnato da una persona",
		},
		EvidenceSay: map[string]Text{
			"official": "Risposta ufficiale di {who}", "claimed": "{who} dice di parlare per l’azienda", "backlink": "{who} rimanda al post",
			"author_update": "L’autore dice che una risposta è arrivata", "author_silence": "L’autore dice che nessuno ha risposto",
			"third_party": "Lo dice qualcun altro: {who}",
			"seen":        "{who} l’ha visto", "promise": "Promesso da {who}", "marked": "Segnato da {who}"},
		Reasons: map[string]string{
			"held_window": "fuori orario", "capped": "raggiunto il massimo di messaggi del giorno",
			"min_gap": "troppo presto dopo l’ultimo promemoria", "grouped": "arrivati insieme",
			"stale": "pubblicati più di 14 giorni prima di essere trovati",
		},
		Ask: map[string]string{
			"complaint": "È un reclamo?", "compliment": "È un complimento?", "question": "È una domanda?", "request": "È una richiesta?",
			"none": "Riguarda noi?",
		},
	}
}

func italianHeads() Heads {
	return Heads{
		HeadUnsure: "Incerto: {label}?", HeadPromised: "Promessa per {time}", HeadResponded: "Risposto in {time}", HeadMerged: "Unito a {case}",
		HeadOverdue: "In ritardo", HeadPromise: "Promessa senza data", HeadBroken: "Promessa mancata", HeadUnconfirmed: "Risposto?",
		HeadResolved: "Risolto",
		HeadReopened: "Ancora nessuna risposta", HeadClosed: "Chiuso", HeadDismissed: "Scartato",
	}
}

func italianFields() Fields {
	return Fields{
		FieldAnswer: "Risposta", FieldPromise: "Promessa", FieldOwner: "Responsabile", FieldGuess: "Causa, un’ipotesi", FieldCause: "Causa",
		FieldAuthor: "Autore", FieldOutcome: "Esito",
		NoAnswer: "Nessuna risposta pubblica vista", SeenNotAnswered: "Visto, nessuna risposta pubblica", CommentsClosed: "Lì i commenti sono chiusi",
		Nobody: "Ancora nessuno", Nameless: "Qualcuno senza nome", EvidenceLink: "Vedi il passaggio che lo prova",
		PromiseNoDate: "Promesso, senza data",
		Due:           "Scade {time}", WasDue: "Scaduto {time}", Snoozed: "Rinviato fino a {time}",
		CannotAnswer: "{brand} non ha lì un’identità nota: una sua risposta non si può vedere",
		Disagrees:    "L’autore non è d’accordo con quanto segnato da {who} il {time}", DisagreesAny: "L’autore non è d’accordo",
		PromiseDue: "Promesso, scade {time}", PromiseLate: "Mancata, scadeva {time}", OwnerSince: "{who} da {time}",
		OwnerIdle:     "{who}, non ancora preso in carico",
		FacetSeverity: "{facet}. Gravità {n} su 4", Severity: "Gravità {n} su 4", AuthorFirst: "{who}: prima volta ({label})",
		AuthorAgain:       "{who}: {label} n. {n}",
		EarlierUnanswered: Plural{"1 precedente senza risposta", "{n} precedenti senza risposta"},
	}
}

func italianNotes() Notes {
	return Notes{
		Voices: Plural{"1 altra voce", "{n} altre voci"}, Copies: Plural{"1 copia", "{n} copie"}, Joined: Plural{"1 seguito dell’autore",
			"{n} seguiti dell’autore"},
		Earlier: Plural{"1 caso precedente", "{n} casi precedenti"}, LeavingNote: "Dice che se ne va", CutQuote: "la citazione",
		CutNotes:      "alcune note",
		SecondOpinion: "Secondo parere: {label}",
		Similar:       "Questa storia e le sue copie cambiano ora; fino a {n} delle ultime {of} menzioni cambierebbero dopo il prossimo apprendimento.",
		ReachNote:     "Portata {n} su 5", KeyAccount: "Cliente chiave: {name}",
		Why: "Perché: regola {rule}, fiducia {confidence}", WhyWords: "Perché: regola {rule}, {words}, fiducia {confidence}",
		Published: "Pubblicato {time}", Found: "trovato {time} dopo",
		Cut: "Accorciato per starci: {what}. Nel caso c’è tutto", ReadTitle: "Leggi {title} su {site}", ReadPost: "Leggi il post su {site}",
		ReadTitleBare: "Leggi {title}",
	}
}

func italianButtons() Buttons {
	return Buttons{
		Take: "Me ne occupo", MarkAnswered: "Segna come risposto", ConfirmAnswer: "Conferma la risposta", NotAnswer: "Non è una risposta",
		MarkKept: "Segna come mantenuta", MarkBroken: "Segna come mancata",
		MoveDate: "Sposta la data", SetOutcome: "Indica l’esito", Reopen: "Riapri", OpenPost: "Apri il post per rispondere", OpenCase: "Apri il caso",
		OpenQueue: "Apri la lista", MakeCard: "Crea una scheda",
		Draft: "Prepara una risposta", HandOver: "Passa a qualcuno", Snooze: "Rinvia o silenzia", Wrong: "C’è un errore...",
		WhyCard: "Perché questo avviso?", NotUs: "Non riguarda noi",
	}
}

func italianSayings() Sayings {
	return Sayings{
		SayNew: "{label} su {brand} in {site}: {what}. {answer}.", SayUnsure: "Forse {label} su {brand} in {site}: {what}. Di’ se lo è.",
		SayClaimed:       "{who} ha preso in carico {label} su {brand} in {site}. {answer}.",
		SayOverdue:       "In ritardo: {label} su {brand} in {site}, {what}. {owner}.",
		SayResponded:     "{label} su {brand} in {site} ha avuto risposta pubblica {time} dopo la pubblicazione.",
		SayPromised:      "{brand} ha promesso una risposta per {label} in {site} entro {time}.",
		SayPromiseNoDate: "{brand} ha promesso una risposta per {label} in {site}, senza data.",
		SayUnconfirmed:   "Forse c’è una risposta per {label} su {brand} in {site}. Confermala.",
		SaySeen:          "{label} su {brand} in {site}: visto, ancora nessuna risposta pubblica.",
		SayResolved:      "Risolto: {label} su {brand} in {site}.",
		SayClosed:        "Chiuso: {label} su {brand} in {site}. {outcome}.",
		SayDismissed:     "Scartato: {label} su {brand} in {site}.", SayDismissedBy: "Scartato da {who}: {label} su {brand} in {site}.",
		SayMerged:   "{label} su {brand} in {site} ora fa parte del caso {case}.",
		SayRemind:   "Ancora nessuna risposta dopo {time}: {label} su {brand} in {site}. {owner}.",
		SayEscalate: "Nessuno risponde da {time}: {label} su {brand} in {site}, {what}. {owner}.",
		SayDueBy:    "{answer}; scade {time}", SayOwner: "Se ne occupa {who}", SayNobody: "Nessuno se ne occupa",
	}
}

func italianLines() Lines {
	return Lines{
		LineBy: map[string]Text{
			"claimed": "{who} se ne occupa.", "assigned": "{who} l’ha passato a {owner}.", "snoozed": "{who} l’ha rinviato fino a {time}.",
			"corrected": "{who} l’ha corretto: {label}.",
			"closed":    "{who} l’ha chiuso: {outcome}.", "noted": "{who} ha aggiunto una nota.", "reopened": "{who} l’ha riaperto.",
			"dismissed": "{who} l’ha scartato.",
			"merged":    "{who} l’ha unito al caso {case}.", "split": "{who} l’ha separato dal caso {case}.",
			"undone":       "{who} ha annullato l’ultimo passo.",
			"promise_made": "{who} ha annotato una promessa, scade {time}.", "promise_kept": "{who} ha segnato la promessa come mantenuta.",
			"promise_broken": "{who} ha segnato la promessa come mancata.", "opened": "{who} l’ha aperto."},
		LineOf: map[string]Text{
			"overdue": "In ritardo: la risposta scadeva {time}.", "reopened": "Riaperto: alla fine nessuna risposta.",
			"promise_made": "Promesso, scade {time}.", "promise_due": "La promessa scade {time}.",
			"promise_broken": "La promessa scadeva {time}; non si è visto nulla.",
			"merged":         "Ora fa parte del caso {case}.", "split": "Separato dal caso {case}.",
			"spiked": "Lo dicono in molti insieme.", "closed": "Chiuso: {outcome}.", "assigned": "Ora se ne occupa {owner}."},
		LineAnswer: map[string]Text{
			"none": "Alla fine nessuna risposta pubblica.", "seen": "Visto, ancora nessuna risposta pubblica.",
			"unconfirmed": "Forse c’è una risposta.", "promised": "È stata promessa una risposta.", "responded": "Risposto in pubblico.",
			"resolved": "Risolto, da quanto si vede."},
		LineAnswerBy: map[string]Text{
			"none": "{who}: senza risposta.", "seen": "{who}: visto.", "unconfirmed": "{who}: forse risposto.", "promised": "{who}: promesso.",
			"responded": "{who} l’ha segnato come risposto.", "resolved": "{who} l’ha segnato come risolto."},
	}
}

func italianLists() Lists {
	return Lists{
		Digests:    map[string]string{"quality": "Verifica quotidiana della qualità", "weekly": "Rapporto settimanale", "digest": "Riepilogo"},
		DigestHead: "{digest} - {date}", SummaryHead: "Mentre non c’eri - {reason}", WelcomeHead: "Earshot è in ascolto",
		SectionOverdue: "In ritardo, {n}", SectionDue: "Prossimi, {n}", SectionNew: "Nuovi, {n}", SectionThank: "Da ringraziare, {n}",
		SectionPromise: "Promesse, {n}", SectionHeld: "In attesa di risposta, {n}", SectionDone: "Sistemati nel frattempo, {n}",
		SectionWorth: "Meritano risposta, {n}",
		ItemOver:     "{time} di ritardo, {owner}", ItemLeft: "restano {time}, {owner}", ItemWaits: "aspetta da {time}", ItemDone: "{status}",
		MoreItems:  Plural{"e 1 altro", "e altri {n}"},
		SummarySay: Plural{"1 caso è stato trattenuto: {reason}.", "{n} casi sono stati trattenuti: {reason}."},
		WelcomeSay: Plural{"Earshot è in ascolto. 1 caso degli ultimi 14 giorni merita risposta.",
			"Earshot è in ascolto. {n} casi degli ultimi 14 giorni meritano risposta."},
		DigestSay: "{digest}, {date}: {counts}.", DigestNothing: "nessuno aspetta risposta",
		HearingAll: "Si sentono tutte le {total} fonti.", HearingSome: "Si sentono {ok} fonti su {total}. Sorde: {names}.",
		HearingNothing: "Nessuna fonte è stata ancora letta.", RulesAll: "Tutte le {total} regole funzionano.",
		RulesSome: "Funzionano {ok} regole su {total}.",
		SpikeHead: "Picco - {brand} - {n} {label} in {time}, attesi {expected}",
		SpikeSay:  "Picco: {n} {label} su {brand} in {time}, attesi {expected}.", SpikeWho: "{authors} autori su {sites} siti",
		SpikeFirst:  "{site}, {time}",
		SpikeNote:   "Una sola scheda per tutto il picco: i singoli casi non vengono inviati. Si chiude da sola quando i numeri tornano nei limiti.",
		SpikeDriver: "{words}: {n} su {total}", SpikeAnswered: "{n} su {total} con risposta pubblica", CalmSay: "Il picco su {brand} si è calmato.",
		SpikeDrivers: "Che cosa dicono", FieldWho: "Chi", FieldFirst: "Il primo", OpsHead: "Earshot ha bisogno di te", OpsDo: "Che cosa fare",
		NoEdits: "Questo messaggio non cambia: il caso mostra come stanno le cose",
	}
}

func italianDialogs() Dialogs {
	return Dialogs{
		AskOutcome: "Com’è finita?", AskCause: "Qual era la causa?", AskCauseWords: "La causa con parole tue", AskOwner: "Chi se ne occupa?",
		AskUntil: "Fino a quando?", AskRight: "Che cosa è giusto?", AskDate: "La nuova data", AskNote: "Una nota",
		AskBrand: "Riguarda un’altra marca", AskSame: "È lo stesso del caso",
		Save: "Salva", Cancel: "Annulla", Undo: "Annulla il passo", InAnHour: "Tra un’ora", Tomorrow: "Domani", InThreeDays: "Tra tre giorni",
		InAWeek: "Tra una settimana", MuteKind: "Silenzia per una settimana i casi di questo tipo",
		NotAllowed: "Puoi leggere i casi, non cambiarli. Un amministratore può darti il permesso.", NothingFound: "Non si è trovato nulla.",
		PickOne: "Scegli un’opzione.", DateGone: "Scegli un momento futuro.", Tracked: "Da ora Earshot segue il link.", Muted: "Silenziato.",
		TitleOutcome: "Indica l’esito", TitleHandOver: "Passa a qualcuno", TitleSnooze: "Rinvia o silenzia", TitleWrong: "Che cosa non va?",
		TitleMove: "Sposta la data",
		Raced:     "{line} È stato {time} fa; il tuo clic non ha cambiato nulla.",
		NotKnown:  "Earshot non ti conosce. Chiedi a un amministratore di aggiungere il tuo id Slack {id} a people.",
		Failed:    "Non ha funzionato: {what}",
		Help:      "Di’ una di queste: {commands}.",
		Undoable: map[string]string{
			"dismiss": "Scartato. Puoi annullare per 10 minuti.", "correct": "Corretto. Puoi annullare per 10 minuti.",
			"outcome": "Chiuso. Puoi annullare per 10 minuti.", "reject": "Annotato: non è una risposta. Puoi annullare per 10 minuti.",
		},
	}
}

func italianDrafts() Drafts {
	return Drafts{
		DraftIntro: "Una bozza nella lingua dell’autore. La invii solo tu: cambiala, firmala e pubblicala.",
		Reply: map[string]Text{
			"complaint":  "Ciao {author}, grazie di averne scritto. Mi dispiace: non doveva succedere, e tocca a noi rimediare. Me ne sto occupando e scriverò qui che cosa trovo e che cosa facciamo. Puoi mandarmi il riferimento, così trovo il tuo caso? {sign}",
			"compliment": "Ciao {author}, grazie del tempo che hai dedicato a scriverlo. L’ho fatto sapere alle persone di cui parli. {sign}",
			"question":   "Ciao {author}, grazie della domanda. {sign}",
			"request":    "Ciao {author}, grazie del suggerimento. L’ho passato a chi decide e scriverò qui che cosa ne viene. {sign}",
			"none":       "Ciao {author}, grazie di averci nominato. {sign}"},
	}
}
