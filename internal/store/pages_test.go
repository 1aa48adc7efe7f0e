package store

import (
	"fmt"
	"testing"
	"time"

	"earshot"

	"github.com/google/go-cmp/cmp"
)

// list stores n mentions with a case each: brands take turns, the first is the oldest.
func list(t *testing.T, s *Store, n int) {
	t.Helper()
	write(t, s, func(tx *Tx) error {
		for i := range n {
			e := entry(fmt.Sprintf("e%d", i), fmt.Sprintf("Text number %d, 行李 100%% lost_", i))
			e.Published, e.Author.Key = noon.Add(time.Duration(i-n)*time.Hour), fmt.Sprintf("author%d", i%2)
			e, err := tx.AddEntry(e, "", noon)
			if err != nil {
				return err
			}
			v := earshot.Verdict{Intent: earshot.Complaint, Sentiment: earshot.Negative, Severity: 1 + i%4, Lang: []string{"en", "zh"}[i%2]}
			m, err := tx.PutMention(earshot.Mention{Brand: []string{"AAA", "BBB", "Rival"}[i%3], Verdict: v}, e)
			if err != nil {
				return err
			}
			num, id, err := tx.NextCase()
			if err != nil {
				return err
			}
			c, events := earshot.Open(id, earshot.Opening{Brand: m.Brand, Story: e.ID, Entry: e.ID, Mention: m.ID, Thread: e.Thread, Label: v.Label(), Published: e.Published, FirstSeen: noon,
				SLA: &earshot.SLA{Answer: time.Duration(i+1) * time.Hour}}, earshot.Env{Now: noon})
			if err := tx.PutCase(c, num, e.Author.Key, noon); err != nil {
				return err
			}
			if err := tx.AppendEvents(events); err != nil {
				return err
			}
			if err := tx.SetMentionCase(m.ID, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func read(t *testing.T, s *Store, f func(*Tx) error) {
	t.Helper()
	if err := s.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func TestListsOfCasesAreFilteredSortedAndCounted(t *testing.T) {
	s := open(t)
	list(t, s, 9)
	read(t, s, func(tx *Tx) error {
		for name, want := range map[string]struct {
			q CaseFilter
			n int
		}{
			"all":         {CaseFilter{}, 9},
			"one brand":   {CaseFilter{Brand: "AAA"}, 3},
			"not rivals":  {CaseFilter{NotBrands: []string{"Rival"}}, 6},
			"severe":      {CaseFilter{Severity: 3}, 4},
			"due soon":    {CaseFilter{DueTo: noon.Add(3*time.Hour + time.Minute)}, 3},
			"one author":  {CaseFilter{Author: "author0"}, 5},
			"overdue":     {CaseFilter{Statuses: []earshot.Status{"overdue"}, Broken: true}, 0},
			"two brands?": {CaseFilter{Statuses: []earshot.Status{"new"}, NotBrands: []string{"AAA", "BBB"}}, 3},
			"last hours":  {CaseFilter{From: noon.Add(-3 * time.Hour)}, 3},
		} {
			n, err := tx.CountCases(want.q)
			if err != nil {
				return err
			}
			want.q.Limit = 100
			lines, err := tx.CaseLines(want.q)
			if err != nil {
				return err
			}
			if n.N != want.n || len(lines) != want.n {
				t.Errorf("%s: counted %v, listed %d, want %d", name, n, len(lines), want.n)
			}
		}
		first, err := tx.CaseLines(CaseFilter{Order: OrderDue, Limit: 1})
		if err != nil {
			return err
		}
		lines, err := tx.CaseLines(CaseFilter{Order: OrderDue, Limit: 2, After: first[0].Mark})
		if err != nil {
			return err
		}
		if len(lines) != 2 || lines[0].Case.SLA.Answer != 2*time.Hour || lines[0].Entry.Text == "" || lines[0].Verdict.Intent == "" {
			t.Errorf("second by due time: %+v", lines)
		}
		if lines[1].Nth == 0 {
			t.Error("the author's history is not counted")
		}
		return nil
	})
}

func TestMentionsAreSearchedAndPagedWithoutGaps(t *testing.T) {
	s := open(t)
	list(t, s, 7)
	read(t, s, func(tx *Tx) error {
		var ids []int64
		q := MentionFilter{Limit: 3}
		for range 4 {
			lines, err := tx.MentionLines(q)
			if err != nil {
				return err
			}
			for _, l := range lines {
				ids = append(ids, l.Mention.ID)
				q.Before = MentionMark{l.Entry.Published, l.Mention.ID}
				if l.Case.ID == "" || l.Entry.Title == "" {
					t.Errorf("mention %d came without its case or entry", l.Mention.ID)
				}
			}
		}
		if d := cmp.Diff([]int64{7, 6, 5, 4, 3, 2, 1}, ids); d != "" {
			t.Errorf("pages: %s", d)
		}
		for text, want := range map[string]int{"number": 7, "NUMBER 3": 1, "行李": 7, "李": 7, "李行": 0, "100%": 7, "lost_": 7, "lost?": 7, "numb": 0, "numb*": 7,
			`"text number"`: 7, `"number text"`: 0, "«text» number 3": 1, "' OR 1=1 --": 0, `\`: 0, "wörds": 0, "nümber": 7, `"text`: 7, "*": 0, "NOT number": 0} {
			if n, err := tx.TallyMentions(MentionFilter{Text: text}, 100); err != nil || n.N != want {
				t.Errorf("search %q: %d (%v), want %d", text, n.N, err, want)
			}
		}
		crossed, more, err := tx.MentionCross(MentionFilter{NotBrands: []string{"Rival"}, Brand: "AAA"}, 100)
		if more {
			t.Error("a count of all says that there are more")
		}
		got := map[string]int{}
		for _, c := range crossed {
			got[c.Brand] += c.N
		}
		if d := cmp.Diff(map[string]int{"AAA": 3, "BBB": 2}, got); d != "" {
			t.Error(d)
		}
		return err
	})
}

func TestStretchesCountMentionsByTime(t *testing.T) {
	s := open(t)
	list(t, s, 9)
	read(t, s, func(tx *Tx) error {
		got, err := tx.Stretches("", []string{"Rival"}, noon.Add(-9*time.Hour), 3*time.Hour, 3)
		if d := cmp.Diff([]Stretch{{0, 2, 2}, {1, 2, 2}, {2, 2, 2}}, got); d != "" {
			t.Error(d)
		}
		if err != nil {
			return err
		}
		authors, err := tx.Authors(noon.Add(-24*time.Hour), nil, 10)
		if len(authors) != 2 || authors[0].Cases != 5 || authors[0].Name != "Ann" || authors[0].Unanswered != 5 {
			t.Errorf("authors: %+v", authors)
		}
		return err
	})
}

func TestAlertsTellWhatKeepsThem(t *testing.T) {
	s := open(t)
	write(t, s, func(tx *Tx) error {
		for i, reason := range []earshot.Reason{"", earshot.ReasonSent, earshot.ReasonMuted} {
			if _, _, err := tx.PutAlert(earshot.Alert{Key: fmt.Sprint(i), Case: "c1", Receiver: "care", Reason: reason}, noon); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(tx *Tx) error {
		lines, err := tx.AlertLines(AlertFilter{Limit: 10})
		if err != nil {
			return err
		}
		if len(lines) != 3 || lines[2].State != Waiting || lines[0].State != "" || lines[0].Alert.Reason != earshot.ReasonMuted {
			t.Errorf("%+v", lines)
		}
		waiting, err := tx.AlertLines(AlertFilter{Reasons: []earshot.Reason{""}, Limit: 10})
		if len(waiting) != 1 {
			t.Errorf("%d on their way, want 1", len(waiting))
		}
		return err
	})
}

func TestAListIsTheSameOnEveryWay(t *testing.T) {
	s := open(t)
	list(t, s, 9)
	read(t, s, func(tx *Tx) error {
		for name, q := range map[string]MentionFilter{
			"along the dates": {}, "by label": {Sentiment: earshot.Negative}, "by word": {Text: "number"}, "by case": {Statuses: []earshot.Status{"new"}},
			"by author": {Severity: 1}, "by time": {Text: "number", From: noon.Add(-100 * time.Hour), To: noon},
		} {
			var ids []int64
			q.Limit = 4
			for range 4 {
				lines, err := tx.MentionLines(q)
				if err != nil {
					return err
				}
				for _, l := range lines {
					ids = append(ids, l.Mention.ID)
					q.Before = MentionMark{l.Entry.Published, l.Mention.ID}
				}
			}
			if d := cmp.Diff([]int64{9, 8, 7, 6, 5, 4, 3, 2, 1}, ids); d != "" {
				t.Errorf("%s: %s", name, d)
			}
			q.Before = MentionMark{}
			if n, err := tx.TallyMentions(q, 5); err != nil || n.N != 5 || !n.More || n.Waiting != 5 {
				t.Errorf("%s: %+v (%v)", name, n, err)
			}
		}
		for words, want := range map[string]int{"number": 9, "nosuchword": 0} {
			if ids, err := tx.unsettledWith(terms(words), []earshot.Status{"new"}); err != nil || len(ids) != want {
				t.Errorf("%q by open cases and places: %v (%v), want %d", words, ids, err, want)
			}
		}
		for name, q := range map[string]MentionFilter{"brand": {Brand: "AAA"}, "author": {Author: "author0", Brand: "AAA"}, "lang": {Lang: "zh", Source: "s1"}, "severity": {Severity: 3, Text: "number"}, "nobody": {Author: "x"},
			"times": {Text: "number", From: noon.Add(-2 * time.Hour), To: noon.Add(-time.Hour)}} {
			n, err := tx.TallyMentions(q, 100)
			if want := map[string]int{"brand": 3, "author": 2, "lang": 4, "severity": 4, "nobody": 0, "times": 1}[name]; err != nil || n.N != want {
				t.Errorf("%s: %d (%v), want %d", name, n.N, err, want)
			}
		}
		return nil
	})
}

func TestAMentionThatStopsCountingIsNoLongerFound(t *testing.T) {
	s := open(t)
	list(t, s, 2)
	write(t, s, func(tx *Tx) error {
		m, _, err := tx.Mention(1)
		if err != nil {
			return err
		}
		e, _, err := tx.Entry(m.Entry)
		if err != nil {
			return err
		}
		m.Reason = earshot.ReasonNamesake
		if _, err = tx.PutMention(m, e); err != nil {
			return err
		}
		if m, _, err = tx.Mention(2); err != nil {
			return err
		}
		m.Verdict.Intent, e.ID, e.Text = earshot.Compliment, m.Entry, "A new text"
		_, err = tx.PutMention(m, e)
		return err
	})
	read(t, s, func(tx *Tx) error {
		for q, want := range map[asked]int{{"text", "complaint"}: 0, {"text", "compliment"}: 1, {"lost", ""}: 0, {"new", ""}: 1} {
			n, err := tx.TallyMentions(MentionFilter{Text: q.text, Intent: earshot.Intent(q.intent)}, 10)
			if err != nil || n.N != want {
				t.Errorf("%+v: %d (%v), want %d", q, n.N, err, want)
			}
		}
		return nil
	})
}

type asked struct{ text, intent string }

func TestEveryOrderOfCasesIsPagedWithoutGaps(t *testing.T) {
	s := open(t)
	list(t, s, 9)
	read(t, s, func(tx *Tx) error {
		for order := range sortings {
			whole, err := tx.CaseLines(CaseFilter{Order: order, Limit: 100})
			if err != nil {
				return err
			}
			var want, got []string
			for _, l := range whole {
				want = append(want, l.Case.ID)
			}
			q := CaseFilter{Order: order, Limit: 2}
			for range 6 {
				lines, err := tx.CaseLines(q)
				if err != nil {
					return err
				}
				for _, l := range lines {
					got, q.After = append(got, l.Case.ID), l.Mark
				}
			}
			if d := cmp.Diff(want, got); d != "" || len(want) != 9 {
				t.Errorf("%s: %s", order, d)
			}
		}
		lines, err := tx.CaseLines(CaseFilter{After: "'; DROP TABLE cases", Limit: 100})
		if len(lines) != 9 {
			t.Errorf("a mark that is none: %d lines", len(lines))
		}
		return err
	})
}

func TestSourcesAreListedByUrgency(t *testing.T) {
	s := open(t)
	write(t, s, func(tx *Tx) error {
		for i, state := range []earshot.SourceState{"ok", "failing", "ok", "dead", "late"} {
			if err := tx.PutSource(earshot.Source{ID: fmt.Sprint("feed:", i), Kind: earshot.SourceFeed, State: state}); err != nil {
				return err
			}
		}
		return tx.PutSource(earshot.Source{ID: "thread:1", Kind: earshot.SourceThread, State: "ok"})
	})
	read(t, s, func(tx *Tx) error {
		var got []string
		q := SourceFilter{Limit: 2}
		for range 3 {
			page, err := tx.SourceLines(q)
			if err != nil {
				return err
			}
			for _, src := range page {
				got, q.After = append(got, src.ID), SourceShort(src.ID)
			}
		}
		if d := cmp.Diff([]string{"feed:3", "feed:1", "feed:4", "feed:0", "feed:2"}, got); d != "" {
			t.Error(d)
		}
		for want, q := range map[int]SourceFilter{1: {Kind: earshot.SourceThread}, 3: {Look: true}, 2: {State: earshot.SourceOK}} {
			q.Limit = 10
			if page, err := tx.SourceLines(q); err != nil || len(page) != want {
				t.Errorf("%+v: %d sources (%v), want %d", q, len(page), err, want)
			}
		}
		src, ok, err := tx.SourceByShort(SourceShort("feed:3"))
		if !ok || src.ID != "feed:3" {
			t.Errorf("by its short name: %+v", src)
		}
		return err
	})
}
