package llm

import "earshot"

// How sure a second opinion is. It gives no calibrated probability, so an
// opinion that agrees with the model counts more than one that does not; that
// one stays below the default alert_threshold: it opens and labels, and pages
// nobody.
const (
	sureAgreed   = .8
	sureDisagree = .65
)

// Verdict is the new verdict of a mention: the labels are the second opinion's,
// the rest (facet, evidence, holder) stays the model's. model names who said so.
func Verdict(v earshot.Verdict, o Opinion, model string) earshot.Verdict {
	sure := sureDisagree
	if o.Intent == v.Intent {
		sure = max(sureAgreed, v.IntentConfidence)
	}
	v.By, v.Model, v.Abstain = "llm", model, false
	v.Intent, v.IntentConfidence = o.Intent, sure
	v.Sentiment, v.Confidence = o.Sentiment, sure
	switch o.Intent {
	case earshot.Complaint:
		v.Sentiment, v.PComplaint, v.Severity = earshot.Negative, sure, max(v.Severity, 1)
	case earshot.Compliment:
		v.Sentiment, v.PComplaint, v.Severity = earshot.Positive, min(v.PComplaint, 1-sure), 0
	default:
		v.PComplaint, v.Severity = min(v.PComplaint, 1-sure), 0
	}
	return v
}
