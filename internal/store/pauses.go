package store

import (
	"encoding/json"
	"fmt"
	"time"

	"earshot"
)

// PauseSource stops the reading of a source until the pause ends. A reader that
// has the source just now still stores what it read.
func (tx *Tx) PauseSource(id string, p earshot.Pause) error {
	data, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("pause %s: %w", SourceShort(id), err)
	}
	_, err = tx.exec(`UPDATE sources SET state = 'paused', paused_until = $1, pause = $2 WHERE id = $3`, ms(p.Until), string(data), id)
	return err
}

// ResumeSource ends a source's pause: it is due at once, in the state it had.
func (tx *Tx) ResumeSource(id string, now time.Time) error {
	if _, err := tx.exec(`UPDATE sources SET paused_until = 0, pause = '' WHERE id = $1`, id); err != nil {
		return err
	}
	s, ok, err := tx.Source(id)
	if err != nil || !ok {
		return err
	}
	s.Due = now
	return tx.PutSource(s)
}

// endPauses resumes the sources whose pause is over.
func (tx *Tx) endPauses(now time.Time) error {
	over, err := queryAll(tx, scanText, `SELECT id FROM sources WHERE paused_until > 0 AND paused_until <= $1`, ms(now))
	for _, id := range over {
		if err := tx.ResumeSource(id, now); err != nil {
			return err
		}
	}
	return err
}

// sourceColumns are what scanSource reads.
const sourceColumns = `data, pause`

// scanSource reads a source; while it is paused that is its state.
func scanSource(r scanner) (s earshot.Source, err error) {
	var data, pause string
	if err := r.Scan(&data, &pause); err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(data), &s); err != nil || pause == "" {
		return s, err
	}
	if err := json.Unmarshal([]byte(pause), &s.Pause); err != nil {
		return s, fmt.Errorf("pause of a source: %w", err)
	}
	s.Pause.Was, s.State = s.State, earshot.SourcePaused
	return s, nil
}
