package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
)

const (
	preparedAfter = 3    // times a query is asked until it is kept prepared
	preparedMost  = 400  // statements kept: more than there are constant queries
	preparedAsked = 4000 // queries counted; beyond that, composed ones fill the list and it begins anew
)

// prepared keeps the statements that come again and again: SQLite needs longer
// to understand most of them than to run them. (The PostgreSQL driver does the
// same by itself.) A statement is prepared between two transactions, never in
// one: the writer's pool has a single connection, and the transaction holds it.
type prepared struct {
	db *sql.DB

	mu     sync.Mutex
	ready  map[string]*sql.Stmt
	asked  map[string]int
	wanted []string
}

func newPrepared(db *sql.DB) *prepared {
	return &prepared{db: db, ready: map[string]*sql.Stmt{}, asked: map[string]int{}}
}

// catchUp prepares what was asked for often since the last call.
func (p *prepared) catchUp(ctx context.Context) error {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	wanted := p.wanted
	p.wanted = nil
	p.mu.Unlock()
	for _, q := range wanted {
		s, err := p.db.PrepareContext(ctx, q)
		if err != nil {
			return fmt.Errorf("prepare: %w", queryError(q, err))
		}
		p.mu.Lock()
		p.ready[q] = s
		p.mu.Unlock()
	}
	return nil
}

// find returns the statement of a query, nil if it is not kept (yet).
func (p *prepared) find(q string) *sql.Stmt {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := p.ready[q]; s != nil {
		return s
	}
	if len(p.asked) >= preparedAsked {
		clear(p.asked)
	}
	if p.asked[q]++; p.asked[q] == preparedAfter && len(p.ready)+len(p.wanted) < preparedMost {
		p.wanted = append(p.wanted, q)
	}
	return nil
}

// rows runs a query in the transaction, prepared if it is known.
func (tx *Tx) rows(q string, args ...any) (*sql.Rows, error) {
	if s := tx.prepared.find(q); s != nil {
		return tx.tx.StmtContext(tx.ctx, s).QueryContext(tx.ctx, args...)
	}
	return tx.tx.QueryContext(tx.ctx, q, args...)
}

// run runs a statement in the transaction, prepared if it is known.
func (tx *Tx) run(q string, args ...any) (sql.Result, error) {
	if s := tx.prepared.find(q); s != nil {
		return tx.tx.StmtContext(tx.ctx, s).ExecContext(tx.ctx, args...)
	}
	return tx.tx.ExecContext(tx.ctx, q, args...)
}
