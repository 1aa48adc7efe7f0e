// Package alert decides who is told what, when, and why not: routes, windows,
// caps, reminders, ladders and digests are pure functions of a trigger, a case,
// a tally and now. It renders neutral cards and names the door through which
// they leave; it does no I/O, its notifiers live in the packages below it.
package alert
