// Package store keeps everything Earshot knows, in SQLite or PostgreSQL, with
// one set of queries. It may touch the database and the lock file beside a
// SQLite database, and nothing else; it decides nothing.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"earshot"
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	write *sql.DB // SQLite: a pool of one, so that writers wait in Go and not in the database
	read  *sql.DB
	d     dialect
	path  string // of the SQLite file, or ""
	lock  *lockFile

	writes, reads *prepared // nil where the driver keeps statements by itself
}

// Tx is one transaction with the queries as methods. It must not outlive the
// function it was given to.
type Tx struct {
	ctx context.Context
	tx  *sql.Tx
	d   dialect

	prepared *prepared

	counts map[countKey]int64 // noted, to be written before the commit

	unsettled map[string][]int64 // mentions found by unsettledWith in this reading
}

// Options say how to open a store.
type Options struct {
	Lock bool // take the lock file: one daemon per SQLite database
}

// Open opens "sqlite:PATH" or "postgres://..." and brings the schema up to date.
func Open(ctx context.Context, dsn string, o Options) (*Store, error) {
	d, err := dialectOf(dsn)
	if err != nil {
		return nil, err
	}
	s := &Store{d: d, path: d.path}
	if o.Lock && s.path != "" {
		if s.lock, err = takeLock(s.path + ".lock"); err != nil {
			return nil, err
		}
	}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) error {
	var err error
	if s.write, err = sql.Open(s.d.driver, s.d.writeDSN); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if s.read, err = sql.Open(s.d.driver, s.d.readDSN); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if s.path != "" {
		s.write.SetMaxOpenConns(1)
		s.read.SetMaxOpenConns(4)
	}
	if err := s.migrate(ctx); err != nil {
		return s.explain(err)
	}
	if s.path != "" {
		s.writes, s.reads = newPrepared(s.write), newPrepared(s.read)
	}
	return nil
}

// explain turns what the database says at opening into a fault a person can act on.
func (s *Store) explain(err error) error {
	var f *earshot.Fault
	if errors.As(err, &f) {
		return err
	}
	do := "check storage.dsn and that the database answers"
	switch {
	case s.path != "" && strings.Contains(err.Error(), "readonly"):
		do = "make the file and its folder writable for this user"
	case s.path != "":
		do = "check that the folder exists and is writable, and that the file is an Earshot database"
	}
	return &earshot.Fault{Code: "store_open", What: "cannot open the database " + s.Name(), Do: do, Err: err}
}

// Alone says whether this process has the database to itself.
func (s *Store) Alone() bool { return s.lock != nil }

// Name is the database without credentials, for people.
func (s *Store) Name() string {
	if s.path != "" {
		return s.path
	}
	return s.d.name
}

// Close closes the database and gives the lock file back.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	return errors.Join(errs...)
}

// Write runs f in a transaction that may write, and commits if f returns nil.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error {
	return s.run(ctx, s.write, s.writes, f)
}

// Read runs f in a read-only transaction: one consistent picture.
func (s *Store) Read(ctx context.Context, f func(*Tx) error) error {
	return s.run(ctx, s.read, s.reads, f)
}

func (s *Store) run(ctx context.Context, db *sql.DB, p *prepared, f func(*Tx) error) error {
	if err := p.catchUp(ctx); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	t := &Tx{ctx: ctx, tx: tx, d: s.d, prepared: p}
	if err = f(t); err == nil {
		err = t.flushCounts()
	}
	if err != nil {
		if back := tx.Rollback(); back != nil && !errors.Is(back, sql.ErrTxDone) {
			return errors.Join(err, fmt.Errorf("roll back: %w", back))
		}
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// Writable proves that the store can be written now, for readiness.
func (s *Store) Writable(ctx context.Context) error {
	return s.Write(ctx, func(tx *Tx) error {
		_, err := tx.exec(`INSERT INTO notices (key, at, open) VALUES ('writable', 0, 0) ON CONFLICT (key) DO UPDATE SET open = 0`)
		return err
	})
}

// Size returns the bytes the database takes.
func (s *Store) Size(ctx context.Context) (int64, error) {
	var n int64
	err := s.read.QueryRowContext(ctx, s.d.sizeQuery).Scan(&n)
	return n, err
}

func (tx *Tx) exec(q string, args ...any) (int64, error) {
	r, err := tx.run(q, args...)
	if err != nil {
		return 0, queryError(q, err)
	}
	return r.RowsAffected()
}

// scanner is a row: *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

func queryAll[T any](tx *Tx, scan func(scanner) (T, error), q string, args ...any) ([]T, error) {
	rows, err := tx.rows(q, args...)
	if err != nil {
		return nil, queryError(q, err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, queryError(q, err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, queryError(q, err)
	}
	return out, nil
}

// queryOne returns the first row, or ok false if there is none.
func queryOne[T any](tx *Tx, scan func(scanner) (T, error), q string, args ...any) (v T, ok bool, err error) {
	all, err := queryAll(tx, scan, q, args...)
	if err != nil || len(all) == 0 {
		return v, false, err
	}
	return all[0], true, nil
}

func queryError(q string, err error) error {
	verb, _, _ := strings.Cut(strings.TrimSpace(q), "\n")
	return fmt.Errorf("query %.60s: %w", verb, err)
}

func scanInt(s scanner) (n int64, err error)   { err = s.Scan(&n); return n, err }
func scanText(s scanner) (t string, err error) { err = s.Scan(&t); return t, err }

// ms writes a time as UTC milliseconds, 0 for none.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// at reads what ms wrote.
func at(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
