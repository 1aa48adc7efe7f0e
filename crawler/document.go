package crawler

import (
	"context"
	"fmt"
)

// Document is one document as it was served, decompressed.
type Document struct {
	URL         string // where it was found, after redirects
	ContentType string
	Body        []byte
	Cut         bool // it broke off, or is over the body limit
}

// Document fetches one document for a person to look at, with all the guards of
// a feed's reading and without robots: the person named the address.
func (c *Crawler) Document(ctx context.Context, address string) (Document, error) {
	res, err := c.get(ctx, request{what: "feed", url: address, accept: "*/*", prefix: true})
	if err != nil {
		return Document{}, fmt.Errorf("fetch %s: %w", Redact(address), err)
	}
	res.done() // a person looks at one document at a time
	return Document{URL: res.url.String(), ContentType: res.header.Get("Content-Type"), Body: res.body, Cut: res.cut}, nil
}
