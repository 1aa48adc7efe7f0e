package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
)

// Fingerprint tells configs apart by what they say, not by how they are laid
// out; comments do not count. Secrets do not enter, only where they are kept.
func (c *Config) Fingerprint() string {
	h := sha256.New()
	for _, path := range slices.Sorted(maps.Keys(c.values)) {
		fmt.Fprintf(h, "%q=%q\n", path, c.values[path])
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// Restart lists the keys that differ and take effect only at the next start.
// Everything else takes effect at a reload.
func Restart(old, new *Config) []string {
	var keys []string
	if old.Storage.DSN.ref != new.Storage.DSN.ref {
		keys = append(keys, "storage.dsn")
	}
	if old.HTTP.Listen != new.HTTP.Listen {
		keys = append(keys, "http.listen")
	}
	if old.HTTP.PublicURL != new.HTTP.PublicURL {
		keys = append(keys, "http.public_url")
	}
	if old.HTTP.Metrics != new.HTTP.Metrics {
		keys = append(keys, "http.metrics")
	}
	return keys
}
