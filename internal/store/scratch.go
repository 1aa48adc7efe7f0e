package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"earshot"
)

// Past is what happened after a time, in order: what a replay tells again.
type Past struct {
	Began   time.Time // when anything was first decided, zero if nothing was
	Batches []Batch
	Alerts  []earshot.Alert  // as they were decided
	Actions []earshot.Action // of people, on mutes
	Mutes   map[string]earshot.Mute
}

// Batch are the events of a case that were saved together.
type Batch struct {
	Case   string
	N      int64 // the number behind the case's id
	Author string
	At     time.Time
	Events []earshot.Event
	Order  int64 // the number of the first alert that they asked for
}

// Scratch makes a private copy of the store, in a SQLite file at path, of what a
// replay from a time on reads: every case with its history, and entries that are
// mentions or were first seen since. The store itself is only read.
func (s *Store) Scratch(ctx context.Context, path string, since time.Time) (*Store, error) {
	copied, err := Open(ctx, "sqlite:"+path, Options{})
	if err != nil {
		return nil, err
	}
	err = s.Read(ctx, func(from *Tx) error {
		return copied.Write(ctx, func(to *Tx) error {
			for _, table := range replayed {
				if err := copyTable(from, to, table, since); err != nil {
					return fmt.Errorf("copy %s: %w", table, err)
				}
			}
			return nil
		})
	})
	if err != nil {
		return nil, errors.Join(err, copied.Close())
	}
	return copied, nil
}

// replayed are the tables that a replay reads.
var replayed = []string{"sources", "entries", "mentions", "responses", "cases", "events", "actions", "overrides", "alerts", "cards", "receivers", "mutes", "notices"}

// copyTable copies the columns that both databases have.
func copyTable(from, to *Tx, table string, since time.Time) error {
	theirs, err1 := from.columns(table)
	columns, err2 := to.columns(table)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	columns = slices.DeleteFunc(columns, func(c string) bool { return !slices.Contains(theirs, c) })
	list := strings.Join(columns, ", ")
	query, args := `SELECT `+list+` FROM `+table, []any{}
	if table == "entries" {
		query += ` WHERE first_seen >= $1 OR id IN (SELECT entry FROM mentions WHERE case_id <> '') OR (kind = 'post' AND thread IN (SELECT thread FROM cases))`
		args = append(args, ms(since))
	}
	rows, err := from.tx.QueryContext(from.ctx, query, args...)
	if err != nil {
		return queryError(query, err)
	}
	defer rows.Close()
	marks := make([]string, len(columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	insert, err := to.tx.PrepareContext(to.ctx, `INSERT INTO `+table+` (`+list+`) VALUES (`+strings.Join(marks, ", ")+`)`)
	if err != nil {
		return queryError("INSERT INTO "+table, err)
	}
	defer insert.Close()
	return copyRows(to, rows, insert, len(columns))
}

// columns names a table's columns.
func (tx *Tx) columns(table string) ([]string, error) {
	rows, err := tx.tx.QueryContext(tx.ctx, `SELECT * FROM `+table+` WHERE 1 = 0`)
	if err != nil {
		return nil, queryError(table, err)
	}
	defer rows.Close()
	return rows.Columns()
}

func copyRows(to *Tx, rows *sql.Rows, insert *sql.Stmt, n int) error {
	values, targets := make([]any, n), make([]any, n)
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		if _, err := insert.ExecContext(to.ctx, values...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// BackTo takes a scratch copy back to a time and returns what happened since.
func (tx *Tx) BackTo(since time.Time) (Past, error) {
	var p Past
	for _, step := range []func(*Past, time.Time) error{tx.pastAlerts, tx.pastEvents, tx.pastMutes, tx.rewindCases, tx.rewindAlerts, tx.rewindOutbox} {
		if err := step(&p, since); err != nil {
			return p, fmt.Errorf("rewind: %w", err)
		}
	}
	return p, nil
}

func (tx *Tx) pastAlerts(p *Past, since time.Time) (err error) {
	first, _, err := queryOne(tx, scanInt, `SELECT COALESCE(MIN(created), 0) FROM alerts`)
	if err != nil {
		return err
	}
	p.Began = at(first)
	p.Alerts, err = tx.AlertsSince(since)
	return err
}

// AlertsSince returns what was planned since a time, in order.
func (tx *Tx) AlertsSince(since time.Time) ([]earshot.Alert, error) {
	return queryAll(tx, scanAlert, alertQuery+` WHERE created >= $1 ORDER BY id`, ms(since))
}

// pastEvents reads the events in the order in which they were saved: by time,
// then by the alerts that they asked for.
func (tx *Tx) pastEvents(p *Past, since time.Time) error {
	order := map[string]int64{}
	for _, a := range p.Alerts {
		key := fmt.Sprint(a.Case, "/", a.Step)
		if _, ok := order[key]; !ok && a.Event != "" {
			order[key] = a.ID
		}
	}
	type row struct {
		batch int64
		n     int64
		who   string
		event earshot.Event
	}
	rows, err := queryAll(tx, func(r scanner) (x row, err error) {
		var data string
		if err := r.Scan(&x.batch, &data, &x.n, &x.who); err != nil {
			return x, err
		}
		return x, json.Unmarshal([]byte(data), &x.event)
	}, `SELECT e.batch, e.data, c.n, c.author_key FROM events e JOIN cases c ON c.id = e.case_id WHERE e.at >= $1 ORDER BY e.case_id, e.seq`, ms(since))
	last := int64(-1)
	for _, x := range rows {
		e := x.event
		if k := len(p.Batches); k > 0 && p.Batches[k-1].Case == e.Case && last == x.batch {
			p.Batches[k-1].Events = append(p.Batches[k-1].Events, e)
			continue
		}
		last = x.batch
		p.Batches = append(p.Batches, Batch{Case: e.Case, N: x.n, Author: x.who, At: e.At, Events: []earshot.Event{e}, Order: order[fmt.Sprint(e.Case, "/", e.Seq)]})
	}
	slices.SortStableFunc(p.Batches, func(a, b Batch) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Order, b.Order)) })
	return err
}

// pastMutes reads what people muted and unmuted since, and takes those mutes out.
func (tx *Tx) pastMutes(p *Past, since time.Time) (err error) {
	p.Actions, err = queryAll(tx, scanJSON[earshot.Action], `SELECT data FROM actions WHERE at >= $1 AND verb IN ('mute', 'unmute') ORDER BY at, id`, ms(since))
	p.Mutes = map[string]earshot.Mute{}
	for _, a := range p.Actions {
		if err != nil || a.Verb != earshot.VerbMute {
			continue
		}
		var m earshot.Mute
		var ok bool
		m, ok, err = queryOne(tx, scanMute, `DELETE FROM mutes WHERE action = $1 RETURNING id, who, why, until_at, matching`, a.ID)
		if ok {
			m.Until = a.Args.Until
			p.Mutes[a.ID] = m
		}
	}
	return err
}

// rewindCases gives each case the state that its earlier events make, and takes
// out those that were not open yet. Clocks stand still: what they did is among
// the events.
func (tx *Tx) rewindCases(p *Past, since time.Time) error {
	if _, err := tx.exec(`DELETE FROM events WHERE at >= $1`, ms(since)); err != nil {
		return err
	}
	touched := map[string]bool{}
	for _, b := range p.Batches {
		if touched[b.Case] {
			continue
		}
		touched[b.Case] = true
		events, err := tx.Events(b.Case)
		if err != nil {
			return err
		}
		if len(events) == 0 {
			if _, err := tx.exec(`DELETE FROM cases WHERE id = $1`, b.Case); err != nil {
				return err
			}
			continue
		}
		if err := tx.PutCase(earshot.Rebuild(events), b.N, b.Author, since); err != nil {
			return err
		}
	}
	return tx.StopClocks()
}

// StopClocks keeps cases from moving by themselves.
func (tx *Tx) StopClocks() error {
	_, err := tx.exec(`UPDATE cases SET tick_at = 0`)
	return err
}

// rewindAlerts takes out what was planned since. What waited then waits again.
func (tx *Tx) rewindAlerts(_ *Past, since time.Time) error {
	for _, q := range []string{
		`DELETE FROM alerts WHERE created >= $1`,
		`UPDATE alerts SET reason = '' WHERE decided >= $1 AND created < $1 AND reason NOT IN ('held_window', 'capped', 'digested', 'stale', 'muted', 'no_route')`,
		`DELETE FROM cards WHERE first_sent >= $1`,
		`UPDATE alerts SET summed = '' WHERE summed <> '' AND $1 > 0 AND summed NOT IN (SELECT key FROM alerts)`,
		`UPDATE receivers SET paused = 0, tick_at = 0, welcomed = $1, last_digest = COALESCE((SELECT MAX(created) FROM alerts WHERE receiver = name AND kind = 'digest'), 0),
			last_sum = COALESCE((SELECT MAX(created) FROM alerts WHERE receiver = name AND kind = 'summary'), 0)`,
	} {
		if _, err := tx.exec(q, ms(since)); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) rewindOutbox(*Past, time.Time) error {
	waiting, err := queryAll(tx, scanAlert, alertQuery+` WHERE reason = '' ORDER BY id`)
	for _, a := range waiting {
		if err != nil {
			return err
		}
		_, err = tx.exec(`INSERT INTO outbox (alert, receiver, subject, kind, step, state, urgent, due_at, created) VALUES ($1,$2,$3,$4,$5,'waiting',$6,$7,$8)`,
			a.ID, a.Receiver, a.Subject, a.Kind, a.Step, flag(a.Urgent), ms(a.NotBefore), ms(a.Created))
	}
	return err
}

// RestoreMute puts a mute back under its own id.
func (tx *Tx) RestoreMute(m earshot.Mute, action string) error {
	_, err := tx.exec(`INSERT INTO mutes (id, who, why, until_at, matching, action) VALUES ($1,$2,$3,$4,$5,$6)`, m.ID, m.Who, m.Why, ms(m.Until), m.Text, action)
	return err
}
