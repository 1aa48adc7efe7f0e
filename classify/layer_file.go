package classify

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// The bytes of a layer: magic, CRC-32 of the rest, lessons, features, the
// model's version as 16 bytes, then key and eight float32 a feature.
const (
	layerMagic  = "EARL"
	layerHeader = 32
	layerRow    = 8 + 8*4
)

// Bytes writes the layer; ReadLayer reads it.
func (l *Layer) Bytes() []byte {
	out := make([]byte, layerHeader, layerHeader+layerRow*len(l.keys))
	copy(out, layerMagic)
	binary.LittleEndian.PutUint32(out[8:], uint32(l.lessons))
	binary.LittleEndian.PutUint32(out[12:], uint32(len(l.keys)))
	copy(out[16:32], l.model)
	for i, key := range l.keys {
		out = binary.LittleEndian.AppendUint64(out, key)
		for _, v := range append(l.weights[i].intent[:], l.weights[i].sentiment[:]...) {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
		}
	}
	binary.LittleEndian.PutUint32(out[4:], crc32.ChecksumIEEE(out[8:]))
	return out
}

// ReadLayer reads what Bytes wrote. The error says what is wrong with it.
func ReadLayer(b []byte) (*Layer, error) {
	if len(b) < layerHeader || string(b[:4]) != layerMagic {
		return nil, errors.New("not a layer of corrections: magic EARL is missing")
	}
	if crc32.ChecksumIEEE(b[8:]) != binary.LittleEndian.Uint32(b[4:]) {
		return nil, errors.New("layer of corrections: checksum does not match")
	}
	n := int(binary.LittleEndian.Uint32(b[12:]))
	if n > LayerFeatures || len(b) != layerHeader+layerRow*n {
		return nil, fmt.Errorf("layer of corrections: %d features announced in %d bytes", n, len(b))
	}
	l := &Layer{lessons: int(binary.LittleEndian.Uint32(b[8:])), keys: make([]uint64, n), weights: make([]layerWeights, n)}
	for _, c := range b[16:32] {
		if c != 0 {
			l.model += string(rune(c))
		}
	}
	for i := range n {
		row := b[layerHeader+layerRow*i:]
		l.keys[i] = binary.LittleEndian.Uint64(row)
		for k := range 8 {
			v := math.Float32frombits(binary.LittleEndian.Uint32(row[8+4*k:]))
			if !(v >= -layerCap && v <= layerCap) {
				return nil, fmt.Errorf("layer of corrections: weight %d of feature %d is out of range", k, i)
			}
			if k < 5 {
				l.weights[i].intent[k] = v
			} else {
				l.weights[i].sentiment[k-5] = v
			}
		}
	}
	return l.indexed(), nil
}

func (l *Layer) indexed() *Layer {
	l.index = make(map[uint64]int32, len(l.keys))
	for i, key := range l.keys {
		l.index[key] = int32(i)
	}
	sum := sha256.Sum256(l.Bytes())
	l.hash = hex.EncodeToString(sum[:6])
	return l
}
