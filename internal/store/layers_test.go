package store

import "testing"

func TestTheNewestLayerHolds(t *testing.T) {
	s := open(t)
	put := func(hash, source string, state LayerState) func(*Tx) error {
		return func(tx *Tx) error {
			return tx.PutLayer(Layer{MadeAt: noon, MadeBy: "ana", State: state, Lessons: 2, Features: 3, Changes: 4, Model: "1-abc", Hash: hash, Source: source, Data: []byte(hash)})
		}
	}
	holds := func(want string) {
		t.Helper()
		write(t, s, func(tx *Tx) error {
			l, _, err := tx.Layer()
			if l.Hash != want || string(l.Data) != want {
				t.Errorf("layer %q holds, want %q", l.Hash, want)
			}
			if hash, err := tx.LayerHash(); hash != want || err != nil {
				t.Errorf("hash %q, %v", hash, err)
			}
			return err
		})
	}
	holds("")
	write(t, s, put("one", "a", LayerOn))
	write(t, s, put("two", "b", LayerOn))
	holds("two")
	write(t, s, func(tx *Tx) error {
		l, ok, err := tx.UndoLayer()
		if !ok || l.Hash != "two" || l.Lessons != 2 || !l.MadeAt.Equal(noon) {
			t.Errorf("undone: %+v", l)
		}
		return err
	})
	holds("one")
	write(t, s, func(tx *Tx) error {
		b, err := tx.UndoneLayer("b")
		a, err2 := tx.UndoneLayer("a")
		if !b || a || err2 != nil {
			t.Errorf("undone: a %v, b %v", a, b)
		}
		return err
	})
	write(t, s, put("", "", LayerOff))
	holds("")
}
