package earshot

import "errors"

// Fault is an error a person can act on. Code is stable (explain, metrics,
// problem+json); What says what happened; Do is the next step; Err is the cause
// and may be nil. A fault in the config carries the Path of the key, such as
// "routes[2].match.intent", from which config finds line and column; Warn says
// that the config works all the same.
type Fault struct {
	Code string
	What string
	Do   string
	Err  error
	Path string
	Warn bool
}

// Error returns What, the cause, and the next step in one line.
func (f *Fault) Error() string {
	s := f.What
	if f.Err != nil {
		s += ": " + f.Err.Error()
	}
	if f.Do != "" {
		s += " (" + f.Do + ")"
	}
	return s
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// FaultCode returns the code of the first Fault in err's chain, or "internal".
func FaultCode(err error) string {
	var f *Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return "internal"
}
