package web

import (
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"
)

func TestANearMissCanBeReadWhereItStood(t *testing.T) {
	w := newWorld(t)
	_, e := w.hear(post{site: "garden.example", siteName: "Garden", author: "Bo", title: "Beans", text: "I bought a banca lume at the flea market.", brand: "Banca Lume", evidence: "banca lume", intent: earshot.NoIntent, ago: 2 * time.Hour, noCase: true})
	w.write(func(tx *store.Tx) error {
		all, err := tx.Mentions(e.ID)
		if err != nil || len(all) != 1 {
			t.Fatal(len(all), err)
		}
		all[0].Reason, all[0].Why = earshot.ReasonNamesake, "nothing near it speaks of a bank"
		_, err = tx.PutMention(all[0], e)
		return err
	})
	h := w.handler()
	inOrder(t, get(h, "/rules").Body.String(), "Banca Lume", `href="/rules?near=Banca`)
	inOrder(t, get(h, "/rules?near=Banca+Lume").Body.String(), `id="near"`, "nothing near it speaks of a bank", "banca lume", "Garden", "Bo")
}
