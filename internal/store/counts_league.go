package store

import (
	"slices"
	"time"
)

// Answers is what became of a brand's cases of one stretch of time.
type Answers struct {
	Brand       string
	Answered    int
	Resolved    int // of those answered
	Running     int // their time has not run out yet
	Late        int // neither
	Median, P90 time.Duration
}

// AnswersTo counts, per brand, the cases published in [from, to) that were not
// dismissed; with merge all brands but the given are counted as one, named "".
// One index holds all that is asked, so that no case is opened for it.
func (tx *Tx) AnswersTo(from, to time.Time, notBrands []string, merge bool) ([]Answers, error) {
	f := CaseFilter{From: from, To: to, NotBrands: notBrands}.filter(tx.d)
	f.add("work <> 'dismissed'")
	brand := "brand"
	if merge {
		brand = "''"
	}
	rows, err := queryAll(tx, scanOutcome, `SELECT `+brand+`, CASE WHEN answer = 'resolved' THEN 3 WHEN answer = 'responded' THEN 2
		WHEN clock IN ('running', 'due_soon', 'paused') THEN 1 ELSE 0 END, answered_at - published FROM cases`+f.where(), f.args...)
	if err != nil {
		return nil, err
	}
	var out []Answers
	took := map[string][]int64{}
	for _, r := range rows {
		i := slices.IndexFunc(out, func(a Answers) bool { return a.Brand == r.brand })
		if i < 0 {
			i, out = len(out), append(out, Answers{Brand: r.brand})
		}
		if out[i].count(r.code) {
			took[r.brand] = append(took[r.brand], max(r.took, 0))
		}
	}
	for i := range out {
		all := took[out[i].Brand]
		slices.Sort(all)
		out[i].Median, out[i].P90 = quantile(all, 1, 2), quantile(all, 9, 10)
	}
	return out, nil
}

// outcome is one case: its code is 3 resolved, 2 responded, 1 running, 0 late.
type outcome struct {
	brand      string
	code, took int64
}

func scanOutcome(r scanner) (o outcome, err error) {
	err = r.Scan(&o.brand, &o.code, &o.took)
	return o, err
}

// count says whether the case was answered.
func (a *Answers) count(code int64) bool {
	switch code {
	case 3:
		a.Resolved++
		a.Answered++
	case 2:
		a.Answered++
	case 1:
		a.Running++
	default:
		a.Late++
	}
	return code >= 2
}

// quantile is the smallest of sorted milliseconds that a share k/n of all do
// not exceed; 0 of none.
func quantile(sorted []int64, k, n int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	place := (len(sorted)*k + n - 1) / n
	return time.Duration(sorted[place-1]) * time.Millisecond
}
