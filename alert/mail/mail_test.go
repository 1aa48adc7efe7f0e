package mail

import (
	"bufio"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"earshot"
	"earshot/alert"
	"earshot/alert/alerttest"
)

const password = "smtp-password"

// server is a pretend mail server.
type server struct {
	addr string
	mu   sync.Mutex
	next alerttest.Fault
	raw  []string
}

func newServer(t *testing.T) *server {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{addr: l.Addr().String()}
	var conns sync.WaitGroup
	conns.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			conns.Go(func() { s.talk(c) })
		}
	})
	t.Cleanup(func() { l.Close(); conns.Wait() })
	return s
}

func (s *server) Fail(f alerttest.Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = f
}

func (s *server) take() alerttest.Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.next
	s.next = ""
	return f
}

func (s *server) talk(c net.Conn) {
	defer c.Close()
	in, fault := bufio.NewReader(c), s.take()
	say := func(line string) { fmt.Fprint(c, line+"\r\n") }
	if fault == alerttest.Down {
		say("421 not now")
		return
	}
	say("220 pretend")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " "); {
		case verb == "EHLO":
			say("250-pretend\r\n250 AUTH PLAIN")
		case verb == "AUTH" && fault == alerttest.Locked:
			say("535 wrong")
		case verb == "AUTH":
			say("235 welcome")
		case verb == "RCPT" && fault == alerttest.Busy:
			say("451 later")
		case verb == "RCPT" && fault == alerttest.Missing:
			say("550 no such person")
		case verb == "DATA":
			say("354 go on")
			if !s.data(in, fault, say) {
				return
			}
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *server) data(in *bufio.Reader, fault alerttest.Fault, say func(string)) bool {
	var raw strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		raw.WriteString(strings.TrimPrefix(line, "."))
	}
	if fault == alerttest.Refused {
		say("554 no")
		return true
	}
	s.mu.Lock()
	s.raw = append(s.raw, raw.String())
	s.mu.Unlock()
	if fault == alerttest.Swallow {
		return false
	}
	say("250 taken")
	return true
}

func (s *server) Deliveries() []alerttest.Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []alerttest.Delivery
	for _, raw := range s.raw {
		d, _, err := read(raw)
		if err != nil {
			d.Text = err.Error()
		}
		out = append(out, d)
	}
	return out
}

// read takes a mail apart as a mail program would.
func read(raw string) (alerttest.Delivery, mail.Header, error) {
	d := alerttest.Delivery{Raw: raw, Plain: true}
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		return d, nil, err
	}
	d.ID = m.Header.Get("Message-ID")
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return d, nil, err
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return d, nil, err
	}
	d.Text = subject
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return d, m.Header, nil
		}
		if err != nil {
			return d, nil, err
		}
		text, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			return d, nil, err
		}
		d.Text += "\n" + string(text)
		d.Plain = d.Plain && !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html")
	}
}

// inert says what hostile text could do in a mail.
func inert(raw string) error {
	d, head, err := read(raw)
	if err != nil {
		return err
	}
	if head.Get("Bcc") != "" || len(head["To"]) != 1 || len(head["Subject"]) != 1 {
		return fmt.Errorf("headers came in: %v", head)
	}
	_, html, _ := strings.Cut(d.Text, "<!doctype")
	for _, bad := range []string{"<script", "<img", `href="javascript:`} {
		if strings.Contains(html, bad) {
			return fmt.Errorf("%s is alive in %s", bad, html)
		}
	}
	return nil
}

func door(t *testing.T) (alerttest.Door, *server) {
	s := newServer(t)
	n, err := New(Config{Server: s.addr, From: "Earshot <earshot@example.org>", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return alerttest.Door{
		Notifier: n, Other: s, Secrets: []string{password}, Inert: inert,
		Receiver: earshot.Receiver{Name: "desk", Mail: &earshot.MailTarget{To: []string{"Desk <desk@example.org>", "ben@example.org"}}},
		Kinds: map[alerttest.Fault]alert.ErrorKind{alerttest.Busy: alert.Retry, alerttest.Down: alert.Retry, alerttest.Missing: alert.Gone,
			alerttest.Refused: alert.Invalid, alerttest.Locked: alert.Auth, alerttest.Swallow: alert.InDoubt},
	}, s
}

func TestMail(t *testing.T) {
	alerttest.Run(t, func(t *testing.T) alerttest.Door { d, _ := door(t); return d })
}

func TestHeaders(t *testing.T) {
	d, s := door(t)
	m := d.Card("c7k2/card/1/desk")
	first, err := d.Notifier.Notify(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	m.Alert.Kind, m.Alert.Key, m.Alert.Event, m.Alert.Broadcast, m.Previous = earshot.AlertLine, "c7k2/line/2/desk", earshot.EventReopened, true, &first
	if _, err := d.Notifier.Notify(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	_, card, err := read(s.raw[0])
	if err != nil {
		t.Fatal(err)
	}
	_, line, err := read(s.raw[1])
	if err != nil {
		t.Fatal(err)
	}
	if card.Get("Subject") != "Complaint - AAA - Three hours at the roadside" || card.Get("Auto-Submitted") != "auto-generated" || card.Get("To") != `"Desk" <desk@example.org>, <ben@example.org>` {
		t.Errorf("%v", card)
	}
	if line.Get("In-Reply-To") != card.Get("Message-ID") || line.Get("Message-ID") == card.Get("Message-ID") {
		t.Errorf("the line does not join the card's thread: %v", line)
	}
}

func TestNew(t *testing.T) {
	for _, c := range []Config{{Server: "mail.example.org:587", From: "not an address"}, {Server: "mail.example.org", From: "a@example.org"}} {
		if _, err := New(c); err == nil {
			t.Errorf("%+v was taken", c)
		}
	}
}
