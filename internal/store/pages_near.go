package store

import (
	"time"

	"earshot"
)

// NearMisses returns mentions that do not count, seen since a time: the brand's name stood there,
// and it was another of that name, a tag, a menu. Newest published first.
func (tx *Tx) NearMisses(brand string, since time.Time, n int) ([]MentionLine, error) {
	f := &filter{}
	f.add("m.reason <> ''")
	f.equal("m.brand", brand)
	f.span("m.first_seen", since, time.Time{})
	f.args = append(f.args, n)
	lines, err := queryAll(tx, scanMentionLine, `SELECT m.id, m.data, e.id, e.data, COALESCE(c.data, '') FROM mentions m
		JOIN entries e ON e.id = m.entry LEFT JOIN cases c ON c.id = m.case_id`+f.where()+` ORDER BY m.published DESC, m.id DESC LIMIT `+place(len(f.args)), f.args...)
	for i := range lines {
		lines[i].Case = earshot.Case{} // what does not count has none
	}
	return lines, err
}
