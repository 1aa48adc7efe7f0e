package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

type classifyCmd struct {
	Threshold float64 `help:"Below this confidence of the intent a verdict abstains." default:"0.6"`
	Model     string  `help:"A model file instead of the built-in one." type:"path"`
}

// Help shows an example.
func (classifyCmd) Help() string {
	return `Example: echo '{"id":"1","text":"Thanks for nothing, AAA.","brand":"AAA"}' | earshot classify` +
		"\n\nWith \"task\":\"answers\" a line is asked whether the company answered; see docs/reference/classify.md."
}

// longestLine is the longest line that is read whole; 16 MiB of JSON.
const longestLine = 16 << 20

// Run judges line by line in constant memory. A line that is no JSON gets an
// error in its place, and the exit code is 1.
func (c classifyCmd) Run(a *app) error {
	judge, err := newLineJudge(c)
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(a.in, 64<<10)
	out := bufio.NewWriter(a.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	bad := false
	for n := 1; ; n++ {
		line, err := readLine(in)
		if errors.Is(err, io.EOF) && len(line) == 0 {
			break
		}
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errLong) {
			return fmt.Errorf("line %d: %w", n, err)
		}
		answer, fault := judge.line(line, err)
		if fault != nil {
			bad = true
			answer = lineError{fmt.Sprintf("line %d: %v", n, fault)}
		}
		if answer == nil {
			continue // an empty line
		}
		if err := enc.Encode(answer); err != nil {
			return err
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if bad {
		return errQuiet
	}
	return nil
}

type lineError struct {
	Error string `json:"error"`
}
