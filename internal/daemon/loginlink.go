package daemon

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/store"
	"earshot/internal/web"
)

// LoginLink makes a link with which a person of the config sets a password. It
// works once and until now plus good; earlier links of the person stop working.
// The daemon may run meanwhile.
func LoginLink(ctx context.Context, cfg *config.Config, name string, now time.Time, good time.Duration) (string, error) {
	if _, ok := cfg.People.Find(name); !ok {
		return "", nobodyCalled(cfg, name)
	}
	st, err := openToRead(ctx, cfg)
	if err != nil {
		return "", err
	}
	secret, hash := web.NewSecret()
	err = st.Write(ctx, func(tx *store.Tx) error {
		if err := tx.PutLoginLink(store.LoginLink{Hash: hash, Name: name, Created: now, Ends: now.Add(good)}); err != nil {
			return err
		}
		return tx.PutDeed(store.Deed{At: now, Deed: "login_link", Subject: name})
	})
	if err := errors.Join(err, st.Close()); err != nil {
		return "", err
	}
	return dashboard(cfg) + "/login/" + secret, nil
}

func nobodyCalled(cfg *config.Config, name string) error {
	var names []string
	for _, p := range cfg.People {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	do := "take one of: " + strings.Join(names, ", ")
	if len(names) == 0 {
		do = "add people: to the config; without people the dashboard is open to this machine alone, and nobody signs in"
	}
	return &earshot.Fault{Code: "person_unknown", What: fmt.Sprintf("the config knows no person %q", name), Do: do}
}

// dashboard is where people reach the dashboard by the config alone.
func dashboard(cfg *config.Config) string {
	if cfg.HTTP.PublicURL != "" {
		return strings.TrimSuffix(cfg.HTTP.PublicURL, "/")
	}
	host, port, err := net.SplitHostPort(cfg.HTTP.Listen)
	if err != nil {
		return "http://" + cfg.HTTP.Listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		if host, err = os.Hostname(); err != nil {
			host = "localhost"
		}
	}
	return "http://" + net.JoinHostPort(host, port)
}
