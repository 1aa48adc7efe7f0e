package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"earshot"
	"earshot/config"
)

type initCmd struct {
	File string `arg:"" optional:"" help:"Where to write it." default:"earshot.yaml" type:"path"`
	OPML string `help:"Take feeds over from this OPML file." type:"path"`
}

// Help shows an example.
func (initCmd) Help() string { return "Example: earshot init --opml feeds.opml" }

// Run writes a config that works, with a comment on every key. It never
// overwrites a file.
func (c initCmd) Run(a *app) error {
	var opml []byte
	if c.OPML != "" {
		var err error
		if opml, err = os.ReadFile(c.OPML); err != nil {
			return &earshot.Fault{Code: "usage", What: "cannot read the OPML file", Do: "check the path", Err: err}
		}
	}
	f, err := os.OpenFile(c.File, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &earshot.Fault{Code: "usage", What: c.File + " exists", Do: "name another file, or move it away"}
	}
	if err != nil {
		return fmt.Errorf("init: %w", err)
	}
	if err := errors.Join(config.Init(f, opml), f.Close()); err != nil {
		return fmt.Errorf("init %s: %w", c.File, err)
	}
	_, err = fmt.Fprintf(a.out, "wrote %s\nnext: put in your brand and your feeds, then  earshot check --config %s\n", c.File, c.File)
	return err
}
