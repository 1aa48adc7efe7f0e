package daemon

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"earshot"
	"earshot/classify/llm"
	"earshot/internal/store"
)

const (
	opinionLease = 2 * time.Minute // longer than any question
	opinionTries = 5
	opinionPause = 15 * time.Minute // when the key or the model is wrong
)

// buildOpinions makes the client for second opinions, if the config names an
// endpoint.
func (d *Daemon) buildOpinions(s *setup) []*earshot.Fault {
	c := s.cfg.Classify.LLM
	if c == nil {
		return nil
	}
	key := ""
	if c.Key.IsSet() {
		var err error
		if key, err = c.Key.Reveal(); err != nil {
			return []*earshot.Fault{{Code: "secret", Path: "classify.llm.key", What: "cannot be read", Do: "set it, or take classify.llm out", Err: err}}
		}
	}
	s.opinions = llm.New(llm.Config{BaseURL: c.BaseURL, Model: c.Model, Key: key, Transport: d.opt.Transport})
	return nil
}

// doubt makes a mention that the model is unsure of due for a second opinion.
func (t *settling) doubt(m earshot.Mention) error {
	if !t.s.doubtful(m) {
		return nil
	}
	return t.tx.AskOpinion(m.ID, t.now)
}

// doubtful says whether somebody else is to be asked about a mention: the model
// judged it, below the confidence, and it is about a brand of ours.
func (s *setup) doubtful(m earshot.Mention) bool {
	return s.opinions != nil && m.Reason == "" && !m.Coded && m.Verdict.By == "model" && m.Verdict.IntentConfidence < s.cfg.Classify.LLM.Below &&
		!s.brands[m.Brand].Competitor
}

// opinionStep asks about one mention; the loop comes again at once while more
// are due.
func (d *Daemon) opinionStep(ctx context.Context) (time.Time, error) {
	s := d.setup.Load()
	if s.opinions == nil {
		return time.Time{}, nil
	}
	var due []store.DueOpinion
	err := d.store.Write(ctx, func(tx *store.Tx) (err error) {
		due, err = tx.ClaimOpinions(store.Lease{By: d.name, Now: d.now(), For: opinionLease, N: 1})
		return err
	})
	if err != nil {
		return time.Time{}, err
	}
	for _, o := range due {
		if err := d.opinion(ctx, s, o); err != nil {
			return time.Time{}, fmt.Errorf("mention %d: %w", o.Mention, err)
		}
	}
	var next time.Time
	err = d.store.Read(ctx, func(tx *store.Tx) (err error) { next, err = tx.NextOpinion(); return err })
	return next, err
}

// question is what is asked about one mention.
type question struct {
	llm.Question
	hash  string
	known *llm.Opinion // it was asked before
}

// opinion asks about one mention and commits the answer. Nobody is asked about
// what is sure by now, what was asked before, or beyond the budget.
func (d *Daemon) opinion(ctx context.Context, s *setup, due store.DueOpinion) error {
	q, err := d.question(ctx, s, due)
	if err != nil || q == nil {
		return err
	}
	if q.known != nil {
		return d.believe(ctx, s, due.Mention, q.hash, *q.known)
	}
	if paid, err := d.spend(ctx, s, due); err != nil || !paid {
		return err
	}
	o, err := s.opinions.Ask(ctx, q.Question)
	if err != nil {
		return d.unanswered(ctx, due, err)
	}
	return d.believe(ctx, s, due.Mention, q.hash, o)
}

// question prepares it; nil if there is nothing to ask any more.
func (d *Daemon) question(ctx context.Context, s *setup, due store.DueOpinion) (q *question, err error) {
	err = d.store.Write(ctx, func(tx *store.Tx) error {
		h, ok, err := tx.HeardMention(due.Mention)
		if err != nil {
			return err
		}
		if !ok || !s.doubtful(h.Mention) {
			return tx.EndOpinion(due.Mention, store.OpinionDone, "")
		}
		others, err := tx.Mentions(h.Entry.ID)
		if err != nil {
			return err
		}
		q = &question{Question: llm.Question{Brand: h.Mention.Brand, Text: s.classifier.PassageOf(h.Entry, h.Mention, others)}}
		sum := sha256.Sum256([]byte(strings.Join([]string{s.opinions.Model(), q.Brand, q.Text}, "\x00")))
		q.hash = hex.EncodeToString(sum[:16])
		sentiment, intent, known, err := tx.Opinion(q.hash)
		if known {
			q.known = &llm.Opinion{Sentiment: earshot.Sentiment(sentiment), Intent: earshot.Intent(intent)}
		}
		return err
	})
	return q, err
}

// spend takes the question out of the budget, or puts it off to the next period.
func (d *Daemon) spend(ctx context.Context, s *setup, due store.DueOpinion) (paid bool, err error) {
	budget := s.cfg.Classify.LLM.Budget
	per := budget.Per
	if per <= 0 {
		per = 24 * time.Hour
	}
	start := d.now().Truncate(per)
	err = d.store.Write(ctx, func(tx *store.Tx) error {
		if paid, err = tx.Spend("llm "+start.Format(time.RFC3339), budget.N); err != nil || paid {
			return err
		}
		return tx.DelayOpinion(due.Mention, start.Add(per), "the budget is used up", true)
	})
	return paid, err
}

// believe gives the mention its new verdict, unless a person spoke meanwhile.
func (d *Daemon) believe(ctx context.Context, s *setup, mention int64, hash string, o llm.Opinion) error {
	err := d.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.PutOpinion(hash, string(o.Sentiment), string(o.Intent), d.now()); err != nil {
			return err
		}
		h, ok, err := tx.HeardMention(mention)
		if err != nil {
			return err
		}
		if ok && s.doubtful(h.Mention) {
			if err := d.rejudge(tx, s, mention, llm.Verdict(h.Mention.Verdict, o, s.opinions.Model())); err != nil {
				return err
			}
		}
		return tx.EndOpinion(mention, store.OpinionDone, "")
	})
	poke(d.pokeSend)
	return err
}

// unanswered puts the question off, or gives it up: the model's verdict stands.
func (d *Daemon) unanswered(ctx context.Context, due store.DueOpinion, err error) error {
	e, ok := errors.AsType[*llm.Error](err)
	if !ok || ctx.Err() != nil {
		return err
	}
	d.log.Warn("second opinion", "mention", due.Mention, "attempt", due.Attempts, "kind", e.Kind, "err", e)
	return d.store.Write(ctx, func(tx *store.Tx) error {
		switch {
		case e.Kind == llm.Auth:
			return tx.DelayOpinion(due.Mention, d.now().Add(opinionPause), e.What, true)
		case due.Attempts >= opinionTries, e.Kind == llm.Invalid && due.Attempts >= 2:
			return tx.EndOpinion(due.Mention, store.OpinionFailed, e.What)
		}
		wait := max(e.After, min(time.Second<<(2*min(due.Attempts, 6)), time.Hour))
		return tx.DelayOpinion(due.Mention, d.now().Add(wait), e.What, false)
	})
}
