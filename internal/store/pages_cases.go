package store

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"earshot"
)

// CaseOrder is how a list of cases is sorted.
type CaseOrder string

// The orders of a list of cases.
const (
	OrderDue     CaseOrder = "due"     // soonest due first, those without a clock last
	OrderWaiting CaseOrder = "waiting" // longest waiting in public first
	OrderNewest  CaseOrder = "newest"  // last opened first
	OrderMoved   CaseOrder = "moved"   // last moved first
	OrderWorst   CaseOrder = "worst"   // most severe first, then the longest waiting
	OrderPromise CaseOrder = "promise" // soonest promised first
)

// sorting is an order as columns that all rise, or all fall: so the next page
// begins where a row's values compare as later.
type sorting struct {
	columns []string
	falling bool
}

var sortings = map[CaseOrder]sorting{
	OrderDue:     {columns: []string{"CASE WHEN due_at = 0 THEN 1 ELSE 0 END", "due_at", "n"}},
	OrderWaiting: {columns: []string{"published", "n"}},
	OrderNewest:  {columns: []string{"n"}, falling: true},
	OrderMoved:   {columns: []string{"moved_at", "n"}, falling: true},
	OrderWorst:   {columns: []string{"-severity", "published", "n"}},
	OrderPromise: {columns: []string{"CASE WHEN promise_at = 0 THEN 1 ELSE 0 END", "promise_at", "n"}},
}

// by is the ORDER BY of a sorting.
func (s sorting) by() string {
	way := ""
	if s.falling {
		way = " DESC"
	}
	return " ORDER BY " + strings.Join(s.columns, way+", ") + way
}

// after asks for the rows behind a mark; a mark that is none asks for nothing.
func (s sorting) after(f *filter, mark string) {
	parts := strings.Split(mark, ".")
	if len(parts) != len(s.columns) {
		return
	}
	var values []any
	for _, p := range parts {
		n, err := strconv.ParseInt(p, 10, 64)
		if err != nil {
			return
		}
		values = append(values, n)
	}
	sign := ">"
	if s.falling {
		sign = "<"
	}
	holes := strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")
	f.add(fmt.Sprintf("(%s) %s (%s)", strings.Join(s.columns, ", "), sign, holes), values...)
}

// CaseLines returns the rows of a list of cases.
func (tx *Tx) CaseLines(q CaseFilter) ([]CaseLine, error) {
	f := q.filter(tx.d)
	order, ok := sortings[q.Order]
	if !ok {
		order = sortings[OrderNewest]
	}
	order.after(f, q.After)
	f.args = append(f.args, q.Limit)
	type spot struct{ id, mark string }
	spots, err := queryAll(tx, func(r scanner) (s spot, err error) {
		values := make([]int64, len(order.columns))
		dest := []any{&s.id}
		for i := range values {
			dest = append(dest, &values[i])
		}
		err = r.Scan(dest...)
		s.mark = strings.ReplaceAll(strings.Trim(fmt.Sprint(values), "[]"), " ", ".")
		return s, err
	}, `SELECT id, `+strings.Join(order.columns, ", ")+` FROM cases`+f.where()+order.by()+` LIMIT `+place(len(f.args)), f.args...)
	if err != nil || len(spots) == 0 {
		return nil, err
	}
	marks := map[string]string{}
	var ids []string
	for _, s := range spots {
		marks[s.id], ids = s.mark, append(ids, s.id)
	}
	picked := &filter{}
	among(picked, "id", ids)
	cases, err := queryAll(tx, scanJSON[earshot.Case], `SELECT data FROM cases`+picked.where(), picked.args...)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(cases, func(a, b earshot.Case) int { return cmp.Compare(slices.Index(ids, a.ID), slices.Index(ids, b.ID)) })
	lines, err := tx.caseLines(cases)
	for i := range lines {
		lines[i].Mark = marks[lines[i].Case.ID]
	}
	return lines, err
}

// CasesTo is how far cases are counted: beyond it says "1000+".
const CasesTo = 1000

// CountCases returns how many cases a filter picks, up to CasesTo.
func (tx *Tx) CountCases(q CaseFilter) (Bounded, error) {
	f := q.filter(tx.d)
	f.args = append(f.args, CasesTo)
	n, _, err := queryOne(tx, scanInt, `SELECT COUNT(*) FROM (SELECT 1 FROM cases`+f.where()+` LIMIT `+place(len(f.args))+`) t`, f.args...)
	return Bounded{int(n), n == CasesTo}, err
}

// FacetCounts counts the cases a filter picks by what they are about.
func (tx *Tx) FacetCounts(q CaseFilter) ([]Count, error) {
	f := q.filter(tx.d)
	f.add("work <> 'dismissed'")
	return queryAll(tx, scanCount, `SELECT facet, '', COUNT(*) FROM cases`+f.where()+` GROUP BY facet`, f.args...)
}
