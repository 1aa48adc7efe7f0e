package train

// binarySets have no neutral label: they must not teach that their channel
// never is neutral.
var binarySets = map[string]bool{"htl_zh": true, "waimai_zh": true, "shopping_zh": true, "opener_en": true, "opener_es": true}

// customerSets are those whose targets are brands or what a brand sells, so
// that a negative word about them is a complaint.
var customerSets = map[string]bool{
	"airline": true, "brands_sxsw": true, "htl_zh": true, "lap14": true, "mabsa_es": true, "mabsa_zh": true, "mams": true, "marc_zh": true,
	"opener_en": true, "opener_es": true, "rest14": true, "rest15": true, "rest16": true, "rest16_es": true, "sanders": true, "shopping_zh": true,
	"television": true, "waimai_zh": true, "zh_products": true, "zh_rest_zhang": true,
}

// weakIntent is the weight of an intent that was derived from a sentiment.
const weakIntent = .15

// label sets what a record teaches.
func (rec *record) label(r *Row) {
	if rec.Sentiment != nil {
		if s := indexOf(SentimentNames, *rec.Sentiment); s >= 0 {
			rec.labelSentiment(r, s)
		}
	}
	switch {
	case r.Own:
		if i := indexOf(IntentNames, rec.Intent); i >= 0 {
			r.GoldIntent, r.Intent = i, one(i, len(IntentNames), 1)
		}
	case r.Source == "complaints":
		rec.labelComplaint(r)
	case customerSets[r.Source]:
		weakenIntent(r)
	}
}

func (rec *record) labelSentiment(r *Row, s int) {
	r.GoldSentiment = s
	r.Sentiment = one(s, len(SentimentNames), 1)
	if binarySets[r.Source] {
		r.Sentiment.Support = bit(Negative) | bit(Positive)
	}
}

// labelComplaint reads the gold set of complaints: yes, or any other intent.
func (rec *record) labelComplaint(r *Row) {
	all := uint8(1<<len(IntentNames) - 1)
	if rec.Intent == "" {
		return
	}
	if rec.Intent == "complaint" {
		r.GoldIntent = Complaint
		r.Intent = Target{Allowed: bit(Complaint), Support: all, Weight: 1}
		return
	}
	r.GoldIntent = None
	r.Intent = Target{Allowed: all &^ bit(Complaint), Support: all, Weight: 1}
}

// weakenIntent derives what a sentiment says about the intent: a neutral text
// may ask, beg or just tell.
func weakenIntent(r *Row) {
	all := uint8(1<<len(IntentNames) - 1)
	allowed := bit(Question) | bit(Request) | bit(None)
	support := all
	switch r.GoldSentiment {
	case Negative:
		allowed = bit(Complaint)
	case Positive:
		allowed = bit(Compliment)
	}
	if binarySets[r.Source] {
		support = bit(Complaint) | bit(Compliment)
	}
	r.Intent = Target{Allowed: allowed, Support: support, Weight: weakIntent}
}
