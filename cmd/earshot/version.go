package main

import (
	"fmt"
	"runtime"

	"earshot/classify"
)

type versionCmd struct{}

// Run prints what was built, and with which model.
func (versionCmd) Run(a *app) error {
	model, err := classify.DefaultModel()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "earshot %s %s %s/%s, model %s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, model.Version())
	return err
}
