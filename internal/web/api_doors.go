package web

import (
	"net/http"
	"time"

	"earshot"
	"earshot/internal/store"
)

// doorOperations say and change who may come in.
func (s *Server) doorOperations() []operation {
	return []operation{
		{pattern: "GET /api/v1/admin/people", role: earshot.Admin, summary: "The people of the config, with how they sign in.", answer: listOf[personJSON]{}, do: s.apiPeople},
		{pattern: "GET /api/v1/admin/audit", role: earshot.Admin, summary: "Who did what, the latest first.", answer: listOf[trailJSON]{}, do: s.apiAudit},
		{pattern: "GET /api/v1/admin/tokens", role: earshot.Admin, summary: "API tokens, without their secrets.", answer: listOf[tokenJSON]{}, do: s.apiTokens},
		{pattern: "POST /api/v1/admin/tokens", role: earshot.Admin, summary: "Make a token; its secret is told this once. Not with a token.", body: newToken{}, answer: tokenJSON{}, code: http.StatusCreated, do: s.apiNewToken},
		{pattern: "DELETE /api/v1/admin/tokens/{token}", role: earshot.Admin, summary: "Revoke a token.", answer: nothing{}, code: http.StatusNoContent, do: func(v *visit) (any, error) {
			return nothing{}, v.revokeToken(int64(atoi(v.r.PathValue("token"))))
		}},
		{pattern: "GET /api/v1/shares", role: earshot.Responder, summary: "Share links that are good now.", query: []parameter{{"case", "of one case"}}, answer: listOf[shareLinkJSON]{}, do: s.apiShares},
		{pattern: "POST /api/v1/cases/{id}/shares", summary: "Share a case by a link that ends; the link is told this once.", body: newShare{}, answer: shareLinkJSON{}, code: http.StatusCreated, do: s.apiShare},
		{pattern: "DELETE /api/v1/shares/{share}", summary: "End a share link.", answer: nothing{}, code: http.StatusNoContent, do: func(v *visit) (any, error) {
			_, err := v.revokeShare(int64(atoi(v.r.PathValue("share"))))
			return nothing{}, err
		}},
	}
}

// personJSON is one of the config's people.
type personJSON struct {
	Name      string       `json:"name"`
	Role      earshot.Role `json:"role"`
	Deputy    string       `json:"deputy,omitempty"`
	Password  bool         `json:"has_password"`
	LastLogin *time.Time   `json:"last_login,omitempty"`
	Sessions  int          `json:"sessions"`
}

func (s *Server) apiPeople(v *visit) (any, error) {
	out := listOf[personJSON]{Items: []personJSON{}}
	err := v.read(func(tx *store.Tx) error {
		rows, err := v.personRows(tx)
		for _, r := range rows {
			out.Items = append(out.Items, personJSON{Name: r.Name, Role: r.Role, Deputy: r.Deputy, Password: r.Login.Password != "", LastLogin: someTime(r.Login.Last), Sessions: r.Sessions})
		}
		return err
	})
	return out, err
}

// trailJSON is one line of the audit trail.
type trailJSON struct {
	At    time.Time `json:"at"`
	Actor string    `json:"actor"`
	Did   string    `json:"did"` // a verb, or signed_in, token_made ...
	Case  string    `json:"case,omitempty"`
	Text  string    `json:"text,omitempty"`
}

func (s *Server) apiAudit(v *visit) (any, error) {
	out := listOf[trailJSON]{Items: []trailJSON{}}
	err := v.read(func(tx *store.Tx) error {
		rows, err := v.trail(tx, maxJSON)
		for _, r := range rows {
			out.Items = append(out.Items, trailJSON{At: r.At.UTC(), Actor: r.Actor, Did: r.Verb, Case: r.Case, Text: r.Text + r.Quote})
		}
		return err
	})
	return out, err
}

// tokenJSON is an API token; Token, its secret, is told only when it is made.
type tokenJSON struct {
	ID      int64        `json:"id"`
	Title   string       `json:"title"`
	Role    earshot.Role `json:"role"`
	By      string       `json:"by"`
	Created time.Time    `json:"created"`
	Last    *time.Time   `json:"last_used,omitempty"`
	Revoked *time.Time   `json:"revoked,omitempty"`
	Token   string       `json:"token,omitempty"`
}

func tokenOf(t store.Token, secret string) tokenJSON {
	return tokenJSON{ID: t.ID, Title: t.Title, Role: t.Role, By: t.By, Created: t.Created.UTC(), Last: someTime(t.Last), Revoked: someTime(t.Revoked), Token: secret}
}

func (s *Server) apiTokens(v *visit) (any, error) {
	out := listOf[tokenJSON]{Items: []tokenJSON{}}
	err := v.read(func(tx *store.Tx) error {
		all, err := tx.Tokens()
		for _, t := range all {
			out.Items = append(out.Items, tokenOf(t, ""))
		}
		return err
	})
	return out, err
}

// newToken is the body of POST /api/v1/admin/tokens.
type newToken struct {
	Title string       `json:"title"`
	Role  earshot.Role `json:"role"`
}

func (s *Server) apiNewToken(v *visit) (any, error) {
	var q newToken
	if err := v.decode(&q, `{"title","role"}`); err != nil {
		return nil, err
	}
	secret, t, err := v.makeToken(q.Title, q.Role)
	return tokenOf(t, secret), err
}

// shareLinkJSON is a share link; Link is told only when it is made.
type shareLinkJSON struct {
	ID      int64      `json:"id"`
	Case    string     `json:"case"`
	By      string     `json:"by"`
	Created time.Time  `json:"created"`
	Ends    time.Time  `json:"ends"`
	Last    *time.Time `json:"last_opened,omitempty"`
	Link    string     `json:"link,omitempty"`
}

func shareOf(s store.Share, link string) shareLinkJSON {
	return shareLinkJSON{ID: s.ID, Case: s.Case, By: s.By, Created: s.Created.UTC(), Ends: s.Ends.UTC(), Last: someTime(s.Last), Link: link}
}

func (s *Server) apiShares(v *visit) (any, error) {
	out := listOf[shareLinkJSON]{Items: []shareLinkJSON{}}
	err := v.read(func(tx *store.Tx) error {
		all, err := tx.Shares(v.r.URL.Query().Get("case"), v.Now)
		for _, one := range all {
			out.Items = append(out.Items, shareOf(one, ""))
		}
		return err
	})
	return out, err
}

// newShare is the body of POST /api/v1/cases/{id}/shares.
type newShare struct {
	Hours int `json:"hours"` // 1 to 2160
}

func (s *Server) apiShare(v *visit) (any, error) {
	var q newShare
	if err := v.decode(&q, `{"hours"}`); err != nil {
		return nil, err
	}
	if q.Hours < 0 || q.Hours > int(maxShare/time.Hour) {
		q.Hours = 0 // refused below, with what is allowed
	}
	link, made, err := v.makeShare(v.r.PathValue("id"), time.Duration(q.Hours)*time.Hour)
	return shareOf(made, link), err
}
