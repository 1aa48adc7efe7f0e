package classify

import (
	"testing"

	"earshot"
)

func TestCodedAliasesAreHeardAndNeverSure(t *testing.T) {
	brands := []earshot.Brand{
		{Name: "Norvane", Coded: []string{"rhymes with sorbet", "norvane-sucks.example", "Norvain"}, Context: earshot.Context{None: []string{"dessert"}}},
		{Name: "Telmora", Query: `Telmora NEAR/5 phone`, Coded: []string{"the T company"}},
	}
	c, faults := New(Options{Brands: brands})
	if c == nil || len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, x := range []struct {
		text, brand, rule string
		coded             bool
	}{
		{"My carrier, which rhymes with sorbet, has lost my number for the third time. Nobody calls back. Never again.", "Norvane", "coded: rhymes with sorbet", true},
		{"Read it all on http://norvane-sucks.example/letters and weep: three weeks without a refund.", "Norvane", "coded: norvane-sucks.example", true},
		{"Norvain has lost my number for the third time. Nobody calls back. Never again.", "Norvane", "coded: Norvain", true},
		{"Norvane (it rhymes with sorbet) has lost my number for the third time. Never again.", "Norvane", "Norvane", false},
		{"The T company has lost my number for the third time. Nobody calls back. Never again.", "Telmora", "coded: the T company", true},
		{"A dessert that rhymes with sorbet.", "", "", false},
		{"It rhymes with sorbets and the like.", "", "", false},
	} {
		var got earshot.Mention
		ms := c.Spot(earshot.Entry{Text: x.text})
		for _, m := range ms {
			if m.Reason == "" {
				got = m
			}
		}
		if got.Brand != x.brand || got.Rule != x.rule || got.Coded != x.coded {
			t.Errorf("%q: %s by %q, coded %v", x.text, got.Brand, got.Rule, got.Coded)
		}
		if got.Brand == "" {
			continue
		}
		v := c.Judge(earshot.Entry{Text: x.text}, got, ms)
		if x.coded && (!v.Unsure() || v.IntentConfidence > .5) || v.Intent != earshot.Complaint {
			t.Errorf("%q: %s %.2f, unsure %v", x.text, v.Intent, v.IntentConfidence, v.Unsure())
		}
	}
}
