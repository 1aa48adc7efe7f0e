package store

import (
	"fmt"
	"strconv"
	"strings"

	"earshot"
)

// A word that stands in many mentions, asked together with a status that few
// cases have: walking the word's lines would pass by nearly all of them for
// nothing. So the few cases are walked, and each of their mentions' lines is
// looked up by its place.

// commonFrom is from how many lines on a search is one for common words.
const commonFrom = 3000

// common says whether many lines hold the terms.
func (tx *Tx) common(asked []term) (bool, error) {
	f := &filter{}
	f.add(tx.d.found, tx.d.ask(asked))
	f.args = append(f.args, commonFrom)
	n, _, err := queryOne(tx, scanInt, `SELECT COUNT(*) FROM (SELECT `+tx.d.linePos+` FROM mention_words w`+f.where()+` LIMIT `+place(len(f.args))+`) t`, f.args...)
	return n >= commonFrom, err
}

// linePlaceSQL is linePlace of a mention m; SQL divides towards zero, Go's
// seconds go down.
var linePlaceSQL = fmt.Sprintf("(((m.published - CASE WHEN m.published < 0 THEN 999 ELSE 0 END) / 1000) << %d | (m.id & %d))", placeBits, 1<<placeBits-1)

// unsettledWith returns the mentions with the terms that belong to cases of the
// given statuses, which few cases have. A page asks for them several times in
// one reading.
func (tx *Tx) unsettledWith(asked []term, statuses []earshot.Status) ([]int64, error) {
	key := tx.d.ask(asked) + fmt.Sprint(statuses)
	if ids, known := tx.unsettled[key]; known {
		return ids, nil
	}
	f := &filter{}
	f.add("m.case_id = c.id AND m.case_id <> ''")
	f.add(tx.d.linePos + " = " + linePlaceSQL)
	f.add(tx.d.found, tx.d.ask(asked))
	among(f, "c.status", statuses)
	ids, err := queryAll(tx, scanInt, `SELECT m.id FROM cases c CROSS JOIN mentions m CROSS JOIN mention_words w`+f.where(), f.args...)
	if err != nil {
		return nil, err
	}
	if tx.unsettled == nil {
		tx.unsettled = map[string][]int64{}
	}
	tx.unsettled[key] = ids
	return ids, nil
}

// ids asks that the mention is one of these.
func (w *walk) ids(ids []int64) {
	if len(ids) == 0 {
		w.add("1 = 0")
		return
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = strconv.FormatInt(id, 10) // written out: databases take a bounded number of arguments
	}
	w.add("m.id IN (" + strings.Join(list, ",") + ")")
}
