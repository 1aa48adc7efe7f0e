package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"earshot"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema up to date, a migration a transaction. A database
// from a newer Earshot is refused rather than guessed at.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := s.migrations()
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.Dialect(s.d.goose), s.write, nil, goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if have > int64(len(steps)) {
		return &earshot.Fault{Code: "store_newer", What: fmt.Sprintf("the database has schema %d, this Earshot knows up to %d", have, len(steps)),
			Do: "run the newer Earshot, or restore a backup made before the upgrade"}
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// migrations reads the embedded files, 0001_name.sql and so on, as steps.
func (s *Store) migrations() ([]*goose.Migration, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	var steps []*goose.Migration
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("migrate: %w", err)
		}
		number, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("migrate %s: %w", name, err)
		}
		steps = append(steps, goose.NewGoMigration(version, &goose.GoFunc{RunTx: s.step(string(text))}, nil))
	}
	return steps, nil
}

func (s *Store) step(text string) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		for stmt := range strings.SplitSeq(s.d.expand(withoutComments(text)), ";") {
			if strings.TrimSpace(stmt) == "" {
				continue
			}
			if _, err := tx.ExecContext(ctx, stmt); err != nil {
				return queryError(stmt, err)
			}
		}
		return nil
	}
}

// withoutComments drops "-- ..." to the end of each line, so that a comment may
// hold a semicolon. No statement of ours has "--" in a string.
func withoutComments(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		code, _, _ := strings.Cut(line, "--")
		b.WriteString(strings.TrimRight(code, "\n"))
		b.WriteByte('\n')
	}
	return b.String()
}
