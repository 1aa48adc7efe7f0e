package classify

import (
	_ "embed"
	"fmt"
	"math"
	"sync"
)

//go:embed model.bin
var modelBytes []byte

// Scores are calibrated probabilities for one passage.
type Scores struct {
	// Sentiment holds negative, neutral, positive; it sums to 1.
	Sentiment [3]float64
	// Intent holds complaint, compliment, question, request, none; it sums to 1.
	Intent [5]float64
}

// Model is the statistical judge: a hashed linear model and, where the file
// has one, a small network. It is safe for use by several goroutines.
type Model struct {
	version   string
	file      []byte         // what the model was read from
	sizes     map[string]int // bytes of each section
	lists     wordLists
	sentiment *head
	intent    *head
	channel   *head
	mix       Mix
	net       *network   // of everything but blog prose
	prose     []*network // of blog prose, whose mean counts; net if the file has no others
	pool      *sync.Pool
}

// DefaultModel returns the model that is built in.
func DefaultModel() (*Model, error) {
	m, err := LoadModel(modelBytes)
	if err != nil {
		return nil, fmt.Errorf("built-in model: %w", err)
	}
	return m, nil
}

// LoadModel reads a model file. It keeps b and never writes to it. The error
// says what is wrong with the bytes.
func LoadModel(b []byte) (*Model, error) {
	parts, err := decodeFile(b)
	if err != nil {
		return nil, err
	}
	m := &Model{version: fileVersion(b), file: b, sizes: map[string]int{}, pool: newScratchPool()}
	for tag, part := range parts {
		m.sizes[tag] = len(part)
	}
	if m.lists.valences, err = decodeLexicon(parts[SectionLexicon]); err != nil {
		return nil, err
	}
	if m.lists.concepts, err = decodeConcepts(parts[SectionConcepts]); err != nil {
		return nil, err
	}
	if err := m.decodeHeads(parts); err != nil {
		return nil, err
	}
	if m.mix, err = decodeMix(parts[SectionMix]); err != nil {
		return nil, err
	}
	return m, m.decodeNetworks(parts)
}

// decodeNetworks reads the network, if there is one, and its weights for blog
// prose, if there are any.
func (m *Model) decodeNetworks(parts map[string][]byte) (err error) {
	b, ok := parts[SectionNet]
	if !ok {
		return nil
	}
	if m.net, err = decodeNetwork(b); err != nil {
		return err
	}
	m.prose = []*network{m.net}
	if b, ok = parts[SectionProse]; ok {
		m.prose, err = m.net.proseReaders(b)
	}
	return err
}

// read runs the network over what s has read, for blog prose the mean of
// several, and leaves the probabilities in s.net.
func (m *Model) read(s *featureScratch, channel int) {
	if channel != channelBlog {
		m.net.score(s, channel)
		return
	}
	var a [3]float32
	var b [5]float32
	w := 1 / float32(len(m.prose))
	for _, n := range m.prose {
		n.score(s, channel)
		addTo(a[:], s.net.sentiment[:], w)
		addTo(b[:], s.net.intent[:], w)
	}
	s.net.sentiment, s.net.intent = a, b
}

func (m *Model) decodeHeads(parts map[string][]byte) error {
	for _, h := range []struct {
		tag     string
		classes int
		to      **head
	}{
		{SectionSentiment, 3, &m.sentiment}, {SectionIntent, 5, &m.intent}, {SectionChannel, channelCount, &m.channel},
	} {
		got, err := decodeHead(parts[h.tag])
		if err != nil {
			return fmt.Errorf("section %q: %w", h.tag, err)
		}
		if got.classes != h.classes {
			return fmt.Errorf("section %q: %d classes, want %d", h.tag, got.classes, h.classes)
		}
		*h.to = got
	}
	return nil
}

// Version names the model: the format and the first bytes of its content hash.
func (m *Model) Version() string { return m.version }

// Score judges one passage. It never fails: of an empty or unreadable text it
// says what it would say of no words at all.
func (m *Model) Score(p Passage) Scores {
	s := m.pool.Get().(*featureScratch)
	defer m.pool.Put(s)
	ch := m.prepare(s, p)
	var a, b [8]float32
	m.sentiment.score(s.out, &a)
	m.intent.score(s.out, &b)
	softmax(a[:3])
	softmax(b[:5])
	if m.net == nil || ch != channelBlog && m.sure(a[:3], b[:5]) {
		m.mix.Couple(ch, a[:3], b[:5])
		return calibrated(a[:3], b[:5], m.mix.GateT[ch], m.mix.GateIntentT[ch])
	}
	m.read(s, ch)
	blend(a[:3], s.net.sentiment[:], m.mix.Sentiment[ch])
	blend(b[:5], s.net.intent[:], m.mix.Intent[ch])
	m.mix.Couple(ch, a[:3], b[:5])
	return calibrated(a[:3], b[:5], m.mix.SentimentT[ch], m.mix.IntentT[ch])
}

// Couple lets each head heed the other, in blog prose: with link L,
// p(s) becomes p(s) (sum_i L(s,i) p(i))^LinkSentiment, and p(i) becomes
// p(i) (sum_s L(s,i) p(s))^LinkIntent, both renormalised.
func (m *Mix) Couple(channel int, sentiment, intent []float32) {
	if channel != channelBlog || m.LinkSentiment+m.LinkIntent == 0 {
		return
	}
	var s [3]float32
	var t [5]float32
	for i, p := range sentiment {
		for k, q := range intent {
			s[i] += m.Link[i*5+k] * q
			t[k] += m.Link[i*5+k] * p
		}
	}
	heed(sentiment, s[:], m.LinkSentiment)
	heed(intent, t[:], m.LinkIntent)
}

// heed multiplies p by evidence^w and normalises it.
func heed(p, evidence []float32, w float32) {
	var sum float32
	for i, e := range evidence {
		p[i] *= float32(math.Pow(float64(max(e, 1e-6)), float64(w)))
		sum += p[i]
	}
	for i := range p {
		p[i] /= max(sum, 1e-30)
	}
}

// Parts returns what the linear model and the network say of a passage before
// they are mixed and calibrated, and the number of the channel. ok is false if
// the model has no network. The trainer fits the Mix from them.
func (m *Model) Parts(p Passage) (linear, net Scores, channel int, ok bool) {
	s := m.pool.Get().(*featureScratch)
	defer m.pool.Put(s)
	channel = m.prepare(s, p)
	var a, b [8]float32
	m.sentiment.score(s.out, &a)
	m.intent.score(s.out, &b)
	softmax(a[:3])
	softmax(b[:5])
	linear = calibrated(a[:3], b[:5], 1, 1)
	if m.net == nil {
		return linear, linear, channel, false
	}
	m.read(s, channel)
	return linear, calibrated(s.net.sentiment[:], s.net.intent[:], 1, 1), channel, true
}

// prepare reads the passage and computes the linear features; it returns the
// channel, guessed if the passage names none.
func (m *Model) prepare(s *featureScratch, p Passage) int {
	s.read(p, m.lists)
	shared := s.linear()
	ch := channelIndex(p.Channel, p.Lang)
	if ch == channelGuess {
		var z [8]float32
		m.channel.score(s.out, &z)
		ch = argmax(z[:channelCount])
	}
	s.copies(shared, ch)
	return ch
}

// sure tells whether the linear model needs no second opinion. In blog prose it
// always needs one: there it is surest of short plain sentences, and errs in
// them ("nobody ever called me back").
func (m *Model) sure(sentiment, intent []float32) bool {
	return sentiment[argmax(sentiment)] >= m.mix.Gate && intent[argmax(intent)] >= m.mix.Gate
}

// blend moves p towards q by w.
func blend(p, q []float32, w float32) {
	for i := range p {
		p[i] += w * (q[i] - p[i])
	}
}

// calibrated applies the temperatures and returns doubles that sum to 1.
func calibrated(sentiment, intent []float32, ts, ti float32) (out Scores) {
	soften(sentiment, ts, out.Sentiment[:])
	soften(intent, ti, out.Intent[:])
	return out
}

// soften writes p^(1/t), renormalised.
func soften(p []float32, t float32, out []float64) {
	sum := 0.0
	for i, x := range p {
		out[i] = math.Pow(max(float64(x), 1e-9), 1/float64(t))
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
}

// Bytes returns the file the model was read from. Do not change it.
func (m *Model) Bytes() []byte { return m.file }

// Describe tells, a line each, what the file holds.
func (m *Model) Describe() string {
	out := fmt.Sprintf("version %s\nbytes %d\n", m.version, len(m.file))
	for _, tag := range []string{SectionLexicon, SectionConcepts, SectionSentiment, SectionIntent, SectionChannel, SectionMix, SectionNet, SectionProse} {
		if n, ok := m.sizes[tag]; ok {
			out += fmt.Sprintf("section %s %d bytes\n", tag, n)
		}
	}
	return out
}
