package daemon

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"

	"earshot/crawler"
	"earshot/internal/store"
)

func TestSeasonLook(t *testing.T) {
	if os.Getenv("LOOK") == "" {
		t.Skip()
	}
	posts, seed := 150, seasonNumber(t, "SEASON_SEED", 1)
	tongues := seasonTongues(t)
	synctest.Test(t, func(t *testing.T) {
		s := newSeason(uint64(seed), posts, seasonBegins(), tongues)
		for _, b := range s.blogs {
			fmt.Println(b.slug, b.author, b.clothes)
		}
		f, web := openSeason(t, s)
		s.play(t, f, web)
		f.stop()
		st, _ := store.Open(context.Background(), f.dsn(), store.Options{})
		_ = st.Read(context.Background(), func(tx *store.Tx) error {
			for slug := range strings.SplitSeq(os.Getenv("LOOK"), ",") {
				url := web.PostURL(slug)
				es, _ := tx.EntriesAt(crawler.CanonicalURL(url))
				fmt.Println(slug, url, len(es))
				for _, e := range es {
					ms, _ := tx.Mentions(e.ID)
					for _, m := range ms {
						id, _ := tx.MentionCase(e.ID, m.Brand)
						evs, _ := tx.Events(id)
						fmt.Printf("mention %s %s %q case %s\n", m.Brand, m.Reason, m.Why, id)
						for _, v := range evs {
							fmt.Printf("    %s %s %+v\n", v.Kind, v.At, v.Data.Evidence)
						}
						rs, _ := tx.Responses(e.ID, m.Brand)
						fmt.Printf("    responses %+v\n", rs)
					}
					fmt.Printf("ADDED %+v\n", e.Added)
					fmt.Printf("entry %d %s rev %d src %s summary %v pub %s lang %s author %+v\n%s\n", e.ID, e.Kind, e.Revision, e.Source, e.Summary, e.Published, e.Lang, e.Author, e.Text)
					ts, _ := tx.Texts(e.ID, 20)
					for _, x := range ts {
						fmt.Printf("   TEXT %+v\n", x)
					}
				}
				th, _ := tx.ThreadEntries(crawler.CanonicalURL(url))
				for _, e := range th {
					fmt.Printf("thread %s %s %s %q\n", e.Kind, e.Published, e.Author.Name, e.Text)
				}
				src, ok, _ := tx.Source("thread:" + crawler.CanonicalURL(url))
				fmt.Println(ok, src.Reads, src.LastTried, src.Due, src.Revisits, src.ThreadFrom)
			}
			return nil
		})
		_ = st.Close()
	})
}
