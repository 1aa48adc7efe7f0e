package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"earshot"
)

// SourceShort names a source in addresses: its own id holds the address it is
// read from, and that may hold a password.
func SourceShort(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:6])
}

// SourceByShort returns the source of a short name.
func (tx *Tx) SourceByShort(short string) (earshot.Source, bool, error) {
	return queryOne(tx, scanSource, `SELECT `+sourceColumns+` FROM sources WHERE short = $1`, short)
}

// SourceFilter picks sources for a list; the zero value picks those the operator listed.
type SourceFilter struct {
	Kind  earshot.SourceKind  // empty: all but threads, which come and go by themselves
	State earshot.SourceState // empty: all
	Look  bool                // only those that are not well
	After string              // short name of the last row of the page before
	Limit int
}

// SourceUrgency is the order of states in a list: what needs a look first.
var SourceUrgency = []earshot.SourceState{earshot.SourceDead, earshot.SourceFailing, earshot.SourceQuarantined, earshot.SourceLate,
	earshot.SourceMoved, earshot.SourcePaused, earshot.SourceOK}

// urgency is the place of a state in SourceUrgency, in SQL.
func urgency() string {
	var b strings.Builder
	b.WriteString("CASE state")
	for i, s := range SourceUrgency {
		fmt.Fprintf(&b, " WHEN '%s' THEN %d", s, i)
	}
	fmt.Fprintf(&b, " ELSE %d END", len(SourceUrgency))
	return b.String()
}

// SourceLines returns sources, those that need a look first, then by id.
func (tx *Tx) SourceLines(q SourceFilter) ([]earshot.Source, error) {
	f := &filter{}
	f.equal("kind", string(q.Kind))
	if q.Kind == "" {
		f.add("kind <> 'thread'")
	}
	f.equal("state", string(q.State))
	if q.Look {
		f.add("state <> 'ok'")
	}
	if q.After != "" {
		last, ok, err := tx.SourceByShort(q.After)
		if err != nil || !ok {
			return nil, err
		}
		f.add("("+urgency()+", id) > (?, ?)", slices.Index(SourceUrgency, last.State), last.ID)
	}
	f.args = append(f.args, q.Limit)
	ids, err := queryAll(tx, scanText, `SELECT id FROM sources`+f.where()+` ORDER BY `+urgency()+`, id LIMIT `+place(len(f.args)), f.args...)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	picked := &filter{}
	among(picked, "id", ids)
	all, err := queryAll(tx, scanSource, `SELECT `+sourceColumns+` FROM sources`+picked.where(), picked.args...)
	slices.SortFunc(all, func(a, b earshot.Source) int { return cmp.Compare(slices.Index(ids, a.ID), slices.Index(ids, b.ID)) })
	return all, err
}

// SourceGroups counts sources by kind and state.
func (tx *Tx) SourceGroups() ([]Count, error) {
	return queryAll(tx, scanCount, `SELECT kind, state, COUNT(*) FROM sources GROUP BY kind, state`)
}
