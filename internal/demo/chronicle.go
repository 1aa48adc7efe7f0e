package demo

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
)

// Chronicle is a file to which every change of a pretend Slack is written, one
// JSON object a line, so that a workspace can be closed and opened again.
type Chronicle struct {
	mu   sync.Mutex
	file *os.File
	err  error
}

// OpenChronicle gives the workspace back what the file remembers and writes
// every change from now on. A last line cut by a kill is left out.
func OpenChronicle(path string, s *Slack) (*Chronicle, error) {
	old, size, err := readChronicle(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	s.Restore(old)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Truncate(size); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	c := &Chronicle{file: f}
	s.Watch(c.write)
	return c, nil
}

// readChronicle returns the changes in the file and the length of its whole lines.
func readChronicle(path string) (out []Change, size int64, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	for r := bufio.NewReader(f); ; {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return out, size, nil
		}
		if err != nil {
			return nil, 0, err
		}
		var c Change
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, 0, err
		}
		out, size = append(out, c), size+int64(len(line))
	}
}

func (c *Chronicle) write(ch Change) {
	line := append(raw(ch), '\n')
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		_, c.err = c.file.Write(line)
	}
}

// Close closes the file and returns the first error of writing.
func (c *Chronicle) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return errors.Join(c.err, c.file.Close())
}
