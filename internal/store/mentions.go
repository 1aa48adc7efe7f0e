package store

import (
	"encoding/json"
	"fmt"
	"time"

	"earshot"
)

// PutMention stores or replaces the mention of one brand in one entry and
// returns it with its id.
func (tx *Tx) PutMention(m earshot.Mention, e earshot.Entry) (earshot.Mention, error) {
	m.Entry = e.ID
	data, err := json.Marshal(m)
	if err != nil {
		return m, fmt.Errorf("mention of %s: %w", m.Brand, err)
	}
	was, err := tx.countedBefore(e, m.Brand)
	if err != nil {
		return m, err
	}
	tx.recount(was, m)
	v := m.Verdict
	stored, _, err := queryOne(tx, scanStored, `INSERT INTO mentions (entry, brand, reason, intent, sentiment, severity, lang, published, first_seen, data)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)
		ON CONFLICT (entry, brand) DO UPDATE SET reason = excluded.reason, intent = excluded.intent, sentiment = excluded.sentiment,
		severity = excluded.severity, lang = excluded.lang, data = excluded.data RETURNING id, published`,
		e.ID, m.Brand, m.Reason, v.Intent, v.Sentiment, v.Severity, v.Lang, ms(e.Published), ms(e.FirstSeen), string(data))
	if err != nil {
		return m, err
	}
	m.ID = stored[0]
	return m, tx.putLine(m, e, at(stored[1]))
}

func scanStored(r scanner) (p [2]int64, err error) { err = r.Scan(&p[0], &p[1]); return p, err }

// SetMentionCase says which case a mention belongs to.
func (tx *Tx) SetMentionCase(mention int64, caseID string) error {
	_, err := tx.exec(`UPDATE mentions SET case_id = $1 WHERE id = $2`, caseID, mention)
	return err
}

// MentionCase returns the case a brand's mention in an entry belongs to, or "".
func (tx *Tx) MentionCase(entry int64, brand string) (string, error) {
	id, _, err := queryOne(tx, scanText, `SELECT case_id FROM mentions WHERE entry = $1 AND brand = $2`, entry, brand)
	return id, err
}

// CaseURLs returns the canonical addresses of a case's entries.
func (tx *Tx) CaseURLs(caseID string) ([]string, error) {
	return queryAll(tx, scanText, `SELECT DISTINCT e.canonical FROM mentions m JOIN entries e ON e.id = m.entry WHERE m.case_id = $1 ORDER BY 1`, caseID)
}

// Mentions returns the mentions in an entry, by brand.
func (tx *Tx) Mentions(entry int64) ([]earshot.Mention, error) {
	return queryAll(tx, scanMention, `SELECT id, data FROM mentions WHERE entry = $1 ORDER BY brand`, entry)
}

// StoryMentions returns a brand's mentions in all entries of a story, with the entries.
func (tx *Tx) StoryMentions(story int64, brand string) ([]earshot.Mention, []earshot.Entry, error) {
	mentions, err := queryAll(tx, scanMention, `SELECT id, data FROM mentions WHERE brand = $1 AND entry IN (SELECT id FROM entries WHERE story = $2) ORDER BY id`, brand, story)
	if err != nil {
		return nil, nil, err
	}
	var entries []earshot.Entry
	for i := range mentions {
		e, _, err := tx.Entry(mentions[i].Entry)
		if err != nil {
			return nil, nil, err
		}
		entries = append(entries, e)
	}
	return mentions, entries, nil
}

// Mention returns one mention and the case it belongs to.
func (tx *Tx) Mention(id int64) (earshot.Mention, bool, error) {
	return queryOne(tx, scanMention, `SELECT id, data FROM mentions WHERE id = $1`, id)
}

// CaseMentions returns all mentions of a case, oldest first.
func (tx *Tx) CaseMentions(caseID string) ([]earshot.Mention, error) {
	return queryAll(tx, scanMention, `SELECT id, data FROM mentions WHERE case_id = $1 ORDER BY id`, caseID)
}

func scanMention(r scanner) (m earshot.Mention, err error) {
	var id int64
	var data string
	if err := r.Scan(&id, &data); err != nil {
		return m, err
	}
	err = json.Unmarshal([]byte(data), &m)
	m.ID = id
	return m, err
}

// Override is a person's word on a story's label; it wins at once and for all copies.
type Override struct {
	ID     int64
	Story  int64
	Brand  string
	Intent earshot.Intent
	Ours   bool
	Action string
	Actor  string
	At     time.Time
	Was    string
}

// PutOverride stores a correction.
func (tx *Tx) PutOverride(o Override) error {
	_, err := tx.exec(`INSERT INTO overrides (story, brand, intent, ours, action, actor, at, was) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
		ON CONFLICT (story, brand) DO UPDATE SET intent = excluded.intent, ours = excluded.ours, action = excluded.action,
		actor = excluded.actor, at = excluded.at`, o.Story, o.Brand, o.Intent, flag(o.Ours), o.Action, o.Actor, ms(o.At), o.Was)
	return err
}

// Override returns the correction of a brand in a story.
func (tx *Tx) Override(story int64, brand string) (Override, bool, error) {
	return queryOne(tx, scanOverride, overrideQuery+` WHERE story = $1 AND brand = $2`, story, brand)
}

// Overrides returns every correction, the latest last.
func (tx *Tx) Overrides() ([]Override, error) {
	return queryAll(tx, scanOverride, overrideQuery+` ORDER BY at, story, brand`)
}

// Lessons returns every correction by id: the table that trains the layer of
// corrections.
func (tx *Tx) Lessons() ([]Override, error) {
	return queryAll(tx, scanOverride, overrideQuery+` ORDER BY id`)
}

// DropOverride takes a correction back, by the action that made it, and returns
// the stories that it held for.
func (tx *Tx) DropOverride(action string) ([]int64, error) {
	return queryAll(tx, scanInt, `DELETE FROM overrides WHERE action = $1 RETURNING story`, action)
}

const overrideQuery = `SELECT id, story, brand, intent, ours, action, actor, at, was FROM overrides`

func scanOverride(r scanner) (o Override, err error) {
	var ours, when int64
	err = r.Scan(&o.ID, &o.Story, &o.Brand, &o.Intent, &ours, &o.Action, &o.Actor, &when, &o.Was)
	o.Ours, o.At = ours == 1, at(when)
	return o, err
}

// PutResponse stores one piece of evidence; added is false if it was known.
func (tx *Tx) PutResponse(r earshot.Response) (_ earshot.Response, added bool, err error) {
	data, err := json.Marshal(r)
	if err != nil {
		return r, false, fmt.Errorf("response for %s: %w", r.Brand, err)
	}
	id, added, err := queryOne(tx, scanInt, `INSERT INTO responses (story, brand, kind, entry, revision, said_at, first_seen, said, data)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT (story, brand, kind, entry, revision) DO NOTHING RETURNING id`,
		r.Story, r.Brand, r.Kind, r.Entry, r.Revision, ms(r.SaidAt), ms(r.FirstSeen), r.Said, string(data))
	r.ID = id
	return r, added, err
}

// Responses returns the evidence about a brand on a story, in the order it was said.
func (tx *Tx) Responses(story int64, brand string) ([]earshot.Response, error) {
	return queryAll(tx, scanResponse, `SELECT id, data FROM responses WHERE story = $1 AND brand = $2 ORDER BY said_at, first_seen, id`, story, brand)
}

// CaseResponses returns the evidence a case has adopted, in the order it was said.
func (tx *Tx) CaseResponses(caseID string) ([]earshot.Response, error) {
	return queryAll(tx, scanResponse, `SELECT id, data FROM responses WHERE case_id = $1 ORDER BY said_at, first_seen, id`, caseID)
}

// AdoptResponse says which case a response belongs to.
func (tx *Tx) AdoptResponse(id int64, caseID string) error {
	_, err := tx.exec(`UPDATE responses SET case_id = $1 WHERE id = $2`, caseID, id)
	return err
}

func scanResponse(r scanner) (v earshot.Response, err error) {
	var id int64
	var data string
	if err := r.Scan(&id, &data); err != nil {
		return v, err
	}
	err = json.Unmarshal([]byte(data), &v)
	v.ID = id
	return v, err
}
