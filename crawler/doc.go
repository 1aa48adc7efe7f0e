// Package crawler reads the open web for Earshot: feeds, pages, their comments,
// and the edits of both, politely and within bounds. It may touch the network by
// outbound GET only, through one guarded transport, and keeps nothing on disk:
// what must be remembered between reads goes out as data in [Result].Next.
package crawler
