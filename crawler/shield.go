package crawler

// shielded calls a parsing library and reports whether it came through: what the
// web sends has made every one of them panic once, and a page must never stop the
// daemon. Only pure calls are shielded; nothing is left half done.
func shielded(parse func()) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	parse()
	return true
}
