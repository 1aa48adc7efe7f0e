// Package insight says what numbers over hourly counts mean: limits, spikes,
// silence, and who answers whom. It is pure: no I/O, no clock, no texts.
package insight
