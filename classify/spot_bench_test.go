package classify

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"earshot"
)

// manyBrands invents n brands; every third has an alias, every tenth a query.
func manyBrands(n int) []earshot.Brand {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("nor van tel mo ka ri so lum bex tor qui zan fel dra mont ver pol cas tri gal")
	word := func() string {
		s := ""
		for range 2 + r.IntN(2) {
			s += syllables[r.IntN(len(syllables))]
		}
		return strings.ToUpper(s[:1]) + s[1:]
	}
	out := make([]earshot.Brand, n)
	for i := range out {
		out[i].Name = fmt.Sprintf("%s %s", word(), word())
		if i%3 == 0 {
			out[i].Aliases = []string{word() + "x" + word()}
		}
		if i%10 == 0 {
			out[i].Query = fmt.Sprintf("%q OR (%sia NEAR/5 %sos)", out[i].Name, word(), word())
		}
	}
	return out
}

// spotTexts are texts of about 64 KB in several scripts.
func spotTexts() map[string]string {
	fill := func(s string) string { return strings.Repeat(s, 64<<10/len(s)+1) }
	return map[string]string{
		"ascii":   fill("We waited three hours at the counter and nobody came. The second agent said the van had left; it had not. In the end a neighbour drove us home, and the refund never arrived.\n\n"),
		"spanish": fill("Esperé tres horas en el mostrador y nadie apareció. Según la señorita, la furgoneta ya había salido; no era así. Al final nos llevó un vecino y el dinero aún no ha llegado.\n\n"),
		"chinese": fill("我们在柜台等了三个小时，没有人来。第二个客服说车已经开走了，其实并没有。最后是邻居送我们回家的，退款到现在也没有收到。\n\n"),
	}
}

func BenchmarkSpot(b *testing.B) {
	c, faults := New(Options{Model: &Model{}, Brands: manyBrands(1000)})
	if len(faults) > 0 {
		b.Fatal(faults[0])
	}
	for name, text := range spotTexts() {
		e := earshot.Entry{Text: text}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				c.Spot(e)
			}
		})
	}
}

func BenchmarkJudge(b *testing.B) {
	c, faults := New(Options{Brands: []earshot.Brand{{Name: "Norvane"}, {Name: "Telmora"}}})
	if c == nil {
		b.Fatal(faults)
	}
	e := earshot.Entry{Lang: "en", Text: "Battery died outside the library at four. The first Norvane operator said forty minutes, the second said the truck had been and gone. I was sitting on the hood. Telmora, for what it is worth, answered at once. Fourth call now, three hours, and I am done with Norvane."}
	ms := c.Spot(e)
	b.ReportAllocs()
	for b.Loop() {
		c.Judge(e, ms[0], ms)
	}
}

func BenchmarkNew(b *testing.B) {
	m, err := DefaultModel()
	if err != nil {
		b.Fatal(err)
	}
	brands := manyBrands(1000)
	b.ReportAllocs()
	for b.Loop() {
		New(Options{Model: m, Brands: brands})
	}
}

func BenchmarkJudgeLong(b *testing.B) {
	c, faults := New(Options{Brands: []earshot.Brand{{Name: "Norvane"}, {Name: "Telmora"}}})
	if c == nil {
		b.Fatal(faults)
	}
	para := "We waited three hours at the counter and nobody came, and in the end a neighbour drove us home, which was kind of her.\n\n"
	e := earshot.Entry{Text: strings.Repeat(para, 20) + "Norvane never called back. Telmora did, within the hour.\n\n" + strings.Repeat(para, 20)}
	ms := c.Spot(e)
	b.ReportAllocs()
	for b.Loop() {
		c.Judge(e, ms[0], ms)
	}
}
