package store

import "time"

// SubjectHour is how much one hour brought of a source or brand.
type SubjectHour struct {
	Subject string
	Label   string // intent of a mention; PageText or PageBare of a page
	Hour    time.Time
	N       int
}

func (tx *Tx) subjectHours(what string, since time.Time) ([]SubjectHour, error) {
	return queryAll(tx, func(r scanner) (s SubjectHour, err error) {
		var when int64
		err = r.Scan(&s.Subject, &s.Label, &when, &s.N)
		s.Hour = at(when)
		return s, err
	}, `SELECT subject, label, hour, n FROM counts WHERE what = $1 AND hour >= $2 AND n > 0 ORDER BY hour`, what, ms(since))
}

// EntryHours returns the news of each source by the hour it was first seen in.
func (tx *Tx) EntryHours(since time.Time) ([]SubjectHour, error) {
	return tx.subjectHours(countEntries, since)
}

// PageHours returns how many pages of each source were read for their text, and
// whether they gave any.
func (tx *Tx) PageHours(since time.Time) ([]SubjectHour, error) {
	return tx.subjectHours(countPages, since)
}

// MentionHours returns the mentions of each brand that were news, by the hour
// they were first seen in and their intent.
func (tx *Tx) MentionHours(since time.Time) ([]SubjectHour, error) {
	return tx.subjectHours(countHeard, since)
}

// OpenNotices returns the keys of the notices that begin with a prefix and have
// not healed.
func (tx *Tx) OpenNotices(prefix string) ([]string, error) {
	return queryAll(tx, scanText, `SELECT key FROM notices WHERE open = 1 AND substr(key, 1, $1) = $2 ORDER BY key`, len(prefix), prefix)
}
