package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the terminal transcripts in testdata/script: what a person
// types, and what must come back.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}

// earshotMain is the command as the transcripts run it.
func earshotMain() int {
	return run(&app{ctx: context.Background(), in: os.Stdin, out: os.Stdout, errOut: os.Stderr}, os.Args[1:])
}
