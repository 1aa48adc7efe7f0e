package daemon

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"earshot/config"
	"earshot/internal/store"
)

// Export writes what is stored: mentions, cases, responses, alerts, corrections
// or all, as csv or jsonl. Several kinds in one CSV are parted by an empty line
// and a heading of their own.
func Export(ctx context.Context, w io.Writer, cfg *config.Config, what, format string) error {
	st, err := openToRead(ctx, cfg)
	if err != nil {
		return err
	}
	kinds := []string{what}
	if what == "all" {
		kinds = store.ExportKinds()
	}
	err = st.Read(ctx, func(tx *store.Tx) error {
		for i, kind := range kinds {
			if i > 0 && format == "csv" {
				if _, err := io.WriteString(w, "\n"); err != nil {
					return err
				}
			}
			if err := exportKind(tx, w, kind, format); err != nil {
				return fmt.Errorf("export %s: %w", kind, err)
			}
		}
		return nil
	})
	return errors.Join(err, st.Close())
}

func exportKind(tx *store.Tx, w io.Writer, kind, format string) error {
	if format == "csv" {
		out := csv.NewWriter(w)
		err := tx.Export(kind, func(head []string) error { return out.Write(head) }, func(_ []string, row []string) error { return out.Write(inert(row)) })
		out.Flush()
		return errors.Join(err, out.Error())
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if kind == "corrections" {
		return exportLessons(tx, enc)
	}
	return tx.Export(kind, func([]string) error { return nil }, func(head, row []string) error {
		record := map[string]string{"record": kind}
		for i, name := range head {
			record[name] = row[i]
		}
		return enc.Encode(record)
	})
}

// inert keeps a spreadsheet from reading text from the web as a formula.
func inert(row []string) []string {
	out := make([]string, len(row))
	for i, cell := range row {
		if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
			cell = "'" + cell
		}
		out[i] = cell
	}
	return out
}
