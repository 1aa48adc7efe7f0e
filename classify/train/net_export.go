package train

import "earshot/classify"

// Section quantises the network into its part of the model file. The
// projection of the vectors is folded into the table: rows of Input values.
func (n *Net) Section(prints []uint32) (classify.Section, error) {
	z := n.size
	rows := len(n.table) / z.Vector
	folded := make([]float32, rows*z.Input)
	gemm(rows, z.Input, z.Vector, n.table, z.Vector, 1, n.lay.proj.of(n.dense), z.Input, folded, z.Input)
	b, err := classify.EncodeNet(z.shape(), prints, folded, n.matrices())
	return classify.Section{Tag: classify.SectionNet, Payload: b}, err
}

// shape is what the model file calls the sizes.
func (z NetSize) shape() classify.NetShape {
	return classify.NetShape{Input: z.Input, Hidden: z.Hidden, Attention: z.Attention, Sentiment: z.Sentiment, Intent: z.Intent}
}

// sections are the two parts of the file: a network, and those that read blog
// prose over the same words.
func sections(public *Net, prose []*Net, prints []uint32) ([]classify.Section, error) {
	first, err := public.Section(prints)
	if err != nil {
		return nil, err
	}
	var weights [][][]float32
	for _, n := range prose {
		weights = append(weights, n.matrices())
	}
	b, err := classify.EncodeProse(public.size.shape(), weights)
	return []classify.Section{first, {Tag: classify.SectionProse, Payload: b}}, err
}

// matrices lists the dense weights in the order and orientation of the file:
// what multiplies stands out x in.
func (n *Net) matrices() [][]float32 {
	l, z := n.lay, n.size
	plain := func(s span) []float32 { return s.of(n.dense) }
	turned := func(s span) []float32 {
		out := make([]float32, s.rows*s.cols)
		transpose(s.of(n.dense), s.rows, s.cols, out)
		return out
	}
	f, b := l.gru[0], l.gru[1]
	return [][]float32{
		plain(l.proj)[z.Vector*z.Input:], plain(l.pos), plain(l.shape), plain(l.channel), plain(l.lang),
		append(turned(f.in), turned(b.in)...), append(append([]float32(nil), plain(f.inBias)...), plain(b.inBias)...),
		turned(f.rec), turned(b.rec), append(append([]float32(nil), plain(f.recBias)...), plain(b.recBias)...),
		turned(l.key), turned(l.query), plain(l.keyBias), turned(l.att), plain(l.attPos),
		turned(l.feat), plain(l.featBias), plain(l.featChan), plain(l.featLang),
		turned(l.sent), plain(l.sentBias), turned(l.intent), plain(l.intentBias),
	}
}
