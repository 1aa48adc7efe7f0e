package earshot

import "time"

// Sentiment towards one brand.
type Sentiment string

// The sentiments.
const (
	Negative Sentiment = "negative"
	Neutral  Sentiment = "neutral"
	Positive Sentiment = "positive"
)

// Intent is what the writer does with the brand's name.
type Intent string

// The intents. Complaint beats compliment when both stand for one brand.
const (
	Complaint  Intent = "complaint"
	Compliment Intent = "compliment"
	Question   Intent = "question"
	Request    Intent = "request"
	NoIntent   Intent = "none"
)

// Sentiments and Intents list the labels in the order of the model's outputs.
var (
	Sentiments = []Sentiment{Negative, Neutral, Positive}
	Intents    = []Intent{Complaint, Compliment, Question, Request, NoIntent}
)

// Facet is what about the brand is judged.
type Facet string

// The facets.
const (
	FacetProduct Facet = "product"
	FacetService Facet = "service"
	FacetStaff   Facet = "staff"
	FacetProcess Facet = "process"
	FacetPolicy  Facet = "policy"
	FacetPrice   Facet = "price"
	FacetImage   Facet = "image"
)

// Dimension is the service-quality dimension a mention is about (SERVQUAL's five).
type Dimension string

// The dimensions.
const (
	Reliability    Dimension = "reliability"
	Responsiveness Dimension = "responsiveness"
	Assurance      Dimension = "assurance"
	Empathy        Dimension = "empathy"
	Tangibles      Dimension = "tangibles"
)

// Holder is whose opinion it is.
type Holder string

// The holders.
const (
	HolderAuthor Holder = "author"
	HolderQuoted Holder = "quoted"
)

// Field is the part of an entry a span stands in.
type Field string

// The fields.
const (
	FieldTitle Field = "title"
	FieldText  Field = "text"
	FieldTags  Field = "tags"
)

// Span is one place where a brand is named: bytes of the field, end exclusive.
type Span struct {
	Field   Field  `json:"field"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Surface string `json:"surface"` // as it stands there
}

// Mention is one brand in one entry. Spot fills all but Verdict; Judge fills
// that. A Reason other than "" says the name was seen but is no mention
// (namesake, excluded, tag_only, boilerplate), and Why says it in words.
type Mention struct {
	ID     int64
	Entry  int64
	Brand  string
	Spans  []Span
	Rule   string // what matched: an alias or the part of the query
	Reason Reason
	Why    string
	Coded  bool `json:",omitempty"` // only a coded alias stands there: the verdict is unsure whatever it says

	Verdict Verdict
}

// Aspect is one facet of the brand judged on its own ("staff kind, process hopeless").
type Aspect struct {
	Facet     Facet     `json:"facet"`
	Sentiment Sentiment `json:"sentiment"`
	Evidence  string    `json:"evidence"`
}

// WordWeight is one word that pushed a verdict: its bytes in the text and how
// hard it pushed (towards negative or complaint below 0, positive above).
type WordWeight struct {
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Text   string  `json:"text"`
	Weight float64 `json:"weight"`
}

// Verdict is how one mention was judged. Labels are always filled; Abstain says
// the intent's confidence is under the threshold. Confidences are calibrated
// probabilities. Severity is 1..4 for complaints, else 0.
type Verdict struct {
	Sentiment        Sentiment `json:"sentiment"`
	Confidence       float64   `json:"confidence"`
	Intent           Intent    `json:"intent"`
	IntentConfidence float64   `json:"intent_confidence"`
	PComplaint       float64   `json:"p_complaint"`
	Abstain          bool      `json:"abstain"`
	Facet            Facet     `json:"facet"`
	Dimension        Dimension `json:"dimension"`
	Severity         int       `json:"severity"`
	Holder           Holder    `json:"holder"`
	Sarcasm          bool      `json:"sarcasm,omitempty"`
	Leaving          bool      `json:"leaving,omitempty"` // "switching to ..."
	Effort           []string  `json:"effort,omitempty"`  // "fourth call", "three hours": what severity stands on
	Aspects          []Aspect  `json:"aspects"`
	Evidence         Passage   `json:"evidence"` // the words that decided, in Field
	Field            Field     `json:"field,omitempty"`
	Lang             string    `json:"lang"`
	Model            string    `json:"model"` // model version
	By               string    `json:"by"`    // model, llm, or person:NAME (an override)
	DecidedAt        time.Time `json:"-"`
}

// CaseThreshold is p(complaint) from which a case opens although the label is
// another: recall first, since 99 of 100 who complain have a reason to.
const CaseThreshold = 0.35

// OpensCase says whether the verdict is worth a case: an intent, or a fair
// chance that it is a complaint.
func (v Verdict) OpensCase() bool {
	return v.Intent != NoIntent || v.PComplaint >= CaseThreshold
}

// CaseIntent is the intent a case is routed and timed by: below the threshold
// an unsure complaint is treated as one.
func (v Verdict) CaseIntent() Intent {
	if v.Intent == NoIntent && v.PComplaint >= CaseThreshold {
		return Complaint
	}
	return v.Intent
}

// Unsure says whether the case should ask "Is this a complaint?" before it pages anybody.
func (v Verdict) Unsure() bool {
	return v.Abstain || (v.Intent == NoIntent && v.PComplaint >= CaseThreshold)
}
