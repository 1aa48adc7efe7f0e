package classify

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// NetShape are the widths of the network in a model file.
type NetShape struct {
	Input     int // of a token's vector
	Hidden    int // of the GRU, each way
	Attention int
	Sentiment int // hidden layer of the sentiment head
	Intent    int // hidden layer of the intent head
}

// netHeads is the number of attention heads.
const netHeads = 2

// Features is the width of what the two heads read: two weighted sums of the
// states, their maximum, the target's state, and the passage's numbers.
func (z NetShape) Features() int { return 8*z.Hidden + NetDense }

// NetMatrix is a matrix of the file: Rows x Cols, row by row.
type NetMatrix struct{ Rows, Cols int }

// NetMatrices lists the dense matrices of a shape in the order of the file.
// Those that multiply stand out x in, so that their rows are read in one go.
func NetMatrices(z NetShape) []NetMatrix {
	wide, h3, h2 := z.Sentiment+z.Intent, 3*z.Hidden, 2*z.Hidden
	return []NetMatrix{
		{NetExtras, z.Input}, {NetPositions, z.Input}, {NetShapes, z.Input}, {channelCount, z.Input}, {langCount, z.Input},
		{2 * h3, z.Input}, {2, h3}, // both ways: into the gates
		{h3, z.Hidden}, {h3, z.Hidden}, {2, h3}, // from state to gates
		{z.Attention, h2}, {z.Attention, h2}, {1, z.Attention}, {netHeads, z.Attention}, {NetPositions, netHeads},
		{wide, z.Features()}, {1, wide}, {channelCount, wide}, {langCount, wide},
		{3, z.Sentiment}, {1, 3}, {5, z.Intent}, {1, 5},
	}
}

// network is the small recurrent network of a model.
type network struct {
	shape  NetShape
	vocab  *vocabulary
	scales []byte // one for each row of the table, the upper half of a float32
	table  []byte // rows of shape.Input int8
	extra, pos, shapes, channel, lang,
	in, inBias, recF, recB, recBias,
	key, query, keyBias, att, attPos,
	feat, featBias, featChan, featLang,
	sent, sentBias, intent, intentBias []float32
}

// netHeader is five widths (uint16), two unused bytes and the number of words
// (uint32).
const netHeader = 16

// EncodeNet writes the section SectionNet: header, fingerprints, the scales and
// the int8 rows of the table, then every matrix as a float32 scale and int16
// values.
func EncodeNet(z NetShape, prints []uint32, table []float32, matrices [][]float32) ([]byte, error) {
	var out []byte
	for _, w := range []int{z.Input, z.Hidden, z.Attention, z.Sentiment, z.Intent, 0} {
		out = binary.LittleEndian.AppendUint16(out, uint16(w))
	}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(prints)))
	out = append(out, encodeVocabulary(prints)...)
	return appendMatrices(appendTable(out, table, z.Input), z, matrices)
}

// EncodeProse writes the section SectionProse: for each network every matrix of
// NetMatrices as a float32 scale and int16 values.
func EncodeProse(z NetShape, networks [][][]float32) (out []byte, err error) {
	for _, matrices := range networks {
		if out, err = appendMatrices(out, z, matrices); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func appendMatrices(out []byte, z NetShape, matrices [][]float32) ([]byte, error) {
	list := NetMatrices(z)
	if len(matrices) != len(list) {
		return nil, fmt.Errorf("encode net: %d matrices, want %d", len(matrices), len(list))
	}
	for i, m := range matrices {
		if len(m) != list[i].Rows*list[i].Cols {
			return nil, fmt.Errorf("encode net: matrix %d has %d values, want %d x %d", i, len(m), list[i].Rows, list[i].Cols)
		}
		out = appendMatrix(out, m)
	}
	return out, nil
}

// appendTable writes the scales of all rows, then the rows.
func appendTable(out []byte, table []float32, width int) []byte {
	var rows []byte
	for i := 0; i < len(table); i += width {
		row := table[i : i+width]
		bits := uint16(math.Float32bits(largest(row)/127)>>16) + 1 // rounded up: no value overflows
		out = binary.LittleEndian.AppendUint16(out, bits)
		scale := math.Float32frombits(uint32(bits) << 16)
		for _, x := range row {
			rows = append(rows, byte(int8(math.RoundToEven(float64(x/scale)))))
		}
	}
	return append(out, rows...)
}

func appendMatrix(out []byte, m []float32) []byte {
	scale := max(largest(m)/32767, 1e-12)
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
	for _, x := range m {
		out = binary.LittleEndian.AppendUint16(out, uint16(int16(math.RoundToEven(float64(x/scale)))))
	}
	return out
}

func largest(x []float32) (top float32) {
	for _, v := range x {
		top = max(top, v, -v)
	}
	return top
}

// decodeNetwork reads what EncodeNet wrote. The table aliases b.
func decodeNetwork(b []byte) (*network, error) {
	if len(b) < netHeader {
		return nil, errors.New("network: too short")
	}
	width := func(i int) int { return int(binary.LittleEndian.Uint16(b[2*i:])) }
	n := &network{shape: NetShape{width(0), width(1), width(2), width(3), width(4)}}
	for i := range 5 {
		if w := width(i); w < 4 || w > netMaxWidth || w%4 != 0 {
			return nil, fmt.Errorf("network: width %d is %d", i, w)
		}
	}
	words := int(binary.LittleEndian.Uint32(b[12:]))
	b = b[netHeader:]
	if words > len(b)/4 {
		return nil, fmt.Errorf("network: %d words announced, %d bytes left", words, len(b))
	}
	prints := make([]uint32, words)
	for i := range prints {
		prints[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	n.vocab = newVocabulary(prints)
	b, err := n.decodeTable(b[4*words:])
	if err != nil {
		return nil, err
	}
	return n, n.decodeMatrices(b)
}

// proseReaders reads what EncodeProse wrote: networks of the same shape over the
// same words, one after the other.
func (n *network) proseReaders(b []byte) (out []*network, err error) {
	size := 0
	for _, m := range NetMatrices(n.shape) {
		size += 4 + 2*m.Rows*m.Cols
	}
	if len(b) == 0 || len(b)%size != 0 || len(b) > proseLimit*size {
		return nil, fmt.Errorf("prose networks: %d bytes, want 1 to %d times %d", len(b), proseLimit, size)
	}
	for ; len(b) > 0; b = b[size:] {
		p := &network{shape: n.shape, vocab: n.vocab, scales: n.scales, table: n.table}
		if err := p.decodeMatrices(b[:size]); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// proseLimit bounds the networks that a file may ask for.
const proseLimit = 8

// netMaxWidth bounds the widths a file may ask for.
const netMaxWidth = 256

func (n *network) decodeTable(b []byte) ([]byte, error) {
	rows := n.vocab.size()
	if len(b) < rows*(2+n.shape.Input) {
		return nil, fmt.Errorf("network: table of %d rows is cut short", rows)
	}
	n.scales, b = b[:2*rows], b[2*rows:]
	n.table, b = b[:rows*n.shape.Input], b[rows*n.shape.Input:]
	for i := range rows {
		if s := n.scale(int32(i)); !(s >= 0 && s < 1e4) {
			return nil, fmt.Errorf("network: scale of row %d is out of range", i)
		}
	}
	return b, nil
}

// scale returns the scale of a row of the table.
func (n *network) scale(row int32) float32 {
	return math.Float32frombits(uint32(n.scales[2*row])<<16 | uint32(n.scales[2*row+1])<<24)
}

func (n *network) decodeMatrices(b []byte) error {
	to := []*[]float32{&n.extra, &n.pos, &n.shapes, &n.channel, &n.lang, &n.in, &n.inBias, &n.recF, &n.recB, &n.recBias,
		&n.key, &n.query, &n.keyBias, &n.att, &n.attPos, &n.feat, &n.featBias, &n.featChan, &n.featLang, &n.sent, &n.sentBias, &n.intent, &n.intentBias}
	for i, m := range NetMatrices(n.shape) {
		size := m.Rows * m.Cols
		if len(b) < 4+2*size {
			return fmt.Errorf("network: matrix %d is cut short", i)
		}
		scale := math.Float32frombits(binary.LittleEndian.Uint32(b))
		if !(scale >= 0 && scale < 1e4) {
			return fmt.Errorf("network: scale of matrix %d is out of range", i)
		}
		w := make([]float32, size)
		for k := range w {
			w[k] = scale * float32(int16(binary.LittleEndian.Uint16(b[4+2*k:])))
		}
		*to[i], b = w, b[4+2*size:]
	}
	if len(b) > 0 {
		return fmt.Errorf("network: %d bytes too many", len(b))
	}
	return nil
}
