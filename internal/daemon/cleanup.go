package daemon

import (
	"context"
	"errors"
	"fmt"
)

// cleanup is what must be undone at the end, by name, last in first out.
type cleanup struct {
	steps []cleanupStep
}

type cleanupStep struct {
	name string
	undo func(context.Context) error
}

func (c *cleanup) add(name string, undo func(context.Context) error) {
	c.steps = append(c.steps, cleanupStep{name, undo})
}

// run undoes everything once, also what comes after a step that failed.
func (c *cleanup) run(ctx context.Context) error {
	var errs []error
	for len(c.steps) > 0 {
		last := c.steps[len(c.steps)-1]
		c.steps = c.steps[:len(c.steps)-1]
		if err := last.undo(ctx); err != nil {
			errs = append(errs, fmt.Errorf("stop %s: %w", last.name, err))
		}
	}
	return errors.Join(errs...)
}
