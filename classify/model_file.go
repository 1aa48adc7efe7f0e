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

// The model file: the magic, a format number, then sections of a four-letter
// tag, the length (uint32), the CRC-32 of the payload and the payload.
const (
	fileMagic  = "EARM"
	fileFormat = 1
	// FileLimit is the size above which a file is refused unread.
	FileLimit = 64 << 20
)

// Tags of the sections.
const (
	// SectionLexicon holds the valence lists.
	SectionLexicon = "LEXI"
	// SectionConcepts holds the words of shared meaning.
	SectionConcepts = "CONC"
	// SectionSentiment, SectionIntent and SectionChannel hold linear heads.
	SectionSentiment = "LSEN"
	SectionIntent    = "LINT"
	SectionChannel   = "LCHA"
	// SectionMix holds temperatures and weights (see Mix).
	SectionMix = "MIX0"
	// SectionNet holds the network; a model without one is linear only.
	SectionNet = "NET0"
	// SectionProse holds the weights that the network reads blog prose with; the
	// words are those of SectionNet. Without it the network reads all alike.
	SectionProse = "PROS"
)

// Section is one part of a model file.
type Section struct {
	Tag     string // four bytes
	Payload []byte
}

// EncodeFile writes sections as a model file.
func EncodeFile(sections []Section) []byte {
	out := append([]byte(fileMagic), fileFormat, 0, byte(len(sections)), 0)
	for _, s := range sections {
		out = append(out, s.Tag[:4]...)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(s.Payload)))
		out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(s.Payload))
		out = append(out, s.Payload...)
	}
	return out
}

// decodeFile splits a model file; payloads alias b.
func decodeFile(b []byte) (map[string][]byte, error) {
	if len(b) < 8 || string(b[:4]) != fileMagic {
		return nil, errors.New("not a model file: magic EARM is missing")
	}
	if len(b) > FileLimit {
		return nil, fmt.Errorf("model file of %d bytes is over the limit of %d", len(b), FileLimit)
	}
	if b[4] != fileFormat {
		return nil, fmt.Errorf("model format %d is not known (this build reads %d)", b[4], fileFormat)
	}
	sections := make(map[string][]byte, b[6])
	n := int(b[6])
	b = b[8:]
	for i := range n {
		payload, rest, err := decodeSection(b, i, sections)
		if err != nil {
			return nil, err
		}
		sections[string(b[:4])] = payload
		b = rest
	}
	if len(b) > 0 {
		return nil, fmt.Errorf("model file has %d bytes after its last section", len(b))
	}
	return sections, nil
}

func decodeSection(b []byte, i int, have map[string][]byte) (payload, rest []byte, err error) {
	if len(b) < 12 {
		return nil, nil, fmt.Errorf("model file ends inside the header of section %d", i)
	}
	tag, size := string(b[:4]), binary.LittleEndian.Uint32(b[4:])
	if uint64(size) > uint64(len(b)-12) {
		return nil, nil, fmt.Errorf("section %q: %d bytes announced, %d left", tag, size, len(b)-12)
	}
	if _, twice := have[tag]; twice {
		return nil, nil, fmt.Errorf("section %q stands twice", tag)
	}
	payload = b[12 : 12+size]
	if crc32.ChecksumIEEE(payload) != binary.LittleEndian.Uint32(b[8:]) {
		return nil, nil, fmt.Errorf("section %q: checksum does not match", tag)
	}
	return payload, b[12+size:], nil
}

// fileVersion names a model by its format and content.
func fileVersion(b []byte) string {
	sum := sha256.Sum256(b)
	return fmt.Sprintf("%d-%s", fileFormat, hex.EncodeToString(sum[:4]))
}

// Mix says how the linear model and the net become one judgement.
// p = ((1-w) linear + w net)^(1/T), renormalised; T by channel.
type Mix struct {
	// Weight of the net by channel, for sentiment and for intent, 0..1.
	Sentiment, Intent [ChannelCount]float32
	// SentimentT and IntentT are the temperatures of that mean by channel.
	SentimentT, IntentT [ChannelCount]float32
	// GateT and GateIntentT are the temperatures of the linear model where the
	// net is skipped, or where there is none.
	GateT, GateIntentT [ChannelCount]float32
	// Link holds P(s, i) / (P(s) P(i)) of the training prose for sentiment s and
	// intent i, row by row: what one head says is evidence for the other. It is
	// used for blog prose only.
	Link [15]float32
	// LinkSentiment and LinkIntent say how much each head heeds the other (see
	// Couple): 0 not at all, 1 as if the other were independent evidence.
	LinkSentiment, LinkIntent float32
	// Gate is the linear model's probability (sentiment and intent) from which
	// the net is skipped; above 1 it never is.
	Gate float32
}

// fields lists the values of a Mix in the order of the file.
func (m *Mix) fields() []*float32 {
	var out []*float32
	for _, row := range []*[ChannelCount]float32{&m.Sentiment, &m.Intent, &m.SentimentT, &m.IntentT, &m.GateT, &m.GateIntentT} {
		for i := range row {
			out = append(out, &row[i])
		}
	}
	for i := range m.Link {
		out = append(out, &m.Link[i])
	}
	return append(out, &m.LinkSentiment, &m.LinkIntent, &m.Gate)
}

// EncodeMix writes the section SectionMix.
func EncodeMix(m Mix) []byte {
	var out []byte
	for _, f := range m.fields() {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(*f))
	}
	return out
}

func decodeMix(b []byte) (Mix, error) {
	var m Mix
	fields := m.fields()
	if len(b) != 4*len(fields) {
		return m, fmt.Errorf("mix: %d bytes, want %d", len(b), 4*len(fields))
	}
	for i, f := range fields {
		*f = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if !(*f >= 0 && *f <= 1000) {
			return m, fmt.Errorf("mix: value %d is out of range", i)
		}
	}
	return m, m.check()
}

// check refuses temperatures that cannot be divided by.
func (m *Mix) check() error {
	for _, row := range [][ChannelCount]float32{m.SentimentT, m.IntentT, m.GateT, m.GateIntentT} {
		for c, t := range row {
			if t < .05 {
				return fmt.Errorf("mix: temperature %g of channel %d is too small", t, c)
			}
		}
	}
	return nil
}
