package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"earshot"
)

// Duration is a stretch of time as people write it: 15m, 4h, 2d, 1w, 1h30m. A
// day is 24 hours.
type Duration time.Duration

const durationHint = "write 30s, 15m, 4h or 2d, or a sum such as 1h30m"

// ParseDuration reads a Duration.
func ParseDuration(s string) (time.Duration, error) {
	rest := strings.TrimSpace(s)
	if rest == "0" {
		return 0, nil
	}
	bad := &wrong{fmt.Sprintf("%q is no duration", s), durationHint}
	if strings.HasPrefix(rest, "-") {
		return 0, &wrong{fmt.Sprintf("%q is negative", s), durationHint}
	}
	if _, err := strconv.ParseFloat(rest, 64); err == nil {
		return 0, &wrong{fmt.Sprintf("%q has no unit", s), durationHint}
	}
	var sum float64
	for rest != "" {
		n, unit, tail, ok := quantity(rest)
		length, known := unitLength(unit)
		if !ok || !known {
			return 0, bad
		}
		sum, rest = sum+n*float64(length), tail
	}
	if sum > math.MaxInt64/2 {
		return 0, &wrong{fmt.Sprintf("%q is too long", s), durationHint}
	}
	if strings.TrimSpace(s) == "" {
		return 0, bad
	}
	return time.Duration(sum), nil
}

func unitLength(unit string) (time.Duration, bool) {
	switch unit {
	case "ms":
		return time.Millisecond, true
	case "s":
		return time.Second, true
	case "m":
		return time.Minute, true
	case "h":
		return time.Hour, true
	case "d":
		return 24 * time.Hour, true
	case "w":
		return 7 * 24 * time.Hour, true
	}
	return 0, false
}

// quantity cuts a number and its unit from the front of s.
func quantity(s string) (n float64, unit, tail string, ok bool) {
	digits := strings.TrimLeft(s, "0123456789.")
	n, err := strconv.ParseFloat(s[:len(s)-len(digits)], 64)
	tail = strings.TrimLeft(digits, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
	return n, digits[:len(digits)-len(tail)], tail, err == nil
}

func (d *Duration) read(text string) error {
	v, err := ParseDuration(text)
	*d = Duration(v)
	return err
}

// Size is a number of bytes: 512KiB, 10MiB, 1GB, or bytes.
type Size int64

func (z *Size) read(text string) error {
	bad := &wrong{fmt.Sprintf("%q is no size", text), "write 512KiB or 10MiB"}
	n, unit, tail, ok := quantity(strings.ReplaceAll(strings.TrimSpace(text), " ", ""))
	if !ok || tail != "" {
		return bad
	}
	factor, ok := map[string]float64{"": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30}[strings.ToLower(unit)]
	if !ok || n*factor > math.MaxInt64/2 {
		return bad
	}
	*z = Size(n * factor)
	return nil
}

// Rate is so many per hour or day: 5/h, 20/d.
type Rate earshot.Rate

func (r *Rate) read(text string) error {
	bad := &wrong{fmt.Sprintf("%q is no rate", text), "write 5/h or 20/d"}
	count, per, ok := strings.Cut(strings.ReplaceAll(text, " ", ""), "/")
	n, err := strconv.Atoi(count)
	if !ok || err != nil {
		return bad
	}
	if n < 1 {
		return &wrong{fmt.Sprintf("%q lets nothing through", text), "write 1/d or more, or leave the key out"}
	}
	switch per {
	case "h":
		*r = Rate{N: n, Per: time.Hour}
	case "d":
		*r = Rate{N: n, Per: 24 * time.Hour}
	default:
		return bad
	}
	return nil
}
