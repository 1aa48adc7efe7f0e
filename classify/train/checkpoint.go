package train

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// checkpoint is a network between the two stages of its training.
type checkpoint struct {
	Size         NetSize
	Dense, Table []float32
	Prints       []uint32
}

// saveCheckpoint writes a network to a file.
func saveCheckpoint(name string, n *Net, prints []uint32) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("save network: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := gob.NewEncoder(f).Encode(checkpoint{n.size, n.dense, n.table, prints}); err != nil {
		return fmt.Errorf("save network: %w", err)
	}
	return nil
}

// loadCheckpoint reads what saveCheckpoint wrote; found is false if there is no
// such file.
func loadCheckpoint(name string) (n *Net, prints []uint32, found bool, err error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, false, nil
	}
	if err != nil {
		return nil, nil, false, fmt.Errorf("load network: %w", err)
	}
	defer f.Close()
	var c checkpoint
	if err := gob.NewDecoder(f).Decode(&c); err != nil {
		return nil, nil, false, fmt.Errorf("load network: %w", err)
	}
	lay := newLayout(c.Size)
	if len(c.Dense) != lay.total {
		return nil, nil, false, fmt.Errorf("load network: %d dense weights, want %d", len(c.Dense), lay.total)
	}
	return &Net{size: c.Size, lay: lay, dense: c.Dense, table: c.Table}, c.Prints, true, nil
}
