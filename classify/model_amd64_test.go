package classify

import "testing"

// TestNarrowMath is TestFastMathIsPlainMath on a machine without AVX2.
func TestNarrowMath(t *testing.T) {
	was := wide
	defer func() { wide = was }()
	wide = false
	TestFastMathIsPlainMath(t)
}
