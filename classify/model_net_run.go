package classify

// netScratch is the network's part of the scratch. All matrices are row by
// row, one row a token.
type netScratch struct {
	sentiment [3]float32
	intent    [5]float32

	picked  []int32 // the tokens that are read
	rows    []int32
	weights []float32
	x       []float32
	gates   []float32 // tokens x 6 hidden: both ways
	states  []float32 // tokens x 2 hidden
	keys    []float32
	att     []float32 // tokens x netHeads
	rec     []float32 // 3 hidden
	query   []float32
	feats   []float32
	hidden  []float32
	dense   [NetDense]float32
	zero    []float32
}

func sized(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}

// prepare sizes the buffers for n tokens.
func (q *netScratch) prepare(z NetShape, n int) {
	q.x, q.gates = sized(q.x, n*z.Input), sized(q.gates, n*6*z.Hidden)
	q.states, q.keys, q.att = sized(q.states, n*2*z.Hidden), sized(q.keys, n*z.Attention), sized(q.att, n*netHeads)
	q.rec, q.query = sized(q.rec, 3*z.Hidden), sized(q.query, z.Attention)
	q.feats, q.hidden = sized(q.feats, z.Features()), sized(q.hidden, z.Sentiment+z.Intent)
	q.zero = sized(q.zero, 2*z.Hidden)
	clear(q.zero)
}

// score runs the network over what s has read and leaves the probabilities in
// s.net.
func (n *network) score(s *featureScratch, channel int) {
	q, z := &s.net, n.shape
	a, b, c, d := s.netWindow()
	q.picked = q.picked[:0]
	target := -1
	for i := a; i < d; i++ {
		if i >= b && i < c {
			continue
		}
		if i == s.target {
			target = len(q.picked)
		}
		q.picked = append(q.picked, int32(i))
	}
	q.prepare(z, len(q.picked))
	n.embed(s, channel)
	matmul(q.x, n.in, q.gates, len(q.picked), z.Input, 6*z.Hidden)
	n.recur(q, 0)
	n.recur(q, 1)
	state := q.zero
	if target >= 0 {
		state = q.states[target*2*z.Hidden:][:2*z.Hidden]
	}
	n.attend(s, state)
	n.pool(q, state)
	s.netDense(&q.dense)
	copy(q.feats[8*z.Hidden:], q.dense[:])
	n.heads(q, channel, s.langIdx)
}

// embed fills q.x: the sum of a token's rows, and what its place, shape,
// channel and language add.
func (n *network) embed(s *featureScratch, channel int) {
	q, w := &s.net, n.shape.Input
	for k, i := range q.picked {
		x := q.x[k*w:][:w]
		copy(x, n.pos[s.position(int(i))*w:][:w])
		addTo(x, n.channel[channel*w:][:w], 1)
		addTo(x, n.lang[s.langIdx*w:][:w], 1)
		shape := s.netShape(int(i))
		for b := range NetShapes {
			if shape>>b&1 != 0 {
				addTo(x, n.shapes[b*w:][:w], 1)
			}
		}
		for e, v := range s.netExtra(int(i)) {
			if v != 0 {
				addTo(x, n.extra[e*w:][:w], v)
			}
		}
		q.rows, q.weights = s.rowsOf(int(i), n.vocab, q.rows[:0], q.weights[:0])
		for j, r := range q.rows {
			n.addRow(x, r, q.weights[j])
		}
	}
}

// addRow adds a row of the table to x.
func (n *network) addRow(x []float32, row int32, weight float32) {
	weight *= n.scale(row)
	r := n.table[int(row)*len(x):][:len(x)]
	for k, v := range r {
		x[k] += weight * float32(int8(v))
	}
}

// addTo adds w v to x.
func addTo(x, v []float32, w float32) {
	v = v[:len(x)]
	for k, y := range v {
		x[k] += w * y
	}
}

// recur runs the GRU one way: h' = (1-z) n + z h, n = tanh(x W + r (h U + b)).
func (n *network) recur(q *netScratch, way int) {
	hd, rec := n.shape.Hidden, n.recF
	if way == 1 {
		rec = n.recB
	}
	inBias, recBias := n.inBias[way*3*hd:][:3*hd], n.recBias[way*3*hd:][:3*hd]
	prev := q.zero[:hd]
	steps := len(q.picked)
	for s := range steps {
		t := s
		if way == 1 {
			t = steps - 1 - s
		}
		matvec(rec, prev, q.rec)
		h := q.states[t*2*hd+way*hd:][:hd]
		gru(q.gates[t*6*hd+way*3*hd:][:3*hd], q.rec, inBias, recBias, prev, h)
		prev = h
	}
}

// gru computes one step of the recurrence into h. It uses up rec.
func gru(in, rec, inBias, recBias, prev, h []float32) {
	hd := len(h)
	n := 3 * hd
	in, rec, inBias, recBias, prev = in[:n], rec[:n], inBias[:n], recBias[:n], prev[:hd]
	gates := rec[:2*hd]
	for k, v := range gates {
		gates[k] = .5 * (in[k] + inBias[k] + v + recBias[k])
	}
	tanhs(gates)
	z, r, fresh := rec[:hd], rec[hd:2*hd], rec[2*hd:n]
	in, inBias, recBias = in[2*hd:], inBias[2*hd:], recBias[2*hd:]
	for k, v := range fresh {
		fresh[k] = in[k] + inBias[k] + (.5*r[k]+.5)*(v+recBias[k])
	}
	tanhs(fresh)
	for k, f := range fresh {
		h[k] = f + (.5*z[k]+.5)*(prev[k]-f)
	}
}

// attend fills q.att: two softmaxes over the tokens.
func (n *network) attend(s *featureScratch, state []float32) {
	q, z := &s.net, n.shape
	matvec(n.query, state, q.query)
	addTo(q.query, n.keyBias, 1)
	matmul(q.states, n.key, q.keys, len(q.picked), 2*z.Hidden, z.Attention)
	for k, i := range q.picked {
		key := q.keys[k*z.Attention:][:z.Attention]
		addTo(key, q.query, 1)
		tanhs(key)
		pos := s.position(int(i))
		for a := range netHeads {
			q.att[a*len(q.picked)+k] = n.attPos[pos*netHeads+a] + dot32(n.att[a*z.Attention:][:z.Attention], key)
		}
	}
	for a := range netHeads {
		if len(q.picked) > 0 {
			softmax(q.att[a*len(q.picked):][:len(q.picked)])
		}
	}
}

// pool fills q.feats up to the passage's numbers.
func (n *network) pool(q *netScratch, state []float32) {
	w := 2 * n.shape.Hidden
	clear(q.feats)
	top := q.feats[netHeads*w:][:w]
	for t := range q.picked {
		h := q.states[t*w:][:w]
		for a := range netHeads {
			addTo(q.feats[a*w:][:w], h, q.att[a*len(q.picked)+t])
		}
		for k, v := range h {
			if t == 0 || v > top[k] {
				top[k] = v
			}
		}
	}
	copy(q.feats[(netHeads+1)*w:], state)
}

// heads computes both softmaxes.
func (n *network) heads(q *netScratch, channel, lang int) {
	wide, z := len(q.hidden), n.shape
	matvec(n.feat, q.feats, q.hidden)
	addTo(q.hidden, n.featBias, 1)
	addTo(q.hidden, n.featChan[channel*wide:][:wide], 1)
	addTo(q.hidden, n.featLang[lang*wide:][:wide], 1)
	for k, v := range q.hidden {
		q.hidden[k] = max(v, 0)
	}
	for k := range q.sentiment {
		q.sentiment[k] = n.sentBias[k] + dot32(n.sent[k*z.Sentiment:][:z.Sentiment], q.hidden[:z.Sentiment])
	}
	for k := range q.intent {
		q.intent[k] = n.intentBias[k] + dot32(n.intent[k*z.Intent:][:z.Intent], q.hidden[z.Sentiment:])
	}
	softmax(q.sentiment[:])
	softmax(q.intent[:])
}
