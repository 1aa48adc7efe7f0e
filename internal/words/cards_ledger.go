package words

// LedgerCards are what cards say of causes, of follow-ups and of repetition:
// facts with their number, never a reproach.
type LedgerCards struct {
	HeadFollowUp                                   string
	RecursNote, RecursPerhaps                      Text
	LineRecurred, LineRecursPerhaps, LineClosed    Text
	LineFollowUp                                   Text
	SameSentences, SameReply                       Plural
	OwnerAway                                      Text
	YesFixed, NoReopen, NameCause                  string
	AskLink, BadLink, TitleCause, AskCauseOnceMore string
}

func englishLedgerCards() LedgerCards {
	return LedgerCards{
		HeadFollowUp: "Really fixed?", RecursNote: "Came back after {cases}: {cause}", RecursPerhaps: "Perhaps what {cases} had: {cause}",
		LineRecurred:      "A cause that was fixed has come back: {cause}. Earlier: {cases}.",
		LineRecursPerhaps: "Perhaps a cause that was fixed has come back: {cause}. Its words are those of {cases}.",
		LineClosed:        "{who} closed it: {outcome}. Cause: {cause}.", LineFollowUp: "This was settled a while ago. Is it really fixed?",
		SameSentences: Plural{"The same sentences stand on {n} site", "The same sentences stand on {n} sites"},
		SameReply:     Plural{"This reply was given {n} time", "This reply was given {n} times"},
		OwnerAway:     "{who}, away; {deputy} stands in", YesFixed: "Yes, it is fixed", NoReopen: "No, reopen", NameCause: "Name the cause",
		AskLink: "A link about the cause", BadLink: "Paste an address that begins with https://", TitleCause: "Name the cause",
		AskCauseOnceMore: "Nobody has said what caused it. Naming the cause lets Earshot tell you if it comes back.",
	}
}

func spanishLedgerCards() LedgerCards {
	return LedgerCards{
		HeadFollowUp: "¿Resuelto de verdad?", RecursNote: "Ha vuelto después de {cases}: {cause}", RecursPerhaps: "Quizá lo mismo que {cases}: {cause}",
		LineRecurred:      "Ha vuelto una causa que se dio por arreglada: {cause}. Antes: {cases}.",
		LineRecursPerhaps: "Quizá ha vuelto una causa que se dio por arreglada: {cause}. Sus palabras son las de {cases}.",
		LineClosed:        "{who} lo cerró: {outcome}. Causa: {cause}.", LineFollowUp: "Se resolvió hace un tiempo. ¿Está arreglado de verdad?",
		SameSentences: Plural{"Las mismas frases están en {n} sitio", "Las mismas frases están en {n} sitios"},
		SameReply:     Plural{"Esta respuesta se dio {n} vez", "Esta respuesta se dio {n} veces"},
		OwnerAway:     "{who}, ausente; le sustituye {deputy}", YesFixed: "Sí, está arreglado", NoReopen: "No, reabrir", NameCause: "Indicar la causa",
		AskLink: "Un enlace sobre la causa", BadLink: "Pega una dirección que empiece por https://", TitleCause: "Indicar la causa",
		AskCauseOnceMore: "Nadie ha dicho cuál fue la causa. Si la indicas, Earshot te avisará si vuelve.",
	}
}

func italianLedgerCards() LedgerCards {
	return LedgerCards{
		HeadFollowUp: "Risolto davvero?", RecursNote: "È tornata dopo {cases}: {cause}", RecursPerhaps: "Forse come {cases}: {cause}",
		LineRecurred:      "È tornata una causa che era stata risolta: {cause}. Prima: {cases}.",
		LineRecursPerhaps: "Forse è tornata una causa che era stata risolta: {cause}. Le parole sono quelle di {cases}.",
		LineClosed:        "{who} l’ha chiuso: {outcome}. Causa: {cause}.", LineFollowUp: "È stato risolto qualche tempo fa. È davvero a posto?",
		SameSentences: Plural{"Le stesse frasi stanno su {n} sito", "Le stesse frasi stanno su {n} siti"},
		SameReply:     Plural{"Questa risposta è stata data {n} volta", "Questa risposta è stata data {n} volte"},
		OwnerAway:     "{who}, assente; ne fa le veci {deputy}", YesFixed: "Sì, è a posto", NoReopen: "No, riapri", NameCause: "Indica la causa",
		AskLink: "Un link sulla causa", BadLink: "Incolla un indirizzo che comincia con https://", TitleCause: "Indica la causa",
		AskCauseOnceMore: "Nessuno ha detto quale fosse la causa. Se la indichi, Earshot ti avvisa se torna.",
	}
}

func chineseLedgerCards() LedgerCards {
	return LedgerCards{
		HeadFollowUp: "真的解决了吗", RecursNote: "在 {cases} 之后再次出现：{cause}", RecursPerhaps: "可能与 {cases} 同因：{cause}",
		LineRecurred: "已解决的原因再次出现：{cause}。此前案例：{cases}。", LineRecursPerhaps: "已解决的原因可能再次出现：{cause}。用词与 {cases} 相同。",
		LineClosed: "{who} 已结案：{outcome}。原因：{cause}。", LineFollowUp: "此事解决已有一段时间，真的解决了吗？",
		SameSentences: same("同样的句子出现在 {n} 个网站"), SameReply: same("这条答复已给出 {n} 次"),
		OwnerAway: "{who}不在，由{deputy}代理", YesFixed: "是，已解决", NoReopen: "否，重新打开", NameCause: "填写原因",
		AskLink: "有关原因的链接", BadLink: "请填写以 https:// 开头的地址", TitleCause: "填写原因",
		AskCauseOnceMore: "还没有人说明原因。填写后，若原因再次出现，Earshot 会提醒您。",
	}
}
