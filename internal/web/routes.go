package web

import (
	"net/http"
	"strings"

	"earshot"
)

// route is one line of the route table. Open routes need no reader: health,
// static files, signing in, share links, signed Slack requests, and metrics by
// its mode.
type route struct {
	pattern string
	open    bool
	anyHost bool         // reached under a public name: signed Slack requests
	role    earshot.Role // who may use it; "" is a viewer for what reads, a responder for what acts
	handler http.Handler
}

// address is the route's path, without its method.
func (rt route) address() string {
	_, address, ok := strings.Cut(rt.pattern, " ")
	if !ok {
		return rt.pattern
	}
	return address
}

// programs says whether programs use the route, and may bring a token.
func (rt route) programs() bool { return forPrograms(rt.address()) || rt.address() == "/-/reload" }

// least is the least role that may use the route.
func (rt route) least() earshot.Role {
	switch {
	case rt.role != "":
		return rt.role
	case strings.HasPrefix(rt.pattern, "GET ") || !strings.Contains(rt.pattern, " "):
		return earshot.Viewer
	}
	return earshot.Responder
}

// table lists every route; tests walk it.
func (s *Server) table() []route {
	routes := []route{
		{pattern: "GET /{$}", handler: s.page(s.today)},
		{pattern: "GET /cases", handler: s.page(s.cases)},
		{pattern: "POST /cases", handler: s.page(s.bulk)},
		{pattern: "GET /cases/{id}", handler: s.page(s.caseDetail)},
		{pattern: "POST /cases/{id}/{verb}", handler: s.page(s.act)},
		{pattern: "GET /mentions", handler: s.page(s.mentions)},
		{pattern: "GET /alerts", handler: s.page(s.alerts)},
		{pattern: "GET /why", handler: s.page(s.why)},
		{pattern: "POST /mutes", handler: s.page(s.mute)},
		{pattern: "GET /league", handler: s.page(s.league)},
		{pattern: "GET /reports", handler: s.page(s.reports)},
		{pattern: "GET /reports/{week}", handler: s.page(s.report)},
		{pattern: "GET /trends", handler: s.page(s.trends)},
		{pattern: "GET /causes", handler: s.page(s.causes)},
		{pattern: "GET /people", handler: s.page(s.people)},
		{pattern: "GET /rules", handler: s.page(s.rules)},
		{pattern: "GET /review", handler: s.page(s.review)},
		{pattern: "GET /admin", role: earshot.Admin, handler: s.page(s.admin)},
		{pattern: "GET /sources", handler: s.page(s.sources)},
		{pattern: "GET /sources/{id}", handler: s.page(s.source)},
		{pattern: "POST /sources/{id}/pause", handler: s.page(s.pauseSource)},
		{pattern: "POST /sources/{id}/look", handler: s.page(s.lookSource)},
		{pattern: "POST /sources", handler: s.page(s.lookAddress)},
		{pattern: "GET /static/{name...}", open: true, handler: s.assets},
		{pattern: "GET /-/healthy", open: true, handler: http.HandlerFunc(s.healthy)},
		{pattern: "GET /-/ready", open: true, handler: http.HandlerFunc(s.ready)},
		{pattern: "POST /-/reload", role: earshot.Admin, handler: s.plain(s.reload)},
		{pattern: "GET /metrics", open: true, handler: http.HandlerFunc(s.metrics)},
	}
	routes = append(append(append(append(routes, s.signing()...), s.doors()...), s.twins()...), s.api()...)
	if s.o.SlackEvents != nil {
		routes = append(routes, route{pattern: "POST /slack/events", open: true, anyHost: true, handler: s.o.SlackEvents})
	}
	return append(routes, route{pattern: "/", handler: s.page(s.missing)})
}

// signing are the routes of signing in and out.
func (s *Server) signing() []route {
	return []route{
		{pattern: "GET /login", open: true, handler: s.page(s.login)},
		{pattern: "POST /login", open: true, handler: s.page(s.signIn)},
		{pattern: "GET /login/{link}", open: true, handler: s.page(s.linkPage)},
		{pattern: "POST /login/{link}", open: true, handler: s.page(s.linkSet)},
		{pattern: "POST /logout", role: earshot.Viewer, handler: s.page(s.logout)},
		{pattern: "POST /logout/everywhere", role: earshot.Viewer, handler: s.page(s.logoutEverywhere)},
		{pattern: "GET /account", handler: s.page(s.account)},
		{pattern: "POST /account/password", role: earshot.Viewer, handler: s.page(s.newOwnPassword)},
	}
}

// doors are the routes that let others in: people, programs, readers of one case.
func (s *Server) doors() []route {
	return []route{
		{pattern: "POST /admin/people/{name}/link", role: earshot.Admin, handler: s.page(s.adminLink)},
		{pattern: "POST /admin/people/{name}/logout", role: earshot.Admin, handler: s.page(s.adminSignOut)},
		{pattern: "POST /admin/tokens", role: earshot.Admin, handler: s.page(s.adminToken)},
		{pattern: "POST /admin/tokens/{token}/revoke", role: earshot.Admin, handler: s.page(s.adminRevoke)},
		{pattern: "GET /cases/{id}/share", role: earshot.Responder, handler: s.page(s.share)},
		{pattern: "POST /cases/{id}/share", handler: s.page(s.shareCase)},
		{pattern: "POST /shares/{share}/revoke", handler: s.page(s.unshare)},
		{pattern: "GET /shared/{link}", open: true, handler: s.page(s.shared)},
	}
}

// guarded puts the route table behind what holds for every request.
func (s *Server) guarded() (http.Handler, error) {
	mux := http.NewServeMux()
	for _, r := range s.routes {
		h := r.handler
		if !r.open {
			h = s.identified(r, h)
		}
		if !r.anyHost {
			h = s.knownHost(s.sameSite(h))
		}
		mux.Handle(r.pattern, h)
	}
	return headers(mux), nil
}
