//go:build unix

package classify

import (
	"bytes"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"earshot"
)

// spent is the processor time of this process: on a machine with other work it
// says what the wall clock cannot.
func spent(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// rate is how often f runs in a second of one processor.
func rate(t *testing.T, f func()) float64 {
	t.Helper()
	f()
	n, begin := 0, spent(t)
	for spent(t)-begin < 700*time.Millisecond {
		for range 20 {
			f()
		}
		n += 20
	}
	return float64(n) / (spent(t) - begin).Seconds()
}

// speedTexts are mentions of ordinary length, in four languages.
var speedTexts = []string{
	"I rang Norvane on Monday, then on Wednesday, then again today. Each time a kind person took my number and promised that somebody would call. Nobody has called. The parcel is still in Leeds, and so is my patience.",
	"Llamé a Norvane el lunes, luego el miércoles y otra vez hoy. Cada vez una persona amable apuntó mi número y prometió que alguien llamaría. Nadie ha llamado, y el paquete sigue en Zaragoza.",
	"Ho chiamato Norvane lunedì, poi mercoledì e di nuovo oggi. Ogni volta una persona gentile ha preso il mio numero e ha promesso che qualcuno avrebbe richiamato. Non ha richiamato nessuno.",
	"周一我给Norvane打了电话，周三又打，今天再打。每次都有一位客气的人记下我的号码，答应会有人回电话。到现在没有人打来，包裹还在武汉。",
}

// TestSpeed prints the figures of `make bench` for the judge; it takes seconds,
// so it runs only when asked.
func TestSpeed(t *testing.T) {
	if os.Getenv("EARSHOT_BENCH") == "" {
		t.Skip("set EARSHOT_BENCH to measure")
	}
	c := newJudge(t, "Norvane", "Telmora")
	first := *c.Model()
	first.net = nil
	var entries []earshot.Entry
	var mentions [][]earshot.Mention
	for _, text := range speedTexts {
		e := earshot.Entry{Text: text}
		entries, mentions = append(entries, e), append(mentions, c.Spot(e))
	}
	n := 0
	stage := rate(t, func() {
		s := mentions[n%4][0].Spans[0]
		first.Score(Passage{Text: speedTexts[n%4], Start: s.Start, End: s.End, Channel: "blog"})
		n++
	})
	all := rate(t, func() { c.Judge(entries[n%4], mentions[n%4][0], mentions[n%4]); n++ })
	t.Logf("judge, first stage: %.0f mentions/s of one core (target 10,000)", stage)
	t.Logf("judge, everything: %.0f mentions/s of one core (target 1,500)", all)
	spot, elsewhere := spotSpeed(t)
	t.Logf("spot 1,000 brands: ASCII %.0f MB/s (target 100), elsewhere %.0f MB/s (target 40)", spot, elsewhere)
	words := allocsPerWord(c.Model())
	t.Logf("allocations per word: %.3f (target 0)", words)
	size := loadedSize(t, c.Model().Bytes())
	t.Logf("loaded model: %.2f x its file (target 2)", size)
	if stage < 10000 || all < 1500 || spot < 100 || elsewhere < 40 || words > .01 || size > 2 {
		t.Error("a target was missed")
	}
}

// spotSpeed is the speed of spotting 1,000 brands in ASCII, and in the slowest
// other script.
func spotSpeed(t *testing.T) (ascii, elsewhere float64) {
	c, _ := New(Options{Model: &Model{}, Brands: manyBrands(1000)})
	for name, text := range spotTexts() {
		e := earshot.Entry{Text: text}
		mb := rate(t, func() { c.Spot(e) }) * float64(len(text)) / 1e6
		if name == "ascii" {
			ascii = mb
		} else if elsewhere == 0 || mb < elsewhere {
			elsewhere = mb
		}
	}
	return ascii, elsewhere
}

// allocsPerWord compares a long passage with a short one.
func allocsPerWord(m *Model) float64 {
	long := strings.Repeat("The van was late and the driver was kind. ", 30)
	short := "The van was late. "
	of := func(text string) float64 {
		return testing.AllocsPerRun(200, func() { m.Score(Passage{Text: text, Channel: "blog", Lang: "en"}) })
	}
	return (of(long) - of(short)) / float64(len(strings.Fields(long))-len(strings.Fields(short)))
}

// loadedSize is the memory of a loaded model, its bytes included, by its file.
func loadedSize(t *testing.T, file []byte) float64 {
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	before := heap()
	m, err := LoadModel(bytes.Clone(file))
	if err != nil {
		t.Fatal(err)
	}
	after := heap()
	runtime.KeepAlive(m)
	return float64(after-before) / float64(len(file))
}
