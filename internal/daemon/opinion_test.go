package daemon

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/store"
)

// oracle is a pretend language model.
type oracle struct {
	mu     sync.Mutex
	asked  []string // the passages
	code   int
	answer string
}

func (o *oracle) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var q struct{ Messages []struct{ Content string } }
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil || len(q.Messages) != 2 {
		w.WriteHeader(400)
		return
	}
	o.asked = append(o.asked, q.Messages[1].Content)
	w.WriteHeader(o.code)
	fmt.Fprintf(w, `{"choices":[{"finish_reason":"stop","message":{"content":%q}}]}`, o.answer)
}

func (o *oracle) tell(code int, answer string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.code, o.answer = code, answer
}

func (o *oracle) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.asked)
}

// consult configures a second opinion on everything, and reloads.
func (f *fast) consult(o *oracle, budget string) {
	f.t.Helper()
	f.t.Setenv("LLM_KEY", "planted-llm")
	f.web.Handle(o, "llm.example")
	b, err := os.ReadFile(f.path)
	if err != nil {
		f.t.Fatal(err)
	}
	text, _, _ := strings.Cut(string(b), "classify:")
	text += "\nclassify: {threshold: 0.99, llm: {base_url: \"http://llm.example/v1\", model: small, key: env:LLM_KEY, below: 1, budget: " + budget + "}}\n"
	if err := os.WriteFile(f.path, []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
	if err := f.daemon.Reload(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
}

func TestASecondOpinion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		defer f.stop()
		o := &oracle{code: 200, answer: `{"sentiment":"negative","intent":"hacked"}`}
		f.consult(o, "1000/d")
		f.tell()
		time.Sleep(3 * time.Minute)
		c := f.someCase()
		if n := o.count(); n == 0 {
			t.Fatal("nobody was asked")
		}
		for _, m := range f.verdicts() {
			if m.Verdict.By != "model" {
				t.Errorf("a label that is none of ours was believed: %+v", m.Verdict)
			}
		}
		var state store.OpinionState
		f.stored(func(tx *store.Tx) (err error) { state, _, err = tx.OpinionState(c.Mention); return err })
		if state != store.OpinionFailed {
			t.Errorf("after two answers that are none: %s", state)
		}
		var post earshot.Entry
		f.stored(func(tx *store.Tx) (err error) { post, _, err = tx.Entry(c.Entry); return err })
		o.tell(429, "")
		text := "Tolver Motor Club again. I do not know what to say about " + c.Brand + ", the sign is green, and so is the van."
		id := f.arrive(elsewhere(post, text, "7"))
		o.tell(200, `{"sentiment":"positive","intent":"compliment"}`)
		time.Sleep(3 * time.Minute)
		v := f.mention(id, c.Brand).Verdict
		if v.By != "llm" || v.Model != "small" || v.Intent != earshot.Compliment || v.IntentConfidence >= .85 {
			t.Errorf("the second opinion: %s %s by %s (%s) %.2f", v.Sentiment, v.Intent, v.By, v.Model, v.IntentConfidence)
		}
		o.mu.Lock()
		for _, q := range o.asked {
			if strings.Contains(q, "planted") || strings.Contains(q, "copy7.example") || len(q) > 5000 {
				t.Errorf("more than the passage was sent: %s", q)
			}
		}
		o.mu.Unlock()
		asked := o.count()
		again := f.arrive(elsewhere(post, text, "8")) // the same words elsewhere: not asked again
		time.Sleep(time.Minute)
		if v := f.mention(again, c.Brand).Verdict; v.By != "llm" || o.count() != asked {
			t.Errorf("the same words were judged by %s, after %d questions more", v.By, o.count()-asked)
		}
	})
}

// verdicts are all stored mentions that count.
func (f *fast) verdicts() (out []earshot.Mention) {
	f.t.Helper()
	f.stored(func(tx *store.Tx) error {
		all, err := tx.HeardSince(0, 1000)
		for _, h := range all {
			out = append(out, h.Mention)
		}
		return err
	})
	return out
}

func TestASecondOpinionKeepsItsBudgetAndNeverOverrulesAPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		defer f.stop()
		o := &oracle{code: 200, answer: `{"sentiment":"neutral","intent":"question"}`}
		f.consult(o, "2/d")
		f.tell()
		time.Sleep(2 * time.Minute)
		if n := o.count(); n != 2 {
			t.Errorf("%d questions for a budget of two a day", n)
		}
		for _, v := range f.cases() {
			if v.Verdict.By == "model" && v.Case.Open() {
				if err := f.do(earshot.Action{ID: v.Case.ID, Case: v.Case.ID, Verb: earshot.VerbCorrect, Actor: "ana", Args: earshot.Args{Intent: earshot.Request}}); err != nil {
					t.Fatal(err)
				}
			}
		}
		cfg, _ := config.Load(f.path, config.Options{NoSecrets: true})
		if cfg.Classify.LLM.Budget.N != 2 {
			t.Fatalf("budget %+v", cfg.Classify.LLM.Budget)
		}
		for _, m := range f.verdicts() {
			if strings.HasPrefix(m.Verdict.By, "person:") {
				err := f.daemon.store.Write(t.Context(), func(tx *store.Tx) error { return tx.AskOpinion(m.ID, f.daemon.now()) })
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		poke(f.daemon.pokeOpinion)
		time.Sleep(time.Minute)
		people := 0
		for _, m := range f.verdicts() {
			if strings.HasPrefix(m.Verdict.By, "person:") {
				people++
			}
		}
		if people == 0 {
			t.Error("a person was overruled, or nobody spoke")
		}
	})
}
