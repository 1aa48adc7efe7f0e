package web

import (
	"context"
	"net/http"
	"strings"

	"earshot/internal/store"
)

// tokenPrefix begins every API token, so that people and scanners know one when
// they see it.
const tokenPrefix = "earshot_"

// bearer returns the token that a request brings.
func bearer(r *http.Request) (string, bool) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer")
}

// tokenReader returns the program that a token stands for. It acts under the name
// "token:TITLE".
func (s *Server) tokenReader(ctx context.Context, given string) (Reader, bool, error) {
	if !strings.HasPrefix(given, tokenPrefix) || len(given) > 100 {
		return Reader{}, false, nil
	}
	var t store.Token
	var ok bool
	err := s.o.Store.Read(ctx, func(tx *store.Tx) (err error) {
		t, ok, err = tx.TokenOf(secretHash(given))
		return err
	})
	if err != nil || !ok {
		return Reader{}, false, err
	}
	if now := s.o.Now(); now.Sub(t.Last) >= touchEvery {
		if err := s.o.Store.Write(ctx, func(tx *store.Tx) error { return tx.TouchToken(t.ID, now) }); err != nil {
			return Reader{}, false, err
		}
	}
	return Reader{Name: "token:" + t.Title, Role: t.Role, Token: true}, true, nil
}
