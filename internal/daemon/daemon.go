package daemon

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"earshot"
	"earshot/alert/slack"
	"earshot/classify"
	"earshot/config"
	"earshot/crawler"
	"earshot/internal/insight"
	"earshot/internal/store"
	"earshot/internal/web"
)

// Options are what the daemon takes from outside. Clock, Transport, Resolver and
// Rand make both test worlds possible; the rest has defaults.
type Options struct {
	Path      string // of the config, read again by Reload
	Load      func() (*config.Config, []*earshot.Fault)
	Clock     func() time.Time  // nil is time.Now
	Transport http.RoundTripper // of the crawler and the notifiers; nil is the network
	Resolver  crawler.Resolver
	Rand      *rand.Rand
	ReadFile  func(string) ([]byte, error) // of OPML and model files; nil is os.ReadFile
	Logger    *slog.Logger
	Version   string
	NoSecrets bool                   // check only: build nothing that needs a secret
	Open      bool                   // the dashboard asks nobody who they are, on loopback; for the demo
	Headless  bool                   // no dashboard and no listener; for tests on virtual time
	OnReload  func(restart []string) // told which changed keys need a restart; nil tells nobody
}

// Daemon is the running product as a value: New, Start, Stop; Reload and Do in
// between.
type Daemon struct {
	opt     Options
	log     *slog.Logger
	name    string // of this process, for leases
	store   *store.Store
	metrics *metrics
	setup   atomic.Pointer[setup]
	loops   *loops
	clean   cleanup
	started time.Time
	stopped sync.Once
	stopErr error
	reload  sync.Mutex
	url     atomic.Value // string
	listen  net.Listener
	door    *slack.Door // nil if Slack gives us no clicks

	fetching, working, sending             slots
	troubles                               troubles
	pokeRead, pokeWork, pokeSend, pokeTick chan struct{}
	looking                                chan struct{} // holds one while a person tests an address
	pokeOpinion                            chan struct{}

	away     bool      // nothing was heard for a day before the start, though there are sources
	welcomed bool      // of the tick loop only
	ticked   time.Time // of the tick loop only: its last look
	believed time.Time // of the tick loop only: until then a clock that leapt ahead calls nobody late
	spikesAt time.Time // of the tick loop only: its last look at spikes

	listenedAt time.Time                         // of the tick loop only: its last diagnosis
	findings   atomic.Pointer[[]insight.Finding] // what it found

	learnt, layerSeen time.Time // of the learn loop only: its last night, and last look at the layer
}

// Faults is what a config that cannot be used gives: all its faults.
type Faults struct {
	Config *config.Config
	List   []*earshot.Fault
}

// Error lists the faults, one a line, each with its place.
func (f *Faults) Error() string {
	var b strings.Builder
	if err := config.Report(&b, f.Config, f.List); err != nil {
		return err.Error()
	}
	return strings.TrimRight(b.String(), "\n")
}

// Check reads a config as the daemon would, rooms included, and returns all
// faults; warnings are among them.
func Check(cfg *config.Config, faults []*earshot.Fault, o Options) []*earshot.Fault {
	if config.Broken(faults) {
		return faults
	}
	d := blank(o)
	_, more := d.check(cfg)
	return append(faults, more...)
}

func blank(o Options) *Daemon {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.ReadFile == nil {
		o.ReadFile = os.ReadFile
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	d := &Daemon{opt: o, log: o.Logger, metrics: newMetrics(o.Version)}
	d.pokeRead, d.pokeWork, d.pokeSend, d.pokeTick = make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)
	d.looking = make(chan struct{}, 1)
	d.pokeOpinion = make(chan struct{}, 1)
	return d
}

// now is the one clock: UTC, in the store's milliseconds.
func (d *Daemon) now() time.Time { return d.opt.Clock().UTC().Truncate(time.Millisecond) }

// New reads the config, opens the store and builds everything that can fail. A
// config with faults gives a *Faults. Nothing runs yet; Stop frees what is held.
func New(ctx context.Context, o Options) (*Daemon, error) {
	d := blank(o)
	cfg, faults := o.Load()
	if config.Broken(faults) {
		return nil, &Faults{cfg, faults}
	}
	s, more := d.check(cfg)
	if s == nil {
		return nil, &Faults{cfg, append(faults, more...)}
	}
	for _, f := range append(faults, more...) {
		d.log.Warn("config", "warning", cfg.Describe(f))
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	d.name = fmt.Sprintf("%s/%d", host, os.Getpid())
	dsn, err := cfg.Storage.DSN.Reveal()
	if err != nil {
		return nil, fmt.Errorf("storage.dsn: %w", err)
	}
	if d.store, err = store.Open(ctx, dsn, store.Options{Lock: true}); err != nil {
		return nil, err
	}
	d.clean.add("store", func(context.Context) error { return d.store.Close() })
	d.metrics.registry.MustRegister(newPicture(d.store, d.now, func(err error) { d.log.Error("metrics", "err", err) }))
	d.metrics.prime(cfg.Brands)
	if err := d.taught(ctx, s); err != nil {
		return nil, errors.Join(err, d.clean.run(ctx))
	}
	d.setup.Store(s)
	d.fetching, d.working, d.sending = make(slots, cfg.Crawl.Concurrency), make(slots, workers), make(slots, senders)
	return d, nil
}

// Start opens the door, brings the sources up to date and starts the loops. On
// an error everything is stopped again.
func (d *Daemon) Start(ctx context.Context) error {
	d.started = d.now()
	if err := d.start(ctx); err != nil {
		return errors.Join(err, d.Stop(ctx))
	}
	return nil
}

func (d *Daemon) start(ctx context.Context) error {
	s := d.setup.Load()
	err := d.store.Write(ctx, func(tx *store.Tx) error {
		if d.store.Alone() {
			if err := tx.FreeLeases(); err != nil {
				return err
			}
		}
		return errors.Join(tx.SyncSources(s.sources, d.now()), tx.ResumeReceivers(), d.comeBack(tx))
	})
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	d.loops = newLoops(d.log, d.now)
	d.clean.add("loops", d.loops.stop)
	if err := d.openDoor(s); err != nil {
		return err
	}
	if !d.opt.Headless {
		if err := d.serve(s); err != nil {
			return err
		}
	}
	d.loops.loop("read", d.pokeRead, d.readStep)
	d.loops.loop("work", d.pokeWork, d.workStep)
	d.loops.loop("tick", d.pokeTick, d.tickStep)
	d.loops.loop("send", d.pokeSend, d.sendStep)
	d.learnt, d.layerSeen = d.now(), d.now()
	d.loops.loop("learn", nil, d.learnStep)
	d.loops.loop("opinion", d.pokeOpinion, d.opinionStep)
	return nil
}

// serve opens the dashboard's listener.
func (d *Daemon) serve(s *setup) error {
	w, err := web.New(d.webOptions(s))
	if err != nil {
		return err
	}
	if d.listen, err = net.Listen("tcp", s.cfg.HTTP.Listen); err != nil {
		return &earshot.Fault{Code: "http_listen", What: "cannot listen on " + s.cfg.HTTP.Listen, Do: "stop what uses it, or set another http.listen", Err: err}
	}
	d.url.Store("http://" + d.listen.Addr().String())
	server := &http.Server{Handler: w.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(d.log.Handler(), slog.LevelDebug)}
	d.loops.run(func() {
		if err := server.Serve(d.listen); !errors.Is(err, http.ErrServerClosed) {
			d.log.Error("dashboard", "err", err)
		}
	})
	d.clean.add("dashboard", server.Shutdown)
	return nil
}

func (d *Daemon) webOptions(s *setup) web.Options {
	people := func() earshot.People { return d.setup.Load().cfg.People }
	if d.opt.Open {
		people = nil
	}
	var events http.Handler
	if d.door != nil && s.cfg.Slack.SigningSecret.IsSet() {
		events = d.door
	}
	return web.Options{SlackEvents: events, Store: d.store, Now: d.now, Do: d.Do, Push: d.Push, Similar: d.Similar, Look: d.Look, Health: d.webHealth, Brands: func() []earshot.Brand { return d.setup.Load().cfg.Brands },
		People: people, Zone: s.cfg.Zone, PublicURL: s.cfg.HTTP.PublicURL, Loopback: loopback(s.cfg.HTTP.Listen), Metrics: d.metrics.handler(),
		MetricsMode: s.cfg.HTTP.Metrics, Ready: d.Ready, Reload: d.Reload, Logger: d.log, Version: d.opt.Version}
}

func loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// URL is where the dashboard listens, "" before Start.
func (d *Daemon) URL() string {
	u, ok := d.url.Load().(string)
	if !ok {
		return ""
	}
	return u
}

// base is where people reach the dashboard, without a slash at its end.
func (d *Daemon) base(s *setup) string {
	if s.cfg.HTTP.PublicURL != "" {
		return strings.TrimSuffix(s.cfg.HTTP.PublicURL, "/")
	}
	return d.URL()
}

// Ready says whether the daemon can do its work: the store takes writes and
// every loop is alive. Slack being down or a deaf source is a metric, not this.
func (d *Daemon) Ready(ctx context.Context) error {
	if err := d.store.Writable(ctx); err != nil {
		return fmt.Errorf("the store cannot be written: %w", err)
	}
	if name := d.loops.stuck(); name != "" {
		return fmt.Errorf("loop %s does not move", name)
	}
	return nil
}

// Reload reads the config again. A bad file changes nothing and gives a *Faults;
// a good one is built whole and then swapped in.
func (d *Daemon) Reload(ctx context.Context) error {
	d.reload.Lock()
	defer d.reload.Unlock()
	err := d.swap(ctx)
	d.metrics.reloadOK.Set(1)
	if err != nil {
		d.metrics.reloadOK.Set(0)
		d.log.Error("reload: the old config stays", "err", err)
	}
	return err
}

func (d *Daemon) swap(ctx context.Context) error {
	cfg, faults := d.opt.Load()
	if config.Broken(faults) {
		return &Faults{cfg, faults}
	}
	s, more := d.check(cfg)
	if s == nil {
		return &Faults{cfg, append(faults, more...)}
	}
	if err := d.store.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.SyncSources(s.sources, d.now()), tx.ResumeReceivers())
	}); err != nil {
		return fmt.Errorf("reload: %w", err)
	}
	if err := d.taught(ctx, s); err != nil {
		return fmt.Errorf("reload: %w", err)
	}
	old := d.setup.Swap(s)
	old.crawler.Close()
	d.troubles.forget()
	d.metrics.prime(cfg.Brands)
	for _, p := range []chan struct{}{d.pokeRead, d.pokeWork, d.pokeTick, d.pokeSend} {
		poke(p)
	}
	restart := config.Restart(old.cfg, cfg)
	d.log.Info("config reloaded", "needs_restart", restart)
	if d.opt.OnReload != nil {
		d.opt.OnReload(restart)
	}
	return nil
}

// Stop ends everything in the reverse order of its start, within ctx's deadline.
// It may be called more than once.
func (d *Daemon) Stop(ctx context.Context) error {
	d.stopped.Do(func() { d.stopErr = d.clean.run(ctx) })
	return d.stopErr
}

// model loads the built-in model, or the file the config names.
func (d *Daemon) model(path string) (*classify.Model, error) {
	if path == "" {
		return classify.DefaultModel()
	}
	b, err := d.opt.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return classify.LoadModel(b)
}
