package crawler

import (
	"bytes"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// TestBrotliBodyIsRead: some servers send br whatever they are asked for.
func TestBrotliBodyIsRead(t *testing.T) {
	want := strings.Repeat("Nobody called me back. ", 400)
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	if _, err := w.Write([]byte(want)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	got, err := readBody(bytes.NewReader(whole), "br", 1<<20, nil)
	if err != nil || string(got) != want {
		t.Fatalf("read %d bytes, %v; want %d", len(got), err, len(want))
	}
	if _, err := readBody(bytes.NewReader(whole), "br", 100, nil); err != errTooBig {
		t.Fatalf("over the limit: %v", err)
	}
}
