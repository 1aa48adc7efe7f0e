package daemon

import (
	"time"

	"earshot"
)

// seasonPlace is a world that a season can happen in: whose people write in
// other words, about other trades.
type seasonPlace struct {
	folder    string   // of the sentences, under testdata/season
	trades    []string // each with one company in a season
	companies map[string][]seasonBrand
	category  map[string]string // by trade: what the operator's file calls it
	desks     map[string]string // by language: how a company's desk is called
	plots     []func(*seasonTale)
}

// seasonPlaceOf is the world of a seed: the first for odd seeds, the second for even ones.
func seasonPlaceOf(seed int) seasonPlace {
	if seed%2 == 0 {
		return seasonSecond()
	}
	return seasonFirst()
}

func seasonFirst() seasonPlace {
	return seasonPlace{
		trades: []string{"air", "net", "parcel", "heat"}, companies: seasonCompanies(), plots: seasonPlots(),
		category: map[string]string{"air": "airline", "net": "telecom", "parcel": "delivery", "heat": "energy"},
		desks:    map[string]string{"en": "{B} Cares", "es": "{B} Atención", "it": "{B} Risponde", "zh": "{B}客服"},
	}
}

// seasonSecond is a plainer world: people say what happened and seldom what they
// think of it. Its sentences were written without a look at the first one's.
func seasonSecond() seasonPlace {
	return seasonPlace{folder: "second",
		trades: []string{"inn", "bank", "shop", "line"},
		companies: map[string][]seasonBrand{
			"inn":  {{"lumeo", "Lumeo", "卢米欧酒店", "inn"}, {"ostrava", "Ostravell", "奥斯特维", "inn"}, {"brackenhouse", "Brackenholm", "布拉肯", "inn"}},
			"bank": {{"fidarra", "Fidarra", "菲达拉银行", "bank"}, {"monvest", "Monvesta", "蒙维斯塔", "bank"}, {"solidan", "Solidane", "索利丹", "bank"}},
			"shop": {{"casterly", "Kasterio", "卡斯特里奥", "shop"}, {"dombrek", "Dombrek", "东布雷克", "shop"}, {"vintalo", "Vintalo", "文塔洛", "shop"}},
			"line": {{"ferrovel", "Ferrovel", "费罗维尔", "line"}, {"tramondo", "Tramondo", "特拉蒙多", "line"}, {"railwick", "Railwick", "雷尔威克", "line"}},
		},
		category: map[string]string{"inn": "hotel", "bank": "bank", "shop": "shop", "line": "rail"},
		desks:    map[string]string{"en": "{B} Help Team", "es": "Ayuda {B}", "it": "Assistenza {B}", "zh": "{B}官方"},
		plots:    append(seasonPlots(), plotTwoOpen, plotTwoOpen, plotRelapse, plotRelapse),
	}
}

// desk is the name under which a company answers.
func (p seasonPlace) desk(b seasonBrand, lang string) string {
	return (&seasonTongue{lang: "zh"}).fill(p.desks[lang], seasonSlots{"B": b.in(lang)})
}

// plotTwoOpen: two matters wait at once, and the author goes on about the older.
func plotTwoOpen(t *seasonTale) {
	t.complain("two open, the older", earshot.AnswerNone, true)
	began, truth, matter := t.at, t.truth, t.matter
	t.at = t.hours(6*24, 12*24)
	t.newMatter()
	t.complainAs("late_title", "two open, the younger", earshot.AnswerNone, true)
	later := t.at
	t.at, t.truth, t.matter = began, truth, matter
	t.follow(later.Add(time.Duration(5*24+t.r.IntN(10*24))*time.Hour), "silence", false)
}

// plotRelapse: what the author called settled was not.
func plotRelapse(t *seasonTale) {
	t.complain("relapse", earshot.AnswerNone, true)
	t.own(t.hours(8, 50), "update_resolved")
	t.follow(t.hours(12*24, 28*24), "relapse", t.r.IntN(2) == 0)
}
