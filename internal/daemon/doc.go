// Package daemon joins the rooms into one running process: it reads sources,
// works on entries, moves cases, plans alerts and sends them. It owns every
// goroutine and every metric, and decides nothing that a room can decide.
package daemon
