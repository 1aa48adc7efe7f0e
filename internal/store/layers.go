package store

import (
	"encoding/json"
	"time"

	"earshot"
)

// LayerState says whether a layer of corrections holds.
type LayerState string

// The states of a layer.
const (
	LayerOn     LayerState = "on"
	LayerOff    LayerState = "off"    // no layer, and none is learnt until a person asks
	LayerUndone LayerState = "undone" // taken back: not to be learnt again from the same table
)

// Layer is one layer of corrections as stored.
type Layer struct {
	ID       int64
	MadeAt   time.Time
	MadeBy   string // nightly, or a person
	State    LayerState
	Lessons  int    // corrections it learnt from
	Features int    // words and pairs with a weight
	Changes  int    // stored mentions it judged otherwise
	Model    string // version of the model below it
	Hash     string
	Source   string // hash of the corrections
	Data     []byte // classify.Layer's own form; empty where off
}

// PutLayer stores a layer; from now on it is the newest.
func (tx *Tx) PutLayer(l Layer) error {
	if l.Data == nil {
		l.Data = []byte{}
	}
	_, err := tx.exec(`INSERT INTO layers (made_at, made_by, state, lessons, features, changes, model, hash, source, data)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, ms(l.MadeAt), l.MadeBy, l.State, l.Lessons, l.Features, l.Changes, l.Model, l.Hash, l.Source, l.Data)
	return err
}

// Layer returns the layer that holds: the newest that is not undone. ok is false
// before the first.
func (tx *Tx) Layer() (Layer, bool, error) {
	return queryOne(tx, scanLayer, layerQuery+` WHERE state <> 'undone' ORDER BY id DESC LIMIT 1`)
}

// LayerHash names the layer that holds, without its weights; "" for none.
func (tx *Tx) LayerHash() (string, error) {
	hash, _, err := queryOne(tx, scanText, `SELECT hash FROM layers WHERE state <> 'undone' ORDER BY id DESC LIMIT 1`)
	return hash, err
}

// UndoneLayer says whether a layer from these corrections was taken back.
func (tx *Tx) UndoneLayer(source string) (bool, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT COUNT(*) FROM layers WHERE state = 'undone' AND source = $1`, source)
	return n > 0, err
}

// UndoLayer takes the layer that holds back and returns it; the one before it
// holds again.
func (tx *Tx) UndoLayer() (Layer, bool, error) {
	l, ok, err := tx.Layer()
	if err != nil || !ok {
		return l, false, err
	}
	_, err = tx.exec(`UPDATE layers SET state = 'undone' WHERE id = $1`, l.ID)
	return l, true, err
}

const layerQuery = `SELECT id, made_at, made_by, state, lessons, features, changes, model, hash, source, data FROM layers`

func scanLayer(r scanner) (l Layer, err error) {
	var made int64
	err = r.Scan(&l.ID, &made, &l.MadeBy, &l.State, &l.Lessons, &l.Features, &l.Changes, &l.Model, &l.Hash, &l.Source, &l.Data)
	l.MadeAt = at(made)
	return l, err
}

// Heard is a stored mention with its entry and the case it belongs to.
type Heard struct {
	Mention earshot.Mention
	Entry   earshot.Entry
	Case    string
}

// HeardSince returns mentions that count, with an id above after, in the order
// of their ids; at most n.
func (tx *Tx) HeardSince(after int64, n int) ([]Heard, error) {
	return queryAll(tx, scanHeard, heardQuery+` WHERE m.id > $1 AND m.reason = '' ORDER BY m.id LIMIT $2`, after, n)
}

// HeardLately returns a brand's newest mentions that count; at most n.
func (tx *Tx) HeardLately(brand string, n int) ([]Heard, error) {
	return queryAll(tx, scanHeard, heardQuery+` WHERE m.brand = $1 AND m.reason = '' ORDER BY m.id DESC LIMIT $2`, brand, n)
}

// heardQuery is completed by a condition.
const heardQuery = `SELECT m.id, m.data, m.case_id, e.id, e.data FROM mentions m JOIN entries e ON e.id = m.entry`

func scanHeard(r scanner) (h Heard, err error) {
	var mention, entry string
	if err := r.Scan(&h.Mention.ID, &mention, &h.Case, &h.Entry.ID, &entry); err != nil {
		return h, err
	}
	id, eid := h.Mention.ID, h.Entry.ID
	if err := json.Unmarshal([]byte(mention), &h.Mention); err != nil {
		return h, err
	}
	err = json.Unmarshal([]byte(entry), &h.Entry)
	h.Mention.ID, h.Entry.ID = id, eid
	return h, err
}

// HeardMention returns one mention with its entry and case.
func (tx *Tx) HeardMention(id int64) (Heard, bool, error) {
	return queryOne(tx, scanHeard, heardQuery+` WHERE m.id = $1`, id)
}

// CaselessMentions are an author's mentions of a brand in posts since a time, the
// newest first, that count and belong to no case.
func (tx *Tx) CaselessMentions(authorKey, brand string, since time.Time, n int) ([]Heard, error) {
	if authorKey == "" {
		return nil, nil
	}
	return queryAll(tx, scanHeard, heardQuery+` WHERE e.author_key = $1 AND m.brand = $2 AND m.reason = '' AND m.case_id = '' AND m.published >= $3
		AND e.kind = 'post' ORDER BY m.published DESC, m.id DESC LIMIT $4`, authorKey, brand, ms(since), n)
}
