package classify

import (
	"strings"
	"testing"
	"time"

	"earshot"
)

// spotter listens for brands without judging.
func spotter(t testing.TB, brands ...earshot.Brand) *Classifier {
	t.Helper()
	c, faults := New(Options{Model: &Model{}, Brands: brands})
	for _, f := range faults {
		t.Fatalf("fault: %v", f)
	}
	return c
}

// spotted lists the surfaces found in a text, or the reason why not.
func spotted(c *Classifier, e earshot.Entry) string {
	var out []string
	for _, m := range c.Spot(e) {
		s := m.Brand + ":"
		if m.Reason != "" {
			s += string(m.Reason)
		} else {
			for i, p := range m.Spans {
				if i > 0 {
					s += ","
				}
				s += p.Surface
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestSpotNames(t *testing.T) {
	brands := []earshot.Brand{
		{Name: "Norvane"}, {Name: "Tal-Mora"}, {Name: "Brindle & Hoyt"}, {Name: "Quill's"}, {Name: "Kestrel"}, {Name: "Kestrel Air"}, {Name: "QZX"}, {Name: "Telefónica Lumen"}, {Name: "蓝雀快递", Aliases: []string{"蓝雀"}},
		{Name: "Yonda", Official: earshot.Official{Domains: []string{"yonda.example"}}}, {Name: "Dell", Category: "tech"},
	}
	c := spotter(t, brands...)
	for _, tt := range []struct{ text, want string }{
		{"Norvane called. norvane did not.", "Norvane:Norvane,norvane"},
		{"Norvane's van, Norvane’s desk", "Norvane:Norvane,Norvane"},
		{"the Norvaneish style; unNorvane", ""},
		{"dell'Norvane, l'Norvane, d’Norvane", "Norvane:Norvane,Norvane,Norvane"},
		{"@Norvane please; (#Norvane)!", "Norvane:Norvane,Norvane"},
		{"Two Norvanes died", "Norvane:Norvanes"},
		{"see norvane.com/help or www.norvane.co.uk", "Norvane:norvane.com,norvane.co.uk"},
		{"see example.org/norvane and norvane@mail.example.com", ""},
		{"write to help@norvane.com", "Norvane:norvane.com"},
		{"Tal Mora, tal-mora, TalMora, tal mora, #talmora, Tal\nMora", "Tal-Mora:Tal Mora,tal-mora,TalMora,tal mora,talmora,Tal\nMora"},
		{"the Tal\n\nMora river", ""},
		{"Tal–Mora and Tal  Mora", "Tal-Mora:Tal–Mora,Tal  Mora"},
		{"brindle and hoyt or Brindle&Hoyt", "Brindle & Hoyt:brindle and hoyt,Brindle&Hoyt"},
		{"Quills and Quill’s", "Quill's:Quills,Quill’s"},
		{"Kestrel Air is no kestrel", "Kestrel:kestrel Kestrel Air:Kestrel Air"},
		{"Kestrel Air lost it", "Kestrel Air:Kestrel Air"},
		{"QZX and qzx", "QZX:QZX"},
		{"telefonica lumen, TELEFÓNICA LUMEN, Telefo\u0301nica Lumen", "Telefónica Lumen:telefonica lumen,TELEFÓNICA LUMEN,Telefo\u0301nica Lumen"},
		{"ｎｏｒｖａｎｅ wide", "Norvane:ｎｏｒｖａｎｅ"},
		{"我的蓝雀快递丢了，蓝雀也没人理", "蓝雀快递:蓝雀快递,蓝雀"},
		{"用Norvane手机三年了", "Norvane:Norvane"},
		{"a link to yonda.example/press and #yonda", "Yonda:yonda.example,yonda"},
		{"La bolletta dell'acqua e dell'Enal", ""},
		{"Dell'acqua non so nulla", ""},
		{"", ""}, {"🙂🙂", ""}, {"\xff\xfe\x00norvane\xff", "Norvane:norvane"},
	} {
		if got := spotted(c, earshot.Entry{Text: tt.text}); got != tt.want {
			t.Errorf("%q:\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestSpotTellsNamesakes(t *testing.T) {
	c := spotter(t,
		earshot.Brand{Name: "Delta Air Lines", Aliases: []string{"Delta"}, Category: "airline"},
		earshot.Brand{Name: "Apple", Category: "tech"},
		earshot.Brand{Name: "Orange", Category: "telecom"},
		earshot.Brand{Name: "小米", Category: "tech"},
		earshot.Brand{Name: "中国移动", Aliases: []string{"移动"}, Category: "telecom"},
		earshot.Brand{Name: "Gap", Context: earshot.Context{Any: []string{"store", "jeans"}, None: []string{"mind the gap"}}},
		earshot.Brand{Name: "Vela"},
		earshot.Brand{Name: "Sole"},
	)
	for _, tt := range []struct{ text, want string }{
		{"The river delta floods in spring, and our flight had not even landed.", "Delta Air Lines:namesake"},
		{"Delta lost my suitcase between two flights.", "Delta Air Lines:Delta"},
		{"Delta Air Lines never wrote back. Delta can keep it.", "Delta Air Lines:Delta Air Lines,Delta"},
		{"The delta of the Ebro is full of rice.", "Delta Air Lines:namesake"},
		{"I called Delta twice and their customer service hung up.", "Delta Air Lines:Delta"},
		{"Delta never answered. I rang their helpline for days.", "Delta Air Lines:Delta"},
		{"Delta waves are slow, and the delta of a river is wide.", "Delta Air Lines:namesake"},
		{"my delta flight was cancelled at the gate", "Delta Air Lines:delta"},
		{"Grandma's apple pie needs a whole apple more.", "Apple:namesake"},
		{"My Apple laptop will not charge.", "Apple:Apple"},
		{"Squeeze an orange, drink the orange juice.", "Orange:namesake"},
		{"Mi router de Orange se cae cada noche y la fibra va fatal.", "Orange:Orange"},
		{"早上喝一碗小米粥，养胃。", "小米:namesake"},
		{"小米手机的屏幕又碎了，售后不给修。", "小米:小米"},
		{"他慢慢把箱子移动到墙边。", "中国移动:namesake"},
		{"移动的营业厅排队两小时，套餐还退不了。", "中国移动:移动"},
		{"中国移动到底什么时候回电话？", "中国移动:中国移动"},
		{"The Gap store shut early.", "Gap:Gap"},
		{"There is a gap between the boards.", "Gap:namesake"},
		{"Mind the gap, said the Gap store sign.", "Gap:excluded"},
		{"Vela rang back within the hour.", "Vela:Vela"},
		{"La vela si è strappata, e la vela nuova costa.", "Vela:namesake"},
	} {
		if got := spotted(c, earshot.Entry{Text: tt.text}); got != tt.want {
			t.Errorf("%q:\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestSpotFields(t *testing.T) {
	c := spotter(t, earshot.Brand{Name: "Norvane"}, earshot.Brand{Name: "Delta", Category: "airline", Official: earshot.Official{Domains: []string{"delta.example"}}})
	for _, tt := range []struct {
		name string
		e    earshot.Entry
		want string
	}{
		{"tags only", earshot.Entry{Title: "A day out", Text: "We walked.", Tags: []string{"hills", "Norvane"}}, "Norvane:tag_only"},
		{"title", earshot.Entry{Title: "Norvane, again", Text: "They did it again."}, "Norvane:Norvane"},
		{"the title lends context", earshot.Entry{Title: "A flight to forget", Text: "I will not thank Delta for it."}, "Delta:Delta"},
		{"a link lends context", earshot.Entry{Text: "Thank you Delta, I suppose.", Links: []string{"https://www.delta.example/news"}}, "Delta:Delta"},
	} {
		if got := spotted(c, tt.e); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestSpotSpansStandInTheText(t *testing.T) {
	c := spotter(t, manyBrands(50)...)
	for name, text := range spotTexts() {
		for _, m := range c.Spot(earshot.Entry{Text: text + " " + c.brands[7].Name + " é " + c.brands[8].Name}) {
			for _, s := range m.Spans {
				if (text + " " + c.brands[7].Name + " é " + c.brands[8].Name)[s.Start:s.End] != s.Surface {
					t.Errorf("%s: span %d-%d is not %q", name, s.Start, s.End, s.Surface)
				}
			}
		}
	}
}

func TestSpotBoundsItsWork(t *testing.T) {
	c := spotter(t, earshot.Brand{Name: "Norvane"}, earshot.Brand{Name: "Q", Query: `a NEAR/50 b`}, earshot.Brand{Name: "Delta", Category: "airline"}, earshot.Brand{Name: "移动", Category: "telecom"})
	for _, piece := range []string{"norvane a b ", "Delta the delta ", "移动", "\n\n", "'", "a.delta.com/", "é\u0301"} {
		text := strings.Repeat(piece, (10<<20)/len(piece))
		start := time.Now()
		for _, m := range c.Spot(earshot.Entry{Text: text}) {
			if len(m.Spans) > maxSpans {
				t.Errorf("%q: %d spans", piece, len(m.Spans))
			}
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("10 MB of %q take %v", piece, d)
		}
	}
}

func FuzzSpot(f *testing.F) {
	f.Add("Norvane's van and 移动 at norvane.com/x", "title", "tag")
	f.Add("Ｎｏｒｖａｎｅ\u0301 İß ﬁ \xff", "", "")
	c, _ := New(Options{Model: &Model{}, Brands: []earshot.Brand{{Name: "Norvane"}, {Name: "移动", Category: "telecom"}, {Name: "Tal Mora", Query: `"Tal Mora" OR (Tal NEAR/3 mor*) NOT raw:TAL`}, {Name: "ß"}, {Name: "fi"}}})
	f.Fuzz(func(t *testing.T, text, title, tag string) {
		e := earshot.Entry{Text: text, Title: title, Tags: []string{tag}}
		fields := map[earshot.Field]string{earshot.FieldText: text, earshot.FieldTitle: title, earshot.FieldTags: tag}
		for _, m := range c.Spot(e) {
			for _, s := range m.Spans {
				if s.Start < 0 || s.End > len(fields[s.Field]) || s.Start >= s.End || fields[s.Field][s.Start:s.End] != s.Surface {
					t.Fatalf("span %+v does not stand in %q", s, fields[s.Field])
				}
			}
		}
	})
}
