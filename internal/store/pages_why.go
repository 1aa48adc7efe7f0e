package store

import (
	"earshot"
)

// Fate is what became of an entry.
type Fate struct {
	Entry    earshot.Entry
	Work     Work
	Attempts int
	Silent   earshot.Reason // why it makes no message of its own
	Reason   earshot.Reason // why it became no mention
}

// Fates returns the entries at any of some canonical addresses, posts first.
func (tx *Tx) Fates(canonical []string, n int) ([]Fate, error) {
	if len(canonical) == 0 {
		return nil, nil
	}
	f := &filter{}
	among(f, "canonical", canonical)
	f.args = append(f.args, n)
	return queryAll(tx, func(r scanner) (t Fate, err error) {
		var id int64
		var data string
		if err := r.Scan(&id, &data, &t.Work, &t.Attempts, &t.Silent, &t.Reason); err != nil {
			return t, err
		}
		err = jsonText(data, &t.Entry)
		t.Entry.ID = id
		return t, err
	}, `SELECT id, data, work, attempts, silent, reason FROM entries`+f.where()+` ORDER BY kind DESC, id LIMIT `+place(len(f.args)), f.args...)
}

// MentionCases returns, by brand, the cases that an entry's mentions belong to.
func (tx *Tx) MentionCases(entry int64) (map[string]string, error) {
	all, err := queryAll(tx, scanCount, `SELECT brand, case_id, id FROM mentions WHERE entry = $1`, entry)
	out := map[string]string{}
	for _, c := range all {
		out[c.A] = c.B
	}
	return out, err
}
