package web

import (
	"net/http"
)

// route is one line of the route table. Open routes need no reader: health,
// static files, signed Slack requests, and metrics by its mode.
type route struct {
	pattern string
	open    bool
	anyHost bool // reached under a public name: signed Slack requests
	handler http.Handler
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
		{pattern: "GET /people", handler: s.page(s.people)},
		{pattern: "GET /rules", handler: s.page(s.rules)},
		{pattern: "GET /review", handler: s.page(s.review)},
		{pattern: "GET /admin", handler: s.page(s.admin)},
		{pattern: "GET /sources", handler: s.page(s.sources)},
		{pattern: "GET /sources/{id}", handler: s.page(s.source)},
		{pattern: "GET /static/{name...}", open: true, handler: s.assets},
		{pattern: "GET /-/healthy", open: true, handler: http.HandlerFunc(s.healthy)},
		{pattern: "GET /-/ready", open: true, handler: http.HandlerFunc(s.ready)},
		{pattern: "POST /-/reload", handler: s.plain(s.reload)},
		{pattern: "GET /metrics", open: true, handler: http.HandlerFunc(s.metrics)},
	}
	routes = append(append(routes, s.twins()...), s.api()...)
	if s.o.SlackEvents != nil {
		routes = append(routes, route{pattern: "POST /slack/events", open: true, anyHost: true, handler: s.o.SlackEvents})
	}
	return append(routes, route{pattern: "/", handler: s.page(s.missing)})
}

// guarded puts the route table behind what holds for every request.
func (s *Server) guarded() (http.Handler, error) {
	mux := http.NewServeMux()
	for _, r := range s.routes {
		h := r.handler
		if !r.open {
			h = s.identified(h)
		}
		if !r.anyHost {
			h = s.knownHost(s.sameSite(h))
		}
		mux.Handle(r.pattern, h)
	}
	return headers(mux), nil
}
