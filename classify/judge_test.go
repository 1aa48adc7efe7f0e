package classify

import (
	"strings"
	"sync"
	"testing"

	"earshot"
)

// judge runs one text with brands through Spot and Judge.
func judgeAll(t *testing.T, c *Classifier, e earshot.Entry) map[string]earshot.Verdict {
	t.Helper()
	ms := c.Spot(e)
	out := map[string]earshot.Verdict{}
	for _, m := range ms {
		if m.Reason == "" {
			out[m.Brand] = c.Judge(e, m, ms)
		}
	}
	return out
}

func newJudge(t testing.TB, names ...string) *Classifier {
	t.Helper()
	var brands []earshot.Brand
	for _, n := range names {
		brands = append(brands, earshot.Brand{Name: n})
	}
	c, faults := New(Options{Brands: brands})
	if c == nil {
		t.Fatal(faults)
	}
	return c
}

func TestJudgeTellsTwoBrandsApart(t *testing.T) {
	c := newJudge(t, "Norvane", "Telmora")
	for _, text := range []string{
		"Norvane is a disgrace: four calls, three hours, and the truck went to the wrong town. Telmora was wonderful, they credited me without being asked. Thank you, Telmora!",
		"Telmora fue estupenda: me llamaron al momento y lo resolvieron, muchas gracias. Norvane en cambio es una vergüenza, llevo tres semanas sin internet y nadie responde.",
		"Telmora: chiamo alle nove, alle dieci il tecnico suonava già alla porta, e non ha voluto un euro. Grazie Telmora. Norvane invece: tre settimane senza linea, quattro telefonate, e ogni volta ricomincio da capo.",
		"Telmora的客服太好了，马上就解决了，必须点赞。Norvane就恶心了，打了三次电话没人理，钱也不退。",
	} {
		v := judgeAll(t, c, earshot.Entry{Text: text, Kind: earshot.Post})
		if v["Norvane"].Intent != earshot.Complaint || v["Norvane"].Sentiment != earshot.Negative {
			t.Errorf("%s\nNorvane: %s %s", text, v["Norvane"].Intent, v["Norvane"].Sentiment)
		}
		if v["Telmora"].Intent != earshot.Compliment || v["Telmora"].Sentiment != earshot.Positive {
			t.Errorf("%s\nTelmora: %s %s", text, v["Telmora"].Intent, v["Telmora"].Sentiment)
		}
	}
}

func TestScopesTakeTheRightPartOfALongPost(t *testing.T) {
	filler := strings.Repeat("We walked along the canal and fed the ducks, and the children counted the boats until it rained.\n\n", 30)
	a := "On Monday I rang Norvane. The fourth call now, and nobody has come to fix the boiler. They promised Friday. They lied."
	b := "Telmora sent a card. Norvane sent nothing."
	text := filler + a + "\n\n" + filler + b + "\n\n" + filler
	spans, others := findName(text, "Norvane"), findName(text, "Telmora")
	var got []string
	for _, p := range scopes("A week in March", text, spans, others) {
		got = append(got, p.text)
	}
	if len(got) != 2 || got[0] != a || !strings.HasPrefix(got[1], "Norvane sent nothing.") {
		t.Errorf("Norvane: %q", got)
	}
	got = nil
	for _, p := range scopes("A week in March", text, others, spans) {
		got = append(got, p.text)
	}
	if len(got) != 1 || !strings.HasSuffix(got[0], "Telmora sent a card.") {
		t.Errorf("Telmora: %q", got)
	}
}

func TestScopesOfTitles(t *testing.T) {
	title, text := "Norvane, again", "They did it again. Nobody called."
	ps := scopes(title, text, []earshot.Span{{Field: earshot.FieldTitle, Start: 0, End: 7}}, nil)
	if len(ps) != 1 || ps[0].text != title+"\n"+text || len(ps[0].targets) != 1 {
		t.Fatalf("%+v", ps)
	}
	for _, tt := range []struct {
		start, end int
		field      earshot.Field
		want       string
	}{{0, 7, earshot.FieldTitle, "Norvane"}, {len(title) + 1, len(title) + 5, earshot.FieldText, "They"}} {
		field, a, b := ps[0].origin(tt.start, tt.end)
		got := map[earshot.Field]string{earshot.FieldTitle: title, earshot.FieldText: text}[field][a:b]
		if field != tt.field || got != tt.want {
			t.Errorf("%d-%d: %s %q", tt.start, tt.end, field, got)
		}
	}
}

// describe reads a passage as if the model had given these labels: what stands
// beside the labels must not depend on how well a model is trained.
func describe(t *testing.T, c *Classifier, text, lang string, intent earshot.Intent) earshot.Verdict {
	t.Helper()
	code, _ := DetectLang(text, lang)
	in := judgeInput{text: text, lang: code, spans: findName(text, "Norvane")}
	v := earshot.Verdict{Intent: intent, Sentiment: earshot.Negative}
	if intent == earshot.Compliment {
		v.Sentiment = earshot.Positive
	}
	d := c.read(scopes("", text, in.spans, nil)[0], in)
	d.verdict = &v
	d.describe()
	return v
}

func TestComplaintsHaveEffortAndSeverity(t *testing.T) {
	c := newJudge(t, "Norvane")
	for _, tt := range []struct {
		text, lang string
		effort     string
		min, max   int
	}{
		{"This is my fourth call to Norvane about the same boiler and nobody ever calls back.", "en", "fourth call", 3, 3},
		{"I waited three hours for Norvane and the truck went to the wrong state.", "en", "three hours", 2, 2},
		{"Five Xboxes have died on me and Norvane refuses to cover a single one of them.", "en", "Five Xboxes", 3, 3},
		{"Norvane closed a soldier's account over $0.98 while he was deployed.", "en", "$0.98", 3, 4},
		{"I called Norvane four separate times and spent 1.200,50 € in all.", "en", "four separate times|1.200,50 €", 3, 4},
		{"My daughter was in hospital, the Norvane oxygen never came, and after the sixth phone call I am switching to another.", "en", "sixth phone call", 4, 4},
		{"打了三次电话，Norvane还是没人来修。", "zh", "三次电话", 2, 2},
		{"等了五天，第四次报修，Norvane的师傅还没来，我要转网了。", "zh", "五天|第四次", 4, 4},
		{"Llevo tres semanas sin luz y Norvane no responde.", "es", "tres semanas", 3, 3},
		{"Es la quinta llamada a Norvane y me han cobrado 49,90 euros.", "es", "quinta llamada|49,90 euros", 3, 4},
		{"Dopo quattro telefonate Norvane non ha ancora risolto niente.", "it", "quattro telefonate", 3, 3},
		{"Norvane: due ore in attesa e 30 euro buttati.", "it", "due ore|30 euro", 2, 3},
		{"Norvane is rude and useless.", "en", "", 1, 1},
		{"Two months ago I wrote to Norvane.", "en", "", 1, 1},
		{"I have been with Norvane since 1998 and the site is ugly.", "en", "", 1, 1},
	} {
		v := describe(t, c, tt.text, tt.lang, earshot.Complaint)
		if got := strings.Join(v.Effort, "|"); v.Severity < tt.min || v.Severity > tt.max || got != tt.effort {
			t.Errorf("%s: severity %d (want %d-%d), effort %q (want %q)", tt.text, v.Severity, tt.min, tt.max, got, tt.effort)
		}
	}
}

func TestFacetsAndDimensions(t *testing.T) {
	c := newJudge(t, "Norvane")
	for _, tt := range []struct {
		text  string
		facet earshot.Facet
		dim   earshot.Dimension
	}{
		{"The Norvane driver was rude, he shouted at my mother.", earshot.FacetStaff, earshot.Empathy},
		{"Norvane: I was transferred between four departments, the phone tree never ends and I start over each time.", earshot.FacetProcess, ""},
		{"Norvane charged me a fee of forty dollars, the price is a rip-off.", earshot.FacetPrice, ""},
		{"Norvane says their policy is no refund, read the fine print. Refused again.", earshot.FacetPolicy, ""},
		{"The Norvane kettle broke after a week, the lid cracked and it leaks.", earshot.FacetProduct, earshot.Reliability},
		{"I wrote to Norvane weeks ago: no reply, nobody called back.", earshot.FacetService, earshot.Responsiveness},
		{"La dependienta de Norvane, maleducada y borde.", earshot.FacetStaff, earshot.Empathy},
		{"Norvane mi ha addebitato due rate, il prezzo è un salasso.", earshot.FacetPrice, ""},
		{"Norvane的屏幕坏了，电池也不行，质量太差。", earshot.FacetProduct, earshot.Reliability},
		{"Norvane转来转去，各部门踢皮球，材料交了三遍。", earshot.FacetProcess, ""},
	} {
		v := describe(t, c, tt.text, "", earshot.Complaint)
		if v.Facet != tt.facet || tt.dim != "" && v.Dimension != tt.dim {
			t.Errorf("%s: %s, %s; want %s, %s", tt.text, v.Facet, v.Dimension, tt.facet, tt.dim)
		}
	}
}

func TestJudgeKeepsBothAspects(t *testing.T) {
	c := newJudge(t, "Norvane")
	for _, tt := range []struct{ text, lang string }{
		{"The people at Norvane weren't the problem, the process was.", "en"},
		{"The people at Norvane were kind and patient, but the process was a nightmare: transferred five times, start over each time.", "en"},
		{"El personal de Norvane, amable y con paciencia, pero el papeleo es un desastre: la burocracia no funciona y me pasaron por cinco departamentos.", "es"},
		{"Gli operatori di Norvane sono gentili, ma la procedura è un disastro: moduli sbagliati e rimbalzi tra uffici.", "it"},
		{"Norvane的客服态度很好，很耐心，但是流程太糟糕了，转来转去没人管。", "zh"},
	} {
		good, bad := false, false
		if strings.Contains(tt.text, "weren't the problem") {
			if v := describe(t, c, tt.text, tt.lang, earshot.Complaint); v.Facet != earshot.FacetProcess {
				t.Errorf("%s: facet %s", tt.text, v.Facet)
			}
		}
		for _, a := range describe(t, c, tt.text, tt.lang, earshot.Complaint).Aspects {
			good = good || a.Facet == earshot.FacetStaff && a.Sentiment == earshot.Positive
			bad = bad || a.Sentiment == earshot.Negative
		}
		if !good || !bad {
			t.Errorf("%s: %+v", tt.text, describe(t, c, tt.text, tt.lang, earshot.Complaint).Aspects)
		}
	}
}

func TestJudgeKnowsWhoSpeaks(t *testing.T) {
	c := newJudge(t, "Norvane")
	for _, tt := range []struct {
		text   string
		holder earshot.Holder
	}{
		{"My neighbour Ruth wrote: \"Norvane has left me without heating for nine days and nobody answers the phone.\" I have no opinion.", earshot.HolderQuoted},
		{"Mi vecina dice que Norvane la dejó nueve días sin calefacción.", earshot.HolderQuoted},
		{"Mia sorella dice: «Norvane mi ha lasciata nove giorni senza riscaldamento, una vergogna».", earshot.HolderQuoted},
		{"邻居老王吐槽：“Norvane九天没来修暖气，电话也没人接。”", earshot.HolderQuoted},
		{"The Norvane agent said \"forty minutes\" and nobody came for three hours.", earshot.HolderAuthor},
		{"I told Norvane that the boiler was broken. I said it four times.", earshot.HolderAuthor},
		{"Norvane left me without heating for nine days.", earshot.HolderAuthor},
	} {
		if v := describe(t, c, tt.text, "", earshot.Complaint); v.Holder != tt.holder {
			t.Errorf("%s: %s", tt.text, v.Holder)
		}
	}
}

func TestJudgeNoticesLeavingAndSarcasm(t *testing.T) {
	c := newJudge(t, "Norvane")
	for _, tt := range []struct {
		text             string
		leaving, sarcasm bool
	}{
		{"After nine days without heating I am switching to another supplier. Goodbye Norvane, you are useless.", true, false},
		{"Tres semanas sin internet: me doy de baja de Norvane, es una vergüenza.", true, false},
		{"Disservizi continui, nessuno risponde: passo a un altro gestore, addio Norvane.", true, false},
		{"Norvane信号这么差，投诉没人理，我已经转网了。", true, false},
		{"Thanks for nothing, Norvane. Three hours on hold and you hung up on me.", false, true},
		{"What a \"lovely experience\" with Norvane: bag lost, nobody answers, refund refused.", false, true},
	} {
		v := describe(t, c, tt.text, "", earshot.Complaint)
		if v.Leaving != tt.leaving || v.Sarcasm != tt.sarcasm {
			t.Errorf("%s: leaving %v sarcasm %v (%s)", tt.text, v.Leaving, v.Sarcasm, v.Intent)
		}
	}
}

func TestVerdictIsAlwaysFilled(t *testing.T) {
	c := newJudge(t, "Norvane")
	for name, text := range map[string]string{
		"empty": "", "emoji": "🙂🙃🙂", "bytes": "\xff\xfeNorvane\xff", "mixed": "Norvane норма 日本 العربية शुभ", "blank": " \n\t ",
		"huge": strings.Repeat("Norvane never answered. ", 450000), "one word": strings.Repeat("x", 1<<20), "quotes": strings.Repeat("\"", 300000), "stops": strings.Repeat(".", 300000),
	} {
		v := c.JudgeText(text, "Norvane", 0, 0, "")
		if v.Sentiment == "" || v.Intent == "" || v.Facet == "" || v.Dimension == "" || v.Holder == "" || v.By != "model" || v.Aspects == nil || len(v.Evidence.Text) > 2*maxEvidence {
			t.Errorf("%s: %+v", name, v)
		}
		if e := v.Evidence; e.Start < 0 || e.End > len(text) || text[e.Start:e.End] != e.Text {
			t.Errorf("%s: evidence %d-%d does not stand there", name, e.Start, e.End)
		}
	}
}

func TestClassifierIsSafeForGoroutines(t *testing.T) {
	c := newJudge(t, "Norvane", "Telmora")
	e := earshot.Entry{Title: "Norvane", Text: "Norvane left me waiting three hours. Telmora did not, thank you.\n\nNever again, Norvane."}
	want := judgeAll(t, c, e)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				ms := c.Spot(e)
				for _, m := range ms {
					if got := c.Judge(e, m, ms); got.Intent != want[m.Brand].Intent || got.IntentConfidence != want[m.Brand].IntentConfidence {
						t.Errorf("%s: %v", m.Brand, got)
					}
				}
			}
		})
	}
	wg.Wait()
}

func FuzzJudge(f *testing.F) {
	f.Add("Thanks for nothing, Norvane. “Four calls”, she said: Norvane is 3.5 hours late", "Norvane", 22, 29, "en")
	f.Add("第三次给Norvane打电话，“等了五天”", "", 0, 0, "zh")
	f.Add("\xffNorvane\n\nNorvane 1.000,00 €", "Norvane", 1, 8, "")
	c := newJudge(f, "Norvane", "Telmora")
	f.Fuzz(func(t *testing.T, text, brand string, start, end int, lang string) {
		v := c.JudgeText(text, brand, start, end, lang)
		if e := v.Evidence; e.Start < 0 || e.End > len(text) || e.Start > e.End || text[e.Start:e.End] != e.Text {
			t.Fatalf("evidence %+v does not stand in %q", e, text)
		}
		if v.Sentiment == "" || v.Intent == "" || v.Confidence < 0 || v.Confidence > 1.0001 || v.Severity < 0 || v.Severity > 4 {
			t.Fatalf("%+v", v)
		}
		e := earshot.Entry{Title: brand + " Norvane", Text: text + " Norvane Telmora", Lang: lang}
		ms := c.Spot(e)
		for _, m := range ms {
			v := c.Judge(e, m, ms)
			field := e.Text
			if v.Field == earshot.FieldTitle {
				field = e.Title
			}
			if p := v.Evidence; p.Start < 0 || p.End > len(field) || p.Start > p.End || field[p.Start:p.End] != p.Text {
				t.Fatalf("evidence %+v of %s does not stand in %q", p, v.Field, field)
			}
		}
	})
}
