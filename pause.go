package earshot

import "time"

// Pause is a person's word that a source is not to be read for a while. The
// config still says what is followed: a pause ends by itself, or sooner when
// somebody resumes it.
type Pause struct {
	Who   string      `json:"who"`
	Why   string      `json:"why"`
	Since time.Time   `json:"since"`
	Until time.Time   `json:"until"`
	Was   SourceState `json:"-"` // how well the source was heard before
}

// Paused says whether a person has paused the source.
func (s Source) Paused() bool { return !s.Pause.Until.IsZero() }
