package earshot

import (
	"testing"
	"time"
)

func TestANewVerdictMovesOnlyWhatNobodyHasTouched(t *testing.T) {
	thanks := Rejudged{Label{Intent: Compliment, Sentiment: Positive, Confidence: .9, By: "model"}}
	h := opened(time.Hour)
	c, events := h.c.Apply(thanks, h.env(.1))
	if len(events) != 1 || events[0].Kind != EventCorrected || events[0].Actor != "" || c.Label.Intent != Compliment {
		t.Errorf("a new case: %+v, %+v", events, c.Label)
	}
	if _, again := c.Apply(thanks, h.env(.2)); len(again) != 0 {
		t.Errorf("twice: %+v", again)
	}
	if c, _ := h.c.Apply(Rejudged{Label{Intent: NoIntent, By: "model"}}, h.env(.1)); c.Label.Intent != Complaint || !c.Label.Unsure {
		t.Errorf("a case that nobody wants anything of: %+v", c.Label)
	}
	taken := opened(time.Hour).do(.1, VerbClaim, Args{})
	if _, events := taken.c.Apply(thanks, taken.env(.2)); len(events) != 0 {
		t.Errorf("a claimed case: %+v", events)
	}
	said := opened(time.Hour).do(.1, VerbCorrect, Args{Intent: Question})
	if _, events := said.c.Apply(thanks, said.env(.2)); len(events) != 0 {
		t.Errorf("a person's label: %+v", events)
	}
}
