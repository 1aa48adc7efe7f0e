package daemon

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"earshot"
	"earshot/classify"
	"earshot/internal/store"
)

// learning is one look at what people corrected: the layer that it teaches, and
// what that layer would change.
type learning struct {
	current store.Layer // what holds now; zero before the first
	source  string      // hash of the corrections
	taught  []lesson
	silent  int // corrections with nothing to learn from: not about us, or the text is gone
	layer   *classify.Layer
	before  int      // lessons that hold now
	after   int      // lessons that would hold
	lost    []lesson // lessons that hold now and would not
	history int      // stored mentions that were compared
	shifts  []shift
}

// lesson is a correction with the mention it was about.
type lesson struct {
	classify.Lesson
	said store.Override
	of   store.Heard
}

// shift is a stored mention that would be judged otherwise.
type shift struct {
	heard     store.Heard
	now, then earshot.Verdict
}

// historyPage is how many stored mentions are compared in one transaction.
const historyPage = 500

// study reads the corrections and learns the layer; compare says whether it is
// held against the stored history too.
func (d *Daemon) study(ctx context.Context, c *classify.Classifier, compare bool) (*learning, error) {
	k := &learning{}
	if err := d.store.Read(ctx, func(tx *store.Tx) error { return k.read(tx, c) }); err != nil {
		return nil, err
	}
	lessons := make([]classify.Lesson, len(k.taught))
	for i, l := range k.taught {
		lessons[i] = l.Lesson
	}
	k.layer = classify.Learn(c.Model(), lessons)
	for _, l := range k.taught {
		had, has := c.Layer().Holds(l.Lesson), k.layer.Holds(l.Lesson)
		k.before, k.after = k.before+flag(had), k.after+flag(has)
		if had && !has {
			k.lost = append(k.lost, l)
		}
	}
	if !compare {
		return k, nil
	}
	return k, d.compare(ctx, c, k)
}

// read gathers the lessons, in the order of the table.
func (k *learning) read(tx *store.Tx, c *classify.Classifier) (err error) {
	if k.current, _, err = tx.Layer(); err != nil {
		return err
	}
	said, err := tx.Lessons()
	if err != nil {
		return err
	}
	sum := sha256.New()
	fmt.Fprintln(sum, c.Model().Version())
	for _, o := range said {
		l, ok, err := readLesson(tx, c, o)
		if err != nil {
			return fmt.Errorf("correction %d: %w", o.ID, err)
		}
		fmt.Fprintln(sum, o.ID, o.Story, o.Brand, o.Intent, o.Ours, l.of.Entry.Hash)
		if ok {
			k.taught = append(k.taught, l)
		} else {
			k.silent++
		}
	}
	k.source = hex.EncodeToString(sum.Sum(nil)[:8])
	return nil
}

// readLesson finds the text a correction was about: the story's first post that
// names the brand, or the comment itself.
func readLesson(tx *store.Tx, c *classify.Classifier, o store.Override) (lesson, bool, error) {
	l := lesson{said: o}
	mentions, entries, err := tx.StoryMentions(o.Story, o.Brand)
	if err != nil || len(mentions) == 0 || !o.Ours {
		return l, false, err
	}
	i := max(0, slices.IndexFunc(entries, func(e earshot.Entry) bool { return e.Kind == earshot.Post }))
	l.of = store.Heard{Mention: mentions[i], Entry: entries[i]}
	others, err := tx.Mentions(entries[i].ID)
	if err != nil {
		return l, false, err
	}
	var ok bool
	l.Lesson, ok = c.Lesson(entries[i], mentions[i], others, o.Intent)
	return l, ok, nil
}

// compare holds the new layer against the stored history. What a person or a
// second opinion judged stays as it is.
func (d *Daemon) compare(ctx context.Context, c *classify.Classifier, k *learning) error {
	for after := int64(0); ; {
		done := false
		err := d.store.Read(ctx, func(tx *store.Tx) error {
			page, err := tx.HeardSince(after, historyPage)
			done = len(page) < historyPage
			for _, h := range page {
				after = h.Mention.ID
				if err := k.weigh(tx, c, h); err != nil {
					return err
				}
			}
			return err
		})
		if err != nil || done {
			return err
		}
	}
}

func (k *learning) weigh(tx *store.Tx, c *classify.Classifier, h store.Heard) error {
	if byOther(h.Mention.Verdict) {
		return nil
	}
	k.history++
	others, err := tx.Mentions(h.Entry.ID)
	if err != nil {
		return err
	}
	now, then, moved := c.Compare(h.Entry, h.Mention, others, k.layer)
	if moved && (now.Intent != then.Intent || now.Sentiment != then.Sentiment) {
		k.shifts = append(k.shifts, shift{h, now, then})
	}
	return nil
}

// byOther says whether somebody else than the model judged.
func byOther(v earshot.Verdict) bool { return v.By == "llm" || strings.HasPrefix(v.By, "person:") }

// adopt stores the layer and judges anew what it changes, in one commit. A case
// that nobody has labelled or taken up follows its mention.
func (d *Daemon) adopt(ctx context.Context, s *setup, k *learning, by string) error {
	return d.store.Write(ctx, func(tx *store.Tx) error {
		l := store.Layer{MadeAt: d.now(), MadeBy: by, State: store.LayerOn, Lessons: k.layer.Lessons(), Features: k.layer.Features(), Changes: len(k.shifts),
			Model: k.layer.Model(), Hash: k.layer.Hash(), Source: k.source, Data: k.layer.Bytes()}
		if err := tx.PutLayer(l); err != nil {
			return err
		}
		for _, x := range k.shifts {
			if err := d.rejudge(tx, s, x.heard.Mention.ID, x.then); err != nil {
				return fmt.Errorf("mention %d: %w", x.heard.Mention.ID, err)
			}
		}
		return nil
	})
}

// rejudge gives a stored mention a new verdict, unless a person has spoken
// meanwhile, and tells its case.
func (d *Daemon) rejudge(tx *store.Tx, s *setup, mention int64, v earshot.Verdict) error {
	h, ok, err := tx.HeardMention(mention)
	if err != nil || !ok || h.Mention.Reason != "" || strings.HasPrefix(h.Mention.Verdict.By, "person:") {
		return err
	}
	v.DecidedAt = d.now()
	h.Mention.Verdict = v
	if _, err := tx.PutMention(h.Mention, h.Entry); err != nil || h.Case == "" {
		return err
	}
	if err := tx.LockCase(h.Case); err != nil {
		return err
	}
	c, ok, err := tx.Case(h.Case)
	if err != nil || !ok || c.Mention != mention {
		return err
	}
	view, err := tx.View(c)
	if err != nil {
		return err
	}
	next, events := c.Apply(earshot.Rejudged{Label: v.Label()}, s.env(s.augment(view), d.now()))
	return d.saveCase(tx, s, next, events, "")
}

// group is what changes for one brand from one label to another.
type group struct {
	Brand, From, To string
	N               int
	Examples        []shift
}

// groups sorts what would change by brand and class, the greatest first.
func (k *learning) groups() []group {
	var out []group
	for _, x := range k.shifts {
		g := group{Brand: x.heard.Mention.Brand, From: string(x.now.Intent), To: string(x.then.Intent)}
		if x.now.Intent == x.then.Intent {
			g.From, g.To = string(x.now.Intent)+", "+string(x.now.Sentiment), string(x.then.Intent)+", "+string(x.then.Sentiment)
		}
		i := slices.IndexFunc(out, func(o group) bool { return o.Brand == g.Brand && o.From == g.From && o.To == g.To })
		if i < 0 {
			i, out = len(out), append(out, g)
		}
		out[i].N++
		if len(out[i].Examples) < 3 {
			out[i].Examples = append(out[i].Examples, x)
		}
	}
	slices.SortStableFunc(out, func(a, b group) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Brand, b.Brand)) })
	return out
}
