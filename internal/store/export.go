package store

import (
	"database/sql"
	"fmt"
	"time"
)

// exports are what can be exported: one query each, times as RFC 3339.
var exports = map[string]string{
	"mentions": `SELECT m.id AS mention, m.brand, m.intent, m.sentiment, m.severity, m.lang, m.published, m.first_seen, m.case_id AS "case", m.reason, e.url
		FROM mentions m JOIN entries e ON e.id = m.entry ORDER BY m.id`,
	"cases": `SELECT c.id AS "case", c.brand, c.intent, c.severity, c.status, c.work, c.answer, c.clock, c.owner, c.published, c.opened_at, c.answered_at,
		c.due_at, c.closed_at, e.url FROM cases c JOIN entries e ON e.id = c.story ORDER BY c.n`,
	"responses": `SELECT r.id AS response, r.case_id AS "case", r.brand, r.kind, r.said_at, r.first_seen, e.url AS story FROM responses r
		LEFT JOIN entries e ON e.id = r.story ORDER BY r.id`,
	"alerts":      `SELECT a.id AS alert, a.case_id AS "case", a.kind, a.event, a.receiver, a.route, a.reason, a.why, a.created, a.decided FROM alerts a ORDER BY a.id`,
	"corrections": `SELECT o.story, o.brand, o.was, o.intent, o.ours, o.actor, o.at, e.url FROM overrides o LEFT JOIN entries e ON e.id = o.story ORDER BY o.at`,
}

// ExportKinds lists what Export knows, in the order of `export all`.
func ExportKinds() []string {
	return []string{"mentions", "cases", "responses", "alerts", "corrections"}
}

var exportTimes = map[string]bool{"published": true, "first_seen": true, "opened_at": true, "answered_at": true, "due_at": true, "closed_at": true,
	"said_at": true, "created": true, "decided": true, "at": true}

// Export hands over one kind row by row, so that it needs no memory for all.
func (tx *Tx) Export(kind string, head func(columns []string) error, row func(columns, cells []string) error) error {
	q, ok := exports[kind]
	if !ok {
		return fmt.Errorf("nothing is called %q", kind)
	}
	rows, err := tx.tx.QueryContext(tx.ctx, q)
	if err != nil {
		return queryError(q, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	if err := head(columns); err != nil {
		return err
	}
	for rows.Next() {
		cells, err := exportRow(rows, columns)
		if err != nil {
			return err
		}
		if err := row(columns, cells); err != nil {
			return err
		}
	}
	return rows.Err()
}

func exportRow(rows *sql.Rows, columns []string) ([]string, error) {
	values := make([]sql.NullString, len(columns))
	dest := make([]any, len(columns))
	for i := range values {
		dest[i] = &values[i]
	}
	if err := rows.Scan(dest...); err != nil {
		return nil, err
	}
	cells := make([]string, len(columns))
	for i, v := range values {
		cells[i] = v.String
		if exportTimes[columns[i]] {
			var n int64
			if _, err := fmt.Sscan(v.String, &n); err != nil {
				return nil, fmt.Errorf("%s %q: %w", columns[i], v.String, err)
			}
			cells[i] = ""
			if n > 0 {
				cells[i] = at(n).Format(time.RFC3339)
			}
		}
	}
	return cells, nil
}
