package ledger

import "testing"

func TestSays(t *testing.T) {
	post := []string{"A good day\nThey were wonderful, quick and funny.\n\nMy knee says that there will be snow."}
	for _, tt := range []struct {
		name, text string
		want       bool
	}{
		{"the same paragraph again", "My knee says that there will be snow.", false},
		{"the page's form of the same words", "A good day March 24, 2026 by Desmond They were wonderful,  quick and funny. My knee says that there will be snow.", false},
		{"an update", "UPDATE: they called and apologised.", true},
		{"an update behind old words", "My knee says that there will be snow. They called.", true},
		{"nothing", "  ", false},
	} {
		if got := Says(tt.text, post); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
