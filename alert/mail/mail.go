// Package mail sends alerts by SMTP, with a plain and an HTML part. It may talk
// to the operator's mail server, and to nothing else.
package mail

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"

	"earshot"
	"earshot/alert"
)

const timeout = 30 * time.Second

// Config is how to send.
type Config struct {
	Server   string // host:port; 465 is TLS from the start, elsewhere STARTTLS is used if offered
	From     string
	User     string // "" is the address of From
	Password string // "" sends without signing in
	TLS      *tls.Config
	Dial     func(ctx context.Context, network, addr string) (net.Conn, error) // nil is the net's
}

// Notifier sends mails. It cannot change one, and whatever is in doubt is sent
// again under the same Message-ID.
type Notifier struct {
	config Config
	from   *mail.Address
	host   string
}

// New checks the addresses and makes a notifier.
func New(c Config) (*Notifier, error) {
	from, err := mail.ParseAddress(c.From)
	if err != nil {
		return nil, fmt.Errorf("mail: from %q: %w", c.From, err)
	}
	host, _, err := net.SplitHostPort(c.Server)
	if err != nil {
		return nil, fmt.Errorf("mail: smtp %q: want host:port: %w", c.Server, err)
	}
	if c.Dial == nil {
		c.Dial = (&net.Dialer{Timeout: timeout}).DialContext
	}
	if c.User == "" {
		c.User = from.Address
	}
	return &Notifier{config: c, from: from, host: host}, nil
}

// Notify sends the alert as a mail. Edits, and lines that are not to be shown
// to all, have nothing to change and are skipped.
func (n *Notifier) Notify(ctx context.Context, m alert.Message) (alert.Receipt, error) {
	switch {
	case m.Alert.Kind == earshot.AlertEdit:
		return alert.Receipt{Skipped: "a mail cannot be changed; the dashboard shows how things stand"}, nil
	case m.Alert.Kind == earshot.AlertLine && !m.Alert.Broadcast:
		return alert.Receipt{Skipped: "a mail for each step would be too many; the dashboard shows what happened"}, nil
	case m.Receiver.Mail == nil || len(m.Receiver.Mail.To) == 0:
		return alert.Receipt{}, &alert.SendError{Kind: alert.Gone, Err: fmt.Errorf("mail: receiver %q has no address", m.Receiver.Name)}
	case ctx.Err() != nil:
		return alert.Receipt{}, &alert.SendError{Kind: alert.Retry, Err: ctx.Err()}
	}
	to, err := addresses(m.Receiver.Mail.To)
	if err != nil {
		return alert.Receipt{}, &alert.SendError{Kind: alert.Gone, Err: err}
	}
	id := n.messageID(m.Alert.Key)
	raw, err := n.compose(m, to, id)
	if err != nil {
		return alert.Receipt{}, &alert.SendError{Kind: alert.Invalid, Err: err}
	}
	if err := n.send(ctx, to, raw); err != nil {
		return alert.Receipt{}, err
	}
	return alert.Receipt{Ref: map[string]string{"message_id": id}}, nil
}

func addresses(list []string) ([]*mail.Address, error) {
	var out []*mail.Address
	for _, s := range list {
		a, err := mail.ParseAddress(s)
		if err != nil {
			return nil, fmt.Errorf("mail: to %q: %w", s, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// messageID is the same for the same alert: a repeat is known as one.
func (n *Notifier) messageID(key string) string {
	sum := sha256.Sum256([]byte(key))
	_, domain, _ := strings.Cut(n.from.Address, "@")
	return "<" + hex.EncodeToString(sum[:12]) + "@" + domain + ">"
}

// send talks to the server. What fails before the text was handed over may be
// tried again; after that it is in doubt.
func (n *Notifier) send(ctx context.Context, to []*mail.Address, raw []byte) error {
	conn, err := n.config.Dial(ctx, "tcp", n.config.Server)
	if err != nil {
		return failed(alert.Retry, "connect", err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(timeout)); err != nil {
		return failed(alert.Retry, "connect", err)
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	c, err := n.greet(conn)
	if err != nil {
		return failed(alert.Retry, "greet", err)
	}
	if err := n.signIn(c); err != nil {
		return err
	}
	if err := c.Mail(n.from.Address); err != nil {
		return failed(alert.Retry, "sender", err)
	}
	for _, a := range to {
		if err := c.Rcpt(a.Address); err != nil {
			return recipientFailed(err)
		}
	}
	return deliver(c, raw)
}

func (n *Notifier) greet(conn net.Conn) (*smtp.Client, error) {
	if strings.HasSuffix(n.config.Server, ":465") {
		conn = tls.Client(conn, n.tls())
	}
	return smtp.NewClient(conn, n.host)
}

func (n *Notifier) tls() *tls.Config {
	c := n.config.TLS.Clone()
	if c == nil {
		c = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if c.ServerName == "" {
		c.ServerName = n.host
	}
	return c
}

// signIn starts TLS where it is offered, and signs in. The password never goes
// over an open line, but for a server on this machine.
func (n *Notifier) signIn(c *smtp.Client) error {
	if ok, _ := c.Extension("STARTTLS"); ok {
		if err := c.StartTLS(n.tls()); err != nil {
			return failed(alert.Retry, "start TLS", err)
		}
	}
	if n.config.Password == "" {
		return nil
	}
	if err := c.Auth(smtp.PlainAuth("", n.config.User, n.config.Password, n.host)); err != nil {
		if code(err) >= 400 && code(err) < 500 {
			return failed(alert.Retry, "sign in", err)
		}
		return &alert.SendError{Kind: alert.Auth, Err: fmt.Errorf("mail: sign in: %w", err)}
	}
	return nil
}

func deliver(c *smtp.Client, raw []byte) error {
	w, err := c.Data()
	if err != nil {
		return failed(alert.Retry, "text", err)
	}
	if _, err := w.Write(raw); err != nil {
		return failed(alert.Retry, "text", err)
	}
	if err := w.Close(); err != nil {
		return failed(alert.InDoubt, "hand over", err)
	}
	c.Quit() // it is theirs already, however they part
	return nil
}

// code is the server's answer code, 0 if it gave none.
func code(err error) int {
	if e, ok := errors.AsType[*textproto.Error](err); ok {
		return e.Code
	}
	return 0
}

// failed reads the server's answer: 4xx later, 5xx never, none as given.
func failed(none alert.ErrorKind, what string, err error) *alert.SendError {
	kind := none
	switch c := code(err); {
	case c == 530 || c == 535 || c == 534:
		kind = alert.Auth
	case c >= 500:
		kind = alert.Invalid
	case c >= 400:
		kind = alert.Retry
	}
	return &alert.SendError{Kind: kind, Err: fmt.Errorf("mail: %s: %w", what, err)}
}

// recipientFailed is an address that the server does not take.
func recipientFailed(err error) *alert.SendError {
	e := failed(alert.Retry, "recipient", err)
	if e.Kind == alert.Invalid {
		e.Kind = alert.Gone
	}
	return e
}
