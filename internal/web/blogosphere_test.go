package web

import (
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"
)

// populate fills a world with a small blogosphere in four languages. It returns
// the ids of cases by a short name.
func populate(t testing.TB) (*world, map[string]string) {
	t.Helper()
	w := newWorld(t)
	ids := map[string]string{}
	w.write(func(tx *store.Tx) error {
		for _, s := range feeds(w.now) {
			if err := tx.PutSource(s); err != nil {
				return err
			}
		}
		return nil
	})
	w.hearComplaints(ids)
	w.hearPraise(ids)
	w.hearAnswers(ids)
	w.hearRest()
	w.tell(ids)
	return w, ids
}

func feeds(now time.Time) []earshot.Source {
	at := func(ago time.Duration) time.Time { return now.Add(-ago) }
	list := []earshot.Source{
		{ID: "feed:platform9.example", Kind: earshot.SourceFeed, URL: "https://platform9.example/feed.xml", Title: "Platform Nine", Tags: []string{"blogs"}, State: earshot.SourceOK, Reads: 40,
			Every: 15 * time.Minute, Due: now.Add(9 * time.Minute), FirstTried: at(900 * time.Hour), LastSuccess: at(6 * time.Minute), LastNewEntry: at(7 * time.Hour)},
		{ID: "feed:binari.example", Kind: earshot.SourceFeed, URL: "https://reader:hunter2@binari.example/atom?apikey=s3cr3tkey", Title: "Binari morti", State: earshot.SourceFailing, Failures: 9,
			Reason: "the site answers 503 at https://reader:hunter2@binari.example/atom?apikey=s3cr3tkey", Reads: 12, Every: time.Hour, Due: now.Add(24 * time.Minute), FirstTried: at(900 * time.Hour), LastTried: at(30 * time.Minute), LastSuccess: at(10 * time.Hour), LastNewEntry: at(11 * time.Hour)},
		{ID: "feed:vias.example", Kind: earshot.SourceFeed, URL: "https://vias.example/rss", Title: "Vías y estaciones", State: earshot.SourceOK, Reads: 8, Every: 30 * time.Minute, Due: now.Add(4 * time.Minute), FirstTried: at(90 * time.Hour), LastSuccess: at(26 * time.Minute), LastNewEntry: at(2 * time.Hour)},
		{ID: "site:hutong.example", Kind: earshot.SourceSite, URL: "https://hutong.example/", Title: "胡同口的报纸", State: earshot.SourceOK, Reads: 5, Every: time.Hour, Due: now.Add(31 * time.Minute), FirstTried: at(90 * time.Hour), LastSuccess: at(29 * time.Minute), LastNewEntry: at(14 * time.Hour)},
		{ID: "feed:forum.example", Kind: earshot.SourceFeed, URL: "https://forum.example/latest.rss", Title: "Commuters’ forum", State: earshot.SourceQuarantined, Reason: "all 214 ids changed at once; nothing was alerted", Reads: 77,
			FirstTried: at(90 * time.Hour), LastSuccess: at(2 * time.Hour), LastNewEntry: at(2 * time.Hour)},
		{ID: "feed:new.example", Kind: earshot.SourceFeed, URL: "https://new.example/feed", State: earshot.SourceOK, Due: now.Add(time.Minute)},
	}
	return list
}

func (w *world) hearComplaints(ids map[string]string) {
	ids["overdue"], _ = w.hear(post{site: "platform9.example", siteName: "Platform Nine", author: "Rosa Lindqvist", lang: "en", title: "The lift that was always coming", brand: "Norrsken Rail",
		text:     "My father uses a chair. On Tuesday the lift at Upper Quay was dead, as it has been since September.\n\nI rang Norrsken Rail three times and was told three times that a ramp was on its way. It never came, and neither did an apology. The guard, who was lovely, carried the chair himself.\n\nKestrel Air, of all companies, rolled a ramp out before we had asked.",
		evidence: "I rang Norrsken Rail three times and was told three times that a ramp was on its way.", intent: earshot.Complaint, severity: 4, facet: earshot.FacetProcess, confidence: .93,
		ago: 7 * time.Hour, foundAfter: 6 * time.Minute, effort: []string{"three times"}, others: []other{{"Kestrel Air", "Kestrel Air, of all companies, rolled a ramp out before we had asked.", earshot.Compliment, .88}}})
	ids["broken"], _ = w.hear(post{site: "binari.example", siteName: "Binari morti", author: "Teo Marchetti", lang: "it", title: "In contanti", brand: "Banca Lume",
		text:     "La carta nuova era pronta lunedì, diceva Banca Lume. Pago ancora in contanti.",
		evidence: "Pago ancora in contanti.", intent: earshot.Complaint, severity: 3, facet: earshot.FacetService, ago: 44 * time.Hour, foundAfter: 20 * time.Minute})
	ids["due"], _ = w.hear(post{site: "vias.example", siteName: "Vías y estaciones", author: "Inés Robledo", lang: "es", title: "Entre dos túneles", brand: "Norrsken Rail",
		text:     "El tren se quedó quieto entre dos túneles y nadie supo decir por qué. Norrsken Rail nos mandó después una encuesta.",
		evidence: "El tren se quedó quieto entre dos túneles y nadie supo decir por qué.", intent: earshot.Complaint, severity: 3, facet: earshot.FacetService, ago: 3*time.Hour + 20*time.Minute, foundAfter: 8 * time.Minute})
	w.by("ben", ids["due"], earshot.VerbClaim, 40*time.Minute, earshot.Args{})
	ids["question"], _ = w.hear(post{site: "hutong.example", siteName: "胡同口的报纸", author: "周青", lang: "zh", title: "夜车与自行车", brand: "Norrsken Rail",
		text: "想问一下，Norrsken Rail 的夜车可以带自行车吗？网站和站台说法不同。", evidence: "Norrsken Rail 的夜车可以带自行车吗？", intent: earshot.Question, facet: earshot.FacetPolicy, ago: 2 * time.Hour, foundAfter: 12 * time.Minute, confidence: .83})
	ids["new"], _ = w.hear(post{site: "platform9.example", siteName: "Platform Nine", author: "Sam Adeyemi", lang: "en", title: "A ticket for some other day", brand: "Norrsken Rail",
		text: "My ticket exists, says the app, but not today. I have bought it again and I am done with Norrsken Rail.", evidence: "My ticket exists, says the app, but not today.", intent: earshot.Complaint, severity: 2, facet: earshot.FacetProduct, ago: 40 * time.Minute, foundAfter: 14 * time.Minute, leaving: true})
	ids["unsure"], _ = w.hear(post{site: "platform9.example", siteName: "Platform Nine", author: "P. and J. Holt", lang: "en", title: "One soup", brand: "Norrsken Rail",
		text: "The dining car had one soup and many opinions. Ask me next month about Norrsken Rail.", evidence: "Ask me next month about Norrsken Rail.", intent: earshot.Complaint, severity: 1, facet: earshot.FacetService, ago: 20 * time.Minute, foundAfter: 2 * time.Minute, confidence: .44, unsure: true})
}

func (w *world) hearPraise(ids map[string]string) {
	ids["thanks"], _ = w.hear(post{site: "platform9.example", siteName: "Platform Nine", author: "Nadia Brandt", lang: "en", title: "Forty voices", brand: "Norrsken Rail",
		text: "The conductor held the connection for a choir of forty and then asked us to sing. Norrsken Rail should put him on a poster.", evidence: "The conductor held the connection for a choir of forty and then asked us to sing.", intent: earshot.Compliment, facet: earshot.FacetStaff, ago: 28 * time.Hour, foundAfter: 30 * time.Minute})
	ids["grazie"], _ = w.hear(post{site: "binari.example", siteName: "Binari morti", author: "Giulia Serra", lang: "it", title: "Allo sportello", brand: "Banca Lume",
		text: "Allo sportello hanno trovato l’errore prima di me e si sono scusati. Brava Banca Lume.", evidence: "Allo sportello hanno trovato l’errore prima di me e si sono scusati.", intent: earshot.Compliment, facet: earshot.FacetService, ago: 33 * time.Hour, foundAfter: time.Hour})
}

func (w *world) hearAnswers(ids map[string]string) {
	due := w.now.Add(2*time.Hour + 48*time.Minute)
	id, e := w.hear(post{site: "platform9.example", siteName: "Platform Nine", author: "Marta Ekdal", lang: "en", title: "The cello that stayed on the train", brand: "Norrsken Rail",
		text:     "I waited a while before I wrote this down.\n\nThe night train left with my cello still in the luggage van. Norrsken Rail has had nine letters from me, and the only reply is a number for the queue.\n\nThe porter was lovely about it. The form was not.",
		evidence: "Norrsken Rail has had nine letters from me, and the only reply is a number for the queue.", intent: earshot.Complaint, severity: 3, facet: earshot.FacetProcess, ago: 36 * time.Hour, foundAfter: 6 * time.Minute, effort: []string{"nine letters"}})
	ids["ledger"] = id
	w.revise(e, "\n\nUpdate, later in the week: Norrsken Rail rang at breakfast and promised the cello by midday on Friday. I shall tune my patience.")
	_, reply := w.hear(post{site: "platform9.example", author: "Norrsken Cares", lang: "en", text: "Dear Marta, your cello is safe in the north depot, and I shall telephone this afternoon. Siv", kind: earshot.Comment, thread: e.Thread, ago: 22 * time.Hour, foundAfter: 5 * time.Minute})
	_, voice := w.hear(post{site: "platform9.example", author: "Inés Robledo", lang: "es", text: "Con mi bicicleta pasó lo mismo, y también tuve que escribir yo.", kind: earshot.Comment, thread: e.Thread, ago: 21 * time.Hour, foundAfter: 5 * time.Minute})
	_, nope := w.hear(post{site: "platform9.example", author: "Marta Ekdal", lang: "en", text: "Has the telephone rung? It has not.", kind: earshot.Comment, thread: e.Thread, ago: time.Hour, foundAfter: 5 * time.Minute})
	w.answer(id, earshot.Response{Kind: earshot.EvidenceSeen, Entry: voice.ID, Answer: earshot.AnswerSeen, Confidence: .6, Actor: "Marta Ekdal", Passage: "My visitor log says somebody in their tower reads along."}, 30*time.Hour)
	w.answer(id, earshot.Response{Kind: earshot.EvidenceClaimed, Answer: earshot.AnswerUnconfirmed, Confidence: .6, Actor: "Night Clerk", Passage: "I work on the railway, write to me and I will see.", Note: "words alone, not proven"}, 25*time.Hour)
	w.by("ben", id, earshot.VerbClaim, 23*time.Hour, earshot.Args{})
	w.answer(id, earshot.Response{Kind: earshot.EvidenceOfficial, Entry: reply.ID, Answer: earshot.AnswerResponded, Confidence: .95, Actor: "Norrsken Cares", Link: reply.URL, Passage: reply.Text}, 22*time.Hour)
	w.by("ben", id, earshot.VerbNote, 21*time.Hour, earshot.Args{Text: "Siv has the number of the van; the depot opens at eight."})
	w.answer(id, earshot.Response{Kind: earshot.EvidenceAuthorSilence, Entry: nope.ID, Answer: earshot.AnswerNone, Confidence: .9, Actor: "Marta Ekdal", Link: nope.URL, Passage: "Has the telephone rung? It has not."}, time.Hour)
	w.answer(id, earshot.Response{Kind: earshot.EvidencePromise, Entry: e.ID, Revision: 2, Answer: earshot.AnswerPromised, Confidence: .9, Actor: "Norrsken Rail", Passage: "promised the cello by midday on Friday", Due: due, DuePrecise: earshot.PrecisionTime}, 50*time.Minute)

	ids["responded"], _ = w.hear(post{site: "vias.example", siteName: "Vías y estaciones", author: "Leo Prado", lang: "es", title: "La ventanilla", brand: "Banca Lume", text: "La ventanilla de Banca Lume cierra a las dos y la cola empieza a la una.", evidence: "La ventanilla de Banca Lume cierra a las dos y la cola empieza a la una.",
		intent: earshot.Complaint, severity: 1, facet: earshot.FacetPolicy, ago: 50 * time.Hour, foundAfter: 5 * time.Minute})
	w.answer(ids["responded"], earshot.Response{Kind: earshot.EvidenceOfficial, Answer: earshot.AnswerResponded, Confidence: .95, Actor: "Banca Lume", Link: "https://lume.example/r", Passage: "Abrimos también por la tarde desde el lunes."}, 46*time.Hour)
	w.by("ana", ids["broken"], earshot.VerbPromise, 40*time.Hour, earshot.Args{Until: w.now.Add(-18 * time.Hour)})
	w.tick(ids["broken"])
	ids["closed"], _ = w.hear(post{site: "platform9.example", siteName: "Platform Nine", author: "Ivo Kask", lang: "en", title: "Cold coffee", brand: "Norrsken Rail", text: "Cold coffee on Norrsken Rail, again.", evidence: "Cold coffee on Norrsken Rail, again.", intent: earshot.Complaint, severity: 1, facet: earshot.FacetProduct, ago: 200 * time.Hour, foundAfter: 5 * time.Minute})
	w.by("ana", ids["closed"], earshot.VerbAnswered, 190*time.Hour, earshot.Args{Link: "https://platform9.example/c/1", Text: "Sorry; a voucher is on its way."})
	w.by("ana", ids["closed"], earshot.VerbOutcome, 189*time.Hour, earshot.Args{Outcome: earshot.OutcomeCompensated, Facet: earshot.FacetProduct})
}

// revise adds to a post's text, as its author would.
func (w *world) revise(e earshot.Entry, more string) {
	w.write(func(tx *store.Tx) error {
		e.Text, e.Hash, e.Revision = e.Text+more, e.Hash+"2", 2
		return tx.ReviseEntry(e, w.now.Add(-17*time.Hour))
	})
}

// tick lets time pass over a case.
func (w *world) tick(id string) {
	w.write(func(tx *store.Tx) error {
		c, _, err := tx.Case(id)
		if err != nil {
			return err
		}
		c, events := c.Apply(earshot.Tick{}, w.env(nil))
		if err := tx.PutCase(c, 0, "", w.now); err != nil {
			return err
		}
		return tx.AppendEvents(events)
	})
}

func (w *world) hearRest() {
	w.hear(post{site: "platform9.example", siteName: "Platform Nine", author: "Sam Adeyemi", lang: "en", title: "A map", brand: "Norrsken Rail", text: "Norrsken Rail has a new map. It is blue.", evidence: "It is blue.", intent: earshot.NoIntent, ago: 9 * time.Hour, noCase: true})
	w.hear(post{site: "vias.example", siteName: "Vías y estaciones", author: "Inés Robledo", lang: "es", title: "Con alas", brand: "Kestrel Air", text: "Kestrel Air llegó antes de tiempo.", evidence: "Kestrel Air llegó antes de tiempo.", intent: earshot.Compliment, ago: 12 * time.Hour})
}

func (w *world) tell(ids map[string]string) {
	w.alert(ids["overdue"], earshot.AlertCard, 1, "care", earshot.ReasonSent, "")
	w.alert(ids["overdue"], earshot.AlertEscalate, 2, "ben", earshot.ReasonSent, "unanswered for 2 h, first step of the ladder")
	w.alert(ids["due"], earshot.AlertCard, 1, "care", earshot.ReasonHeldWindow, "outside the hours of calendar office")
	w.alert(ids["question"], earshot.AlertCard, 1, "", earshot.ReasonNoRoute, "")
	w.alert(ids["new"], earshot.AlertCard, 1, "care", "", "")
	w.alert(ids["ledger"], earshot.AlertCard, 1, "care", earshot.ReasonSent, "")
	w.alert(ids["ledger"], earshot.AlertRemind, 3, "care", earshot.ReasonAnsweredMeanwhile, "")
	w.alert(ids["thanks"], earshot.AlertCard, 1, "care", earshot.ReasonDigested, "goes into the digest of 10:00")
}

// crowd adds many older cases, some answered, so that rates can be given.
func (w *world) crowd() {
	facets := []earshot.Facet{earshot.FacetProcess, earshot.FacetService, earshot.FacetProcess, earshot.FacetPrice, earshot.FacetStaff}
	for i := range 90 {
		brand := []string{"Norrsken Rail", "Kestrel Air", "Banca Lume"}[i%3]
		id, _ := w.hear(post{site: "crowd.example", siteName: "The crowd", author: "Reader " + string(rune('A'+i%26)), lang: "en", title: "Late again", brand: brand,
			text: brand + " was late again, for the " + time.Duration(i).String() + " time.", evidence: brand + " was late again", intent: earshot.Complaint, severity: 1 + i%3,
			facet: facets[i%len(facets)], ago: time.Duration(100+i*2) * time.Hour, foundAfter: 10 * time.Minute})
		if i%5 != 0 && (i%3 != 1 || i%2 == 0) {
			w.answer(id, earshot.Response{Kind: earshot.EvidenceOfficial, Answer: earshot.AnswerResponded, Confidence: .95, Actor: brand, Passage: "We are sorry."}, time.Duration(97+i*2)*time.Hour)
		}
	}
	for i := range 420 {
		intent := []earshot.Intent{earshot.NoIntent, earshot.NoIntent, earshot.Complaint, earshot.NoIntent, earshot.Compliment}[i%5]
		if i > 60 && i < 80 {
			intent = earshot.Complaint
		}
		w.hear(post{site: "crowd.example", siteName: "The crowd", author: "Reader", lang: "en", title: "A trip", brand: "Norrsken Rail", text: "Norrsken Rail, trip " + time.Duration(i).String() + ".",
			evidence: "Norrsken Rail", intent: intent, ago: time.Duration(100+i*7) * time.Hour, foundAfter: time.Minute, noCase: true})
	}
}
