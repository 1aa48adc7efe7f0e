package crawler

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

const (
	largeSize = 1 << 20 // a larger document needs one of the few large turns
	largeMax  = 4
	ratioFree = 2 << 20 // bytes that may come out of any compression
	ratioMax  = 120     // beyond that, bytes out per byte in; honest text stays under 50
)

var (
	errTooBig   = errors.New("body over the limit")
	errBomb     = errors.New("compression ratio over the limit")
	errEncoding = errors.New("content encoding was not asked for")
)

// counter counts what a reader gave.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// readBody reads and decompresses at most limit bytes. Bytes are counted after
// decompression, and the ratio is watched while reading, so a bomb costs no more
// than an honest document. A body that breaks off, or is cut at the limit, is
// returned with its error.
//
// Before a document grows large, large is asked for a turn: few may be in memory
// at once. It may be nil.
func readBody(r io.Reader, encoding string, limit int64, large func() error) ([]byte, error) {
	in := &counter{r: io.LimitReader(r, limit+1)}
	out, release, err := decompressor(in, encoding)
	if err != nil {
		return nil, err
	}
	defer release()
	return readBounded(out, in, limit, large)
}

func readBounded(out io.Reader, in *counter, limit int64, large func() error) ([]byte, error) {
	var b bytes.Buffer
	chunk := make([]byte, 32<<10)
	for {
		n, err := out.Read(chunk)
		b.Write(chunk[:n])
		size := int64(b.Len())
		if size > largeSize && large != nil {
			if err := large(); err != nil {
				return nil, err
			}
			large = nil
			b.Grow(int(limit-size) + len(chunk)) // once, not by doubling
		}
		if size > limit {
			return b.Bytes()[:limit], errTooBig
		}
		if size > ratioFree && size > ratioMax*max(in.n, 1) {
			return nil, errBomb
		}
		if errors.Is(err, io.EOF) {
			return b.Bytes(), nil
		}
		if err != nil {
			return b.Bytes(), err
		}
	}
}

// decompressor undoes the named content encodings, at most two of them.
func decompressor(r io.Reader, encoding string) (io.Reader, func(), error) {
	var names []string
	for name := range strings.SplitSeq(strings.ToLower(encoding), ",") {
		if name = strings.TrimSpace(name); name != "" && name != "identity" {
			names = append(names, name)
		}
	}
	if len(names) > 2 {
		return nil, nil, fmt.Errorf("%w: %d in a row", errEncoding, len(names))
	}
	release := func() {}
	for i := len(names) - 1; i >= 0; i-- {
		next, closer, err := decode(r, names[i])
		if err != nil {
			release()
			return nil, nil, err
		}
		r, release = next, chain(closer, release)
	}
	return r, release, nil
}

func chain(a, b func()) func() { return func() { a(); b() } }

func decode(r io.Reader, name string) (io.Reader, func(), error) {
	none := func() {}
	switch name {
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		return z, none, err
	case "deflate":
		return inflate(r)
	case "zstd":
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	case "br": // its window is at most 16 MB; readBounded watches the rest
		return brotli.NewReader(r), none, nil
	}
	return nil, nil, fmt.Errorf("%w: %s", errEncoding, clip(name, 20))
}

// inflate reads "deflate", which servers send with and without the zlib header.
func inflate(r io.Reader) (io.Reader, func(), error) {
	head := make([]byte, 2)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	whole := io.MultiReader(bytes.NewReader(head[:n]), r)
	if n == 2 && head[0]&0x0f == 8 && (uint16(head[0])<<8|uint16(head[1]))%31 == 0 {
		z, err := zlib.NewReader(whole)
		return z, func() {}, err
	}
	return flate.NewReader(whole), func() {}, nil
}

// gunzip undoes raw gzip (files served as they lie on disk), up to two layers.
func gunzip(b []byte, limit int64) ([]byte, error) {
	for range 2 {
		if len(b) < 3 || b[0] != 0x1f || b[1] != 0x8b || b[2] != 8 {
			return b, nil
		}
		in := &counter{r: bytes.NewReader(b)}
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		out, err := readBounded(z, in, limit, nil)
		if err != nil && (len(out) == 0 || errors.Is(err, errBomb)) {
			return nil, err
		}
		b = out // a cut stream keeps what came out whole
	}
	return b, nil
}
