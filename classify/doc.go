// Package classify finds the brands in an entry, judges what is said about each of them, reads
// answers, and tells copies of a text from new ones. Everything in it is a pure function of its
// input: no I/O, no clock, no goroutine; it may import the root package and libraries only.
package classify
