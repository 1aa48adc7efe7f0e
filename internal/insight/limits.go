package insight

import "math"

// Rare is the probability below which chance is no longer believed.
const Rare = .001

// None is the probability that a Poisson count with the given mean is zero.
func None(mean float64) float64 { return math.Exp(-max(mean, 0)) }

// AtMost is the probability that a Poisson count with the given mean is k or less.
func AtMost(k int, mean float64) float64 {
	if k < 0 {
		return 0
	}
	if mean <= 0 {
		return 1
	}
	sum := 0.0
	for i := 0; i <= k; i++ {
		lg, _ := math.Lgamma(float64(i) + 1)
		sum += math.Exp(float64(i)*math.Log(mean) - mean - lg)
	}
	return min(sum, 1)
}

// AtLeast is the probability of n or more in one unit of time, when seen were
// counted in the given number of such units before. The rate is itself only
// known from those, so it is the upper tail of the negative binomial that a
// Poisson count with a Gamma(seen+1/2, units) rate has (Jeffreys' prior): few
// data give wide limits, many the Poisson tail itself.
func AtLeast(n, seen int, units float64) float64 {
	if n <= 0 {
		return 1
	}
	if units <= 0 {
		return 1
	}
	r, p := float64(seen)+.5, units/(units+1)
	if mean := r / units; float64(n) <= mean {
		return 1 - negativeBinomialBelow(n, r, p)
	}
	// Far out the terms fall quickly: they are summed from n upwards, where
	// one minus the rest would be rounding.
	term := math.Exp(negativeBinomialLog(n, r, p))
	sum := term
	for i := n; i < n+100000 && term > sum*1e-12; i++ {
		term *= (float64(i) + r) / float64(i+1) * (1 - p)
		sum += term
	}
	return min(sum, 1)
}

func negativeBinomialBelow(n int, r, p float64) float64 {
	sum := 0.0
	for i := range n {
		sum += math.Exp(negativeBinomialLog(i, r, p))
	}
	return min(sum, 1)
}

func negativeBinomialLog(k int, r, p float64) float64 {
	a, _ := math.Lgamma(float64(k) + r)
	b, _ := math.Lgamma(r)
	c, _ := math.Lgamma(float64(k) + 1)
	return a - b - c + r*math.Log(p) + float64(k)*math.Log1p(-p)
}

// Part is k out of n.
type Part struct{ K, N int }

// Share is k over n; 0 of 0 is 0.
func (p Part) Share() float64 { return float64(p.K) / float64(max(p.N, 1)) }

// Limits are the bounds that chance keeps to.
type Limits struct{ Low, High float64 }

// Holds says whether a share lies within the limits.
func (l Limits) Holds(share float64) bool { return share >= l.Low && share <= l.High }

// PChart gives the mean share of all parts and the three-sigma limits of each
// (W. A. Shewhart's p-chart): wider where there are fewer.
func PChart(parts []Part) (mean float64, limits []Limits) {
	var all Part
	for _, p := range parts {
		all.K, all.N = all.K+p.K, all.N+p.N
	}
	mean = all.Share()
	for _, p := range parts {
		sigma := math.Sqrt(mean * (1 - mean) / float64(max(p.N, 1)))
		limits = append(limits, Limits{max(mean-3*sigma, 0), min(mean+3*sigma, 1)})
	}
	return mean, limits
}

// Interval is the 95 % score interval of the share (E. B. Wilson, 1927).
func (p Part) Interval() Limits {
	if p.N == 0 {
		return Limits{0, 1}
	}
	const z = 1.959964
	q, n := p.Share(), float64(p.N)
	mid := (q + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(q*(1-q)/n+z*z/(4*n*n))
	return Limits{max(mid-half, 0), min(mid+half, 1)}
}

// Differ says whether two shares differ by more than chance explains (two-sided
// test of the difference with the pooled share, 5 %).
func Differ(a, b Part) bool {
	n, m := float64(a.N), float64(b.N)
	if a.N == 0 || b.N == 0 {
		return false
	}
	pool := float64(a.K+b.K) / (n + m)
	spread := math.Sqrt(pool * (1 - pool) * (1/n + 1/m))
	return spread > 0 && math.Abs(a.Share()-b.Share())/spread > 1.959964
}
