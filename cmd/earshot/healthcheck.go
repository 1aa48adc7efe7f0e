package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"earshot"
)

type healthcheckCmd struct {
	URL string `arg:"" optional:"" help:"Where the daemon listens." default:"http://127.0.0.1:8080"`
}

// Help shows an example.
func (healthcheckCmd) Help() string { return "Example: earshot healthcheck http://127.0.0.1:8080" }

// Run asks /-/ready and prints what it says; exit code 1 if it is not ready.
func (c healthcheckCmd) Run(a *app) error {
	ctx, cancel := context.WithTimeout(a.ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL+"/-/ready", nil)
	if err != nil {
		return &earshot.Fault{Code: "usage", What: "that is no address", Do: "write for example http://127.0.0.1:8080", Err: err}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return &earshot.Fault{Code: "not_running", What: "no daemon answers at " + c.URL, Do: "start it with: earshot run", Err: err}
	}
	text, readErr := io.ReadAll(io.LimitReader(resp.Body, 4<<10))
	if err := resp.Body.Close(); err != nil {
		return err
	}
	if readErr != nil {
		return readErr
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", text)
	}
	_, err = fmt.Fprintln(a.out, "ready")
	return err
}
