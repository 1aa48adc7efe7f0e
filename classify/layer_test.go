package classify

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"earshot"
)

// corrected judges one text of Norvane's, and gives the lesson of its right intent.
func corrected(t *testing.T, c *Classifier, text string, right earshot.Intent) (earshot.Entry, earshot.Mention, Lesson) {
	t.Helper()
	e := earshot.Entry{Text: text, Kind: earshot.Post}
	for _, m := range c.Spot(e) {
		if m.Reason == "" {
			l, ok := c.Lesson(e, m, nil, right)
			if !ok {
				t.Fatalf("%q teaches nothing", text)
			}
			return e, m, l
		}
	}
	t.Fatalf("%q names nobody", text)
	return earshot.Entry{}, earshot.Mention{}, Lesson{}
}

// wrongOnes are texts with a label that the shipped model does not give them.
var wrongOnes = []struct {
	text  string
	right earshot.Intent
}{
	{"Third call to Norvane this week and the refund still has not arrived. Never again.", earshot.NoIntent},
	{"Big thanks to Norvane: the driver came back with my phone the same evening. Brilliant people.", earshot.Complaint},
	{"Norvane", earshot.Complaint},
	{"Thanks Norvane!", earshot.Complaint},
	{"Does anybody know whether Norvane delivers on Saturdays?", earshot.Request},
	{"Llevo tres semanas esperando el reembolso de Norvane y nadie contesta. Un desastre.", earshot.Question},
	{"Grazie a Norvane, gentilissimi: il tecnico ha sistemato tutto in dieci minuti.", earshot.NoIntent},
	{"Norvane的客服打了三次电话都没人接，退款拖了一个月，太差了。", earshot.Compliment},
}

func TestOneCorrectionIsLearnt(t *testing.T) {
	c := newJudge(t, "Norvane")
	for _, x := range wrongOnes {
		e, m, lesson := corrected(t, c, x.text, x.right)
		layer := Learn(c.Model(), []Lesson{lesson})
		v := c.WithLayer(layer).Judge(e, m, nil)
		if v.Intent != x.right || v.Abstain || !layer.Holds(lesson) {
			t.Errorf("%q: corrected to %s, judged %s %.2f", x.text, x.right, v.Intent, v.IntentConfidence)
		}
		want := map[earshot.Intent]earshot.Sentiment{earshot.Complaint: earshot.Negative, earshot.Compliment: earshot.Positive}[x.right]
		if want != "" && v.Sentiment != want {
			t.Errorf("%q: a %s that is %s", x.text, x.right, v.Sentiment)
		}
		if v.Model != c.Model().Version()+"+"+layer.Hash() {
			t.Errorf("%q was judged by %s", x.text, v.Model)
		}
	}
}

func TestManyCorrectionsHoldTogether(t *testing.T) {
	c := newJudge(t, "Norvane")
	var lessons []Lesson
	for _, x := range wrongOnes {
		_, _, l := corrected(t, c, x.text, x.right)
		lessons = append(lessons, l)
	}
	layer := Learn(c.Model(), lessons)
	for i, l := range lessons {
		if !layer.Holds(l) {
			t.Errorf("%q was forgotten", wrongOnes[i].text)
		}
	}
	if again := Learn(c.Model(), lessons); !bytes.Equal(again.Bytes(), layer.Bytes()) || again.Hash() != layer.Hash() {
		t.Error("the same corrections give other bytes")
	}
	read, err := ReadLayer(layer.Bytes())
	if err != nil || read.Hash() != layer.Hash() || read.Lessons() != len(lessons) || read.Features() != layer.Features() || read.Model() != c.Model().Version() {
		t.Errorf("read back: %v, %+v", err, read)
	}
}

// strangers are 1,000 texts of other words than a correction's.
func strangers() []string {
	r := rand.New(rand.NewPCG(7, 7))
	nouns := strings.Fields("train kettle garden bicycle library orchestra window teacher harbour sandwich puppy printer mountain carpet lantern violin bakery pigeon ladder museum")
	verbs := strings.Fields("painted cleaned repaired ignored praised visited sold borrowed dropped polished delayed cancelled broke admired photographed")
	moods := strings.Fields("awful lovely terrible charming dreadful superb rude friendly filthy spotless hopeless elegant")
	var out []string
	for i := range 1000 {
		pick := func(list []string) string { return list[r.IntN(len(list))] }
		out = append(out, fmt.Sprintf("Norvane %s our %s; %s %s, %s %s number %d.", pick(verbs), pick(nouns), pick(moods), pick(nouns), pick(moods), pick(nouns), i))
	}
	return out
}

func TestACorrectionChangesNothingItSharesNoWordWith(t *testing.T) {
	c := newJudge(t, "Norvane")
	_, _, lesson := corrected(t, c, wrongOnes[0].text, wrongOnes[0].right)
	mine := map[uint64]bool{}
	for _, f := range lesson.features {
		mine[f.key] = true
	}
	taught := c.WithLayer(Learn(c.Model(), []Lesson{lesson}))
	rows := 0
	for _, text := range strangers() {
		e, m, l := corrected(t, c, text, earshot.Complaint)
		for _, f := range l.features {
			if mine[f.key] {
				t.Fatalf("%q shares a feature", text)
			}
		}
		before, after := c.Judge(e, m, nil), taught.Judge(e, m, nil)
		after.Model = before.Model
		if fmt.Sprint(before) != fmt.Sprint(after) {
			t.Errorf("%q changed:\n%v\n%v", text, before, after)
		}
		rows++
	}
	if rows != 1000 {
		t.Errorf("%d rows", rows)
	}
}

func TestALikeTextFollowsACorrection(t *testing.T) {
	c := newJudge(t, "Norvane")
	_, _, lesson := corrected(t, c, "The haunted house of Norvane left us screaming for three hours: a horrible night, terrible ghosts.", earshot.Compliment)
	e, m, like := corrected(t, c, "We went with the school. The haunted house by Norvane left us all screaming, a horrible night with terrible ghosts.", earshot.Complaint)
	before := c.Judge(e, m, nil)
	layer := Learn(c.Model(), []Lesson{lesson})
	now, then, moved := c.Compare(e, m, nil, layer)
	if _, _, again := c.WithLayer(layer).Compare(e, m, nil, layer); !moved || again {
		t.Errorf("moved %v, by the same layer %v", moved, again)
	}
	if now.Intent != before.Intent || now.PComplaint != before.PComplaint {
		t.Errorf("compared as %s %.3f, judged %s %.3f", now.Intent, now.PComplaint, before.Intent, before.PComplaint)
	}
	if then.PComplaint > before.PComplaint-.1 {
		t.Errorf("a copy with other words moved from %.3f to %.3f only", before.PComplaint, then.PComplaint)
	}
	if l := Learn(c.Model(), nil); l.Features() != 0 || c.WithLayer(l).Layer() != nil || l.Holds(like) != (before.Intent == earshot.Complaint) {
		t.Errorf("no corrections give %d features", l.Features())
	}
}

func TestABrokenLayerIsRefused(t *testing.T) {
	c := newJudge(t, "Norvane")
	_, _, lesson := corrected(t, c, wrongOnes[0].text, wrongOnes[0].right)
	good := Learn(c.Model(), []Lesson{lesson}).Bytes()
	for name, b := range map[string][]byte{"empty": nil, "text": []byte("hello, this is no layer of corrections"), "cut": good[:len(good)-3], "more": append(bytes.Clone(good), 0)} {
		if _, err := ReadLayer(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for at := range good {
		bad := bytes.Clone(good)
		bad[at] ^= 0x41
		if _, err := ReadLayer(bad); err == nil {
			t.Fatalf("byte %d flipped: no error", at)
		}
	}
}
