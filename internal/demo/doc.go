// Package demo is the world Earshot can be shown and tried in without an account
// or a network: a small blogosphere, a pretend Slack and the stories that run in
// them, all as http.Handlers. It may import the root package and internal/words
// only, and opens sockets nowhere but in Listen and Click.
package demo
